"""Scores of forecasts against known answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from miaopu.calibration.checks.scores import crps_normal, crps_point, crps_sample, off


def test_a_standard_normal_forecast_of_nought_has_its_known_score() -> None:
    assert crps_normal(0.0, 1.0, 0.0) == pytest.approx(math.sqrt(2 / math.pi) - 1 / math.sqrt(math.pi))
    assert crps_normal(0.0, 1.0, 0.0) == pytest.approx(0.2336949772)


@pytest.mark.parametrize(("mean", "sd", "observed"), [(0.0, 1.0, 1.7), (3.0, 0.2, 2.5), (-1.0, 4.0, 9.0)])
def test_the_score_is_the_squared_distance_of_distribution_functions(mean: float, sd: float, observed: float) -> None:
    z = np.linspace(mean - 12 * sd, mean + 12 * sd, 400_001)
    distance = (stats.norm.cdf(z, mean, sd) - (z >= observed)) ** 2
    assert crps_normal(mean, sd, observed) == pytest.approx(np.trapezoid(distance, z), rel=1e-4)


def test_a_large_sample_scores_like_what_it_was_drawn_from() -> None:
    points = stats.norm.ppf((np.arange(20_001) + 0.5) / 20_001)
    for observed in (-2.0, 0.0, 0.7):
        assert crps_sample(points, observed) == pytest.approx(crps_normal(0.0, 1.0, observed), abs=1e-4)
        tilted = np.exp(points - 0.5)  # a standard normal moved to mean 1
        assert crps_sample(points, observed, tilted) == pytest.approx(crps_normal(1.0, 1.0, observed), abs=2e-3)


def test_a_sample_is_scored_by_all_pairs() -> None:
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=40).round(1), rng.uniform(size=40)
    w /= w.sum()
    pairs = w @ np.abs(x[:, None] - x) @ w
    assert crps_sample(x, 0.3, w) == pytest.approx(w @ np.abs(x - 0.3) - pairs / 2)
    assert crps_sample(x[::-1], 0.3, w[::-1]) == pytest.approx(crps_sample(x, 0.3, w))


def test_a_sure_forecast_is_off_by_its_error() -> None:
    found = [crps_point(3.0, 5.0), crps_sample(np.full(7, 3.0), 5.0), crps_normal(3.0, 0.0, 5.0)]
    assert found == pytest.approx([2.0] * 3)


def test_an_honest_forecast_scores_best_on_average() -> None:
    observed = stats.norm.ppf((np.arange(2001) + 0.5) / 2001)

    def mean(centre: float, sd: float) -> float:
        return float(np.mean([crps_normal(centre, sd, y) for y in observed]))

    others = [(0.3, 1.0), (-0.3, 1.0), (0.0, 0.7), (0.0, 1.4), (0.0, 0.0)]
    assert all(mean(0.0, 1.0) < mean(*other) for other in others)


def test_beyond_a_bound_all_forecasts_are_right() -> None:
    values = np.array([0.2, 0.45, 0.48, 0.9])
    assert off(values, 0.45, math.inf) == pytest.approx([-0.25, 0, 0, 0])
    assert off(values, -math.inf, 0.45) == pytest.approx([0, 0, 0.03, 0.45])
    assert off(values, 0.45, 0.5) == pytest.approx([-0.25, 0, 0, 0.4])
    assert off(values, 0.45, 0.45) == pytest.approx(values - 0.45)
