"""What becomes of single organizations and hubs, month by month: the indicators know only sums.

Rows move twice a year, so an organization is followed by its key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ...model.codes import FILED, NO_HUB, NOMINAL
from ...model.world import World

_FIELDS = ("key", "ladder", "age", "active", "since_grant", "own12", "public12")
_YEAR, _NEVER = 12, 1000  # months since the last grant


class Lives(NamedTuple):
    """Columns of all organizations on the books, groups included, one row for each organization and month."""

    ladder: np.ndarray
    age: np.ndarray  # months
    at_work: np.ndarray  # bool
    funded: np.ndarray  # bool: public money within the last year
    ever_funded: np.ndarray  # bool
    income: np.ndarray  # yuan of about the last year
    stopped: np.ndarray  # bool: at work now, not in the next month
    gone: np.ndarray  # bool: on the books now, not in the next month


class History(NamedTuple):
    """What a run leaves of single organizations and hubs."""

    lives: Lives
    newborn_hubs: np.ndarray  # (months,) hubs of streets founded in the month
    newborn_nominal: np.ndarray  # (months,) of them, in name only
    street_stock: np.ndarray  # (streets,) filed and registered organizations per community at the start
    last_public: np.ndarray  # yuan of about the last year, of those filed or registered at the end


def watched(world: World, months: int, live: Callable[[int], None]) -> History:
    """Lets the world live month by month (`live(end)`) and notes what becomes of everybody."""
    streets = world.streets
    communities = np.bincount(world.communities["street"], minlength=len(streets))
    street_stock = (streets["filed"] + streets["registered"]) / np.maximum(1, communities)
    now, rows = _present(world), []
    born, nominal = np.zeros(months), np.zeros(months)
    for month in range(months):
        live(month + 1)
        then = _present(world)
        rows.append(_what_became(now, then))
        now = then
        new = (world.hubs["status"] != NO_HUB) & (world.hubs["founded"] == month) & (world.hubs["street"] >= 0)
        born[month], nominal[month] = new.sum(), (new & (world.hubs["status"] == NOMINAL)).sum()
    lives = Lives(*(np.concatenate(column) for column in zip(*rows, strict=True)))
    public = now["public12"][now["ladder"] >= FILED] / 100.0
    return History(lives, born, nominal, street_stock, public)


def _present(world: World) -> dict[str, np.ndarray]:
    """Everybody on the books, in the order of keys."""
    used = world.organizations[: world.clock["organizations"][0]]
    here = np.flatnonzero(used["alive"] == 1)
    here = here[np.argsort(used["key"][here])]
    return {name: used[name][here] for name in _FIELDS}


def _what_became(now: dict[str, np.ndarray], then: dict[str, np.ndarray]) -> Lives:
    """The rows of one month: everybody `now`, and what is `then` of them."""
    at = np.minimum(np.searchsorted(then["key"], now["key"]), max(0, len(then["key"]) - 1))
    stays = then["key"][at] == now["key"] if len(then["key"]) else np.zeros(len(at), bool)
    still = stays & (then["active"][at] == 1) if len(then["key"]) else stays
    at_work, since = now["active"] == 1, now["since_grant"]
    return Lives(
        now["ladder"],
        now["age"],
        at_work,
        funded=since <= _YEAR,
        ever_funded=since < _NEVER,
        income=(now["own12"] + now["public12"]) / 100.0,
        stopped=at_work & ~still,
        gone=~stays,
    )
