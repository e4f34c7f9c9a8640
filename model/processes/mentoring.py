"""Mentoring (process 9): registered organizations are paired with filed ones; mature ones come from outside."""

from __future__ import annotations

import numpy as np

from ..codes import FILED, MATURE, MENTORING, OUTSIDE, REGISTERED
from ..compiled import compiled
from ..draws import draw, stream
from ..grouping import best, rows_of_district
from ..tallies import BROUGHT_IN, MENTORED
from ..world import World
from .founding import found
from .training import WHOLE

PAIR_MONTHS = 12
PUPILS = 2  # that a mentor has at the same time
FIRST_ORDINAL = 100  # ordinals of outside organizations, apart from those of the groups founded in the same month
MOST_A_MONTH = 4  # outside organizations that settle in a district within a month


@compiled
def level(org):
    """Mean of the four capabilities."""
    return 0.25 * (org.governance + org.service + org.finance + org.leadership)


@compiled
def is_mentor(org):
    """Registered, at work, and past the first growth; or brought in for the purpose."""
    return org.active == 1 and org.ladder == REGISTERED and (org.stage >= MATURE or org.origin == OUTSIDE)


@compiled
def pair(w, d, pairs, luck):
    """Up to `pairs` filed organizations get a mentor of their district: the keenest pupil the ablest free mentor."""
    rows = rows_of_district(w, d)
    pupils, claims = np.empty(len(rows), np.int64), np.empty(len(rows))
    mentors, merits = np.empty(PUPILS * len(rows), np.int64), np.empty(PUPILS * len(rows))
    taught = taught_by(w, rows)
    m, n = 0, 0
    for i in rows:
        org = w.organizations[i]
        if is_mentor(org):
            for place in range(PUPILS - min(PUPILS, (taught == org.key).sum())):
                mentors[m], merits[m] = i, level(org) + 0.1 * draw(luck, org.key, 0) - 10.0 * place
                m += 1
        elif org.ladder == FILED and org.active == 1 and org.mentored == 0:
            pupils[n], claims[n] = i, org.leadership + draw(luck, org.key, 1)
            n += 1
    pairs = min(pairs, min(m, n))
    chosen, teachers = best(claims[:n], pairs), best(merits[:m], pairs)
    for k in range(pairs):
        pupil, mentor = w.organizations[pupils[chosen[k]]], w.organizations[mentors[teachers[k]]]
        pupil.mentor, pupil.mentor_level, pupil.mentored = mentor.key, level(mentor), PAIR_MONTHS
        w.tallies[d, MENTORED] += 1.0
    return pairs


@compiled
def taught_by(w, rows):
    """Keys of the mentors of all who have one among `rows`, one for each pupil."""
    keys = np.empty(len(rows), np.uint64)
    count = 0
    for i in rows:
        org = w.organizations[i]
        if org.mentored > 0:
            keys[count] = org.mentor
            count += 1
    return keys[:count]


@compiled
def luckiest(w, d, luck, ordinal):
    """Row of the community of district `d` on which the lot falls."""
    chosen, highest = -1, -1.0
    for c in range(w.community_first[w.street_first[d]], w.community_first[w.street_first[d + 1]]):
        u = draw(luck, w.communities[c].key, FIRST_ORDINAL + ordinal)
        if u > highest:
            chosen, highest = c, u
    return chosen


@compiled
def bring_in(w, d, ordinal, now, luck):
    """A mature organization settles in a community of the district chosen by luck."""
    org = w.organizations[found(w, luckiest(w, d, luck, ordinal), now.month, FIRST_ORDINAL + ordinal, luck)]
    org.origin, org.ladder, org.stage, org.active = OUTSIDE, REGISTERED, MATURE, 1
    org.age, org.ladder_months, org.queue = 60, 36, -1
    org.governance, org.service, org.finance, org.leadership = 0.7, 0.7, 0.6, 0.7


@compiled
def mentoring(w: World) -> None:
    """Forms the month's pairs and brings in the month's outside organizations."""
    now = w.clock[0]
    luck = stream(now.seed, now.month, MENTORING)
    for d in range(len(w.districts)):
        district, levers = w.districts[d], w.levers[d]
        district.due_pairs = min(district.due_pairs + levers.mentoring_pairs / 12.0, max(1.0, levers.mentoring_pairs))
        whole = int(district.due_pairs + 1e-9)
        if whole > 0:
            district.due_pairs -= pair(w, d, whole, luck)
        district.due_outside += levers.mentoring_outside_organizations / 12.0
        ordinal = 0
        while district.due_outside >= WHOLE and ordinal < MOST_A_MONTH:
            bring_in(w, d, ordinal, now, luck)
            district.due_outside -= 1.0
            w.tallies[d, BROUGHT_IN] += 1.0
            ordinal += 1
