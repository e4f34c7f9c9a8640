"""The plan of runs: every run that an experiment asks for, in order, cut into blocks.

An experiment grows in waves: the first has what its file asks for, each extension adds points, draws or replicates.
Runs and blocks of earlier waves keep their numbers for ever, so that nothing is done twice. The plan follows from the
experiment and its waves alone; no worker, chunk or clock has a part in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ...model.uncertainty import run_seed
from ..design.experiment import Experiment
from ..design.points import Points, first_points, points_of, rows_per_point

_AXES = ("scenario", "point", "draw", "replicate")
_OWN_LUCK = 10**6  # a replicate number that no run has: marks the seed of a point with luck of its own


class Extent(NamedTuple):
    """How far an experiment reaches after a wave: base points of the design, parameter draws, replicates."""

    points: int
    draws: int
    replicates: int


class Task(NamedTuple):
    """One run, as a worker needs it."""

    run: int
    scenario: int
    point: int
    draw: int
    replicate: int
    seed: int


def first_extent(experiment: Experiment) -> Extent:
    """What the experiment's file asks for."""
    return Extent(first_points(experiment), experiment.draws or 1, experiment.replicates)


@dataclass(frozen=True)
class Plan:
    """All runs of all waves: equally long columns, in the order of run numbers."""

    experiment: Experiment
    waves: tuple[Extent, ...]

    @cached_property
    def points(self) -> Points:
        """The points of the design so far."""
        return points_of(self.experiment, tuple(dict.fromkeys(wave.points for wave in self.waves)))

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """`block`, `point`, `draw`, `replicate`, `scenario` of every run."""
        parts, blocks = [], 0
        before = Extent(0, 0, 0)
        for wave in self.waves:
            axes = self._wave(before, wave)
            block = blocks + np.arange(len(axes["point"])) // self.experiment.block
            parts.append({"block": block, **axes})
            blocks, before = int(block[-1]) + 1 if len(block) else blocks, wave
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def _wave(self, before: Extent, wave: Extent) -> dict[str, np.ndarray]:
        """Runs of a wave: those of its extent that no earlier wave had; scenarios of one luck stand together."""
        rows = rows_per_point(self.experiment)
        shape = (wave.points * rows, wave.draws, wave.replicates)
        new = np.ones(shape, np.bool_)
        new[: before.points * rows, : before.draws, : before.replicates] = False
        scenarios = len(self.experiment.scenarios)
        point, draw, replicate = (np.repeat(axis, scenarios) for axis in np.nonzero(new))
        scenario = np.tile(np.arange(scenarios), int(new.sum()))
        return {"point": point, "draw": draw, "replicate": replicate, "scenario": scenario}

    @cached_property
    def seeds(self) -> np.ndarray:
        """The seed of every run, uint64; common to all points and scenarios, or each point's own."""
        c, seed = self.columns, self.experiment.seed
        own = self.experiment.seeds == "own"
        point = c["point"] if own else np.zeros_like(c["point"])
        triples, place = np.unique(np.stack([point, c["draw"], c["replicate"]]), axis=1, return_inverse=True)
        found = [
            run_seed(run_seed(seed, p, _OWN_LUCK) if own else seed, d, r)
            for p, d, r in zip(*triples.tolist(), strict=True)
        ]
        return np.array(found, np.uint64)[place.ravel()]

    def __len__(self) -> int:
        return len(self.columns["block"])

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return int(self.columns["block"][-1]) + 1

    def runs_of(self, block: int) -> range:
        """The runs of a block."""
        first, last = np.searchsorted(self.columns["block"], [block, block + 1])
        return range(int(first), int(last))

    def tasks(self, blocks: list[int]) -> Iterator[Task]:
        """What is to be done for some blocks, in order."""
        c = self.columns
        for block in blocks:
            for run in self.runs_of(block):
                scenario, point, draw, replicate = (int(c[name][run]) for name in _AXES)
                yield Task(run, scenario, point, draw, replicate, int(self.seeds[run]))
