"""Figures of runs as arrays, and their medians with ranges."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

import numpy as np

from ....experiments.intervals import quantiles
from ....experiments.store import Results
from ..findings import Spread

if TYPE_CHECKING:
    import pandas as pd


def spread(values: np.ndarray, draw: np.ndarray, seed: int = 0) -> Spread:
    """Median, 5-95 % range and the median's standard error of one figure per run; `draw` is each run's draw."""
    low, middle, high = quantiles(np.asarray(values, np.float64), draw, seed=seed)
    return Spread(middle.value, low.value, high.value, middle.error)


def spread_over(values: np.ndarray) -> Spread:
    """`spread` of values (points, draws, replicates), nan where a run failed."""
    owner, known = np.broadcast_to(np.arange(values.shape[1])[None, :, None], values.shape), ~np.isnan(values)
    return spread(values[known], owner[known])


def spread_out(results: Results, by_run: pd.Series) -> np.ndarray:
    """A figure per run as an array (1, draws, replicates), nan where a run failed."""
    rows = results.runs
    found = np.full((1, int(rows["draw"].max()) + 1, int(rows["replicate"].max()) + 1), nan)
    found[0, rows["draw"], rows["replicate"]] = by_run.reindex(rows["run"]).to_numpy(np.float64)
    return found


def varies(results: Results) -> bool:
    """Whether parameters differ between runs."""
    return any(results.runs[name].nunique() > 1 for name in results.runs if str(name).startswith("p_"))
