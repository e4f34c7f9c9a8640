"""How much of an outcome's variance is due to the factors, to other parameters, and to chance.

Let y[p, d, r] be the outcome at point p with parameter draw d and replicate r. The variance of a run is the sum of

    factors     F = Var over p of E[y | p]
    parameters  G = mean over p of Var over d of E[y | p, d]
    chance      C = mean over p and d of Var over r of y

so what factors and luck do together counts as chance, and what factors and parameters do together as parameters.
Draws are the same at every point; luck is of each draw's own, and either the same at all points (`common` seeds) or of
each point's own (`own`). With P points, D draws, R replicates, s2 a sample variance (divided by n - 1) and a dot for a
mean, unbiased estimates are

    C = mean of s2_r(y[p, d, :])
    G = mean of s2_d(y[p, :, .]) - C / R
    F = s2_p(y[:, ., .]) - M / U

where M / U is what is left of draws and luck in a point's mean, apart from what they add to all points alike. With
D > 1 draws the two-way layout z[p, d] = y[p, d, .] gives, for either kind of seeds, U = D and

    M = sum of (z[p, d] - z[p, .] - z[., d] + z[., .])^2 / ((P - 1) (D - 1)).

With one draw and common seeds the same holds of z[p, r] = y[p, 0, r], U = R. With one draw and own seeds, M = C, U = R.
With one replicate, G cannot be told from chance and holds both; with one draw and one replicate nothing can be told.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

SEEDS = ("common", "own")


class Components(NamedTuple):
    """Unbiased estimates of variances, in the outcome's unit squared; they may come out below 0; nan if unknown."""

    factors: float
    parameters: float
    chance: float
    points: int


class Chance(NamedTuple):
    """Shares of the variance of a run, which add up to 1; nan if unknown; `points` had no failed run."""

    share_factors: float
    share_parameters: float
    share_chance: float
    points: int


def point_means(values: np.ndarray) -> np.ndarray:
    """The mean outcome of each point, from (points, draws, replicates); nan if any run of the point failed.

    A mean over those that succeeded would compare points with different luck.
    """
    return np.asarray(values, np.float64).mean(axis=(1, 2))


def components(values: np.ndarray, seeds: str) -> Components:
    """Estimate F, G and C from (points, draws, replicates); points with a failed run (nan) are left out.

    Points should be a plain sample of the factors' space: see `sampling.independent_rows`. ValueError if `seeds` is not
    one of `SEEDS`.
    """
    if seeds not in SEEDS:
        raise ValueError(f"seeds are {' or '.join(SEEDS)}, not {seeds!r}")
    y = np.asarray(values, np.float64)
    y = y[np.isfinite(y).all(axis=(1, 2))]
    points, draws, replicates = y.shape
    if points < 2 or draws * replicates < 2:
        return Components(np.nan, np.nan, np.nan, points)
    chance = float(y.var(axis=2, ddof=1).mean()) if replicates > 1 else np.nan
    mean = y.mean(axis=2)
    parameters = np.nan
    if draws > 1:
        parameters = float(mean.var(axis=1, ddof=1).mean())
        if replicates > 1:
            parameters -= chance / replicates
        rest = _interaction(mean) / draws
    else:
        rest = (_interaction(y[:, 0]) if seeds == "common" else chance) / replicates
    return Components(float(mean.mean(axis=1).var(ddof=1)) - rest, parameters, chance, points)


def shares(values: np.ndarray, seeds: str) -> Chance:
    """The table `chance` of one outcome in one scenario: components below 0 count as 0, then shares of the sum.

    Shares are nan where nothing varies, and where the component is: `share_parameters` with one draw, `share_chance`
    with one replicate (then `share_parameters` holds both).
    """
    *found, points = components(values, seeds)
    parts = np.maximum(found, 0.0)
    total = float(np.nansum(parts))
    scale = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
    if not total > (1e-12 * scale) ** 2:
        return Chance(np.nan, np.nan, np.nan, points)
    factors, parameters, luck = (parts / total).tolist()
    return Chance(factors, parameters, luck, points)


def _interaction(z: np.ndarray) -> float:
    """Mean square of what neither the row nor the column explains."""
    rows, columns = z.shape
    rest = z - z.mean(axis=1, keepdims=True) - z.mean(axis=0) + z.mean()
    return float((rest**2).sum() / ((rows - 1) * (columns - 1)))
