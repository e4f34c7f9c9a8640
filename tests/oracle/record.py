"""Process 17: the month's tallies by district. Recording changes nothing that happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miaopu.model.codes import (
    BRAND,
    FILED,
    GROUP,
    GROWING,
    IDLE,
    MATURE,
    NASCENT,
    NO_HUB,
    NOMINAL,
    OWN_BRANCH,
    PAPER,
    REGISTERED,
    WORKING,
)

from .agents import Community, District, Hub, Organization, Street
from .evaluation import is_excellent
from .growth import dependence
from .hubs import counts

if TYPE_CHECKING:
    from .world import PlainWorld


def record_places(world: PlainWorld) -> None:
    """Communities, streets and districts, when everybody has lived the month."""
    for community in world.communities:
        record_community(community)
    for street in world.streets:
        record_street(street, world)
    world.districts[0].tally["gini"] = gini([street.filed + street.registered for street in world.streets])
    for district in world.districts:
        record_district(district, world)


def record_organization(org: Organization, world: PlainWorld) -> None:
    """Every organization on the books."""
    tally = org.district.tally
    tally["incubating"] += org.incubating > 0
    tally["cash_organizations"] += org.cash * 0.01
    if org.ladder == GROUP:
        tally["groups"] += 1
        tally["waiting"] += org.queue >= 0
        return
    record_body(org)
    if org.active:
        record_work(org, world)


def record_body(org: Organization) -> None:
    """Filed and registered ones, at work or dormant."""
    tally = org.district.tally
    new = org.stage == NASCENT and org.ladder == FILED and org.ladder_months < 12
    tally["filed"] += org.ladder == FILED
    tally["registered"] += org.ladder == REGISTERED
    tally["paper"] += org.origin == PAPER
    tally[f"domain_{org.domain}"] += 1
    tally["party_covered"] += org.party > 0
    tally["party_own"] += org.party == OWN_BRANCH
    tally["in_custody"] += org.ladder == FILED and org.custodian is not None
    tally["granted"] += org.since_grant <= 12
    tally["class_filed"] += new
    tally["nascent"] += org.stage == NASCENT and not new
    tally["growing"] += org.stage == GROWING
    tally["mature"] += org.stage >= MATURE
    tally["brands"] += org.stage == BRAND and org.active == 1


def record_work(org: Organization, world: PlainWorld) -> None:
    """Filed and registered ones at work."""
    p, tally = world.p, org.district.tally
    tally["active"] += 1
    tally["regular"] += org.activity >= 0.5
    tally["governance"] += org.governance
    tally["service"] += org.service
    tally["finance"] += org.finance
    tally["leadership"] += org.leadership
    tally["leaders_trained"] += org.trained > 0.3
    tally["excellent"] += is_excellent(org, world)
    tally["excellent_leaders"] += org.leadership >= p.excellent_level and org.trained > 0.3
    tally["self_funding"] += 1 - dependence(org)
    tally["activities"] += org.activity
    where = "rural" if org.community.rural else "urban"
    tally[f"{where}_level"] += org.level
    tally[f"{where}_active"] += 1


def record_community(community: Community) -> None:
    """A community and its residents."""
    tally = community.district.tally
    where = "rural" if community.rural else "urban"
    tally["communities"] += 1
    tally[f"{where}_communities"] += 1
    tally[f"{where}_stock"] += community.stock
    tally["rich_communities"] += community.stock >= (5 if community.rural else 10)
    tally["founded"] += community.births
    tally["residents"] += community.residents
    for k, need in enumerate(community.need):
        tally["need"] += need
        tally["helped"] += need * community.met[k]
        if community.rural:
            tally["rural_need"] += need
            tally["rural_helped"] += need * community.met[k]
        if k < 2:
            tally["focus_need"] += need
            tally["focus_helped"] += need * community.met[k]
    tally["known"] += community.known
    tally["trust"] += community.trust
    tally["volunteers"] += community.residents * community.volunteering


def record_street(street: Street, world: PlainWorld) -> None:
    """A street and its hubs."""
    tally = street.district.tally
    street.effective = 0
    for hub in street.hub_rows:
        if hub.status != NO_HUB:
            record_hub(hub, world)
            if is_effective(hub, street, world):
                street.effective = 1
    if street.effective and street.first_effective < 0:
        street.first_effective = world.t
    tally["streets"] += 1
    tally["counted"] += street.counted
    tally["effective"] += street.effective
    tally["commitment"] += street.commitment
    tally["streets_trained"] += trained_lately(street, world)


def record_hub(hub: Hub, world: PlainWorld) -> None:
    """A street's hub."""
    tally = hub.district.tally
    capable = hub.status == WORKING and hub.quality >= world.p.capable_hub
    tally["hubs"] += 1
    tally["hubs_working"] += hub.status == WORKING
    tally["hubs_nominal"] += hub.status == NOMINAL
    tally["hubs_idle"] += hub.status == IDLE
    tally["workers"] += hub.staff
    tally["cash_hubs"] += hub.cash / 100
    tally["hubs_capable"] += capable
    tally["hubs_capable_staffed"] += capable and hub.staff >= 1


def is_effective(hub: Hub, street: Street, world: PlainWorld) -> bool:
    """Whether a hub that counts works, has staff, and serves, cannot serve, or is quite new."""
    if not (counts(hub, world) and hub.status == WORKING and hub.staff >= 1):
        return False
    serves = min(sum(hub.served) / 4, street.filed + street.registered) >= world.p.effective_served
    return serves or hub.district.shock.service < 1 or world.t - hub.founded < 3


def trained_lately(agent: Street | District, world: PlainWorld) -> bool:
    """Whether there was training within a year."""
    return agent.trained_month >= 0 and world.t - agent.trained_month < 12


def record_district(district: District, world: PlainWorld) -> None:
    """A district."""
    tally = district.tally
    tally["one"] = 1
    tally["push"] = district.push
    tally["district_trained"] = trained_lately(district, world)
    tally["district_with_brand"] = tally["brands"] >= 1


def gini(stocks: list[int]) -> float:
    """How unevenly filed and registered bodies lie over the streets."""
    n, total = len(stocks), sum(stocks)
    if total <= 0:
        return 0.0
    weighted = sum(i * stock for i, stock in enumerate(sorted(stocks), start=1))
    return 2 * weighted / (n * total) - (n + 1) / n
