"""What the model says of each observed figure before and after the data are used, and how odd the figure is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ...experiments.columns import Columns, table_of
from .weighted import known, quantiles

if TYPE_CHECKING:
    from ..observations import Observation

KINDS = {
    "observation": "text", "place_zh": "text", "place_en": "text", "date": "text", "role": "text",
    "indicator": "text", "measure": "text", "low": "float", "high": "float", "tolerance": "float",
    "prior_p05": "float", "prior_median": "float", "prior_p95": "float",
    "posterior_p05": "float", "posterior_median": "float", "posterior_p95": "float",
    "posterior_tail": "float", "mark": "text",
}  # fmt: skip


def predictive(
    observations: Sequence[Observation],
    before: Mapping[str, np.ndarray],
    after: Mapping[str, np.ndarray],
    weights: Mapping[str, np.ndarray],
) -> Columns:
    """One row for each observation: ranges of the simulated figure, and `posterior_tail` (see `tail`).

    `before` are figures simulated from the prior (simulations, replicates), `after` those that `weights` of runs (by
    scenario, from `weigh_runs`) belong to: the same ones where a bank is reweighted. Ranges are of simulated figures,
    in the observation's unit; only the tail adds the tolerance. An observation without a lower or upper end has an
    empty field there.
    """
    rows = [_row(seen, before[seen.id], after[seen.id], weights[seen.scenario]) for seen in observations]
    return table_of(rows, KINDS)


def tail(seen: Observation, figures: np.ndarray, weights: np.ndarray) -> float:
    """Probability that a figure published from these runs (n,), with a normal error of the tolerance, is as odd.

    For a value: as far out as the observed one to either side. For "more than" or "less than": that the statement
    would be true at all. For a range: twice the smaller probability of lying above its low or below its high end.
    """
    from scipy import special

    sample = known(figures, weights)
    above = float(sample.weights @ special.ndtr((sample.values - seen.low) / seen.tolerance))
    below = float(sample.weights @ special.ndtr((seen.high - sample.values) / seen.tolerance))
    sides = 2.0 if math.isfinite(seen.low) and math.isfinite(seen.high) else 1.0
    return min(1.0, sides * min(above, below))


def _row(seen: Observation, before: np.ndarray, after: np.ndarray, weights: np.ndarray) -> tuple[object, ...]:
    low, high = (end if math.isfinite(end) else math.nan for end in (seen.low, seen.high))
    before, after, weight = before.ravel(), after.ravel(), weights.ravel()
    return (
        seen.id, seen.place.zh, seen.place.en, seen.date, seen.role, seen.indicator, seen.measure,
        low, high, seen.tolerance, *quantiles(before), *quantiles(after, weight), tail(seen, after, weight), seen.mark,
    )  # fmt: skip
