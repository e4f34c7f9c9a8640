"""Founding (process 6): a Poisson count a month with the stated mean, limited by people able to lead."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from miaopu.model.codes import CULTURE, CUSTOMS, DOMAINS, GRASS_ROOTS, GROUP, INTERNATIONAL, NASCENT, PAPER, SEEDED
from miaopu.model.processes.founding import MOST_BIRTHS, OTHER_DOMAINS
from miaopu.model.world import World
from miaopu.tests.model.calling import run_count_births, run_founding
from miaopu.tests.model.worlds import (
    ERROR_RATE,
    agrees,
    inputs,
    make_room,
    organizations,
    place,
    set_levers,
    values,
    world,
)

COMMUNITIES = 6000
BASE = 24.0  # foundings a year with no policy
DRIVERS = {
    "funding_micro_project_share": 0.5, "funding_venture_budget": 5e5, "needs_committee_discovery": 1.0,
    "committee_liaison_posts": 1.0, "committee_founder_support": 1.0, "activities_neighbour_watch": 1.0,
    "activities_consultation": 1.0, "activities_safety": 1.0, "activities_culture": 1.0,
    "activities_child_friendly": 1.0, "party_leaders_from_party": 1.0,
}  # fmt: skip


def _world(communities: int = COMMUNITIES, **each: float) -> World:
    w = world(inputs(place(1, 1, communities, **each)))
    organizations(w, 0)
    w.communities["base_births"], w.communities["trust"] = BASE, 0.5
    return w


def _births(w: World) -> np.ndarray:
    total = run_count_births(w)
    assert total == w.communities["births"].sum()
    return w.communities["births"]


def _as_stated(births: np.ndarray, mean: float) -> bool:
    """A Poisson sample with this mean, and neither more nor less spread out than Poisson counts are."""
    n, total = len(births), int(births.sum())
    tail = min(stats.poisson.cdf(total, n * mean), stats.poisson.sf(total - 1, n * mean))
    spread = stats.chi2.cdf(((births - births.mean()) ** 2).sum() / births.mean(), n - 1)
    return bool(2 * tail > ERROR_RATE and ERROR_RATE / 2 < spread < 1 - ERROR_RATE / 2)


@pytest.mark.parametrize("trust", [0.0, 0.5, 1.0])
def test_with_no_policy_a_place_founds_what_it_always_did_and_more_with_trust(trust: float) -> None:
    w = _world()
    w.communities["trust"] = trust
    assert _as_stated(_births(w), BASE / 12 * (0.7 + 0.6 * trust))


@pytest.mark.parametrize("used", [0.25, 0.75])
def test_leaders_in_office_are_not_there_to_found(used: float) -> None:
    p, w = values(), _world()
    people = 5000 * (0.15 * p["leaders_among_elders"] + 0.05 * p["leaders_among_members"])
    w.communities["leading"] = used * people
    assert _as_stated(_births(w), BASE / 12 * (1 - used))


@pytest.mark.parametrize("why", ["no leader left", "shock", "nothing ever founded"])
def test_nobody_founds(why: str) -> None:
    w = set_levers(_world(), needs_committee_discovery=1.0)
    if why == "no leader left":
        w.communities["leading"] = 1e6
    if why == "shock":
        w.shocks["founding"] = 0.0
    if why == "nothing ever founded":
        w.communities["base_births"] = 0.0
    assert not _births(w).any()


def test_pressure_and_hubs_drive_founding_by_their_stated_factors_up_to_the_cap() -> None:
    p = values()
    for commitment, quality in ((0.3, 0.0), (0.0, 0.8), (0.3, 0.8), (1.0, 1.0)):
        w = _world()
        w.streets["commitment"], w.streets["hub_quality"] = commitment, quality
        drive = min(p["found_cap"], p["found_pressure"] * commitment + p["found_hub"] * quality)
        assert _as_stated(_births(w), BASE / 12 * (1 + drive))


@pytest.mark.parametrize("lever", DRIVERS)
def test_each_of_these_levers_adds_foundings_and_takes_none_away(lever: str) -> None:
    """Common random numbers: no community founds less."""
    usual, driven = _births(_world()).copy(), _births(set_levers(_world(), **{lever: DRIVERS[lever]}))
    assert (driven >= usual).all() and driven.sum() > usual.sum()


def test_successful_neighbours_are_imitated_up_to_a_cap() -> None:
    p = values()
    w = _world()
    w.communities["successes"] = 4.0
    assert _as_stated(_births(w), (BASE + 4 * p["imitation"]) / 12)
    w.communities["successes"] = 1e9
    assert _as_stated(_births(w), BASE * (1 + p["imitation_cap"]) / 12)


def test_no_community_founds_more_than_it_could_in_a_month() -> None:
    w = _world()
    w.communities["base_births"] = 12 * 60.0
    assert _births(w).max() == MOST_BIRTHS


def _founded(w: World) -> np.ndarray:
    """The groups of one month, placed."""
    make_room(w, run_count_births(w))
    run_founding(w)
    return w.organizations


def test_newborn_are_active_nascent_groups_with_nothing_yet() -> None:
    w = _world()
    born = _founded(w)
    assert len(born) == w.communities["births"].sum() == w.clock["organizations"][0]
    np.testing.assert_array_equal(np.bincount(born["community"], minlength=COMMUNITIES), w.communities["births"])
    assert len(np.unique(born["key"])) == len(born)
    for name, value in {"ladder": GROUP, "stage": NASCENT, "origin": GRASS_ROOTS, "active": 1, "alive": 1, "age": 0,
                        "cash": 0, "party": 0, "queue": -1, "hub": -1, "custodian": -1, "rating": -1.0,
                        "public12": 0.0, "incubating": 0, "clean": 1}.items():  # fmt: skip
        assert (born[name] == value).all(), name
    for name in ("governance", "service", "finance", "leadership"):
        assert born[name].min() > 0.0 and born[name].max() < 0.7
    assert born["gift"].mean() == pytest.approx(1.0, abs=0.05)
    assert agrees((born["known"] == 1).sum(), len(born), w.communities["known"][0])


def test_domains_follow_their_weights() -> None:
    p = values()
    w = _world(rural=True)
    born = _founded(w)
    weights = (1 - p["culture_share"]) * np.array(OTHER_DOMAINS)
    weights[[CULTURE, CUSTOMS, INTERNATIONAL]] = p["culture_share"], p["customs_share"], 0.0
    counts = np.bincount(born["domain"], minlength=DOMAINS)
    there = weights > 0
    expected = weights[there] / weights.sum() * len(born)
    assert stats.chisquare(counts[there], expected).pvalue > ERROR_RATE
    assert not counts[~there].any()


def test_towns_found_no_rural_councils_and_promotion_founds_more_of_its_kind() -> None:
    usual, promoted = (_founded(set_levers(_world(), activities_safety=level)) for level in (0.0, 1.0))
    assert CUSTOMS not in usual["domain"]
    assert (promoted["domain"] == 4).mean() > (usual["domain"] == 4).mean() + 0.02


@pytest.mark.parametrize(("foreign", "lever", "there"), [(0.05, 1.0, True), (0.05, 0.0, False), (0.005, 1.0, False)])
def test_international_teams_arise_where_foreigners_live_and_are_asked(
    foreign: float, lever: float, there: bool
) -> None:
    born = _founded(set_levers(_world(foreign=foreign), activities_international=lever))
    assert (INTERNATIONAL in born["domain"]) == there


def test_driven_groups_are_seeded_and_under_pressure_some_exist_on_paper_only() -> None:
    p = values()
    w = _world()
    w.streets["commitment"], w.districts["push"] = 0.4, 0.6
    born = _founded(w)
    drive = min(p["found_cap"], p["found_pressure"] * 0.4)
    seeded = np.isin(born["origin"], (SEEDED, PAPER))
    assert agrees(seeded.sum(), len(born), drive / (1 + drive))
    paper = born["origin"] == PAPER
    assert agrees(paper.sum(), seeded.sum(), p["paper"] * 0.6)
    np.testing.assert_array_equal(born["active"] == 0, paper)


def test_paper_groups_are_known_and_ask_at_once_to_be_filed_and_others_do_not() -> None:
    w = _world()
    w.streets["commitment"], w.districts["push"] = 0.4, 0.6
    w.communities["known"] = 0.0
    born = _founded(w)
    paper = born["origin"] == PAPER
    assert (born["queue"][paper] == 0).all() and (born["known"][paper] == 1).all() and paper.any()
    assert (born["queue"][~paper] == -1).all() and not born["known"][~paper].any()


@pytest.mark.parametrize(("lever", "value", "domains", "sign"), [
    ("incubation_service_priority", 1.0, (2, 3), 1), ("incubation_beneficiary_priority", 1.0, (0, 1), 1),
    ("incubation_culture_cap", 0.1, (CULTURE,), -1),
])  # fmt: skip
@pytest.mark.parametrize("quality", [0.0, 1.0])
def test_hubs_seed_what_the_plan_prefers_where_there_is_a_hub_and_only_among_seeded_groups(
    lever: str, value: float, domains: tuple[int, ...], sign: int, quality: float
) -> None:
    def born(**levers: float) -> np.ndarray:
        w = set_levers(_world(), **levers)
        w.streets["commitment"], w.streets["hub_quality"] = 0.4, quality
        return _founded(w)

    usual, led = born(), born(**{lever: value})
    by_themselves = usual["origin"] == GRASS_ROOTS
    np.testing.assert_array_equal(usual["domain"][by_themselves], led["domain"][by_themselves])
    more = int(np.isin(led["domain"], domains).sum()) - int(np.isin(usual["domain"], domains).sum())
    assert sign * more > 0 if quality else more == 0


def test_nobody_pretends_where_nobody_pushes() -> None:
    w = _world()
    w.streets["commitment"] = 0.4
    assert PAPER not in _founded(w)["origin"]


def test_a_community_that_starts_with_no_organization_can_found_one() -> None:
    w = world(inputs(place(1, 1, 500)))
    assert w.communities["base_births"].min() > 0.0
