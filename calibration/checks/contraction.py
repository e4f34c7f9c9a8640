"""What the data say of each fitted parameter, and of pairs, on the scale where every prior is standard normal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

import numpy as np

from ...experiments.columns import Columns, table_of
from ...model.priors import Prior
from ..weighing import ess
from .weighted import P05_50_95, quantiles

_GRID = 8001
_REACH = 7.0
_Z99 = 2.5758293035489004

CONTRACTION = {
    "parameter": "text", "unit": "text", "prior_p05": "float", "prior_median": "float", "prior_p95": "float",
    "posterior_p05": "float", "posterior_median": "float", "posterior_p95": "float", "contraction": "float",
    "noise": "float",
}  # fmt: skip
PAIRS = {"parameter_a": "text", "parameter_b": "text", "correlation": "float", "noise": "float"}


def in_z(values: np.ndarray, prior: Prior) -> np.ndarray:
    """Values of a parameter as standard normal scores of its prior: the inverse of `prior.ppf(ndtr(z))`.

    To about 1e-6 within 5 standard deviations; values beyond the prior's support are put at its end.
    """
    if prior.is_fixed:
        raise ValueError("a fixed parameter has no scale")
    return np.interp(values, *_grid(prior))


@cache
def _grid(prior: Prior) -> tuple[np.ndarray, np.ndarray]:
    """Values of a parameter, rising, and their scores."""
    from scipy import special

    z = np.linspace(-_REACH, _REACH, _GRID)
    at = np.maximum.accumulate([prior.ppf(float(u)) for u in special.ndtr(z)])
    rising = np.diff(at, prepend=-np.inf) > 0  # far out on the right, ndtr no longer tells neighbours apart
    return at[rising], z[rising]


def contraction(
    names: Sequence[str],
    values: np.ndarray,
    weights: np.ndarray,
    priors: Mapping[str, Prior],
    units: Mapping[str, str],
) -> Columns:
    """One row for each fitted parameter: its prior and posterior range and how far the data narrowed it.

    `values` (sets, parameters) with `weights` (sets,) are the posterior. `contraction` is 1 - variance in z: 0 where
    the data say nothing, 1 where they say all, negative where they contradict the prior's middle and widen it.
    `noise` is what a parameter of which the data say nothing reaches in 1 of 100 cases at this effective sample size.
    """
    spare, level = 1.0 - float(np.square(weights).sum()), _contraction_noise(ess(weights))
    rows = []
    for name, column in zip(names, values.T, strict=True):
        z = in_z(column, priors[name])
        variance = float(weights @ (z - weights @ z) ** 2) / spare
        prior = [priors[name].ppf(u) for u in P05_50_95]
        rows.append((name, units[name], *prior, *quantiles(column, weights), 1.0 - variance, level))
    return table_of(rows, CONTRACTION)


def _contraction_noise(size: float) -> float:
    from scipy import stats

    return 1.0 - float(stats.chi2.ppf(0.01, max(size - 1.0, 1.0))) / max(size - 1.0, 1.0)


def pairs(names: Sequence[str], values: np.ndarray, weights: np.ndarray, priors: Mapping[str, Prior]) -> Columns:
    """One row for each pair of fitted parameters: the posterior's correlation in z (the prior has none).

    `noise` is the size that the correlation of an unrelated pair passes in 1 of 100 cases.
    """
    z = np.stack([in_z(column, priors[name]) for name, column in zip(names, values.T, strict=True)], axis=1)
    z -= weights @ z
    covariance = np.einsum("n,ni,nj->ij", weights, z, z)
    spread = np.sqrt(np.diag(covariance))
    level = float(np.tanh(_Z99 / np.sqrt(max(ess(weights) - 3.0, 1.0))))
    rows = [
        (names[i], names[j], covariance[i, j] / (spread[i] * spread[j]), level)
        for i, j in combinations(range(len(names)), 2)
    ]
    return table_of(rows, PAIRS)
