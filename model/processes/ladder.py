"""Ladder (process 15): group to filed to registered, nascent to growing to mature to brand.

Filing is mostly the relabelling of groups that exist: committees recommend, a queue forms, staff work it off. What
is asked (conditions, delay) is policy; a rating may open or bar the way.
"""

from __future__ import annotations

from ..codes import BRAND, FILED, GROUP, GROWING, MATURE, NASCENT, NO_CUSTODIAN, REGISTERED
from ..compiled import compiled
from ..draws import draw, happens
from ..tallies import NEWLY_FILED, NEWLY_REGISTERED
from ..world import World
from .mentoring import level
from .party import set_up_on_filing


@compiled
def late_rush(push, month_of_year):
    """Filings bunch in the last quarter when somebody counts."""
    return 1.0 + push * (2.0 if month_of_year >= 10 else 0.0)


@compiled
def gate(org, levers):
    """A rating opens or bars the way to registration as far as it is used as a gate (groups are not rated)."""
    if org.rating < 0.0:
        return 1.0
    return max(0.1, 1.0 + levers.evaluation_gate * 2.0 * (org.rating - 0.5))


@compiled
def seeking_rate(org, place, street, district, levers, month_of_year, p):
    """Rate per year at which a known group asks to be filed."""
    urged = min(1.0, levers.ladder_filing_drive + 0.5 * street.commitment + place.pilot)
    drive = 1.0 + (p.filing_drive - 1.0) * urged
    helped = 1.0 + 0.5 * street.hub_reach * levers.hubs_service_lines + 0.3 * district.rules
    able = 0.4 + 1.2 * min(1.0, level(org) / p.start_capability * 0.5)
    return p.filing_rate * drive * helped * able * late_rush(district.push, month_of_year)


@compiled
def filing_chance(street, district, shock, p):
    """Chance that a waiting group is dealt with this month: what the staff can do over who waits."""
    capacity = street.filing_staff * p.filings_per_staff / 12.0 * (1.0 + 0.5 * district.staff_skill) * shock
    return min(1.0, capacity / max(1.0, street.backlog))


@compiled
def step_filed(w, org):
    """The group is filed."""
    org.ladder, org.queue, org.ladder_months = FILED, -1, 0
    org.governance = min(1.0, org.governance + 0.1 * w.districts[org.district].rules)
    w.tallies[org.district, NEWLY_FILED] += 1.0


@compiled
def file(w, org, street, district, levers, now, luck, p):
    """A group asks, waits at least the set time, and is filed when the staff come to it."""
    if org.queue < 0:
        if org.known == 0 or (org.active == 0 and org.origin != 3):
            return
        rate = seeking_rate(org, w.communities[org.community], street, district, levers, now.month_of_year, p)
        if happens(rate, luck, org.key, 0):
            org.queue = 0
        return
    org.queue += 1
    wait = levers.ladder_filing_months * (1.0 - 0.4 * district.rules)
    if org.queue >= wait and draw(luck, org.key, 1) < street.filing_chance:
        step_filed(w, org)
        set_up_on_filing(org, levers, draw(luck, org.key, 2))


@compiled
def register(w, org, district, levers, luck, p):
    """A filed organization that meets the conditions is recommended, and registered after the set time."""
    if org.queue < 0:
        met = org.governance >= p.register_governance and org.stage >= GROWING and org.active == 1
        if not met:
            return
        drive = 1.0 + (p.registration_drive - 1.0) * levers.ladder_registration_drive
        eased = 1.0 + 0.3 * district.rules
        if happens(p.registering * drive * eased * gate(org, levers), luck, org.key, 3):
            org.queue = 0
        return
    org.queue += 1
    if org.queue >= levers.ladder_registration_months * (1.0 - 0.4 * district.rules):
        org.ladder, org.queue, org.ladder_months = REGISTERED, -1, 0
        org.custodian = NO_CUSTODIAN  # it now holds its money itself
        w.tallies[org.district, NEWLY_REGISTERED] += 1.0


@compiled
def brand_rate(org, district, levers, p):
    """Rate per year at which a mature organization of standing becomes a brand."""
    support = 1.0 + p.brand_gain * (levers.activities_brand_projects + 0.3 * levers.activities_festivals)
    seen = 1.0 + district.publicity + org.exemplar
    return p.branding * support * seen * max(0.0, (level(org) - p.brand_level + 0.1) / 0.2)


@compiled
def grow_up(org, district, levers, luck, p):
    """Stages follow capability, upwards with time and downwards when it is lost."""
    now = level(org)
    if org.stage == NASCENT and org.age >= 12 and now >= p.growing_level:
        org.stage = GROWING
    elif org.stage == GROWING:
        if now >= p.mature_level and org.age >= 30 and org.ladder >= FILED:
            org.stage = MATURE
        elif now < p.growing_level - 0.1:
            org.stage = NASCENT
    elif org.stage == MATURE:
        if now >= p.brand_level and happens(brand_rate(org, district, levers, p), luck, org.key, 4):
            org.stage = BRAND
        elif now < p.mature_level - 0.1:
            org.stage = GROWING
    elif org.stage == BRAND and now < p.brand_level - 0.15:
        org.stage = MATURE


@compiled
def find(org, levers, luck, p):
    """A baseline survey or the committee's ledger finds a group."""
    if org.known == 0 and happens(p.ledger_rate + p.census_rate * levers.guidance_census, luck, org.key, 5):
        org.known = 1


@compiled
def climb(w, org, street, district, levers, now, luck, p):
    """One organization's month of recognition and of growing up."""
    if org.ladder == GROUP:
        find(org, levers, luck, p)
        file(w, org, street, district, levers, now, luck, p)
    elif org.ladder == FILED:
        register(w, org, district, levers, luck, p)
    if org.active == 1:
        grow_up(org, district, levers, luck, p)


@compiled
def staff_streets(w: World) -> None:
    """Filing staff of every street, what the plan gives and some whom commitment draws from other work; its queue."""
    p, shocks = w.parameters[0], w.shocks[w.clock[0].month]
    for s in range(len(w.streets)):
        street = w.streets[s]
        wanted = w.levers[street.district].ladder_filing_staff * (1.0 + 0.5 * street.commitment)
        street.filing_staff += (wanted - street.filing_staff) / 3.0
        shock = shocks[street.district].filing
        street.filing_chance = filing_chance(street, w.districts[street.district], shock, p)
