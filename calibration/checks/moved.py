"""Whether the data also speak of parameters that were not fitted: how far reweighting moves them from their priors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from ...experiments.columns import Columns, table_of

KINDS = {"parameter": "text", "distance": "float", "noise": "float"}
_KOLMOGOROV_99 = 1.6276236115189503


def moved(
    common: Mapping[str, np.ndarray],
    weights: np.ndarray,
    fitted: Iterable[str] = (),
    local: Mapping[str, np.ndarray] | None = None,
    run_weights: Mapping[str, np.ndarray] | None = None,
) -> Columns:
    """One row for each parameter that varies and is not fitted, the farthest beyond its noise first.

    `common` are parameters (simulations,) with `weights` of simulations, `local` those of places (simulations,
    replicates), named name@scenario, with weights of runs by scenario. `distance` is the largest difference between the
    weighted and the unweighted distribution. `noise` is what a parameter that the data do not touch passes in 1 of 100
    cases at these weights; of 150 parameters one or two pass it by chance.
    """
    left = {name: (values, weights) for name, values in common.items() if name not in set(fitted)}
    for name, values in (local or {}).items():
        left[name] = values.ravel(), (run_weights or {})[name.rpartition("@")[2]].ravel()
    varying = [(name, *pair) for name, pair in left.items() if np.ptp(pair[0]) > 0]
    rows = [(name, distance(values, weight), noise(weight)) for name, values, weight in varying]
    rows.sort(key=lambda row: row[2] - row[1])
    return table_of(rows, KINDS)


def distance(values: np.ndarray, weights: np.ndarray) -> float:
    """Kolmogorov's distance between a sample with weights (sum 1) and the same sample without."""
    order = np.argsort(values, kind="stable")
    gap = np.cumsum(weights[order] - 1.0 / len(weights))
    last = np.append(np.diff(values[order]) > 0, True)  # equal values enter both distributions at one step
    return float(np.abs(gap[last]).max())


def noise(weights: np.ndarray) -> float:
    """Kolmogorov's 99 % point, for a difference whose variance is that of the weights around equal ones."""
    return float(_KOLMOGOROV_99 * np.sqrt(max(0.0, float(np.square(weights).sum()) - 1.0 / len(weights))))
