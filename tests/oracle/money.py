"""Money: whole fen, one ledger for each calendar year, and the way public money reaches organizations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from miaopu.model.codes import FILED

from .agents import Funder, Hub, Organization

if TYPE_CHECKING:
    from .world import PlainWorld


def fen(yuan: float) -> int:
    """Yuan in whole fen."""
    return math.floor(yuan * 100 + 0.5)


def pay(world: PlainWorld, funder: Funder, instrument: str, wanted: int) -> int:
    """Take what is wanted out of a purse, or what is there; what was taken."""
    paid = min(funder.cash, wanted)
    if paid <= 0:
        return 0
    funder.cash -= paid
    world.enter(funder.kind, instrument, paid)
    return paid


def hand_over(world: PlainWorld, org: Organization, amount: int) -> None:
    """Public money reaches an organization, less what its custodian keeps."""
    if amount <= 0:
        return
    kept = 0
    if org.ladder == FILED and org.custodian is not None:
        kept = int(amount * world.p.custody_fee)
        if isinstance(org.custodian, Hub):
            org.custodian.cash += kept
            world.enter("organization", "custody_fee", kept)
        else:
            world.enter("organization", "custody_cost", kept)
    org.cash += amount - kept
    org.public12 += amount
    org.since_grant = 0
    org.district.tally["public_paid"] += amount / 100


def project_money(org: Organization, p: Any) -> int:
    """What an organization works off this month of what is beyond a comfortable purse."""
    return max(0, org.cash - fen(p.comfortable_purse)) // 8


def running_costs(org: Organization, p: Any) -> float:
    """Yuan a year, by rung."""
    return (p.cost_group, p.cost_filed, p.cost_registered)[org.ladder]


def best(scores: list[float], n: int) -> list[int]:
    """The positions of the n highest scores, best first."""
    return sorted(range(len(scores)), key=lambda i: -scores[i])[: max(0, n)]
