"""Service (process 12): work done, needs met with diminishing returns, trust and volunteering that follow slowly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import CULTURE, DOMAINS, EDUCATION, INTERNATIONAL
from miaopu.model.world import World
from miaopu.tests.model.calling import run_needs, run_service
from miaopu.tests.model.worlds import inputs, organizations, place, set_levers, values, world

SERIES = {
    "activities_neighbour_watch": (0, 1), "activities_child_friendly": (0,), "activities_consultation": (3,),
    "activities_safety": (4, 5), "activities_culture": (6, 7), "activities_rural_councils": (8,),
    "activities_international": (9,),
}  # fmt: skip


def _world(count: int = 0, communities: int = 4, **state: Any) -> World:
    w = world(inputs(place(1, 1, communities, foreign=0.02), months=3))
    run_needs(w)
    organizations(w, count, **({"domain": np.arange(count) % DOMAINS} | state))
    return w


def test_without_organizations_no_need_is_met_and_trust_sinks_to_its_base() -> None:
    w = _world()
    w.communities["trust"] = 0.9
    levels = []
    for _ in range(12 * 40):
        run_service(w)
        levels.append(float(w.communities["trust"][0]))
        assert not w.communities["met"].any() and not w.communities["capacity"].any()
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] == pytest.approx(values()["trust"], abs=1e-3)


def test_trust_follows_experience_over_years() -> None:
    p = values()
    w = _world(400, service=0.9, members=60.0)
    w.communities["trust"] = 0.2
    run_service(w)
    place = w.communities[0]
    experience = (place["need"] * place["met"]).sum() / place["need"].sum()
    target = p["trust"] + p["trust_gain"] * experience
    assert experience > 0.3 and place["trust"] == pytest.approx(0.2 + (target - 0.2) / (12 * p["trust_years"]))


def test_only_those_at_work_serve() -> None:
    idle = _world(100, active=0)
    run_service(idle)
    assert not idle.communities["met"].any()
    assert idle.organizations["activity"] == pytest.approx(2.0 * 11 / 12), "the memory of activity fades within a year"


def test_an_organization_serves_its_own_community_and_its_own_field() -> None:
    w = _world(10, community=2, domain=EDUCATION)
    run_service(w)
    served = np.argwhere(w.communities["capacity"] > 0)
    assert served.tolist() == [[2, EDUCATION]]


def test_twice_the_organizations_meet_more_needs_but_not_twice_as_many() -> None:
    met = []
    for count in (0, 4, 8, 16, 32):
        w = _world(count, communities=1, domain=CULTURE)
        run_service(w)
        met.append(float(w.communities["met"][0, CULTURE]))
    gains = np.diff(met) / [4, 4, 8, 16]
    assert (gains > 0).all() and (np.diff(gains) < 0).all()


@pytest.mark.parametrize("known", [0.0, 0.3, 1.0])
def test_no_more_is_met_than_is_known_or_than_can_be_served(known: float) -> None:
    for count in (1, 3000):
        w = _world(count, communities=1)
        w.communities["known"] = known
        run_service(w)
        met, need = w.communities["met"][0], w.communities["need"][0]
        assert (met >= 0).all() and (met <= 0.2 + 0.8 * known + 1e-12).all()
        assert (met * need <= w.communities["capacity"][0] * w.communities["match"][0] + 1e-9).all()


@pytest.mark.parametrize("lever", SERIES)
def test_an_activity_series_makes_its_fields_busier_and_no_other(lever: str) -> None:
    usual, called = _world(100), set_levers(_world(100), **{lever: 1.0})
    run_service(usual)
    run_service(called)
    busier = called.organizations["activity"] > usual.organizations["activity"]
    np.testing.assert_array_equal(busier, np.isin(usual.organizations["domain"], SERIES[lever]))


@pytest.mark.parametrize(("more", "name"), [
    (0.8, "service"), (0.8, "leadership"), (60.0, "members"), (10**8, "cash"),
])  # fmt: skip
def test_able_well_staffed_and_funded_organizations_do_more(more: float, name: str) -> None:
    usual, better = _world(50), _world(50, **{name: more})
    run_service(usual)
    run_service(better)
    assert (better.organizations["activity"] > usual.organizations["activity"]).all()


def test_a_months_work_is_people_skill_money_and_room_as_stated() -> None:
    p = values()
    full = int(100 * p["comfortable_purse"])
    for service, leadership, members, cash in ((0.4, 0.4, 20.0, 0), (0.8, 0.2, 60.0, full)):
        w = _world(1, activity=0.0, service=service, leadership=leadership, members=members, cash=cash)
        w.communities["helpers"], w.communities["venue"] = 1.2, 0.5
        run_service(w)
        skill = (0.5 + 1.25 * service) * (0.7 + 0.7 * leadership)
        stated = p["activities"] * (0.5 + 0.025 * members * 1.2) * skill * (1.15 if cash else 0.85) * (0.7 + 0.6 * 0.5)
        assert w.organizations["activity"][0] == pytest.approx(stated / 12)


@pytest.mark.parametrize(("continuity", "rating", "steady"), [(0.0, 0.9, 1.0), (1.0, 0.5, 1.0), (0.5, 0.9, 1.1)])
def test_project_money_buys_activities_and_more_of_them_where_a_good_project_is_renewed(
    continuity: float, rating: float, steady: float
) -> None:
    p = values()
    full = int(100 * p["comfortable_purse"])
    without, paid = (_world(1, activity=0.0, cash=cash, rating=rating) for cash in (full, full + 8 * 900_000))
    for w in (without, paid):
        set_levers(w, funding_continuity=continuity)
        w.parameters["renewal_gain"], w.parameters["activity_cost"] = 0.2, 3000.0
        run_service(w)
    more = 12 * (paid.organizations["activity"][0] - without.organizations["activity"][0])
    assert more == pytest.approx(3.0 * steady)


def test_a_shock_cuts_service_and_drills_soften_it() -> None:
    done = {}
    for shock, drills in ((1.0, 0.0), (0.4, 0.0), (0.4, 4.0), (0.0, 0.0), (1.0, 12.0)):
        w = set_levers(_world(50, activity=0.0), activities_drills=drills)
        w.shocks["service"] = shock
        run_service(w)
        done[shock, drills] = w.organizations["activity"].sum()
    assert done[0.4, 0.0] == pytest.approx(0.4 * done[1.0, 0.0]) and done[0.0, 0.0] == 0.0
    assert done[0.4, 0.0] < done[0.4, 4.0] < done[1.0, 0.0] == done[1.0, 12.0]


def test_activity_settles_at_what_is_done_each_month() -> None:
    w = _world(20, activity=0.0)
    w.communities["trust"] = values()["trust"]
    for _ in range(200):
        w.communities["volunteering"] = values()["volunteering"]
        w.communities["helpers"] = 1.0
        run_service(w)
    first = w.organizations["activity"].copy()
    run_service(w)
    np.testing.assert_allclose(w.organizations["activity"], first, rtol=1e-3)
    assert first.mean() == pytest.approx(values()["activities"], rel=0.5), "the usual organization is as busy as stated"


def test_volunteering_grows_with_trust_pooling_and_publicity() -> None:
    p = values()
    w = set_levers(_world(), social_pooling=1.0, activities_neighbour_watch=1.0)
    w.districts["publicity"], w.communities["trust"] = 1.0, p["trust"]
    for _ in range(240):
        run_service(w)
    assert w.communities["volunteering"] == pytest.approx(p["volunteering"] * (0.5 + p["trust"]) * 1.9, rel=1e-3)


def test_international_needs_are_met_by_international_teams_only() -> None:
    w = _world(20, domain=CULTURE)
    run_service(w)
    assert not w.communities["met"][:, INTERNATIONAL].any()
