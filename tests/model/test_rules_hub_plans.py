"""Hubs by order (process 5): counties that order all at once, and work plans that list streets each spring."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import SIGN
from miaopu.model.world import World
from miaopu.tests.model.calling import run_hubs
from miaopu.tests.model.worlds import agrees, at_month, inputs, place, set_levers, world

ALIKE = {"street_spread": 0.0, "district_spread": 0.0, "finance_spread": 0.0}
STILL = {"hub_initiative": 0.0, "hub_imitation": 0.0, "hub_order": 0.0}  # nobody decides for a hub by itself


def _world(districts: int, streets: int, station: bool = False, **changed: float) -> World:
    return world(inputs(place(districts, streets, station=station), months=36), **(ALIKE | changed))


def _chance(rate: float) -> float:
    return 1 - np.exp(-rate / 12)


@pytest.mark.parametrize("order", [0.55, 0.6, 0.9])
def test_all_hubs_are_ordered_at_once_only_under_responsibility_letters(order: float) -> None:
    w = _world(districts=1500, streets=2, station=True, order_event_rate=1.2, **STILL)
    w.districts["order"] = order
    run_hubs(w)
    ordered = (w.streets["pending"] >= 0).reshape(1500, 2)
    if order < 0.6:
        assert not ordered.any()
        return
    np.testing.assert_array_equal(ordered[:, 0], ordered[:, 1])  # all of a district or none
    assert agrees(ordered[:, 0].sum(), 1500, _chance(1.2))
    told = w.streets[ordered.ravel()]
    assert set(told["pending"]) == {1, 2, 3}
    assert (told["pending_haste"] == 1.0).all() and (told["pending_route"] == SIGN).all()


def _planned(w: World, month_of_year: int = 3) -> Any:
    run_hubs(at_month(w, 2, month_of_year))
    return w.streets["pending"].reshape(len(w.districts), -1)


def test_work_plans_list_their_share_of_the_gap_each_spring() -> None:
    listed = _planned(set_levers(_world(3, 40, **STILL), hubs_work_plan=0.5)) >= 0
    assert listed.sum(axis=1).tolist() == [20, 20, 20]
    assert not (_planned(set_levers(_world(3, 40, **STILL), hubs_work_plan=0.5), 4) >= 0).any()
    quota = set_levers(_world(3, 40, **STILL), hubs_work_plan=1.0, assessment_quota=0.3)
    assert (_planned(quota) >= 0).sum(axis=1).tolist() == [12, 12, 12]


def test_a_work_plan_reaches_as_far_as_the_districts_money() -> None:
    w = set_levers(
        _world(1, 40, **STILL), hubs_work_plan=1.0, hubs_startup_grant=50_000.0, hubs_annual_support=100_000.0
    )
    for affordable in (0, 7):
        w.streets["pending"] = -1
        w.funders["cash"][1] = affordable * 10_000_000
        assert (_planned(w) >= 0).sum() == affordable


def test_the_readiest_streets_are_listed_first() -> None:
    w = set_levers(_world(1, 200, **STILL), hubs_work_plan=0.25)
    w.streets["effect"] = np.where(np.arange(200) % 4 == 0, 2.0, 1.0)
    listed = _planned(w)[0] >= 0
    np.testing.assert_array_equal(listed, np.arange(200) % 4 == 0)


def test_among_equally_ready_streets_luck_decides_which_are_listed() -> None:
    listed = np.flatnonzero(_planned(set_levers(_world(1, 200, **STILL), hubs_work_plan=0.25))[0] >= 0)
    assert len(listed) == 50 and listed.max() > 150 and listed.min() < 50


def test_most_listed_streets_deliver_between_july_and_december() -> None:
    w = set_levers(_world(800, 20, plan_delivery=0.85, **STILL), hubs_work_plan=1.0)
    due = _planned(w) - 2 + 3  # months from January on
    assert due.min() == 7 and due.max() <= 12 + 8
    assert agrees((due <= 12).sum(), 16_000, 0.85)


def test_a_listed_street_feels_this_years_haste_and_not_that_of_an_earlier_hub() -> None:
    w = set_levers(_world(1, 20, **STILL), hubs_work_plan=1.0)
    w.districts["nearness"] = 0.4
    w.streets["pending_haste"] = 1.0  # of a hub that was ordered and has closed
    _planned(w)
    assert w.streets["pending_haste"] == pytest.approx(0.2)
