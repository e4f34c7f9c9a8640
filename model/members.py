"""Who is in a set of agents over rows; the verbs on such sets are in `agent_sets.py`.

A set holds rows and keys, never views: those are made while somebody iterates. Before each use a set looks where its
agents are now and forgets those that are no more. The sets that a model hands out are live, as Mesa's are: they hold
whoever exists at the time. What `select`, `where`, `sort` and the like make of them gains no members.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from mesa.agent import AgentSet

from .agents import AGENT_TYPES
from .views import GONE, RowAgent

if TYPE_CHECKING:
    from .ecosystem import Ecosystem


class Members(AgentSet):
    """An ordered set of agents of one model."""

    def __init__(self, model: Ecosystem, types: Iterable[type[RowAgent]]) -> None:
        """The live set of all agents of these kinds."""
        # Mesa's own __init__ would hold views, weakly.
        self.model = model
        self.types = tuple(types)
        self._live = True
        self._looked: int | None = None
        self._kinds = np.zeros(0, np.int8)
        self._rows = np.zeros(0, np.int64)
        self._keys = np.zeros(0, np.uint64)

    # who is in it

    def _look(self) -> None:
        """Brings rows up to date if anything has moved, been founded or vanished."""
        if self._looked == self.model.changes:
            return
        if self._live:
            self._gather()
        else:
            for kind in self.types:
                mine = self._kinds == kind.number
                self._rows[mine] = kind.locate(self.model, self._keys[mine], self._rows[mine])
            there = self._rows != GONE
            self._kinds, self._rows, self._keys = self._kinds[there], self._rows[there], self._keys[there]
        self._looked = self.model.changes

    def _gather(self) -> None:
        """Takes in all agents of the set's kinds."""
        world = self.model.world
        rows = {kind: kind.present(world).astype(np.int64) for kind in self.types}
        self._kinds = np.repeat([k.number for k in rows], [len(r) for r in rows.values()]).astype(np.int8)
        self._rows = np.concatenate([*rows.values(), self._rows[:0]])
        self._keys = np.concatenate([*(k.keys(world, r) for k, r in rows.items()), self._keys[:0]])

    def _take(self, chosen: Any) -> Self:
        """A set of the members at these positions, or where this mask is true."""
        kinds = self._kinds[chosen]
        types = self.types if len(self.types) == 1 else [AGENT_TYPES[number] for number in np.unique(kinds)]
        taken = type(self)(self.model, types)
        return taken._hold(kinds, self._rows[chosen], self._keys[chosen], self._looked)

    def _hold(self, kinds: np.ndarray, rows: np.ndarray, keys: np.ndarray, looked: int | None) -> Self:
        """Makes exactly these the members; they were in these rows at change `looked`."""
        self._live, self._looked = False, looked
        self._kinds, self._rows, self._keys = kinds, rows, keys
        return self

    def _become(self, other: Members) -> Self:
        """Takes over the members of another set."""
        self.types = other.types
        return self._hold(other._kinds, other._rows, other._keys, other._looked)

    def _from_iterable(self, agents: Iterable[RowAgent]) -> Self:
        """A set of these agents, each once, in their order."""
        members = list(dict.fromkeys(agent for agent in agents if agent.exists))
        made = type(self)(self.model, dict.fromkeys(map(type, members)) or self.types)
        kinds = np.array([agent.number for agent in members], np.int8)
        rows = np.array([agent.row for agent in members], np.int64)
        keys = np.array([agent._key for agent in members], np.uint64)
        return made._hold(kinds, rows, keys, self.model.changes)

    def _update(self, agents: Iterable[RowAgent]) -> Self:
        return self._become(self._from_iterable(agents))

    # a collection

    def __len__(self) -> int:
        self._look()
        return len(self._rows)

    def __iter__(self) -> Iterator[RowAgent]:
        """A view of each member in turn, leaving out those that vanish on the way."""
        return (agent for _, agent in self._placed())

    def _placed(self) -> Iterator[tuple[int, RowAgent]]:
        """Positions and views of the members, as `__iter__` gives them."""
        self._look()
        model, looked = self.model, self.model.changes
        members = zip(self._kinds.tolist(), self._rows.tolist(), self._keys.tolist(), strict=True)
        for position, (kind, row, key) in enumerate(members):
            agent = AGENT_TYPES[kind](model, row, key, looked)
            if model.changes == looked or agent.exists:
                yield position, agent

    def __contains__(self, agent: object) -> bool:
        if not isinstance(agent, RowAgent) or agent.model is not self.model:
            return False
        self._look()
        return bool(np.any((self._keys == agent._key) & (self._kinds == agent.number)))

    def __getitem__(self, item: int | slice) -> Any:
        """The view at a position, or a list of views."""
        self._look()
        if isinstance(item, slice):
            return list(self._take(item))
        kind = AGENT_TYPES[int(self._kinds[item])]
        return kind(self.model, int(self._rows[item]), int(self._keys[item]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Members) and other.model is self.model and self._members() == other._members()

    __hash__ = None  # type: ignore[assignment]  # members may change

    def _members(self) -> set[tuple[int, int]]:
        self._look()
        return set(zip(self._kinds.tolist(), self._keys.tolist(), strict=True))

    def __repr__(self) -> str:
        return f"<{len(self)} agents: {', '.join(kind.__name__ for kind in self.types)}>"

    def add(self, agent: RowAgent) -> None:
        """Takes an agent in; the set is no longer live."""
        self._update([*self, agent])

    def discard(self, agent: RowAgent) -> None:
        """Leaves an agent out, if it is a member; the set is no longer live. The agent stays in the model."""
        self._update(member for member in list(self) if member != agent)

    def remove(self, agent: RowAgent) -> None:
        """Leaves an agent out; raises KeyError if it is not a member."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def copy(self) -> Self:
        """A set with the same members that is not live."""
        self._look()
        return self._take(slice(None))

    __copy__ = copy

    def to_list(self) -> list[RowAgent]:
        """A view of every member."""
        return list(self)

    @property
    def random(self) -> Random:
        """The model's generator, for shuffling; the run itself draws nothing from it."""
        return self.model.random

    def __getstate__(self) -> dict[str, Any]:
        raise TypeError("a set of agents cannot be pickled: its agents are rows of a running model")
