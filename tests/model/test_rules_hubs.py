"""Hubs (process 5): when streets decide for one, by which route, and what haste makes of it."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import special

from miaopu.model.codes import FEDERATION, NEW, NOMINAL, SERVICE_CENTRE, SIGN, UPGRADE, WORKING
from miaopu.model.ledger import BUREAU, HUB_STARTUP
from miaopu.model.processes import hubs as rules
from miaopu.model.world import World
from miaopu.tests.model.calling import run_hubs
from miaopu.tests.model.worlds import (
    agrees,
    at_month,
    held,
    inputs,
    nothing_lost,
    place,
    set_levers,
    values,
    world,
)

ALIKE = {"street_spread": 0.0, "district_spread": 0.0, "finance_spread": 0.0}
STILL = {"hub_initiative": 0.0, "hub_imitation": 0.0, "hub_order": 0.0}  # nobody decides for a hub
LASTING = {"hub_awakening": 0.0, "hub_idling": 0.0, "hub_closing": 0.0}  # no hub changes its status
GRID = (np.arange(4000) + 0.5) / 4000


def _world(districts: int = 1, streets: int = 4000, hub: int = 0, station: bool = False, **changed: float) -> World:
    return world(inputs(place(districts, streets, hub=hub, station=station), months=36), **(ALIKE | changed))


def _under_way(w: World, route: int = NEW, haste: float = 0.0, money: float = 0.5) -> World:
    """Hubs of all streets are to be founded this month."""
    w.streets["pending"], w.streets["pending_route"] = 0, route
    w.streets["pending_haste"], w.streets["money"] = haste, money
    return w


def _chance(rate: float) -> float:
    return 1 - np.exp(-rate / 12)


@pytest.mark.parametrize(
    ("learning", "commitment", "practice", "officials"),
    [(0.0, 0.0, 0.0, 0), (0.6, 0.0, 0.0, 0), (0.6, 0.0, 1.0, 0), (0.0, 0.2, 0.0, 0), (0.3, 0.1, 0.5, 1)],
)
def test_streets_decide_with_the_stated_chance(
    learning: float, commitment: float, practice: float, officials: int
) -> None:
    p = values(hub_initiative=0.05)
    w = set_levers(_world(hub_initiative=0.05), guidance_good_practice=practice, hubs_officials_may_head=officials)
    w.streets["learning"], w.streets["commitment"] = learning, commitment
    run_hubs(w)
    imitation = p["hub_imitation"] * (1 + p["practice_gain"] * practice) * learning
    rate = (0.05 + imitation + p["hub_order"] * commitment) * (1 + p["official_boost"] * officials)
    assert agrees((w.streets["pending"] > 0).sum(), 4000, _chance(rate))


def test_readier_streets_and_keener_districts_decide_more_often() -> None:
    p = values()
    w = _world(districts=2, streets=2000)
    w.streets["commitment"] = 0.1
    w.streets["effect"], w.streets["stock"] = 1.2, 1.4
    w.streets["filing_staff"] = 2 * p["staff_need"]
    w.districts["effect"] = [0.0, 0.5]
    run_hubs(w)
    ready = 1.2 * (0.5 + 0.5 * 1.4) * 1.2
    will = p["hub_initiative"] + p["hub_order"] * 0.1
    for d in range(2):
        decided = (w.streets["pending"][w.streets["district"] == d] > 0).sum()
        assert agrees(decided, 2000, _chance(np.exp(0.5 * d) * ready * will))


def test_readiness_is_one_as_usual_and_capped() -> None:
    p = SimpleNamespace(**values())

    def ready(stock: float, staff: float) -> float:
        street = SimpleNamespace(effect=1.0, stock=stock, filing_staff=staff)
        return float(rules.readiness.py_func(street, p.staff_need, p))

    assert ready(1.0, p.staff_need) == 1.0
    assert ready(100.0, p.staff_need) == p.readiness_cap
    assert ready(0.0, 0.0) == pytest.approx(0.4) and ready(1.0, 50.0) == pytest.approx(1.2)


@pytest.mark.parametrize("nothing", ["no will", "shock", "hub", "under way"])
def test_nobody_decides_where_there_is_no_will_a_shock_or_a_hub_already(nothing: str) -> None:
    w = _world(hub=int(nothing == "hub"), **(STILL if nothing == "no will" else {}), **LASTING)
    w.streets["commitment"] = 0.0 if nothing == "no will" else 1.0
    if nothing == "shock":
        w.shocks["hubs"] = 0.0
    if nothing == "under way":
        w.streets["pending"] = 30
    before = w.streets["pending"].copy()
    run_hubs(w)
    np.testing.assert_array_equal(w.streets["pending"], before)


def test_more_pressure_makes_the_same_streets_decide_and_some_more() -> None:
    """Common random numbers: no street that decides under a weak order fails to under a strong one."""
    decided = []
    for commitment in (0.0, 0.1, 0.3, 1.0):
        w = _world()
        w.streets["commitment"] = commitment
        run_hubs(w)
        decided.append(w.streets["pending"] > 0)
    for weak, strong in pairwise(decided):
        assert (strong | ~weak).all() and strong.sum() > weak.sum()


def test_routes_follow_their_weights_and_no_sign_hangs_without_a_station() -> None:
    p = SimpleNamespace(**values())
    for station, capable, money, haste in ((1, 3.0, 0.5, 0.0), (1, 0.0, 0.2, 1.0), (0, 1.0, 1.0, 1.0)):
        street = SimpleNamespace(station=station, capable=capable, money=money)
        chosen = np.array([rules.choose_route.py_func(street, haste, u, p) for u in GRID])
        weights = {
            SIGN: p.route_sign * station * (1 + 2 * haste),
            UPGRADE: p.route_upgrade * min(1.0, capable / 3),
            NEW: p.route_new * (0.2 + money),
        }
        for route, weight in weights.items():
            assert (chosen == route).mean() == pytest.approx(weight / sum(weights.values()), abs=1e-3)


@pytest.mark.parametrize(("route", "least", "most"), [(SIGN, 1, 2), (UPGRADE, 2, 3), (NEW, 4, 8)])
def test_each_route_takes_its_time_and_approval_of_an_official_adds_to_it(route: int, least: int, most: int) -> None:
    p = SimpleNamespace(**values(approval_months=3.0))
    delays = np.array([rules.route_delay.py_func(route, 0.0, u, p) for u in GRID])
    assert (delays.min(), delays.max()) == (least, most)
    longer = np.array([rules.route_delay.py_func(route, 1.0, u, p) for u in GRID])
    assert (longer >= delays).all() and (longer - delays).max() == 3


def test_haste_makes_nominal_hubs_and_money_and_readiness_real_ones() -> None:
    p = SimpleNamespace(**values(nominal_base=0.25, unpaid=0.3))

    def chance(haste: float, money: float, ready: float = 1.0) -> float:
        return float(rules.nominal_chance.py_func(haste, money, ready, p))

    assert chance(0.0, p.unpaid) == pytest.approx(0.25), "the stated base: no haste, an order without money"
    for haste, money, ready in ((0.4, 0.3, 1.0), (0.0, 0.9, 1.2), (1.0, 0.5, 3.0)):
        stated = special.logit(0.25) + 2.5 * haste - 2.0 * (money * min(1.5, ready) - 0.3)
        assert chance(haste, money, ready) == pytest.approx(special.expit(stated))
    steps = np.linspace(0, 1, 21)
    assert np.all(np.diff([chance(haste, 0.5) for haste in steps]) > 0)
    assert np.all(np.diff([chance(0.5, money) for money in steps]) < 0)
    assert np.all(np.diff([chance(0.5, 0.5, ready) for ready in 1.5 * steps]) < 0)
    assert chance(0.0, 1.0, 9.0) > 0.0 and chance(1.0, 0.0, 0.0) < 1.0


@pytest.mark.parametrize(("haste", "money"), [(0.0, 0.3), (0.8, 0.3), (0.8, 1.0)])
def test_hubs_are_nominal_at_birth_with_the_stated_chance(haste: float, money: float) -> None:
    p = SimpleNamespace(**values())
    w = _under_way(_world(**STILL, **LASTING), haste=haste, money=money)
    run_hubs(w)
    born = w.hubs[:8000:2]
    assert np.isin(born["status"], (NOMINAL, WORKING)).all()
    chance = rules.nominal_chance.py_func(haste, money, w.streets["readiness"][0], p)
    assert agrees((born["status"] == NOMINAL).sum(), 4000, chance)
    quality = born["quality"][born["status"] == WORKING]
    assert quality.min() >= 0.7 * p.hub_quality_start and quality.max() <= 1.3 * p.hub_quality_start
    assert born["quality"][born["status"] == NOMINAL].max() < quality.min()


def test_a_founded_hub_counts_from_its_month_on() -> None:
    w = _under_way(_world(streets=10, **STILL, **LASTING))
    w.streets["pending"] = np.arange(10)
    for month in range(12):
        run_hubs(at_month(w, month))
        there = np.arange(10) <= month
        np.testing.assert_array_equal(w.streets["hubs"] == 1, there)
    counted = w.streets["counted"] == 1
    np.testing.assert_array_equal(w.streets["first_nominal"][counted], np.flatnonzero(counted))
    assert (w.streets["pending"] == -1).all()
    assert w.districts["achieved"][0] == pytest.approx(counted.mean())


@pytest.mark.parametrize(("route", "legal"), [(NEW, 1.0), (SIGN, None), (UPGRADE, None)])
def test_legal_status_operator_and_head_come_with_their_chances(route: int, legal: float | None) -> None:
    p = values()
    w = set_levers(_world(**STILL, **LASTING), hubs_commissioned_share=0.4, hubs_officials_may_head=1.0)
    run_hubs(_under_way(w, route))
    born = w.hubs[:8000:2]
    chance = legal or p["sign_registered" if route == SIGN else "upgrade_registered"]
    assert agrees(born["registered"].sum(), 4000, chance)
    assert agrees(born["commissioned"].sum(), 4000, 0.4)
    assert agrees(born["official_head"].sum(), 4000, p["official_share"])


def test_officials_head_no_hub_where_they_may_not() -> None:
    w = _under_way(_world(**STILL))
    run_hubs(w)
    assert not w.hubs["official_head"].any()


def test_what_a_hub_is_called_follows_what_counts() -> None:
    p = SimpleNamespace(**values())
    for counting in (0.0, 1.0):
        p.centres_count = counting
        kinds = {route: np.array([rules.kind_of.py_func(route, u, p) for u in GRID]) for route in (UPGRADE, SIGN, NEW)}
        assert (kinds[UPGRADE] == FEDERATION).all()
        assert (kinds[SIGN] == SERVICE_CENTRE).mean() == pytest.approx(
            1 if counting else 1 - p.federation_if_asked, abs=1e-3
        )
        assert (kinds[NEW] == FEDERATION).mean() == pytest.approx(0.5 if counting else p.federation_if_asked, abs=1e-3)
        assert rules.counts.py_func(FEDERATION, counting)
        assert rules.counts.py_func(SERVICE_CENTRE, counting) == bool(counting)


def test_a_street_has_at_most_two_hubs() -> None:
    w = _world(streets=500, **STILL, **LASTING)
    for month in range(6):
        w.streets["pending"], w.streets["pending_route"] = month, NEW
        run_hubs(at_month(w, month))
    assert w.streets["hubs"].tolist() == [2] * 500
    assert np.count_nonzero(w.hubs["status"]) == 1000


def test_start_up_grants_are_paid_as_far_as_the_purse_reaches() -> None:
    w = set_levers(_under_way(_world(streets=30, **STILL)), hubs_startup_grant=1000.0)
    w.funders["cash"][1] = 1_050_000  # ten grants and a half
    before = held(w)
    run_hubs(w)
    assert w.ledger[BUREAU, HUB_STARTUP] == 1_050_000
    assert nothing_lost(w, before)
