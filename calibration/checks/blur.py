"""Wider tolerances for made data, where a bank is too small for the real ones.

Weighting a bank by many narrow observations leaves a handful of simulations. Posteriors made of those are too coarse,
and simulation-based calibration then fails for want of simulations, not for a fault (seen in the tests). With all
tolerances multiplied by one factor, for the made errors and for the weighting alike, the same chain of simulator,
residuals and weights is tested on vaguer data. The factor is reported with the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..weighing import ess
from .luck import order
from .synthetic import Figures, truth

if TYPE_CHECKING:
    from ..observations import Observation

FACTORS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
ENOUGH = 25.0


def blurred(observations: Sequence[Observation], factor: float) -> tuple[Observation, ...]:
    """The observations with their tolerances multiplied."""
    return tuple(seen._replace(tolerance=factor * seen.tolerance) for seen in observations)


def least_blur(
    figures: Figures,
    observations: Sequence[Observation],
    seed: int,
    datasets: int = 100,
    enough: float = ENOUGH,
    factors: Sequence[float] = FACTORS,
) -> float:
    """The smallest factor at which 19 of 20 made datasets reach an effective sample size of `enough`.

    The last factor if none does: the check then tells how many datasets are short.
    """
    rows = order(seed, "truths to choose a blur", len(figures[observations[0].id]))[:datasets]
    for factor in factors[:-1]:
        vaguer = blurred(observations, factor)
        sizes = [ess(truth(figures, vaguer, int(row), seed).weights) for row in rows]
        if np.quantile(sizes, 0.05) >= enough:
            return factor
    return factors[-1]
