"""Process 5, continued: the month of one hub."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from miaopu.model.codes import HUB_LIFE, IDLE, NO_HUB, NOMINAL, SIGN, WORKING

from .agents import Hub, Street
from .chance import Luck
from .money import fen, pay

if TYPE_CHECKING:
    from .world import PlainWorld

LASTING = Luck(0)


def live(hub: Hub, street: Street, world: PlainWorld) -> None:
    """One month: money, staff, status, quality, head, custody."""
    luck = world.luck(HUB_LIFE)
    hub.served[world.t % 12] = 0
    own_pay = 0.5 * street.district.levers.hubs_annual_support / world.p.worker_cost
    run_on_money(hub, street, own_pay, world)
    keep_staff(hub, street, own_pay, luck, world)
    staffed = min(1.0, world.p.part_time + hub.staff)
    change_status(hub, staffed, luck, world)
    change_quality(hub, street, staffed, world)
    change_head(hub, world)
    below = LASTING.draw(hub, 1) < street.district.levers.custody_hub_custody
    hub.custody = int(hub.registered and hub.status == WORKING and below)
    if hub.status == NO_HUB:
        world.enter("hub", "hub_running", hub.cash)
        hub.cash = hub.staff = hub.custody = 0
        hub.quality = 0.0


def run_on_money(hub: Hub, street: Street, own_pay: float, world: PlainWorld) -> None:
    """Support comes in, running costs go out."""
    p, levers = world.p, street.district.levers
    hub.cash += pay(world, street.district.bureau, "hub_support", fen(levers.hubs_annual_support / 12))
    owed = fen((p.hub_running + min(hub.staff, own_pay) * p.worker_cost) / 12)
    paid = min(hub.cash, owed)
    hub.cash -= paid
    world.enter("hub", "hub_running", paid)
    in_kind = p.own_means * street.finance / 12 * 100
    hub.solvency = min(1.0, (paid + in_kind) / max(1, owed))


def keep_staff(hub: Hub, street: Street, own_pay: float, luck: Luck, world: PlainWorld) -> None:
    """Some leave, at most one comes; the district pays for those beyond the hub's own."""
    p, levers = world.p, street.district.levers
    own = int(own_pay + p.street_staff + LASTING.draw(hub, 0))
    if hub.route == SIGN and hub.status != IDLE:
        own = max(own, 1)
    posts = max(int(levers.hubs_social_workers + own_pay + p.street_staff + LASTING.draw(hub, 0)), own)
    leaving = 1 - math.exp(-p.staff_turnover / 12)
    hub.staff = sum(luck.draw(hub, 10 + j) >= leaving for j in range(hub.staff))
    if hub.staff < posts and luck.happens(p.hiring, hub, 1):
        hub.staff += 1
    if hub.staff > posts:
        hub.staff -= 1
    due = fen(min(max(0, hub.staff - own), levers.hubs_social_workers) * p.worker_cost / 12)
    if pay(world, street.district.bureau, "hub_wages", due) < due:
        hub.staff -= 1


def change_status(hub: Hub, staffed: float, luck: Luck, world: PlainWorld) -> None:
    """Nominal hubs may wake, working ones may idle, idle ones may wake again or close."""
    p = world.p
    means = p.unpaid + (1 - p.unpaid) * hub.solvency
    if hub.status == NOMINAL:
        if luck.happens(p.hub_awakening * means * staffed, hub, 2):
            hub.status = WORKING
            hub.quality = max(hub.quality, p.hub_quality_start)
    elif hub.status == WORKING:
        if luck.happens(p.hub_idling * (1 + 2 * (1 - means)), hub, 2):
            hub.status = IDLE
    elif luck.happens(p.hub_awakening * 0.5 * means * staffed, hub, 2):
        hub.status = WORKING
    elif luck.happens(p.hub_closing, hub, 3):
        hub.status = NO_HUB


def change_quality(hub: Hub, street: Street, staffed: float, world: PlainWorld) -> None:
    """Working hubs learn, others lose."""
    p, district = world.p, street.district
    if hub.status != WORKING:
        hub.quality -= p.erosion * hub.quality / 12
        return
    people = staffed * (0.7 + 0.3 * district.licensed + 0.3 * district.staff_skill)
    ceiling = 0.75 + 0.2 * hub.commissioned
    learnt = p.hub_learning * people * max(0.0, ceiling - hub.quality)
    hub.quality += (learnt - p.erosion * 0.3 * hub.quality) / 12


def change_head(hub: Hub, world: PlainWorld) -> None:
    """An official leaves after three to four years, and takes a part of the quality."""
    hub.head_months += 1
    if hub.official_head and hub.head_months >= 36 + int(13 * LASTING.draw(hub, 2)):
        hub.head_months = hub.official_head = 0
        hub.quality *= world.p.head_loss
