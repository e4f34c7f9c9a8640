"""Made data: one simulation of the bank plays the truth, the others are weighted by how well they agree with it.

Of the truth one run of each place is seen. What would have been published of it is its figure plus a normal error of
the tolerance, for every observation, also for those that in earnest give only a bound or a range: their kernel belongs
to no distribution from which a bound could be drawn (it would have to be equally likely anywhere below the truth). So
made data say more than the real ones do, and their posteriors are narrower; simulator, tolerances and weighting are
the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..weighing import Aim, log_likelihood, place_kernels, weights
from .luck import normals, uniforms

if TYPE_CHECKING:
    from ..observations import Observation

Figures = Mapping[str, np.ndarray]  # (simulations, replicates) by observation
Likelihood = Callable[[Figures, "Sequence[Observation]", Mapping[str, Aim]], np.ndarray]


class Truth(NamedTuple):
    """A simulation taken for the truth, and the posterior given what would be published of it."""

    row: int
    held: dict[str, Aim]  # what would be published, by observation
    weights: np.ndarray  # (simulations,), sum 1; the truth itself has none
    agreement: float  # log kernel of the runs that were seen


def truth(
    figures: Figures,
    observations: Sequence[Observation],
    row: int,
    seed: int,
    likelihood: Likelihood = log_likelihood,
) -> Truth:
    """The posterior for made data of simulation `row`; errors and runs seen hang on (seed, row) alone.

    `likelihood` weighs the others; another than the model's own shows what a check would catch.
    """
    held = publish(figures, observations, row, seed)
    others = np.array(likelihood(figures, observations, held), np.float64)
    others[row] = -np.inf  # a truth is not its own neighbour
    own = place_kernels({name: column[[row]] for name, column in figures.items()}, observations, held)
    agreement = sum(float(kernel[0, run_seen(kernel.shape[1], row, seed, place)]) for place, kernel in own.items())
    return Truth(row, held, weights(others), agreement)


def publish(figures: Figures, observations: Sequence[Observation], row: int, seed: int) -> dict[str, Aim]:
    """What would be published of simulation `row`, by observation: values with the observations' tolerances."""
    errors = normals(seed, f"published of {row}", len(observations))
    held = {}
    for seen, error in zip(observations, errors, strict=True):
        runs = figures[seen.id][row]
        value = float(runs[run_seen(len(runs), row, seed, seen.scenario)] + error * seen.tolerance)
        if not np.isfinite(value):
            raise ValueError(f"{seen.id}: made data need simulations that have every figure")
        held[seen.id] = Aim(value, value, seen.tolerance)
    return held


def run_seen(runs: int, row: int, seed: int, place: str) -> int:
    """Which of a place's runs is the true one."""
    return int(uniforms(seed, f"run of {row} at {place}", 1)[0] * runs)
