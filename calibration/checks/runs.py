"""From weights of simulations to weights of runs.

A simulation has several runs of each place, each with the place's own draws. Its weight is that of its place-by-place
mean likelihoods; within a simulation, a run counts by how well it agrees with what was fitted at its own place. Where
nothing was fitted, runs count alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..weighing import Aim, place_kernels

if TYPE_CHECKING:
    from ..observations import Observation


def weigh_runs(
    weights: np.ndarray,
    figures: Mapping[str, np.ndarray],
    fitted: Sequence[Observation],
    measured: Sequence[Observation],
    held: Mapping[str, Aim] | None = None,
) -> dict[str, np.ndarray]:
    """Weights of runs (simulations, replicates), sum 1, by scenario of the `measured` observations.

    `weights` (simulations,) are those of the `fitted` observations, or of parameter sets accepted by them; `held`
    replaces what these observations say.
    """
    from scipy.special import softmax

    kernels = place_kernels(figures, fitted, held)
    flat = {seen.scenario: np.zeros(figures[seen.id].shape) for seen in measured}
    return {place: weights[:, None] * softmax(kernels.get(place, none), axis=1) for place, none in flat.items()}
