"""Budgets (process 1): each funder receives its appropriation in its fiscal month; unspent money lapses or stays.

A budget that is raised within the year is paid at once, pro rata of the months left; community funds raise donations.
"""

from __future__ import annotations

from ..compiled import compiled
from ..ledger import APPROPRIATION, CITY, COMMUNITY_FUND, DONATION, LAPSE, LIVELIHOOD
from ..world import World


@compiled
def months_left(month_of_year, fiscal_month):
    """Months from now to the next fiscal month, 1-12."""
    return (fiscal_month - month_of_year - 1) % 12 + 1


@compiled
def receive(funder, ledger, amount):
    """Money comes in from outside."""
    funder.cash += amount
    ledger[funder.kind, APPROPRIATION] += amount


@compiled
def appropriate(w, funder, budget, shock):
    """One funder's month: in the fiscal month the old money lapses and the new arrives; a raise comes pro rata.

    A money shock multiplies what arrives while it lasts.
    """
    now = w.clock[0]
    fiscal_month, carry_over = w.fiscal[funder.kind, 0], w.fiscal[funder.kind, 1]
    if now.month_of_year == fiscal_month:
        if carry_over == 0:
            w.ledger[funder.kind, LAPSE] += funder.cash
            funder.cash = 0
        receive(funder, w.ledger, int(budget * shock))
        funder.budget = budget
    elif budget > funder.budget:
        raised = (budget - funder.budget) * months_left(now.month_of_year, fiscal_month) // 12
        receive(funder, w.ledger, int(raised * shock))
        funder.budget = budget  # a cut within the year takes nothing back, and so its end gives nothing


@compiled
def means_of(w, funder):
    """The unit's means relative to the place's average."""
    if funder.kind == 1 or funder.kind == 3:
        return w.districts[funder.unit].finance
    return w.streets[funder.unit].finance if funder.kind == 2 else 1.0


@compiled
def shock_to(w, funder):
    """The money shock that a funder feels: its district's; the city feels the mean over its districts."""
    shocks = w.shocks[w.clock[0].month]
    if funder.kind != CITY:
        return shocks[funder.district].money
    total = 0.0
    for d in range(len(shocks)):
        total += shocks[d].money
    return total / len(shocks)


@compiled
def raise_donations(w, c, funder):
    """A community whose rank the lever reaches sets up a fund, which raises money among residents and firms."""
    place = w.communities[c]
    levers = w.levers[place.district]
    if place.fund == 0 and place.rank < levers.social_community_funds:
        place.fund = 1
    if place.fund == 1:
        yearly = w.budgets[w.clock[0].month, COMMUNITY_FUND]
        raised = int(yearly * (1.0 + levers.social_pooling) / 12.0)
        funder.cash += raised
        w.ledger[COMMUNITY_FUND, DONATION] += raised


@compiled
def budgets(w: World) -> None:
    """Pays every funder's appropriation and the community funds' donations."""
    now = w.clock[0]
    for row in range(len(w.funders)):
        funder = w.funders[row]
        if funder.kind == COMMUNITY_FUND:
            raise_donations(w, funder.unit, funder)
            continue
        full = w.budgets[now.month, funder.kind]
        if full == 0 and funder.cash == 0:
            if now.month_of_year == w.fiscal[funder.kind, 0]:
                funder.budget = 0
            continue
        share = 1.0 if funder.kind == LIVELIHOOD else means_of(w, funder)
        appropriate(w, funder, int(full * share), shock_to(w, funder))
