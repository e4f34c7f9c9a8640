"""How well simulations agree with what was observed.

A figure may be off its observation by the tolerance, a standard deviation: the kernel is that of a Gaussian error of
definition, date and model. Accepting with it is exact inference under such an error (Wilkinson 2013), not an
approximation to be driven to zero. A bound ("more than 45 %") is met by whatever lies beyond it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from .observations import Observation


class Aim(NamedTuple):
    """What a figure is held against: a point (low = high), a range or a bound, with a tolerance."""

    low: float
    high: float
    tolerance: float


def aims(observations: Sequence[Observation]) -> dict[str, Aim]:
    """The observations as aims, by id."""
    return {seen.id: Aim(seen.low, seen.high, seen.tolerance) for seen in observations}


def residual(figure: np.ndarray, aim: Aim) -> np.ndarray:
    """How far off in tolerances, with sign; 0 within the range. Same shape as `figure`."""
    below, above = np.minimum(figure - aim.low, 0.0), np.maximum(figure - aim.high, 0.0)
    return (below + above) / aim.tolerance


def place_kernels(
    figures: Mapping[str, np.ndarray], observations: Sequence[Observation], held: Mapping[str, Aim] | None = None
) -> dict[str, np.ndarray]:
    """By scenario the log kernel of every run, (..., replicates): minus half the sum of squared residuals there.

    `held` replaces what the observations say (pseudo-data); only the observations given count.
    """
    held = aims(observations) if held is None else held
    found: dict[str, np.ndarray] = {}
    for seen in observations:
        squared = -0.5 * residual(figures[seen.id], held[seen.id]) ** 2
        found[seen.scenario] = found.get(seen.scenario, 0.0) + squared
    return found


def log_likelihood(
    figures: Mapping[str, np.ndarray], observations: Sequence[Observation], held: Mapping[str, Aim] | None = None
) -> np.ndarray:
    """Log of the estimated likelihood, at most 0: the mean over replicates place by place, multiplied over places.

    `figures` are (..., replicates); the result has the shape before the replicates.
    """
    from scipy.special import logsumexp

    kernels = place_kernels(figures, observations, held)
    parts = [logsumexp(kernel, axis=-1) - np.log(kernel.shape[-1]) for kernel in kernels.values()]
    return np.sum(parts, axis=0)


def weights(log_likelihoods: np.ndarray) -> np.ndarray:
    """Importance weights that add up to 1."""
    from scipy.special import softmax

    return softmax(log_likelihoods)


def ess(weight: np.ndarray) -> float:
    """Effective sample size (Kish) of weights that add up to 1."""
    return float(1.0 / np.sum(weight**2))
