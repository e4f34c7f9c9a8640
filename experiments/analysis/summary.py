"""The `summary` table of a sweep: every outcome at every point of every scenario, with how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..columns import Columns, empty
from ..intervals import wilson_each
from .estimates import REACHED, t_half
from .outcomes import Outcome

SHARES = (0.5, 0.05, 0.95)
KINDS = {
    "scenario": "text", "point": "int", "outcome": "text", "value": "float", "low": "float", "high": "float",
    "median": "float", "p05": "float", "p95": "float", "runs": "int", "covers": "text",
}  # fmt: skip


def summary(outcomes: Sequence[Outcome], scenarios: Sequence[str], varies: bool, level: float = 0.95) -> Columns:
    """One row per scenario, point and outcome, points numbered from 0 as in the design.

    The unit of the interval is the parameter draw where several are drawn, else the run. Wilson's interval for
    probabilities (over draws it errs on the side of caution), Student's for means. `runs` counts those that succeeded.
    """
    if not outcomes or not scenarios:
        return empty(KINDS)
    points = outcomes[0].values.shape[1]
    # scenario, point, outcome: the outcome changes fastest
    figures = np.stack([figures_by_point(one.values, one.kind, varies, level) for one in outcomes], axis=-1)
    names = np.array([outcome.name for outcome in outcomes], object)
    covers = np.array([_covers(outcome, varies) for outcome in outcomes], object)
    runs = figures[6].ravel().astype(np.int64)
    return {
        "scenario": np.repeat(np.array(list(scenarios), object), points * len(outcomes)),
        "point": np.tile(np.repeat(np.arange(points, dtype=np.int64), len(outcomes)), len(scenarios)),
        "outcome": np.tile(names, len(scenarios) * points),
        **{name: figures[place].ravel() for place, name in enumerate(("value", "low", "high", "median", "p05", "p95"))},
        "runs": runs,
        "covers": np.where(runs > 0, np.tile(covers, len(scenarios) * points), "nothing"),
    }


def figures_by_point(values: np.ndarray, kind: str, varies: bool, level: float = 0.95) -> np.ndarray:
    """(7, scenarios, points): mean, low, high, median, p05, p95 and the runs that have a value."""
    scenarios, points, draws, replicates = values.shape
    runs = values.reshape(scenarios, points, draws * replicates)
    units = _means(values, 3)[0] if varies and draws > 1 else runs
    mean, count = _means(runs, 2)
    middle, n = _means(units, 2)
    if kind == REACHED:
        low, high = wilson_each(mean, n, level)
    else:
        mean = middle
        left = np.where(np.isnan(units), 0.0, units - middle[..., None])
        sd = np.sqrt((left**2).sum(axis=2) / np.maximum(n - 1, 1))
        half = t_half(sd, n, level)
        low, high = mean - half, mean + half
    return np.stack([mean, low, high, *quantiles_each(runs, SHARES), count.astype(np.float64)])


def quantiles_each(values: np.ndarray, shares: Sequence[float]) -> list[np.ndarray]:
    """Quantiles over the last axis as NumPy's (linear), leaving out nan; many short rows at once."""
    ranked = np.sort(values, axis=-1)  # nan come last
    last = (~np.isnan(values)).sum(axis=-1) - 1
    found = []
    for share in shares:
        place = share * np.maximum(last, 0)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, np.maximum(last, 0))
        first = np.take_along_axis(ranked, below[..., None], -1)[..., 0]
        second = np.take_along_axis(ranked, above[..., None], -1)[..., 0]
        found.append(first + (place - below) * (second - first))
    return found


def _means(values: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean over an axis of what is known, and how many that is; nan where that is none."""
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan), count


def _covers(outcome: Outcome, varies: bool) -> str:
    method = "wilson" if outcome.kind == REACHED else "t"
    if not varies:
        return f"{method}_over_runs"
    return f"{method}_over_draws" if outcome.values.shape[2] > 1 else f"{method}_one_draw"
