"""Ranges of observed figures before and after the data, and how odd the observed figure is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from miaopu.calibration.checks.predictive import predictive, tail
from miaopu.calibration.checks.runs import weigh_runs
from miaopu.tests.calibration.toy import BOTH, MORE, SUM, seen, weighted, world


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (2.0, 2.0, 2 * stats.norm.sf(2.0)),  # a value two tolerances off, to either side
        (0.0, 0.0, 2 * stats.norm.sf(2.0)),
        (2.0, math.inf, stats.norm.sf(2.0)),  # "more than"
        (-math.inf, 2.0, stats.norm.cdf(2.0)),  # "less than"
        (1.5, 2.5, 2 * stats.norm.sf(1.0)),  # a range counts from its nearer end
        (1.0, 1.0, 1.0),
        (0.0, 2.0, 1.0),
    ],
)
def test_oddness_of_a_figure_two_tolerances_off(low: float, high: float, expected: float) -> None:
    assert tail(seen("y", low, high, 0.5), np.array([1.0]), np.array([1.0])) == pytest.approx(expected)


def test_figures_that_come_from_the_model_are_evenly_odd() -> None:
    rng = np.random.default_rng(1)
    figures, weight = rng.normal(size=4000), np.full(4000, 1 / 4000)
    drawn = rng.normal(size=300) + 0.5 * rng.normal(size=300)
    odd = [tail(seen("y", y, y, 0.5), figures, weight) for y in drawn]
    assert stats.kstest(odd, "uniform").pvalue > 0.001  # below for one seed in 1,000


def test_ranges_before_and_after_the_data_are_those_of_bayes_rule() -> None:
    bank = world(40_000)
    weights = weigh_runs(weighted(bank), bank.figures, BOTH, BOTH)
    table = predictive(BOTH, bank.figures, bank.figures, weights)
    assert table["prior_p95"] == pytest.approx(np.sqrt([2.09, 2.04]) * 1.645, abs=0.05)
    for place, (one, variance) in enumerate(zip(BOTH, (2.09, 2.04), strict=True)):
        narrow = one.tolerance**2 / (variance + one.tolerance**2)  # a figure's prior and its own observation alone
        assert table["posterior_median"][place] == pytest.approx((1 - narrow) * one.low, abs=0.05)
        spread = table["posterior_p95"][place] - table["posterior_p05"][place]
        assert spread == pytest.approx(2 * 1.645 * np.sqrt(narrow * variance), abs=0.08)
    assert np.all(table["posterior_tail"] > 0.2)


def test_what_a_place_told_moves_its_own_luck_and_nobody_elses() -> None:
    bank = world(40_000)
    weights = weigh_runs(weighted(bank, (SUM,)), bank.figures, (SUM,), BOTH)
    luck = {name: float(np.sum(weights[name] * bank.local[f"luck@{name}"])) for name in weights}
    exact = 0.3 / (2.09 + 0.25)  # covariance of luck and sum over the variance of what is published, times 1
    assert luck == pytest.approx({"sum": exact, "difference": 0.0}, abs=0.03)
    assert [float(one.sum()) for one in weights.values()] == pytest.approx([1.0, 1.0])


def test_the_posterior_may_be_other_simulations_than_the_prior() -> None:
    after = {"sum": np.full((4, 2), 3.0)}
    table = predictive([SUM], {"sum": np.zeros((9, 5))}, after, {"sum": np.full((4, 2), 1 / 8)})
    assert (table["prior_median"][0], table["posterior_median"][0]) == (0.0, 3.0)


def test_an_open_end_is_an_empty_field() -> None:
    ones = {"sum": np.ones((3, 1))}
    table = predictive([MORE], ones, ones, {"sum": np.full((3, 1), 1 / 3)})
    assert table["low"][0] == 1.0
    assert np.isnan(table["high"][0])
