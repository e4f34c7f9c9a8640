"""Paired differences: against published values, against hand sums, and against their promise in simulation."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.experiments.analysis.estimates import (
    difference_of,
    mean_interval,
    pairs_interval,
    strict_probability,
    unit_means,
    value_of,
)
from miaopu.experiments.analysis.outcomes import Outcome
from miaopu.experiments.analysis.paired import KINDS, differences, variance_ratio
from miaopu.experiments.columns import Columns, read_csv, write_csv
from miaopu.experiments.intervals import COVERS, probability
from miaopu.model.text import Text


def _outcome(values: np.ndarray, kind: str = "measured", name: str = "hubs.nominal.measured") -> Outcome:
    """Values (scenarios, draws, replicates) at one point."""
    return Outcome(name, Text("枢纽", "hubs"), "share", kind, np.asarray(values, np.float64)[:, None])


def _table(values: np.ndarray, kind: str = "measured", varies: bool = True) -> Columns:
    names = [f"s{place}" for place in range(len(values))]
    return differences([_outcome(values, kind)], names, varies)


def test_pairs_agree_with_published_values() -> None:
    """Bonett and Price's interval for 4 and 26 discordant pairs of 48: 0.2548 to 0.6252 (R package statpsych)."""
    gaps = np.array([-1.0] * 4 + [1.0] * 26 + [0.0] * 18)
    assert pairs_interval(gaps) == pytest.approx((0.2548067, 0.6251933), abs=1e-6)


def test_exact_interval_agrees_with_published_values() -> None:
    """Clopper and Pearson: 81 of 263, 0 of 20 (Newcombe 1998, table I, method 5)."""
    assert strict_probability((np.arange(263) < 81)[None, None] * 1.0, False, 0.95) == pytest.approx(
        (0.2527, 0.3676), abs=5e-5
    )
    assert strict_probability(np.zeros((1, 1, 20)), False, 0.95) == pytest.approx((0.0, 0.1684), abs=5e-5)


def test_a_difference_is_that_of_draw_means() -> None:
    """Draw means differ by 1, 2 and 6: mean 3, standard error sqrt(7/3), t(2) = 4.3027."""
    base = np.array([[0.0, 2.0], [1.0, 1.0], [4.0, 0.0]])
    other = base + np.array([[1.0, 1.0], [0.0, 4.0], [6.0, 6.0]])
    table = _table(np.stack([base, other]))
    assert table["difference"][0] == 3.0
    assert table["difference_high"][0] == pytest.approx(3 + 4.302653 * np.sqrt(7 / 3), rel=1e-6)
    assert table["covers"][0] == "t_over_draws"
    assert (table["draws"][0], table["replicates"][0]) == (3, 2)


def test_replicates_that_say_the_same_do_not_add_certainty() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(size=(2, 40, 1))
    once, tenfold = _table(values), _table(np.repeat(values, 10, axis=2))
    for column in ("difference", "difference_low", "difference_high", "base_low", "other_high"):
        assert tenfold[column] == pytest.approx(once[column])


def test_common_luck_narrows_the_difference_by_the_variance_ratio() -> None:
    """B = A + noise a tenth as wide: (1 + 1.01) / 0.01 times as many unpaired runs."""
    rng = np.random.default_rng(2)
    base = rng.normal(size=4000)
    assert variance_ratio(base, base + rng.normal(0, 0.1, 4000)) == pytest.approx(201, rel=0.08)
    assert variance_ratio(base, rng.normal(size=4000)) == pytest.approx(1, rel=0.08)
    assert np.isnan(variance_ratio(base, base + 1))
    assert np.isnan(variance_ratio(np.ones(5), np.ones(5)))
    assert np.isnan(variance_ratio(np.array([1.0]), np.array([2.0])))


def test_pairs_that_all_agree_are_not_certain() -> None:
    reached = np.tile(np.arange(50) < 20, (2, 1))[:, :, None]
    table = _table(reached, "reached")
    assert table["difference"][0] == 0
    assert table["difference_high"][0] == pytest.approx(1.95996 * np.sqrt(2) / 52, rel=1e-4)
    assert table["difference_low"][0] == -table["difference_high"][0]
    assert table["covers"][0] == "pairs_over_draws"


def test_a_failed_run_leaves_out_its_pair_but_not_the_other_sides_own_value() -> None:
    values = np.array([[[0.0, 2.0], [4.0, 6.0]], [[1.0, 3.0], [5.0, np.nan]]])
    table = _table(values)
    assert table["dropped"][0] == 1
    assert table["base_value"][0] == 3.0
    assert table["difference"][0] == 1.0


def test_nothing_is_said_of_runs_that_all_failed() -> None:
    table = _table(np.stack([np.ones((3, 2)), np.full((3, 2), np.nan)]))
    assert table["covers"][0] == "nothing"
    assert table["dropped"][0] == 6
    assert np.isnan([table["difference"][0], table["difference_low"][0], table["other_value"][0]]).all()


def test_one_pair_has_no_interval() -> None:
    table = _table(np.array([[[1.0]], [[3.0]]]), varies=False)
    assert table["difference"][0] == 2.0
    assert np.isnan([table["difference_low"][0], table["variance_ratio"][0]]).all()


@pytest.mark.parametrize(
    ("shape", "varies", "covers"),
    [
        ((1, 5, 4), True, "t_over_draws"),
        ((7, 5, 4), True, "t_over_draws"),
        ((1, 1, 4), True, "t_one_draw"),
        ((1, 1, 4), False, "t_over_runs"),
        ((7, 1, 4), False, "t_over_points"),
    ],
)
def test_the_unit_is_the_draw_then_the_point_then_the_run(shape: tuple[int, ...], varies: bool, covers: str) -> None:
    values = np.random.default_rng(4).normal(size=(2, *shape))
    found = difference_of(values[0], values[1], "measured", varies)
    assert found.covers == covers
    assert found.units == {"draws": 5, "points": 7}.get(covers.split("_")[-1], 4)


def test_a_scenarios_own_probability_is_that_of_a_forecast() -> None:
    reached = np.random.default_rng(5).random((2, 40, 10)) < np.random.default_rng(6).random((40, 1))
    draw = np.repeat(np.arange(40), 10)
    table = differences([_outcome(reached, "reached")], ["a", "b"], True, seed=9)
    expected = probability(reached[0].ravel(), draw, True, 9)
    assert (table["base_value"][0], table["base_low"][0], table["base_high"][0]) == expected[:3]


@pytest.mark.parametrize("kind", ["reached", "measured"])
@pytest.mark.parametrize(
    ("shape", "varies"), [((1, 40, 2), True), ((40, 1, 2), False), ((1, 1, 9), True), ((1, 1, 9), False)]
)
def test_every_interval_says_in_words_what_it_covers(kind: str, shape: tuple[int, ...], varies: bool) -> None:
    values = (np.random.default_rng(7).random((2, *shape)) > 0.5) * 1.0
    assert value_of(values[0], kind, varies).covers in COVERS
    assert difference_of(values[0], values[1], kind, varies).covers in COVERS


def test_every_other_scenario_is_compared_with_the_first() -> None:
    rng = np.random.default_rng(8)
    outcomes = [_outcome(rng.random((3, 4, 2)), name=name) for name in ("x", "y")]
    table = differences(outcomes, ["a", "b", "c"], True)
    assert list(zip(table["base"], table["other"], table["outcome"], strict=True)) == [
        ("a", "b", "x"), ("a", "b", "y"), ("a", "c", "x"), ("a", "c", "y"),
    ]  # fmt: skip
    assert list(table) == list(KINDS)
    assert len(differences(outcomes, ["a"], True)["base"]) == 0


def test_the_table_reads_back_as_written(tmp_path) -> None:
    table = _table(np.random.default_rng(9).random((2, 4, 2)))
    write_csv(tmp_path / "differences.csv", table)
    read = read_csv(tmp_path / "differences.csv", KINDS)
    assert all((read[name] == table[name]).all() for name in KINDS if name != "variance_ratio")


def _held(draws: int, replicates: int, shape: tuple[float, float], gain: float, shared: float, cases: int) -> float:
    """How often the interval holds the true difference of two policies that share so much of their luck."""
    rng = np.random.default_rng(20251231)

    def raised(chance: np.ndarray) -> np.ndarray:
        return chance / (chance + (1 - chance) * np.exp(-gain))

    everybody = np.maximum(rng.beta(*shape, 400_000), 1e-12)
    truth, held = (raised(everybody) - everybody).mean(), 0
    for _ in range(cases):
        chance = np.maximum(rng.beta(*shape, draws)[:, None], 1e-12)
        luck = rng.random((draws, replicates))
        own = np.where(rng.random(luck.shape) < shared, luck, rng.random(luck.shape))
        found = difference_of((luck < chance)[None] * 1.0, (own < raised(chance))[None] * 1.0, "reached", True)
        held += found.low <= truth <= found.high
    return held / cases


@pytest.mark.parametrize(("draws", "replicates"), [(10, 1), (40, 1), (40, 10), (100, 10)])
@pytest.mark.parametrize("shape", [(0.3, 0.3), (5.0, 5.0), (9.0, 1.0)])
@pytest.mark.parametrize(("gain", "shared"), [(0.1, 0.9), (0.7, 1.0), (0.7, 0.0)])
def test_paired_intervals_hold_in_at_least_ninety_of_a_hundred_cases(
    draws: int, replicates: int, shape: tuple[float, float], gain: float, shared: float
) -> None:
    """Nominal 95 %. With 400 cases a true coverage of .93 falls under .895 less than once in 100 tests."""
    assert _held(draws, replicates, shape, gain, shared, 400) >= 0.895


def test_unit_means_leave_out_what_failed() -> None:
    values = np.array([[[1.0, 3.0], [np.nan, np.nan], [np.nan, 5.0]]])
    means, what = unit_means(values, True)
    assert means.tolist() == [2.0, 5.0]
    assert what == "draws"
    assert mean_interval(means)[0] == pytest.approx(3.5 - 12.7062 * 1.5, rel=1e-5)


def test_even_if_all_pairs_differ_alike_the_interval_has_a_width() -> None:
    """Eighty pairs, each reached on one side only: the difference is 100 points, and not known to the last digit."""
    base, other = np.zeros((1, 80, 1)), np.ones((1, 80, 1))
    found = difference_of(base, other, "reached", True)
    assert found.value == 1.0
    assert 0.9 < found.low < 0.98
