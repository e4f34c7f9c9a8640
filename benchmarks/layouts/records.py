"""Records: one structured record per organization; rules speak of `org.cash`.

A kernel walks the organizations of each street in turn: `first` says where a street's block begins, `order`
is None where rows lie sorted by community, else the index that sorts them. `which` names the rules to call.
Parameters come as an array of one record: a record by itself costs 10 us per call.
"""
import numpy as np
from layouts.shared import (
    CLIMB,
    GROW,
    INCUBATION,
    LIFE,
    MOST_SLOTS,
    STOP,
    domain_weight,
    draw,
    keep_best,
    mix64,
    month_key,
    monthly,
    row,
)
from numba import njit


@njit
def stay_in_hub(org, p):
    """One more month in the hub; graduation after the period, or once mature. True while it stays."""
    org.incubated += 1
    if org.incubated >= p.incubation_months or org.stage >= 2:
        org.hub = -1
        org.graduated = 1
        return False
    return True


@njit
def seeks_hub(org):
    return org.ladder >= 1 and org.graduated == 0


@njit
def priority(org, p, levers, stream):
    party = 0.5 * (org.party > 0) + 0.3 * org.leader_party + 0.2 * org.subcommittee
    return (levers.party_weight * party + domain_weight(org.domain, levers) + levers.need_weight * org.need
            + p.rating_weight * org.rating + p.noise * draw(stream, 1))


@njit(nogil=True, cache=True)
def incubate(orgs, first, order, streets, levers_by_district, parameters, seed, month):
    p = parameters[0]
    mixed = month_key(seed, month, INCUBATION)
    scores, rows, keys = np.empty(MOST_SLOTS), np.empty(MOST_SLOTS, np.int64), np.empty(MOST_SLOTS, np.uint64)
    for s in range(streets.size):
        levers = levers_by_district[streets[s].district]
        free, kept = streets[s].slots, 0
        for k in range(first[s], first[s + 1]):
            org = orgs[row(order, k)]
            if org.active == 1 and org.hub >= 0 and stay_in_hub(org, p):
                free -= 1
        if free <= 0:
            continue
        for k in range(first[s], first[s + 1]):
            i = row(order, k)
            org = orgs[i]
            if org.active == 1 and org.hub < 0 and seeks_hub(org):
                score = priority(org, p, levers, mix64(org.key ^ mixed))
                kept = keep_best(scores, rows, kept, free, score, i, keys, org.key)
        for j in range(kept):
            orgs[rows[j]].hub = s
            orgs[rows[j]].incubated = 0


@njit
def grow(org, p, levers, stream):
    """Capabilities rise towards one with support, practice and mentoring, and wear off; leaders change."""
    support = p.support * (levers.platform_support + (levers.hub_quality if org.hub >= 0 else 0.0))
    mentoring = p.mentoring if org.mentor >= 0 else 0.0
    org.governance += ((p.learn_governance * support + mentoring) * (1.0 - org.governance)
                       - p.wear_governance * org.governance)
    org.service += ((p.learn_service * support + p.practice * org.practice) * (1.0 - org.service)
                    - p.wear_service * org.service)
    org.finance += ((p.learn_finance * support + p.own_money * (1.0 - org.dependence)) * (1.0 - org.finance)
                    - p.wear_finance * org.finance)
    org.leadership += (p.learn_leadership * support * levers.training * (1.0 - org.leadership)
                       - p.wear_leadership * org.leadership)
    org.members += p.recruit * org.service - p.attrition * org.members
    org.cash = max(0, org.cash + org.income - org.cost)
    org.age += 1
    org.leader_months += 1
    if draw(stream, 1) < p.turnover:
        org.leadership *= p.kept
        org.leader_months = 0
        org.trained = 0


@njit
def climb(org, p, levers, stream):
    """From group to filed to registered, when the conditions hold and the registrar gets to it."""
    org.waiting += 1
    if org.ladder == 0:
        ready = org.members >= levers.filing_members and org.governance >= p.filing_governance
        if ready and draw(stream, 2) < monthly(p.filing * levers.filing_service):
            org.ladder = 1
            org.waiting = 0
    elif org.ladder == 1:
        ready = (org.waiting >= levers.registration_wait and org.cash >= levers.registration_capital
                 and org.governance >= p.registration_governance and org.service >= p.registration_service)
        if ready and draw(stream, 3) < monthly(p.registration * levers.registration_ease):
            org.ladder = 2
            org.waiting = 0


@njit
def stop(org, p, stream):
    """Young, penniless and newly led organizations stop more often, good service keeps them."""
    rate = p.exit_group if org.ladder == 0 else p.exit_filed if org.ladder == 1 else p.exit_registered
    if org.age < 24 and org.public_money == 0:
        rate *= p.newness
    if org.cash == 0:
        rate *= p.empty_purse
    if org.leader_months < 6:
        rate *= p.new_leader
    if draw(stream, 4) < monthly(rate * (1.0 - org.service)):
        org.active = 0
        org.hub = -1


@njit(nogil=True, cache=True)
def live(orgs, first, order, streets, levers_by_district, parameters, seed, month, which):
    p = parameters[0]
    mixed = month_key(seed, month, LIFE)
    for s in range(streets.size):
        levers = levers_by_district[streets[s].district]
        for k in range(first[s], first[s + 1]):
            org = orgs[row(order, k)]
            if org.active == 1:
                stream = mix64(org.key ^ mixed)
                if which & GROW:
                    grow(org, p, levers, stream)
                if which & CLIMB:
                    climb(org, p, levers, stream)
                if which & STOP:
                    stop(org, p, stream)
