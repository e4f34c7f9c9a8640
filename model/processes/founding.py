"""Founding (process 6): activity groups appear in communities, a Poisson count a month.

Founding starts from what the place founds with no policy, and grows with pressure, hubs, projects that seed groups,
liaison, publicity, imitation and unmet need; the pool of people able and willing to lead limits it (organizational
ecology: founding depends on density), or by the rival rule the needs that are left unmet. Under pressure some groups
exist on paper only.
"""

from __future__ import annotations

import numpy as np

from ..codes import (
    AFFAIRS,
    BY_NEED,
    CULTURE,
    CUSTOMS,
    DIFFICULTY,
    DOMAINS,
    ELDERLY_CHILDREN,
    FOUNDING,
    GRASS_ROOTS,
    GROUP,
    INTERNATIONAL,
    LIVING,
    NASCENT,
    NO_CUSTODIAN,
    PAPER,
    SEEDED,
)
from ..compiled import compiled
from ..draws import child_key, draw, poisson, stream
from ..world import World
from .needs import USUALLY_MET

# Mix of the other domains (K, after Zhejiang's classes of 2021: service 42, self-governance 16, safety 16 of 100).
OTHER_DOMAINS = (0.18, 0.14, 0.20, 0.13, 0.13, 0.10, 0.0, 0.12, 0.0, 0.0)
MOST_BIRTHS = 15  # a month and community; the Poisson mean stays far below


@compiled
def drive(place, street, district, levers, p):
    """Founding above what happens anyway, as a multiple of it, capped."""
    seeding = levers.funding_micro_project_share + 0.3 * min(1.0, levers.funding_venture_budget / 1e6)
    committee = levers.needs_committee_discovery + min(1.0, levers.committee_liaison_posts) + place.pilot
    people = levers.committee_founder_support + 0.5 * levers.party_leaders_from_party
    rural = place.rural * (0.2 * levers.rural_staff + place.pilot)
    total = (
        p.found_pressure * street.commitment
        + p.found_hub * street.hub_quality
        + p.found_project * seeding
        + p.found_committee * committee
        + p.found_people * (people + rural)
        + p.found_publicity * district.publicity
        + p.found_activity * activity_level(levers, place)
    )
    return min(p.found_cap, total)


@compiled
def activity_level(levers, place):
    """Mean strength of the activity series, with rural councils in villages."""
    level = (
        levers.activities_neighbour_watch
        + levers.activities_consultation
        + levers.activities_safety
        + levers.activities_culture
        + levers.activities_child_friendly
    ) / 5.0
    return level + 0.5 * levers.activities_rural_councils * place.rural


@compiled
def pool(place, district, levers, p):
    """People of a community able and willing to lead."""
    elders = place.residents * place.elderly * p.leaders_among_elders
    members = place.residents * place.party * p.leaders_among_members
    won = 1.0 + 0.5 * levers.party_leaders_from_party + 0.3 * district.publicity
    returnees = 0.3 * levers.rural_staff * place.rural
    return elders + members * won + returnees + 0.02 * district.talent


@compiled
def unmet(place):
    """Share of a community's needs that nobody meets."""
    wanted, missing = 0.0, 0.0
    for k in range(DOMAINS):
        wanted += place.need[k]
        missing += place.need[k] * (1.0 - place.met[k])
    return missing / max(1e-9, wanted)


@compiled
def limited(place, p):
    """What limits founding, 1 where nothing does: leaders already in office or, by the rival rule, needs being met."""
    if p.founding_rule == BY_NEED:
        return unmet(place) / (1.0 - USUALLY_MET)
    return max(0.0, 1.0 - place.leading / max(0.1, place.leader_pool))


@compiled
def births_expected(place, street, district, levers, shock, p):
    """Expected foundings of a community this month."""
    room = limited(place, p)
    copied = min(p.imitation_cap * place.base_births, p.imitation * place.successes)
    trust = 0.7 + 0.6 * place.trust
    rate = (place.base_births * (1.0 + drive(place, street, district, levers, p)) + copied) * room * trust
    return rate * shock / 12.0


@compiled
def base_weight(k, place, p):
    """Share of a domain among groups founded with no policy: mostly culture and sport."""
    if k == CULTURE:
        return p.culture_share
    if k == CUSTOMS:
        return p.customs_share * place.rural
    if k == INTERNATIONAL:
        return 0.0
    return (1.0 - p.culture_share) * OTHER_DOMAINS[k]


@compiled
def promoted(k, levers):
    """How strongly an activity series promotes founding in a domain, 0-1."""
    if k == 0:
        return max(levers.activities_child_friendly, 0.5 * levers.activities_neighbour_watch)
    if k == 1:
        return levers.activities_neighbour_watch
    if k == 3:
        return levers.activities_consultation
    if k == 4:
        return levers.activities_safety
    if k == CULTURE or k == 7:
        return levers.activities_culture
    return levers.activities_rural_councils if k == CUSTOMS else 0.0


@compiled
def sought(k, levers, p):
    """How a hub weighs a domain among the groups that it seeds: the plan's priorities, and the ceiling on culture."""
    if k in (LIVING, AFFAIRS):
        return 1.0 + p.promotion * levers.incubation_service_priority
    if k in (ELDERLY_CHILDREN, DIFFICULTY):
        return 1.0 + p.promotion * levers.incubation_beneficiary_priority
    return min(1.0, levers.incubation_culture_cap / p.culture_share) if k == CULTURE else 1.0


@compiled
def domain_weight(k, place, hub_quality, levers, seeded, p):
    """Weight of a domain for a new group: custom, promotion, and for seeded groups what hubs seek and known need."""
    if k == INTERNATIONAL and place.foreign < p.foreign_threshold:
        return 0.0
    weight = base_weight(k, place, p) * (1.0 + p.promotion * promoted(k, levers))
    if k == INTERNATIONAL:
        weight += 0.3 * levers.activities_international
    if seeded:
        weight *= 1.0 + hub_quality * (sought(k, levers, p) - 1.0)
    if seeded and k != CULTURE:
        unmet = place.need[k] / max(1.0, place.residents) * place.known * (1.0 - place.met[k])
        weight += p.need_pull * (1.0 + hub_quality * levers.incubation_local_need_priority) * unmet
    return weight


@compiled
def choose_domain(place, hub_quality, levers, seeded, u, p):
    """Field of work of a new group."""
    total = 0.0
    for k in range(DOMAINS):
        total += domain_weight(k, place, hub_quality, levers, seeded, p)
    u *= total
    for k in range(DOMAINS):
        u -= domain_weight(k, place, hub_quality, levers, seeded, p)
        if u < 0.0:
            return k
    return CULTURE


@compiled
def blank(org, place, c, key):
    """A new organization of community row `c`, with nothing yet."""
    org.key = key
    org.community, org.street, org.district = c, place.street, place.district
    org.alive, org.active, org.clean = 1, 1, 1
    org.ladder, org.stage, org.origin, org.party = GROUP, NASCENT, GRASS_ROOTS, 0
    org.leader_committee, org.exemplar, org.graduate, org.known = 0, 0, 0, 0
    org.age, org.ladder_months, org.idle_months, org.since_grant = 0, 0, 0, 1000
    org.queue, org.hub, org.custodian = -1, -1, NO_CUSTODIAN
    org.incubating, org.mentored, org.mentor = 0, 0, np.uint64(0)
    org.mentor_level, org.support, org.trained, org.activity = 0.0, 0.0, 0.0, 0.0
    org.rating = -1.0
    org.public12, org.own12, org.cash = 0.0, 0.0, 0


@compiled
def give_people(org, place, levers, luck, p):
    """Leader, members and first capabilities of an organization."""
    key = org.key
    willing = p.leaders_party + (1.0 - p.leaders_party) * 0.5 * levers.party_leaders_from_party
    org.leader_party = draw(luck, key, 0) < willing
    org.party_ready = org.leader_party == 1 or draw(luck, key, 1) < p.party_ready
    org.members = 6.0 + 24.0 * draw(luck, key, 2)
    org.gift = 1.0 + p.gift_spread * (draw(luck, key, 20) + draw(luck, key, 21) - 1.0)
    org.governance = p.start_capability * (0.4 + 1.2 * draw(luck, key, 3))
    org.service = p.start_capability * (0.4 + 1.2 * draw(luck, key, 4))
    org.finance = p.start_capability * (0.2 + 0.8 * draw(luck, key, 5))
    org.leadership = p.start_capability * (0.6 + 1.4 * draw(luck, key, 6)) + 0.1 * org.leader_party


@compiled
def found(w, c, month, ordinal, luck):
    """A group is founded in community row `c`: the `ordinal`-th of this month. Returns its row."""
    now, p = w.clock[0], w.parameters[0]
    place = w.communities[c]
    levers = w.levers[place.district]
    row = now.organizations
    org = w.organizations[row]
    now.organizations += 1
    place.there += 1
    blank(org, place, c, child_key(place.key, month, ordinal))
    street = w.streets[place.street]
    pushed = drive(place, street, w.districts[place.district], levers, p)
    seeded = draw(luck, org.key, 7) < pushed / (1.0 + pushed)
    if seeded:
        org.origin = SEEDED
        if draw(luck, org.key, 8) < p.paper * w.districts[place.district].push:
            org.origin = PAPER
            org.active = 0
            org.queue = 0  # it is there to be counted, so it asks to be filed at once
    org.domain = choose_domain(place, street.hub_quality, levers, seeded, draw(luck, org.key, 9), p)
    org.known = org.origin == PAPER or draw(luck, org.key, 10) < place.known
    give_people(org, place, levers, luck, p)
    return row


@compiled
def count_births(w: World) -> int:
    """Draws how many groups each community founds this month; returns their sum, so that room can be made."""
    now, p = w.clock[0], w.parameters[0]
    luck = stream(now.seed, now.month, FOUNDING)
    total = 0
    for c in range(len(w.communities)):
        place = w.communities[c]
        d = place.district
        district, levers = w.districts[d], w.levers[d]
        place.leader_pool = pool(place, district, levers, p)
        mean = births_expected(place, w.streets[place.street], district, levers, w.shocks[now.month, d].founding, p)
        place.births = min(MOST_BIRTHS, poisson(mean, draw(luck, place.key, 0)))
        total += place.births
    return total


@compiled
def founding(w: World) -> None:
    """Places the groups that were counted."""
    now = w.clock[0]
    luck = stream(now.seed, now.month, FOUNDING)
    for c in range(len(w.communities)):
        for ordinal in range(w.communities[c].births):
            found(w, c, now.month, ordinal, luck)
