"""Process 5: streets found hubs, by their own will, by imitation, by order or by a work plan."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from miaopu.model.codes import FEDERATION, HUBS, NEW, NO_HUB, NOMINAL, SERVICE_CENTRE, SIGN, UPGRADE, WORKING

from .agents import District, Hub, Street
from .chance import Luck, child_key
from .hub_life import live
from .money import fen, pay

if TYPE_CHECKING:
    from .world import PlainWorld


def build(district: District, world: PlainWorld) -> None:
    """A month of one district's hubs."""
    luck = world.luck(HUBS)
    for street in district.streets:
        street.readiness = readiness(street, world)
    orders = world.p.hub_rule != 2 and district.order >= world.p.order_event_from
    if orders and luck.happens(world.p.order_event_rate, district, 0):
        order_all(district, world)
    if world.month_of_year == 3 and district.levers.hubs_work_plan > 0:
        make_work_plan(district, luck, world)
    for street in district.streets:
        if missing(street):
            decide(street, luck, world)
        if 0 <= street.pending <= world.t:
            found(street, world)
        for hub in street.hub_rows:
            if hub.status != NO_HUB:
                live(hub, street, world)
        take_stock(street, world)
    district.achieved = sum(street.counted for street in district.streets) / max(1, len(district.streets))


def to_come(street: Street) -> Any:
    """The hub that the street would found next: who it is does not hang on when it is founded."""
    return SimpleNamespace(key=child_key(street.key, 0, street.ever))


def missing(street: Street) -> bool:
    """Whether a street has no hub that counts and none under way."""
    return street.counted == 0 and street.pending < 0


def readiness(street: Street, world: PlainWorld) -> float:
    """Stock and staff that a hub could build on."""
    stock = min(world.p.readiness_cap, 0.5 + 0.5 * street.stock)
    return street.effect * stock * (0.8 + 0.2 * min(2.0, street.filing_staff / world.p.staff_need))


def order_all(district: District, world: PlainWorld) -> None:
    """A district orders all hubs that are missing."""
    lasting = world.hub_luck
    for street in district.streets:
        if missing(street):
            street.pending = world.t + 1 + int(3 * lasting.draw(to_come(street), 3))
            street.pending_haste = 1.0
            street.pending_route = SIGN if street.station else NEW


def make_work_plan(district: District, luck: Luck, world: PlainWorld) -> None:
    """In March a district lists its readiest missing streets, as many as money and quota ask for."""
    levers, streets = district.levers, district.streets
    wanted = district.quota if district.quota > 0 else len(streets)
    under_way = sum(street.pending >= 0 for street in streets)
    gap = wanted - district.achieved * len(streets) - under_way
    cost = levers.hubs_startup_grant + 0.5 * levers.hubs_annual_support
    places = math.ceil(max(0.0, gap * levers.hubs_work_plan) - 1e-9)
    if cost > 0:
        places = min(places, int(district.bureau.cash / (100 * cost)))
    for _ in range(places):
        candidates = [street for street in streets if missing(street)]
        if not candidates:
            return
        list_street(max(candidates, key=lambda s: s.readiness + 0.5 * luck.draw(s, 4)), world)


def list_street(street: Street, world: PlainWorld) -> None:
    """A listed street delivers by December, mostly late, or later still."""
    luck, hub = world.hub_luck, to_come(street)
    late = luck.draw(hub, 5)
    if luck.draw(hub, 6) < world.p.plan_delivery:
        street.pending = world.t + 9 - int(6 * late * late)
    else:
        street.pending = world.t + 10 + int(8 * late)
    street.pending_haste = 0.5 * street.district.nearness
    street.pending_route = route(street, 0.3, luck.draw(hub, 7), world)


def decide(street: Street, luck: Luck, world: PlainWorld) -> None:
    """A street may decide of its own will."""
    p, district, levers = world.p, street.district, street.district.levers
    imitation = p.hub_imitation * (1 + p.practice_gain * levers.guidance_good_practice) * street.learning
    heard = street.learning if p.hub_rule == 2 else 1  # by imitation alone an order tells only those who have seen
    will = p.hub_initiative + imitation + p.hub_order * street.commitment * heard
    boost = 1 + p.official_boost * levers.hubs_officials_may_head
    rate = math.exp(district.effect) * street.readiness * will * boost * district.shock.hubs
    if luck.happens(rate, street, 0):
        hub = to_come(street)
        street.pending_haste = district.push
        street.pending_route = route(street, district.push, world.hub_luck.draw(hub, 1), world)
        v = world.hub_luck.draw(hub, 2)
        base = {SIGN: 2 * v, UPGRADE: 1 + 2 * v, NEW: 3 + 5 * v}[street.pending_route]
        street.pending = world.t + 1 + int(base + levers.hubs_officials_may_head * p.approval_months * v)


def route(street: Street, haste: float, u: float, world: PlainWorld) -> int:
    """How the hub will come about."""
    sign = world.p.route_sign * street.station * (1 + 2 * haste)
    upgrade = world.p.route_upgrade * min(1.0, street.capable / 3)
    new = world.p.route_new * (0.2 + street.money)
    x = u * (sign + upgrade + new)
    if x < sign:
        return SIGN
    return UPGRADE if x < sign + upgrade else NEW


def found(street: Street, world: PlainWorld) -> None:
    """What was decided comes into being, in the first free row."""
    street.pending = -1
    free = [hub for hub in street.hub_rows if hub.status == NO_HUB]
    if not free:
        max(street.hub_rows, key=lambda hub: hub.quality).kind = FEDERATION
        return
    hub, luck = free[0], world.hub_luck
    hub.key = to_come(street).key
    street.ever += 1
    hub.founded, hub.head_months, hub.cash, hub.served = world.t, 0, 0, [0] * 12
    hub.route = street.pending_route
    hub.kind = kind_of(hub.route, luck.draw(hub, 8), world)
    hub.status = NOMINAL if luck.draw(hub, 9) < nominal_chance(street, world) else WORKING
    equip(hub, street, luck, world)
    grant = pay(world, street.district.bureau, "hub_startup", fen(street.district.levers.hubs_startup_grant))
    hub.cash += grant


def kind_of(by: int, u: float, world: PlainWorld) -> int:
    """Whether it is a federation or a service centre."""
    p = world.p
    if by == UPGRADE:
        return FEDERATION
    if by == SIGN:
        return SERVICE_CENTRE if p.centres_count > 0 or u >= p.federation_if_asked else FEDERATION
    return FEDERATION if u < (0.5 if p.centres_count > 0 else p.federation_if_asked) else SERVICE_CENTRE


def nominal_chance(street: Street, world: PlainWorld) -> float:
    """The chance that a hub is one in name only."""
    p = world.p
    base = math.log(p.nominal_base / (1 - p.nominal_base))
    held = street.money * min(1.5, street.readiness) - p.unpaid
    return 1 / (1 + math.exp(-(base + 2.5 * street.pending_haste - 2 * held)))


def equip(hub: Hub, street: Street, luck: Luck, world: PlainWorld) -> None:
    """Head, legal status, staff and first quality of a new hub."""
    p, levers = world.p, street.district.levers
    hub.commissioned = int(luck.draw(hub, 10) < levers.hubs_commissioned_share)
    hub.official_head = int(levers.hubs_officials_may_head > 0 and luck.draw(hub, 11) < p.official_share)
    legal = {NEW: 1.0, SIGN: p.sign_registered, UPGRADE: p.upgrade_registered}[hub.route]
    hub.registered = int(luck.draw(hub, 12) < legal)
    hub.staff = int(hub.route == SIGN and hub.status == WORKING)
    start = p.hub_quality_nominal if hub.status == NOMINAL else p.hub_quality_start
    gain = p.commission_gain * (hub.commissioned and hub.status == WORKING)
    hub.quality = min(1.0, start * (0.8 + 0.4 * luck.draw(hub, 13)) + gain)


def counts(hub: Hub, world: PlainWorld) -> bool:
    """Whether the plan counts a hub of this kind."""
    return hub.kind == FEDERATION or (hub.kind == SERVICE_CENTRE and world.p.centres_count > 0)


def take_stock(street: Street, world: PlainWorld) -> None:
    """What the street now has."""
    there = [hub for hub in street.hub_rows if hub.status != NO_HUB]
    street.hubs = len(there)
    street.counted = int(any(counts(hub, world) for hub in there))
    street.hub_quality = max((hub.quality for hub in there if hub.status == WORKING), default=0.0)
    if street.counted and street.first_nominal < 0:
        street.first_nominal = world.t
