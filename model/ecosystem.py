"""The world as a Mesa model: `step()` runs a month, `agents` looks at it.

The months are those of `simulate`, bit for bit. Agents are views of rows and are made only when asked for
(`agents.py`), so a run that nobody inspects pays nothing for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import mesa
import numpy as np

from .agent_sets import RowSet
from .agents import AGENT_TYPES
from .attributes import Attribute, or_else
from .indicators import indicator_values
from .inputs import Inputs
from .simulation import Outcome, begin, go_on, layout_of
from .views import RowAgent
from .vocabulary import indicators


class Books(NamedTuple):
    """Where what is done by hand between two months is entered; a rule may take it for the world."""

    ledger: np.ndarray  # (accounts, instruments) fen, of the coming month's year
    tallies: np.ndarray  # (districts, tallies) to be counted with the coming month


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


class Ecosystem(mesa.Model):
    """One run of a scenario, month by month.

    `Ecosystem(inputs, rng=7)` lives the same months as `simulate(inputs, None, 7)`; without `rng` every run is another.
    `parameters` are those of `simulate`: by name, else the central ones. Mesa's `rng` and `random` start from the
    same seed, but the run draws nothing from them.
    """

    def __init__(self, inputs: Inputs, rng: Any = None, parameters: Mapping[str, float] | None = None) -> None:
        seed = seed_of(rng)
        super().__init__(rng=seed)
        layout = layout_of(inputs)
        self.inputs, self.seed = inputs, seed
        self.world = begin(inputs, parameters, seed)
        self.changes = 0  # how often rows may have moved; tells views when to look again
        self.columns: dict[Attribute, np.ndarray] = {}  # fields that somebody has looked at since the last month
        self._tallies = np.zeros((inputs.months, layout.districts, layout.tallies))
        self._ledgers = np.zeros(layout.ledger_shape, np.int64)
        self._by_hand = np.zeros((layout.districts, layout.tallies))
        self._by_key: tuple[int, np.ndarray] | None = None

    # time

    @property
    def month(self) -> int:
        """Months that have passed: 0 before the first, and so the index of the coming one."""
        return int(self.world.clock["month"][0])

    def step(self) -> None:
        """Lives one month; after the last, `running` is False and another step raises RuntimeError."""
        t = self.month
        if t >= self.inputs.months:
            raise RuntimeError(f"the run has come to its end after {t} months")
        go_on(self.world, t + 1, self._tallies, self._ledgers)
        self._tallies[t] += self._by_hand
        self._by_hand[:] = 0.0
        self.columns.clear()
        self.changes += 1
        self.running = self.running and t + 1 < self.inputs.months

    def run(self) -> Outcome:
        """Steps while `running` and returns what the months so far left."""
        while self.running:
            self.step()
        return self.outcome()

    # what has happened

    def outcome(self) -> Outcome:
        """What `simulate` returns, for the months that have passed (a copy)."""
        streets = self.world.streets
        return Outcome(
            self._tallies[: self.month].copy(),
            streets["first_nominal"].copy(),
            streets["first_effective"].copy(),
            self._ledgers.copy(),
        )

    def indicator(self, name: str) -> float:
        """An indicator of the whole place in the month just lived; nan where it is undefined: before the first month,
        and for yearly flows before the twelfth. Raises KeyError for an unknown name.
        """
        if name not in indicators():
            raise KeyError(f"no indicator {name!r}{or_else(name, indicators())}")
        if self.month == 0:
            return float("nan")
        lived = self._tallies[: self.month]
        return float(indicator_values(name, lived, np.ones((lived.shape[1], 1)))[-1, 0])

    # agents

    @property
    def agents(self) -> RowSet:
        """All agents that exist."""
        return RowSet(self, AGENT_TYPES)

    @property
    def agents_by_type(self) -> dict[type[RowAgent], RowSet]:
        """The agents of each kind: `agents_by_type[Organization]`."""
        return {kind: RowSet(self, (kind,)) for kind in AGENT_TYPES}

    @property
    def agent_types(self) -> list[type]:
        """The kinds of agents."""
        return list(AGENT_TYPES)

    def register_agent(self, agent: Any) -> None:
        """Refuses agents that are not rows (TypeError): the month would not know them."""
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # up to Mesa 3.4.1 this keeps the model alive for good
        raise TypeError(f"{type(agent).__name__}: agents of an Ecosystem are rows of its world; keep others beside it")

    def organizations_by_key(self) -> np.ndarray:
        """Rows in use, in the order of their keys; sorted once for each change, when a view or set has lost its row."""
        if self._by_key is None or self._by_key[0] != self.changes:
            used = self.world.organizations["key"][: self.world.clock["organizations"][0]]
            self._by_key = self.changes, np.argsort(used)
        return self._by_key[1]

    # by hand

    @property
    def books(self) -> Books:
        """Where money that is given or taken by hand is entered: the coming month's year, at the end the last one's."""
        year = self.world.calendar["year"][min(self.month, self.inputs.months - 1)]
        return Books(self._ledgers[year], self._by_hand)

    def books_of_coming_month(self) -> Books:
        """`books`, as long as a month is to come; else raises RuntimeError, for nothing could count what is done."""
        if self.month >= self.inputs.months:
            raise RuntimeError("the run has come to its end: no month is left to count this in")
        return self.books

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError("an Ecosystem cannot be copied or pickled: make another from its inputs, parameters and seed")
