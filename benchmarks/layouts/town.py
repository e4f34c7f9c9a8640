"""A made-up place for the measurements: record types, parameters, levers, organizations, a World.

The named tuples live here and not in the script that is run: Numba's cache never recognizes again a type that
belongs to `__main__`.
"""
from collections import namedtuple
from typing import Any, NamedTuple

import numpy as np

FIELDS = {
    "u8": "key",
    "f8": "governance service finance leadership members volunteers workers need trust practice dependence"
          " fame",
    "i8": "cash public_money income cost",
    "i4": "community street district hub custodian mentor leader branch age leader_months incubated waiting",
    "i1": "domain ladder stage rating party leader_party subcommittee trained active nominal graduated"
          " recommended origin duplicate",
}
ORGANIZATION = np.dtype(
    [(name, kind) for kind, names in FIELDS.items() for name in names.split()], align=True)
STREET = np.dtype([("district", "i4"), ("slots", "i4"), ("commitment", "f8"), ("finance", "f8")], align=True)
PARAMETERS = {
    "support": .02, "learn_governance": 1.5, "learn_service": 1.0, "learn_finance": .8,
    "learn_leadership": 1.2, "practice": .02, "mentoring": .01, "own_money": .005, "wear_governance": .01,
    "wear_service": .012, "wear_finance": .008, "wear_leadership": .015, "recruit": .4, "attrition": .02,
    "turnover": .02, "kept": .6,
    "filing": .12, "filing_governance": .3, "registration": .05, "registration_governance": .5,
    "registration_service": .4, "exit_group": .16, "exit_filed": .08, "exit_registered": .05, "newness": 1.7,
    "empty_purse": 1.5, "new_leader": 1.3, "incubation_months": 12.0, "noise": .2, "rating_weight": .1,
}
LEVERS = {
    "platform_support": .3, "hub_quality": .6, "training": .5, "filing_members": 15.0, "filing_service": 2.5,
    "registration_wait": 6.0, "registration_capital": 2e6, "registration_ease": 1.5, "party_weight": .3,
    "need_weight": .2, "elderly_weight": .2, "difficulty_weight": .15, "mediation_weight": .1,
}
STREETS = {10_000: 74, 130_000: 1_947, 1_000_000: 20_000}
PLACEMENTS = ("sorted", "newest quarter at the end", "shuffled")
SEED = 1
Columns = namedtuple("Columns", ORGANIZATION.names or ())


class World(NamedTuple):
    """Everything a process may touch: the shape that the model would pass around."""

    organizations: Any
    communities: Any
    streets: Any
    districts: Any
    hubs: Any
    funders: Any
    links: Any
    events: Any
    ledger: Any
    tallies: Any
    levers: Any
    first: Any
    parameters: Any


class Town(NamedTuple):
    """A made-up place: organizations in some physical order, and how to walk them street by street."""

    organizations: np.ndarray
    first: np.ndarray
    order: np.ndarray | None
    streets: np.ndarray
    levers: np.ndarray
    parameters: np.ndarray


def filled(values: dict[str, float], width: int, rows: int) -> np.ndarray:
    """Records of `width` numbers: the named values, then spare ones."""
    names = [*values, *(f"another_number_{i}" for i in range(width - len(values)))]
    table = np.zeros(rows, [(name, "f8") for name in names])
    for name, value in values.items():
        table[name] = value
    return table


def build_town(count: int, placement: str = "sorted") -> Town:
    """`count` organizations with plausible spreads, drawn with one fixed seed."""
    rng = np.random.default_rng(SEED)
    orgs = np.zeros(count, ORGANIZATION)
    orgs["key"] = rng.integers(0, 2**64 - 1, count, dtype=np.uint64)
    for name in FIELDS["f8"].split():
        orgs[name] = rng.random(count)
    orgs["members"] = rng.lognormal(3, .5, count)
    for name, high in {"cash": 5_000_000, "income": 300_000, "cost": 300_000, "public_money": 2, "age": 120,
                       "leader_months": 48, "waiting": 24, "domain": 8, "stage": 3, "rating": 6, "party": 3,
                       "leader_party": 2, "subcommittee": 2}.items():
        orgs[name] = rng.integers(0, high, count)
    orgs["ladder"] = rng.choice(3, count, p=[.40, .53, .07])
    orgs["hub"], orgs["active"] = -1, 1
    orgs["mentor"] = np.where(rng.random(count) < .2, 0, -1)
    streets = np.zeros(STREETS[count], STREET)
    streets["district"] = np.arange(streets.size) * 10 // streets.size
    streets["slots"] = rng.integers(0, 9, streets.size)
    orgs["community"] = np.sort(rng.integers(0, streets.size * 9, count))
    orgs["street"] = orgs["community"] // 9
    first = np.searchsorted(orgs["street"], np.arange(streets.size + 1))
    order = None
    if placement != "sorted":
        newest = rng.random(count) < (.25 if placement != "shuffled" else 1.0)
        rows = np.concatenate([np.flatnonzero(~newest), rng.permutation(np.flatnonzero(newest))])
        orgs = orgs[rows]
        order = np.argsort(orgs["community"], kind="stable")
    return Town(orgs, first, order, streets, filled(LEVERS, 50, 10), filled(PARAMETERS, 60, 1))


def build_world() -> World:
    """A World of records of realistic widths."""
    town = build_town(10_000)

    def kind(name: str, width: int) -> np.ndarray:
        kinds = ("f8", "i8", "i4", "i1")
        return np.zeros(50, np.dtype([(f"{name}_field_{i}", kinds[i % 4]) for i in range(width)], align=True))

    return World(town.organizations.copy(), kind("community", 25), town.streets, kind("district", 20),
                 kind("hub", 30), kind("funder", 20), kind("link", 6), kind("event", 8), kind("ledger", 8),
                 kind("tally", 40), town.levers, town.first, town.parameters)
