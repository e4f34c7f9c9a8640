"""Exit (process 16): organizations fall dormant; the books follow later.

Two clocks. Dormancy is real and comes with youth, an empty purse, a weak service or a lost leader; public money takes
the risk of youth away (liability of newness). A dormant group is simply gone, a filed or registered body stays on the
books until the yearly verification, live supervision or a clean-up strikes it off:
the reported stock does not fall by itself.
"""

from __future__ import annotations

from ..codes import FILED, GROUP, PAPER
from ..compiled import compiled
from ..draws import draw, happens, monthly
from ..ledger import ORGANIZATION, WOUND_UP, fen
from ..tallies import DISSOLVED, DISSOLVED_GROUPS, LEFT_INCUBATION
from .growth import running_cost

YOUNG = 24
VERIFICATION = 6  # month of the yearly verification


@compiled
def reserves(org, p):
    """How far the purse covers half a year's running costs, 0-1."""
    return min(1.0, org.cash / max(1.0, 0.5 * fen(running_cost(org, p))))


@compiled
def dormancy_rate(org, levers, shock, p):
    """Rate per year at which an organization at work falls dormant."""
    rate = p.exit_group if org.ladder == GROUP else (p.exit_filed if org.ladder == FILED else p.exit_registered)
    if org.ladder == GROUP:
        rate *= 1.0 - 0.3 * levers.ladder_self_management
    if org.age < YOUNG and org.since_grant > 12:
        rate *= p.newness
    rate *= 1.0 - (1.0 - p.purse_protects) * reserves(org, p)
    return rate * (1.2 - 0.8 * org.service) * (1.1 - 0.33 * org.leadership) * shock


@compiled
def reviving_rate(levers, p):
    """Rate per year at which a dormant body comes back, more where somebody keeps in touch."""
    touch = levers.party_regular_contact + min(1.0, levers.committee_liaison_posts)
    return p.reviving * (1.0 + touch)


@compiled
def striking_chance(org, levers, clean_up, month_of_year, p):
    """Chance that a dormant body is struck off the books this month."""
    if org.ladder == GROUP:
        return monthly(p.group_vanishing)
    chance = clean_up
    if month_of_year == VERIFICATION:
        watched = levers.evaluation_supervision + levers.evaluation_digital_supervision
        chance = max(chance, min(1.0, p.verification * (1.0 + watched)))
    return chance


@compiled
def dissolve(w, org):
    """The organization leaves the books; its money is handed over."""
    w.ledger[ORGANIZATION, WOUND_UP] += org.cash
    org.cash = 0
    org.alive, org.active = 0, 0
    w.tallies[org.district, DISSOLVED if org.ladder >= FILED else DISSOLVED_GROUPS] += 1.0


@compiled
def fall_dormant(w, org):
    """The organization stops; a slot that it held is free again, and it leaves the queue."""
    if org.incubating > 0:
        w.tallies[org.district, LEFT_INCUBATION] += 1.0
    org.active, org.idle_months = 0, 0
    org.incubating, org.hub, org.queue = 0, -1, -1


@compiled
def leave(w, org, levers, shock, now, luck, p):
    """One organization's chance to fall dormant, to come back, or to be struck off."""
    if org.active == 1:
        if happens(dormancy_rate(org, levers, shock, p), luck, org.key, 0):
            fall_dormant(w, org)
        return
    org.idle_months += 1
    if org.origin != PAPER and happens(reviving_rate(levers, p), luck, org.key, 1):
        org.active = 1
        return
    struck = striking_chance(org, levers, w.clean_up[now.month, org.district], now.month_of_year, p)
    if draw(luck, org.key, 2) < struck:
        dissolve(w, org)
