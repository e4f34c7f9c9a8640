"""Incubation (process 7): slots, priorities, ceilings; support that fits, and reports that wear it down."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import (
    AFFAIRS,
    CULTURE,
    DIFFICULTY,
    EDUCATION,
    ELDERLY_CHILDREN,
    FILED,
    GROUP,
    GROWING,
    IDLE,
    LIVING,
    MATURE,
    NASCENT,
    NO_HUB,
    NOMINAL,
    WORKING,
)
from miaopu.model.tallies import GRADUATED, INCUBATED, LEFT_INCUBATION
from miaopu.model.world import World
from miaopu.tests.model.calling import run_incubation
from miaopu.tests.model.worlds import at_month, inputs, organizations, place, set_levers, values, world

SEATED = 60


def _world(count: int = 200, slots: float = SEATED, status: int = WORKING, quality: float = 1.0, **state: Any) -> World:
    """One street with one hub and organizations that may be incubated."""
    w = world(inputs(place(1, 1, 4, hub=1), months=40))
    w.hubs["status"][0], w.hubs["quality"][0], w.hubs["staff"][0] = status, quality, 1
    organizations(w, count, **({"domain": EDUCATION, "stage": NASCENT, "ladder": FILED} | state))
    return set_levers(w, hubs_slots=slots, incubation_months=12.0)


def _inside(w: World) -> np.ndarray:
    return w.organizations["incubating"] > 0


@pytest.mark.parametrize(("status", "quality", "usable"), [
    (WORKING, 1.0, 60), (WORKING, 0.5, 42), (WORKING, 0.0, 24), (NOMINAL, 1.0, 9), (IDLE, 1.0, 0), (NO_HUB, 1.0, 0),
])  # fmt: skip
def test_a_hub_fills_the_slots_that_it_can_serve_and_no_more(status: int, quality: float, usable: int) -> None:
    w = _world(status=status, quality=quality)
    for month in range(6):
        run_incubation(at_month(w, month, 2))
        assert _inside(w).sum() == usable
    assert w.tallies[0, INCUBATED] == usable
    assert (w.organizations["hub"][_inside(w)] == 0).all()


def test_no_slots_no_incubation() -> None:
    w = _world(slots=0.0)
    run_incubation(w)
    assert not _inside(w).any() and w.tallies[0, INCUBATED] == 0


def test_fewer_candidates_than_slots_all_get_one() -> None:
    w = _world(20)
    run_incubation(w)
    assert _inside(w).all()


@pytest.mark.parametrize("state", [
    {"active": 0}, {"graduate": 1}, {"stage": MATURE}, {"incubating": 5, "hub": 1}, {"alive": 0},
])  # fmt: skip
def test_who_may_not_be_incubated_is_not(state: dict[str, int]) -> None:
    w = _world(50, **state)
    run_incubation(w)
    assert w.tallies[0, INCUBATED] == 0


@pytest.mark.parametrize(("cap", "most"), [(0.0, 0), (0.25, 15), (0.5, 30), (1.0, 60)])
def test_culture_and_sport_stay_below_their_ceiling(cap: float, most: int) -> None:
    domain = np.where(np.arange(200) % 10 < 9, CULTURE, EDUCATION)
    w = set_levers(_world(domain=domain), incubation_culture_cap=cap)
    for month in range(30):
        run_incubation(at_month(w, month, 2))
        assert (w.organizations["domain"][_inside(w)] == CULTURE).sum() <= most
        if month == 0:
            assert _inside(w).sum() == min(60, 20 + most), "slots are not left empty while others wait"


@pytest.mark.parametrize(("lever", "preferred"), [
    ("incubation_party_priority", {"party_ready": 1}),
    ("incubation_party_priority", {"leader_party": 1}),
    ("incubation_service_priority", {"domain": LIVING}),
    ("incubation_service_priority", {"domain": AFFAIRS}),
    ("incubation_beneficiary_priority", {"domain": ELDERLY_CHILDREN}),
    ("incubation_beneficiary_priority", {"domain": DIFFICULTY}),
    ("evaluation_gate", {"rating": 1.0}),
])  # fmt: skip
def test_priorities_put_the_preferred_first(lever: str, preferred: dict[str, Any]) -> None:
    (name, value), chosen = next(iter(preferred.items())), np.arange(200) % 4 == 0
    other = EDUCATION if name == "domain" else 0
    shares = []
    for weight in (0.0, 1.0):
        w = set_levers(_world(slots=40.0, **{name: np.where(chosen, value, other)}), **{lever: weight})
        w.communities["need"] = 0.0
        run_incubation(w)
        shares.append(chosen[_inside(w)].mean())
    assert shares[0] < 0.6 and shares[1] == 1.0


def test_villages_come_first_where_the_plan_tilts_to_them() -> None:
    w = world(inputs(place(1, 1, 4, hub=1, rural=[True, False, False, False])))
    w.hubs["status"][0], w.hubs["quality"][0] = WORKING, 1.0
    organizations(w, 200, domain=EDUCATION)
    run_incubation(set_levers(w, hubs_slots=40.0, rural_tilt=1.0))
    assert (w.organizations["community"][_inside(w)] == 0).all()


def test_unmet_local_need_comes_first_where_it_counts() -> None:
    w = set_levers(_world(slots=40.0, domain=np.where(np.arange(200) % 2, LIVING, AFFAIRS)))
    w.communities["need"], w.communities["met"] = 0.0, 0.0
    w.communities["need"][:, LIVING] = 5000.0
    run_incubation(set_levers(w, incubation_local_need_priority=1.0))
    assert (w.organizations["domain"][_inside(w)] == LIVING).all()


def test_a_slot_is_kept_for_the_set_time_and_then_free_for_others() -> None:
    w = set_levers(_world(60, slots=30.0), incubation_months=5.0)
    first = None
    for month in range(5):
        run_incubation(at_month(w, month, 2))
        first = _inside(w) if first is None else first
    assert not _inside(w).any()
    assert (w.organizations["graduate"][first] == 1).all() and (w.organizations["hub"] == -1).all()
    assert (w.tallies[0, LEFT_INCUBATION], w.tallies[0, GRADUATED]) == (30, 0)
    run_incubation(at_month(w, 5, 2))
    assert _inside(w).sum() == 30 and not (_inside(w) & first).any()


@pytest.mark.parametrize(("ladder", "graduates"), [(FILED, True), (GROUP, False)])
def test_growing_and_filed_organizations_graduate_early(ladder: int, graduates: bool) -> None:
    w = _world(30, ladder=ladder)
    run_incubation(w)
    w.organizations["stage"] = GROWING
    run_incubation(at_month(w, 1))
    assert _inside(w).any() != graduates
    assert w.tallies[0, GRADUATED] == (30 if graduates else 0)


def test_everybody_who_entered_is_inside_or_has_left() -> None:
    w = _world(200, slots=17.0)
    for month in range(30):
        run_incubation(at_month(w, month, 2))
        if month == 9:
            w.organizations["stage"][::3] = GROWING
        entered, left = w.tallies[0, INCUBATED], w.tallies[0, [GRADUATED, LEFT_INCUBATION]].sum()
        assert entered == left + _inside(w).sum()


def test_a_hub_that_closes_frees_its_incubatees() -> None:
    w = _world(30)
    run_incubation(w)
    w.hubs["status"][0] = NO_HUB
    run_incubation(at_month(w, 1))
    assert not _inside(w).any()


def test_district_bases_take_organizations_from_everywhere_once_a_quarter() -> None:
    w = world(inputs(place(2, 3, 2), months=12, levers={"hubs.base_slots": 10.0}), base_quality=0.5)
    organizations(w, 300, stage=NASCENT)
    for month in range(3):
        run_incubation(at_month(w, month, month + 2))
        if month < 2:
            assert not _inside(w).any()
    inside = w.organizations[_inside(w)]
    assert np.bincount(inside["district"]).tolist() == [7, 7]  # 0.4 + 0.6 x 0.5 of ten slots
    assert len(np.unique(inside["street"])) == 6
    set_levers(w, hubs_base_slots=0.0, incubation_months=3.0)
    for month in range(3, 3 + 40):
        run_incubation(at_month(w, month, month % 12 + 1))
        assert (w.hubs["status"][-2:] != 0).any() or not _inside(w).any(), "nobody is put out of a slot that was given"
    assert not _inside(w).any() and not w.hubs["status"][-2:].any(), "a base without slots closes when all have left"


def _support(w: World) -> float:
    run_incubation(w)
    return float(w.organizations["support"].mean())


def test_support_comes_with_incubation_or_with_the_hubs_service_lines() -> None:
    assert _support(_world(slots=0.0)) == 0.0
    assert _support(_world(60, quality=0.8)) == pytest.approx(0.8 * 52 / 60)
    lines = set_levers(_world(20, slots=0.0), hubs_service_lines=0.5)
    lines.streets["hub_quality"] = 0.6
    assert _support(lines) == pytest.approx(0.5 * 0.6 * values()["advice"])


def test_support_that_fits_the_stage_works_better_and_reports_wear_it_down() -> None:
    usual = _support(_world(60, quality=0.5))
    fitting = _support(set_levers(_world(60, quality=0.5), incubation_stage_matching=1.0))
    assert fitting == pytest.approx(usual * (1 + values()["stage_gain"]))
    w = _world(60, quality=0.5)
    w.districts["push"] = 1.0
    worn = _support(w)
    assert worn == pytest.approx(usual / (1 + values()["reporting_burden"]))
    w = set_levers(_world(60, quality=0.5), evaluation_digital_supervision=1.0)
    w.districts["push"] = 1.0
    assert worn < _support(w) < usual


def test_support_is_a_share_whatever_the_levers() -> None:
    w = set_levers(_world(200, slots=60.0), hubs_service_lines=1.0, incubation_stage_matching=1.0,
                   committee_liaison_posts=3.0, activities_brand_projects=1.0)  # fmt: skip
    w.organizations["stage"] = np.arange(200) % 4
    for month in range(3):
        run_incubation(at_month(w, month))
        assert w.organizations["support"].min() >= 0.0 and w.organizations["support"].max() <= 1.0
        assert 0.0 <= w.streets["hub_reach"][0] <= 1.0


def test_the_incubated_and_the_advised_count_as_served() -> None:
    w = _world(40, slots=10.0, quality=0.5)
    w.streets["filed"] = 40.0
    run_incubation(w)
    p = values()
    reach = p["clients_per_worker"] * (p["part_time"] + 1) * 0.5
    assert w.hubs["served"][0, 0] == int(min(40.0, reach) * p["basic_contact"]) + 7
    assert not w.hubs["served"][0, 1:].any()
