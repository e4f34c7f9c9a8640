"""Custody (process 10): two steps to public money for those without legal status, and what goes astray."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import FILED, GROUP, LEGAL_PARTNER, NO_CUSTODIAN, REGISTERED, WORKING
from miaopu.model.ledger import MISUSE, ORGANIZATION
from miaopu.model.world import World
from miaopu.tests.model.calling import run_custody
from miaopu.tests.model.worlds import (
    agrees,
    held,
    inputs,
    nothing_lost,
    organizations,
    place,
    set_levers,
    values,
    world,
)

COUNT = 8000


def _world(hub: bool = False, **state: Any) -> World:
    """One street, with or without a hub that offers custody."""
    w = world(inputs(place(1, 1, 4, hub=int(hub))), misuse=0.0)
    if hub:
        w.hubs["status"][0], w.hubs["registered"][0], w.hubs["custody"][0] = WORKING, 1, 1
    organizations(w, COUNT, **({"ladder": FILED} | state))
    return w


def _chance(rate: float) -> float:
    return 1 - np.exp(-rate / 12)


def test_filed_organizations_find_the_hub_as_custodian_with_the_stated_rate() -> None:
    w = _world(hub=True)
    run_custody(w)
    found = w.organizations["custodian"]
    assert set(found) == {0, NO_CUSTODIAN}
    assert agrees((found == 0).sum(), COUNT, _chance(values()["custody_by_hub"]))


@pytest.mark.parametrize(("willing", "registered"), [(0.5, 0.1), (1.0, 0.5), (0.0, 0.5)])
def test_where_no_hub_offers_it_registered_partners_may(willing: float, registered: float) -> None:
    legal = np.arange(COUNT) < registered * COUNT
    w = set_levers(_world(ladder=np.where(legal, REGISTERED, FILED)), custody_legal_partners=willing)
    w.parameters["custody_by_partner"] = 8.0
    run_custody(w)
    partners = willing * registered / (1 - registered)
    chance = _chance(8.0 * min(1.0, 3 * partners))
    found = w.organizations["custodian"][~legal] == LEGAL_PARTNER
    assert agrees(found.sum(), len(found), chance)


@pytest.mark.parametrize("state", [{"ladder": GROUP}, {"ladder": REGISTERED}, {"active": 0}, {"alive": 0}])
def test_nobody_else_looks_for_a_custodian(state: dict[str, int]) -> None:
    w = set_levers(_world(hub=True, **state), custody_legal_partners=1.0)
    run_custody(w)
    assert (w.organizations["custodian"] == NO_CUSTODIAN).all()


def test_without_anybody_who_offers_it_nobody_finds_one() -> None:
    w = _world()
    run_custody(w)
    assert (w.organizations["custodian"] == NO_CUSTODIAN).all()


def test_a_hub_that_no_longer_offers_custody_holds_nobodys_money() -> None:
    w = _world(hub=True, custodian=0)
    w.hubs["custody"][0] = 0
    run_custody(w)
    assert (w.organizations["custodian"] == NO_CUSTODIAN).all()


def test_partners_that_are_no_longer_willing_hold_nobodys_money() -> None:
    w = _world(custodian=LEGAL_PARTNER)
    run_custody(w)
    assert (w.organizations["custodian"] == NO_CUSTODIAN).all()


@pytest.mark.parametrize(("watch", "custodian", "factor"), [
    ({}, NO_CUSTODIAN, 1.0), ({"evaluation_supervision": 1.0}, NO_CUSTODIAN, 0.4),
    ({"evaluation_digital_supervision": 1.0}, NO_CUSTODIAN, 0.7), ({"custody_legal_partners": 1.0}, LEGAL_PARTNER, 0.3),
])  # fmt: skip
def test_money_goes_astray_less_often_where_somebody_watches(
    watch: dict[str, float], custodian: int, factor: float
) -> None:
    w = set_levers(_world(cash=10_001, since_grant=24, governance=0.25, custodian=custodian), **watch)
    w.parameters["misuse"] = 1.5
    before = held(w)
    run_custody(w)
    lost = w.organizations["clean"] == 0
    assert agrees(lost.sum(), COUNT, _chance(1.5 * 0.75 * factor))
    assert set(w.organizations["cash"][lost]) == {5001} and set(w.organizations["cash"][~lost]) == {10_001}
    assert w.ledger[ORGANIZATION, MISUSE] == 5000 * lost.sum()
    assert nothing_lost(w, before)


@pytest.mark.parametrize("state", [{"since_grant": 25}, {"cash": 0}, {"governance": 1.0}])
def test_nothing_goes_astray_without_public_money_or_with_perfect_governance(state: dict[str, Any]) -> None:
    w = _world(**({"cash": 10_000, "since_grant": 1, "governance": 0.2} | state))
    w.parameters["misuse"] = 1.5
    run_custody(w)
    assert w.organizations["clean"].all()
