"""Evaluation (process 11): once a year, over the plan's dimensions, published; awards and exemplars follow from it.

The best are named by prefecture up to the number that the plan wants, among those that meet a stated standard;
what is indicated is how many meet it, not how many are named.
"""

from __future__ import annotations

import numpy as np

from ..codes import EVALUATION, FILED
from ..compiled import compiled
from ..draws import draw, stream
from ..grouping import best, rows_of_district
from ..ledger import AWARD, fen, pay
from ..tallies import EVALUATED, NAMED
from ..world import World
from .custody import hand_over, has_access
from .mentoring import level

MONTH = 11
AWARDS_PER_STREET = 0.5


@compiled
def assess(org, p, u):
    """The comprehensive evaluation: the plan's dimensions in groups, with some error of judgement, 0-1."""
    party = 0.5 * (org.party > 0) + 0.5 * (org.party == 2)
    activity = min(1.0, org.activity / p.activities)
    true = (
        0.3 * org.governance
        + 0.3 * org.service
        + 0.15 * org.finance
        + 0.1 * org.leadership
        + 0.1 * party
        + 0.05 * activity
    )
    return min(1.0, max(0.0, true * 1.15 + 0.1 * (u - 0.5) - 0.3 * (org.clean == 0)))


@compiled
def is_excellent(org, p):
    """The standard of an excellent organization: recognised, clean, at work for two years, and able."""
    standing = org.ladder >= FILED and org.active == 1 and org.clean == 1 and org.age >= 24
    return standing and level(org) >= p.excellent_level


@compiled
def takes_part(org, levers, luck):
    """A filed or registered body at work is evaluated this year if its luck lies below the coverage."""
    return org.ladder >= FILED and org.active == 1 and draw(luck, org.key, 0) < levers.evaluation_coverage


@compiled
def evaluate(w, org, luck):
    """The year's evaluation of one organization; what it learns from it helps a little."""
    p, levers = w.parameters[0], w.levers[org.district]
    org.exemplar = 0
    if not takes_part(org, levers, luck):
        return
    org.rating = assess(org, p, draw(luck, org.key, 1))
    at_stake = min(1.0, levers.funding_performance_weight + levers.evaluation_gate)
    lesson = p.evaluation_lesson * (1.0 + p.stakes * at_stake)  # taken to heart where something hangs on it
    org.governance = min(1.0, org.governance + lesson * (1.0 - org.governance))
    if org.clean == 0 and org.rating > 0.5:
        org.clean = 1  # put right under the eyes of the evaluators
    w.tallies[org.district, EVALUATED] += 1.0


@compiled
def reward(w, d, luck):
    """The best rated of a district get an award as far as there is money, and are made known."""
    rows = rows_of_district(w, d)
    scores, found = np.empty(len(rows)), np.empty(len(rows), np.int64)
    count = 0
    for i in rows:
        org = w.organizations[i]
        if org.rating >= 0.6 and has_access(org) and takes_part(org, w.levers[d], luck):
            scores[count] = org.rating + 1e-3 * draw(luck, org.key, 2)
            found[count] = i
            count += 1
    awards = int(AWARDS_PER_STREET * w.districts[d].streets + 0.5)
    size = fen(w.levers[d].funding_award)
    for j in best(scores[:count], awards):
        if size > 0 and w.funders[1 + d].cash >= size:
            org = w.organizations[found[j]]
            hand_over(w, org, pay(w.funders[1 + d], w.ledger, AWARD, size))
            org.exemplar = 1


@compiled
def name_exemplars(w, f, luck):
    """A prefecture names its exemplars among those that meet the standard."""
    wanted, most = 0.0, 0
    for d in range(len(w.districts)):
        if w.districts[d].prefecture == f:
            wanted = max(wanted, w.levers[d].training_exemplars)
            most += len(rows_of_district(w, d))
    scores, found = np.empty(most), np.empty(most, np.int64)
    count = 0
    for d in range(len(w.districts)):
        if wanted < 1.0 or w.districts[d].prefecture != f:
            continue
        for i in rows_of_district(w, d):
            org = w.organizations[i]
            if is_excellent(org, w.parameters[0]):
                scores[count] = level(org) + 0.05 * draw(luck, org.key, 3)
                found[count] = i
                count += 1
    for j in best(scores[:count], int(wanted)):
        org = w.organizations[found[j]]
        org.exemplar = 1
        w.tallies[org.district, NAMED] += 1.0


@compiled
def celebrate(w, d):
    """Festivals and named exemplars bring the district attention, which fades."""
    district, levers = w.districts[d], w.levers[d]
    district.due_festival += levers.activities_festivals / 12.0
    while district.due_festival >= 1.0 - 1e-9:
        district.due_festival -= 1.0
        district.publicity = min(1.0, district.publicity + 0.25)


@compiled
def evaluation(w: World) -> None:
    """In its month the year's evaluation; festivals all the year round."""
    now = w.clock[0]
    luck = stream(now.seed, now.month, EVALUATION)
    for d in range(len(w.districts)):
        celebrate(w, d)
    if now.month_of_year != MONTH:
        return
    for i in range(now.organizations):
        org = w.organizations[i]
        if org.alive == 1:
            evaluate(w, org, luck)
    for d in range(len(w.districts)):
        reward(w, d, luck)
    for f in range(len(w.prefectures)):
        name_exemplars(w, f, luck)
