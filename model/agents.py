"""The kinds of agents as Mesa knows them: views of rows, made when somebody asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .codes import NO_HUB
from .ledger import INSTRUMENTS, MICRO_GRANT, PUBLIC, pay
from .processes.custody import hand_over
from .processes.exits import dissolve, fall_dormant
from .text import Text
from .views import GONE, RowAgent
from .world import World

if TYPE_CHECKING:
    from .ecosystem import Ecosystem


class Organization(RowAgent, array="organizations", number=0):
    """A community social organization on the books, activity groups included."""

    _fate = "it has dissolved"

    @classmethod
    def present(cls, world: World) -> np.ndarray:
        """Rows of the organizations on the books."""
        return np.flatnonzero(world.organizations["alive"][: world.clock["organizations"][0]] == 1)

    @classmethod
    def keys(cls, world: World, rows: np.ndarray) -> np.ndarray:
        """Their keys: rows move."""
        return world.organizations["key"][rows]

    @classmethod
    def locate(cls, model: Ecosystem, keys: np.ndarray, seen: np.ndarray) -> np.ndarray:
        """The same rows where they have not moved since; else found by key among all rows in use."""
        rows, used = model.world.organizations, int(model.world.clock["organizations"][0])
        if not used:
            return np.full(len(seen), GONE)
        held = rows["key"][:used]
        found = np.where((seen < used) & (held[np.minimum(seen, used - 1)] == keys), seen, GONE)
        moved = found == GONE
        if moved.any():
            order = model.organizations_by_key()
            at = order[np.minimum(np.searchsorted(held, keys[moved], sorter=order), used - 1)]
            found[moved] = np.where(held[at] == keys[moved], at, GONE)
        return np.where(rows["alive"][found] == 1, found, GONE)

    @property
    def unique_id(self) -> int:
        """The organization's key, which stays known after it has dissolved."""
        return self._key

    def remove(self) -> None:
        """Dissolves the organization: its money is handed over and entered as wound up, and the coming month counts
        it among the dissolved. Raises RuntimeError after the last month, ReferenceError if it is no more.
        """
        model, row = self.model, self.row
        books = model.books_of_coming_month()
        organization = model.world.organizations.view(np.recarray)[row]
        if organization.active == 1:
            fall_dormant.py_func(books, organization)
        dissolve.py_func(books, organization)
        model.changes += 1


class Hub(RowAgent, array="hubs", number=1):
    """A hub of a street or a district's incubation base, while it exists."""

    _fate = "it has closed"

    @classmethod
    def present(cls, world: World) -> np.ndarray:
        """Rows of the hubs that exist."""
        return np.flatnonzero(world.hubs["status"] != NO_HUB)

    @classmethod
    def keys(cls, world: World, rows: np.ndarray) -> np.ndarray:
        """Their keys: a new hub may take the row of a closed one."""
        return world.hubs["key"][rows]

    @classmethod
    def locate(cls, model: Ecosystem, keys: np.ndarray, seen: np.ndarray) -> np.ndarray:
        """The same rows, as long as the same hubs are in them."""
        rows = model.world.hubs[seen]
        there = (rows["key"] == keys) & (rows["status"] != NO_HUB)
        return np.where(there, seen, GONE)


class Community(RowAgent, array="communities", number=2):
    """A community or village."""

    @property
    def name(self) -> Text:
        """Its name in Chinese and English."""
        return self.model.inputs.place.community_name(self.row)


class Street(RowAgent, array="streets", number=3):
    """A street office or township."""

    @property
    def name(self) -> Text:
        """Its name in Chinese and English."""
        return self.model.inputs.place.street_name[self.row]


class District(RowAgent, array="districts", number=4):
    """A district or county."""

    @property
    def name(self) -> Text:
        """Its name in Chinese and English."""
        return self.model.inputs.place.district_name[self.row]


class Funder(RowAgent, array="funders", number=5):
    """One funder's purse: of the city, a district, a street, a lottery fund or a community's two funds."""

    def pay(self, receiver: Organization | Hub, amount: int, instrument: str = "award") -> int:
        """Pays up to `amount` fen to an organization or a hub; returns what was paid: no more than the purse holds.

        Entered in the ledger under `instrument` as the month itself would: a custodian keeps its fee, and public
        money counts as such. Raises TypeError or ValueError for what cannot be paid, RuntimeError after the last
        month. Whether the organization could have applied for money is not asked.
        """
        model = self.model
        if not isinstance(receiver, Organization | Hub) or receiver.model is not model:
            raise TypeError(f"money is paid to an organization or a hub of the same model, not to {receiver!r}")
        if isinstance(amount, bool) or not isinstance(amount, int | np.integer) or amount < 0:
            raise ValueError(f"amount takes a whole number of fen from 0, not {amount!r}")
        number = _instrument_for(receiver, instrument)
        books = model.books_of_coming_month()
        purse = model.world.funders.view(np.recarray)[self.row]
        into = getattr(model.world, receiver.array).view(np.recarray)[receiver.row]
        paid = int(pay.py_func(purse, books.ledger, number, amount))
        if number in PUBLIC and paid:
            hand_over.py_func(books, into, paid)
        else:
            into.cash += paid
            if number == MICRO_GRANT:
                into.own12 += paid
        return paid


def _instrument_for(receiver: Organization | Hub, name: str) -> int:
    """The number of an instrument that pays such a receiver."""
    flow = type(receiver).__name__.lower()
    fitting = {item.name: number for number, item in enumerate(INSTRUMENTS) if item.flow == flow}
    fitting.pop("custody_fee", None)  # organizations pay it, not funders
    if name not in fitting:
        raise ValueError(f"no funder pays {name!r} to {flow}s; there are {', '.join(fitting)}")
    return fitting[name]


AGENT_TYPES: tuple[type[RowAgent], ...] = (Organization, Hub, Community, Street, District, Funder)
