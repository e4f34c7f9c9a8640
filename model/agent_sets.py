"""Verbs on sets of agents: Mesa's, and quicker ones that work on whole columns (`where`, `array`).

Where all members are of one kind and the attribute is a field of their rows, nothing is made but one array.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable
from typing import Any

import numpy as np
from mesa.agent import AgentSet

from .attributes import or_else
from .members import Members
from .views import RowAgent

_GroupBy: Any = importlib.import_module(AgentSet.__module__).GroupBy  # Mesa 3.4 moved it to another module


class RowSet(Members):
    """An ordered set of agents of one model, live if the model handed it out (see `members.py`)."""

    # columns

    def array(self, field: str) -> np.ndarray:
        """The field's values in the set's order, a copy: (members,) or (members, 10) for a field by domain.

        Whole numbers are int64 (keys uint64), however small the row keeps them: sums of them do not overflow. Raises
        TypeError for a set of several kinds and AttributeError for a name that is no field of theirs.
        """
        taken = self._field(field).column(self.model)[self._rows]
        return taken.astype(np.int64) if taken.dtype.kind == "i" else taken

    def where(self, mask: np.ndarray | None = None, /, **fields: Any) -> RowSet:
        """Members whose fields have these values (or one of these, given a collection) and where `mask` is true."""
        self._look()
        chosen = np.ones(len(self._rows), bool) if mask is None else np.asarray(mask, bool)
        for name, wanted in fields.items():
            any_of: list[Any] = list(wanted) if isinstance(wanted, Collection) else [wanted]
            chosen = chosen & np.isin(self.array(name), any_of)
        return self._take(chosen)

    def values(self, attribute: str) -> Any:
        """The attribute of every member: an array where it is a field, else a list."""
        return self.array(attribute) if self._in_rows(attribute) else [getattr(a, attribute) for a in self]

    def _in_rows(self, attribute: str) -> bool:
        self._look()
        return len(self.types) == 1 and attribute in self.types[0].fields

    def _field(self, name: str) -> Any:
        self._look()
        if len(self.types) != 1:
            kinds = ", ".join(kind.__name__ for kind in self.types)
            raise TypeError(f"columns need agents of one kind, this set has {kinds}: select(agent_type=…) first")
        kind = self.types[0]
        if name not in kind.fields:
            raise AttributeError(f"{kind.__name__} has no field {name!r}{or_else(name, kind.fields)}")
        return getattr(kind, name)

    # Mesa's verbs

    def get(self, attr_names: Any, handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """One list of values for a name; for a list of names, a list of values for each member."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"handle_missing is 'error' or 'default', not {handle_missing!r}")
        if not isinstance(attr_names, str):
            columns = [self.get(name, handle_missing, default_value) for name in attr_names]
            return [list(row) for row in zip(*columns, strict=True)]
        if self._in_rows(attr_names):
            return self.array(attr_names).tolist()
        if handle_missing == "error":
            return [getattr(agent, attr_names) for agent in self]
        return [getattr(agent, attr_names, default_value) for agent in self]

    def set(self, attr_name: str, value: Any) -> RowSet:
        """Writes one value to all members, or an array with one for each; checked as `Attribute.write` says."""
        if self._in_rows(attr_name):
            self._field(attr_name).write(self.model, self._rows, value)
        else:
            for agent in self:
                setattr(agent, attr_name, value)
        return self

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """A function of all values of an attribute, or a list of results for several functions.

        NumPy's functions get an array, all others a list of plain numbers, as from Mesa.
        """
        values = self.values(attribute)
        return _applied(func, values) if callable(func) else [_applied(each, values) for each in func]

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> RowSet:
        """Members of a kind for whom `filter_func` is true: the first `at_most`, or, if it is a float up to 1, the
        first of them up to that share of this set.
        """
        self._look()
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        kinds = [kind.number for kind in self.types if agent_type is None or issubclass(kind, agent_type)]
        if filter_func is None:
            chosen = np.flatnonzero(np.isin(self._kinds, kinds))
        else:
            chosen = self._passing(filter_func, kinds, at_most)
        return self._result(chosen[: int(min(at_most, len(chosen)))], inplace)

    def _passing(self, accept: Callable[[Any], bool], kinds: list[int], at_most: float) -> np.ndarray:
        """Positions of members of these kinds that are accepted; asks nobody after the last one needed."""
        found: list[int] = []
        for position, agent in self._placed():
            if len(found) >= at_most:
                break
            if agent.number in kinds and accept(agent):
                found.append(position)
        return np.array(found, np.int64)

    def groupby(self, by: Callable[[Any], Any] | str, result_type: str = "agentset") -> Groups:
        """Members by what an attribute or a function of theirs is, in order of first appearance."""
        keys = self.get(by) if isinstance(by, str) else [by(agent) for agent in self]
        places: dict[Any, list[int]] = {}
        for position, key in enumerate(keys):
            places.setdefault(key, []).append(position)
        groups = {key: self._take(np.array(chosen)) for key, chosen in places.items()}
        return Groups(groups if result_type == "agentset" else {key: list(group) for key, group in groups.items()})

    def sort(self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False) -> RowSet:
        """Members in the order of an attribute or function, highest first unless `ascending`."""
        keys = self.get(key) if isinstance(key, str) else [key(agent) for agent in self]
        order = sorted(range(len(keys)), key=keys.__getitem__, reverse=not ascending)
        return self._result(np.array(order, np.int64), inplace)

    def shuffle(self, inplace: bool = False) -> RowSet:
        """Members in an order drawn from the model's generator; the run itself does not depend on it."""
        order = list(range(len(self)))
        self.random.shuffle(order)
        return self._result(np.array(order, np.int64), inplace)

    def _result(self, chosen: np.ndarray, inplace: bool) -> RowSet:
        taken = self._take(chosen)
        return self._become(taken) if inplace else taken

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> RowSet:
        """Calls a method or function for each member, leaving out those that vanish on the way."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> RowSet:
        """`do` in a drawn order."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """What a method or function gives for each member."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]


class Groups(_GroupBy):
    """What `groupby` gives; `agg` works on columns."""

    def agg(self, attr_name: str, func: Callable[..., Any]) -> dict[Any, Any]:
        """`func` of the attribute's values in each group."""
        return {name: _applied(func, _values(group, attr_name)) for name, group in self.groups.items()}


def _values(group: RowSet | list[RowAgent], attribute: str) -> Any:
    return group.values(attribute) if isinstance(group, RowSet) else [getattr(a, attribute) for a in group]


def _applied(func: Callable[..., Any], values: Any) -> Any:
    """The function of the values. Python's `sum` or `statistics.mean` of an array would give NumPy's numbers."""
    of_numpy = isinstance(func, np.ufunc) or str(getattr(func, "__module__", "")).partition(".")[0] == "numpy"
    return func(values.tolist() if isinstance(values, np.ndarray) and not of_numpy else values)
