"""Needs (process 4): they come from the population; what is known of them is found by channels and forgotten."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.model.codes import CUSTOMS, DIFFICULTY, ELDERLY_CHILDREN, INTERNATIONAL, LIVING
from miaopu.model.world import World
from miaopu.tests.model.calling import run_needs
from miaopu.tests.model.worlds import agrees, inputs, place, set_levers, values, world

CHANNELS = {
    "needs_visits": 2.0,
    "needs_online_channels": 1.0,
    "needs_committee_discovery": 1.0,
    "needs_surveys": 1.0,
    "committee_liaison_posts": 1.0,
}


def _world(communities: int = 10, **each: float) -> World:
    return world(inputs(place(1, 1, communities, **each)))


def _settled(w: World, months: int = 400) -> World:
    for _ in range(months):
        run_needs(w)
    return w


def test_needs_are_shares_of_the_people_concerned() -> None:
    p = values()
    w = _world(residents=4000.0, elderly=0.2, children=0.1, difficulty=0.05, foreign=0.02)
    run_needs(w)
    need = w.communities["need"][0]
    assert need[ELDERLY_CHILDREN] == pytest.approx(4000 * 0.3 * p["need_elderly_children"])
    assert need[DIFFICULTY] == pytest.approx(200.0)
    assert need[LIVING] == pytest.approx(4000 * p["need_living"])
    assert need[INTERNATIONAL] == pytest.approx(80.0)
    assert need[CUSTOMS] == 0.0


def test_only_villages_ask_for_rural_councils() -> None:
    w = world(inputs(place(1, 1, 2, rural=[False, True])))
    run_needs(w)
    assert w.communities["need"][:, CUSTOMS].tolist() == pytest.approx([0.0, 5000 * values()["need_customs"]])


def test_nobody_there_needs_nothing() -> None:
    w = _world(residents=0.0)
    run_needs(w)
    assert not w.communities["need"].any()


def test_knowledge_settles_where_finding_balances_forgetting() -> None:
    p = values()
    found, lost = (1 - np.exp(-p[name] / 12) for name in ("find_anyway", "forgetting"))
    for start in (0.0, 1.0):
        w = _world()
        w.communities["known"] = start
        assert _settled(w).communities["known"] == pytest.approx(found / (found + lost))


@pytest.mark.parametrize("visits", [1.0, 4.0])
def test_four_rounds_of_visits_find_twice_what_one_finds(visits: float) -> None:
    p = values()
    w = set_levers(_world(1), needs_visits=visits)
    w.communities["known"] = 0.0
    run_needs(w)
    rate = p["find_anyway"] + p["find_by_visit"] * np.sqrt(visits)
    assert w.communities["known"] == pytest.approx(1 - np.exp(-rate / 12))


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_finds_more_needs(channel: str) -> None:
    silent, asked = _settled(_world()), _settled(set_levers(_world(), **{channel: CHANNELS[channel]}))
    assert (asked.communities["known"] > silent.communities["known"] + 0.02).all()
    assert (asked.communities["known"] <= 1.0).all()


def test_the_platform_reaches_its_share_of_communities_and_stays() -> None:
    w = set_levers(_world(400), platform_reach=0.3)
    run_needs(w)
    connected = w.communities["platform"].copy()
    np.testing.assert_array_equal(connected, w.communities["rank"] < 0.3)
    run_needs(set_levers(w, platform_reach=0.0))
    np.testing.assert_array_equal(w.communities["platform"], connected)
    run_needs(set_levers(w, platform_reach=1.0))
    assert w.communities["platform"].all()


def test_pilots_are_villages_and_end_with_the_pilot() -> None:
    w = world(inputs(place(1, 1, 300, rural=np.arange(300) % 2 == 0)))
    run_needs(set_levers(w, rural_pilot_share=0.5))
    pilots = w.communities["pilot"].copy()
    assert not pilots[w.communities["rural"] == 0].any()
    run_needs(set_levers(w, rural_pilot_share=0.0))
    assert not w.communities["pilot"].any()


@pytest.mark.parametrize(("filed", "share"), [
    (np.nan, 0.2), (np.nan, 0.5), (np.nan, 1.0), (0.0, 0.5),
    (20.0, 0.2),
])  # fmt: skip
def test_the_share_of_pilots_and_of_connected_villages_is_the_levers(filed: float, share: float) -> None:
    w = world(inputs(place(1, 1, 800, rural=True, residents=2200.0, filed=filed, registered=np.nan)))
    run_needs(set_levers(w, rural_pilot_share=share, platform_reach=share))
    assert agrees(w.communities["platform"].sum(), 800, share)
    assert agrees(w.communities["pilot"].sum(), 800, share)


def test_pilots_are_the_better_based_villages() -> None:
    told = inputs(place(1, 1, 800, rural=True, residents=2200.0, filed=np.arange(800.0) % 5, registered=0.0))
    w = world(told)
    run_needs(set_levers(w, rural_pilot_share=0.3))
    pilot = w.communities["pilot"] == 1
    stock = np.arange(800) % 5
    assert stock[pilot].mean() > stock[~pilot].mean() + 0.5


def test_service_reaches_needs_better_with_a_platform_and_with_people() -> None:
    match = {}
    for platform, liaison in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)):
        w = set_levers(_world(1), platform_reach=platform, committee_liaison_posts=liaison, platform_smart_services=1.0)
        run_needs(w)
        match[platform, liaison] = float(w.communities["match"][0])
    p = values()
    assert match[0.0, 0.0] == pytest.approx(p["match_anyway"])
    assert match[1.0, 0.0] == pytest.approx(1 - (1 - p["match_anyway"]) * (1 - p["match_platform"]))
    assert match[0.0, 1.0] == pytest.approx(1 - (1 - p["match_anyway"]) * (1 - p["match_people"]))
    assert max(match[1.0, 0.0], match[0.0, 1.0]) < match[1.0, 1.0] < 1.0


def test_shared_rooms_make_room_step_by_step() -> None:
    w = set_levers(_world(1), venues_shared=1.0, party_venues=1.0)
    rooms = []
    for _ in range(60):
        run_needs(w)
        rooms.append(float(w.communities["venue"][0]))
    assert rooms == sorted(rooms)
    assert rooms[-1] == pytest.approx(1 - (1 - values()["venue_share"]) * 0.5 * 0.6, abs=1e-3)
