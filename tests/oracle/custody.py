"""Process 10, third part: filed organizations without legal status seek a custodian; money may go astray."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miaopu.model.codes import CUSTODY, FILED, WORKING

from .agents import PARTNER, Hub, Organization, Street
from .chance import Luck

if TYPE_CHECKING:
    from .world import PlainWorld


def keep_money(org: Organization, world: PlainWorld) -> None:
    """The custodian, then misuse; for filed and registered ones only."""
    if org.is_body:
        luck = world.luck(CUSTODY)
        lose_custodian(org)
        if org.ladder == FILED and org.active and org.custodian is None:
            seek_custodian(org, luck, world)
        misuse(org, luck, world)


def offer_custody(street: Street, p: Any) -> None:
    """Which hub holds others' money, and how often a filed organization finds a registered partner."""
    offering = [hub for hub in street.hub_rows if hub.status == WORKING and hub.custody]
    street.custodian = offering[0] if offering else None
    share = street.district.levers.custody_legal_partners * street.registered / max(1, street.filed)
    street.partners = p.custody_by_partner * min(1.0, 3 * share)


def lose_custodian(org: Organization) -> None:
    """A custodian that no longer offers itself is lost."""
    if isinstance(org.custodian, Hub):
        if not org.custodian.custody:
            org.custodian = None
    elif org.custodian == PARTNER and org.district.levers.custody_legal_partners <= 0:
        org.custodian = None


def seek_custodian(org: Organization, luck: Luck, world: PlainWorld) -> None:
    """First a hub, then a registered partner."""
    street = org.street
    if street.custodian is not None and luck.happens(world.p.custody_by_hub, org, 0):
        org.custodian = street.custodian
    elif luck.happens(street.partners, org, 1):
        org.custodian = PARTNER


def misuse(org: Organization, luck: Luck, world: PlainWorld) -> None:
    """Half of the purse may go astray while public money is about."""
    if org.cash <= 0 or org.since_grant > 24:
        return
    levers = org.district.levers
    watched = (1 - 0.6 * levers.evaluation_supervision) * (1 - 0.3 * levers.evaluation_digital_supervision)
    if org.custodian is not None:
        watched *= 0.3
    if luck.happens(world.p.misuse * (1 - org.governance) * watched, org, 2):
        lost = org.cash // 2
        org.cash -= lost
        world.enter("organization", "misuse", lost)
        org.clean = 0
