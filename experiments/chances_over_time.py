"""The probability of many events at once, each with its own interval: `intervals.probability`, column by column.

The draws that are resampled are the same for every column, so that a month's interval is the one it would have alone,
and neighbouring months do not differ by the luck of resampling.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from . import intervals
from .intervals import FEW_DRAWS, RESAMPLES, tail, wilson_each


class Chances(NamedTuple):
    """Probabilities with their 95 % intervals, one per column; nan where no run succeeded."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray


def chances(reached: np.ndarray, draw: np.ndarray, varies: bool, seed: int = 0) -> Chances:
    """What `intervals.probability` says of each column of `reached` (runs, columns), bool; `draw` of each run."""
    count, columns = reached.shape
    if count == 0:
        nothing = np.full(columns, np.nan)
        return Chances(nothing, nothing, nothing)
    _, cluster = np.unique(draw, return_inverse=True)
    runs = np.bincount(cluster)
    hits = np.zeros((len(runs), columns))
    np.add.at(hits, cluster, reached)
    share = hits.sum(axis=0) / runs.sum()
    alone = not varies or len(runs) == 1
    low, high = wilson_each(share, np.full(columns, count if alone else len(runs)))
    if not alone and runs.max() > 1 and len(runs) >= FEW_DRAWS:
        mixed = np.ptp(hits / runs[:, None], axis=0) > 0
        low[mixed], high[mixed] = _resampled(hits[:, mixed], runs, share[mixed], seed)
    return Chances(share, low, high)


def _resampled(hits: np.ndarray, runs: np.ndarray, share: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the cluster bootstrap's intervals."""
    if hits.shape[1] == 0:
        return share, share
    weights = intervals._weights(len(runs), RESAMPLES, seed)
    shares = np.concatenate([(w @ hits) / (w @ runs)[:, None] for w in weights])
    low, high = np.quantile(shares, [tail(0.95), 1 - tail(0.95)], axis=0)
    return np.minimum(low, share), np.maximum(high, share)
