"""Training (process 8): sessions are held when due, seats are never exceeded, what is learnt fades."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import FILED, GROUP
from miaopu.model.tallies import SESSIONS_CITY, SESSIONS_DISTRICT, SESSIONS_STREET, TRAINED_SEATS
from miaopu.model.world import World
from miaopu.tests.model.calling import run_forgetting, run_training
from miaopu.tests.model.worlds import at_month, inputs, organizations, place, set_levers, values, world

TIERS = {
    "training_city_sessions": (SESSIONS_CITY, 2),  # one for each of two prefectures
    "training_district_sessions": (SESSIONS_DISTRICT, 4),  # four districts
    "training_street_sessions": (SESSIONS_STREET, 12),  # of three streets each
}


def _world(count: int = 2400, **state: Any) -> World:
    w = world(inputs(place(4, 3, 2, prefectures=2), months=36))
    organizations(w, count, **({"ladder": FILED} | state))
    return w


def _year(w: World, months: int = 12) -> World:
    for month in range(months):
        run_training(at_month(w, month))
    return w


@pytest.mark.parametrize("lever", TIERS)
@pytest.mark.parametrize("sessions", [1.0, 2.0, 12.0])
def test_as_many_sessions_are_held_in_a_year_as_the_plan_wants(lever: str, sessions: float) -> None:
    tally, places = TIERS[lever]
    w = _year(set_levers(_world(), **{lever: sessions}))
    assert w.tallies[:, tally].sum() == sessions * places
    others = [other for other, _ in TIERS.values() if other != tally]
    assert not w.tallies[:, others].any()


def test_two_sessions_in_two_years_are_one_a_year_wherever_they_fall() -> None:
    w = _year(set_levers(_world(), training_district_sessions=0.5), 24)
    assert w.tallies[:, SESSIONS_DISTRICT].tolist() == [1.0] * 4


def test_no_sessions_no_training() -> None:
    w = _year(_world())
    assert not w.tallies.any() and not w.organizations["trained"].any()
    assert (w.districts["trained_month"] == -1).all() and (w.streets["trained_month"] == -1).all()


def test_no_sessions_under_a_shock_to_training() -> None:
    w = set_levers(_world(), **dict.fromkeys(TIERS, 6.0))
    w.shocks["training"] = 0.0
    assert not _year(w).tallies.any()


@pytest.mark.parametrize("lever", TIERS)
@pytest.mark.parametrize("seats", [5.0, 33.0])
def test_seats_are_never_exceeded_and_all_taken_while_many_wait(seats: float, lever: str) -> None:
    w = set_levers(_world(), training_seats=seats, **{lever: 12.0})
    for month in range(12):
        run_training(at_month(w, month))
        there = w.tallies[:, [SESSIONS_CITY, SESSIONS_DISTRICT]].sum() * seats
        there += w.tallies[:, SESSIONS_STREET].sum() * int(0.4 * seats)
        taken = w.tallies[:, TRAINED_SEATS].sum()
        assert there - 4 < taken <= there  # a district's share of a seat waits for the next session


def test_city_seats_are_shared_out_among_the_districts() -> None:
    w = _year(set_levers(_world(), training_city_sessions=6.0, training_seats=40.0))
    assert w.tallies[:, TRAINED_SEATS].tolist() == [6 * 40 / 2] * 4


def test_provincial_classes_fill_seats_but_are_no_city_sessions() -> None:
    w = _year(set_levers(_world(), training_provincial_classes=2.0, training_seats=60.0))
    assert not w.tallies[:, [SESSIONS_CITY, SESSIONS_DISTRICT, SESSIONS_STREET]].any()
    assert w.tallies[:, TRAINED_SEATS].sum() == pytest.approx(2 * 60, abs=4)


def test_a_session_teaches_its_share_of_what_is_not_yet_known() -> None:
    w = set_levers(_world(200, trained=0.3), training_district_sessions=12.0, training_seats=1000.0)
    w.districts["due_district"] = 0.0
    run_training(w)
    effect = values()["session_effect"]
    assert w.organizations["trained"] == pytest.approx(effect + (1 - effect) * 0.3)


def test_two_hours_at_the_street_teach_less_than_a_day() -> None:
    w = set_levers(_world(200, trained=0.3), training_street_sessions=12.0, training_seats=10_000.0)
    w.streets["due_sessions"] = 0.0
    run_training(w)
    p = values()
    assert p["short_session_effect"] < p["session_effect"]
    assert w.organizations["trained"] == pytest.approx(0.3 + 0.7 * p["short_session_effect"])


def test_a_talent_pool_counts_by_how_many_organizations_it_serves() -> None:
    few, many = (set_levers(_world(count), training_talent_pool=120.0) for count in (40, 400))
    run_training(few)
    run_training(many)
    assert few.districts["talent"] == pytest.approx(many.districts["talent"])
    assert few.districts["backbone"] == pytest.approx(10 * many.districts["backbone"])


def test_seats_go_to_those_who_know_least() -> None:
    knows = np.arange(2400) % 2
    w = set_levers(_world(trained=0.9 * knows), training_district_sessions=12.0, training_seats=100.0)
    w.districts["due_district"] = 0.0
    run_training(w)
    assert (w.organizations["trained"][knows == 0] > 0).sum() == 400
    assert w.organizations["trained"][knows == 1] == pytest.approx(0.9)


@pytest.mark.parametrize(("state", "invited"), [
    ({"active": 0}, False), ({"ladder": GROUP, "known": 0}, False), ({"ladder": GROUP, "known": 1}, True),
    ({"known": 0}, True),
])  # fmt: skip
def test_known_organizations_at_work_are_invited(state: dict[str, int], invited: bool) -> None:
    w = _year(set_levers(_world(400, **state), training_district_sessions=4.0))
    assert w.organizations["trained"].any() == invited


def test_training_fades_with_its_memory() -> None:
    w = _world(10, trained=0.8)
    for _ in range(24):
        run_forgetting(w)
    assert w.organizations["trained"] == pytest.approx(0.8 * np.exp(-24 / values()["training_memory"]))


def test_training_stays_a_share_however_many_sessions() -> None:
    w = _year(set_levers(_world(60), training_seats=1000.0, **dict.fromkeys(TIERS, 24.0)))
    assert w.organizations["trained"].max() <= 1.0


def test_months_of_training_are_remembered_by_district_and_street() -> None:
    w = set_levers(_world(), training_district_sessions=12.0, training_street_sessions=12.0)
    run_training(at_month(w, 7))
    assert (w.districts["trained_month"] == 7).all() and (w.streets["trained_month"] == 7).all()


def test_staff_learn_licences_and_talent_grow_and_all_are_forgotten_again() -> None:
    w = set_levers(_world(0), training_staff_sessions=12.0, training_exam_support=1.0, training_talent_pool=100.0)
    skills, p = [], values()
    for month in range(36):
        run_training(at_month(w, month))
        skills.append(float(w.districts["staff_skill"][0]))
    assert np.all(np.diff(skills) > 0) and skills[-1] < 1.0
    assert p["licensed"] < w.districts["licensed"][0] < p["licensed"] + p["licence_gain"]
    assert w.districts["talent"][0] == pytest.approx(100 * (1 - (11 / 12) ** 36))
    set_levers(w, training_staff_sessions=0.0)
    run_training(at_month(w, 35))
    assert w.districts["staff_skill"][0] < skills[-1]
