"""Process 10, first part: who may have public money, by what merit, and how a call is awarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from miaopu.model.codes import CALLS, FILED, REGISTERED

from .agents import District, Funder, Organization
from .chance import Luck
from .money import best, fen, hand_over, pay

if TYPE_CHECKING:
    from .world import PlainWorld


class Call(NamedTuple):
    """One call for applications."""

    payer: Funder
    instrument: str
    size: int  # fen, of a whole piece
    k: int  # the draw that serves as luck


def has_access(org: Organization) -> bool:
    """Whether an organization may have public money at all."""
    legal = org.ladder == REGISTERED or (org.ladder == FILED and org.custodian is not None)
    return bool(legal and org.active and org.clean)


def merit(org: Organization, u: float) -> float:
    """How an applicant is judged."""
    levers = org.district.levers
    return (
        org.service
        + 0.5 * org.finance
        + 0.5 * org.governance
        + levers.funding_performance_weight * max(0.0, org.rating)
        + levers.funding_party_priority * (org.party > 0 and org.governance > 0.4)
        + levers.funding_continuity * (org.since_grant <= 12 and org.rating > 0.6)
        + 0.5 * u
    )


def award(world: PlainWorld, rows: list[Organization], call: Call, budget: int) -> int:
    """Pieces go to the best applicants until the budget or the purse is too small; what was spent."""
    luck = world.luck(CALLS)
    candidates = [org for org in rows if has_access(org)]
    scores = [merit(org, luck.draw(org, call.k)) for org in candidates]
    spent = 0
    for i in best(scores, len(scores)):
        org = candidates[i]
        piece = call.size if org.ladder == REGISTERED else call.size // 2
        if spent + piece > budget or call.payer.cash < piece:
            break
        hand_over(world, org, pay(world, call.payer, call.instrument, piece))
        spent += piece
    return spent


def award_with_villages(
    world: PlainWorld, district: District, rows: list[Organization], call: Call, budget: int
) -> int:
    """Villages first have a share to themselves; then all is open to all."""
    kept = int(budget * district.levers.funding_rural_share)
    spent = 0
    if kept > 0:
        spent = award(world, [org for org in rows if org.community.rural], call, kept)
    return spent + award(world, rows, call._replace(k=call.k + 1), budget - spent)


def share_out(world: PlainWorld, rows: list[Organization], payer: Funder, instrument: str, yuan: float) -> None:
    """Everybody who is filed and has access gets the same, less where the purse is short."""
    each = fen(yuan)
    entitled = [org for org in rows if org.active and org.ladder >= FILED and has_access(org)]
    due = each * len(entitled)
    if due == 0 or payer.cash <= 0:
        return
    share = min(1.0, payer.cash / due)
    for org in entitled:
        hand_over(world, org, pay(world, payer, instrument, int(each * share)))


def pass_on(world: PlainWorld, rows: list[Organization], payer: Funder, budget: int, size: int) -> int:
    """A hub contracts for the street and passes the work on to filed organizations; what was passed on."""
    luck: Luck = world.luck(CALLS)
    candidates = [org for org in rows if org.ladder == FILED and org.active and org.clean]
    scores = [org.service + 0.5 * luck.draw(org, 62) for org in candidates]
    spent = 0
    for i in best(scores, len(scores)):
        if spent + size > budget:
            break
        paid = pay(world, payer, "purchase", size)
        hand_over(world, candidates[i], paid)
        spent += paid
    return spent
