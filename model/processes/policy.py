"""Policy (process 2): the timetable gives each district's levers for this month, as far as the money reaches.

Levers that cost something are paid for now, the district's from its bureau, the city's from the city. If the purse
holds only a share of what they cost, that share of them is delivered.
"""

from __future__ import annotations

from ..compiled import compiled
from ..ledger import PROGRAMME, pay
from ..world import World

FREE, BY_DISTRICT, BY_CITY = 0, 1, 2


@compiled
def share_paid(funder, ledger, due):
    """Pays `due` fen and returns the share of it that the purse held."""
    if due <= 0:
        return 1.0
    return pay(funder, ledger, PROGRAMME, due) / due


@compiled
def policy(w: World) -> None:
    """Sets the levers in force."""
    now = w.clock[0]
    dues = w.dues[now.month]
    count = len(w.districts)
    city_share = share_paid(w.funders[0], w.ledger, dues[count])
    for d in range(count):
        share = share_paid(w.funders[1 + d], w.ledger, dues[d])
        w.districts[d].delivered = share
        wanted = w.timetable[now.month, d]
        for k in range(len(wanted)):
            delivered = 1.0
            if w.payer[k] != FREE and wanted[k] > w.neutral[k]:  # what is less than usual costs nothing
                delivered = share if w.payer[k] == BY_DISTRICT else city_share
            w.in_force[d, k] = w.neutral[k] + (wanted[k] - w.neutral[k]) * delivered
