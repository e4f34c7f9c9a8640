"""Is a forecast of the right order? Its ranges beside what was observed, mostly in other places.

No series of any place's hubs or community organizations is public, so nothing here is validation: an
observation of another place says only whether the forecast lies where such places have been seen. Plans, and
figures used as priors, are not observations and are not in the table.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..model.text import Text
from .observations import Observation, observations

if TYPE_CHECKING:
    import pandas as pd

    from ..experiments.store import Results

CAVEAT = Text(
    "多数观测来自其他地方，口径也不尽相同：只用来看推演结果是否离谱，不是对模型的验证。",
    "Most observations are of other places, and definitions differ: a check of plausibility, no validation.",
)
MEASURES = {
    "level": Text("期初与期末的数值", "value in the first and in the last month"),
    "growth": Text("最初和最后12个月的增长率", "growth over the first and over the last 12 months"),
    "mean_growth": Text("最初和最后12个月的增长率", "growth over the first and over the last 12 months"),
}
_YEAR = 12


_STAND_INS = ("hn_stations",)  # stations stand in for hubs in a calibration only


@cache
def comparable() -> tuple[Observation, ...]:
    """Observations that any forecast can be held against: seen, not planned or judged, and of no particular scale."""
    seen = (one for one in observations() if one.role in ("fit", "check", "context") and one.mark != "K")
    return tuple(one for one in seen if one.id not in _STAND_INS and _fits(one))


def _fits(seen: Observation) -> bool:
    """Counts hang on the size of the place, and a quotient of indicators is in no table of results."""
    from ..model.vocabulary import indicators

    known = indicators().get(seen.indicator)
    return known is not None and (seen.measure != "level" or known.unit != "count" or bool(known.per))


def compare_with_observations(results: Results) -> pd.DataFrame:
    """One row per observation, with the forecast's 5-95 % range at the start and at the end.

    `start_meets` and `end_meets` are true where that range overlaps the observed one, and unknown where the
    place has no such figure. A yearly flow starts with its first full year. Indicators are in their own
    units; growth is a share per year. Read it with `CAVEAT`.
    """
    import pandas as pd

    table = pd.DataFrame([_compared(seen, results) for seen in comparable()])
    return table.astype({"start_meets": "boolean", "end_meets": "boolean"})


def _compared(seen: Observation, results: Results) -> dict[str, object]:
    start, end = _ranges(seen, results)
    return {
        "place_zh": seen.place.zh, "place_en": seen.place.en, "date": seen.date,
        "indicator": seen.indicator, "measure": seen.measure,
        "observed_low": seen.low, "observed_high": seen.high,
        "start_p05": start[0], "start_median": start[1], "start_p95": start[2],
        "start_meets": _meets(seen, start),
        "end_p05": end[0], "end_median": end[1], "end_p95": end[2],
        "end_meets": _meets(seen, end),
        "definition_zh": seen.definition.zh, "definition_en": seen.definition.en,
        "source": seen.source, "mark": seen.mark,
    }  # fmt: skip


def _meets(seen: Observation, told: np.ndarray) -> bool | None:
    return None if np.isnan(told).any() else bool(told[0] <= seen.high and told[2] >= seen.low)


def _ranges(seen: Observation, results: Results) -> tuple[np.ndarray, np.ndarray]:
    """5 %, median and 95 % over runs, in the first month that has a figure and in the last."""
    table = results.months.pivot(index="month", columns="run", values=seen.indicator)
    by_month = table.sort_index().to_numpy(np.float64)
    if seen.measure != "level":
        by_month = _growth(by_month)
    known = np.flatnonzero(~np.isnan(by_month).all(axis=1))
    return _quantiles(by_month[known[0] if len(known) else 0]), _quantiles(by_month[-1])


def _growth(by_month: np.ndarray) -> np.ndarray:
    """Growth per year over each stretch of 12 months, or over the whole of a shorter horizon."""
    span = min(_YEAR, len(by_month) - 1)
    if span < 1:
        return np.full_like(by_month, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = (by_month[span:] / by_month[:-span]) ** (_YEAR / span) - 1
    return np.where(np.isfinite(growth), growth, np.nan)


def _quantiles(values: np.ndarray) -> np.ndarray:
    known = values[~np.isnan(values)]
    return np.quantile(known, [0.05, 0.5, 0.95]) if len(known) else np.full(3, np.nan)
