"""The plain model beside the engine, month by month, and the first things in which they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from miaopu.model.inputs import Inputs
from miaopu.model.ledger import ACCOUNTS, INSTRUMENTS
from miaopu.model.simulation import begin, go_on, layout_of
from miaopu.model.tallies import TALLIES
from miaopu.model.world import World

from .agents import PARTNER, Hub
from .variables import COMMUNITY, DISTRICT, FUNDER, HUB, ORGANIZATION, STREET
from .world import PlainWorld

CLOSE = 1e-9  # absolutely, and beyond one relative to the size
SHOWN = 8


class Difference(NamedTuple):
    """Where the two part company."""

    month: int
    what: str
    where: str
    plain: Any
    engine: Any


class Column(NamedTuple):
    """One quantity of many agents, as both have it."""

    what: str
    where: Callable[[int], str]
    plain: np.ndarray
    engine: np.ndarray

    def differing(self) -> list[int]:
        """Positions with a difference: whole numbers have to agree exactly, others to 1e-9."""
        if self.engine.dtype.kind in "iu":
            return np.flatnonzero(self.plain != self.engine).tolist()
        apart = np.abs(self.plain - self.engine)
        return np.flatnonzero(~(apart <= CLOSE * np.maximum(1.0, np.abs(self.engine)))).tolist()


class Pair:
    """The same run twice, in step."""

    def __init__(self, inputs: Inputs, parameters: Mapping[str, float] | None, seed: int) -> None:
        layout = layout_of(inputs)
        self.inputs = inputs
        self.plain = PlainWorld(inputs, parameters, seed)
        self.engine: World = begin(inputs, parameters, seed)
        self.tallies = np.zeros((inputs.months, layout.districts, layout.tallies))
        self.ledgers = np.zeros(layout.ledger_shape, np.int64)

    def step(self) -> None:
        """One month of both."""
        self.plain.step()
        go_on(self.engine, self.plain.t, self.tallies, self.ledgers)

    def differences(self) -> Iterator[Difference]:
        """All differences after the month just lived (-1: at the start)."""
        for column in self.columns():
            for i in column.differing():
                plain, engine = column.plain[i].item(), column.engine[i].item()
                yield Difference(self.plain.t - 1, column.what, column.where(i), plain, engine)

    def columns(self) -> Iterator[Column]:
        """Every quantity, places before people, what is counted before what is in each organization."""
        plain, engine = self.plain, self.engine
        yield from self.counts()
        yield from columns_of("district", DISTRICT, plain.districts, engine.districts)
        yield from columns_of("street", STREET, plain.streets, engine.streets)
        yield from columns_of("community", COMMUNITY, plain.communities, engine.communities)
        there = [hub for hub in plain.hub_rows if hub.status]
        yield column("hub.status", plain.hub_rows, [hub.status for hub in plain.hub_rows], engine.hubs["status"])
        yield from columns_of("hub", HUB, there, engine.hubs[[hub.row for hub in there]])
        yield from columns_of("funder", FUNDER, plain.funders, engine.funders)
        yield from self.organizations()
        if plain.t > 0:  # what nobody has set or reads before the first month's pass
            custodians = [hub_number(street.custodian) for street in plain.streets]
            yield column("street.custodian", plain.streets, custodians, engine.streets["custodian"])
            yield from self.tallied()
            yield from self.entered()

    def counts(self) -> Iterator[Column]:
        """Organizations by district, ladder, stage and domain."""
        shape = (len(self.plain.districts), 3, 4, 10)
        plain, engine = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for org in self.plain.organizations:
            plain[org.district.row, org.ladder, org.stage, org.domain] += 1
        rows = on_the_books(self.engine)
        np.add.at(engine, tuple(rows[name] for name in ("district", "ladder", "stage", "domain")), 1)

        def where(i: int) -> str:
            return "district {}, ladder {}, stage {}, domain {}".format(*np.unravel_index(i, shape))

        yield Column("number of organizations", where, plain.ravel(), engine.ravel())

    def organizations(self) -> Iterator[Column]:
        """Every organization, by key."""
        agents = sorted(self.plain.organizations, key=lambda org: org.key)
        rows = on_the_books(self.engine)
        rows = rows[np.argsort(rows["key"])]
        keys = np.array([org.key for org in agents], np.uint64)
        strange = np.setxor1d(keys, rows["key"])
        exists = np.isin(strange, keys), np.isin(strange, rows["key"])
        yield Column("organization exists", lambda i: f"key {strange[i]:#x}", *(x.astype(np.int64) for x in exists))
        if len(strange):
            return
        yield from columns_of("organization", ORGANIZATION, agents, rows)
        for name in ("community", "street", "district"):
            yield column(f"organization.{name}", agents, [getattr(org, name).row for org in agents], rows[name])
        for name in ("hub", "custodian"):
            yield column(f"organization.{name}", agents, [hub_number(getattr(o, name)) for o in agents], rows[name])
        mentored = [i for i, org in enumerate(agents) if org.mentor is not None]
        pupils = [agents[i] for i in mentored]
        yield column("organization.mentor", pupils, [org.mentor.key for org in pupils], rows["mentor"][mentored])

    def tallied(self) -> Iterator[Column]:
        """Every tally of the month."""
        plain = [float(district.tally[name]) for district in self.plain.districts for name in TALLIES]
        engine = self.tallies[self.plain.t - 1].ravel()

        def where(i: int) -> str:
            return f"{TALLIES[i % len(TALLIES)]}, district {i // len(TALLIES)}"

        yield Column("tally", where, np.array(plain), engine)

    def entered(self) -> Iterator[Column]:
        """Every cell of the year's ledger, in fen."""
        year = self.inputs.year_month(self.plain.t - 1)[0] - self.inputs.first_year
        cells = [(account, instrument.name) for account in ACCOUNTS for instrument in INSTRUMENTS]
        plain = [self.plain.ledger[cell] for cell in cells]
        yield Column("ledger", lambda i: " ".join(cells[i]), np.array(plain), self.ledgers[year].ravel())


def columns_of(kind: str, names: Sequence[str], agents: Sequence[Any], rows: Any) -> Iterator[Column]:
    """The named variables of agents of a kind; vectors lie end to end."""
    for name in names:
        yield column(f"{kind}.{name}", agents, [getattr(agent, name) for agent in agents], rows[name])


def column(what: str, agents: Sequence[Any], plain: list[Any], engine: np.ndarray) -> Column:
    """A column of agents that know their own place."""
    width = engine.shape[1] if engine.ndim > 1 else 1

    def where(i: int) -> str:
        agent = agents[i // width]
        district = getattr(agent, "district", agent).row
        entry = f", entry {i % width}" if width > 1 else ""
        return f"{type(agent).__name__} {getattr(agent, 'row', i // width)}{entry}, district {district}"

    dtype = engine.dtype if engine.dtype.kind in "iu" else np.float64
    return Column(what, where, np.array(plain, dtype).ravel(), np.ascontiguousarray(engine).ravel())


def hub_number(hub: Hub | str | None) -> int:
    """A hub's row, -1 for none, -2 for a legal partner."""
    return hub.row if isinstance(hub, Hub) else (-2 if hub == PARTNER else -1)


def on_the_books(world: World) -> Any:
    """The engine's records of organizations on the books."""
    rows = world.organizations[: int(world.clock["organizations"][0])]
    return rows[rows["alive"] == 1]


def first_difference(
    inputs: Inputs, parameters: Mapping[str, float] | None, seed: int, months: int
) -> list[Difference]:
    """The differences (at most eight) of the first month that has any, -1 being the start; empty where none has."""
    pair = Pair(inputs, parameters, seed)
    while True:
        found = [difference for _, difference in zip(range(SHOWN), pair.differences(), strict=False)]
        if found or pair.plain.t >= months:
            return found
        pair.step()
