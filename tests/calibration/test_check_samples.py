"""What the checks are made of: luck that is a hash, quantiles of weighted samples, draws from them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from miaopu.calibration.checks.luck import normals, order, uniforms
from miaopu.calibration.checks.weighted import known, published, quantiles, resampled, share_below


def test_luck_hangs_on_seed_and_purpose_and_on_nothing_else() -> None:
    assert uniforms(1, "a", 2, 3).ravel().tolist() == uniforms(1, "a", 6).tolist()
    assert uniforms(1, "a", 9)[:6].tolist() == uniforms(1, "a", 6).tolist()
    assert len({uniforms(*key, 1)[0] for key in [(1, "a"), (2, "a"), (1, "b"), (-1, "a")]}) == 4


def test_luck_is_uniform_and_normal() -> None:
    # each p-value of a right generator is below 0.001 for one seed in 1,000
    assert stats.kstest(uniforms(7, "test", 20_000), "uniform").pvalue > 0.001
    assert stats.kstest(normals(7, "test", 20_000), "norm").pvalue > 0.001
    assert sorted(order(7, "test", 100).tolist()) == list(range(100))


def test_weights_count_like_copies() -> None:
    values, copies = np.array([3.0, 1.0, 2.0, 5.0]), np.array([2, 5, 1, 4])
    whole = np.repeat(values, copies)
    levels = tuple(np.linspace(0.02, 0.98, 25))
    copied = np.quantile(whole, levels, method="inverted_cdf")
    assert np.array_equal(quantiles(values, copies / copies.sum(), levels), copied)
    assert np.array_equal(quantiles(whole, None, levels), copied)
    assert quantiles(whole, None, (5 / 12, 6 / 12)).tolist() == [1.0, 2.0]


def test_where_most_figures_are_the_same_the_median_is_that_figure() -> None:
    assert quantiles(np.array([0.2, 1.0, 1.0, 1.0, 0.6])).tolist() == [0.2, 1.0, 1.0]


def test_quantiles_of_many_normal_numbers_are_normal_quantiles() -> None:
    points = stats.norm.ppf((np.arange(10_001) + 0.5) / 10_001)
    assert quantiles(points) == pytest.approx(stats.norm.ppf([0.05, 0.5, 0.95]), abs=2e-3)
    tilted = np.exp(points - 0.5)  # moves a standard normal to mean 1
    assert quantiles(points, tilted) == pytest.approx(1 + stats.norm.ppf([0.05, 0.5, 0.95]), abs=0.01)


def test_unknown_values_are_left_out_and_nothing_known_is_an_error() -> None:
    sample = known(np.array([1.0, np.nan, 3.0]), np.array([0.25, 0.5, 0.25]))
    assert sample.weights.tolist() == [0.5, 0.5]
    with pytest.raises(ValueError, match="known"):
        known(np.array([np.nan, 1.0]), np.array([1.0, 0.0]))


def test_equal_values_count_half_below() -> None:
    assert share_below(np.array([1.0, 2.0, 3.0]), np.array([0.2, 0.5, 0.3]), 2.0) == pytest.approx(0.45)


@pytest.mark.parametrize("start", [0.0, 0.37, 0.999999])
def test_a_row_is_drawn_its_share_of_times_rounded_up_or_down(start: float) -> None:
    weights = np.array([0.05, 0.4, 0.0, 0.15, 0.4])
    times = np.bincount(resampled(weights, 10, start), minlength=5)
    assert times.sum() == 10
    assert np.all(np.abs(times - 10 * weights) < 1)
    assert times[2] == 0


def test_what_is_published_is_wider_by_the_tolerance() -> None:
    sample = known(stats.norm.ppf((np.arange(2001) + 0.5) / 2001))
    told = published(sample, 0.75)
    assert told.weights @ told.values**2 == pytest.approx(1 + 0.75**2, abs=0.01)
    assert quantiles(*told) == pytest.approx(1.25 * stats.norm.ppf([0.05, 0.5, 0.95]), abs=0.02)
    assert quantiles(*published(sample, 0.0)) == pytest.approx(quantiles(*sample), abs=1e-6)
