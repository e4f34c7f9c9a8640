"""Scalars: columns again, but a rule takes and returns numbers; the kernel loads and stores.

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
def score_of(party, leader_party, subcommittee, weight, need, rating, party_weight, need_weight,
             rating_weight, noise):
    score = 0.5 * (party > 0) + 0.3 * leader_party + 0.2 * subcommittee
    return party_weight * score + weight + need_weight * need + rating_weight * rating + noise


@njit(nogil=True, cache=True)
def incubate(orgs, first, order, streets, levers_by_district, parameters, seed, month):
    p = parameters[0]
    active, hub, incubated, graduated, key = orgs.active, orgs.hub, orgs.incubated, orgs.graduated, orgs.key
    ladder, stage, domain, need, rating = orgs.ladder, orgs.stage, orgs.domain, orgs.need, orgs.rating
    party, leader_party, subcommittee = orgs.party, orgs.leader_party, orgs.subcommittee
    period, noise, rating_weight = p.incubation_months, p.noise, p.rating_weight
    mixed = month_key(seed, month, INCUBATION)
    scores, rows, keys = np.empty(MOST_SLOTS), np.empty(MOST_SLOTS, np.int64), np.empty(MOST_SLOTS, np.uint64)
    for s in range(streets.size):
        levers = levers_by_district[streets[s].district]
        free, kept = streets[s].slots, 0
        for k in range(first[s], first[s + 1]):
            i = row(order, k)
            if active[i] == 1 and hub[i] >= 0:
                incubated[i] += 1
                if incubated[i] >= period or stage[i] >= 2:
                    hub[i] = -1
                    graduated[i] = 1
                else:
                    free -= 1
        if free <= 0:
            continue
        for k in range(first[s], first[s + 1]):
            i = row(order, k)
            if active[i] == 1 and hub[i] < 0 and ladder[i] >= 1 and graduated[i] == 0:
                score = score_of(party[i], leader_party[i], subcommittee[i], domain_weight(domain[i], levers),
                                 need[i], rating[i], levers.party_weight, levers.need_weight, rating_weight,
                                 noise * draw(mix64(key[i] ^ mixed), 1))
                kept = keep_best(scores, rows, kept, free, score, i, keys, key[i])
        for j in range(kept):
            hub[rows[j]] = s
            incubated[rows[j]] = 0


@njit
def rise(level, gain, wear):
    return level + (gain * (1.0 - level) - wear * level)


@njit
def filed(members, governance, least_members, least_governance, chance, luck):
    return members >= least_members and governance >= least_governance and luck < chance


@njit
def registered(waiting, cash, governance, service, wait, capital, least_governance, least_service, chance,
               luck):
    return (waiting >= wait and cash >= capital and governance >= least_governance
            and service >= least_service and luck < chance)


@njit
def exit_rate(rate, age, public_money, cash, leader_months, newness, empty_purse, new_leader):
    if age < 24 and public_money == 0:
        rate *= newness
    if cash == 0:
        rate *= empty_purse
    if leader_months < 6:
        rate *= new_leader
    return rate


@njit(nogil=True, cache=True)
def live(orgs, first, order, streets, levers_by_district, parameters, seed, month, which):
    p = parameters[0]
    governance, service, finance, leadership = orgs.governance, orgs.service, orgs.finance, orgs.leadership
    members, cash, income, cost, age = orgs.members, orgs.cash, orgs.income, orgs.cost, orgs.age
    leader_months, trained, hub, mentor = orgs.leader_months, orgs.trained, orgs.hub, orgs.mentor
    practice, dependence, ladder, waiting = orgs.practice, orgs.dependence, orgs.ladder, orgs.waiting
    active, key, public_money = orgs.active, orgs.key, orgs.public_money
    rates = (p.exit_group, p.exit_filed, p.exit_registered)
    mixed = month_key(seed, month, LIFE)
    for s in range(streets.size):
        levers = levers_by_district[streets[s].district]
        filing = monthly(p.filing * levers.filing_service)
        registration = monthly(p.registration * levers.registration_ease)
        for k in range(first[s], first[s + 1]):
            i = row(order, k)
            if active[i] == 0:
                continue
            stream = mix64(key[i] ^ mixed)
            if which & GROW:
                support = p.support * (levers.platform_support + (levers.hub_quality if hub[i] >= 0 else 0.0))
                mentoring = p.mentoring if mentor[i] >= 0 else 0.0
                governance[i] = rise(governance[i], p.learn_governance * support + mentoring,
                                     p.wear_governance)
                service[i] = rise(service[i], p.learn_service * support + p.practice * practice[i],
                                  p.wear_service)
                finance[i] = rise(finance[i], p.learn_finance * support + p.own_money * (1.0 - dependence[i]),
                                  p.wear_finance)
                skill = rise(leadership[i], p.learn_leadership * support * levers.training, p.wear_leadership)
                members[i] += p.recruit * service[i] - p.attrition * members[i]
                cash[i] = max(0, cash[i] + income[i] - cost[i])
                age[i] += 1
                changes = draw(stream, 1) < p.turnover
                leadership[i] = skill * p.kept if changes else skill
                leader_months[i] = 0 if changes else leader_months[i] + 1
                trained[i] = 0 if changes else trained[i]
            if which & CLIMB:
                waiting[i] += 1
                if ladder[i] == 0:
                    if filed(members[i], governance[i], levers.filing_members, p.filing_governance, filing,
                             draw(stream, 2)):
                        ladder[i] = 1
                        waiting[i] = 0
                elif ladder[i] == 1 and registered(
                        waiting[i], cash[i], governance[i], service[i], levers.registration_wait,
                        levers.registration_capital, p.registration_governance, p.registration_service,
                        registration, draw(stream, 3)):
                    ladder[i] = 2
                    waiting[i] = 0
            if which & STOP:
                rate = exit_rate(rates[ladder[i]], age[i], public_money[i], cash[i], leader_months[i],
                                 p.newness, p.empty_purse, p.new_leader)
                if draw(stream, 4) < monthly(rate * (1.0 - service[i])):
                    active[i] = 0
                    hub[i] = -1
