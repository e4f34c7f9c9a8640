"""The `differences` table: the first scenario against each other one, on the same parameters and the same luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..columns import Columns, table_of
from .estimates import Estimate, difference_of, value_of
from .outcomes import Outcome

KINDS = {
    "base": "text", "other": "text", "outcome": "text", "label_zh": "text", "label_en": "text", "unit": "text",
    "kind": "text", "base_value": "float", "base_low": "float", "base_high": "float", "other_value": "float",
    "other_low": "float", "other_high": "float", "difference": "float", "difference_low": "float",
    "difference_high": "float", "variance_ratio": "float", "draws": "int", "replicates": "int", "covers": "text",
    "dropped": "int",
}  # fmt: skip


def differences(
    outcomes: Sequence[Outcome], scenarios: Sequence[str], varies: bool, seed: int = 0, level: float = 0.95
) -> Columns:
    """One row per other scenario and outcome, with the columns of `KINDS`.

    A scenario's own value is that of all its runs; the difference is that of the runs both sides finished, and
    `dropped` counts the rest. `varies` tells whether parameters are drawn. `covers` (a key of `intervals.COVERS`) is
    about the difference.
    """
    own = [[value_of(one, outcome.kind, varies, level, seed) for one in outcome.values] for outcome in outcomes]
    rows = [
        _row(outcome, found, scenarios, place, varies, level)
        for place in range(1, len(scenarios))
        for outcome, found in zip(outcomes, own, strict=True)
    ]
    return table_of(rows, KINDS)


def variance_ratio(base: np.ndarray, other: np.ndarray) -> float:
    """How many times more runs would give the same precision if the two sides did not share their luck.

    (Var A + Var B) / Var(B - A) over the runs that both finished; nan with fewer than two, or if the difference never
    varies, when no number of runs would do.
    """
    both = ~np.isnan(other - base)
    if both.sum() < 2:
        return np.nan
    first, second = base[both], other[both]
    apart = first.var(ddof=1) + second.var(ddof=1)
    together = (second - first).var(ddof=1)
    return float(apart / together) if together > 1e-12 * apart else np.nan


def _row(
    outcome: Outcome, own: list[Estimate], scenarios: Sequence[str], place: int, varies: bool, level: float
) -> tuple[object, ...]:
    base, other = outcome.values[0], outcome.values[place]
    gap = difference_of(base, other, outcome.kind, varies, level)
    return (
        scenarios[0], scenarios[place], outcome.name, outcome.label.zh, outcome.label.en, outcome.unit, outcome.kind,
        *own[0][:3], *own[place][:3], *gap[:3], variance_ratio(base, other), *base.shape[1:], gap.covers,
        int(np.isnan(other - base).sum()),
    )  # fmt: skip

