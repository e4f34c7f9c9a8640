"""targets.csv: the probability of reaching each target, and how sure that is."""

from __future__ import annotations

from ..model.inputs import Inputs, Target
from .columns import Columns, table_of
from .ensemble import Ensemble
from .intervals import COVERS, Interval, probability, quantiles
from .single import target_rows
from .tables import varying

KINDS = {
    "target": "text", "label_zh": "text", "label_en": "text", "clause": "text", "indicator": "text",
    "scope": "text", "sense": "text", "threshold": "float", "deadline": "text", "counts": "text",
    "reading": "text", "probability": "float", "probability_low": "float", "probability_high": "float",
    "median": "float", "p05": "float", "p95": "float", "draws": "int", "replicates": "int", "covers": "text",
    "covers_zh": "text", "covers_en": "text", "median_error": "float", "p05_error": "float",
    "p95_error": "float",
}  # fmt: skip


def targets_table(ensemble: Ensemble) -> Columns:
    """One row per target, two where it can be counted nominally and effectively.

    The `_error` columns are the Monte Carlo standard errors of the quantiles, in the indicator's own unit.
    """
    rows = [_row(ensemble, place, target) for place, target in enumerate(target_rows(ensemble.inputs))]
    return table_of(rows, KINDS)


def _row(ensemble: Ensemble, place: int, target: Target) -> tuple[object, ...]:
    inputs = ensemble.inputs
    draw = ensemble.draw[ensemble.run]
    chance = probability(ensemble.kept.reached[:, place], draw, bool(varying(inputs)), inputs.seed)
    low, middle, high = quantiles(ensemble.kept.measured[:, place], draw, seed=inputs.seed)
    return (
        *_stated(target, inputs), *_found(chance)[:3], middle.value, low.value, high.value,
        inputs.draws, inputs.replicates, *_found(chance)[3:], middle.error, low.error, high.error,
    )  # fmt: skip


def _stated(target: Target, inputs: Inputs) -> tuple[object, ...]:
    """What the target says."""
    scope = target.scope if target.scope_count is None else f"{target.scope}: {target.scope_count}"
    return (
        target.id, target.label.zh, target.label.en, target.clause, target.indicator, scope, target.sense,
        target.threshold, deadline(target, inputs), target.counts, target.reading,
    )  # fmt: skip


def _found(chance: Interval) -> tuple[object, ...]:
    covers = COVERS[chance.covers]
    return (chance.value, chance.low, chance.high, chance.covers, covers.zh, covers.en)


def deadline(target: Target, inputs: Inputs) -> str:
    """ "2025-12", or "every year"."""
    if target.every_year or target.by is None:
        return "every year"
    year, month = inputs.year_month(target.by)
    return f"{year}-{month:02d}"

