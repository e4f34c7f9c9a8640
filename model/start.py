"""The start of a run: the place's people, its first hubs and its first organizations.

What is known (a roster's counts, a street's hub) is taken; what is not known is drawn from the start parameters,
keyed by the place's own name.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .codes import (
    BRAND,
    BY_NEED,
    FEDERATION,
    FILED,
    GROUP,
    GROWING,
    JOINT_BRANCH,
    MATURE,
    NOMINAL,
    OWN_BRANCH,
    REGISTERED,
    START,
    UPGRADE,
    WORKING,
)
from .compiled import compiled, entry
from .draws import child_key, draw, poisson, stream
from .grouping import count_all, regroup
from .inputs import FUNDERS, Inputs
from .layout import Layout
from .processes.founding import blank, choose_domain, give_people, pool
from .processes.needs import USUALLY_MET, arise
from .state import CLOCK, COMMUNITY, DISTRICT, FUNDER, HUB, ORGANIZATION, PREFECTURE, STREET, record
from .world import World

REFERENCE_URBAN, REFERENCE_RURAL = 5000.0, 2200.0  # residents of a community of the reference size (K)
AGE = (40.0, 75.0, 90.0)  # mean age at the start of groups, filed and registered organizations, months (K)
BEFORE = 9_999  # the “month” in the keys of organizations that are there at the start


class Expected(NamedTuple):
    """What communities are expected to have at the start."""

    registered: np.ndarray
    filed: np.ndarray
    groups: np.ndarray


@entry
def start_luck(seed: np.uint64) -> np.uint64:
    """The luck of the start, as if of the month before the first."""
    return stream(seed, -1, START)


@entry
def uniforms(luck: np.uint64, keys: np.ndarray, k: int) -> np.ndarray:
    """One uniform number for each key."""
    found = np.empty(len(keys))
    for i in range(len(keys)):
        found[i] = draw(luck, keys[i], k)
    return found


def _spread(luck: np.uint64, keys: np.ndarray, k: int, sigma: float) -> np.ndarray:
    """Lognormal factors of mean 1, one for each key."""
    from scipy import special

    z = special.ndtri(np.clip(uniforms(luck, keys, k), 1e-12, 1 - 1e-12))
    return np.exp(sigma * z - 0.5 * sigma**2)


def start_districts(layout: Layout, p: np.void, luck: np.uint64) -> np.ndarray:
    """Districts with their lasting differences."""
    place = layout.place
    rows = np.zeros(layout.districts, record(DISTRICT))
    rows["key"] = place.district_key
    rows["prefecture"] = layout.prefecture_of
    rows["streets"] = np.diff(layout.street_first)
    rows["effect"] = np.log(_spread(luck, place.district_key, 0, p["district_spread"]))
    rows["finance"] = _spread(luck, place.district_key, 1, p["finance_spread"])
    rows["licensed"] = p["licensed"]
    rows["trained_month"] = -1
    for k, name in enumerate(("due_district", "due_pairs", "due_outside", "due_festival")):
        rows[name] = uniforms(luck, place.district_key, 10 + k)  # not all in the same month
    return rows


def start_streets(layout: Layout, p: np.void, luck: np.uint64) -> np.ndarray:
    """Streets and townships, with a hub where one is known or drawn."""
    place = layout.place
    keys = place.street_key
    rows = np.zeros(layout.streets, record(STREET))
    rows["key"] = keys
    rows["district"] = place.street_district
    rows["rural"] = place.street_rural
    rows["station"] = place.street_station
    rows["effect"] = _spread(luck, keys, 0, p["street_spread"])
    rows["finance"] = _spread(luck, keys, 1, p["finance_spread"])
    rows["filing_staff"] = p["staff_need"]
    rows["money"] = p["unpaid"]
    drawn = uniforms(luck, keys, 2) < p["start_coverage"]
    rows["counted"] = np.where(place.street_hub >= 0, place.street_hub == 1, drawn)
    rows["stock"] = 1.0
    rows["due_sessions"] = uniforms(luck, keys, 3)
    for name in ("pending", "first_nominal", "first_effective", "trained_month", "custodian"):
        rows[name] = -1
    return rows


def start_hubs(layout: Layout, streets: np.ndarray, p: np.void, luck: np.uint64) -> np.ndarray:
    """Two rows for each street and one for each district's base; the first hubs of the streets that have one."""
    rows = np.zeros(2 * layout.streets + layout.districts, record(HUB))
    rows["street"][: 2 * layout.streets] = np.repeat(np.arange(layout.streets), 2)
    rows["district"][: 2 * layout.streets] = np.repeat(layout.place.street_district, 2)
    rows["street"][2 * layout.streets :] = -1
    rows["district"][2 * layout.streets :] = np.arange(layout.districts)
    there = np.flatnonzero(streets["counted"])
    keys = streets["key"][there]
    nominal = uniforms(luck, keys, 10) < p["start_nominal_share"]
    first = rows[2 * there]
    first["key"] = keys
    first["status"] = np.where(nominal, NOMINAL, WORKING)
    first["kind"], first["route"] = FEDERATION, UPGRADE
    first["registered"] = uniforms(luck, keys, 11) < p["upgrade_registered"]
    first["staff"] = ~nominal & (uniforms(luck, keys, 12) < p["street_staff"])
    spread = 0.8 + 0.8 * uniforms(luck, keys, 13)
    first["quality"] = np.where(nominal, p["hub_quality_nominal"], p["hub_quality_start"]) * spread
    first["founded"] = -24
    first["served"] = np.where(nominal, 0, int(p["effective_served"]))[:, None]
    rows[2 * there] = first
    streets["hubs"] = streets["ever"] = streets["counted"]
    streets["first_nominal"][there] = 0
    return rows


def start_communities(layout: Layout, p: np.void, luck: np.uint64) -> np.ndarray:
    """Communities and villages with their residents."""
    place = layout.place
    rows = np.zeros(layout.communities, record(COMMUNITY))
    rows["key"] = place.community_key
    rows["street"] = place.community_street
    rows["district"] = place.street_district[place.community_street]
    rows["rural"] = place.community_rural
    for name in ("residents", "elderly", "children", "difficulty", "foreign"):
        rows[name] = getattr(place, name)
    rows["party"] = place.party_members
    rows["rank"] = uniforms(luck, place.community_key, 0)
    rows["known"] = p["find_anyway"] / (p["find_anyway"] + p["forgetting"])
    rows["match"] = p["match_anyway"]
    rows["met"] = USUALLY_MET
    rows["venue"] = p["venue_share"]
    rows["trust"] = min(1.0, p["trust"] + USUALLY_MET * p["trust_gain"])
    rows["volunteering"] = p["volunteering"] * (0.5 + rows["trust"])
    rows["helpers"] = 0.5 + 0.5 * rows["volunteering"] / p["volunteering"]
    return rows


def expected_stock(layout: Layout, streets: np.ndarray, p: np.void) -> tuple[Expected, Expected]:
    """What each community is expected to have, from a roster where there is one; and what is usual."""
    place = layout.place
    rural = place.community_rural
    density = np.where(rural, p["start_filed_rural"], p["start_filed_urban"])
    relative = place.residents / np.where(rural, REFERENCE_RURAL, REFERENCE_URBAN)
    effect = streets["effect"][place.community_street]
    stock = density * relative ** p["size_power"] * effect
    share = p["start_registered_share"]
    registered = np.where(np.isnan(place.registered), stock * share, place.registered)
    filed = np.where(np.isnan(place.filed), stock * (1.0 - share), place.filed)
    groups = np.where(np.isnan(place.groups), (filed + registered) * p["start_group_ratio"], place.groups)
    usual = Expected(stock * share, stock * (1.0 - share), stock * p["start_group_ratio"])
    return Expected(registered, filed, groups), usual


@entry
def settle(keys: np.ndarray, expected: np.ndarray, exact: np.ndarray, luck: np.uint64) -> np.ndarray:
    """Draws how many organizations of a kind each community has; where `exact`, the expected number itself."""
    counts = np.empty(len(keys), np.int64)
    for c in range(len(keys)):
        counts[c] = int(expected[c]) if exact[c] else poisson(expected[c], draw(luck, keys[c], 1))
    return counts


@entry
def set_going(w: World, registered: np.ndarray, filed: np.ndarray, groups: np.ndarray) -> None:
    """Sets needs and the yearly foundings that would balance, with no policy, what leaves the groups."""
    p = w.parameters[0]
    for c in range(len(w.communities)):
        place = w.communities[c]
        district, levers = w.districts[place.district], w.levers[place.district]
        arise(place, p)
        place.leader_pool = pool(place, district, levers, p)
        stock = registered[c] + filed[c]
        leading = 0.85 * (groups[c] + stock * p.start_active_share)
        room = max(0.1, 1.0 - leading / max(0.1, place.leader_pool))
        if p.founding_rule == BY_NEED:  # whatever leaders there are
            room = 1.0
        leaving = p.exit_group * groups[c] + p.filing_flow * stock
        place.base_births = p.founding_balance * leaving / (room * (0.7 + 0.6 * place.trust))


@entry
def populate(w: World, registered: np.ndarray, filed: np.ndarray, groups: np.ndarray, luck: np.uint64) -> None:
    """Places the organizations that are there at the start, registered ones first, and counts them."""
    now, p = w.clock[0], w.parameters[0]
    for c in range(len(w.communities)):
        place = w.communities[c]
        levers = w.levers[place.district]
        for ordinal in range(registered[c] + filed[c] + groups[c]):
            org = w.organizations[now.organizations]
            now.organizations += 1
            blank(org, place, c, child_key(place.key, BEFORE, ordinal))
            give_people(org, place, levers, luck, p)
            org.domain = choose_domain(place, 0.0, levers, False, draw(luck, org.key, 11), p)
            if ordinal < registered[c] + filed[c]:
                org.ladder = REGISTERED if ordinal < registered[c] else FILED
                org.active = draw(luck, org.key, 13) < p.start_active_share
                if draw(luck, org.key, 22) < p.start_party:
                    org.party = OWN_BRANCH if org.party_ready == 1 else JOINT_BRANCH
            else:
                org.known = draw(luck, org.key, 14) < p.start_known_groups
            mature(org, luck, p)
    count_all(w)
    regroup(w)


@compiled
def lived(level: float, push: float, erosion: float, years: float) -> float:
    """A capability after `years` of growing at `push` and eroding at `erosion`: the growth rule's own solution."""
    rest = push / (push + erosion)
    return min(0.95, rest + (level - rest) * np.exp(-(push + erosion) * years))


@compiled
def mature(org, luck, p) -> None:
    """Age, experience and purse of an organization that was founded before the start."""
    scale = AGE[org.ladder]
    org.age = min(240, 3 + int(-scale * np.log(1.0 - draw(luck, org.key, 15))))
    since_filing = int(-12.0 / max(1e-6, p.filing_flow) * np.log(1.0 - draw(luck, org.key, 19)))
    org.ladder_months = min(org.age - 1, since_filing)
    years = org.age / 12.0
    habit = p.habit + p.professional * (org.ladder == REGISTERED)
    luckier = org.gift * (0.7 + 0.6 * draw(luck, org.key, 16))
    org.governance = lived(org.governance, luckier * habit, p.erosion, years)
    org.service = lived(org.service, luckier * (p.habit + p.practice), p.erosion, years)
    org.finance = lived(org.finance, luckier * habit, p.erosion, years)
    org.leadership = lived(org.leadership, luckier * (p.habit + 0.5 * p.practice), p.erosion, years)
    now = 0.25 * (org.governance + org.service + org.finance + org.leadership)
    if org.age >= 12 and now >= p.growing_level:
        org.stage = GROWING
    if now >= p.mature_level and org.age >= 30 and org.ladder >= FILED:
        org.stage = MATURE
        if now >= p.brand_level and draw(luck, org.key, 18) < p.start_brands:
            org.stage = BRAND
    org.activity = p.activities * org.active
    yearly = p.earned_group if org.ladder == GROUP else (p.earned_filed if org.ladder == FILED else p.earned_registered)
    org.own12 = 100.0 * yearly
    org.cash = int(100.0 * yearly * 0.5 * draw(luck, org.key, 17))


def start_funders(layout: Layout) -> np.ndarray:
    """One row for the city, each district, each street, each lottery fund, each community's two funds; all empty."""
    units = (1, layout.districts, layout.streets, layout.districts, layout.communities, layout.communities)
    rows = np.zeros(sum(units), record(FUNDER))
    district_of = (
        np.zeros(1, int),
        np.arange(layout.districts),
        layout.place.street_district,
        np.arange(layout.districts),
        layout.district_of_community,
        layout.district_of_community,
    )
    begin = 0
    for kind in range(len(FUNDERS)):
        part = rows[begin : begin + units[kind]]
        part["kind"], part["unit"], part["district"] = kind, np.arange(units[kind]), district_of[kind]
        begin += units[kind]
    return rows


def start_clock(layout: Layout, seed: int) -> np.ndarray:
    """The clock before the first month."""
    clock = np.zeros(1, record(CLOCK))
    clock["seed"] = np.uint64(seed)
    clock["street_funders"] = 1 + layout.districts
    clock["lottery_funders"] = 1 + layout.districts + layout.streets
    clock["livelihood_funders"] = 1 + 2 * layout.districts + layout.streets
    clock["community_funds"] = 1 + 2 * layout.districts + layout.streets + layout.communities
    return clock


def start_world(inputs: Inputs, layout: Layout, parameters: np.ndarray, seed: int) -> World:
    """The world at the end of the month before the first."""
    from .layout import first_levers

    luck, p = np.uint64(start_luck(np.uint64(seed))), parameters[0]
    districts = start_districts(layout, p, luck)
    streets = start_streets(layout, p, luck)
    hubs = start_hubs(layout, streets, p, luck)
    districts["achieved"] = np.bincount(streets["district"], streets["counted"], layout.districts) / np.maximum(
        1, districts["streets"]
    )
    prefectures = np.zeros(layout.prefectures, record(PREFECTURE))
    prefectures["districts"] = np.bincount(layout.prefecture_of, minlength=layout.prefectures)
    prefectures["due_city"] = 0.5
    levers, in_force = first_levers(layout)
    w = World(
        organizations=np.zeros(0, record(ORGANIZATION)),
        communities=start_communities(layout, p, luck),
        streets=streets,
        districts=districts,
        prefectures=prefectures,
        hubs=hubs,
        funders=start_funders(layout),
        clock=start_clock(layout, seed),
        levers=levers,
        parameters=parameters,
        shocks=inputs.shocks,
        clean_up=inputs.clean_up,
        calendar=layout.calendar,
        budgets=layout.budgets,
        fiscal=layout.fiscal,
        timetable=layout.timetable,
        in_force=in_force,
        neutral=layout.neutral,
        payer=layout.payer,
        dues=layout.dues,
        ledger=np.zeros(layout.ledger_shape[1:], np.int64),
        tallies=np.zeros((layout.districts, layout.tallies)),
        neighbours=layout.neighbours,
        neighbour_first=layout.neighbour_first,
        street_first=layout.street_first,
        community_first=layout.community_first,
        order=np.zeros(0, np.int64),
        first=np.zeros(layout.communities + 1, np.int64),
    )
    add_organizations(w, layout, luck)
    return w


def pilot_ranks(stock: np.ndarray, usual: np.ndarray, luck: np.ndarray, rural: np.ndarray) -> np.ndarray:
    """Order in which villages become pilots, evenly over 0-1: half how good a village's base is, half luck."""
    from scipy import special

    below = 0.5 * (special.pdtr(stock, usual) + np.where(stock > 0, special.pdtr(stock - 1, usual), 0.0))
    claim = np.where(rural, 1.0 - below + luck, np.inf)
    place = np.empty(len(claim))
    place[np.argsort(claim, kind="stable")] = np.arange(len(claim)) + 0.5
    return place / max(1, rural.sum())


def add_organizations(w: World, layout: Layout, luck: np.uint64) -> None:
    """Fills the world with its first organizations and sets founding going."""
    expected, usual = expected_stock(layout, w.streets, w.parameters[0])
    set_going(w, *(0.5 * (own + common) for own, common in zip(expected, usual, strict=True)))
    keys, counts = w.communities["key"], []
    for kind, exact in zip(expected, (layout.registered_known, layout.filed_known, layout.groups_known), strict=True):
        luck = np.uint64(start_luck(luck))
        counts.append(settle(keys, kind, exact, luck))
    stock, total = counts[0] + counts[1], sum(int(kind.sum()) for kind in counts)
    # Twice the room: pages that nobody writes take no memory, and enlarging later would hold both arrays at once.
    w.put("organizations", np.zeros(2 * total + 64, record(ORGANIZATION)))
    w.put("order", np.zeros(len(w.organizations), np.int64))
    w.clock["reference_stock"] = stock.sum() / max(1, layout.streets)
    w.communities["pilot_rank"] = pilot_ranks(
        stock, usual.registered + usual.filed, w.communities["rank"], w.communities["rural"] == 1
    )
    populate(w, *counts, luck)
