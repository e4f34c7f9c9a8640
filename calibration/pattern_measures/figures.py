"""Figures from plain arrays: rates of spread, ratios of risks, inequality. nan where a figure is undefined."""

from __future__ import annotations

import math

import numpy as np


def ratio(over: float, under: float) -> float:
    """One over the other; nan where there is nothing to divide by."""
    return float(over / under) if under > 0.0 else math.nan


def logit_speed(coverage: np.ndarray, months: int, units: int) -> float:
    """Mean yearly rise of the logit of a share of `units` over its first `months`.

    None and all count as half a unit from the end: 80 streets can tell 0.6 % to 99.4 %.
    """
    edge = 0.5 / units
    start, end = np.clip(coverage[[0, months]], edge, 1.0 - edge)
    return float((math.log(end / (1.0 - end)) - math.log(start / (1.0 - start))) * 12.0 / months)


def first_over_fastest(coverage: np.ndarray, window: int) -> float:
    """Gain of the first `window` months over that of the fastest so long: small for an S, 1 for a curve that only
    slows down."""
    gains = coverage[window:] - coverage[:-window]
    return ratio(gains[0], gains.max())


def growth(path: np.ndarray, start: int, end: int) -> float:
    """Growth per year between two months."""
    if not path[start] > 0.0:
        return math.nan
    return float((path[end] / path[start]) ** (12.0 / (end - start)) - 1.0)


def top_share(values: np.ndarray, part: float) -> float:
    """Share of the sum that the largest `part` of the values make (at least one of them)."""
    if not len(values):
        return math.nan
    count = max(1, round(part * len(values)))
    return ratio(np.sort(values)[-count:].sum(), values.sum())


def gini(values: np.ndarray) -> float:
    """Gini coefficient: 0 where all are equal."""
    ordered, n = np.sort(values), len(values)
    if not n or not ordered.sum() > 0.0:
        return math.nan
    return float(2.0 * (np.arange(1, n + 1) * ordered).sum() / (n * ordered.sum()) - (n + 1) / n)


def relative_risk(events: np.ndarray, exposed: np.ndarray, stratum: np.ndarray) -> float:
    """Events among the exposed over those expected at the risk of the unexposed of the same stratum.

    All are equally long columns, one row for each organization and month. Strata without unexposed rows are left out.
    """
    seen = expected = 0.0
    for one in np.unique(stratum):
        here = stratum == one
        with_it, without = here & exposed, here & ~exposed
        if without.any():
            seen += float(events[with_it].sum())
            expected += float(with_it.sum() * events[without].mean())
    return ratio(seen, expected)


def risk(events: np.ndarray, rows: np.ndarray) -> float:
    """Events a year among the rows (organization-months)."""
    return 12.0 * ratio(float(events[rows].sum()), float(rows.sum()))
