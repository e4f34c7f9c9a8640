"""Budgets (process 1): the year's money arrives once, in the fiscal month; what is left lapses or stays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.inputs import FunderPlan
from miaopu.model.ledger import APPROPRIATION, BUREAU, COMMUNITY_FUND, DONATION, LAPSE
from miaopu.model.processes.budgets import months_left
from miaopu.model.world import World
from miaopu.tests.model.calling import run_budgets
from miaopu.tests.model.worlds import at_month, held, inputs, nothing_lost, place, set_levers, world

YEAR = 12_000_000  # fen


def _world(budget: Any = 120_000.0, months: int = 24, first_month: int = 1, **plan: Any) -> World:
    told = inputs(
        place(1, 2, 3),
        months,
        first_month=first_month,
        funders={"district_bureau": FunderPlan(np.full(months, 0.0) + budget, **plan)},
    )
    w = world(told)
    w.districts["finance"] = 1.0
    return w


def _received(w: World, months: int = 12) -> list[int]:
    """What the bureau receives in each of the first months, in fen."""
    got = []
    for month in range(months):
        before = int(w.ledger[BUREAU, APPROPRIATION])
        run_budgets(at_month(w, month))
        got.append(int(w.ledger[BUREAU, APPROPRIATION]) - before)
    return got


def test_the_years_money_arrives_in_the_fiscal_month_and_only_then() -> None:
    assert _received(_world()) == [YEAR] + [0] * 11
    assert _received(_world(fiscal_month=4), 16)[3:] == [YEAR] + [0] * 11 + [YEAR]


def test_a_run_that_starts_within_the_year_starts_with_the_rest_of_the_years_money() -> None:
    assert _received(_world(first_month=7), 7) == [YEAR // 2, 0, 0, 0, 0, 0, YEAR]
    assert _received(_world(fiscal_month=4), 3)[0] == YEAR // 4


@pytest.mark.parametrize(
    ("now", "fiscal", "left"), [(1, 1, 12), (2, 1, 11), (12, 1, 1), (3, 4, 1), (4, 4, 12), (7, 1, 6)]
)
def test_months_left_of_the_fiscal_year(now: int, fiscal: int, left: int) -> None:
    assert months_left.py_func(now, fiscal) == left


def test_unspent_money_lapses_or_stays() -> None:
    for carry_over, kept in ((False, YEAR), (True, 2 * YEAR)):
        w = _world(carry_over=carry_over)
        before = held(w)
        _received(w, 13)
        assert w.funders["cash"][1] == kept
        assert w.ledger[BUREAU, LAPSE] == 2 * YEAR - kept
        assert nothing_lost(w, before)


def test_a_raise_within_the_year_is_paid_for_the_months_left_and_a_cut_takes_nothing_back() -> None:
    early = np.arange(24) < 6
    assert _received(_world(np.where(early, 120_000.0, 240_000.0))) == [YEAR, 0, 0, 0, 0, 0, YEAR // 2] + [0] * 5
    assert _received(_world(np.where(early, 240_000.0, 120_000.0)), 13) == [2 * YEAR] + [0] * 11 + [YEAR]


@pytest.mark.parametrize("left", [0.0, 0.5])
def test_a_cut_for_some_months_never_brings_more_money(left: float) -> None:
    w = _world()
    w.shocks["money"][2:5] = left
    assert sum(_received(w)) <= YEAR


def test_a_shock_in_the_fiscal_month_cuts_the_years_money() -> None:
    w = _world()
    w.shocks["money"][:] = 0.25
    assert sum(_received(w)) == YEAR // 4


def test_rich_districts_receive_more_in_proportion_to_their_means() -> None:
    w = _world()
    w.districts["finance"] = 1.5
    assert sum(_received(w)) == 1.5 * YEAR


def test_a_budget_that_comes_back_within_a_year_without_money_is_paid_for_the_months_left() -> None:
    month = np.arange(24)
    w = _world(np.where((month >= 12) & (month < 18), 0.0, 120_000.0))
    _received(w, 12)
    w.funders["cash"][1] = 0  # all spent
    for now in range(12, 24):
        run_budgets(at_month(w, now))
    assert w.funders["cash"][1] == YEAR // 2


def test_a_budget_of_zero_brings_nothing() -> None:
    w = _world(0.0)
    assert not any(_received(w)) and not w.ledger.any()


def test_community_funds_are_set_up_where_the_lever_reaches_and_raise_money() -> None:
    told = inputs(place(1, 1, 300), levers={"social.community_funds": 0.4, "social.pooling": 0.5},
                  money={"community_fund": 40_000.0})  # fmt: skip
    w = world(told)
    before = held(w)
    run_budgets(w)
    np.testing.assert_array_equal(w.communities["fund"], w.communities["rank"] < 0.4)
    monthly = 40_000 * 1.5 / 12 * 100
    assert w.ledger[COMMUNITY_FUND, DONATION] == w.communities["fund"].sum() * monthly
    run_budgets(set_levers(w, social_community_funds=0.0, social_pooling=0.0))
    assert 0 < w.communities["fund"].sum() < 300, "a fund once set up stays"
    assert nothing_lost(w, before)
