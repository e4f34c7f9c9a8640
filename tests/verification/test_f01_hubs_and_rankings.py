"""F1, stated chances that no other test holds a rule to: hubs, those whom luck ranks, and the start."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy import stats

from miaopu.model.codes import FEDERATION, FILED, GROUP, LEGAL_PARTNER, NEW, REGISTERED, SIGN, UPGRADE, WORKING
from miaopu.model.simulation import begin
from miaopu.model.start import AGE
from miaopu.model.world import World
from miaopu.tests.model import calling
from miaopu.tests.model.worlds import (
    ERROR_RATE,
    agrees,
    at_month,
    inputs,
    organizations,
    place,
    set_levers,
    values,
    world,
)
from miaopu.tests.verification.quiet import ALIKE, HUBS_LAST, NO_NEW_HUBS, there

STREETS = 6000


def _chance(rate: float) -> float:
    return float(1 - np.exp(-rate / 12))


def _streets(changed: dict[str, float], hub: int = 0) -> World:
    w = world(inputs(place(1, STREETS, hub=hub), months=60), 1, **(ALIKE | changed))
    w.streets["stock"] = 1.0  # as many organizations as usual: readiness is one
    return w


@cache
def _decided() -> np.ndarray:
    """Streets that have all just decided, half of them with a station and able bodies."""
    w = _streets({"hub_initiative": 1e9})
    half = np.arange(STREETS) % 2
    w.streets["station"], w.streets["capable"], w.streets["money"] = half, 1.5 * half, 0.5
    w.districts["push"] = 0.3
    calling.run_hubs(w)
    assert (w.streets["pending_haste"] == 0.3).all()
    return w.streets.copy()


def test_streets_choose_their_route_with_the_stated_weights() -> None:
    p, streets = values(), _decided()
    for half in (0, 1):
        weights = np.zeros(3)
        weights[UPGRADE] = p["route_upgrade"] * 0.5 * half
        weights[SIGN] = p["route_sign"] * half * (1 + 2 * 0.3)
        weights[NEW] = p["route_new"] * (0.2 + 0.5)
        seen = np.bincount(streets["pending_route"][half::2], minlength=3)
        expected = weights / weights.sum() * STREETS / 2
        assert not seen[weights == 0].any()
        if half:
            assert stats.chisquare(seen, expected).pvalue > ERROR_RATE


@pytest.mark.parametrize(("route", "months"), [(SIGN, [1, 2]), (UPGRADE, [2, 3]), (NEW, [4, 5, 6, 7, 8])])
def test_each_route_takes_any_of_its_months_equally_often(route: int, months: list[int]) -> None:
    streets = _decided()
    chosen = streets["pending"][streets["pending_route"] == route]
    seen = np.array([(chosen == month).sum() for month in months])
    assert seen.sum() == len(chosen) > 200 and stats.chisquare(seen).pvalue > ERROR_RATE


@pytest.mark.parametrize("shock", [0.5, 3.0])
def test_a_shock_multiplies_the_rate_of_decisions(shock: float) -> None:
    w = _streets({"hub_initiative": 0.8})
    w.shocks["hubs"] = shock
    calling.run_hubs(w)
    assert agrees((w.streets["pending"] > 0).sum(), STREETS, _chance(0.8 * shock))


def test_ordered_hubs_come_within_one_two_or_three_months_equally_often() -> None:
    w = _streets(NO_NEW_HUBS | {"order_event_rate": 1e9})
    w.districts["order"] = 1.0
    calling.run_hubs(w)
    seen = np.bincount(w.streets["pending"], minlength=4)
    assert seen[0] == 0 and stats.chisquare(seen[1:]).pvalue > ERROR_RATE


def _born(route: int, **changed: float) -> tuple[World, np.ndarray]:
    w = _streets(NO_NEW_HUBS | HUBS_LAST | {"hub_learning": 0.0, "erosion": 0.0} | changed)
    w.streets["pending"], w.streets["pending_route"], w.streets["money"] = 0, route, 1.0
    calling.run_hubs(w)
    return w, w.hubs[: 2 * STREETS : 2]


@pytest.mark.parametrize("route", [SIGN, NEW])
def test_signs_and_new_bodies_are_federations_in_name_with_the_stated_chance(route: int) -> None:
    _, born = _born(route, federation_if_asked=0.35)
    assert agrees((born["kind"] == FEDERATION).sum(), STREETS, 0.35)
    assert (_born(UPGRADE)[1]["kind"] == FEDERATION).all()


def test_hubs_start_within_a_fifth_of_their_stated_quality_evenly() -> None:
    p = values()
    _, born = _born(NEW)
    start = born["quality"][born["status"] == WORKING] / p["hub_quality_start"]
    assert stats.kstest(start, stats.uniform(0.8, 0.4).cdf).pvalue > ERROR_RATE


def test_a_street_details_a_worker_with_the_stated_chance_and_a_station_always() -> None:
    for route, chance in ((NEW, 0.3), (SIGN, 1.0)):
        w, born = _born(route, street_staff=0.3)
        w.parameters["hiring"] = 1e9
        for month in range(1, 4):
            calling.run_hubs(at_month(w, month, 6))
        working = born["status"] == WORKING
        assert agrees((born["staff"][working] == 1).sum(), int(working.sum()), chance)


def test_an_official_leaves_in_any_month_of_the_fourth_year_equally_often() -> None:
    """After 36 to 48 months."""
    w = _streets(NO_NEW_HUBS | HUBS_LAST, hub=1)
    heads = w.hubs[: 2 * STREETS : 2]
    heads["official_head"], heads["head_months"] = 1, 35
    for month in range(13):
        calling.run_hubs(at_month(w, month, 6))
        assert agrees(heads["official_head"].sum(), STREETS, 1 - (month + 1) / 13)


def _all_alike(process: Callable[[World], object], count: int, month: int, levers: dict[str, float],
               state: dict[str, Any], **more: Any) -> World:  # fmt: skip
    w = at_month(world(inputs(place(1, 1, 1, hub=1, **more)), finance_spread=0.0), 0, month)
    organizations(w, count, **state)
    w.hubs["status"][0], w.hubs["quality"][0], w.hubs["registered"][0] = WORKING, 1.0, 1
    w.communities["fund"] = 1
    w.funders["cash"] = 10**8
    w.funders["budget"] = 10**8
    w.districts["due_district"] = 0.0
    process(set_levers(w, **levers))
    return w


ABLE = dict.fromkeys(("governance", "service", "finance", "leadership"), 0.9)
RANKED: dict[str, tuple[Callable[[World], object], int, dict[str, float], dict[str, Any], str]] = {
    "a slot": (calling.run_incubation, 2,
               {"hubs_slots": 300.0, "incubation_months": 6.0, "incubation_culture_cap": 1.0}, {}, "incubating"),
    "a seat": (calling.run_training, 2, {"training_district_sessions": 12.0, "training_seats": 300.0},
               {"ladder": FILED}, "trained"),
    "a venture grant": (calling.run_calls, 5, {"funding_venture_budget": 1e9, "funding_venture_award": 4000.0},
                        {"ladder": REGISTERED}, "public12"),
    "a purchase": (calling.run_calls, 3, {"funding_purchase_budget": 1e9}, {"ladder": REGISTERED}, "public12"),
    "work through the hub": (calling.run_calls, 3, {"funding_purchase_budget": 1e9, "custody_hub_contractor": 1.0},
                             {"ladder": FILED}, "public12"),
    "a micro-project": (calling.run_calls, 4, {"funding_micro_project_share": 1.0}, {"ladder": REGISTERED}, "public12"),
    "a micro-grant": (calling.run_calls, 2, {"social_micro_grant": 4000.0}, {"ladder": GROUP}, "own12"),
    "an exemplar's name": (calling.run_evaluation, 11, {"training_exemplars": 200.0},
                           {"ladder": FILED, **ABLE}, "exemplar"),
    "a mentor": (calling.run_mentoring, 2, {"mentoring_pairs": 200.0},
                 {"ladder": np.where(np.arange(600) % 3, FILED, REGISTERED), "stage": 2}, "mentored"),
}  # fmt: skip


@pytest.mark.parametrize("prize", RANKED)
def test_among_equals_luck_alone_gives_the_prize_whatever_their_row(prize: str) -> None:
    """Those who get it lie evenly over the rows, and some get nothing."""
    process, month, levers, state, field = RANKED[prize]
    w = _all_alike(process, 600, month, levers, state)
    if prize == "a mentor":
        w.districts["due_pairs"] = 150.0
        process(w)
    able = np.flatnonzero(w.organizations["ladder"] != REGISTERED) if prize == "a mentor" else np.arange(600)
    won = w.organizations[field][able] > 0
    assert 10 < won.sum() < len(able) - 10
    low = won[: len(able) // 2].sum()
    assert stats.hypergeom(len(able), won.sum(), len(able) // 2).cdf(low) > ERROR_RATE / 2
    assert stats.hypergeom(len(able), won.sum(), len(able) // 2).sf(low - 1) > ERROR_RATE / 2


@cache
def _start() -> World:
    told = inputs(place(1, 1500, 1, hub=1, filed=10.0, registered=10.0, groups=10.0))
    changed = {"filing_flow": 0.4, "start_nominal_share": 0.4, "street_staff": 0.35, "start_brands": 0.4,
               "start_party": 0.55, "brand_level": 0.3, "mature_level": 0.3, "growing_level": 0.2}  # fmt: skip
    return begin(told, values(**changed), 4)


def test_the_first_hubs_have_a_worker_with_the_stated_chance() -> None:
    w = _start()
    working = w.hubs[:3000:2]["status"] == WORKING
    assert agrees(w.hubs[:3000:2]["staff"][working].sum(), int(working.sum()), 0.35)


@pytest.mark.parametrize("ladder", [GROUP, FILED, REGISTERED])
def test_ages_at_the_start_are_exponential_with_the_stated_means(ladder: int) -> None:
    """From the third month on, in whole months, at most twenty years."""
    rows = there(_start())
    age = rows["age"][rows["ladder"] == ladder] - 3
    assert age.max() <= 237
    for month in (6, 24, 60, 120):
        assert agrees((age < month).sum(), len(age), 1 - np.exp(-month / AGE[ladder]))


def test_time_since_filing_at_the_start_follows_the_flow_of_filings() -> None:
    rows = there(_start())
    old = rows[rows["age"] > 60]
    for month in (3, 12, 36):
        assert agrees((old["ladder_months"] < month).sum(), len(old), 1 - np.exp(-0.4 * month / 12))


def test_the_ablest_at_the_start_are_brands_with_the_stated_chance() -> None:
    rows = there(_start())
    level = np.mean([rows[part] for part in ABLE], axis=0)
    able = (level >= 0.3) & (rows["age"] >= 30) & (rows["ladder"] >= FILED)
    assert agrees((rows["stage"][able] == 3).sum(), int(able.sum()), 0.4) and not (rows["stage"][~able] == 3).any()


def test_recognised_bodies_have_a_party_organization_at_the_start_with_the_stated_chance() -> None:
    """A branch of their own where one can be formed, else a joint one; groups have none."""
    rows = there(_start())
    recognised = rows[rows["ladder"] >= FILED]
    covered = recognised["party"] > 0
    assert agrees(covered.sum(), len(recognised), 0.55) and not rows["party"][rows["ladder"] == GROUP].any()
    np.testing.assert_array_equal(recognised["party"][covered], 1 + recognised["party_ready"][covered])


def test_ranks_and_first_debts_of_places_are_uniform() -> None:
    w = world(inputs(place(1200, 1, 1)))
    for numbers in (w.communities["rank"], w.streets["due_sessions"], w.districts["due_district"],
                    w.districts["due_pairs"], w.districts["due_outside"], w.districts["due_festival"]):  # fmt: skip
        assert stats.kstest(numbers, "uniform").pvalue > ERROR_RATE


def test_those_whom_no_hub_finds_ask_a_partner_in_the_same_month() -> None:
    """Two chances one after the other: first the hub's, then the partner's of those who are left."""
    w = world(inputs(place(1, 1, 1, hub=1)), misuse=0.0, custody_by_hub=6.0, custody_by_partner=6.0)
    legal = np.arange(9000) < 3000
    organizations(w, 9000, ladder=np.where(legal, REGISTERED, FILED))
    w.hubs["status"][0], w.hubs["custody"][0] = WORKING, 1
    calling.run_custody(set_levers(w, custody_legal_partners=0.5))
    found = w.organizations["custodian"][~legal]
    assert agrees((found == 0).sum(), 6000, _chance(6.0))
    partners = min(1.0, 3 * 0.5 * 3000 / 6000)
    assert agrees((found == LEGAL_PARTNER).sum(), int((found != 0).sum()), _chance(6.0 * partners))
