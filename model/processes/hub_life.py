"""What becomes of hubs: money, staff, quality; nominal ones come to life when staffed, unpaid ones fall idle."""

from __future__ import annotations

import numpy as np

from ..codes import HUB_LIFE, IDLE, NO_HUB, NOMINAL, SIGN, WORKING
from ..compiled import compiled
from ..draws import draw, happens, monthly, stream
from ..ledger import HUB, HUB_RUNNING, HUB_SUPPORT, HUB_WAGES, fen, pay


@compiled
def finance_hub(w, hub, levers):
    """Support comes in, running costs and own posts go out; `solvency` is the share paid, in kind by the street too."""
    p = w.parameters[0]
    bureau = w.funders[1 + hub.district]
    hub.cash += pay(bureau, w.ledger, HUB_SUPPORT, fen(levers.hubs_annual_support / 12.0))
    paid_posts = min(float(hub.staff), by_support(levers, p))
    owed = fen((p.hub_running + paid_posts * p.worker_cost) / 12.0)
    paid = min(hub.cash, owed)
    hub.cash -= paid
    w.ledger[HUB, HUB_RUNNING] += paid
    in_kind = p.own_means * w.streets[hub.street].finance / 12.0 * 100.0
    hub.solvency = min(1.0, (paid + in_kind) / max(1, owed))


@compiled
def by_support(levers, p):
    """Posts that a hub can pay from half of its yearly support."""
    return 0.5 * levers.hubs_annual_support / p.worker_cost


@compiled
def own_posts(hub, levers, p):
    """Posts that need no wages from the district: paid by the hub's support, or detailed by the street or station."""
    posts = int(by_support(levers, p) + p.street_staff + fixed_luck(hub, 0))
    return max(posts, 1) if hub.route == SIGN and hub.status != IDLE else posts


@compiled
def posts_of(hub, levers, p):
    """All posts of a hub, with those whose wages the plan pays."""
    with_plan = int(levers.hubs_social_workers + by_support(levers, p) + p.street_staff + fixed_luck(hub, 0))
    return max(with_plan, own_posts(hub, levers, p))


@compiled
def staff_hub(w, hub, levers, luck):
    """Posts are filled one by one, people leave, and wages that nobody pays end the plan's posts."""
    p = w.parameters[0]
    posts, own = posts_of(hub, levers, p), own_posts(hub, levers, p)
    leaving = monthly(p.staff_turnover)
    staff = 0
    for k in range(hub.staff):
        if draw(luck, hub.key, 10 + k) >= leaving:
            staff += 1
    if staff < posts and happens(p.hiring, luck, hub.key, 1):
        staff += 1
    if staff > posts:
        staff -= 1
    due = fen(min(max(0.0, float(staff - own)), levers.hubs_social_workers) * p.worker_cost / 12.0)
    if pay(w.funders[1 + hub.district], w.ledger, HUB_WAGES, due) < due:
        staff -= 1
    hub.staff = staff


@compiled
def fixed_luck(hub, k):
    """The hub's own `k`-th lasting number in [0, 1): with it, 1.5 posts means one post here and two there."""
    return draw(np.uint64(0), hub.key, k)


@compiled
def staffed(hub, p):
    """How far a hub has people: a part-timer without posts, full with one worker."""
    return min(1.0, p.part_time + hub.staff)


@compiled
def means(hub, p):
    """How far a hub is paid for, m0-1."""
    return p.unpaid + (1.0 - p.unpaid) * hub.solvency


@compiled
def change_status(hub, luck, p):
    """Nominal comes to life, working falls idle, idle revives or closes."""
    if hub.status == NOMINAL:
        if happens(p.hub_awakening * means(hub, p) * staffed(hub, p), luck, hub.key, 2):
            hub.status = WORKING
            hub.quality = max(hub.quality, p.hub_quality_start)
    elif hub.status == WORKING:
        if happens(p.hub_idling * (1.0 + 2.0 * (1.0 - means(hub, p))), luck, hub.key, 2):
            hub.status = IDLE
    elif happens(p.hub_awakening * 0.5 * means(hub, p) * staffed(hub, p), luck, hub.key, 2):
        hub.status = WORKING
    elif happens(p.hub_closing, luck, hub.key, 3):
        hub.status = NO_HUB


@compiled
def improve(hub, district, levers, p):
    """Quality grows with staff, licences and a commissioned operator, and erodes."""
    if hub.status != WORKING:
        hub.quality -= p.erosion * hub.quality / 12.0
        return
    people = staffed(hub, p) * (0.7 + 0.3 * district.licensed + 0.3 * district.staff_skill)
    ceiling = 0.75 + 0.2 * hub.commissioned
    hub.quality += (p.hub_learning * people * max(0.0, ceiling - hub.quality) - p.erosion * 0.3 * hub.quality) / 12.0


@compiled
def rotate_head(hub, p):
    """An official heads a hub for three to four years, then leaves a gap."""
    hub.head_months += 1
    if hub.official_head == 1 and hub.head_months >= 36 + int(13.0 * fixed_luck(hub, 2)):
        hub.head_months = 0
        hub.official_head = 0
        hub.quality *= p.head_loss


@compiled
def offer_custody(hub, levers):
    """A registered working hub offers custody of funds if its own luck lies below the lever."""
    hub.custody = hub.registered == 1 and hub.status == WORKING and fixed_luck(hub, 1) < levers.custody_hub_custody


@compiled
def close(w, hub):
    """A closed hub hands its money over."""
    w.ledger[HUB, HUB_RUNNING] += hub.cash
    hub.cash = 0
    hub.staff = 0
    hub.custody = 0
    hub.quality = 0.0


@compiled
def lives(w, s, now):
    """One month in the life of the hubs of street `s`."""
    luck = stream(now.seed, now.month, HUB_LIFE)
    for row in range(2 * s, 2 * s + 2):
        hub = w.hubs[row]
        if hub.status == NO_HUB:
            continue
        levers = w.levers[hub.district]
        hub.served[now.month % 12] = 0
        finance_hub(w, hub, levers)
        staff_hub(w, hub, levers, luck)
        change_status(hub, luck, w.parameters[0])
        improve(hub, w.districts[hub.district], levers, w.parameters[0])
        rotate_head(hub, w.parameters[0])
        offer_custody(hub, levers)
        if hub.status == NO_HUB:
            close(w, hub)
