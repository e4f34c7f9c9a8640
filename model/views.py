"""Views: what every agent that Mesa sees is made of. The kinds are in `agents.py`.

The months are run over arrays of records (`World`). A view holds no state of its own: its attributes are the fields
that `state.py` declares for its kind, and they read and write the agent's row. Organizations are sorted anew twice a
year and hubs can be founded anew in the same row, so a view keeps its agent's key and looks where the row is now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

import mesa
import numpy as np

from .attributes import Attribute, or_else
from .state import KINDS
from .world import World

if TYPE_CHECKING:
    from .ecosystem import Ecosystem

GONE = -1
_NOT_MADE = "no {} can be made by hand: the months found organizations and hubs, the scenario gives all else"


class RowAgent(mesa.Agent):
    """A view of one agent's row. Two views of the same agent are equal; a view carries no attributes of its own."""

    array: ClassVar[str]  # the world's array that holds the kind
    number: ClassVar[int]  # the kind's place in AGENT_TYPES
    fields: ClassVar[tuple[str, ...]]
    pos: ClassVar[None] = None  # a place in the administration, not in a Mesa space

    def __init_subclass__(cls, array: str = "", number: int = -1) -> None:
        """One attribute for each field that the kind's state declares."""
        super().__init_subclass__()
        if cls.__name__ not in KINDS or not array:
            raise TypeError(f"the kinds of agents are given: write {cls.__name__}'s methods as functions of an agent")
        cls.array, cls.number = array, number
        cls.fields = tuple(field.name for field in KINDS[cls.__name__])
        for field in KINDS[cls.__name__]:
            setattr(cls, field.name, Attribute(field, cls))

    def __init__(
        self, model: Ecosystem, row: int | None = None, key: int | None = None, looked: int | None = None
    ) -> None:
        """A view of the agent that is in `row` now; or of the one with `key` that was there at change `looked`."""
        # Mesa's own __init__ would register the view, number it and keep the model alive.
        if row is None:
            raise TypeError(_NOT_MADE.format(type(self).__name__))
        known = key if key is not None else int(self.keys(model.world, np.array([row]))[0])
        mine = self.__dict__
        mine["model"], mine["_key"], mine["_row"] = model, known, row
        mine["_looked"] = model.changes if looked is None else looked

    @classmethod
    def create_agents(cls, *_: Any, **__: Any) -> NoReturn:
        """Raises TypeError: the months found organizations and hubs, the scenario gives all else."""
        raise TypeError(_NOT_MADE.format(cls.__name__))

    from_dataframe = create_agents

    @classmethod
    def present(cls, world: World) -> np.ndarray:
        """Rows of all agents of the kind that exist now."""
        return np.arange(len(getattr(world, cls.array)))

    @classmethod
    def keys(cls, world: World, rows: np.ndarray) -> np.ndarray:
        """What tells the agents in `rows` from others of their kind for good: the row itself where rows stay."""
        return rows.astype(np.uint64)

    @classmethod
    def locate(cls, model: Ecosystem, keys: np.ndarray, seen: np.ndarray) -> np.ndarray:
        """Rows where the agents with `keys`, last seen in rows `seen`, are now; GONE for those that are no more."""
        return seen

    @property
    def row(self) -> int:
        """The agent's row now; raises ReferenceError once the agent is no more."""
        model = self.model
        if self._looked != model.changes:
            key, seen = np.array([self._key], np.uint64), np.array([self._row])
            found = int(self.locate(model, key, seen)[0])
            if found == GONE:
                raise ReferenceError(f"{type(self).__name__} {self._key} is no more: {self._fate}")
            self.__dict__.update(_row=found, _looked=model.changes)
        return self._row

    _fate: ClassVar[str] = "it has vanished"

    @property
    def exists(self) -> bool:
        """Whether the agent is still there."""
        try:
            return self.row >= 0
        except ReferenceError:
            return False

    @property
    def unique_id(self) -> int:
        """Unique among all agents of the model; the same in every run of the same place."""
        keyed = "key" in self.fields
        return int(self.key) ^ self.number if keyed else self._key

    def remove(self) -> None:
        """Only organizations can be taken out of a run; raises TypeError for all others."""
        raise TypeError(f"a {type(self).__name__.lower()} cannot be taken out of a run, only an organization can")

    def __setattr__(self, name: str, value: Any) -> None:
        if not isinstance(getattr(type(self), name, None), Attribute):
            hint = or_else(name, self.fields) or "; keep notes of your own in a dictionary, by agent"
            raise AttributeError(f"{type(self).__name__} has no field {name!r} that could be written{hint}")
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        same = type(other) is type(self) and isinstance(other, RowAgent)
        return same and other.model is self.model and other._key == self._key

    def __hash__(self) -> int:
        return hash((type(self), id(self.model), self._key))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id}>"
