"""Columns: one array per field, opened once per kernel; a rule takes the row and its arrays.

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
def priority_at(i, party, leader_party, subcommittee, domain, need, rating, p, levers, stream):
    score = 0.5 * (party[i] > 0) + 0.3 * leader_party[i] + 0.2 * subcommittee[i]
    return (levers.party_weight * score + domain_weight(domain[i], levers) + levers.need_weight * need[i]
            + p.rating_weight * rating[i] + p.noise * draw(stream, 1))


@njit(nogil=True, cache=True)
def incubate(orgs, first, order, streets, levers_by_district, parameters, seed, month):
    p = parameters[0]
    active, hub, incubated, graduated, key = orgs.active, orgs.hub, orgs.incubated, orgs.graduated, orgs.key
    ladder, stage, domain, need, rating = orgs.ladder, orgs.stage, orgs.domain, orgs.need, orgs.rating
    party, leader_party, subcommittee = orgs.party, orgs.leader_party, orgs.subcommittee
    mixed = month_key(seed, month, INCUBATION)
    scores, rows, keys = np.empty(MOST_SLOTS), np.empty(MOST_SLOTS, np.int64), np.empty(MOST_SLOTS, np.uint64)
    for s in range(streets.size):
        levers = levers_by_district[streets[s].district]
        free, kept = streets[s].slots, 0
        for k in range(first[s], first[s + 1]):
            i = row(order, k)
            if active[i] == 1 and hub[i] >= 0:
                incubated[i] += 1
                if incubated[i] >= p.incubation_months or stage[i] >= 2:
                    hub[i] = -1
                    graduated[i] = 1
                else:
                    free -= 1
        if free <= 0:
            continue
        for k in range(first[s], first[s + 1]):
            i = row(order, k)
            if active[i] == 1 and hub[i] < 0 and ladder[i] >= 1 and graduated[i] == 0:
                score = priority_at(i, party, leader_party, subcommittee, domain, need, rating, p, levers,
                                    mix64(key[i] ^ mixed))
                kept = keep_best(scores, rows, kept, free, score, i, keys, key[i])
        for j in range(kept):
            hub[rows[j]] = s
            incubated[rows[j]] = 0


@njit
def grow_at(i, governance, service, finance, leadership, members, cash, income, cost, age, leader_months,
            trained, hub, mentor, practice, dependence, p, levers, stream):
    support = p.support * (levers.platform_support + (levers.hub_quality if hub[i] >= 0 else 0.0))
    mentoring = p.mentoring if mentor[i] >= 0 else 0.0
    governance[i] += ((p.learn_governance * support + mentoring) * (1.0 - governance[i])
                      - p.wear_governance * governance[i])
    service[i] += ((p.learn_service * support + p.practice * practice[i]) * (1.0 - service[i])
                   - p.wear_service * service[i])
    finance[i] += ((p.learn_finance * support + p.own_money * (1.0 - dependence[i])) * (1.0 - finance[i])
                   - p.wear_finance * finance[i])
    leadership[i] += (p.learn_leadership * support * levers.training * (1.0 - leadership[i])
                      - p.wear_leadership * leadership[i])
    members[i] += p.recruit * service[i] - p.attrition * members[i]
    cash[i] = max(0, cash[i] + income[i] - cost[i])
    age[i] += 1
    leader_months[i] += 1
    if draw(stream, 1) < p.turnover:
        leadership[i] *= p.kept
        leader_months[i] = 0
        trained[i] = 0


@njit
def climb_at(i, ladder, waiting, members, governance, service, cash, p, levers, stream):
    waiting[i] += 1
    if ladder[i] == 0:
        ready = members[i] >= levers.filing_members and governance[i] >= p.filing_governance
        if ready and draw(stream, 2) < monthly(p.filing * levers.filing_service):
            ladder[i] = 1
            waiting[i] = 0
    elif ladder[i] == 1:
        ready = (waiting[i] >= levers.registration_wait and cash[i] >= levers.registration_capital
                 and governance[i] >= p.registration_governance and service[i] >= p.registration_service)
        if ready and draw(stream, 3) < monthly(p.registration * levers.registration_ease):
            ladder[i] = 2
            waiting[i] = 0


@njit
def stop_at(i, active, hub, ladder, age, public_money, cash, leader_months, service, p, stream):
    rate = p.exit_group if ladder[i] == 0 else p.exit_filed if ladder[i] == 1 else p.exit_registered
    if age[i] < 24 and public_money[i] == 0:
        rate *= p.newness
    if cash[i] == 0:
        rate *= p.empty_purse
    if leader_months[i] < 6:
        rate *= p.new_leader
    if draw(stream, 4) < monthly(rate * (1.0 - service[i])):
        active[i] = 0
        hub[i] = -1


@njit(nogil=True, cache=True)
def live(orgs, first, order, streets, levers_by_district, parameters, seed, month, which):
    p = parameters[0]
    governance, service, finance, leadership = orgs.governance, orgs.service, orgs.finance, orgs.leadership
    members, cash, income, cost, age = orgs.members, orgs.cash, orgs.income, orgs.cost, orgs.age
    leader_months, trained, hub, mentor = orgs.leader_months, orgs.trained, orgs.hub, orgs.mentor
    practice, dependence, ladder, waiting = orgs.practice, orgs.dependence, orgs.ladder, orgs.waiting
    active, key, public_money = orgs.active, orgs.key, orgs.public_money
    mixed = month_key(seed, month, LIFE)
    for s in range(streets.size):
        levers = levers_by_district[streets[s].district]
        for k in range(first[s], first[s + 1]):
            i = row(order, k)
            if active[i] == 1:
                stream = mix64(key[i] ^ mixed)
                if which & GROW:
                    grow_at(i, governance, service, finance, leadership, members, cash, income, cost, age,
                            leader_months, trained, hub, mentor, practice, dependence, p, levers, stream)
                if which & CLIMB:
                    climb_at(i, ladder, waiting, members, governance, service, cash, p, levers, stream)
                if which & STOP:
                    stop_at(i, active, hub, ladder, age, public_money, cash, leader_months, service, p,
                            stream)
