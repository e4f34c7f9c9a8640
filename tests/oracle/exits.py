"""Process 16: organizations fall dormant; the books follow later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miaopu.model.codes import EXIT, GROUP, PAPER

from .agents import Organization
from .chance import monthly
from .money import fen, running_costs

if TYPE_CHECKING:
    from .world import PlainWorld


def leave(org: Organization, world: PlainWorld) -> None:
    """One month of one organization: it may fall dormant, wake, or be struck off."""
    luck = world.luck(EXIT)
    if org.active:
        if luck.happens(exit_rate(org, world), org, 0):
            fall_dormant(org)
        return
    org.idle_months += 1
    levers = org.district.levers
    called = levers.party_regular_contact + min(1.0, levers.committee_liaison_posts)
    if org.origin != PAPER and luck.happens(world.p.reviving * (1 + called), org, 1):
        org.active = 1
    elif luck.draw(org, 2) < striking_chance(org, world):
        strike_off(org, world)


def exit_rate(org: Organization, world: PlainWorld) -> float:
    """How often an organization falls dormant, per year."""
    p, district = world.p, org.district
    rate = (p.exit_group, p.exit_filed, p.exit_registered)[org.ladder]
    if org.ladder == GROUP:
        rate *= 1 - 0.3 * district.levers.ladder_self_management
    if org.age < 24 and org.since_grant > 12:
        rate *= p.newness
    reserves = min(1.0, org.cash / max(1, 0.5 * fen(running_costs(org, p))))
    rate *= 1 - (1 - p.purse_protects) * reserves
    return rate * (1.2 - 0.8 * org.service) * (1.1 - 0.33 * org.leadership) * district.shock.exit


def fall_dormant(org: Organization) -> None:
    """It stops work, and loses its slot and its place in the queue."""
    if org.incubating > 0:
        org.district.tally["left_incubation"] += 1
    org.active = org.idle_months = org.incubating = 0
    org.hub, org.queue = None, -1


def striking_chance(org: Organization, world: PlainWorld) -> float:
    """The chance that the books notice."""
    p, levers = world.p, org.district.levers
    if org.ladder == GROUP:
        return monthly(p.group_vanishing)
    chance = world.clean_up_of(org.district)
    if world.month_of_year == 6:
        looked = 1 + (levers.evaluation_supervision + levers.evaluation_digital_supervision)
        chance = max(chance, min(1.0, p.verification * looked))
    return chance


def strike_off(org: Organization, world: PlainWorld) -> None:
    """It leaves the books; what it held goes elsewhere."""
    world.enter("organization", "wound_up", org.cash)
    org.cash = org.alive = org.active = 0
    org.district.tally["dissolved" if org.is_body else "dissolved_groups"] += 1
    org.remove()
