"""Calls (process 10): each instrument pays in its own months, to whom it may, never more than the purse holds."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaopu.model import ledger as books
from miaopu.model.codes import (
    CULTURE,
    DIFFICULTY,
    ELDERLY_CHILDREN,
    FILED,
    GROUP,
    LEGAL_PARTNER,
    NO_CUSTODIAN,
    REGISTERED,
    WORKING,
)
from miaopu.model.ledger import INSTRUMENTS, ORGANIZATION, PUBLIC
from miaopu.model.tallies import PUBLIC_PAID
from miaopu.model.world import World
from miaopu.tests.model.calling import run_calls
from miaopu.tests.model.worlds import (
    NEVER,
    at_month,
    held,
    inputs,
    nothing_lost,
    organizations,
    place,
    set_levers,
    values,
    world,
)

YUAN = 100
SIZES = {"finance_spread": 0.0, "micro_project_size": 40_000.0, "purchase_size": 80_000.0, "demonstration_size": 1e5}
# instrument: its levers, the row of the funder that pays (one district, one street, one community), one of its months
PAID = {
    "venture": ({"funding_venture_budget": 1e6, "funding_venture_award": 50_000.0}, 1, 5),
    "startup": ({"funding_startup_grant": 2000.0}, 1, 7),
    "activity": ({"funding_activity_subsidy": 4000.0}, 1, 9),
    "purchase": ({"funding_purchase_budget": 1e6}, 2, 3),
    "micro_project": ({"funding_micro_project_share": 1.0}, 4, 4),
    "demonstration": ({"funding_demonstration_access": 1.0}, 0, 6),
    "working_fund": ({"funding_working_fund": 1e5}, 1, 2),
}
LOTTERY = ({"funding_lottery_share": 1.0, "funding_venture_award": 50_000.0}, 3, 5)
NUMBER = {item.name: number for number, item in enumerate(INSTRUMENTS)}


def _world(instrument: str, purse: float = 1e9, count: int = 200, **state: Any) -> World:
    """One community with organizations, and the funder of one instrument with a full purse in one of its months."""
    levers, funder, month = LOTTERY if instrument == "lottery" else PAID[instrument]
    w = at_month(world(inputs(place()), **SIZES), 0, month)
    organizations(w, count, **({"ladder": REGISTERED, "ladder_months": 6} | state))
    w.funders["cash"][funder] = w.funders["budget"][funder] = int(purse * YUAN)
    return set_levers(w, **levers)


def _paid(w: World, instrument: str) -> int:
    return int(w.ledger[:, NUMBER["venture" if instrument == "lottery" else instrument]].sum())


@pytest.mark.parametrize("instrument", [*PAID, "lottery"])
@pytest.mark.parametrize("purse", [0.0, 1234.56, 100_001.0, 1e9])
def test_no_instrument_pays_more_than_the_purse_holds(instrument: str, purse: float) -> None:
    for ladder in (REGISTERED, FILED):
        w = _world(instrument, purse, ladder=ladder, custodian=LEGAL_PARTNER)
        before = held(w)
        run_calls(w)
        assert (w.funders["cash"] >= 0).all() and _paid(w, instrument) <= purse * YUAN
        assert nothing_lost(w, before)
        if purse == 1e9 and not (instrument == "startup" and ladder == REGISTERED):
            assert _paid(w, instrument) > 0 or (instrument == "demonstration" and ladder == FILED)


@pytest.mark.parametrize("instrument", PAID)
def test_no_lever_no_payment(instrument: str) -> None:
    w = set_levers(_world(instrument, ladder=FILED, custodian=LEGAL_PARTNER), **dict.fromkeys(PAID[instrument][0], 0.0))
    run_calls(w)
    assert _paid(w, instrument) == 0


@pytest.mark.parametrize(("instrument", "months"), [
    ("venture", {5}), ("demonstration", {6}), ("purchase", {3}), ("micro_project", {4, 10}),
    ("activity", {3, 6, 9, 12}), ("working_fund", {2, 8}), ("lottery", {5}),
])  # fmt: skip
def test_each_call_has_its_months(instrument: str, months: set[int]) -> None:
    for month in range(1, 13):
        w = _world(instrument)
        run_calls(at_month(w, 0, month))
        assert (_paid(w, instrument) > 0) == (month in months), month


@pytest.mark.parametrize("instrument", [*PAID, "lottery"])
@pytest.mark.parametrize("without", [
    {"ladder": GROUP}, {"ladder": FILED, "custodian": NO_CUSTODIAN}, {"active": 0}, {"clean": 0}, {"alive": 0},
])  # fmt: skip
def test_public_money_asks_for_legal_status_or_custody_and_a_clean_record_at_work(
    instrument: str, without: dict[str, int]
) -> None:
    w = _world(instrument, **without)
    run_calls(w)
    assert _paid(w, instrument) == 0 and not w.organizations["cash"].any()


@pytest.mark.parametrize(("ladder", "custodian"), [(REGISTERED, NO_CUSTODIAN), (FILED, LEGAL_PARTNER), (FILED, 0)])
def test_money_comes_direct_or_through_a_custodian_for_a_fee(ladder: int, custodian: int) -> None:
    w = _world("activity", ladder=ladder, custodian=custodian)
    before = held(w)
    run_calls(w)
    fee = 0 if ladder == REGISTERED else int(1000 * YUAN * values()["custody_fee"])
    assert set(w.organizations["cash"]) == {1000 * YUAN - fee}
    assert (w.organizations["public12"] == 1000 * YUAN).all() and not w.organizations["since_grant"].any()
    assert w.ledger[ORGANIZATION, books.CUSTODY_FEE] == (200 * fee if custodian == 0 else 0)
    assert w.ledger[ORGANIZATION, books.CUSTODY_COST] == (200 * fee if custodian == LEGAL_PARTNER else 0)
    assert w.hubs["cash"][0] == (200 * fee if custodian == 0 else 0)
    assert w.tallies[0, PUBLIC_PAID] == pytest.approx(200 * 1000)
    assert nothing_lost(w, before)


@pytest.mark.parametrize("instrument", ["venture", "purchase", "micro_project"])
def test_who_works_through_a_custodian_gets_half_a_piece(instrument: str) -> None:
    full, half = _world(instrument), _world(instrument, ladder=FILED, custodian=LEGAL_PARTNER)
    run_calls(full)
    run_calls(half)
    pieces = [np.max(w.organizations["public12"]) for w in (full, half)]
    assert pieces[1] == pieces[0] / 2


def test_demonstration_projects_are_for_registered_organizations_only() -> None:
    w = _world("demonstration", ladder=np.where(np.arange(200) < 3, REGISTERED, FILED), custodian=LEGAL_PARTNER)
    w.districts["streets"] = 80
    run_calls(w)
    assert set(np.flatnonzero(w.organizations["public12"])) == {0, 1, 2}


def test_a_start_up_grant_is_paid_once_to_newly_filed_organizations() -> None:
    months, helped = np.arange(200) % 30, np.arange(200) % 7 == 0
    w = _world(
        "startup", ladder=FILED, custodian=LEGAL_PARTNER, ladder_months=months, since_grant=np.where(helped, 9, NEVER)
    )
    for month in (7, 8, 9):
        run_calls(at_month(w, 0, month))
    new = (months < 12) & ~helped
    np.testing.assert_array_equal(w.organizations["public12"] == 2000 * YUAN, new)
    assert _paid(w, "startup") == 2000 * YUAN * new.sum()


def test_a_subsidy_that_a_purse_cannot_carry_is_cut_for_all_alike() -> None:
    w = _world("activity", purse=50_000.0)
    run_calls(w)
    assert set(w.organizations["cash"]) == {250 * YUAN}


def test_the_villages_share_is_theirs() -> None:
    w = at_month(world(inputs(place(1, 1, 2, rural=[False, True])), **SIZES), 0, 5)
    organizations(w, 200, ladder=REGISTERED, service=np.where(np.arange(200) < 100, 0.9, 0.1))
    w.funders["cash"][1] = 10**9
    run_calls(set_levers(w, funding_venture_budget=1e6, funding_venture_award=5e4, funding_rural_share=0.4))
    paid = w.organizations["public12"]
    assert paid[100:].sum() == 0.4 * paid.sum() == 400_000 * YUAN


@pytest.mark.parametrize(("lever", "better"), [
    ("funding_performance_weight", {"rating": 1.0}), ("funding_party_priority", {"party": 1, "governance": 0.5}),
])  # fmt: skip
def test_competitive_money_goes_to_the_better_as_far_as_the_plan_weighs_it(
    lever: str, better: dict[str, float]
) -> None:
    chosen, shares = np.arange(200) < 40, []
    for weight in (0.0, 1.0):
        state = {name: np.where(chosen, value, 0.0) for name, value in better.items()}
        w = set_levers(_world("venture", **({"governance": 0.5} | state)), **{lever: weight})
        if "governance" in better:
            w.organizations["governance"] = 0.5
        run_calls(w)
        won = w.organizations["public12"] > 0
        shares.append(won[chosen].sum() / won.sum())
    assert shares[0] < 0.6 and shares[1] == 1.0


def test_organizations_of_the_community_itself_are_preferred_for_its_micro_projects() -> None:
    w = at_month(world(inputs(place(1, 1, 2)), **SIZES), 0, 4)
    organizations(w, 400, ladder=REGISTERED)
    funds = w.funders["kind"] == 4
    w.funders["cash"][funds] = w.funders["budget"][funds] = [8_000_000 * YUAN, 0]
    run_calls(set_levers(w, funding_micro_project_share=1.0))
    won = w.organizations["public12"] > 0
    assert won.sum() == 100 and won[:200].mean() > 3 * won[200:].mean()


def test_the_hub_as_contractor_hands_work_to_filed_bodies_even_without_custody() -> None:
    w = set_levers(_world("purchase", ladder=FILED), custody_hub_contractor=0.5)
    w.hubs["status"][0], w.hubs["registered"][0] = WORKING, 1
    run_calls(w)
    assert 0 < _paid(w, "purchase") <= 500_000 * YUAN
    both = np.where(np.arange(200) % 2, REGISTERED, FILED)
    w = set_levers(_world("purchase", ladder=both), custody_hub_contractor=0.5)
    w.hubs["status"][0], w.hubs["registered"][0] = WORKING, 1
    run_calls(w)
    assert 900_000 * YUAN < _paid(w, "purchase") <= 1_000_000 * YUAN, "the hub's part is no addition to the budget"
    assert w.organizations["public12"][both == FILED].sum() > 400_000 * YUAN
    w = set_levers(_world("purchase", ladder=FILED), custody_hub_contractor=0.5)
    run_calls(w)
    assert _paid(w, "purchase") == 0, "a street without a registered working hub has no contractor"


def test_the_working_fund_bridges_only_the_needy_and_only_a_little() -> None:
    p = values()
    cash = np.where(np.arange(200) < 5, 0, 10**7)
    w = _world("working_fund", cash=cash)
    run_calls(w)
    got = w.organizations["cash"] - cash
    assert set(got[:5]) == {int(p["bridge"] * YUAN)} and not got[5:].any()


def test_the_years_working_fund_is_shared_by_all_the_needy_in_two_halves() -> None:
    w = set_levers(_world("working_fund"), funding_working_fund=10_000.0)
    run_calls(w)
    assert set(w.organizations["cash"]) == {5000 * YUAN // 200}


def test_micro_grants_ask_for_no_legal_status_but_for_a_fund_and_for_activity() -> None:
    w = at_month(world(inputs(place())), 0, 5)
    organizations(w, 40, ladder=GROUP, active=np.arange(40) % 2)
    w.funders["cash"][-1] = 12_000 * YUAN
    set_levers(w, social_micro_grant=5000.0)
    run_calls(w)
    assert not w.ledger.any()
    w.communities["fund"] = 1
    run_calls(w)
    assert _paid(w, "micro_grant") == 10_000 * YUAN
    winners = w.organizations[w.organizations["cash"] > 0]
    assert (winners["active"] == 1).all() and (winners["public12"] == 0).all() and len(winners) == 2


@pytest.mark.parametrize(("lever", "instrument", "chosen"), [
    ("social_charity_support", "charity", lambda org: np.isin(org["domain"], (ELDERLY_CHILDREN, DIFFICULTY))),
    ("rural_revitalisation_fund", "revitalisation", lambda org: org["community"] == 0),
])  # fmt: skip
def test_donors_support_those_whom_they_choose(
    lever: str, instrument: str, chosen: Callable[[np.ndarray], np.ndarray]
) -> None:
    w = at_month(world(inputs(place(2, 1, 1, rural=[True, False]))), 0, 5)
    domain = np.resize([ELDERLY_CHILDREN, DIFFICULTY, CULTURE], 90)
    organizations(w, 90, domain=domain, ladder=np.where(np.arange(90) % 9 == 0, GROUP, FILED))
    before = held(w)
    run_calls(set_levers(w, **{lever: 40_000.0}))
    may = chosen(w.organizations) & (w.organizations["ladder"] == FILED)
    np.testing.assert_array_equal(w.organizations["cash"] > 0, may)
    streets = len(np.unique(w.organizations["street"][may]))
    assert _paid(w, instrument) == pytest.approx(streets * 10_000 * YUAN, abs=90)
    assert nothing_lost(w, before)


@given(cash=st.integers(0, 10**12), wanted=st.integers(-(10**12), 10**12))
def test_pay_never_overspends_and_enters_what_it_pays(cash: int, wanted: int) -> None:
    entries = np.zeros((len(books.ACCOUNTS), len(INSTRUMENTS)), np.int64)
    purse = SimpleNamespace(cash=cash, kind=books.BUREAU)
    paid = books.pay.py_func(purse, entries, books.VENTURE, wanted)
    assert paid == max(0, min(cash, wanted)) == entries.sum()
    assert purse.cash == cash - paid >= 0


@given(st.floats(0, 1e9))
def test_yuan_become_whole_fen(yuan: float) -> None:
    fen = int(books.fen.py_func(yuan))
    assert abs(fen - yuan * 100) <= 0.5 + 1e-4


def test_public_instruments_are_those_that_reach_organizations() -> None:
    assert {INSTRUMENTS[i].flow for i in PUBLIC} == {"organization"}
    rest = {item.name for item in INSTRUMENTS if item.flow == "organization"} - {INSTRUMENTS[i].name for i in PUBLIC}
    assert rest == {"micro_grant"}, "community funds are donations"
