"""Policy (process 2): levers come into force as far as the purse reaches, and nobody pays for another."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.model.ledger import BUREAU, CITY, PROGRAMME
from miaopu.model.vocabulary import levers
from miaopu.model.world import World
from miaopu.tests.model.calling import run_policy
from miaopu.tests.model.worlds import at_month, held, inputs, nothing_lost, place, world

FREE = {"hubs.slots": 10.0, "ladder.filing_months": 0.5, "incubation.months": 6.0}
PRICED = {"training.district_sessions": 6.0, "activities.culture": 0.5}  # the district's: 6 x 40000, 0.5 x 2000 x 3
BY_CITY = {"training.city_sessions": 2.0, "training.provincial_classes": 1.0}  # 2 x 50000 x 2 prefectures, 120000
MONTHLY = (6 * 40_000 + 0.5 * 2000 * 3) / 12 * 100  # fen
CITY_MONTHLY = (2 * 50_000 * 2 + 120_000) / 12 * 100


def _world(share: float = 1.0, city_share: float = 1.0) -> World:
    """Two districts with three communities each, a prefecture each; purses hold so much of what a month costs."""
    w = world(inputs(place(2, 1, 3, prefectures=2), levers=FREE | PRICED | BY_CITY))
    w.levers[:] = w.neutral.view(w.levers.dtype)
    w.funders["cash"][0] = round(city_share * CITY_MONTHLY)
    w.funders["cash"][1:3] = round(share * MONTHLY)
    return w


def _value(w: World, name: str, district: int = 0) -> float:
    return float(w.levers[name.replace(".", "_")][district])


def test_paid_levers_and_free_ones_are_in_force_as_the_plan_wants() -> None:
    w = _world()
    run_policy(w)
    for name, wanted in (FREE | PRICED | BY_CITY).items():
        assert _value(w, name) == _value(w, name, 1) == pytest.approx(wanted), name
    untouched = [lever for lever in levers().values() if lever.name not in FREE | PRICED | BY_CITY]
    for lever in untouched:
        assert _value(w, lever.name) == lever.neutral
    assert (w.districts["delivered"] == 1.0).all()


@pytest.mark.parametrize("share", [0.0, 0.25, 0.9])
def test_a_purse_that_holds_a_share_delivers_that_share(share: float) -> None:
    w = _world(share)
    before = held(w)
    run_policy(w)
    for name, wanted in PRICED.items():
        neutral = levers()[name].neutral
        assert _value(w, name) == pytest.approx(neutral + share * (wanted - neutral), abs=1e-6)
    for name, wanted in (FREE | BY_CITY).items():
        assert _value(w, name) == wanted, "free levers and the city's do not hang on the district's purse"
    assert w.funders["cash"][1] == 0 and w.ledger[BUREAU, PROGRAMME] == 2 * round(share * MONTHLY)
    assert nothing_lost(w, before)


def test_the_city_pays_for_city_and_provincial_training() -> None:
    w = _world(city_share=0.5)
    run_policy(w)
    assert w.ledger[CITY, PROGRAMME] == round(0.5 * CITY_MONTHLY)
    assert _value(w, "training.city_sessions") == pytest.approx(1.0)
    assert _value(w, "training.district_sessions") == pytest.approx(6.0)


def test_one_districts_empty_purse_is_not_the_others_loss() -> None:
    w = _world()
    w.funders["cash"][1] = 0
    run_policy(w)
    assert _value(w, "training.district_sessions", 0) == 0.0
    assert _value(w, "training.district_sessions", 1) == 6.0
    assert w.districts["delivered"].tolist() == [0.0, 1.0]


def test_a_plan_without_priced_levers_costs_nothing() -> None:
    w = world(inputs(place(2), levers=FREE))
    w.funders["cash"] = 1000
    run_policy(w)
    assert not w.ledger.any() and (w.funders["cash"] == 1000).all()


def test_only_what_goes_beyond_the_neutral_value_costs() -> None:
    for staff, yuan in ((0.0, 0), (0.5, 0), (1.5, 60_000)):
        w = world(inputs(levers={"ladder.filing_staff": staff}))
        assert w.dues[0, 0] == round(yuan * 100 / 12)


def test_the_timetable_is_followed_month_by_month_and_district_by_district() -> None:
    told = inputs(place(2), months=3)
    told.timetable["hubs_slots"] = [[0, 1], [5, 1], [0, 7]]
    w = world(told)
    for month in range(3):
        run_policy(at_month(w, month))
        np.testing.assert_array_equal(w.levers["hubs_slots"], told.timetable["hubs_slots"][month])
