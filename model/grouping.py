"""Which organizations live where: the monthly index by community, and the counts that rules look at.

Everybody is counted at the end of each month, in the same pass that records; who is founded later in the next month
enters the index of that month and the counts at its end.
"""

from __future__ import annotations

import numpy as np

from .codes import CULTURE, FILED, GROUP, GROWING, MATURE, REGISTERED
from .compiled import compiled
from .world import World


@compiled
def clear_place(place):
    """Nothing is counted yet in a community."""
    place.there, place.stock, place.leading, place.successes = 0, 0, 0.0, 0.0


@compiled
def clear_streets(w: World) -> None:
    """Nothing is counted yet in streets and their hubs."""
    for s in range(len(w.streets)):
        street = w.streets[s]
        street.filed, street.registered, street.capable, street.waiting = 0.0, 0.0, 0.0, 0.0
    for h in range(len(w.hubs)):
        w.hubs[h].occupied, w.hubs[h].culture = 0, 0


@compiled
def count(w, org, place, street):
    """Adds one organization on the books to what its community, its street and the hub that incubates it have."""
    place.there += 1
    if org.active == 1:
        place.leading += 0.85  # one person may lead several
        place.successes += (org.stage >= MATURE) + 2.0 * org.exemplar
    if org.incubating > 0:
        w.hubs[org.hub].occupied += 1
        w.hubs[org.hub].culture += org.domain == CULTURE
    if org.ladder == GROUP:
        street.waiting += org.queue >= 0
        return
    place.stock += 1
    street.filed += org.ladder == FILED
    street.registered += org.ladder == REGISTERED
    street.capable += org.stage >= GROWING


@compiled
def count_all(w: World) -> None:
    """Counts everybody. The month does so by itself; this is for the start and for what was changed by hand since."""
    clear_streets(w)
    for c in range(len(w.communities)):
        clear_place(w.communities[c])
    for i in range(w.clock[0].organizations):
        org = w.organizations[i]
        if org.alive == 1:
            count(w, org, w.communities[org.community], w.streets[org.street])


@compiled
def index_by_community(w: World) -> None:
    """Lists the living rows in `order`, community after community, as many as are counted there."""
    first = w.first
    first[0] = 0
    for c in range(len(w.communities)):
        first[c + 1] = first[c] + w.communities[c].there
    place = first.copy()
    for i in range(w.clock[0].organizations):
        org = w.organizations[i]
        if org.alive == 1:
            w.order[place[org.community]] = i
            place[org.community] += 1


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
    """Rebuilds the index; streets feel their stock and their queue as counted at the end of last month."""
    index_by_community(w)
    reference = w.clock[0].reference_stock
    for s in range(len(w.streets)):
        street = w.streets[s]
        street.backlog = street.waiting
        relative = (street.filed + street.registered) / max(0.1, reference)
        street.stock += (relative - street.stock) / 6.0  # half a year until a stock is felt


FEW = 12  # up to here picking one by one is quicker than sorting all


@compiled
def best(scores: np.ndarray, count: int) -> np.ndarray:
    """Positions of the `count` highest scores, best first (scores carry luck of their own, so ties do not arise)."""
    count = max(0, min(count, len(scores)))
    if count > FEW:
        return np.argsort(-scores)[:count]
    chosen = np.empty(count, np.int64)
    left = scores.copy()
    for k in range(count):
        chosen[k] = np.argmax(left)
        left[chosen[k]] = -np.inf
    return chosen
