"""Which organizations live where: the monthly index by community, and the counts that rules look at."""

from __future__ import annotations

import numpy as np

from .codes import FILED, GROUP, GROWING, MATURE, REGISTERED
from .compiled import compiled
from .world import World


@compiled
def index_by_community(w: World) -> None:
    """A stable counting sort of the living rows, so that every place's organizations are contiguous in `order`."""
    first, count = w.first, w.clock[0].organizations
    first[:] = 0
    for i in range(count):
        org = w.organizations[i]
        if org.alive == 1:
            first[org.community + 1] += 1
    for c in range(len(w.communities)):
        first[c + 1] += first[c]
    place = first.copy()
    for i in range(count):
        org = w.organizations[i]
        if org.alive == 1:
            w.order[place[org.community]] = i
            place[org.community] += 1


@compiled
def count(org, place, street):
    """Adds one organization to what its community and its street have."""
    if org.active == 1:
        place.leading += 0.85  # one person may lead several
        place.successes += (org.stage >= MATURE) + 2.0 * org.exemplar
    if org.ladder == GROUP:
        street.waiting += org.queue >= 0
        return
    place.stock += 1
    street.filed += org.ladder == FILED
    street.registered += org.ladder == REGISTERED
    street.capable += org.stage >= GROWING


@compiled
def count_all(w: World) -> None:
    """Leaders, models, stock and queue of every community and street."""
    for s in range(len(w.streets)):
        street = w.streets[s]
        street.filed, street.registered, street.capable, street.waiting = 0.0, 0.0, 0.0, 0.0
        for c in range(w.community_first[s], w.community_first[s + 1]):
            place = w.communities[c]
            place.leading, place.successes, place.stock = 0.0, 0.0, 0
            for i in w.order[w.first[c] : w.first[c + 1]]:
                count(w.organizations[i], place, street)
        street.backlog = street.waiting


@compiled
def rows_of_street(w, s):
    """Rows of the organizations of street `s`."""
    return w.order[w.first[w.community_first[s]] : w.first[w.community_first[s + 1]]]


@compiled
def rows_of_district(w, d):
    """Rows of the organizations of district `d`."""
    begin = w.community_first[w.street_first[d]]
    end = w.community_first[w.street_first[d + 1]]
    return w.order[w.first[begin] : w.first[end]]


@compiled
def regroup(w: World) -> None:
    """Rebuilds the index and every place's counts."""
    index_by_community(w)
    count_all(w)
    reference = w.clock[0].reference_stock
    for s in range(len(w.streets)):
        street = w.streets[s]
        relative = (street.filed + street.registered) / max(0.1, reference)
        street.stock += (relative - street.stock) / 6.0  # half a year until a stock is felt


FEW = 12  # up to here picking one by one is quicker than sorting all


@compiled
def best(scores: np.ndarray, count: int) -> np.ndarray:
    """Positions of the `count` highest scores, best first (scores carry luck of their own, so ties do not arise)."""
    count = min(count, len(scores))
    if count > FEW:
        return np.argsort(-scores)[:count]
    chosen = np.empty(count, np.int64)
    left = scores.copy()
    for k in range(count):
        chosen[k] = np.argmax(left)
        left[chosen[k]] = -np.inf
    return chosen
