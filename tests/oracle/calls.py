"""Process 10, second part: every instrument pays in its own months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miaopu.model.codes import CALLS, DIFFICULTY, ELDERLY_CHILDREN, FILED, REGISTERED, WORKING

from .agents import Community, District, Organization, Street
from .awarding import Call, award, award_with_villages, has_access, pass_on, share_out
from .chance import Luck, mix
from .money import best, fen, hand_over, pay

if TYPE_CHECKING:
    from .world import PlainWorld


def district_calls(district: District, world: PlainWorld) -> None:
    """What a district pays this month."""
    month, levers = world.month_of_year, district.levers
    if month % 3 == 0:
        share_out(world, district.rows, district.bureau, "activity", levers.funding_activity_subsidy / 4)
    if month == 5:
        venture(district, world)
    if month == 6:
        demonstrate(district, world)
    if month in (2, 8):
        bridge(district, world)


def start_up(org: Organization, world: PlainWorld) -> None:
    """The newly filed get a grant once, whole or not at all, in the order of rows while the purse lasts."""
    bureau, grant = org.district.bureau, fen(org.district.levers.funding_startup_grant)
    new = org.ladder == FILED and org.ladder_months < 12 and org.since_grant > org.age
    if new and has_access(org) and 0 < grant <= bureau.cash:
        hand_over(world, org, pay(world, bureau, "startup", grant))


def venture(district: District, world: PlainWorld) -> None:
    """In May the bureau awards what it can spare, and the lottery fund its share."""
    p, levers, bureau, lottery = world.p, district.levers, district.bureau, district.lottery
    size = fen(levers.funding_venture_award)
    wanted = fen(levers.funding_venture_budget * district.finance)
    hubs = district.achieved * len(district.streets)
    each = levers.hubs_annual_support + levers.hubs_social_workers * p.worker_cost
    months = (world.fiscal_year("district_bureau")[0] - 5 - 1) % 12
    kept = months * (district.dues + fen(hubs * each / 12))
    call = Call(bureau, "venture", size, 0)
    award_with_villages(world, district, district.rows, call, min(wanted, bureau.cash - kept))
    if lottery.cash > 0:
        ours = int(lottery.cash * levers.funding_lottery_share)
        pay(world, lottery, "others", lottery.cash - ours)
        award_with_villages(world, district, district.rows, Call(lottery, "venture", size, 2), ours)


def demonstrate(district: District, world: PlainWorld) -> None:
    """In June the city pays demonstration projects of registered bodies."""
    p = world.p
    size = fen(p.demonstration_size)
    number = int(district.levers.funding_demonstration_access * p.demonstrations * len(district.streets) / 8 + 0.5)
    rows = [org for org in district.rows if org.ladder == REGISTERED]
    award(world, rows, Call(world.city, "demonstration", size, 4), number * size)


def bridge(district: District, world: PlainWorld) -> None:
    """In February and August a working fund helps those whose purse is empty."""
    p = world.p
    fund = min(fen(0.5 * district.levers.funding_working_fund), district.bureau.cash)
    needy = [org for org in district.rows if has_access(org) and org.cash < fen(p.low_purse)]
    if fund <= 0 or not needy:
        return
    each = min(fund // len(needy), fen(p.bridge))
    for org in needy:
        hand_over(world, org, pay(world, district.bureau, "working_fund", each))


def street_calls(street: Street, world: PlainWorld) -> None:
    """What a street and its communities pay this month."""
    month = world.month_of_year
    if month == 3:
        purchase(street, world)
    if month in (4, 10):
        for community in street.communities:
            vote_on_projects(community, world)
    if month % 3 == 2:
        donate(street, world)
        for community in street.communities:
            grant_small(community, world)


def purchase(street: Street, world: PlainWorld) -> None:
    """In March a street buys services, a part of them through its hub."""
    levers, funder = street.district.levers, street.funder
    budget = min(fen(levers.funding_purchase_budget * street.finance), funder.cash)
    if budget <= 0:
        return
    size = fen(world.p.purchase_size)
    through_hub = 0
    if any(hub.status == WORKING and hub.registered for hub in street.hub_rows):
        through_hub = int(budget * levers.custody_hub_contractor)
    if through_hub > 0:
        through_hub = pass_on(world, street.rows, funder, through_hub, size // 4)
    call = Call(funder, "purchase", size, 60)
    award_with_villages(world, street.district, street.rows, call, budget - through_hub)


def vote_on_projects(community: Community, world: PlainWorld) -> None:
    """In April and October residents vote on micro-projects; other contractors get the rest."""
    funder, levers = community.livelihood, community.district.levers
    share = 0.5 * levers.funding_micro_project_share
    left = min(funder.cash, int(funder.budget * share))
    pay(world, funder, "others", min(funder.cash - left, funder.budget // 2 - left))
    if left <= 0:
        return
    full = fen(world.p.micro_project_size)
    luck = Luck(mix(world.luck(CALLS).number ^ community.key))
    bidders = [org for org in community.street.rows if has_access(org) and (org.ladder == FILED or org.age >= 12)]
    votes = [
        org.service
        + 0.4 * (org.community is community)
        + 0.5 * (levers.funding_performance_weight * max(0.0, org.rating))
        + 0.5 * (levers.funding_party_priority * (org.party > 0))
        + luck.draw(org, 6)
        for org in bidders
    ]
    for i in best(votes, len(votes)):
        org = bidders[i]
        piece = min(left, full if org.ladder == REGISTERED else full // 2)
        if piece <= 0:
            return
        hand_over(world, org, pay(world, funder, "micro_project", piece))
        left -= piece


def donate(street: Street, world: PlainWorld) -> None:
    """Charities and rural revitalisation give to those whom they favour."""
    levers = street.district.levers
    bodies = [org for org in street.rows if org.active and org.is_body]
    caring = [org for org in bodies if org.domain in (ELDERLY_CHILDREN, DIFFICULTY)]
    rural = [org for org in bodies if org.community.rural]
    give(world, "charity", fen(levers.social_charity_support / 4), caring)
    give(world, "revitalisation", fen(levers.rural_revitalisation_fund / 4) * street.rural, rural)


def give(world: PlainWorld, instrument: str, amount: int, chosen: list[Organization]) -> None:
    """A gift from outside, in equal parts."""
    if amount <= 0 or not chosen:
        return
    each = amount // len(chosen)
    for org in chosen:
        org.cash += each
        org.own12 += each
        world.enter("organization", instrument, each)


def grant_small(community: Community, world: PlainWorld) -> None:
    """A community fund gives micro-grants, groups included."""
    if not community.fund:
        return
    size, fund, luck = fen(community.district.levers.social_micro_grant), community.community_fund, world.luck(CALLS)
    scores = [org.active * (1 + org.leadership + luck.draw(org, 63)) for org in community.rows]
    for i in best(scores, len(scores)):
        org = community.rows[i]
        if fund.cash < size or not org.active:
            return
        paid = pay(world, fund, "micro_grant", size)
        org.cash += paid
        org.own12 += paid
