"""The world as a Mesa model: `step()` runs a month, `agents` looks at it.

The months are those of `simulate`, bit for bit. Agents are views of rows and are made only when asked for
(`agents.py`), so a run that nobody inspects pays nothing for them. How a subclass adds rules of its own to the month
is told in `extending.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import mesa
import numpy as np

from .agent_sets import RowSet
from .agents import AGENT_TYPES
from .attributes import Attribute, or_else
from .extending import OwnRules, seed_of
from .inputs import Inputs
from .month import run_months
from .simulation import Outcome, begin, go_on, layout_of
from .tallies import TALLIES
from .views import RowAgent
from .vocabulary import indicators


class Books(NamedTuple):
    """Where what is done by hand between two months is entered; a rule may take it for the world."""

    ledger: np.ndarray  # (accounts, instruments) fen, of the coming month's year
    tallies: np.ndarray  # (districts, tallies) to be counted with the coming month
    parameters: np.recarray  # one record
    hubs: np.recarray


class Ecosystem(mesa.Model, OwnRules):
    """One run of a scenario, month by month.

    `Ecosystem(inputs, rng=7)` lives the same months as `simulate(inputs, None, 7)`; without `rng` every run is another.
    `seed` is Mesa's older name of `rng`. `parameters` are those of `simulate`: by name, else the central ones. Mesa's
    `rng` and `random` start from the same seed, but the run draws nothing from them.
    """

    def __init__(
        self, inputs: Inputs, rng: Any = None, parameters: Mapping[str, float] | None = None, *, seed: Any = None
    ) -> None:
        if rng is not None and seed is not None:
            raise ValueError("rng and seed are two names of one thing: give one of them")
        if parameters is not None and not isinstance(parameters, Mapping):
            raise TypeError(f"parameters maps names to values, not {parameters!r}: give batch_run a list of such maps")
        seed = seed_of(seed if rng is None else rng)
        super().__init__(rng=seed)
        layout = layout_of(inputs)
        self.inputs, self.seed = inputs, seed
        self.world = begin(inputs, parameters, seed)
        self.changes = 0  # how often rows may have moved; tells views when to look again
        self.columns: dict[Attribute, np.ndarray] = {}  # fields that somebody has looked at since the last month
        self._tallies = np.zeros((inputs.months, layout.districts, layout.tallies))
        self._ledgers = np.zeros(layout.ledger_shape, np.int64)
        self._sums: dict[int, dict[str, float]] = {}  # by window: tallies that somebody has asked for this month
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
        self.before_month()
        if type(self).mid_month is not Ecosystem.mid_month:
            self._live_to_the_middle(t)
            self.mid_month()
        go_on(self.world, t + 1, self._tallies, self._ledgers)
        self._tallies[t] += self._by_hand
        self._by_hand[:] = 0.0
        self.columns.clear()
        self._sums.clear()
        self.changes += 1
        self.running = self.running and t + 1 < self.inputs.months
        self.after_month()

    def _live_to_the_middle(self, t: int) -> None:
        """Lives the coming month up to founding: the month stops there when the newborn find no room."""
        full = self.world.organizations
        self.world.put("organizations", full[: self.world.clock["organizations"][0]])
        try:
            run_months(self.world, t + 1, self._tallies, self._ledgers)
        finally:
            self.world.put("organizations", full)
        self.changes += 1

    @property
    def date(self) -> tuple[int, int]:
        """Year and month of the year (1-12) of the month to come, or of the one under way in `mid_month`."""
        return self.inputs.year_month(self.month)

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
        asked = indicators()[name]
        if self.month < asked.window:
            return float("nan")
        lived = self._lived(asked.window)
        of = sum(lived[tally] for tally in asked.of) * asked.scale
        per = sum(lived[tally] for tally in asked.per) if asked.per else 1.0
        return of / per if per > 0.0 else float("nan")

    def _lived(self, window: int) -> dict[str, float]:
        """Tallies of the whole place, summed over the last `window` months; kept until the next one."""
        if window not in self._sums:
            last = self._tallies[self.month - window : self.month]
            self._sums[window] = dict(zip(TALLIES, last.sum(axis=(0, 1)).tolist(), strict=True))
        return self._sums[window]

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

    def deregister_agent(self, agent: Any) -> None:
        """Refuses (TypeError): `agent.remove()` dissolves an organization, nothing else can be taken out."""
        raise TypeError("agents of an Ecosystem are rows of its world: remove() of an organization dissolves it")

    def remove_all_agents(self) -> None:
        """Refuses (TypeError): a place without streets and communities has no months."""
        raise TypeError("only organizations can be taken out: agents_by_type[Organization].do('remove')")

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
        world = self.world
        about = world.parameters.view(np.recarray), world.hubs.view(np.recarray)
        if world.clock["half_done"][0]:
            return Books(world.ledger, world.tallies, *about)
        year = world.calendar["year"][min(self.month, self.inputs.months - 1)]
        return Books(self._ledgers[year], self._by_hand, *about)

    def books_of_coming_month(self) -> Books:
        """`books`, as long as a month is to come; else raises RuntimeError, for nothing could count what is done."""
        if self.month >= self.inputs.months:
            raise RuntimeError("the run has come to its end: no month is left to count this in")
        return self.books

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError("an Ecosystem cannot be copied or pickled: make another from its inputs, parameters and seed")
