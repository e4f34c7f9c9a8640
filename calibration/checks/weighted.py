"""Weighted samples: quantiles, equally weighted draws, and the errors of publication on top."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

P05_50_95 = (0.05, 0.5, 0.95)
_STRATA = 21  # of the normal error of a published figure: its quantiles at (k + 1/2)/21 stand for it
_ROUNDING = 1e-12  # of sums of weights


class Weighted(NamedTuple):
    """Values (n,) and their weights (n,), which sum to 1."""

    values: np.ndarray
    weights: np.ndarray


def known(values: np.ndarray, weights: np.ndarray | None = None) -> Weighted:
    """A sample without its unknown values (nan); without `weights`, all count the same. An error if none is left."""
    weights = np.full(len(values), 1.0) if weights is None else weights
    there = ~np.isnan(values) & (weights > 0)
    if not there.any():
        raise ValueError("a sample without a known value of positive weight")
    return Weighted(values[there], weights[there] / weights[there].sum())


def quantiles(
    values: np.ndarray, weights: np.ndarray | None = None, levels: tuple[float, ...] = P05_50_95
) -> np.ndarray:
    """Quantiles of a weighted sample, (levels,): the smallest value that has this weight at or below it.

    Nothing is interpolated, since many figures are often the same (all streets have a hub).
    """
    sample = known(values, weights)
    order = np.argsort(sample.values, kind="stable")
    reached = np.searchsorted(np.cumsum(sample.weights[order]), np.array(levels) - _ROUNDING)
    return sample.values[order][np.minimum(reached, len(order) - 1)]


def share_below(values: np.ndarray, weights: np.ndarray, point: float) -> float:
    """Weight of the values below `point`, of those equal to it one half."""
    return float(weights[values < point].sum() + weights[values == point].sum() / 2)


def resampled(weights: np.ndarray, count: int, start: float) -> np.ndarray:
    """Rows of `count` draws by systematic resampling; `start` in [0, 1) is all its luck.

    A row of weight w is drawn w * count times, rounded up or down: no oftener than once while no weight exceeds
    1/count. Rows must stand in an order that has nothing to do with what they hold.
    """
    edges = np.cumsum(weights)
    return np.minimum(np.searchsorted(edges / edges[-1], (np.arange(count) + start) / count, "right"), len(edges) - 1)


def published(sample: Weighted, tolerance: float) -> Weighted:
    """What would be published of these figures: each with a normal error of sd `tolerance`, in 21 strata."""
    from scipy import special

    errors = tolerance * special.ndtri((np.arange(_STRATA) + 0.5) / _STRATA)
    errors *= tolerance / np.sqrt(np.mean(errors**2)) if tolerance > 0 else 1.0  # strata alone would be too narrow
    values = (sample.values[:, None] + errors).ravel()
    return Weighted(values, np.repeat(sample.weights / _STRATA, _STRATA))
