"""Whole runs of the plain model, called and answered like the engine's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from miaopu.model.inputs import Inputs
from miaopu.model.tallies import TALLIES

from .world import PlainWorld


class PlainOutcome(NamedTuple):
    """What a run leaves."""

    tallies: np.ndarray  # float64 (months, districts, tallies)


def simulate(inputs: Inputs, parameters: Mapping[str, float] | None, seed: int) -> PlainOutcome:
    """Live all months of a scenario with ordinary agents; without parameters, the central ones."""
    world = PlainWorld(inputs, parameters, seed)
    tallies = np.zeros((inputs.months, len(world.districts), len(TALLIES)))
    for month in range(inputs.months):
        world.step()
        for district in world.districts:
            tallies[month, district.row] = [district.tally[name] for name in TALLIES]
    return PlainOutcome(tallies)
