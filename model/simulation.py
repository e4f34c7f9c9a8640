"""One run: from a scenario's inputs, a set of parameters and a seed to what happened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .inputs import Inputs
from .layout import Layout, lay_out
from .month import run_months
from .start import start_world
from .uncertainty import central_parameters, parameter_record
from .world import World


class Outcome(NamedTuple):
    """What a run leaves."""

    tallies: np.ndarray  # float64 (months, districts, tallies)
    street_first_nominal: np.ndarray  # int32 (streets,) month index, -1 never
    street_first_effective: np.ndarray
    ledger: np.ndarray  # int64 (years, accounts, instruments) fen


@lru_cache(maxsize=8)
def _layout(key: int, inputs_ref: _ById) -> Layout:
    return lay_out(inputs_ref.inputs)


class _ById(NamedTuple):
    """Inputs hold arrays and cannot be hashed by value; the object itself is the key."""

    inputs: Inputs

    def __hash__(self) -> int:
        return id(self.inputs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.inputs is self.inputs


def layout_of(inputs: Inputs) -> Layout:
    """The scenario's fixed arrays, made once for each inputs object."""
    return _layout(id(inputs), _ById(inputs))


def begin(inputs: Inputs, parameters: Mapping[str, float] | None, seed: int) -> World:
    """The world before the first month; without parameters, the central ones."""
    values = parameters if parameters is not None else central_parameters(inputs.parameters)
    counted = {"centres_count": float(inputs.readings.get("hub_kinds") == "federations_and_centres")}
    return start_world(inputs, layout_of(inputs), parameter_record(dict(values) | counted), seed)


def enlarge(world: World) -> None:
    """Makes room for the newborn that the clock tells of, and a quarter more."""
    size = int(world.clock["room_needed"][0] * 1.25) + 64
    for name in ("organizations", "order"):
        old = getattr(world, name)
        new = np.zeros(size, old.dtype)
        new[: len(old)] = old
        world.put(name, new)


def go_on(world: World, end: int, tallies: np.ndarray, ledgers: np.ndarray) -> None:
    """Runs the world to month `end`, making room for newborn organizations whenever the arrays are full."""
    while run_months(world, end, tallies, ledgers) < end:
        enlarge(world)


def simulate(inputs: Inputs, parameters: Mapping[str, float] | None, seed: int) -> Outcome:
    """Runs a scenario from its first month to its last."""
    layout = layout_of(inputs)
    world = begin(inputs, parameters, seed)
    tallies = np.zeros((inputs.months, layout.districts, layout.tallies))
    ledgers = np.zeros(layout.ledger_shape, np.int64)
    go_on(world, inputs.months, tallies, ledgers)
    return Outcome(tallies, world.streets["first_nominal"].copy(), world.streets["first_effective"].copy(), ledgers)
