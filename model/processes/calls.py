"""Calls (process 10): every instrument pays in its own months, to whom its rules allow, as far as its money reaches."""

from __future__ import annotations

import numpy as np

from ..codes import CALLS, DIFFICULTY, ELDERLY_CHILDREN, FILED, GROUP, REGISTERED
from ..compiled import compiled
from ..draws import draw, mix, stream
from ..grouping import best, rows_of_district, rows_of_street
from ..ledger import (
    ACTIVITY,
    CHARITY,
    DEMONSTRATION,
    MICRO_GRANT,
    MICRO_PROJECT,
    ORGANIZATION,
    OTHERS,
    PURCHASE,
    REVITALISATION,
    STARTUP,
    VENTURE,
    WORKING_FUND,
    fen,
    pay,
)
from ..world import World
from .awarding import award, award_with_tilt, share_out
from .custody import hand_over, has_access

PURCHASE_MONTH, MICRO_MONTHS, VENTURE_MONTH, DEMONSTRATION_MONTH = 3, (4, 10), 5, 6
FUND_MONTHS = (2, 8)  # working fund
SINCE_FILING = 12  # months within which a start-up grant can still be claimed


@compiled
def start_up(w, org, levers):
    """A newly filed organization with access gets its start-up grant once, from the district, as long as it can pay."""
    if org.ladder != FILED or org.ladder_months >= SINCE_FILING or org.since_grant <= org.age:
        return
    grant, bureau = fen(levers.funding_startup_grant), w.funders[1 + org.district]
    if has_access(org) and 0 < grant <= bureau.cash:
        hand_over(w, org, pay(bureau, w.ledger, STARTUP, grant))


@compiled
def kept_back(w, d, now):
    """What a district keeps for its standing duties until new money comes: priced levers, hubs' support and posts."""
    levers = w.levers[d]
    hubs = w.districts[d].achieved * w.districts[d].streets
    each = levers.hubs_annual_support + levers.hubs_social_workers * w.parameters[0].worker_cost
    months = (w.fiscal[1, 0] - now.month_of_year - 1) % 12
    return months * (w.dues[now.month, d] + fen(hubs * each / 12.0))


@compiled
def venture(w, d, rows, now, luck):
    """The yearly venture competition: the district's budget and the organizations' share of its lottery money."""
    levers, bureau = w.levers[d], w.funders[1 + d]
    size = fen(levers.funding_venture_award)
    wanted = fen(levers.funding_venture_budget * w.districts[d].finance)
    award_with_tilt(w, d, rows, bureau, VENTURE, min(wanted, bureau.cash - kept_back(w, d, now)), size, luck, 0)
    lottery = w.funders[now.lottery_funders + d]
    if lottery.cash > 0:
        for_organizations = int(lottery.cash * levers.funding_lottery_share)
        pay(lottery, w.ledger, OTHERS, lottery.cash - for_organizations)
        award_with_tilt(w, d, rows, lottery, VENTURE, for_organizations, size, luck, 2)


@compiled
def demonstration(w, d, rows, now, luck):
    """Demonstration projects of the city, open to registered organizations as far as they are let in."""
    access = w.levers[d].funding_demonstration_access
    size = fen(w.parameters[0].demonstration_size)
    wanted = int(access * w.parameters[0].demonstrations * w.districts[d].streets / 8.0 + 0.5) * size
    award(w, rows, w.funders[0], DEMONSTRATION, wanted, size, luck, 4, False, True)


@compiled
def bidders(w, rows, c, levers, luck, scores, found):
    """Who of a street may bid for community `c`'s micro-projects: clean registered bodies and filed ones in custody."""
    count = 0
    vote = mix(luck ^ w.communities[c].key)  # each community votes by itself
    for i in rows:
        org = w.organizations[i]
        old_enough = org.ladder == FILED or org.age >= 12
        if has_access(org) and old_enough:
            near = 0.4 * (org.community == c)
            rated = levers.funding_performance_weight * max(0.0, org.rating)
            sound = levers.funding_party_priority * (org.party > 0)
            scores[count] = org.service + near + 0.5 * rated + 0.5 * sound + draw(vote, org.key, 6)
            found[count] = i
            count += 1
    return count


@compiled
def micro_projects(w, s, rows, now, luck):
    """Twice a year residents vote on micro-projects; the organizations' share of the money is spread by the vote."""
    levers, p = w.levers[w.streets[s].district], w.parameters[0]
    share = 0.5 * levers.funding_micro_project_share
    scores, found = np.empty(len(rows)), np.empty(len(rows), np.int64)
    for c in range(w.community_first[s], w.community_first[s + 1]):
        funder = w.funders[now.livelihood_funders + c]
        left = int(min(funder.cash, int(funder.budget * share)))
        pay(funder, w.ledger, OTHERS, min(funder.cash - left, funder.budget // 2 - left))
        if left <= 0:
            continue
        count = bidders(w, rows, c, levers, luck, scores, found)
        full = fen(p.micro_project_size)
        for j in best(scores[:count], left // max(1, full // 2) + 1):
            org = w.organizations[found[j]]
            piece = min(left, full if org.ladder == REGISTERED else full // 2)
            if piece <= 0:
                break
            hand_over(w, org, pay(funder, w.ledger, MICRO_PROJECT, piece))
            left -= piece


@compiled
def purchase(w, s, rows, now, luck):
    """The street buys services: a part through its hub, passed on to filed bodies, the rest by open choice."""
    street = w.streets[s]
    levers, p = w.levers[street.district], w.parameters[0]
    funder = w.funders[now.street_funders + s]
    budget = min(fen(levers.funding_purchase_budget * street.finance), funder.cash)
    if budget <= 0:
        return
    through_hub = 0
    for row in range(2 * s, 2 * s + 2):
        if w.hubs[row].status == 2 and w.hubs[row].registered == 1:
            through_hub = int(budget * levers.custody_hub_contractor)
    size = fen(p.purchase_size)
    if through_hub > 0:
        through_hub = pass_on(w, rows, funder, through_hub, size // 4, luck)
    award_with_tilt(w, street.district, rows, funder, PURCHASE, budget - through_hub, size, luck, 60)


@compiled
def pass_on(w, rows, funder, budget, size, luck):
    """The hub as single contractor hands work to filed organizations, whether they have a custodian or not."""
    scores, found = np.empty(len(rows)), np.empty(len(rows), np.int64)
    count, spent = 0, 0
    for i in rows:
        org = w.organizations[i]
        if org.ladder == FILED and org.active == 1 and org.clean == 1:
            scores[count] = org.service + 0.5 * draw(luck, org.key, 62)
            found[count] = i
            count += 1
    for j in best(scores[:count], budget // max(1, size) + 1):
        if spent + size > budget:
            break
        paid = pay(funder, w.ledger, PURCHASE, size)
        hand_over(w, w.organizations[found[j]], paid)
        spent += paid
    return spent


@compiled
def working_fund(w, d, rows):
    """Active organizations whose purse is empty are bridged, in equal shares of half the year's fund."""
    bureau = w.funders[1 + d]
    fund = min(fen(0.5 * w.levers[d].funding_working_fund), bureau.cash)
    needy = 0
    for i in rows:
        org = w.organizations[i]
        needy += has_access(org) and org.cash < fen(w.parameters[0].low_purse)
    if fund <= 0 or needy == 0:
        return
    each = min(fund // needy, fen(w.parameters[0].bridge))
    for i in rows:
        org = w.organizations[i]
        if has_access(org) and org.cash < fen(w.parameters[0].low_purse):
            hand_over(w, org, pay(bureau, w.ledger, WORKING_FUND, each))


@compiled
def micro_grants(w, c, now, luck):
    """Each quarter a community fund gives small grants, legal status not asked, to the keenest."""
    place = w.communities[c]
    if place.fund == 0:
        return
    funder = w.funders[now.community_funds + c]
    size = fen(w.levers[place.district].social_micro_grant)
    rows = w.order[w.first[c] : w.first[c + 1]]
    scores = np.empty(len(rows))
    for j in range(len(rows)):
        org = w.organizations[rows[j]]
        scores[j] = org.active * (1.0 + org.leadership + draw(luck, org.key, 63))
    for j in best(scores, funder.cash // max(1, size) + 1):
        org = w.organizations[rows[j]]
        if funder.cash < size or org.active == 0:
            return
        paid = pay(funder, w.ledger, MICRO_GRANT, size)
        org.cash += paid
        org.own12 += paid


@compiled
def donations(w, s, rows, now):
    """Charities support those who serve people in need; rural-revitalisation money reaches village organizations."""
    street = w.streets[s]
    levers = w.levers[street.district]
    give(w, rows, fen(levers.social_charity_support / 4.0), CHARITY)
    give(w, rows, fen(levers.rural_revitalisation_fund / 4.0) * street.rural, REVITALISATION)


@compiled
def chosen_by(w, org, instrument):
    """Whom a donor from outside supports."""
    if org.active == 0 or org.ladder == GROUP:
        return False
    if instrument == CHARITY:
        return org.domain == ELDERLY_CHILDREN or org.domain == DIFFICULTY
    return w.communities[org.community].rural == 1


@compiled
def give(w, rows, amount, instrument):
    """`amount` fen from outside in equal parts to the chosen."""
    if amount <= 0:
        return
    count = 0
    for i in rows:
        count += chosen_by(w, w.organizations[i], instrument)
    if count == 0:
        return
    each = amount // count
    for i in rows:
        org = w.organizations[i]
        if chosen_by(w, org, instrument):
            org.cash += each
            org.own12 += each
            w.ledger[ORGANIZATION, instrument] += each


@compiled
def district_calls(w, d, now, luck):
    """What districts and the city pay this month."""
    rows, month = rows_of_district(w, d), now.month_of_year
    if month % 3 == 0:
        share_out(w, rows, w.funders[1 + d], ACTIVITY, w.levers[d].funding_activity_subsidy / 4.0, FILED)
    if month == VENTURE_MONTH:
        venture(w, d, rows, now, luck)
    if month == DEMONSTRATION_MONTH:
        demonstration(w, d, rows, now, luck)
    if month == FUND_MONTHS[0] or month == FUND_MONTHS[1]:
        working_fund(w, d, rows)


@compiled
def street_calls(w, s, now, luck):
    """What streets, communities and donors pay this month."""
    rows, month = rows_of_street(w, s), now.month_of_year
    if month == PURCHASE_MONTH:
        purchase(w, s, rows, now, luck)
    if month == MICRO_MONTHS[0] or month == MICRO_MONTHS[1]:
        micro_projects(w, s, rows, now, luck)
    if month % 3 == 2:
        donations(w, s, rows, now)
        for c in range(w.community_first[s], w.community_first[s + 1]):
            micro_grants(w, c, now, luck)


@compiled
def calls(w: World) -> None:
    """Makes the month's calls; custodians and start-up grants come in `live`, with the organizations' own month."""
    now = w.clock[0]
    luck = stream(now.seed, now.month, CALLS)
    for d in range(len(w.districts)):
        district_calls(w, d, now, luck)
    for s in range(len(w.streets)):
        street_calls(w, s, now, luck)
