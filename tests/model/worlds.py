"""Small worlds by hand: a place, inputs without YAML, and organizations in whatever state a test wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from miaopu.model.codes import NO_CUSTODIAN
from miaopu.model.draws import key_of
from miaopu.model.inputs import FUNDERS, FunderPlan, Inputs, neutral_timetable, no_shocks
from miaopu.model.ledger import balances
from miaopu.model.place import LevelNames, Neighbours, Place
from miaopu.model.simulation import begin, layout_of
from miaopu.model.state import ORGANIZATION, record
from miaopu.model.text import Text
from miaopu.model.uncertainty import central_parameters
from miaopu.model.vocabulary import parameters
from miaopu.model.world import World
from miaopu.tests.model.calling import regroup

NEVER = 1000  # months since an organization had public money, where it never had
ERROR_RATE = 1e-4  # how seldom a true claim would fail, had the seed not been fixed
COMMUNITY_DEFAULTS: dict[str, Any] = {
    "rural": False,
    "residents": 5000.0,
    "groups": 0.0,
    "filed": 0.0,
    "registered": 0.0,
    "elderly": 0.15,
    "children": 0.15,
    "difficulty": 0.03,
    "foreign": 0.0,
    "party_members": 0.05,
}


def place(
    districts: int = 1,
    streets: int = 1,
    communities: int = 1,
    neighbours: bool = False,
    hub: int = 0,
    station: bool = False,
    prefectures: int = 0,
    **each: Any,
) -> Place:
    """A place of so many districts, streets a district and communities a street; `each` sets columns of communities.

    With `neighbours`, every street adjoins every other one of its district; `hub` is -1 unknown, 0 no, 1 yes.
    """
    named = [Text(f"{d}区", f"District {d}") for d in range(districts)]
    street_names = [Text(f"{d.zh}{s}街", f"{d.en}, street {s}") for d in named for s in range(streets)]
    names = [f"{s.zh}{c}社区" for s in street_names for c in range(communities)]
    street_district = np.repeat(np.arange(districts), streets)
    columns = {**COMMUNITY_DEFAULTS, **each}
    filled = {name: np.full(len(names), 0.0) + value for name, value in columns.items() if name != "rural"}
    rural = np.zeros(len(names), bool) | np.asarray(columns["rural"])
    return Place(
        name=Text("小地方", "small place"),
        level_names=LevelNames(*[Text("级", "level")] * 3),
        prefectures=tuple(Text(f"{f}市", f"Prefecture {f}") for f in range(prefectures)),
        district_name=tuple(named),
        district_prefecture=np.arange(districts) * max(1, prefectures) // districts - (prefectures == 0),
        district_key=np.array([key_of(d.zh) for d in named], np.uint64),
        street_name=tuple(street_names),
        street_district=street_district,
        street_rural=rural.reshape(len(street_names), communities).all(axis=1),
        street_key=np.array([key_of(s.zh) for s in street_names], np.uint64),
        street_hub=np.full(len(street_names), hub, np.int8),
        street_station=np.full(len(street_names), station),
        community_street=np.repeat(np.arange(len(street_names)), communities),
        community_rural=rural,
        community_key=np.array([key_of(name) for name in names], np.uint64),
        neighbours=_neighbours(street_district) if neighbours else _nobody(len(street_names)),
        **filled,
    )


def _nobody(streets: int) -> Neighbours:
    return Neighbours(np.zeros(streets + 1, np.int64), np.zeros(0, np.int64))


def _neighbours(street_district: np.ndarray) -> Neighbours:
    """Every street adjoins all others of its district."""
    rows = [
        np.flatnonzero((street_district == d) & (np.arange(len(street_district)) != s))
        for s, d in enumerate(street_district)
    ]
    return Neighbours(np.cumsum([0, *map(len, rows)]), np.concatenate(rows))


def one_place_less(whole: Place, community: int) -> Place:
    """The place without one of its communities."""
    columns = (
        "community_street",
        "community_rural",
        "community_key",
        "residents",
        "groups",
        "filed",
        "registered",
        "elderly",
        "children",
        "difficulty",
        "foreign",
        "party_members",
    )
    return replace(whole, **{name: np.delete(getattr(whole, name), community) for name in columns})


def funder(yuan: float, months: int, **told: Any) -> FunderPlan:
    """A funder with the same yearly budget all the time."""
    return FunderPlan(np.full(months, float(yuan)), **told)


def inputs(
    where: Place | None = None,
    months: int = 12,
    levers: Mapping[str, float] | None = None,
    money: Mapping[str, float] | None = None,
    first_month: int = 1,
    **told: Any,
) -> Inputs:
    """A scenario with constant levers (full names) and yearly budgets in yuan for each unit of a funder."""
    where = where if where is not None else place()
    timetable = neutral_timetable(months, where.districts)
    for name, value in (levers or {}).items():
        timetable[name.replace(".", "_")] = value
    given = {name: funder(yuan, months) for name, yuan in (money or {}).items()}
    basis: dict[str, Any] = {
        "name": Text("小例", "small case"),
        "scenario": "small",
        "first_year": 2024,
        "first_month": first_month,
        "months": months,
        "place": where,
        "timetable": timetable,
        "shocks": no_shocks(months, where.districts),
        "clean_up": np.zeros((months, where.districts)),
        "funders": {name: funder(0.0, months) for name in FUNDERS} | given,
        "parameters": parameters(),
    }
    return Inputs(**(basis | told))


def values(**changed: float) -> dict[str, float]:
    """The central parameters with some changed."""
    if unknown := set(changed) - set(parameters()):
        raise KeyError(f"no such parameter: {', '.join(sorted(unknown))}")
    return central_parameters(parameters()) | changed


def world(told: Inputs | None = None, seed: int = 1, **changed: float) -> World:
    """A world before its first month, with its month of the year set and its levers in force."""
    told = told if told is not None else inputs()
    w = begin(told, values(**changed), seed)
    w.clock["month_of_year"] = told.first_month
    w.in_force[:] = w.timetable[0]
    return w


def at_month(w: World, month: int, month_of_year: int | None = None) -> World:
    """Sets the clock to a month and the calendar month that goes with it (or another)."""
    w.clock["month"] = month
    w.clock["month_of_year"] = month_of_year or w.calendar["month_of_year"][month]
    return w


def set_levers(w: World, **levers: float) -> World:
    """Sets levers in force in all districts, by their names inside the model."""
    for name, value in levers.items():
        w.levers[name] = value
    return w


def organizations(w: World, count: int, community: Any = None, **state: Any) -> np.ndarray:
    """Puts `count` active groups of middling ability there instead of whatever was, `state` set; returns their rows.

    They are spread evenly over the communities unless `community` says where. Their keys are hashed.
    """
    rows = np.zeros(count, record(ORGANIZATION))
    where = np.arange(count) * len(w.communities) // max(1, count) if community is None else community
    rows["community"] = where
    rows["key"] = np.random.default_rng(20240101).integers(0, 2**64, count, np.uint64)
    for name in ("street", "district"):
        rows[name] = w.communities[name][rows["community"]]
    middling: dict[str, Any] = {
        "alive": 1,
        "active": 1,
        "clean": 1,
        "known": 1,
        "queue": -1,
        "hub": -1,
        "custodian": NO_CUSTODIAN,
        "age": 36,
        "ladder_months": 18,
        "since_grant": NEVER,
        "members": 20.0,
        "gift": 1.0,
        "rating": -1.0,
        "governance": 0.4,
        "service": 0.4,
        "finance": 0.4,
        "leadership": 0.4,
        "activity": 2.0,
    }
    for name, value in (middling | state).items():
        rows[name] = value
    w.put("organizations", rows)
    w.put("order", np.zeros(count, np.int64))
    w.clock["organizations"] = count
    regroup(w)
    return w.organizations


def make_room(w: World, rows: int) -> None:
    """Empty rows for newborn organizations."""
    for name in ("organizations", "order"):
        old = getattr(w, name)
        new = np.zeros(len(old) + rows, old.dtype)
        new[: len(old)] = old
        w.put(name, new)


def held(w: World) -> np.ndarray:
    """Cash in fen of every account: six kinds of funder, hubs, organizations."""
    funders = [w.funders["cash"][w.funders["kind"] == kind].sum() for kind in range(len(FUNDERS))]
    there = w.organizations[: w.clock["organizations"][0]]
    return np.array([*funders, w.hubs["cash"].sum(), there["cash"].sum()], np.int64)


def agrees(count: int, trials: int, chance: float) -> bool:
    """Whether a count is one that so many trials of this chance could give (two-sided, at the error rate)."""
    from scipy.stats import binomtest

    return binomtest(int(count), int(trials), float(chance)).pvalue > ERROR_RATE


def nothing_lost(w: World, before: np.ndarray) -> bool:
    """Whether the ledger explains every fen by which the accounts differ from `before`."""
    return np.array_equal(held(w) - before, balances(w.ledger))


def run_tables(told: Inputs) -> tuple[np.ndarray, np.ndarray]:
    """Empty tallies and ledgers for a run that a test steps through itself."""
    layout = layout_of(told)
    return np.zeros((told.months, layout.districts, layout.tallies)), np.zeros(layout.ledger_shape, np.int64)
