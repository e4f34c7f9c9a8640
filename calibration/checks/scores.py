"""How good a forecast was: the continuous ranked probability score, in the unit of the figure, smaller is better.

CRPS = E|X - y| - E|X - X'| / 2 for a forecast X, X' independent of it, and the figure y that came (Gneiting & Raftery
2007); of a point forecast it is the absolute error, so both kinds stand in one table.
"""

from __future__ import annotations

import numpy as np

from .weighted import known


def crps_sample(values: np.ndarray, observed: float, weights: np.ndarray | None = None) -> float:
    """Of a (weighted) sample taken as the forecast distribution itself, exactly."""
    sample = known(values, weights)
    order = np.argsort(sample.values, kind="stable")
    x, w = sample.values[order] - observed, sample.weights[order]
    return float(w @ np.abs(x) - np.sum(w * x * (2 * np.cumsum(w) - w - 1)))


def crps_point(value: float, observed: float) -> float:
    """Of a single number: its absolute error."""
    return abs(value - observed)


def crps_normal(mean: float, sd: float, observed: float) -> float:
    """Of a normal distribution."""
    from scipy import special

    if sd == 0:
        return crps_point(mean, observed)
    z = (observed - mean) / sd
    density = np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    return float(sd * (z * (2 * special.ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi)))


def off(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """How far figures lie from an observed range, with sign, to be scored against 0; the whole range is 0.

    Of "more than 45 %" one knows nothing above 45 %: forecasts there are all right, and all the same. The score of
    what is so cut is the threshold-weighted CRPS (Gneiting & Ranjan 2011), by which honest forecasts still do best.
    """
    return np.minimum(0.0, values - low) + np.maximum(0.0, values - high)
