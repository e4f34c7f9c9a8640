"""Are ranks uniform? Counts with a band for each bin, the whole curve with one band for all of it, and a p-value.

The band of a bin says where this one count lies in 99 of 100 cases; of many bins some pass it. The band of the curve
(how far the distribution of ranks lies from the uniform one) holds everywhere at once in 99 of 100 cases: its
pointwise level is the 1 % point of the smallest pointwise tail of uniform ranks, by simulation (after Säilynoja,
Bürkner & Vehtari 2022, Statistics and Computing), and the p-value is the place of the observed smallest tail among the
simulated ones.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from ...experiments.columns import Columns, table_of
from .sbc import Ranks

LEVEL = 0.99
BINS = 10
SMALL_ESS = 25.0  # below this, systematic draws must repeat rows
_SIMULATED = 10_000

COUNTS = {"parameter": "text", "bin": "int", "count": "int", "low": "int", "high": "int"}
CURVE = {"parameter": "text", "rank": "float", "difference": "float", "low": "float", "high": "float"}
SUMMARY = {
    "parameter": "text", "datasets": "int", "p_value": "float", "ess_median": "float", "ess_small": "int",
}  # fmt: skip


def sbc_counts(found: Ranks, bins: int = BINS) -> Columns:
    """`parameter`, `bin` (from 1), `count`, `low`, `high`: how many truths fell into each bin of ranks."""
    from scipy import stats

    if (found.draws + 1) % bins:
        raise ValueError(f"{found.draws + 1} ranks do not fill {bins} bins equally")
    datasets = len(found.ranks)
    low, high = (int(stats.binom.ppf(tail, datasets, 1 / bins)) for tail in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    width = (found.draws + 1) // bins
    rows = [
        (name, place + 1, int(count), low, high)
        for name, ranks in zip(found.names, found.ranks.T, strict=True)
        for place, count in enumerate(np.bincount(ranks // width, minlength=bins))
    ]
    return table_of(rows, COUNTS)


def sbc_curve(found: Ranks) -> Columns:
    """`parameter`, `rank` (as a share), `difference`, `low`, `high`: share of truths below it, less the uniform one."""
    from scipy import stats

    datasets, level = len(found.ranks), float(np.quantile(_smallest_tails(len(found.ranks), found.draws), 1 - LEVEL))
    at = np.arange(1, found.draws + 1) / (found.draws + 1)
    low, high = (stats.binom.ppf(tail, datasets, at) / datasets - at for tail in (level / 2, 1 - level / 2))
    rows = [
        (name, *map(float, row))
        for name, ranks in zip(found.names, found.ranks.T, strict=True)
        for row in zip(at, _cumulative(ranks, found.draws) / datasets - at, low, high, strict=True)
    ]
    return table_of(rows, CURVE)


def sbc_summary(found: Ranks) -> Columns:
    """`parameter`, `datasets`, `p_value`, `ess_median`, `ess_small` (datasets below `SMALL_ESS`, kept all the same)."""
    median, small = float(np.median(found.ess)), int(np.sum(found.ess < SMALL_ESS))
    rows = [
        (name, len(ranks), p_value(ranks, found.draws), median, small)
        for name, ranks in zip(found.names, found.ranks.T, strict=True)
    ]
    return table_of(rows, SUMMARY)


def p_value(ranks: np.ndarray, draws: int) -> float:
    """Probability that uniform ranks from 0 to `draws` stray as far from uniform, anywhere, as these do."""
    simulated = _smallest_tails(len(ranks), draws)
    seen = _tails(_cumulative(ranks, draws)[None], len(ranks))[0]
    return float((1 + np.sum(simulated <= seen * (1 + 1e-9))) / (1 + len(simulated)))


def _cumulative(ranks: np.ndarray, draws: int) -> np.ndarray:
    """How many ranks are at most 0, 1, … draws - 1."""
    return np.cumsum(np.bincount(ranks, minlength=draws + 1))[:-1]


def _tails(counts: np.ndarray, datasets: int) -> np.ndarray:
    """The smallest two-sided pointwise tail of each row of cumulative counts (rows, draws)."""
    draws = counts.shape[1]
    return _tail_of_each(datasets, draws)[counts, np.arange(draws)].min(axis=1)


@cache
def _tail_of_each(datasets: int, draws: int) -> np.ndarray:
    """Two-sided tail of every count at every rank, (datasets + 1, draws)."""
    from scipy import stats

    at = np.arange(1, draws + 1) / (draws + 1)
    every = np.arange(datasets + 1)[:, None]
    below, above = stats.binom.cdf(every, datasets, at), stats.binom.sf(every - 1, datasets, at)
    return np.minimum(1.0, 2 * np.minimum(below, above))


@cache
def _smallest_tails(datasets: int, draws: int) -> np.ndarray:
    rng = np.random.default_rng([datasets, draws])
    counts = rng.multinomial(datasets, np.full(draws + 1, 1 / (draws + 1)), size=_SIMULATED)
    return _tails(np.cumsum(counts, axis=1)[:, :-1], datasets)
