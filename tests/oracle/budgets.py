"""Process 1: each funder's year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .agents import Funder

if TYPE_CHECKING:
    from .world import PlainWorld


def receive(funder: Funder, world: PlainWorld) -> None:
    """A month of one funder; the levers are still those of last month."""
    if funder.kind == "community_fund":
        collect(funder, world)
    else:
        draw_budget(funder, world)


def collect(funder: Funder, world: PlainWorld) -> None:
    """Donations to a community fund, once it is set up."""
    community, levers = funder.unit, funder.district.levers
    if not community.fund and community.rank < levers.social_community_funds:
        community.fund = 1
    if community.fund:
        given = int(world.full_budget(funder.kind) * (1 + levers.social_pooling) / 12)
        funder.cash += given
        world.enter(funder.kind, "donation", given)


def draw_budget(funder: Funder, world: PlainWorld) -> None:
    """The fiscal month brings the year's money; a raise within the year arrives at once."""
    full = world.full_budget(funder.kind)
    fiscal, carries_over = world.fiscal_year(funder.kind)
    month = world.month_of_year
    if full == 0 and funder.cash == 0:
        if month == fiscal:
            funder.budget = 0
        return
    share, shock = means(funder, world)
    amount = int(full * share)
    if month == fiscal:
        if not carries_over:
            world.enter(funder.kind, "lapse", funder.cash)
            funder.cash = 0
        arrive(funder, world, int(amount * shock))
        funder.budget = amount
    elif amount > funder.budget:
        left = (fiscal - month - 1) % 12 + 1
        raised = (amount - funder.budget) * left // 12
        arrive(funder, world, int(raised * shock))
        funder.budget = amount


def means(funder: Funder, world: PlainWorld) -> tuple[float, float]:
    """The unit's share of the usual budget, and the money shock that it feels."""
    if funder.kind == "city":
        total = 0.0
        for district in world.districts:
            total += district.shock.money
        return 1.0, total / len(world.districts)
    if funder.kind == "livelihood_projects":
        return 1.0, funder.district.shock.money
    return funder.unit.finance, funder.district.shock.money


def arrive(funder: Funder, world: PlainWorld, amount: int) -> None:
    """Money comes in from outside."""
    funder.cash += amount
    world.enter(funder.kind, "appropriation", amount)
