"""The `paths` table: how an indicator of the whole place runs through the months, over all runs of a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..columns import Columns, empty, text_column

SHARES = (0.05, 0.5, 0.95)
KINDS = {
    "scenario": "text", "indicator": "text", "month": "int", "year": "int", "month_of_year": "int",
    "mean": "float", "p05": "float", "median": "float", "p95": "float",
}  # fmt: skip


def paths(
    indicators: Mapping[str, np.ndarray], scenarios: Sequence[str], months: np.ndarray, start: tuple[int, int]
) -> Columns:
    """One row per scenario, indicator and kept month.

    Each array is (scenarios, runs, months), nan where a run failed; `months` numbers the kept months from 0, the month
    `start` (year, month of the year). Where no run has a value, the figures are nan.
    """
    if not indicators or not scenarios:
        return empty(KINDS)
    calendar = start[1] - 1 + np.asarray(months, np.int64)
    each = len(scenarios) * len(indicators)
    figures = np.concatenate(
        [figures_by_month(array[place]) for place in range(len(scenarios)) for array in indicators.values()], axis=1
    )
    return {
        "scenario": text_column([one for one in scenarios for _ in range(len(indicators) * len(months))]),
        "indicator": text_column([name for _ in scenarios for name in indicators for _ in range(len(months))]),
        "month": np.tile(np.asarray(months, np.int32), each),
        "year": np.tile((start[0] + calendar // 12).astype(np.int32), each),
        "month_of_year": np.tile((calendar % 12 + 1).astype(np.int32), each),
        "mean": figures[0],
        "p05": figures[1],
        "median": figures[2],
        "p95": figures[3],
    }


def figures_by_month(runs: np.ndarray) -> np.ndarray:
    """Mean and quantiles (4, months) of an array (runs, months); what is nan is left out, month by month."""
    values = np.ascontiguousarray(runs.T, np.float64)
    gaps = np.isnan(values)
    if not gaps.any():
        return _figures(values) if values.shape[1] else np.full((4, len(values)), np.nan)
    whole = ~gaps.any(axis=0)
    failed = gaps.all(axis=0)
    if np.array_equal(failed, ~whole) and whole.any():
        return _figures(values[:, whole])  # runs failed as a whole, which is the rule
    found = np.full((4, len(values)), np.nan)
    for month in np.flatnonzero(~gaps.all(axis=1)):
        found[:, month] = _figures(values[month, ~gaps[month]][None, :])[:, 0]
    return found


def _figures(values: np.ndarray) -> np.ndarray:
    """Mean and quantiles over the last axis of (months, runs)."""
    return np.concatenate([values.mean(axis=1)[None, :], np.quantile(values, SHARES, axis=1)])
