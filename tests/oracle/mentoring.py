"""Process 9: registered organizations are paired with filed ones; mature ones come from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miaopu.model.codes import FILED, MATURE, MENTORING, OUTSIDE, REGISTERED

from .agents import District
from .founding import found
from .money import best

if TYPE_CHECKING:
    from .world import PlainWorld


def mentor(district: District, world: PlainWorld) -> None:
    """A month of one district's mentoring."""
    levers = district.levers
    district.due_pairs = min(district.due_pairs + levers.mentoring_pairs / 12, max(1.0, levers.mentoring_pairs))
    whole = int(district.due_pairs + 1e-9)
    if whole > 0:
        district.due_pairs -= pair(district, whole, world)
    district.due_outside += levers.mentoring_outside_organizations / 12
    come = 0
    while district.due_outside >= 1 - 1e-9 and come < 4:
        bring_in(district, come, world)
        district.due_outside -= 1
        come += 1


def pair(district: District, whole: int, world: PlainWorld) -> int:
    """Pupils with the highest claim meet the free places of the best mentors."""
    luck, rows = world.luck(MENTORING), district.rows
    places, merits = [], []
    for org in rows:
        if org.active and org.ladder == REGISTERED and (org.stage >= MATURE or org.origin == OUTSIDE):
            taken = sum(other.mentored > 0 and other.mentor is org for other in rows)
            for i in range(2 - taken):
                places.append(org)
                merits.append(org.level + 0.1 * luck.draw(org, 0) - 10.0 * i)
    pupils = [org for org in rows if org.ladder == FILED and org.active and org.mentored == 0]
    claims = [org.leadership + luck.draw(org, 1) for org in pupils]
    pairs = min(whole, len(places), len(pupils))
    for i, j in zip(best(claims, pairs), best(merits, pairs), strict=True):
        pupil, teacher = pupils[i], places[j]
        pupil.mentor, pupil.mentor_level, pupil.mentored = teacher, teacher.level, 12
        district.tally["mentored"] += 1
    return pairs


def bring_in(district: District, ordinal: int, world: PlainWorld) -> None:
    """A mature organization settles in one of the district's communities."""
    luck = world.luck(MENTORING)
    communities = [community for street in district.streets for community in street.communities]
    community = max(communities, key=lambda c: luck.draw(c, 100 + ordinal))
    org = found(community, 100 + ordinal, luck, world)
    org.origin, org.ladder, org.stage, org.active = OUTSIDE, REGISTERED, MATURE, 1
    org.age, org.ladder_months, org.queue = 60, 36, -1
    org.governance, org.service, org.finance, org.leadership = 0.7, 0.7, 0.6, 0.7
    district.tally["brought_in"] += 1
