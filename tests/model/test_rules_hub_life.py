"""What becomes of hubs (process 5): staff, money, quality, coming to life, falling idle, closing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import FEDERATION, IDLE, NO_HUB, NOMINAL, WORKING
from miaopu.model.ledger import BUREAU, HUB, HUB_RUNNING, HUB_SUPPORT, HUB_WAGES
from miaopu.model.world import World
from miaopu.tests.model.calling import run_hubs
from miaopu.tests.model.worlds import agrees, at_month, held, inputs, nothing_lost, place, set_levers, values, world

STREETS = 4000
STILL = {
    "hub_initiative": 0.0, "hub_imitation": 0.0, "hub_order": 0.0, "street_staff": 0.0, "finance_spread": 0.0,
    "own_means": 0.0, "hiring": 0.0, "staff_turnover": 0.0,
}  # fmt: skip
RICH = 10**9


def _world(streets: int = STREETS, **changed: float) -> World:
    return world(inputs(place(1, streets, hub=1), months=60), **(STILL | changed))


def _hubs(w: World, **state: Any) -> np.ndarray:
    """The first hub of every street, in the given state."""
    first = {"status": WORKING, "kind": FEDERATION, "staff": 0, "cash": RICH, "quality": 0.4, "founded": -12}
    for name, value in (first | state).items():
        w.hubs[name][: 2 * len(w.streets) : 2] = value
    return w.hubs[: 2 * len(w.streets) : 2]


def _chance(rate: float) -> float:
    return 1 - np.exp(-rate / 12)


@pytest.mark.parametrize(("staff", "cash"), [(0, RICH), (1, RICH), (1, 0)])
def test_nominal_hubs_come_to_life_as_far_as_they_are_staffed_and_paid(staff: int, cash: int) -> None:
    p = values(hub_awakening=1.5)
    w = set_levers(_world(hub_awakening=1.5), hubs_social_workers=float(staff))
    w.funders["cash"][1] = 10**14  # wages are no worry
    there = _hubs(w, status=NOMINAL, staff=staff, cash=cash)
    run_hubs(w)
    means = 1.0 if cash else p["unpaid"]
    assert agrees((there["status"] == WORKING).sum(), STREETS, _chance(1.5 * means * min(1.0, p["part_time"] + staff)))
    assert set(there["status"]) == {NOMINAL, WORKING}


@pytest.mark.parametrize("cash", [RICH, 0])
def test_working_hubs_fall_idle_three_times_as_often_when_nobody_pays(cash: int) -> None:
    w = _world(hub_idling=0.9, unpaid=0.0)
    there = _hubs(w, cash=cash)
    run_hubs(w)
    assert agrees((there["status"] == IDLE).sum(), STREETS, _chance(0.9 if cash else 2.7))


def test_idle_hubs_revive_or_close() -> None:
    p = values(hub_awakening=1.5, hub_closing=1.0)
    w = _world(hub_awakening=1.5, hub_closing=1.0)
    there = _hubs(w, status=IDLE)
    run_hubs(w)
    revive = _chance(1.5 * 0.5 * p["part_time"])
    assert agrees((there["status"] == WORKING).sum(), STREETS, revive)
    assert agrees((there["status"] == NO_HUB).sum(), STREETS, (1 - revive) * _chance(1.0))


def test_a_closed_hub_hands_over_its_money_and_no_longer_counts() -> None:
    w = _world(hub_awakening=0.0, hub_closing=1e9)
    there = _hubs(w, status=IDLE, cash=12_345, staff=0, registered=1, custody=1)
    before = held(w)
    run_hubs(w)
    assert not there["status"].any() and not there["cash"].any() and not there["custody"].any()
    assert not w.streets["counted"].any() and w.districts["achieved"][0] == 0.0
    assert w.ledger[HUB, HUB_RUNNING] == 12_345 * STREETS
    assert nothing_lost(w, before)


def test_social_workers_leave_with_their_stated_turnover() -> None:
    w = set_levers(_world(staff_turnover=0.8), hubs_social_workers=3.0)
    w.funders["cash"][1] = 10**14
    there = _hubs(w, staff=3)
    run_hubs(w)
    assert agrees(3 * STREETS - int(there["staff"].sum()), 3 * STREETS, _chance(0.8))


def test_vacant_posts_are_filled_one_by_one_with_the_stated_rate() -> None:
    w = set_levers(_world(hiring=4.0), hubs_social_workers=2.0)
    w.funders["cash"][1] = 10**14
    there = _hubs(w)
    run_hubs(w)
    assert agrees(there["staff"].sum(), STREETS, _chance(4.0)) and there["staff"].max() == 1
    for month in range(1, 40):
        run_hubs(at_month(w, month))
    assert there["staff"][there["status"] > 0].max() == 2, "never more people than posts"


def test_one_and_a_half_posts_are_one_post_here_and_two_there() -> None:
    w = set_levers(_world(hiring=1e9, hub_idling=0.0), hubs_social_workers=1.5)
    w.funders["cash"][1] = 10**14
    w.hubs["key"] = np.random.default_rng(5).integers(0, 2**64, len(w.hubs), np.uint64)
    there = _hubs(w)
    for month in range(4):
        run_hubs(at_month(w, month))
    assert set(there["staff"]) == {1, 2}
    assert agrees((there["staff"] == 2).sum(), STREETS, 0.5)


def test_wages_that_nobody_pays_end_a_post() -> None:
    w = set_levers(_world(10), hubs_social_workers=2.0)
    there = _hubs(w, staff=2)
    run_hubs(w)
    assert there["staff"].tolist() == [1] * 10
    assert w.ledger[BUREAU, HUB_WAGES] == 0


def test_wages_and_support_are_what_the_levers_say() -> None:
    w = set_levers(_world(10, worker_cost=60_000.0), hubs_social_workers=2.0, hubs_annual_support=12_000.0)
    w.funders["cash"][1] = 10**14
    w.hubs["key"] = np.uint64(1)  # the half post that support could pay is nobody's
    _hubs(w, staff=2)
    before = held(w)
    run_hubs(w)
    assert w.ledger[BUREAU, HUB_WAGES] == 10 * 2 * 500_000
    assert w.ledger[BUREAU, HUB_SUPPORT] == 10 * 100_000
    assert nothing_lost(w, before)


def test_a_hub_never_spends_more_than_it_has() -> None:
    w = set_levers(_world(20, hub_running=50_000.0), hubs_annual_support=6000.0)
    w.funders["cash"][1] = 777_777
    there = _hubs(w, cash=np.arange(20) * 40_000)
    before = held(w)
    for month in range(12):
        run_hubs(at_month(w, month))
        assert (there["cash"] >= 0).all() and (w.funders["cash"] >= 0).all()
        assert ((there["solvency"] >= 0) & (there["solvency"] <= 1)).all()
    assert nothing_lost(w, before)


def test_an_official_leaves_after_three_to_four_years_and_leaves_a_gap() -> None:
    w = _world(300, hub_idling=0.0, hub_learning=0.0, erosion=0.0, head_loss=0.8)
    there = _hubs(w, official_head=1, head_months=0, quality=0.5)
    left = np.full(300, -1)
    for month in range(55):
        run_hubs(at_month(w, month))
        left[(left < 0) & (there["official_head"] == 0)] = month + 1
    assert left.min() >= 36 and left.max() <= 48
    assert there["quality"] == pytest.approx(0.4)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_custody_is_offered_by_its_share_of_registered_working_hubs_only(share: float) -> None:
    w = set_levers(_world(hub_idling=0.0, hub_awakening=0.0, hub_closing=0.0), custody_hub_custody=share)
    w.hubs["key"] = np.random.default_rng(5).integers(0, 2**64, len(w.hubs), np.uint64)
    legal = np.arange(STREETS) % 2
    status = np.where(np.arange(STREETS) % 8 < 6, WORKING, NOMINAL)
    there = _hubs(w, registered=legal, status=status, custody=1)
    run_hubs(w)
    may = (legal == 1) & (status == WORKING)
    assert not there["custody"][~may].any()
    assert agrees(there["custody"][may].sum(), may.sum(), share)


def test_quality_grows_to_a_ceiling_with_people_and_withers_where_nothing_works() -> None:
    w = set_levers(_world(30, hub_idling=0.0, hub_awakening=0.0, hub_closing=0.0), hubs_social_workers=1.0)
    w.funders["cash"][1] = 10**14
    commissioned = np.arange(30) % 2
    status = np.where(np.arange(30) < 20, WORKING, NOMINAL)
    there = _hubs(w, staff=1, quality=0.3, commissioned=commissioned, status=status)
    for month in range(60):
        run_hubs(at_month(w, month))
    assert ((there["quality"] >= 0) & (there["quality"] <= 0.95)).all()
    working = status == WORKING
    assert (there["quality"][working] > 0.5).all() and (there["quality"][~working] < 0.3).all()
    assert there["quality"][working & (commissioned == 1)].min() > there["quality"][working & (commissioned == 0)].max()


@pytest.mark.parametrize(("status", "commissioned"), [(WORKING, 0), (WORKING, 1), (NOMINAL, 0)])
def test_a_month_of_quality_is_learning_towards_the_ceiling_less_erosion(status: int, commissioned: int) -> None:
    p = values()
    w = _world(1, hub_idling=0.0, hub_awakening=0.0)
    there = _hubs(w, quality=0.3, commissioned=commissioned, status=status)
    run_hubs(w)
    people = p["part_time"] * (0.7 + 0.3 * w.districts["licensed"][0])
    learnt = p["hub_learning"] * people * (0.75 + 0.2 * commissioned - 0.3) - 0.3 * p["erosion"] * 0.3
    change = learnt if status == WORKING else -p["erosion"] * 0.3
    assert there["quality"] == pytest.approx(0.3 + change / 12)


def test_people_without_a_post_leave_one_by_one() -> None:
    w = set_levers(_world(5), hubs_social_workers=1.0)
    w.funders["cash"][1] = 10**14
    there = _hubs(w, staff=3)
    for month, left in enumerate((2, 1, 1)):
        run_hubs(at_month(w, month))
        assert there["staff"].tolist() == [left] * 5
