"""Rows of an analysis, found outcome by outcome, as one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_type_hints

import numpy as np

from ..columns import Columns, text_column
from .outcomes import Outcome

_DTYPES: dict[type, Any] = {int: np.int64, float: np.float64, bool: np.bool_}


def table(row: type, found: Iterable[tuple[str, Outcome, Sequence[Any]]], labels: bool = False) -> Columns:
    """`scenario`, `outcome` (with `labels` also `label_zh`, `label_en`) and the fields of the class `row`.

    `found` gives scenario, outcome and rows of the outcome there. A table without rows keeps its columns.
    """
    flat = [(scenario, outcome, one) for scenario, outcome, rows in found for one in rows]
    columns: Columns = {
        "scenario": text_column([scenario for scenario, _, _ in flat]),
        "outcome": text_column([outcome.name for _, outcome, _ in flat]),
    }
    if labels:
        columns["label_zh"] = text_column([outcome.label.zh for _, outcome, _ in flat])
        columns["label_en"] = text_column([outcome.label.en for _, outcome, _ in flat])
    for name, kind in get_type_hints(row).items():
        values = [getattr(one, name) for _, _, one in flat]
        columns[name] = text_column(values) if kind is str else np.array(values, _DTYPES[kind])
    return columns
