"""Process 7: hubs and bases choose whom to support; what support reaches an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miaopu.model.codes import (
    AFFAIRS,
    BASE,
    CULTURE,
    DIFFICULTY,
    ELDERLY_CHILDREN,
    GROWING,
    INCUBATION,
    LIVING,
    NASCENT,
    NO_HUB,
    NOMINAL,
    WORKING,
)

from .agents import District, Hub, Organization, Street
from .chance import Luck, mix
from .money import best

if TYPE_CHECKING:
    from .world import PlainWorld


def wear_out(district: District, p: Any) -> None:
    """The share of support time that reports and inspections leave."""
    levers = district.levers
    reports = district.push + 0.05 * levers.assessment_inspections + 0.5 * levers.evaluation_supervision
    district.worn = 1 / (1 + p.reporting_burden * reports * (1 - 0.5 * levers.evaluation_digital_supervision))


def usable(hub: Hub, slots: float) -> int:
    """How many slots a hub can use."""
    if hub.status == NOMINAL:
        return int(slots * 0.15)
    return int(slots * (0.4 + 0.6 * hub.quality)) if hub.status == WORKING else 0


def admit_and_advise(street: Street, world: PlainWorld) -> None:
    """A street's hubs fill their slots and advise the others."""
    for hub in street.hub_rows:
        n = usable(hub, street.district.levers.hubs_slots)
        if n > 0:
            fill(hub, n, street.rows, world)
    advise(street, world)


def run_base(district: District, world: PlainWorld) -> None:
    """Every third month a district's base is opened, closed or filled."""
    base, places = district.base, int(district.levers.hubs_base_slots)
    if places == 0:
        if base.occupied == 0:
            base.status = NO_HUB
        return
    if base.status == NO_HUB:
        base.status, base.kind = WORKING, BASE
        base.key, base.quality = mix(district.key), world.p.base_quality
    fill(base, usable(base, places), district.rows, world)


def fill(hub: Hub, n: int, rows: list[Organization], world: PlainWorld) -> None:
    """The best candidates get the free slots; culture and sport take no more than their share."""
    levers = hub.district.levers
    if hub.occupied >= n:
        return
    free = n - hub.occupied
    culture_free = int(levers.incubation_culture_cap * n + 0.999) - hub.culture
    candidates = [org for org in rows if org.active and org.incubating == 0 and not org.graduate and not org.has_grown]
    luck = world.luck(INCUBATION)
    scores = [score(org, hub, luck) for org in candidates]
    for i in best(scores, len(scores)):
        org = candidates[i]
        if free <= 0:
            return
        if org.domain == CULTURE:
            if culture_free <= 0:
                continue
            culture_free -= 1
        org.incubating, org.hub = int(levers.incubation_months), hub
        free -= 1
        org.district.tally["incubated"] += 1


def score(org: Organization, hub: Hub, luck: Luck) -> float:
    """How much a hub wants to admit an organization."""
    levers, community = hub.district.levers, org.community
    unmet = community.need[org.domain] * (1 - community.met[org.domain]) / max(1, community.residents)
    return (
        levers.incubation_party_priority * bool(org.party_ready or org.leader_party)
        + levers.incubation_service_priority * (org.domain in (LIVING, AFFAIRS))
        + levers.incubation_beneficiary_priority * (org.domain in (ELDERLY_CHILDREN, DIFFICULTY))
        + levers.incubation_local_need_priority * min(1.0, 3 * unmet)
        + levers.evaluation_gate * max(0.0, org.rating)
        + levers.rural_tilt * community.rural
        + 0.3 * org.leadership
        + luck.draw(org, 0)
    )


def advise(street: Street, world: PlainWorld) -> None:
    """How many organizations the street's working hubs can look after."""
    p, levers = world.p, street.district.levers
    clients = street.filed + street.registered
    able = 0.0
    for hub in street.hub_rows:
        if hub.status == WORKING:
            capacity = p.clients_per_worker * (p.part_time + hub.staff) * hub.quality
            able += capacity
            basic = p.basic_contact + (1 - p.basic_contact) * levers.hubs_service_lines
            hub.served[world.t % 12] += int(min(clients, capacity) * basic)
    street.hub_reach = min(1.0, able / max(1, clients))
    liaison = 0.15 * min(1.0, levers.committee_liaison_posts)
    street.advice = street.hub_reach * levers.hubs_service_lines * street.hub_quality * p.advice + liaison


def receive_support(org: Organization, world: PlainWorld) -> None:
    """Advice, liaison and incubation, as far as they fit and reporting leaves time."""
    p, levers = world.p, org.district.levers
    offered = lines = levers.hubs_service_lines
    if org.stage == NASCENT:
        offered = max(lines, 1.0 if org.incubating > 0 else 0.0)
    elif org.stage > GROWING:
        offered = max(lines, levers.activities_brand_projects)
    fit = 1 + p.stage_gain * levers.incubation_stage_matching * offered
    level = org.street.advice
    if org.incubating > 0 and org.hub is not None:
        if world.t % 3 == 0:
            org.hub.served[world.t % 12] += 1
        if org.hub.status == WORKING:
            level = max(level, org.hub.quality)
    org.support = min(1.0, level * fit * org.district.worn)


def advance(org: Organization) -> None:
    """A month of incubation passes; the slot may be given back."""
    if org.incubating == 0:
        return
    org.incubating -= 1
    if org.has_grown or org.incubating == 0 or (org.hub is not None and org.hub.status == NO_HUB):
        org.district.tally["graduated" if org.has_grown else "left_incubation"] += 1
        org.graduate, org.incubating, org.hub = 1, 0, None
