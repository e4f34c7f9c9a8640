"""The index of organizations, and the counts of the month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miaopu.model.codes import CULTURE, FILED, GROWING, MATURE

from .agents import Organization

if TYPE_CHECKING:
    from .world import PlainWorld


def regroup(world: PlainWorld) -> None:
    """Who lives where; the backlog and the smoothed stock of streets, from the counts of last month."""
    for community in world.communities:
        community.rows = []
    for org in world.organizations:
        org.community.rows.append(org)
    for street in world.streets:
        street.backlog = street.waiting
        relative = (street.filed + street.registered) / max(0.1, world.reference_stock)
        street.stock += (relative - street.stock) / 6


def clear(world: PlainWorld) -> None:
    """Nobody is counted or served yet."""
    for community in world.communities:
        community.capacity = [0.0] * len(community.capacity)
        community.leading = community.successes = 0.0
        community.there = community.stock = 0
    for street in world.streets:
        street.filed = street.registered = street.capable = street.waiting = 0
    for hub in world.hub_rows:
        hub.occupied = hub.culture = 0


def count(org: Organization) -> None:
    """One organization in the counts of its community, its street and the hub that incubates it."""
    community, street = org.community, org.street
    community.there += 1
    if org.active:
        community.leading += 0.85
        community.successes += (org.stage >= MATURE) + 2 * org.exemplar
    if org.incubating > 0 and org.hub is not None:
        org.hub.occupied += 1
        org.hub.culture += org.domain == CULTURE
    if not org.is_body:
        street.waiting += org.queue >= 0
        return
    community.stock += 1
    if org.ladder == FILED:
        street.filed += 1
    else:
        street.registered += 1
    street.capable += org.stage >= GROWING
