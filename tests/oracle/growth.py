"""Process 12: money comes and goes, capabilities grow and erode, leaders leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miaopu.model.codes import FILED, GROWING, GROWTH, MATURE, REGISTERED

from .agents import Organization
from .chance import MONTH, Luck
from .money import fen, project_money, running_costs

if TYPE_CHECKING:
    from .world import PlainWorld


def grow(org: Organization, world: PlainWorld) -> None:
    """A month passes; those at work earn, spend, learn, change leaders and members."""
    org.age += 1
    org.ladder_months += 1
    org.since_grant = min(1000, org.since_grant + 1)
    org.public12 -= org.public12 * MONTH
    org.own12 -= org.own12 * MONTH
    if org.active:
        luck = world.luck(GROWTH)
        earn(org, world)
        spend(org, world)
        learn(org, world.p)
        change_leader(org, luck, world.p)
        co_opt(org, luck, world.p)
        wanted = 15 + 25 * org.service + 10 * (org.stage >= MATURE) + 10 * org.community.trust
        org.members += (wanted - org.members) * 0.5 * MONTH
    org.mentored = max(0, org.mentored - 1)


def earn(org: Organization, world: PlainWorld) -> None:
    """Own income, less the tax of the registered."""
    p, levers = world.p, org.district.levers
    base = (p.earned_group, p.earned_filed, p.earned_registered)[org.ladder]
    income = fen(base * (0.3 + 1.4 * org.finance) * (1 + 0.3 * levers.social_pooling) * MONTH)
    tax = int(income * p.tax * (1 - levers.funding_tax_relief)) if org.ladder == REGISTERED else 0
    org.cash += income - tax
    org.own12 += income - tax
    world.enter("organization", "earned", income)
    world.enter("organization", "tax", tax)


def spend(org: Organization, world: PlainWorld) -> None:
    """Running costs, and projects out of what is beyond a comfortable purse."""
    p = world.p
    spent = min(org.cash, fen(running_costs(org, p) * MONTH) + project_money(org, p))
    org.cash -= spent
    world.enter("organization", "running_cost", spent)


def dependence(org: Organization) -> float:
    """The share of public money in its income of about a year."""
    return org.public12 / (org.public12 + org.own12) if org.public12 > 0 else 0.0


def learn(org: Organization, p: Any) -> None:
    """Each capability is pushed up and erodes."""
    levers, district = org.district.levers, org.district
    registered = org.ladder == REGISTERED
    practice = p.practice * min(1.0, org.activity * p.per_activity)
    supported = p.support_gain * org.support
    taught = p.training_gain * org.trained
    mentored = p.mentor_gain * max(0.0, org.mentor_level - org.service) * (org.mentored > 0)
    to_charter = max(0.0, 1 - org.governance / p.charter_level)
    rules = district.rules * to_charter if org.ladder >= FILED else levers.ladder_self_management * 0.5
    watched = levers.evaluation_supervision * to_charter + 0.3 * (org.party > 0) * (1 + 0.3 * levers.party_instructors)
    paid = p.money_gain * min(1.0, org.public12 * p.per_purse)
    lines = levers.hubs_service_lines * org.support
    fit = levers.incubation_stage_matching * p.stage_gain * org.support
    own_money = supported * (1 + fit * (org.stage == GROWING))
    spoilt = p.dependence_loss * max(0.0, dependence(org) - 0.7)
    own_staff = 0.05 * levers.rural_staff * org.community.rural + 0.1 * district.licensed * registered
    talent = 0.1 * min(1.0, district.backbone)
    habit = p.habit + p.professional * registered

    governance = org.gift * (habit + supported + 0.5 * taught + p.rules_gain * (rules + 0.5 * watched))
    service = org.gift * (p.habit + practice + supported + 0.5 * taught + mentored + paid + own_staff)
    finance = org.gift * (habit + own_money + 0.3 * taught + 0.2 * lines + 0.5 * mentored)
    leadership = org.gift * (p.habit + 0.5 * practice + taught + 0.5 * mentored + talent)
    org.governance = pushed(org.governance, governance, p.erosion)
    org.service = pushed(org.service, service, p.erosion)
    org.finance = pushed(org.finance, finance, p.erosion + spoilt)
    org.leadership = pushed(org.leadership, leadership, p.erosion)


def pushed(level: float, push: float, erosion: float) -> float:
    """A capability one month later."""
    return min(1.0, max(0.0, level + (push * (1 - level) - erosion * level) * MONTH))


def change_leader(org: Organization, luck: Luck, p: Any) -> None:
    """A leader may leave; a backbone in the pool softens the loss."""
    levers = org.district.levers
    held = 1 - 0.3 * org.leader_committee - 0.2 * levers.party_recruitment
    if luck.happens(p.leader_turnover * held, org, 0):
        ready = min(1.0, org.district.backbone / max(1e-9, p.leader_turnover))
        org.trained *= 0.5 * ready
        org.leadership *= 1 - p.leader_loss * (1 - 0.7 * ready)
        willing = p.leaders_party + (1 - p.leaders_party) * 0.5 * levers.party_leaders_from_party
        org.leader_party = int(luck.draw(org, 1) < willing)
        org.leader_committee = 0


def co_opt(org: Organization, luck: Luck, p: Any) -> None:
    """An able leader may be taken into a sub-committee."""
    if org.leader_committee == 0 and org.leadership > 0.4:
        rate = p.co_option * org.district.levers.committee_co_option
        org.leader_committee = int(luck.happens(rate, org, 2))
