"""Process 6: activity groups appear in communities; how any organization is founded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miaopu.model.codes import (
    AFFAIRS,
    CULTURE,
    DIFFICULTY,
    DOMAINS,
    ELDERLY_CHILDREN,
    FOUNDING,
    INTERNATIONAL,
    LIVING,
    PAPER,
    SEEDED,
)

from .agents import Community, Organization
from .chance import Luck, child_key, poisson

if TYPE_CHECKING:
    from .world import PlainWorld


def count_births(community: Community, world: PlainWorld) -> None:
    """How many groups are founded this month."""
    p = world.p
    community.leader_pool = leader_pool(community, community.district.levers, p)
    room = max(0.0, 1 - community.leading / max(0.1, community.leader_pool))
    if p.founding_rule == 1:
        room = still_unmet(community) / 0.98
    copied = min(p.imitation_cap * community.base_births, p.imitation * community.successes)
    wanted = community.base_births * (1 + drive(community, p)) + copied
    mean = wanted * room * (0.7 + 0.6 * community.trust) * community.district.shock.founding / 12
    community.births = min(15, poisson(mean, world.luck(FOUNDING).draw(community, 0)))


def still_unmet(community: Community) -> float:
    """The share of its needs that nobody meets."""
    wanted = sum(community.need)
    helped = sum(need * met for need, met in zip(community.need, community.met, strict=True))
    return (wanted - helped) / max(1e-9, wanted)


def leader_pool(community: Community, levers: Any, p: Any) -> float:
    """People able and willing to lead."""
    district = community.district
    won = 1 + 0.5 * levers.party_leaders_from_party + 0.3 * district.publicity
    return (
        community.residents * community.elderly * p.leaders_among_elders
        + community.residents * community.party * p.leaders_among_members * won
        + 0.3 * levers.rural_staff * community.rural
        + 0.02 * district.talent
    )


def drive(community: Community, p: Any) -> float:
    """How much somebody brings foundings about, beside the residents themselves."""
    levers, street = community.district.levers, community.street
    seeding = levers.funding_micro_project_share + 0.3 * min(1.0, levers.funding_venture_budget / 1_000_000)
    committee = levers.needs_committee_discovery + min(1.0, levers.committee_liaison_posts) + community.pilot
    people = levers.committee_founder_support + 0.5 * levers.party_leaders_from_party
    village = community.rural * (0.2 * levers.rural_staff + community.pilot)
    series = (
        levers.activities_neighbour_watch
        + levers.activities_consultation
        + levers.activities_safety
        + levers.activities_culture
        + levers.activities_child_friendly
    ) / 5 + 0.5 * levers.activities_rural_councils * community.rural
    return min(
        p.found_cap,
        p.found_pressure * street.commitment
        + p.found_hub * street.hub_quality
        + p.found_project * seeding
        + p.found_committee * committee
        + p.found_people * (people + village)
        + p.found_publicity * community.district.publicity
        + p.found_activity * series,
    )


def place_births(community: Community, world: PlainWorld) -> None:
    """The newborn of a community."""
    for ordinal in range(community.births):
        found(community, ordinal, world.luck(FOUNDING), world)


def found(community: Community, ordinal: int, luck: Luck, world: PlainWorld) -> Organization:
    """An organization is founded in a community this month."""
    p = world.p
    community.there += 1
    org = Organization(world, child_key(community.key, world.t, ordinal), community)
    driven = drive(community, p)
    seeded = luck.draw(org, 7) < driven / (1 + driven)
    if seeded:
        org.origin = SEEDED
        if luck.draw(org, 8) < p.paper * community.district.push:
            org.origin, org.active, org.queue = PAPER, 0, 0
    org.domain = choose_domain(community, seeded, luck.draw(org, 9), p)
    org.known = int(org.origin == PAPER or luck.draw(org, 10) < community.known)
    gather_people(org, luck, world)
    return org


def gather_people(org: Organization, luck: Luck, world: PlainWorld) -> None:
    """Leader, members, gift and first capabilities."""
    p = world.p
    willing = p.leaders_party + (1 - p.leaders_party) * 0.5 * org.district.levers.party_leaders_from_party
    org.leader_party = int(luck.draw(org, 0) < willing)
    org.party_ready = int(org.leader_party or luck.draw(org, 1) < p.party_ready)
    org.members = 6 + 24 * luck.draw(org, 2)
    org.gift = 1 + p.gift_spread * (luck.draw(org, 20) + luck.draw(org, 21) - 1)
    org.governance = p.start_capability * (0.4 + 1.2 * luck.draw(org, 3))
    org.service = p.start_capability * (0.4 + 1.2 * luck.draw(org, 4))
    org.finance = p.start_capability * (0.2 + 0.8 * luck.draw(org, 5))
    org.leadership = p.start_capability * (0.6 + 1.4 * luck.draw(org, 6)) + 0.1 * org.leader_party


def choose_domain(community: Community, seeded: bool, u: float, p: Any) -> int:
    """The field of work, by custom, promotion and (where seeded) known unmet need."""
    weights = domain_weights(community, seeded, p)
    x = u * sum(weights)
    for domain, weight in enumerate(weights):
        x -= weight
        if x < 0:
            return domain
    return CULTURE


def domain_weights(community: Community, seeded: bool, p: Any) -> list[float]:
    """The weight of each domain in a community."""
    levers = community.district.levers
    other = 1 - p.culture_share
    bases = [other * share for share in (0.18, 0.14, 0.20, 0.13, 0.13, 0.10)]
    bases += [p.culture_share, other * 0.12, p.customs_share * community.rural, 0.0]
    promoted = [
        max(levers.activities_child_friendly, 0.5 * levers.activities_neighbour_watch),
        levers.activities_neighbour_watch,
        0.0,
        levers.activities_consultation,
        levers.activities_safety,
        0.0,
        levers.activities_culture,
        levers.activities_culture,
        levers.activities_rural_councils,
        0.0,
    ]
    weights = []
    for k in range(DOMAINS):
        weight = bases[k] * (1 + p.promotion * promoted[k])
        if k == INTERNATIONAL:
            weight += 0.3 * levers.activities_international
        if seeded:
            weight = sought_by_hub(community, k, weight, p)
        if k == INTERNATIONAL and community.foreign < p.foreign_threshold:
            weight = 0.0
        weights.append(weight)
    return weights


def sought_by_hub(community: Community, k: int, weight: float, p: Any) -> float:
    """The weight of a domain where somebody brings the founding about: the better the hub, the more its priorities."""
    levers, q = community.district.levers, community.street.hub_quality
    sought = 1.0
    if k in (LIVING, AFFAIRS):
        sought += p.promotion * levers.incubation_service_priority
    if k in (ELDERLY_CHILDREN, DIFFICULTY):
        sought += p.promotion * levers.incubation_beneficiary_priority
    if k == CULTURE:
        sought = min(1.0, levers.incubation_culture_cap / p.culture_share)
    weight *= 1 + q * (sought - 1)
    if k == CULTURE:
        return weight
    unmet = community.need[k] / max(1, community.residents) * community.known * (1 - community.met[k])
    return weight + p.need_pull * (1 + q * levers.incubation_local_need_priority) * unmet
