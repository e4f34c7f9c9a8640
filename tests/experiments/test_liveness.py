"""Every lever moves what it is documented to move, and docs/levers.md says so from a table of these very rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from miaopu.experiments import lever_table, liveness
from miaopu.experiments.lever_table import Row, beyond_error, first_moved, read, rows_of, verdicts
from miaopu.experiments.liveness import OUTCOMES, SHENZHEN, Effect
from miaopu.model.inputs import Inputs
from miaopu.model.vocabulary import Lever, Moves, levers
from miaopu.outputs import lever_page
from miaopu.scenarios import load

RENEW = "run python -m miaopu.experiments.liveness && python -m miaopu.outputs.lever_page"
TABLE = read()
VERDICTS = verdicts(TABLE.rows)
# Five levers of five groups whose change in one pair is large beside its standard deviation over pairs.
HANDFUL = (
    "ladder.filing_drive", "needs.visits", "party.joint_branches", "training.seats", "venues.shared",
)  # fmt: skip
FEW = 16


@pytest.fixture(scope="module")
def town() -> Inputs:
    return load("town")


def effect(change: np.ndarray, lever: str = "committee.co_option") -> Effect:
    """An effect on all outcomes alike; without the lever they are a half, more or less."""
    without = np.full((len(change), len(OUTCOMES)), 0.5) + 0.001 * np.arange(len(change))[:, None]
    return Effect(lever, SHENZHEN, without, np.repeat(change[:, None], len(OUTCOMES), axis=1))


def verdict(change: np.ndarray) -> str:
    return verdicts(rows_of(effect(change)))["committee.co_option"]


def test_the_table_is_of_these_rules_levers_priors_and_plans() -> None:
    assert lever_table.basis() == TABLE.basis, RENEW


def test_the_page_is_made_from_the_table() -> None:
    assert lever_page.PAGE.read_text(encoding="utf-8") == lever_page.page(TABLE), RENEW


def test_every_lever_is_in_the_table() -> None:
    assert list(VERDICTS) == list(levers()) and TABLE.runs >= 30


@pytest.mark.parametrize("lever", levers())
def test_every_lever_moves_its_outcome_the_documented_way(lever: str) -> None:
    assert VERDICTS[lever] == "alive", first_moved(TABLE.rows)[lever]


@pytest.mark.parametrize("lever", levers().values(), ids=str)
def test_a_strong_value_is_allowed_and_a_documented_outcome_is_measured(lever: Lever) -> None:
    assert lever.low <= lever.strong <= lever.high and lever.strong != lever.neutral
    assert lever.moves.outcome in OUTCOMES


@pytest.mark.parametrize("written", ["trust", "trust up", "sessions held +", "+ trust", ""])
def test_a_documented_direction_is_an_indicator_and_a_sign(written: str) -> None:
    with pytest.raises(ValueError, match="indicator"):
        Moves.of(written)


def test_what_moves_up_beyond_error_is_alive_and_what_moves_down_goes_the_wrong_way() -> None:
    luck = np.random.default_rng(1).normal(0.0, 0.01, 40)
    assert verdict(0.05 + luck) == "alive" and verdict(-0.05 + luck) == "wrong way"


def test_what_does_not_move_or_hides_in_its_error_or_is_tiny_is_dead() -> None:
    luck = np.random.default_rng(1).normal(0.0, 1.0, 40)
    assert verdict(np.zeros(40)) == "dead"
    assert verdict(luck - luck.mean() + 0.1) == "dead"  # two thirds of a standard error
    assert verdict(np.full(40, 1e-6)) == "dead"  # without any error, but nobody would see it


def test_one_in_many_that_is_beyond_error_by_itself_is_not_so_among_all() -> None:
    def row(lever: str, p: float) -> Row:
        return Row(lever, "trust", SHENZHEN, 1.0, 0.1, 0.05, 0.0, 0.2, 1.0, p)

    dull = [row(f"dull {k}", 0.5) for k in range(99)]
    assert beyond_error([row("chance", 0.03)]) == {"chance"}
    assert beyond_error([*dull, row("chance", 0.03)]) == set()
    assert beyond_error([*dull, row("chance", 0.03), row("true", 1e-5)]) == {"true"}


def test_intervals_hold_the_mean_as_often_as_they_say() -> None:
    # 400 samples of 20: the share of 95 % intervals that hold 0 lies within 95 % +- 4 % but once in 5,000 such tests
    luck = np.random.default_rng(2).normal(0.0, 1.0, (20, 400))
    held = 0
    for column in luck.T:
        low, high = rows_of(effect(column))[0][6:8]
        held += low < 0.0 < high
    assert abs(held / 400 - 0.95) < 0.04


@pytest.mark.parametrize("lever", ["training.seats", "committee.co_option", "ladder.filing_months"])
def test_without_a_lever_it_is_neutral_everywhere_and_nothing_else_changes(town: Inputs, lever: str) -> None:
    field = levers()[lever].field
    held = liveness.without_lever(town, lever).timetable
    assert (held[field] == levers()[lever].neutral).all() and (town.timetable[field] != held[field]).any()
    others = [name for name in held.dtype.names or () if name != field]
    assert all((held[name] == town.timetable[name]).all() for name in others)


def test_a_lever_that_the_plan_does_not_use_is_compared_with_the_plan_as_it_stands() -> None:
    plan = load(SHENZHEN)
    assert liveness.arms(plan, SHENZHEN, "needs.surveys")[0].lever == liveness.PLAN
    assert liveness.arms(plan, SHENZHEN, "needs.visits")[0].lever == "needs.visits"


def test_wider_purses_leave_the_levers_and_other_funders_alone(town: Inputs) -> None:
    wide = liveness.with_money(town, 3.0)
    assert (wide.timetable == town.timetable).all()
    for name, plan in town.funders.items():
        times = 3.0 if name in liveness.WIDENED else 1.0
        assert (wide.funders[name].budget_yuan == times * plan.budget_yuan).all()


def test_the_two_sides_of_a_pair_share_parameters_and_luck(town: Inputs) -> None:
    same = liveness.Bench({"town": town}, liveness.bench_of(["town"], 3).luck)
    plan = liveness.measure_arm(same, liveness.Arm("town", liveness.PLAN, False))
    again = liveness.measure_arm(same, liveness.Arm("town", liveness.PLAN, False))
    assert plan.tobytes() == again.tobytes() and len(np.unique(plan[:, 0])) > 1


def test_the_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    change = np.random.default_rng(3).normal(0.2, 0.1, 30)
    lever_table.write(tmp_path / "table.csv", [effect(change)], 30)
    back = read(tmp_path / "table.csv")
    assert back.runs == 30 and back.basis == lever_table.basis()
    for old, new in zip(rows_of(effect(change)), back.rows, strict=True):
        assert old[:3] == new[:3] and np.allclose(old[3:], new[3:], rtol=1e-4)


@pytest.mark.slow
def test_a_handful_of_levers_measured_anew_move_as_the_table_says() -> None:
    # a pair's change is at least one of its standard deviations from 0: the mean of 16 has the wrong sign by chance
    # once in 30,000 times
    anew = first_moved(row for found in liveness.measure(HANDFUL, FEW, 2) for row in rows_of(found))
    before = first_moved(TABLE.rows)
    for lever in HANDFUL:
        one_pair = before[lever].error * TABLE.runs**0.5
        assert np.sign(anew[lever].change) == np.sign(before[lever].change), anew[lever]
        assert abs(before[lever].change) > one_pair, "choose a lever that chance does not hide"
