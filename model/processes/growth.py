"""Growth (process 13): capabilities grow towards one and erode; money comes and goes; leaders leave.

Support, training, practice, mentoring and rules each feed the capability that they concern. Where grants make up
most of the income, an organization forgets how to earn (resource dependence).
"""

from __future__ import annotations

from ..codes import FILED, GROUP, GROWING, MATURE, REGISTERED
from ..compiled import compiled
from ..draws import draw, happens
from ..ledger import EARNED, ORGANIZATION, RUNNING_COST, TAX, fen
from .service import MONTH, project_money


@compiled
def grown(level, push, erosion):
    """A capability after a month in which it is pushed at `push` a year and erodes at `erosion` a year."""
    return min(1.0, max(0.0, level + (push * (1.0 - level) - erosion * level) * MONTH))


@compiled
def dependence(org):
    """Share of public money in an organization's income of the last year."""
    return org.public12 / (org.public12 + org.own12) if org.public12 > 0.0 else 0.0


@compiled
def learn(org, place, district, levers, p):
    """One month of the four capabilities."""
    practice = p.practice * min(1.0, org.activity * p.per_activity)
    supported = p.support_gain * org.support
    taught = p.training_gain * org.trained
    mentored = p.mentor_gain * max(0.0, org.mentor_level - org.service) * (org.mentored > 0)
    to_charter = max(0.0, 1.0 - org.governance / p.charter_level)  # charters and inspectors ask no more
    rules = district.rules * to_charter * (org.ladder >= FILED)
    rules += levers.ladder_self_management * 0.5 * (org.ladder == GROUP)
    inspected = levers.evaluation_supervision * to_charter
    watched = inspected + 0.3 * (org.party > 0) * (1.0 + 0.3 * levers.party_instructors)
    paid = p.money_gain * min(1.0, org.public12 * p.per_purse)
    lines = levers.hubs_service_lines * org.support
    fit = levers.incubation_stage_matching * p.stage_gain * org.support
    own_money = supported * (1.0 + fit * (org.stage == GROWING))
    spoilt = p.dependence_loss * max(0.0, dependence(org) - 0.7)
    own_staff = 0.05 * levers.rural_staff * place.rural + 0.1 * district.licensed * (org.ladder == REGISTERED)
    talent = 0.1 * min(1.0, district.backbone)
    habit = p.habit + p.professional * (org.ladder == REGISTERED)
    g = org.gift
    governed = habit + supported + 0.5 * taught + p.rules_gain * (rules + 0.5 * watched)
    served = p.habit + practice + supported + 0.5 * taught + mentored + paid + own_staff
    funded = habit + own_money + 0.3 * taught + 0.2 * lines + 0.5 * mentored
    org.governance = grown(org.governance, g * governed, p.erosion)
    org.service = grown(org.service, g * served, p.erosion)
    org.finance = grown(org.finance, g * funded, p.erosion + spoilt)
    org.leadership = grown(org.leadership, g * (p.habit + 0.5 * practice + taught + 0.5 * mentored + talent), p.erosion)


@compiled
def running_cost(org, p):
    """What an organization spends a year, in yuan, before its projects."""
    if org.ladder == GROUP:
        return p.cost_group
    return p.cost_filed if org.ladder == FILED else p.cost_registered


@compiled
def earn(w, org, levers, p):
    """Own income: fees, sales and sponsors, rising with skill in money matters and with pooled local resources."""
    base = (
        p.earned_registered if org.ladder == REGISTERED else (p.earned_filed if org.ladder == FILED else p.earned_group)
    )
    skill = 0.3 + 1.4 * org.finance
    income = fen(base * skill * (1.0 + 0.3 * levers.social_pooling) * MONTH)
    tax = 0
    if org.ladder == REGISTERED:
        tax = int(income * p.tax * (1.0 - levers.funding_tax_relief))
    org.cash += income - tax
    org.own12 += income - tax
    w.ledger[ORGANIZATION, EARNED] += income
    w.ledger[ORGANIZATION, TAX] += tax


@compiled
def spend(w, org, p):
    """Running costs, and project money worked off over about a year."""
    wanted = fen(running_cost(org, p) * MONTH) + project_money(org, p)
    spent = min(org.cash, wanted)
    org.cash -= spent
    w.ledger[ORGANIZATION, RUNNING_COST] += spent


@compiled
def change_leader(org, district, levers, luck, p):
    """A leader may leave and takes training and some of the leadership along; a talent pool softens the loss."""
    held = 1.0 - 0.3 * org.leader_committee - 0.2 * levers.party_recruitment
    if not happens(p.leader_turnover * held, luck, org.key, 0):
        return
    ready = min(1.0, district.backbone / max(1e-9, p.leader_turnover))  # the pool against the year's leavers
    org.trained *= 0.5 * ready
    org.leadership *= 1.0 - p.leader_loss * (1.0 - 0.7 * ready)
    willing = p.leaders_party + (1.0 - p.leaders_party) * 0.5 * levers.party_leaders_from_party
    org.leader_party = draw(luck, org.key, 1) < willing
    org.leader_committee = 0


@compiled
def co_opt(org, levers, luck, p):
    """An able leader may be taken into a sub-committee."""
    if org.leader_committee == 0 and org.leadership > 0.4:
        org.leader_committee = happens(p.co_option * levers.committee_co_option, luck, org.key, 2)


@compiled
def gather(org, place, p):
    """Members follow activity, trust and stage, slowly."""
    wanted = 15.0 + 25.0 * org.service + 10.0 * (org.stage >= MATURE) + 10.0 * place.trust
    org.members += (wanted - org.members) * 0.5 * MONTH


@compiled
def grow(w, org, place, district, levers, luck, p):
    """One month of an organization's own development."""
    org.age += 1
    org.ladder_months += 1
    org.since_grant = min(1000, org.since_grant + 1)
    org.public12 -= org.public12 * MONTH
    org.own12 -= org.own12 * MONTH
    if org.active == 1:
        earn(w, org, levers, p)
        spend(w, org, p)
        learn(org, place, district, levers, p)
        change_leader(org, district, levers, luck, p)
        co_opt(org, levers, luck, p)
        gather(org, place, p)
    org.mentored = max(0, org.mentored - 1)
