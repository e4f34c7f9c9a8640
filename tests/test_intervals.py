"""Intervals against known answers, and against their own promise in simulation."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.experiments.intervals import COVERS, FEW_DRAWS, Interval, probability, quantiles, wilson


def _runs(hits: list[int], replicates: int) -> tuple[np.ndarray, np.ndarray]:
    """Draws with so many of their replicates reached: (reached, draw)."""
    reached = np.concatenate([np.arange(replicates) < hit for hit in hits])
    return reached, np.repeat(np.arange(len(hits)), replicates)


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [  # Newcombe 1998, table I: 81/263, 15/148, 0/20, 1/29
        (81 / 263, 263, 0.2553, 0.3662),
        (15 / 148, 148, 0.0624, 0.1605),
        (0.0, 20, 0.0, 0.1611),
        (1 / 29, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_published_values(share: float, n: int, low: float, high: float) -> None:
    assert wilson(share, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("level", "low", "high"),
    [(0.90, 0.2633, 0.3566), (0.99, 0.2401, 0.3853)],  # the roots of (p - 81/263)^2 = z^2 p (1 - p) / 263
)
def test_wilson_at_other_levels(level: float, low: float, high: float) -> None:
    assert wilson(81 / 263, 263, level) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_lies_between_nought_and_one(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(0.5, 10, level)


@pytest.mark.parametrize("varies", [True, False])
@pytest.mark.parametrize("hits", [[7, 3, 5, 5], [6], [8, 2, 5, 9] * 15])
def test_a_higher_level_is_wider_and_the_usual_one_is_unchanged(hits: list[int], varies: bool) -> None:
    runs = _runs(hits, 10)
    low, usual, high = (probability(*runs, varies=varies, level=level) for level in (0.9, 0.95, 0.99))
    assert high.low < usual.low < low.low < low.high < usual.high < high.high
    assert usual == probability(*runs, varies=varies)


@pytest.mark.parametrize("all_reach", [True, False])
def test_all_or_nothing_is_not_certain(all_reach: bool) -> None:
    reached, draw = _runs([10 if all_reach else 0] * 100, 10)
    found = probability(reached, draw, varies=True)
    assert found.covers == "wilson_over_draws"
    assert found[:3] == (float(all_reach), *wilson(float(all_reach), 100))
    assert found.high - found.low == pytest.approx(0.037, abs=1e-3)


def test_equal_shares_in_every_draw_are_not_certain() -> None:
    found = probability(*_runs([5] * 50, 10), varies=True)
    assert found.covers == "wilson_over_draws"
    assert found.high - found.low > 0.2


def test_runs_are_the_unit_only_where_no_parameter_varies() -> None:
    reached, draw = _runs([7, 3, 5, 5], 10)
    assert probability(reached, draw, varies=False) == (0.5, *wilson(0.5, 40), "wilson_over_runs")
    assert probability(reached, draw, varies=True) == (0.5, *wilson(0.5, 4), "wilson_over_draws")


def test_one_draw_says_nothing_of_ignorance() -> None:
    found = probability(*_runs([6], 10), varies=True)
    assert found == (0.6, *wilson(0.6, 10), "wilson_one_draw")
    assert "一组参数" in COVERS[found.covers].zh


def test_one_replicate_per_draw_is_wilson() -> None:
    reached = np.arange(80) < 60
    found = probability(reached, np.arange(80), varies=True)
    assert found == (0.75, *wilson(0.75, 80), "wilson_over_draws")


def test_no_run_is_unknown() -> None:
    found = probability(np.zeros(0, bool), np.zeros(0, int), varies=True)
    assert found.covers == "nothing"
    assert all(np.isnan(found[:3]))


def test_bootstrap_width_is_that_of_the_draws_not_of_the_runs() -> None:
    """Draws that decide everything: 1,000 runs of 100 draws are worth 100 trials."""
    found = probability(*_runs([10] * 60 + [0] * 39 + [1], 10), varies=True)
    assert found.covers == "bootstrap_over_draws"
    low, high = wilson(found.value, 100)
    assert found.high - found.low == pytest.approx(high - low, rel=0.08)


def test_same_seed_same_interval_whatever_the_order() -> None:
    rng = np.random.default_rng(3)
    reached, draw = _runs(rng.integers(0, 11, 60).tolist(), 10)
    order = rng.permutation(len(draw))
    first = probability(reached, draw, varies=True, seed=5)
    assert first == probability(reached[order], draw[order], varies=True, seed=5)
    assert first != probability(reached, draw, varies=True, seed=6)


def test_failed_runs_make_unequal_draws() -> None:
    reached, draw = _runs([8] * 30 + [2] * 30, 10)
    kept = np.ones(len(draw), bool)
    kept[draw < 10] = np.arange(kept[draw < 10].size) % 2 == 0
    found = probability(reached[kept], draw[kept], varies=True)
    assert found.value == pytest.approx(reached[kept].mean())
    assert found.low < found.value < found.high


@pytest.mark.parametrize("draws", [10, FEW_DRAWS, 60])
@pytest.mark.parametrize("shape", [(0.3, 0.3), (0.9, 0.1), (9.0, 1.0), (5.0, 5.0)])
def test_intervals_hold_in_at_least_ninety_of_a_hundred_cases(draws: int, shape: tuple[float, float]) -> None:
    """Nominal 95 %. With 400 cases a true coverage of .93 falls under .895 less than once in 100 tests."""
    rng = np.random.default_rng(20221225)
    truth, held, cases = shape[0] / sum(shape), 0, 400
    for case in range(cases):
        hits = rng.binomial(10, rng.beta(*shape, draws)).tolist()
        found = probability(*_runs(hits, 10), varies=True, seed=case, resamples=1000)
        held += found.low <= truth <= found.high
    assert held / cases >= 0.895


def test_quantiles_and_their_errors_for_a_known_distribution() -> None:
    """The median of n normal values has standard error 1.2533/sqrt(n), the 5 % quantile 2.113/sqrt(n)."""
    values = np.random.default_rng(1).normal(10.0, 2.0, 2000)
    low, middle, high = quantiles(values, np.arange(2000))
    assert middle.value == pytest.approx(10.0, abs=0.2)
    assert (low.value, high.value) == pytest.approx((10 - 3.29, 10 + 3.29), abs=0.35)
    assert middle.error == pytest.approx(2.0 * 1.2533 / np.sqrt(2000), rel=0.3)
    assert low.error == pytest.approx(2.0 * 2.113 / np.sqrt(2000), rel=0.4)


def test_quantile_error_counts_draws_not_runs() -> None:
    """Ten equal replicates of each draw add nothing."""
    values = np.random.default_rng(2).normal(0.0, 1.0, 100)
    single = quantiles(values, np.arange(100))
    repeated = quantiles(np.repeat(values, 10), np.repeat(np.arange(100), 10))
    assert repeated[1].error == pytest.approx(single[1].error, rel=0.15)


def test_quantiles_leave_out_what_is_unknown() -> None:
    found = quantiles(np.array([1.0, np.nan, 3.0]), np.arange(3))
    assert found[1].value == 2.0
    assert np.isnan(quantiles(np.full(3, np.nan), np.arange(3))[0].value)
    assert np.isnan(quantiles(np.array([4.0]), np.arange(1))[0].error)


def test_every_way_of_covering_is_explained_in_both_languages() -> None:
    assert all(text.zh and text.en for text in COVERS.values())
    assert isinstance(probability(*_runs([1, 0], 1), varies=True), Interval)
