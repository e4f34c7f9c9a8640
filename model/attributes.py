"""Attributes of agents that are fields of rows: how they are read, and what may be written to them.

A rule compiled for speed checks no index and believes every code. What is written by hand is therefore checked here:
identity and place cannot be changed, codes and rows must exist, and money must have come from somewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from .codes import BRAND, DOMAINS, IDLE, NEW, OWN_BRANCH, PAPER, REGISTERED, SERVICE_CENTRE
from .ledger import APPROPRIATION, DONATION, HUB, HUB_RUNNING, LAPSE, ORGANIZATION, RUNNING_COST
from .state import Field
from .text import nearest

if TYPE_CHECKING:
    from .ecosystem import Ecosystem
    from .views import RowAgent

HIGHEST_CODE = {
    "domain": DOMAINS - 1,
    "ladder": REGISTERED,
    "stage": BRAND,
    "origin": PAPER,
    "party": OWN_BRANCH,
    "kind": SERVICE_CENTRE,
    "route": NEW,
    "pending_route": NEW,
    "status": IDLE,
}
LOWEST = {"cash": 0, "status": 1, "hub": -1, "custodian": -2}  # a hub is closed by its own month, not by hand
HUB_ROWS = ("hub", "custodian")
FIXED = (("Funder", "kind"), ("Community", "births"))  # room has been made for the births that were counted
WHERE_MONEY_GOES = {  # account, instrument of money from outside, instrument of money that leaves
    "Organization": (ORGANIZATION, DONATION, RUNNING_COST),
    "Hub": (HUB, DONATION, HUB_RUNNING),
    "Funder": (None, APPROPRIATION, LAPSE),  # the account is the funder's own kind
}


def or_else(name: str, allowed: Iterable[str]) -> str:
    """The end of a message about an unknown name: what may have been meant."""
    like = nearest(name, allowed)
    return f"; did you mean {like!r}?" if like else ""


class Attribute:
    """One field of an agent's row, as an attribute that reads and writes it."""

    def __init__(self, field: Field, owner: type[RowAgent]) -> None:
        self.field = field
        self.name = field.name
        self.owner = owner
        self.__doc__ = f"{field.meaning} ({field.unit})"

    def __get__(self, agent: RowAgent | None, owner: type | None = None) -> Any:
        """The value as a plain number; of a field with several numbers, a copy that cannot be written to."""
        if agent is None:
            return self
        model = agent.model
        column = self.column(model)
        row = agent._row if agent._looked == model.changes else agent.row
        if column.ndim == 1:
            return column.item(row)
        several = column[row].copy()  # what is collected each month must not change with the next
        several.flags.writeable = False  # writing to it would be lost: `agent.met = values` is checked and kept
        return several

    def __set__(self, agent: RowAgent, value: Any) -> None:
        self.write(agent.model, agent.row, value)

    def column(self, model: Ecosystem) -> np.ndarray:
        """The field in all rows of its kind, those not in use included; no copy, and void after the next month."""
        column = model.columns.get(self)
        if column is None:
            column = model.columns[self] = getattr(model.world, self.owner.array)[self.name]
        return column

    def write(self, model: Ecosystem, rows: int | np.ndarray, value: Any) -> None:
        """Writes one value to all `rows`, or one to each; a change of cash is entered in the ledger.

        Raises AttributeError where the field is fixed and ValueError where the model has no use for the value.
        """
        if self.fixed:
            more = "; remove() dissolves an organization" if self.name == "alive" else ""
            raise AttributeError(f"{self.name} of {self.owner.__name__} is fixed{more}")
        column = self.column(model)
        checked = self._checked(value, column.dtype, len(model.world.hubs))
        if self.name == "cash":
            self._enter(model, np.atleast_1d(rows), checked - column[rows])
        column[rows] = checked

    @property
    def fixed(self) -> bool:
        """Whether the field says who the agent is or where it belongs; rules follow such rows unchecked."""
        if self.name in ("key", "alive") or (self.owner.__name__, self.name) in FIXED:
            return True
        return self.field.unit == "row" and self.name not in HUB_ROWS

    def _limits(self, dtype: np.dtype, hubs: int) -> tuple[int, int]:
        """Lowest and highest whole number that the field may hold."""
        held = np.iinfo(dtype)
        highest = {"flag": 1, "code": HIGHEST_CODE.get(self.name, held.max)}.get(self.field.unit, held.max)
        lowest = 0 if self.field.unit in ("flag", "code") else held.min
        return LOWEST.get(self.name, lowest), hubs - 1 if self.name in HUB_ROWS else highest

    def _checked(self, value: Any, dtype: np.dtype, hubs: int) -> np.ndarray:
        """The value as the field's type, if it fits."""
        given = np.asarray(value)
        if given.dtype.kind not in "biuf" or not np.all(np.isfinite(given)):
            raise ValueError(f"{self.name} takes numbers, not {value!r}")
        if dtype.kind == "f":
            return given.astype(dtype)
        low, high = self._limits(dtype, hubs)
        if np.any(given < low) or np.any(given > high) or np.any(given != np.floor(given)):
            raise ValueError(f"{self.name} takes whole numbers from {low} to {high}, not {value!r}")
        return given.astype(dtype)

    def _enter(self, model: Ecosystem, rows: np.ndarray, change: np.ndarray) -> None:
        """Enters money given by hand as come from outside, money taken as spent."""
        account, came, went = WHERE_MONEY_GOES[self.owner.__name__]
        accounts = np.full(len(rows), account) if account is not None else model.world.funders["kind"][rows]
        instruments = np.where(change > 0, came, went)
        np.add.at(model.books.ledger, (accounts, instruments), np.abs(change))
