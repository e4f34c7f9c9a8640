"""Access to money in two steps: a filed organization without legal status first needs somebody to hold its money.

A registered working hub that offers custody may take it, or a registered organization of the district acts as its
partner. Only then can it apply for public money, and it leaves a fee with whoever holds it.
"""

from __future__ import annotations

from ..codes import FILED, LEGAL_PARTNER, NO_CUSTODIAN, REGISTERED, WORKING
from ..compiled import compiled
from ..draws import happens
from ..ledger import CUSTODY_COST, CUSTODY_FEE, MISUSE, ORGANIZATION
from ..tallies import PUBLIC_PAID
from ..world import World


@compiled
def custodian_hub(w, street_row):
    """Row of a hub of the street that holds others' money, or -1."""
    for row in range(2 * street_row, 2 * street_row + 2):
        if w.hubs[row].status == WORKING and w.hubs[row].custody == 1:
            return row
    return -1


@compiled
def hold_money(w: World) -> None:
    """Who in each street would hold others' money this month."""
    p = w.parameters[0]
    for s in range(len(w.streets)):
        street = w.streets[s]
        street.custodian = custodian_hub(w, s)
        partners = w.levers[street.district].custody_legal_partners * street.registered / max(1.0, street.filed)
        street.partners = p.custody_by_partner * min(1.0, 3.0 * partners)


@compiled
def seek_custodian(w, org, street, levers, luck, p):
    """A filed organization at work finds a custodian, or loses one that no longer offers it."""
    willing = levers.custody_legal_partners
    if org.custodian >= 0 and w.hubs[org.custodian].custody == 0:
        org.custodian = NO_CUSTODIAN
    if org.custodian == LEGAL_PARTNER and willing <= 0.0:
        org.custodian = NO_CUSTODIAN
    if org.ladder != FILED or org.active == 0 or org.custodian != NO_CUSTODIAN:
        return
    if street.custodian >= 0 and happens(p.custody_by_hub, luck, org.key, 0):
        org.custodian = street.custodian
    elif happens(street.partners, luck, org.key, 1):
        org.custodian = LEGAL_PARTNER


@compiled
def has_access(org):
    """Whether public money can reach the organization: on the books, at work, clean, and legal or in custody."""
    held = org.ladder == REGISTERED or (org.ladder == FILED and org.custodian != NO_CUSTODIAN)
    return held and org.active == 1 and org.clean == 1


@compiled
def hand_over(w, org, amount):
    """Public money of `amount` fen, already entered as paid, reaches the organization less its custodian's fee."""
    if amount <= 0:
        return
    p = w.parameters[0]
    kept = 0
    if org.ladder == FILED and org.custodian != NO_CUSTODIAN:
        kept = int(amount * p.custody_fee)
        if org.custodian >= 0:
            w.hubs[org.custodian].cash += kept
            w.ledger[ORGANIZATION, CUSTODY_FEE] += kept
        else:
            w.ledger[ORGANIZATION, CUSTODY_COST] += kept
    org.cash += amount - kept
    org.public12 += amount
    org.since_grant = 0
    w.tallies[org.district, PUBLIC_PAID] += amount / 100.0


@compiled
def misuse_money(w, org, levers, luck, p):
    """Once in a while money goes astray: less where governance, supervision or a custodian watch."""
    if org.cash <= 0 or org.since_grant > 24:
        return
    watched = (1.0 - 0.6 * levers.evaluation_supervision) * (1.0 - 0.3 * levers.evaluation_digital_supervision)
    if org.custodian != NO_CUSTODIAN:
        watched *= 0.3
    if happens(p.misuse * (1.0 - org.governance) * watched, luck, org.key, 2):
        lost = org.cash // 2
        org.cash -= lost
        w.ledger[ORGANIZATION, MISUSE] += lost
        org.clean = 0


@compiled
def keep_in_custody(w, org, street, levers, luck, p):
    """One organization's search for a custodian, and what goes astray."""
    if org.ladder >= FILED:
        seek_custodian(w, org, street, levers, luck, p)
        misuse_money(w, org, levers, luck, p)
