"""Hubs (process 5): streets found hubs, by their own will, by imitation, by order or by a work plan.

A hub comes by one of three routes, each with its readiness and delay: a filed body is upgraded, a sign is put on an
existing social-work station, or a new body is registered. Haste has a price: a hub founded under pressure where little
is ready is nominal. What becomes of a hub afterwards is in `hub_life.py`.
"""

from __future__ import annotations

import numpy as np

from ..codes import BY_IMITATION, FEDERATION, HUBS, NEW, NOMINAL, SERVICE_CENTRE, SIGN, UPGRADE, WORKING
from ..compiled import compiled
from ..draws import child_key, draw, happens, stream
from ..ledger import HUB_STARTUP, fen, pay
from ..world import World
from .hub_life import lives
from .pressure import quota

PER_STREET = 2  # hubs that a street can have
ALWAYS = -1  # in place of a month: luck that does not hang on when something happens
SPRING = 3  # month in which work plans are listed


@compiled
def readiness(street, staff_need, p):
    """What a hub could build on: its own character, the stock of organizations, and staff; mean about 1."""
    stock = min(p.readiness_cap, 0.5 + 0.5 * street.stock)
    staff = 0.8 + 0.2 * min(2.0, street.filing_staff / staff_need)
    return street.effect * stock * staff


@compiled
def founding_rate(street, district, levers, shock, p):
    """Rate per year at which a street without a hub of the counted kind decides to found one."""
    imitation = p.hub_imitation * (1.0 + p.practice_gain * levers.guidance_good_practice) * street.learning
    order = p.hub_order * street.commitment
    if p.hub_rule == BY_IMITATION:  # an order hastens only the copying of what is seen
        order *= street.learning
    will = p.hub_initiative + imitation + order
    officials = 1.0 + p.official_boost * levers.hubs_officials_may_head
    return np.exp(district.effect) * street.readiness * will * officials * shock


@compiled
def choose_route(street, haste, u, p):
    """Upgrade, sign or new: haste prefers the sign, a stock of able bodies the upgrade, money the new one."""
    sign = p.route_sign * street.station * (1.0 + 2.0 * haste)
    upgrade = p.route_upgrade * min(1.0, street.capable / 3.0)
    new = p.route_new * (0.2 + street.money)
    u *= sign + upgrade + new
    if u < sign:
        return SIGN
    return UPGRADE if u < sign + upgrade else NEW


@compiled
def route_delay(route, officials, u, p):
    """Months from decision to founding."""
    if route == SIGN:
        months = 2.0 * u
    elif route == UPGRADE:
        months = 1.0 + 2.0 * u
    else:
        months = 3.0 + 5.0 * u
    return 1 + int(months + officials * p.approval_months * u)


@compiled
def nominal_chance(haste, money, ready, p):
    """Chance that a hub is nominal at birth: pressure raises it, money and readiness lower it."""
    base = np.log(p.nominal_base / (1.0 - p.nominal_base))
    return 1.0 / (1.0 + np.exp(-(base + 2.5 * haste - 2.0 * (money * min(1.5, ready) - p.unpaid))))


@compiled
def next_hub(street):
    """The key of the street's next hub: who a hub is hangs on its street and on how many came before, not on when."""
    return child_key(street.key, 0, street.ever)


@compiled
def lot(now):
    """The luck of hubs yet to be founded, the same whenever that will be: a month's delay changes no other fate."""
    return stream(now.seed, ALWAYS, HUBS)


@compiled
def decide(street, district, levers, shock, now, luck, p):
    """A street without a counted hub and with none under way may decide to found one."""
    rate = founding_rate(street, district, levers, shock, p)
    if not happens(rate, luck, street.key, 0):
        return
    key = next_hub(street)
    street.pending_haste = district.push
    street.pending_route = choose_route(street, district.push, draw(lot(now), key, 1), p)
    delay = route_delay(street.pending_route, levers.hubs_officials_may_head, draw(lot(now), key, 2), p)
    street.pending = now.month + delay


@compiled
def order_all(w, d, now, luck):
    """Under responsibility letters a county may order all missing hubs at once, within one to three months."""
    district, p = w.districts[d], w.parameters[0]
    if p.hub_rule == BY_IMITATION:  # nobody founds what he has not seen because a letter says so
        return
    if district.order < p.order_event_from or not happens(p.order_event_rate, luck, district.key, 0):
        return
    for s in range(w.street_first[d], w.street_first[d + 1]):
        street = w.streets[s]
        if street.counted == 0 and street.pending < 0:
            street.pending = now.month + 1 + int(3.0 * draw(lot(now), next_hub(street), 3))
            street.pending_haste = 1.0
            street.pending_route = SIGN if street.station == 1 else NEW


@compiled
def listed(w, d, levers):
    """Streets that the district can put on this year's list: its share of the gap, as far as the purse reaches."""
    district = w.districts[d]
    wanted = quota(levers, district.streets)
    if wanted == 0.0:
        wanted = float(district.streets)
    under_way = 0.0
    for s in range(w.street_first[d], w.street_first[d + 1]):
        under_way += w.streets[s].pending >= 0
    gap = wanted - district.achieved * district.streets - under_way
    planned = int(np.ceil(max(0.0, gap * levers.hubs_work_plan) - 1e-9))
    cost = levers.hubs_startup_grant + 0.5 * levers.hubs_annual_support
    return planned if cost <= 0.0 else min(planned, int(w.funders[1 + d].cash / (100.0 * cost)))


@compiled
def plan_year(w, d, now, luck):
    """Each spring the readiest missing streets are listed; most deliver in the second half of the year."""
    levers, p = w.levers[d], w.parameters[0]
    places = listed(w, d, levers) if levers.hubs_work_plan > 0.0 else 0
    for _ in range(places):
        best, chosen = -1.0, -1
        for s in range(w.street_first[d], w.street_first[d + 1]):
            street = w.streets[s]
            score = street.readiness + 0.5 * draw(luck, street.key, 4)
            if street.counted == 0 and street.pending < 0 and score > best:
                best, chosen = score, s
        if chosen < 0:
            return
        street = w.streets[chosen]
        key = next_hub(street)
        late = draw(lot(now), key, 5)
        kept = draw(lot(now), key, 6) < p.plan_delivery
        street.pending = now.month + (9 - int(6.0 * late * late) if kept else 10 + int(8.0 * late))
        street.pending_haste = 0.5 * w.districts[d].nearness
        street.pending_route = choose_route(street, 0.3, draw(lot(now), key, 7), p)


@compiled
def free_row(w, s):
    """A hub row of street `s` that is not in use, or -1."""
    for row in range(PER_STREET * s, PER_STREET * s + PER_STREET):
        if w.hubs[row].status == 0:
            return row
    return -1


@compiled
def counts(kind, centres_count):
    """Whether the plan counts a hub of this kind."""
    return kind == FEDERATION or (kind == SERVICE_CENTRE and centres_count > 0.0)


@compiled
def kind_of(route, u, p):
    """A filed body becomes a federation; a station a centre where centres count, else mostly a federation in name."""
    if route == UPGRADE:
        return FEDERATION
    if route == SIGN:
        return SERVICE_CENTRE if p.centres_count > 0.0 or u >= p.federation_if_asked else FEDERATION
    return FEDERATION if u < (0.5 if p.centres_count > 0.0 else p.federation_if_asked) else SERVICE_CENTRE


@compiled
def equip(hub, street, levers, luck, p):
    """Sets a new hub's legal status, operator, head and quality."""
    key = hub.key
    hub.route = street.pending_route
    hub.kind = kind_of(hub.route, draw(luck, key, 8), p)
    chance = nominal_chance(street.pending_haste, street.money, street.readiness, p)
    hub.status = NOMINAL if draw(luck, key, 9) < chance else WORKING
    hub.commissioned = draw(luck, key, 10) < levers.hubs_commissioned_share
    hub.official_head = levers.hubs_officials_may_head > 0.0 and draw(luck, key, 11) < p.official_share
    legal = 1.0 if hub.route == NEW else (p.sign_registered if hub.route == SIGN else p.upgrade_registered)
    hub.registered = draw(luck, key, 12) < legal
    hub.staff = 1 if hub.route == SIGN and hub.status == WORKING else 0
    spread = 0.8 + 0.4 * draw(luck, key, 13)
    start = p.hub_quality_nominal if hub.status == NOMINAL else p.hub_quality_start
    hub.quality = min(1.0, start * spread + p.commission_gain * hub.commissioned * (hub.status == WORKING))


@compiled
def found_hub(w, s, now):
    """The hub under way in street `s` is founded, with its start-up grant as far as there is money."""
    street = w.streets[s]
    street.pending = -1
    row = free_row(w, s)
    if row < 0:  # a street with two centres makes the better one its federation
        first, second = w.hubs[PER_STREET * s], w.hubs[PER_STREET * s + 1]
        w.hubs[PER_STREET * s + (second.quality > first.quality)].kind = FEDERATION
        return
    hub = w.hubs[row]
    levers = w.levers[street.district]
    hub.key = next_hub(street)
    street.ever += 1
    hub.founded = now.month
    hub.head_months = 0
    hub.cash = 0
    hub.served[:] = 0
    equip(hub, street, levers, lot(now), w.parameters[0])
    hub.cash += pay(w.funders[1 + street.district], w.ledger, HUB_STARTUP, fen(levers.hubs_startup_grant))
    street.hubs += 1


@compiled
def take_stock(w, s, now):
    """What the street has now: hubs that exist, count and work."""
    street, p = w.streets[s], w.parameters[0]
    street.hubs = 0
    street.counted = 0
    street.hub_quality = 0.0
    for row in range(PER_STREET * s, PER_STREET * s + PER_STREET):
        hub = w.hubs[row]
        if hub.status > 0:
            street.hubs += 1
            if counts(hub.kind, p.centres_count):
                street.counted = 1
            if hub.status == WORKING:
                street.hub_quality = max(street.hub_quality, hub.quality)
    if street.counted == 1 and street.first_nominal < 0:
        street.first_nominal = now.month


@compiled
def hubs(w: World) -> None:
    """Decides, founds and runs hubs."""
    now = w.clock[0]
    luck = stream(now.seed, now.month, HUBS)
    for d in range(len(w.districts)):
        district, levers = w.districts[d], w.levers[d]
        shock = w.shocks[now.month, d].hubs
        for s in range(w.street_first[d], w.street_first[d + 1]):
            w.streets[s].readiness = readiness(w.streets[s], w.parameters[0].staff_need, w.parameters[0])
        order_all(w, d, now, luck)
        if now.month_of_year == SPRING:
            plan_year(w, d, now, luck)
        achieved = 0.0
        for s in range(w.street_first[d], w.street_first[d + 1]):
            street = w.streets[s]
            if street.counted == 0 and street.pending < 0:
                decide(street, district, levers, shock, now, luck, w.parameters[0])
            if 0 <= street.pending <= now.month:
                found_hub(w, s, now)
            lives(w, s, now)
            take_stock(w, s, now)
            achieved += street.counted
        district.achieved = achieved / max(1, district.streets)
