"""How competitive money is awarded: by score until the budget is used up, with a share kept for villages."""

from __future__ import annotations

import numpy as np

from ..codes import REGISTERED
from ..compiled import compiled
from ..draws import draw
from ..grouping import best
from ..ledger import fen, pay
from .custody import hand_over, has_access


@compiled
def merit(org, levers, u):
    """Score of an application: capability, rating, Party building, last year's good work, and luck."""
    sound = org.party > 0 and org.governance > 0.4
    good = org.since_grant <= 12 and org.rating > 0.6
    return (
        org.service
        + 0.5 * org.finance
        + 0.5 * org.governance
        + levers.funding_performance_weight * max(0.0, org.rating)
        + levers.funding_party_priority * sound
        + levers.funding_continuity * good
        + 0.5 * u
    )


@compiled
def award(w, rows, funder, instrument, budget, size, luck, k, villages_only, legal_only):
    """Awards up to `budget` fen of a funder in pieces of `size` fen; returns what was paid.

    A full piece goes to a registered winner, half a piece to one that works through a custodian.
    """
    candidates = np.empty(len(rows), np.int64)
    scores = np.empty(len(rows))
    found = 0
    for i in rows:
        org = w.organizations[i]
        legal = org.ladder == REGISTERED or not legal_only
        here = w.communities[org.community].rural == 1 or not villages_only
        if legal and here and has_access(org):
            candidates[found] = i
            scores[found] = merit(org, w.levers[org.district], draw(luck, org.key, k))
            found += 1
    spent = 0
    for j in best(scores[:found], budget // max(1, size // 2) + 1):
        org = w.organizations[candidates[j]]
        piece = size if org.ladder == REGISTERED else size // 2
        if spent + piece > budget or funder.cash < piece:
            break
        paid = pay(funder, w.ledger, instrument, piece)
        hand_over(w, org, paid)
        spent += paid
    return spent


@compiled
def award_with_tilt(w, d, rows, funder, instrument, budget, size, luck, k):
    """As `award`, the villages' share first; what villages leave of it is open to all."""
    kept = int(budget * w.levers[d].funding_rural_share)
    spent = 0
    if kept > 0:
        spent = award(w, rows, funder, instrument, kept, size, luck, k, True, False)
    return spent + award(w, rows, funder, instrument, budget - spent, size, luck, k + 1, False, False)


@compiled
def share_out(w, rows, funder, instrument, each_yuan, least_ladder):
    """Pays `each_yuan` to every eligible organization; if the purse is too small, the same share of it to each."""
    due = 0
    each = fen(each_yuan)
    for i in rows:
        org = w.organizations[i]
        if org.active == 1 and org.ladder >= least_ladder and has_access(org):
            due += each
    if due == 0 or funder.cash <= 0:
        return
    share = min(1.0, funder.cash / due)
    for i in rows:
        org = w.organizations[i]
        if org.active == 1 and org.ladder >= least_ladder and has_access(org):
            hand_over(w, org, pay(funder, w.ledger, instrument, int(each * share)))
