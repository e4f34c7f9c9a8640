"""Which parameter moves which observed figure at all: what one parameter alone explains, and what chance would.

The share is the correlation ratio of the ranks of a figure over bins of equal count of the parameter: the variance of
the bins' means over the whole variance of a run, corrected for what bins of an inert parameter show (Kelley's epsilon
squared, so an inert parameter has 0 on average and is below 0 half the time). It sees any shape of response, but no
effect that a parameter has only together with another: such a one may be below the noise and matter all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ...experiments.columns import Columns, table_of

if TYPE_CHECKING:
    from ..observations import Observation

BINS = 20
NOISE_LEVEL = 0.99
KINDS = {"observation": "text", "parameter": "text", "share": "float", "noise": "float"}


def screening(
    common: Mapping[str, np.ndarray],
    figures: Mapping[str, np.ndarray],
    observations: Sequence[Observation],
    local: Mapping[str, np.ndarray] | None = None,
    bins: int = BINS,
) -> Columns:
    """One row for each observation and parameter that varies: the share of a run's variance, and the noise.

    `common` are parameters (simulations,), `local` those of places (simulations, replicates), named name@scenario and
    held only against their own place's figures; `figures` are (simulations, replicates). `noise` is the share that an
    inert parameter stays below in 99 of 100 cases (of many pairs, one in a hundred passes it by chance). The share is
    nan where a figure is always the same.
    """
    rows: list[tuple[object, ...]] = []
    for seen in observations:
        ranks = _standard_ranks(figures[seen.id])
        means = ranks.mean(axis=1)
        own = {name: values for name, values in (local or {}).items() if name.rpartition("@")[2] == seen.scenario}
        pairs = [(name, values, means) for name, values in common.items()]
        pairs += [(name, values.ravel(), ranks.ravel()) for name, values in own.items()]
        rows += [(seen.id, name, *_share(values, y, bins)) for name, values, y in pairs if np.ptp(values) > 0]
    return table_of(rows, KINDS)


@cache
def noise(count: int, bins: int = BINS, level: float = NOISE_LEVEL) -> float:
    """The corrected share that an inert parameter shows at most, with probability `level`, in `count` rows."""
    from scipy import stats

    if count < 5 * bins:
        raise ValueError(f"{count} simulations are too few for {bins} bins")
    return float(_corrected(stats.beta.ppf(level, (bins - 1) / 2, (count - bins) / 2), count, bins))


def _standard_ranks(figures: np.ndarray) -> np.ndarray:
    """Ranks of all runs (ties share theirs) with mean 0 and variance 1; nan where they do not vary."""
    from scipy import stats

    ranks = stats.rankdata(figures).reshape(figures.shape)
    ranks -= ranks.mean()
    spread = ranks.std()
    return ranks / (spread if spread > 0 else np.nan)


def _share(values: np.ndarray, y: np.ndarray, bins: int) -> tuple[float, float]:
    """Share of a run's variance (1) that equally filled bins of `values` explain of `y`, and the noise of it.

    `y` are standard ranks, or their means over replicates, which have a part of the variance alone.
    """
    count, variance = len(values), float(np.mean(y**2))
    edges = np.arange(bins) * count // bins
    size = np.diff(np.append(edges, count))
    sums = np.add.reduceat(y[np.argsort(values, kind="stable")], edges)
    share = float(np.sum(sums**2 / size)) / count / variance
    return variance * _corrected(share, count, bins), variance * noise(count, bins)


def _corrected(share: float, count: int, bins: int) -> float:
    return 1.0 - (1.0 - share) * (count - 1) / (count - bins)
