"""Forecasts of figures that are known by now, each from earlier figures and other places only, with naive ones beside.

The model's forecast is the bank weighted by those other observations, with a normal error of the scored figure's
tolerance added, since it is the published figure that is forecast. What was known of the place when its run begins is
in its scenario. Scores are compared series by series; so few bear no statement about coverage.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...experiments.columns import Columns, table_of
from ..weighing import ess, log_likelihood, weights
from .naive import last_value, logistic, trend
from .runs import weigh_runs
from .scores import crps_point, crps_sample, off
from .series import SERIES, Naive, Series
from .weighted import known, published, quantiles

if TYPE_CHECKING:
    from ..observations import Observation

KINDS = {
    "series": "text", "forecast": "text", "fitted_to": "text", "scored": "text", "observed": "float",
    "p05": "float", "median": "float", "p95": "float", "crps": "float", "ess": "float",
}  # fmt: skip


class Scored(NamedTuple):
    """The figure scored: its observed range and the tolerance of it, in the series' unit."""

    low: float
    high: float
    tolerance: float

    @property
    def point(self) -> float:
        """The observed figure: the middle of a range, the known end of "more than" or "less than"."""
        ends = [end for end in (self.low, self.high) if math.isfinite(end)]
        return sum(ends) / len(ends)


def hindcasts(
    figures: Mapping[str, np.ndarray], observations: Sequence[Observation], series: Iterable[Series] = SERIES
) -> Columns:
    """Rows of hindcast.csv: for each series the model's forecast (`figures` are a bank's) and the naive ones.

    `crps` is in the series' unit, against the observed range where only a range is known; `observed` is its middle.
    `ess` (of the model alone) says how many simulations the forecast rests on.
    """
    by_id = {seen.id: seen for seen in observations}
    return table_of([row for one in series for row in _rows(one, figures, by_id)], KINDS)


def scored(series: Series, observations: Mapping[str, Observation]) -> Scored:
    """The parts' ranges and tolerances, added up: one publisher's errors of definition go the same way."""
    low, high, tolerance = (
        sum(times * getattr(observations[name], end) for name, times in series.parts.items())
        for end in ("low", "high", "tolerance")
    )
    return Scored(series.constant + low, series.constant + high, tolerance)


def _rows(
    series: Series, figures: Mapping[str, np.ndarray], observations: Mapping[str, Observation]
) -> list[tuple[object, ...]]:
    seen, name = scored(series, observations), " ".join(series.parts)
    used, parts = ([observations[one] for one in ids] for ids in (series.fitted_to, series.parts))
    weight = weights(log_likelihood(figures, used))
    runs = weigh_runs(weight, figures, used, parts)[parts[0].scenario]
    simulated = series.constant + sum(times * figures[part] for part, times in series.parts.items())
    told = published(known(np.ravel(simulated), runs.ravel()), seen.tolerance)
    told = told._replace(values=np.clip(told.values, *series.limits))
    score = crps_sample(off(told.values, seen.low, seen.high), 0.0, told.weights)
    model = ("model", " ".join(series.fitted_to), name, seen.point, *quantiles(*told), score, ess(weight))
    rows: list[tuple[object, ...]] = [(series.name, *model)]
    for naive in series.naive:
        value = naive_forecast(naive, series.year)
        error = crps_point(float(off(np.array(value), seen.low, seen.high)), 0.0)
        rows.append((series.name, naive.forecast, naive.fitted_to, name, seen.point, *(value,) * 3, error, math.nan))
    return rows


def naive_forecast(naive: Naive, year: float) -> float:
    """The forecast for a time, in the unit of the figures. Raises KeyError for a kind that does not exist."""
    if naive.pair is None:
        return {"last_value": last_value}[naive.forecast](naive.last)
    return {"trend": trend, "logistic": logistic}[naive.forecast](naive.last, naive.pair, year)
