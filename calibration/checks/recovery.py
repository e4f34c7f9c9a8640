"""Are parameters found again that made the data? Posterior beside truth, and how often its 90 % range holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ...experiments.columns import Columns, table_of
from ...experiments.intervals import wilson
from ..weighing import log_likelihood
from .synthetic import Figures, Likelihood, truth
from .weighted import quantiles, share_below

if TYPE_CHECKING:
    from ..observations import Observation

FEWEST = 10  # datasets from which coverage may be claimed
RECOVERY = {
    "dataset": "int", "method": "text", "parameter": "text", "truth": "float",
    "p05": "float", "median": "float", "p95": "float", "rank": "float",
}  # fmt: skip
COVERAGE = {
    "method": "text", "parameter": "text", "datasets": "int", "inside": "int", "share": "float",
    "low": "float", "high": "float", "correlation": "float",
}  # fmt: skip


def recovery(
    names: Sequence[str],
    values: np.ndarray,
    figures: Figures,
    observations: Sequence[Observation],
    rows: Iterable[int],
    seed: int,
    likelihood: Likelihood = log_likelihood,
) -> Columns:
    """One row for each dataset (numbered by its row of the bank) and parameter: the bank reweighted to made data."""
    found: list[tuple[object, ...]] = []
    for row in rows:
        weights = truth(figures, observations, row, seed, likelihood).weights
        found += recovered(row, "bank", names, values[row], values, weights)
    return table_of(found, RECOVERY)


def recovered(
    dataset: int,
    method: str,
    names: Sequence[str],
    truths: np.ndarray,
    values: np.ndarray,
    weights: np.ndarray,
) -> list[tuple[object, ...]]:
    """Rows of `recovery` for one posterior, also of another method: `table_of(rows, RECOVERY)` makes the table.

    `rank` is the posterior's probability of lying below the truth, between 0 and 1.
    """
    return [
        (dataset, method, name, float(told), *quantiles(column, weights), share_below(column, weights, told))
        for name, told, column in zip(names, truths, values.T, strict=True)
    ]


def coverage(found: Columns) -> Columns:
    """How many truths lie within the 90 % range, with Wilson's 95 % interval, and how medians follow truths.

    `correlation` is of ranks (Spearman), so it does not hang on the parameter's scale. With fewer than ten datasets
    nothing is claimed: share, interval and correlation are unknown.
    """
    keys = sorted({*zip(found["method"], found["parameter"], strict=True)})
    return table_of([_coverage(found, method, name) for method, name in keys], COVERAGE)


def _coverage(found: Columns, method: str, name: str) -> tuple[object, ...]:
    from scipy import stats

    mine = (found["method"] == method) & (found["parameter"] == name)
    told, low, middle, high = (found[column][mine] for column in ("truth", "p05", "median", "p95"))
    inside = int(np.sum((low <= told) & (told <= high)))
    if len(told) < FEWEST:
        return method, name, len(told), inside, np.nan, np.nan, np.nan, np.nan
    share = inside / len(told)
    varies = np.ptp(told) > 0 and np.ptp(middle) > 0
    related = float(stats.spearmanr(told, middle)[0]) if varies else np.nan
    return method, name, len(told), inside, share, *wilson(share, len(told)), related
