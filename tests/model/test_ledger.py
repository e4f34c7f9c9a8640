"""Money: every fen is entered once, and the ledger alone explains what everybody holds, month by month."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.model.inputs import Inputs
from miaopu.model.ledger import (
    ACCOUNT_LABELS,
    ACCOUNTS,
    APPROPRIATION,
    COMMUNITY_FUND,
    CUSTODY_FEE,
    DONATION,
    HUB,
    HUB_STARTUP,
    INSTRUMENTS,
    LAPSE,
    ORGANIZATION,
    VENTURE,
    balances,
)
from miaopu.model.simulation import begin
from miaopu.tests.model.invariants import (
    assert_money_is_accounted_for,
    assert_public_money_is_what_the_ledger_paid,
    months,
)
from miaopu.tests.model.worlds import held

FLOWS = {"in", "out", "hub", "organization"}


def test_every_fen_is_accounted_for_in_every_month(town: Inputs) -> None:
    first = held(begin(town, None, 3))
    for step in months(town, None, 3):
        assert_money_is_accounted_for(first, step.world, step.ledgers)
        assert step.ledgers.any() and (held(step.world) >= 0).all() and (step.world.funders["cash"] >= 0).all()
        assert_public_money_is_what_the_ledger_paid(step.tallies[: step.month + 1], step.ledgers)


def test_nobody_spends_more_than_came_in(town: Inputs) -> None:
    """Budgets are never overspent: what each funder paid out is covered by what it received."""
    *_, last = months(town, None, 4)
    spent = last.ledgers[:, :6].sum(axis=0).copy()
    received = spent[:, [APPROPRIATION, DONATION]].sum(axis=1)
    spent[:, [APPROPRIATION, DONATION]] = 0
    np.testing.assert_array_equal(received - spent.sum(axis=1), held(last.world)[:6])


def test_entries_are_never_negative_and_money_flows_only_where_it_may(town: Inputs) -> None:
    *_, last = months(town, None, 5)
    total = last.ledgers.sum(axis=0)
    assert (last.ledgers >= 0).all()
    payers = {"appropriation": range(6), "lapse": range(6), "donation": (COMMUNITY_FUND,),
              "micro_grant": (COMMUNITY_FUND,),
              "earned": (ORGANIZATION,), "tax": (ORGANIZATION,), "running_cost": (ORGANIZATION,),
              "custody_fee": (ORGANIZATION,), "hub_running": (HUB,), "hub_startup": (1,), "hub_wages": (1,),
              "programme": (0, 1), "venture": (1, 3), "purchase": (2,), "micro_project": (4,)}  # fmt: skip
    for number, item in enumerate(INSTRUMENTS):
        if item.name in payers:
            others = np.delete(total[:, number], list(payers[item.name]))
            assert not others.any(), item.name


def test_balances_follow_the_flow_of_each_instrument() -> None:
    ledger = np.zeros((len(ACCOUNTS), len(INSTRUMENTS)), np.int64)
    ledger[1, APPROPRIATION], ledger[1, LAPSE] = 100, 10
    ledger[1, VENTURE], ledger[1, HUB_STARTUP], ledger[ORGANIZATION, CUSTODY_FEE] = 30, 20, 5
    change = balances(ledger)
    assert change[1] == 100 - 10 - 30 - 20
    assert change[ORGANIZATION] == 30 - 5 and change[HUB] == 20 + 5
    assert change.sum() == 100 - 10, "what is handed on inside is neither won nor lost"


@pytest.mark.parametrize("number", range(len(INSTRUMENTS)))
def test_every_instrument_changes_the_total_only_where_money_comes_in_or_goes_out(number: int) -> None:
    ledger = np.zeros((len(ACCOUNTS), len(INSTRUMENTS)), np.int64)
    ledger[ORGANIZATION, number] = 7
    assert balances(ledger).sum() == {"in": 7, "out": -7}.get(INSTRUMENTS[number].flow, 0)


def test_accounts_and_instruments_have_names_in_both_languages() -> None:
    assert len(ACCOUNT_LABELS) == len(ACCOUNTS) == len(set(ACCOUNTS))
    assert len({item.name for item in INSTRUMENTS}) == len(INSTRUMENTS)
    for item in INSTRUMENTS:
        assert item.flow in FLOWS and item.label.zh and item.label.en
    assert all(label.zh and label.en for label in ACCOUNT_LABELS)
