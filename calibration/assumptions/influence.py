"""What a target's chance makes of each figure: the chance where the figure is low, where it is high, and the share.

All figures vary at once, so a chance "at a low figure" is over everything else that is not known. The share of
variance is the correlation ratio of what the target measures: the variance between slices of the figure to the whole.
A figure that nothing depends on shows one too, by chance; `noise` says how large it is in 99 of 100 such cases.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...experiments.analysis.response import BINS, response
from ...experiments.design.factor import Factor
from ...experiments.intervals import Z95
from ...model.text import Text

FIFTH = 0.2


class Influence(NamedTuple):
    """Of one factor on one target."""

    at_low: float  # chance of the target where the factor is in its lowest fifth
    at_high: float
    difference: float  # at_high − at_low
    low: float  # 95 % interval of the difference
    high: float
    share: float  # of the variance of what the target measures


def influence(x: np.ndarray, figures: np.ndarray, reached: np.ndarray) -> Influence:
    """Of a factor's values `x` (points,) on a target's `figures` and whether it is `reached` (points,) 0 or 1.

    A factor of few values has all points of its lowest (highest) value in that fifth. The interval is Agresti and
    Caffo's, which keeps its width where a chance is 0 or 1.
    """
    below, above = x <= np.quantile(x, FIFTH), x >= np.quantile(x, 1 - FIFTH)
    first, second = reached[below], reached[above]
    at_low, at_high = float(first.mean()), float(second.mean())
    centre, half = _agresti_caffo((first.sum(), len(first)), (second.sum(), len(second)))
    return Influence(at_low, at_high, at_high - at_low, centre - half, centre + half, share(x, figures))


def _agresti_caffo(low: tuple[float, int], high: tuple[float, int]) -> tuple[float, float]:
    """Middle and half width of the interval for the second share less the first, each (successes, trials)."""
    p, q = ((hits + 1.0) / (trials + 2.0) for hits, trials in (low, high))
    error = np.sqrt(p * (1 - p) / (low[1] + 2.0) + q * (1 - q) / (high[1] + 2.0))
    return q - p, Z95 * float(error)


def share(x: np.ndarray, y: np.ndarray, bins: int = BINS) -> float:
    """Correlation ratio of `y` on slices of `x` (points,), from 0 to 1; 0 where `y` does not vary."""
    known = np.isfinite(y)
    x, y = x[known], y[known]
    if len(y) < 2 or np.ptp(y) == 0.0:
        return 0.0
    factor = Factor("x", "uncertainty", "real", Text("", ""), "")
    rows = response([factor], {"x": x}, y, bins=bins)
    between = sum(row.points * (row.mean - y.mean()) ** 2 for row in rows)
    return float(between / ((y - y.mean()) ** 2).sum())


def noise(points: int, bins: int = BINS, level: float = 0.99) -> float:
    """The correlation ratio below which a factor without influence stays with this probability."""
    from scipy.stats import beta

    return float(beta.ppf(level, (bins - 1) / 2, (points - bins) / 2))


def beyond_chance(found: Influence, points: int, factors: int) -> bool:
    """Whether a share is beyond what chance gives to any of so many factors (error rate 5 % for all together)."""
    return found.share > noise(points, level=1 - 0.05 / factors)
