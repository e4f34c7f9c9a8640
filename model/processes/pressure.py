"""Pressure (process 3): orders come down the tiers, gather before checks, and turn into the streets' commitment.

The strength of the order is set from outside. A gap to the quota never raises it; a met quota switches effort down.
When nobody asks any more the order fades. Neighbours and pilots that have a hub are learnt from, faster under orders
(campaign-style governance; policy diffusion under mandate); by the rule of pressure alone nobody learns.
"""

from __future__ import annotations

import numpy as np

from ..codes import BY_PRESSURE
from ..compiled import compiled
from ..world import World


@compiled
def felt_order(district, levers, p):
    """Order strength that reaches the district this month, 0-1."""
    chain = 1.0 + p.chain_gain * levers.assessment_responsibility_chain
    wanted = min(1.0, levers.assessment_order_strength * p.order_felt * chain)
    if wanted >= district.order:
        return district.order + (wanted - district.order) * (1.0 - np.exp(-1.0 / p.order_rise_months))
    return max(wanted, district.order * 0.5 ** (1.0 / p.order_half_life))


@compiled
def nearness(to_check, month_of_year, inspections, p):
    """How near the next look from above is, 0-1: effort gathers before checks, reports and inspections."""
    check = np.exp(-to_check / p.rush_months)
    report = 0.6 * np.exp(-(12.0 - month_of_year) / 2.0)
    inspection = p.inspection_push * (1.0 - np.exp(-inspections / 2.0))
    return p.calm + (1.0 - p.calm) * max(check, max(report, inspection))


@compiled
def quota(levers, streets):
    """Streets with a hub that the assessment demands of a district (0: none demanded)."""
    asked = np.ceil(levers.assessment_quota * levers.assessment_quota_markup * streets - 1e-9)
    return min(asked, float(streets))


@compiled
def money_for_hub(yearly_budget, street, levers, missing, p):
    """How far a hub of this street would be paid for by its bureau's year and the street's own means, m0-1."""
    offer = levers.hubs_startup_grant + levers.hubs_annual_support + levers.hubs_social_workers * p.worker_cost
    reachable = 1.0
    if offer > 0.0:
        reachable = min(1.0, yearly_budget / (100.0 * offer * max(1.0, missing)))
    funds = offer * reachable + p.own_means * street.finance
    return p.unpaid + (1.0 - p.unpaid) * min(1.0, funds / p.hub_cost)


@compiled
def learn(w, s, pilot_share):
    """Moves what a street has seen of hubs elsewhere towards what there is, with a lag of some months."""
    street = w.streets[s]
    if w.parameters[0].hub_rule == BY_PRESSURE:  # nobody looks at others: nothing is ever learnt
        return
    begin, end = w.neighbour_first[s], w.neighbour_first[s + 1]
    seen = 0.0
    for k in range(begin, end):
        seen += w.streets[w.neighbours[k]].counted
    near = seen / max(1, end - begin)
    practice = w.levers[street.district].guidance_good_practice
    known = near + practice * 0.5 * max(0.0, pilot_share - near)
    street.learning += (known - street.learning) / 3.0


@compiled
def pilots_achieved(w):
    """Share of the pilots' streets with a counted hub (0 where there is no pilot)."""
    streets = 0.0
    hubs = 0.0
    for d in range(len(w.districts)):
        if w.levers[d].guidance_pilot > 0.0:
            streets += w.districts[d].streets
            hubs += w.districts[d].achieved * w.districts[d].streets
    return hubs / max(1.0, streets)


@compiled
def bear_down(district, levers, to_check, month_of_year, p):
    """Order, nearness and effort of one district; also its own plan, its procedures and its public attention."""
    district.order = felt_order(district, levers, p)
    district.nearness = nearness(to_check, month_of_year, levers.assessment_inspections, p)
    effort = 1.0
    asked = quota(levers, district.streets)
    if asked > 0.0 and district.achieved * district.streets >= asked - 1e-9:
        effort = p.effort_when_met
    district.push = district.order * district.nearness * effort
    speed = 1.0 + levers.guidance_pilot
    district.plan += (levers.guidance_local_plans - district.plan) * min(1.0, speed / p.plan_lag)
    district.rules += (levers.ladder_simple_rules - district.rules) * min(1.0, speed / p.plan_lag)
    district.publicity += (levers.guidance_publicity - district.publicity) / 3.0


@compiled
def commit(street, district, money, p):
    """Moves a street's commitment towards what pressure, its district's plan and learning ask of it."""
    asked = district.push * (1.0 + p.learning_push * street.learning) + p.plan_commitment * district.plan
    street.money = money
    target = min(1.0, asked * money)
    street.commitment += (target - street.commitment) * (1.0 - np.exp(-1.0 / p.commitment_months))


@compiled
def pressure(w: World) -> None:
    """Updates every district's push and every street's commitment."""
    now = w.clock[0]
    today = w.calendar[now.month]
    for d in range(len(w.districts)):
        bear_down(w.districts[d], w.levers[d], today.to_check, now.month_of_year, w.parameters[0])
    pilots = pilots_achieved(w)
    for d in range(len(w.districts)):
        district, levers = w.districts[d], w.levers[d]
        missing = district.streets * (1.0 - district.achieved)
        for s in range(w.street_first[d], w.street_first[d + 1]):
            money = money_for_hub(w.funders[1 + d].budget, w.streets[s], levers, missing, w.parameters[0])
            learn(w, s, pilots)
            commit(w.streets[s], district, money, w.parameters[0])
