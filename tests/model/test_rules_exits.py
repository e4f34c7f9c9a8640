"""Exit (process 16): two clocks, dormancy and the books; youth is a liability that public money takes away."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import FILED, GROUP, PAPER, REGISTERED
from miaopu.model.ledger import ORGANIZATION, WOUND_UP
from miaopu.model.tallies import DISSOLVED, DISSOLVED_GROUPS
from miaopu.model.world import World
from miaopu.tests.model.calling import run_exits
from miaopu.tests.model.worlds import (
    agrees,
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

COUNT = 12_000
RATES = {"exit_group": 0.9, "exit_filed": 0.6, "exit_registered": 0.4, "newness": 1.8, "purse_protects": 0.7}
HALF_A_YEAR = int(50 * values()["cost_filed"])  # fen
ABILITY = (1.2 - 0.8 * 0.4) * (1.1 - 0.33 * 0.4)  # of the middling organizations here


def _world(month_of_year: int = 1, **state: Any) -> World:
    w = at_month(world(inputs(place(1, 1, 4), months=24), **RATES), 0, month_of_year)
    organizations(w, COUNT, **({"ladder": FILED} | state))
    return w


def _chance(rate: float) -> float:
    return 1 - np.exp(-rate / 12)


def _dormant(w: World) -> int:
    run_exits(w)
    return int((w.organizations["active"] == 0).sum())


@pytest.mark.parametrize(("ladder", "name"), [(GROUP, "group"), (FILED, "filed"), (REGISTERED, "registered")])
def test_organizations_fall_dormant_with_the_rate_of_their_ladder(ladder: int, name: str) -> None:
    w = _world(ladder=ladder)
    assert agrees(_dormant(w), COUNT, _chance(RATES[f"exit_{name}"] * ABILITY))
    assert w.organizations["alive"].all() and not w.tallies.any(), "falling dormant changes no book"


@pytest.mark.parametrize(("state", "factor"), [
    ({"age": 23}, 1.8), ({"age": 24}, 1.0), ({"age": 5, "since_grant": 12}, 1.0), ({"age": 5, "since_grant": 13}, 1.8),
    ({"cash": 10**9}, 0.7), ({"cash": HALF_A_YEAR // 2}, 0.85), ({"cash": 1}, 1.0),
    ({"age": 23, "cash": HALF_A_YEAR}, 1.8 * 0.7),
])  # fmt: skip
def test_youth_is_a_liability_that_public_money_removes_and_a_purse_protects(
    state: dict[str, Any], factor: float
) -> None:
    assert agrees(_dormant(_world(**state)), COUNT, _chance(RATES["exit_filed"] * ABILITY * factor))


@pytest.mark.parametrize(("lost", "saved"), [
    ({"age": 10}, {"age": 10, "since_grant": 3}), ({"cash": 0}, {"cash": HALF_A_YEAR}),
    ({"service": 0.2}, {"service": 0.6}), ({"leadership": 0.2}, {"leadership": 0.6}),
    ({"age": 10}, {"age": 30}), ({"ladder": FILED}, {"ladder": REGISTERED}),
])  # fmt: skip
def test_help_never_costs_a_survivor(lost: dict[str, Any], saved: dict[str, Any]) -> None:
    """Common random numbers: everybody who survives without help survives with it."""
    without, helped = _world(**lost), _world(**saved)
    assert _dormant(helped) < _dormant(without)
    assert (helped.organizations["active"] >= without.organizations["active"]).all()


def test_groups_that_run_themselves_fade_less_often() -> None:
    w = set_levers(_world(ladder=GROUP), ladder_self_management=1.0)
    assert agrees(_dormant(w), COUNT, _chance(RATES["exit_group"] * ABILITY * 0.7))


@pytest.mark.parametrize("shock", [0.0, 3.0])
def test_a_shock_multiplies_exits(shock: float) -> None:
    w = _world()
    w.shocks["exit"] = shock
    assert agrees(_dormant(w), COUNT, _chance(RATES["exit_filed"] * ABILITY * shock))


def test_who_falls_dormant_leaves_slot_hub_and_queue() -> None:
    w = _world(incubating=5, hub=0, queue=3)
    _dormant(w)
    gone = w.organizations[w.organizations["active"] == 0]
    assert not gone["incubating"].any() and (gone["hub"] == -1).all() and (gone["queue"] == -1).all()


@pytest.mark.parametrize("ladder", [FILED, REGISTERED])
def test_a_dormant_body_stays_on_the_books_until_somebody_looks(ladder: int) -> None:
    w = _world(ladder=ladder, active=0, origin=PAPER)
    for month in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12):
        run_exits(at_month(w, month, month))
    assert w.organizations["alive"].all() and not w.tallies.any()


@pytest.mark.parametrize(("month", "clean_up", "watched", "chance"), [
    (6, 0.0, 0.0, 0.3), (6, 0.0, 1.0, 0.6), (6, 0.5, 0.0, 0.5), (6, 0.1, 0.0, 0.3), (9, 0.5, 0.0, 0.5),
    (9, 0.0, 1.0, 0.0),
])  # fmt: skip
def test_verification_and_clean_ups_strike_off_the_stated_share_of_the_dormant(
    month: int, clean_up: float, watched: float, chance: float
) -> None:
    dormant = np.arange(COUNT) % 2
    w = set_levers(_world(month, active=1 - dormant, origin=PAPER, cash=7), evaluation_supervision=watched)
    w.parameters["verification"], w.parameters["exit_filed"] = 0.3, 0.0
    w.clean_up[:] = clean_up
    before = held(w)
    run_exits(w)
    struck = w.organizations["alive"] == 0
    assert not struck[dormant == 0].any()
    assert agrees(struck.sum(), COUNT // 2, chance)
    assert w.tallies[0, DISSOLVED] == struck.sum() and w.tallies[0, DISSOLVED_GROUPS] == 0
    assert w.ledger[ORGANIZATION, WOUND_UP] == 7 * struck.sum() and not w.organizations["cash"][struck].any()
    assert nothing_lost(w, before)


def test_dormant_groups_are_simply_gone() -> None:
    w = _world(ladder=GROUP, active=0, origin=PAPER)
    run_exits(w)
    gone = (w.organizations["alive"] == 0).sum()
    assert agrees(gone, COUNT, _chance(values()["group_vanishing"]))
    assert w.tallies[0, DISSOLVED_GROUPS] == gone and w.tallies[0, DISSOLVED] == 0


@pytest.mark.parametrize(("contact", "posts"), [(0.0, 0.0), (1.0, 0.0), (1.0, 3.0)])
def test_the_dormant_come_back_more_often_where_somebody_keeps_in_touch(contact: float, posts: float) -> None:
    w = set_levers(_world(active=0), party_regular_contact=contact, committee_liaison_posts=posts)
    w.parameters["reviving"] = 0.6
    back = COUNT - _dormant(w)
    assert agrees(back, COUNT, _chance(0.6 * (1 + contact + min(1.0, posts))))


def test_what_existed_on_paper_only_never_comes_to_life() -> None:
    w = _world(active=0, origin=PAPER)
    w.parameters["reviving"] = 1e9
    assert _dormant(w) == COUNT


def test_in_the_long_run_activity_settles_as_a_chain_of_two_states_does() -> None:
    """A limiting case: with constant rates the active share follows the two-state Markov chain."""
    w = _world()
    w.parameters["verification"], w.parameters["reviving"] = 0.0, 1.2
    falls, comes_back = _chance(RATES["exit_filed"] * ABILITY), _chance(1.2)
    expected = 1.0
    for month in range(24):
        run_exits(at_month(w, month, 1))
        expected = expected * (1 - falls) + (1 - expected) * comes_back
        assert agrees(w.organizations["active"].sum(), COUNT, expected)
    assert expected == pytest.approx(comes_back / (falls + comes_back), abs=0.01)
