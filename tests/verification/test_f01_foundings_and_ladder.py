"""F1, stated chances that no other test holds a rule to: foundings and newborn, leaders, branches, ladder, ratings.

Each test runs one process for one month; fixed seeds; a true claim would fail at ERROR_RATE.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from miaopu.model.codes import (
    AFFAIRS,
    BRAND,
    CULTURE,
    DOMAINS,
    FILED,
    GROWING,
    INTERNATIONAL,
    MATURE,
    MEDIATION,
    OWN_BRANCH,
)
from miaopu.model.processes.founding import OTHER_DOMAINS
from miaopu.model.world import World
from miaopu.tests.model.calling import (
    run_count_births,
    run_evaluation,
    run_founding,
    run_growth,
    run_ladder,
    run_mentoring,
    run_party,
)
from miaopu.tests.model.worlds import (
    ERROR_RATE,
    agrees,
    at_month,
    inputs,
    make_room,
    organizations,
    place,
    set_levers,
    values,
    world,
)

COMMUNITIES, COUNT, BASE = 6000, 8000, 24.0


def _chance(rate: float) -> float:
    return float(1 - np.exp(-rate / 12))


def _places(changed: dict[str, float] | None = None, **each: Any) -> World:
    w = world(inputs(place(1, 1, COMMUNITIES, **each)), 1, **(changed or {}))
    organizations(w, 0)
    w.communities["base_births"], w.communities["trust"] = BASE, 0.5
    return w


def _founded(w: World) -> np.ndarray:
    make_room(w, run_count_births(w))
    run_founding(w)
    return w.organizations


def _one_of(w: World, count: int = COUNT, **state: Any) -> World:
    organizations(w, count, **({"ladder": FILED} | state))
    return w


# Levers (and what the district or place has), the drive that the description states for them.
DRIVES: list[tuple[dict[str, float], dict[str, float], str, float]] = [
    ({"funding_micro_project_share": 0.5, "funding_venture_budget": 5e5}, {}, "found_project", 0.65),
    ({"needs_committee_discovery": 0.5, "committee_liaison_posts": 3.0}, {}, "found_committee", 1.5),
    ({"committee_founder_support": 0.5, "party_leaders_from_party": 0.5}, {}, "found_people", 0.75),
    ({}, {"publicity": 0.8}, "found_publicity", 0.8),
    ({"activities_culture": 1.0, "activities_safety": 0.5}, {}, "found_activity", 0.3),
]


@pytest.mark.parametrize(("levers", "district", "parameter", "strength"), DRIVES)
def test_each_drive_founds_as_many_more_as_stated(
    levers: dict[str, float], district: dict[str, float], parameter: str, strength: float
) -> None:
    w = set_levers(_places({parameter: 0.6, "found_cap": 9.0}), **levers)
    for name, value in district.items():
        w.districts[name] = value
    total = run_count_births(w)
    mean = COMMUNITIES * BASE / 12 * (1 + 0.6 * strength)
    assert 2 * min(stats.poisson.cdf(total, mean), stats.poisson.sf(total - 1, mean)) > ERROR_RATE


def test_villages_are_driven_by_staff_from_outside_pilots_and_councils_too() -> None:
    strengths = {"found_people": 0.5, "found_committee": 0.2, "found_activity": 0.4, "found_cap": 9.0}
    w = set_levers(_places(strengths, rural=True), rural_staff=2.0, activities_rural_councils=1.0)
    w.communities["pilot"] = 1
    total = run_count_births(w)
    mean = COMMUNITIES * BASE / 12 * (1 + 0.5 * (0.2 * 2 + 1) + 0.2 * 1 + 0.4 * 0.5)
    assert 2 * min(stats.poisson.cdf(total, mean), stats.poisson.sf(total - 1, mean)) > ERROR_RATE


@pytest.mark.parametrize("lever", [0.0, 0.8])
def test_leaders_of_newborn_are_members_and_can_form_a_branch_with_the_stated_chances(lever: float) -> None:
    p = values(leaders_party=0.25, party_ready=0.3)
    born = _founded(set_levers(_places({"leaders_party": 0.25, "party_ready": 0.3}), party_leaders_from_party=lever))
    willing = 0.25 + 0.75 * 0.5 * lever
    member = born["leader_party"] == 1
    assert agrees(member.sum(), len(born), willing)
    assert born["party_ready"][member].all()
    assert agrees(born["party_ready"][~member].sum(), int((~member).sum()), p["party_ready"])


def test_people_and_gifts_of_newborn_are_drawn_as_stated() -> None:
    p = values()
    born = _founded(_places({"leaders_party": 0.0}))
    uniform = {"members": (6.0, 30.0)} | {
        part: (p["start_capability"] * low, p["start_capability"] * high)
        for part, low, high in (("governance", 0.4, 1.6), ("service", 0.4, 1.6), ("finance", 0.2, 1.0),
                                ("leadership", 0.6, 2.0))}  # fmt: skip
    for name, (low, high) in uniform.items():
        assert stats.kstest(born[name], stats.uniform(low, high - low).cdf).pvalue > ERROR_RATE, name
    gift = (born["gift"] - 1) / p["gift_spread"]  # two uniform numbers less one: a triangle from -1 to 1
    assert stats.kstest(gift, stats.triang(0.5, -1, 2).cdf).pvalue > ERROR_RATE
    assert abs(stats.spearmanr(born["governance"], born["service"]).statistic) < 5 / np.sqrt(len(born))


def _domains(born: np.ndarray, weights: np.ndarray) -> bool:
    expected = weights / weights.sum() * len(born)
    seen = np.bincount(born["domain"], minlength=DOMAINS)
    return bool(not seen[weights == 0].any()
                and stats.chisquare(seen[weights > 0], expected[weights > 0]).pvalue > ERROR_RATE)  # fmt: skip


def _usual(p: dict[str, float]) -> np.ndarray:
    weights = (1 - p["culture_share"]) * np.array(OTHER_DOMAINS)
    weights[CULTURE] = p["culture_share"]
    return weights


def test_a_promoted_series_and_international_teams_take_their_stated_share_of_foundings() -> None:
    p = values()
    w = set_levers(_places({"found_activity": 0.0}, foreign=0.05), activities_safety=1.0, activities_international=0.5)
    weights = _usual(p)
    weights[MEDIATION] *= 1 + p["promotion"]
    weights[INTERNATIONAL] = 0.3 * 0.5
    assert _domains(_founded(w), weights)


def test_seeded_groups_turn_to_known_unmet_need_as_stated() -> None:
    p = values()
    w = _places({"found_pressure": 1e6, "found_cap": 1e6, "leaders_among_elders": 10.0})
    w.streets["commitment"], w.communities["base_births"] = 1.0, BASE / 1e6  # all are seeded
    w.communities["need"], w.communities["known"], w.communities["met"] = 0.0, 0.6, 0.25
    w.communities["need"][:, AFFAIRS], w.communities["need"][:, CULTURE] = 2000.0, 2000.0
    weights = _usual(p)
    weights[AFFAIRS] += p["need_pull"] * 2000 / 5000 * 0.6 * 0.75
    assert _domains(_founded(w), weights)


@pytest.mark.parametrize("lever", [0.0, 1.0])
def test_a_new_leader_is_a_member_with_the_stated_chance(lever: float) -> None:
    w = world(inputs(place()), leader_turnover=1e9, leaders_party=0.3)
    set_levers(_one_of(w, leader_party=1), party_leaders_from_party=lever)
    run_growth(w)
    assert agrees(w.organizations["leader_party"].sum(), COUNT, 0.3 + 0.7 * 0.5 * lever)


@pytest.mark.parametrize("instructors", [0.0, 1e9])
def test_instructors_help_those_who_can_to_a_branch_of_their_own(instructors: float) -> None:
    w = world(inputs(place()), own_branch=3.0, by_instructor=0.0)
    run_party(set_levers(_one_of(w, party_ready=1), party_instructors=instructors))
    own = (w.organizations["party"] == OWN_BRANCH).sum()
    assert agrees(own, COUNT, _chance(3.0 * (1 + (instructors > 0))))


@pytest.mark.parametrize("level", [0.0, 0.2, 0.9])
def test_able_groups_ask_to_be_filed_as_much_more_often_as_stated(level: float) -> None:
    w = world(inputs(place()), filing_flow=0.6, start_capability=0.25)
    state = dict.fromkeys(("governance", "service", "finance", "leadership"), level)
    run_ladder(_one_of(w, ladder=0, **state))
    p = values()
    usual = 0.6 / (p["start_group_ratio"] * max(0.1, p["start_known_groups"]))
    able = 0.4 + 1.2 * min(1.0, 0.5 * level / 0.25)
    assert agrees((w.organizations["queue"] == 0).sum(), COUNT, _chance(usual * able))


@pytest.mark.parametrize(("rating", "factor"), [(-1.0, 1.0), (0.0, 0.1), (0.8, 1.6)])
def test_a_rating_opens_or_bars_registration_too(rating: float, factor: float) -> None:
    w = world(inputs(place()), registering=0.8)
    set_levers(_one_of(w, stage=GROWING, governance=0.6, rating=rating), evaluation_gate=1.0)
    run_ladder(w)
    assert agrees((w.organizations["queue"] == 0).sum(), COUNT, _chance(0.8 * factor))


def test_festivals_make_brands_as_much_more_often_as_stated() -> None:
    p = values(branding=0.5)
    state = dict.fromkeys(("governance", "service", "finance", "leadership"), 0.75)
    w = set_levers(_one_of(world(inputs(place()), branding=0.5), stage=MATURE, **state), activities_festivals=2.0)
    run_ladder(w)
    rate = 0.5 * (1 + p["brand_gain"] * 0.3 * 2) * (0.75 - p["brand_level"] + 0.1) / 0.2
    assert agrees((w.organizations["stage"] == BRAND).sum(), COUNT, _chance(rate))


def test_evaluators_err_evenly_by_a_twentieth_to_either_side() -> None:
    w = set_levers(_one_of(at_month(world(inputs(place())), 0, 11)), evaluation_coverage=1.0)
    run_evaluation(w)
    error = w.organizations["rating"] - w.organizations["rating"].mean()
    assert stats.kstest(error, stats.uniform(-0.05, 0.1).cdf).pvalue > ERROR_RATE


def test_outside_organizations_settle_evenly_over_a_district() -> None:
    w = set_levers(world(inputs(place(200, 2, 5), months=3)), mentoring_outside_organizations=48.0)
    organizations(w, 0)
    make_room(w, 4000)
    for month in range(3):
        run_mentoring(at_month(w, month))
    rows = w.organizations[: w.clock["organizations"][0]]
    seen = np.bincount(rows["community"] % 10, minlength=10)
    assert seen.sum() == 200 * 12 and stats.chisquare(seen).pvalue > ERROR_RATE
