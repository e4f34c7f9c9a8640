"""The world before the first month: places, hubs and funders; people and organizations in `first_organizations`."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from scipy import special

from miaopu.model.codes import FEDERATION, NOMINAL, START, UPGRADE, WORKING
from miaopu.model.vocabulary import levers

from .agents import Community, District, Funder, Hub, Prefecture, Street
from .chance import Luck
from .counts import count, regroup
from .first_organizations import populate
from .founding import leader_pool
from .needs import needs_of

if TYPE_CHECKING:
    from .world import PlainWorld


def settle(world: PlainWorld) -> None:
    """Everything in the order of the description."""
    lucks = [Luck.of(world.seed_of_run, -1, START)]
    for _ in range(3):
        lucks.append(Luck.of(lucks[-1].number, -1, START))
    make_districts(world, lucks[0])
    make_streets(world, lucks[0])
    make_hubs(world, lucks[0])
    make_communities(world, lucks[0])
    make_funders(world)
    populate(world, lucks)
    world.organizations.do(count)
    regroup(world)


def spread(luck: Luck, agent: Any, k: int, sigma: float) -> float:
    """A lognormal factor of mean 1."""
    z = float(special.ndtri(min(1 - 1e-12, max(1e-12, luck.draw(agent, k)))))
    return math.exp(sigma * z - 0.5 * sigma * sigma)


def make_districts(world: PlainWorld, luck: Luck) -> None:
    """Prefectures and districts."""
    place, p = world.inputs.place, world.p
    world.prefectures = [Prefecture(world) for _ in range(max(1, len(place.prefectures)))]
    neutral = {lever.field: lever.neutral for lever in levers().values()}
    for row, key in enumerate(place.district_key.tolist()):
        prefecture = world.prefectures[max(0, int(place.district_prefecture[row]))]
        district = District(world, row, key, prefecture)
        prefecture.districts.append(district)
        world.districts.append(district)
        district.levers = SimpleNamespace(**neutral)
        district.effect = math.log(spread(luck, district, 0, p.district_spread))
        district.finance = spread(luck, district, 1, p.finance_spread)
        district.licensed = p.licensed
        district.due_district, district.due_pairs = luck.draw(district, 10), luck.draw(district, 11)
        district.due_outside, district.due_festival = luck.draw(district, 12), luck.draw(district, 13)


def make_streets(world: PlainWorld, luck: Luck) -> None:
    """Streets, their neighbours, and what of their districts follows from them."""
    place, p = world.inputs.place, world.p
    for row, key in enumerate(place.street_key.tolist()):
        street = Street(world, row, key, world.districts[int(place.street_district[row])])
        street.district.streets.append(street)
        world.streets.append(street)
        street.rural, street.station = int(place.street_rural[row]), int(place.street_station[row])
        street.effect = spread(luck, street, 0, p.street_spread)
        street.finance = spread(luck, street, 1, p.finance_spread)
        street.filing_staff, street.money = p.staff_need, p.unpaid
        known = int(place.street_hub[row])
        street.counted = known if known >= 0 else int(luck.draw(street, 2) < p.start_coverage)
        street.hubs = street.ever = street.counted
        street.first_nominal = 0 if street.counted else -1
        street.due_sessions = luck.draw(street, 3)
    for row, street in enumerate(world.streets):
        street.neighbours = [world.streets[int(i)] for i in place.neighbours_of(row)]
    for district in world.districts:
        district.achieved = sum(s.counted for s in district.streets) / max(1, len(district.streets))


def make_hubs(world: PlainWorld, luck: Luck) -> None:
    """Two places for hubs in each street, one for each district's base, and the hubs that are there."""
    for street in world.streets:
        street.hub_rows = [Hub(world, street.district, street) for _ in range(2)]
        world.hub_rows += street.hub_rows
        if street.counted:
            found_first_hub(street.hub_rows[0], street, luck, world.p)
    for district in world.districts:
        district.base = Hub(world, district, None)
        world.hub_rows.append(district.base)
    for row, hub in enumerate(world.hub_rows):
        hub.row = row


def found_first_hub(hub: Hub, street: Street, luck: Luck, p: Any) -> None:
    """A hub that was there before the first month."""
    hub.key = street.key
    nominal = luck.draw(street, 10) < p.start_nominal_share
    hub.status = NOMINAL if nominal else WORKING
    hub.kind, hub.route = FEDERATION, UPGRADE
    hub.registered = int(luck.draw(street, 11) < p.upgrade_registered)
    hub.staff = int(not nominal and luck.draw(street, 12) < p.street_staff)
    start = p.hub_quality_nominal if nominal else p.hub_quality_start
    hub.quality = start * (0.8 + 0.8 * luck.draw(street, 13))
    hub.founded = -24
    hub.served = [0 if nominal else int(p.effective_served)] * 12


def make_communities(world: PlainWorld, luck: Luck) -> None:
    """Communities and their residents."""
    place, p = world.inputs.place, world.p
    for row, key in enumerate(place.community_key.tolist()):
        community = Community(world, row, key, world.streets[int(place.community_street[row])])
        community.street.communities.append(community)
        world.communities.append(community)
        community.rural = int(place.community_rural[row])
        for name in ("residents", "elderly", "children", "difficulty", "foreign"):
            setattr(community, name, float(getattr(place, name)[row]))
        community.party = float(place.party_members[row])
        community.rank = luck.draw(community, 0)
        community.known = p.find_anyway / (p.find_anyway + p.forgetting)
        community.match, community.venue = p.match_anyway, p.venue_share
        community.trust = min(1.0, p.trust + 0.02 * p.trust_gain)
        community.volunteering = p.volunteering * (0.5 + community.trust)
        community.helpers = 0.5 + 0.5 * community.volunteering / p.volunteering
        community.need = needs_of(community, p)
        community.leader_pool = leader_pool(community, community.district.levers, p)


def make_funders(world: PlainWorld) -> None:
    """All purses, in the order of rows."""

    def purse(kind: str, unit: Any, district: District) -> Funder:
        funder = Funder(world, kind, unit, district)
        world.funders.append(funder)
        return funder

    world.city = purse("city", None, world.districts[0])
    for district in world.districts:
        district.bureau = purse("district_bureau", district, district)
    for street in world.streets:
        street.funder = purse("street", street, street.district)
    for district in world.districts:
        district.lottery = purse("lottery", district, district)
    for community in world.communities:
        community.livelihood = purse("livelihood_projects", community, community.district)
    for community in world.communities:
        community.community_fund = purse("community_fund", community, community.district)
