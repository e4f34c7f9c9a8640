"""Process 14: group to filed to registered, nascent to growing to mature to brand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miaopu.model.codes import (
    BRAND,
    FILED,
    GROUP,
    GROWING,
    LADDER_UP,
    MATURE,
    NASCENT,
    OWN_BRANCH,
    PAPER,
    REGISTERED,
)

from .agents import Organization, Street
from .chance import Luck

if TYPE_CHECKING:
    from .world import PlainWorld


def hire_filing_staff(street: Street, p: Any) -> None:
    """People who handle filings come and go; the chance that a waiting group is dealt with."""
    district = street.district
    wanted = district.levers.ladder_filing_staff * (1 + 0.5 * street.commitment)
    street.filing_staff += (wanted - street.filing_staff) / 3
    capacity = street.filing_staff * p.filings_per_staff / 12 * (1 + 0.5 * district.staff_skill) * district.shock.filing
    street.filing_chance = min(1.0, capacity / max(1, street.backlog))


def climb(org: Organization, world: PlainWorld) -> None:
    """One look at the ladder, one at the stage."""
    luck = world.luck(LADDER_UP)
    if org.ladder == GROUP:
        be_found(org, luck, world)
        file(org, luck, world)
    elif org.ladder == FILED:
        register(org, luck, world)
    if org.active:
        change_stage(org, luck, world)


def be_found(org: Organization, luck: Luck, world: PlainWorld) -> None:
    """The committee's ledger takes notice of a group."""
    p = world.p
    if not org.known and luck.happens(p.ledger_rate + p.census_rate * org.district.levers.guidance_census, org, 5):
        org.known = 1


def file(org: Organization, luck: Luck, world: PlainWorld) -> None:
    """A known group asks to be filed, waits its time, and is filed as far as the staff reach."""
    district, levers = org.district, org.district.levers
    if org.queue < 0:
        if org.known and (org.active or org.origin == PAPER) and luck.happens(filing_rate(org, world), org, 0):
            org.queue = 0
        return
    org.queue += 1
    wait = levers.ladder_filing_months * (1 - 0.4 * district.rules)
    if org.queue >= wait and luck.draw(org, 1) < org.street.filing_chance:
        org.ladder, org.queue, org.ladder_months = FILED, -1, 0
        org.governance = min(1.0, org.governance + 0.1 * district.rules)
        district.tally["newly_filed"] += 1
        if org.party_ready and luck.draw(org, 2) < levers.party_cells_at_filing:
            org.party = OWN_BRANCH


def filing_rate(org: Organization, world: PlainWorld) -> float:
    """How often a group asks to be filed, per year."""
    p, street, district, levers = world.p, org.street, org.district, org.district.levers
    driven = levers.ladder_filing_drive + 0.5 * street.commitment + org.community.pilot
    drive = 1 + (p.filing_drive - 1) * min(1.0, driven)
    helped = 1 + 0.5 * street.hub_reach * levers.hubs_service_lines + 0.3 * district.rules
    able = 0.4 + 1.2 * min(1.0, org.level / p.start_capability * 0.5)
    late = 1 + district.push * 2 if world.month_of_year >= 10 else 1.0
    return p.filing_rate * drive * helped * able * late


def register(org: Organization, luck: Luck, world: PlainWorld) -> None:
    """A filed body asks to be registered, and waits."""
    p, district, levers = world.p, org.district, org.district.levers
    if org.queue < 0:
        if org.governance >= p.register_governance and org.stage >= GROWING and org.active:
            gate = 1.0 if org.rating < 0 else max(0.1, 1 + levers.evaluation_gate * 2 * (org.rating - 0.5))
            drive = 1 + (p.registration_drive - 1) * levers.ladder_registration_drive
            if luck.happens(p.registering * drive * (1 + 0.3 * district.rules) * gate, org, 3):
                org.queue = 0
        return
    org.queue += 1
    if org.queue >= levers.ladder_registration_months * (1 - 0.4 * district.rules):
        org.ladder, org.queue, org.ladder_months, org.custodian = REGISTERED, -1, 0, None
        district.tally["newly_registered"] += 1


def change_stage(org: Organization, luck: Luck, world: PlainWorld) -> None:
    """At most one step of growth a month, up or down."""
    p, now = world.p, org.level
    if org.stage == NASCENT:
        if org.age >= 12 and now >= p.growing_level:
            org.stage = GROWING
    elif org.stage == GROWING:
        if now >= p.mature_level and org.age >= 30 and org.is_body:
            org.stage = MATURE
        elif now < p.growing_level - 0.1:
            org.stage = NASCENT
    elif org.stage == MATURE:
        if now >= p.brand_level and luck.happens(brand_rate(org, now, world), org, 4):
            org.stage = BRAND
        elif now < p.mature_level - 0.1:
            org.stage = GROWING
    elif now < p.brand_level - 0.15:
        org.stage = MATURE


def brand_rate(org: Organization, now: float, world: PlainWorld) -> float:
    """How often a mature organization becomes a brand, per year."""
    p, levers = world.p, org.district.levers
    projects = levers.activities_brand_projects + 0.3 * levers.activities_festivals
    seen = 1 + org.district.publicity + org.exemplar
    return p.branding * (1 + p.brand_gain * projects) * seen * max(0.0, (now - p.brand_level + 0.1) / 0.2)
