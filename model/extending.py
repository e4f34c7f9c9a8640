"""How a user's subclass of `Ecosystem` adds rules to the month, and the luck such rules draw.

Their draws are made as the month's own are: by identity, so that runs with and without a rule can be compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from .compiled import entry
from .draws import draw, key_of, mix, stream

if TYPE_CHECKING:
    from .ecosystem import Ecosystem

BY_HAND = 63  # the month's own processes are numbered from 1 (`codes.py`); streams tell 64 apart


class OwnRules:
    """What a subclass may override, each doing nothing by itself; see docs/mesa.md."""

    def before_month(self) -> None:
        """Called before each month; what is done here belongs to the month to come."""

    def mid_month(self) -> None:
        """Called within each month: levers, needs and hubs are this month's already; founding, money, training,
        service, growth and exits come after. A month that is not asked to stop here does not.
        """

    def after_month(self) -> None:
        """Called after each month, the last one included: the place to collect data or to set `running`. What is
        done to agents here belongs to the month to come.
        """

    def draw(self, who: Any, rule: str, k: int = 0) -> Any:
        """Luck for a rule: a number in [0, 1) for an agent, an array for a set, a number for the whole place (None).

        It follows from the run's seed, the month, the rule's name, the agent's key and `k` alone, so a rule changes
        nobody else's luck, and the same agent has the same luck in two runs of one seed. Raises TypeError for a
        funder, which has no key.
        """
        model, many = cast("Ecosystem", self), hasattr(who, "__len__")
        drawn = _draw_each(np.uint64(model.seed), model.month, key_of(rule), _keys(who), k)
        return drawn if many else float(drawn[0])


def _keys(who: Any) -> np.ndarray:
    """Keys of an agent, of the agents in a set, or one that stands for the whole place."""
    if who is None:
        return np.zeros(1, np.uint64)
    if hasattr(who, "array") and hasattr(who, "__len__"):
        if any("key" in kind.fields for kind in who.types) or not len(who):
            return who.array("key").astype(np.uint64)
    elif hasattr(who, "key"):
        return np.array([who.key], np.uint64)
    raise TypeError(f"{who!r} has no luck of its own: draw for a district, street, community, hub or organization")


@entry
def _draw_each(seed: np.uint64, month: int, rule: np.uint64, keys: np.ndarray, k: int) -> np.ndarray:
    luck = mix(stream(seed, month, BY_HAND) ^ rule)
    drawn = np.empty(len(keys))
    for i in range(len(keys)):
        drawn[i] = draw(luck, keys[i], k)
    return drawn


def seed_of(rng: Any = None) -> int:
    """A run's seed: a whole number from 0 to 2**64 - 1 is itself; a NumPy generator or anything that makes one draws
    the seed; nothing takes fresh entropy. Raises ValueError for a number out of range.
    """
    if rng is None:
        return int(np.random.SeedSequence().generate_state(1, np.uint64)[0])
    if isinstance(rng, (int, np.integer)):
        if not 0 <= rng < 2**64:
            raise ValueError(f"a seed is a whole number from 0 to 2**64 - 1, not {rng}")
        return int(rng)
    return int(np.random.default_rng(rng).integers(2**64 - 1, dtype=np.uint64, endpoint=True))
