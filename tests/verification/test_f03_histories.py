"""F3, invariants of every organization's own history: nobody is born twice, moves, rises again or grows younger."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.model.codes import FILED, REGISTERED
from miaopu.model.inputs import Inputs
from miaopu.model.simulation import begin
from miaopu.scenarios import load
from miaopu.tests.model.invariants import assert_money_is_accounted_for, assert_state_is_possible, months, tally
from miaopu.tests.model.worlds import held
from miaopu.tests.verification.quiet import there

LASTING = ("community", "street", "district", "gift", "domain")


@pytest.fixture(scope="module", params=["town", "town-baseline"])
def told(request: pytest.FixtureRequest) -> Inputs:
    """The small town with and without a plan."""
    return load(request.param)


def test_everybody_ages_by_a_month_stays_in_place_and_never_steps_down_the_ladder(told: Inputs) -> None:
    before = there(begin(told, None, 5))
    for step in months(told, None, 5):
        after = there(step.world)
        _, old, new = np.intersect1d(before["key"], after["key"], return_indices=True)
        was, now = before[old], after[new]
        np.testing.assert_array_equal(now["age"], was["age"] + 1)
        for name in LASTING:
            np.testing.assert_array_equal(now[name], was[name], err_msg=name)
        assert (now["ladder"] >= was["ladder"]).all()
        assert not ((was["ladder"] < FILED) & (now["ladder"] == REGISTERED)).any(), "nobody leaves out a rung"
        assert (np.abs(now["stage"].astype(int) - was["stage"]) <= 1).all()
        before = after


def test_nobody_comes_back_from_the_dead_and_every_newborn_was_counted(told: Inputs) -> None:
    ever = set(there(begin(told, None, 6))["key"].tolist())
    living = set(ever)
    for step in months(told, None, 6):
        now = set(there(step.world)["key"].tolist())
        born = now - living
        assert not born & ever, "a key is never used twice"
        flows = step.tallies[step.month]
        died_young = len(living) + tally(flows, "founded", "brought_in").sum() - len(now)
        assert died_young == tally(flows, "dissolved", "dissolved_groups").sum()
        ever |= born
        living = now


def test_streets_remember_their_first_hub_and_never_an_effective_one_before_it(told: Inputs) -> None:
    first = begin(told, None, 7).streets["first_nominal"].copy()
    for step in months(told, None, 7):
        streets = step.world.streets
        there_already = first >= 0
        np.testing.assert_array_equal(streets["first_nominal"][there_already], first[there_already])
        new = streets["first_nominal"][~there_already]
        assert ((new == -1) | (new == step.month)).all()
        effective = streets["first_effective"] >= 0
        assert (streets["first_effective"][effective] >= streets["first_nominal"][effective]).all()
        first = streets["first_nominal"].copy()


@pytest.mark.slow
def test_shenzhens_books_balance_to_the_fen_and_its_state_is_possible_in_every_month() -> None:
    told = load("shenzhen-2022-2025")
    cash = held(begin(told, None, 1))
    for step in months(told, None, 1):
        assert_money_is_accounted_for(cash, step.world, step.ledgers)
        assert_state_is_possible(step.world)
        assert (step.world.funders["cash"] >= 0).all()
