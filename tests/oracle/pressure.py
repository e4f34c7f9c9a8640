"""Process 3: orders come down the tiers and become commitment."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .agents import District, Street

if TYPE_CHECKING:
    from .world import PlainWorld


def press(world: PlainWorld) -> None:
    """First every district, then every street."""
    for district in world.districts:
        pass_on(district, world)
    coverage = pilots_coverage(world)
    for district in world.districts:
        for street in district.streets:
            commit(street, coverage, world)


def pass_on(district: District, world: PlainWorld) -> None:
    """A district feels its order, looks at the calendar and at its quota, and pushes."""
    p, levers = world.p, district.levers
    feel_order(district, world)
    check = math.exp(-world.to_check / p.rush_months)
    report = 0.6 * math.exp(-(12 - world.month_of_year) / 2)
    inspect = p.inspection_push * (1 - math.exp(-levers.assessment_inspections / 2))
    district.nearness = p.calm + (1 - p.calm) * max(check, report, inspect)
    streets = len(district.streets)
    asked = min(math.ceil(levers.assessment_quota * levers.assessment_quota_markup * streets - 1e-9), streets)
    met = asked > 0 and district.achieved * streets >= asked - 1e-9
    district.quota = asked
    district.push = district.order * district.nearness * (p.effort_when_met if met else 1.0)
    step = min(1.0, (1 + levers.guidance_pilot) / p.plan_lag)
    district.plan += (levers.guidance_local_plans - district.plan) * step
    district.rules += (levers.ladder_simple_rules - district.rules) * step
    district.publicity += (levers.guidance_publicity - district.publicity) / 3


def feel_order(district: District, world: PlainWorld) -> None:
    """An order rises soon and fades slowly."""
    p, levers = world.p, district.levers
    chain = 1 + p.chain_gain * levers.assessment_responsibility_chain
    wanted = min(1.0, levers.assessment_order_strength * p.order_felt * chain)
    if wanted >= district.order:
        district.order += (wanted - district.order) * (1 - math.exp(-1 / p.order_rise_months))
    else:
        district.order = max(wanted, district.order * 0.5 ** (1 / p.order_half_life))


def pilots_coverage(world: PlainWorld) -> float:
    """Coverage with hubs among the pilot districts."""
    covered, streets = 0.0, 0
    for district in world.districts:
        if district.levers.guidance_pilot > 0:
            covered += district.achieved * len(district.streets)
            streets += len(district.streets)
    return covered / max(1, streets)


def commit(street: Street, coverage: float, world: PlainWorld) -> None:
    """A street sees the money and its neighbours, and decides how much effort to give."""
    p, district, levers = world.p, street.district, street.district.levers
    missing = len(district.streets) * (1 - district.achieved)
    offer = levers.hubs_startup_grant + levers.hubs_annual_support + levers.hubs_social_workers * p.worker_cost
    reach = min(1.0, district.bureau.budget / (100 * offer * max(1, missing))) if offer > 0 else 1.0
    funds = offer * reach + p.own_means * street.finance
    money = p.unpaid + (1 - p.unpaid) * min(1.0, funds / p.hub_cost)
    near = sum(other.counted for other in street.neighbours) / max(1, len(street.neighbours))
    seen = near + levers.guidance_good_practice * 0.5 * max(0.0, coverage - near)
    street.learning += (seen - street.learning) / 3 if p.hub_rule != 1 else 0  # by pressure alone nobody looks
    asked = district.push * (1 + p.learning_push * street.learning) + p.plan_commitment * district.plan
    street.money = money
    wanted = min(1.0, asked * money)
    street.commitment += (wanted - street.commitment) * (1 - math.exp(-1 / p.commitment_months))
