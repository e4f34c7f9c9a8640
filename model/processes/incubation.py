"""Incubation (process 7): hubs and district bases admit organizations to free slots by score, and advise the others.

Support that matches an organization's stage works better: filed bodies need the platform, nascent ones incubation,
growing ones income of their own, mature ones a brand. Reporting upwards eats support time.
"""

from __future__ import annotations

import numpy as np

from ..codes import (
    AFFAIRS,
    BASE,
    CULTURE,
    DIFFICULTY,
    ELDERLY_CHILDREN,
    FILED,
    GROWING,
    IDLE,
    INCUBATION,
    LIVING,
    MATURE,
    NASCENT,
    NO_HUB,
    NOMINAL,
    WORKING,
)
from ..compiled import compiled
from ..draws import draw, mix, stream
from ..grouping import rows_of_district, rows_of_street
from ..tallies import GRADUATED, INCUBATED, LEFT_INCUBATION
from ..world import World

TAKEN = -1e9


@compiled
def score(org, place, levers, u):
    """Priority for a slot, luck `u` included."""
    ready = org.party_ready == 1 or org.leader_party == 1
    duty = org.domain == LIVING or org.domain == AFFAIRS
    focus = org.domain == ELDERLY_CHILDREN or org.domain == DIFFICULTY
    unmet = place.need[org.domain] * (1.0 - place.met[org.domain]) / max(1.0, place.residents)
    return (
        levers.incubation_party_priority * ready
        + levers.incubation_service_priority * duty
        + levers.incubation_beneficiary_priority * focus
        + levers.incubation_local_need_priority * min(1.0, 3.0 * unmet)
        + levers.evaluation_gate * max(0.0, org.rating)
        + levers.rural_tilt * place.rural
        + 0.3 * org.leadership
        + u
    )


@compiled
def eligible(org):
    """Who may be incubated: those at work that have not been through it and still have to grow or to be filed."""
    return org.active == 1 and org.incubating == 0 and org.graduate == 0 and not has_grown(org)


@compiled
def has_grown(org):
    """What incubation is for: growing at least, and filed."""
    return org.stage >= GROWING and org.ladder >= FILED


@compiled
def admit(w, rows, hub_row, free, culture_free, luck):
    """Gives up to `free` slots of a hub to the best candidates among `rows`, culture and sport up to their ceiling."""
    candidates = np.empty(len(rows), np.int64)
    scores = np.empty(len(rows))
    found = 0
    for i in rows:
        org = w.organizations[i]
        if eligible(org):
            place = w.communities[org.community]
            candidates[found] = i
            scores[found] = score(org, place, w.levers[org.district], draw(luck, org.key, 0))
            found += 1
    left = scores[:found]
    while free > 0 and found > 0:
        k = np.argmax(left)
        if left[k] == TAKEN:
            return
        left[k] = TAKEN
        org = w.organizations[candidates[k]]
        if org.domain == CULTURE:
            if culture_free <= 0:
                continue
            culture_free -= 1
        org.incubating = int(w.levers[org.district].incubation_months)
        org.hub = hub_row
        free -= 1
        w.tallies[org.district, INCUBATED] += 1.0


@compiled
def usable_slots(hub, slots):
    """Slots that a hub can really serve."""
    if hub.status == IDLE or hub.status == NO_HUB:
        return 0
    share = 0.15 if hub.status == NOMINAL else 0.4 + 0.6 * hub.quality
    return int(slots * share)


@compiled
def fill(w, rows, hub_row, slots, luck):
    """Admits organizations to a hub's free slots."""
    hub = w.hubs[hub_row]
    if hub.occupied < slots:
        ceiling = int(w.levers[hub.district].incubation_culture_cap * slots + 0.999)
        admit(w, rows, hub_row, slots - hub.occupied, ceiling - hub.culture, luck)


@compiled
def matched(org, levers):
    """How well the support offered fits the organization's stage, 0-1."""
    offered = levers.hubs_service_lines
    if org.stage == NASCENT:
        offered = max(offered, 1.0 * (org.incubating > 0))
    elif org.stage >= MATURE:
        offered = max(offered, levers.activities_brand_projects)
    return offered


@compiled
def worn(district, levers, p):
    """Share of support time that is left after reports and inspections; live data collection spares reports."""
    reports = district.push + 0.05 * levers.assessment_inspections + 0.5 * levers.evaluation_supervision
    return 1.0 / (1.0 + p.reporting_burden * reports * (1.0 - 0.5 * levers.evaluation_digital_supervision))


@compiled
def give_support(w, org, street, district, levers, now, p):
    """Support that reaches one organization this month: from its incubator, or advice from its street's hub."""
    fit = 1.0 + p.stage_gain * levers.incubation_stage_matching * matched(org, levers)
    level = street.advice
    if org.incubating > 0:
        hub = w.hubs[org.hub]
        if now.month % 3 == 0:  # seen four times a year, as anyone who is in touch with a hub
            hub.served[now.month % 12] += 1
        if hub.status == WORKING:
            level = max(level, hub.quality)
    org.support = min(1.0, level * fit * district.worn)


@compiled
def advance(w, org):
    """A month of incubation passes; at its end, or on reaching growth, the slot is free again."""
    if org.incubating == 0:
        return
    org.incubating -= 1
    grown = has_grown(org)
    if grown or org.incubating == 0 or w.hubs[org.hub].status == NO_HUB:
        w.tallies[org.district, GRADUATED if grown else LEFT_INCUBATION] += 1.0
        org.graduate = 1
        org.incubating = 0
        org.hub = -1


@compiled
def advise(w, s, now):
    """What share of the street's organizations its hubs can advise, and whom they count as served."""
    street, p = w.streets[s], w.parameters[0]
    clients = street.filed + street.registered
    able, lines = 0.0, w.levers[street.district].hubs_service_lines
    for row in range(2 * s, 2 * s + 2):
        hub = w.hubs[row]
        if hub.status == WORKING:
            capacity = p.clients_per_worker * (p.part_time + hub.staff) * hub.quality
            able += capacity
            basic = p.basic_contact + (1.0 - p.basic_contact) * lines
            hub.served[now.month % 12] += int(min(clients, capacity) * basic)
    street.hub_reach = min(1.0, able / max(1.0, clients))
    liaison = 0.15 * min(1.0, w.levers[street.district].committee_liaison_posts)
    street.advice = street.hub_reach * lines * street.hub_quality * p.advice + liaison


@compiled
def run_base(w, d, luck):
    """The district's incubation base exists while it has slots or somebody in them, and admits once a quarter."""
    row = 2 * len(w.streets) + d
    hub, levers = w.hubs[row], w.levers[d]
    slots = int(levers.hubs_base_slots)
    if slots == 0:
        if hub.occupied == 0:
            hub.status = NO_HUB
        return
    if hub.status == NO_HUB:
        hub.status, hub.kind, hub.district, hub.street = WORKING, BASE, d, -1
        hub.key = mix(w.districts[d].key)
        hub.quality = w.parameters[0].base_quality
    fill(w, rows_of_district(w, d), row, usable_slots(hub, slots), luck)


@compiled
def incubation(w: World) -> None:
    """Fills slots and sees whom hubs can advise; support itself comes in `live`, with the organizations' own month."""
    now = w.clock[0]
    luck = stream(now.seed, now.month, INCUBATION)
    for d in range(len(w.districts)):
        w.districts[d].worn = worn(w.districts[d], w.levers[d], w.parameters[0])
    for s in range(len(w.streets)):
        slots = w.levers[w.streets[s].district].hubs_slots
        for row in range(2 * s, 2 * s + 2):
            usable = usable_slots(w.hubs[row], slots)
            if usable > 0:
                fill(w, rows_of_street(w, s), row, usable, luck)
        advise(w, s, now)
    if now.month_of_year % 3 == 1:
        for d in range(len(w.districts)):
            run_base(w, d, luck)
