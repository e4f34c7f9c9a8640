"""Sensitivity indices of complete blocks of a design, with bootstrap intervals.

The estimators are those of SALib (a test holds the two side by side): for outcomes A, B, AB_j, BA_j of Saltelli's
design, centred and scaled over all rows, with V the variance of A and B together,

    S1_j  = mean(B (AB_j - A)) / V                    (Saltelli et al. 2010)
    ST_j  = mean((A - AB_j)^2) / (2 V)                (Jansen 1999)
    S2_jk = mean(BA_j AB_k - A B) / V - S1_j - S1_k   (Saltelli 2002)

and for elementary effects e of Morris trajectories (change of the outcome for a factor's move over its whole range)
mu_star = mean(|e|), sigma = the standard deviation of e. All are functions of means over base points or trajectories,
so a resample is a row of weights and all resamples are one product of matrices. It is taken without BLAS, whose
threads would disturb other workers and whose last digits depend on their number. Half a 95 % interval is 1.96 standard
deviations over the resamples, drawn as SALib draws them. A resample in which nothing varies says nothing; where more
than one in 20 are such (outcomes that differ in fewer than three base points or so) the interval is unknown, whereas
SALib counts indices of 0.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np

from ..intervals import Z95

RESAMPLES = 1000
_M64 = (1 << 64) - 1
_VOID = 0.05  # share of resamples without variation above which there is no interval
_NOTHING = 1e-12  # a variance below this, of outcomes scaled to variance 1, is no variance
_BLOCK = 8_000_000  # weights held at once while resampling


class Estimate(NamedTuple):
    """Indices, one per factor (or pair of factors), and half the width of their 95 % intervals."""

    value: np.ndarray
    half: np.ndarray


def varies(y: np.ndarray) -> bool:
    """Whether outcomes differ by more than rounding."""
    return y.size > 0 and float(np.ptp(y)) > 1e-12 * float(np.abs(y).max())


def pairs(factors: int) -> list[tuple[int, int]]:
    """The pairs for which S2 is estimated, in order."""
    return list(combinations(range(factors), 2))


def sobol(
    y: np.ndarray, factors: int, second_order: bool = False, resamples: int = RESAMPLES, seed: int = 1
) -> dict[str, Estimate]:
    """S1 and ST (and S2) of outcomes that vary, (base points, rows of Saltelli's design), none missing.

    nan where A and B do not vary; intervals are nan where they vary in too few base points.
    """
    moments = _sobol_moments((y - y.mean()) / y.std(), factors, second_order)
    whole = _sobol_indices(moments.mean(axis=0)[None], factors)
    drawn = _sobol_indices(_resampled(moments, resamples, seed), factors)
    return {name: Estimate(whole[name][0], _half(drawn[name])) for name in whole}


def morris(x: np.ndarray, y: np.ndarray, resamples: int = RESAMPLES, seed: int = 1) -> dict[str, Estimate]:
    """mu_star and sigma of trajectories: `x` (trajectories, rows, factors) coordinates, `y` (trajectories, rows)."""
    effects = elementary_effects(x, y)
    count, factors = effects.shape
    centre = effects.mean(axis=0)
    moments = np.concatenate([np.abs(effects), effects - centre, (effects - centre) ** 2], axis=1)

    def both(means: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        size, shift, square = np.split(means, [factors, 2 * factors], axis=1)
        spread = np.sqrt(np.maximum(square - shift**2, 0.0) * count / (count - 1)) if count > 1 else square * np.nan
        return size, spread

    whole, drawn = both(moments.mean(axis=0)[None]), both(_resampled(moments, resamples, seed))
    found = zip(("mu_star", "sigma"), whole, drawn, strict=True)
    return {name: Estimate(value[0], _half(resample)) for name, value, resample in found}


def elementary_effects(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Change of the outcome per unit of the coordinate that moved: (trajectories, factors)."""
    moves = np.diff(x, axis=1)
    moved = np.abs(moves).argmax(axis=2)
    step = np.take_along_axis(moves, moved[:, :, None], axis=2)[:, :, 0]
    effects = np.full((len(x), x.shape[2]), np.nan)
    np.put_along_axis(effects, moved, np.diff(y, axis=1) / step, axis=1)
    return effects


def _sobol_moments(y: np.ndarray, k: int, second_order: bool) -> np.ndarray:
    """What is averaged over base points: (base points, 2 + 2 k (+ pairs))."""
    a, b, ab = y[:, :1], y[:, -1:], y[:, 1 : k + 1]
    columns = [(a + b) / 2, (a**2 + b**2) / 2, b * (ab - a), (a - ab) ** 2 / 2]
    if second_order:
        ba = y[:, k + 1 : 2 * k + 1]
        columns += [ba[:, [i]] * ab[:, [j]] - a * b for i, j in pairs(k)]
    return np.concatenate(columns, axis=1)


def _sobol_indices(means: np.ndarray, k: int) -> dict[str, np.ndarray]:
    """Indices from rows of means, (rows, factors or pairs)."""
    variance = means[:, 1] - means[:, 0] ** 2
    scaled = means[:, 2:] / np.where(variance > _NOTHING, variance, np.nan)[:, None]
    first, total, second = np.split(scaled, [k, 2 * k], axis=1)
    found = {"S1": first, "ST": total}
    if second.shape[1]:
        left, right = np.array(pairs(k)).T
        found["S2"] = second - first[:, left] - first[:, right]
    return found


def _resampled(moments: np.ndarray, resamples: int, seed: int) -> np.ndarray:
    """Means over blocks drawn with replacement, (resamples, columns)."""
    count = len(moments)
    drawn = np.random.default_rng(seed & _M64).integers(count, size=(count, resamples))
    parts = []
    step = max(1, _BLOCK // max(1, count))
    for start in range(0, resamples, step):
        some = drawn[:, start : start + step]
        width = some.shape[1]
        flat = (some + np.arange(width) * count).ravel()
        weights = np.bincount(flat, minlength=width * count).reshape(width, count)
        parts.append(np.einsum("rn,nc->rc", weights.astype(np.float64), moments))
    return np.concatenate(parts) / count


def _half(drawn: np.ndarray) -> np.ndarray:
    """Half the 95 % interval of each column; nan where too few resamples say something."""
    known = ~np.isnan(drawn)
    n = known.sum(axis=0)
    centre = np.where(known, drawn, 0.0).sum(axis=0) / np.maximum(n, 1)
    squares = (np.where(known, drawn - centre, 0.0) ** 2).sum(axis=0)
    return np.where((n > 1) & (n >= (1 - _VOID) * len(drawn)), Z95 * np.sqrt(squares / np.maximum(n - 1, 1)), np.nan)
