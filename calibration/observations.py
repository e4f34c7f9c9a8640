"""What was observed, with its definition, its source and how far it may be off."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..model.text import Text

TABLE = Path(__file__).parent / "observations.csv"
ROLES = {
    "fit": Text("用于拟合", "fitted"),
    "check": Text("留作检验", "held out, compared afterwards"),
    "context": Text("仅作参照", "context"),
    "prior": Text("已用于先验", "used for a prior"),
    "plan": Text("计划数，不是观测", "a plan, no observation"),
}
MEASURES = {
    "level": Text("数值", "value"),
    "growth": Text("12个月的增长率", "growth over 12 months"),
    "mean_growth": Text("年均增长率", "mean growth per year"),
}


class Observation(NamedTuple):
    """An indicator's level or growth per year as seen somewhere: a range, or a point (low = high).

    `tolerance` is the standard deviation of what definition, date, scale and model leave open, judged (K), in
    the figure's unit (nan where nothing is compared with a simulation). `scenario` and `month` ("YYYY-MM") say where a
    calibration measures it; an indicator "a/b" is the one over the other.
    """

    id: str
    place: Text
    date: str
    role: str
    indicator: str
    measure: str
    low: float
    high: float
    tolerance: float
    scenario: str
    month: str
    definition: Text
    source: str
    mark: str


@cache
def observations() -> tuple[Observation, ...]:
    """The whole table; "more than 45 %" has no upper end."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_observation(row) for row in csv.DictReader(file))


def fitted(among: Iterable[Observation] | None = None) -> tuple[Observation, ...]:
    """Those that parameters are fitted to, of the whole table unless others are given."""
    return tuple(one for one in (observations() if among is None else among) if one.role == "fit")


def measured() -> tuple[Observation, ...]:
    """All that a calibration simulates: the fitted ones and those held out to check."""
    return tuple(one for one in observations() if one.role in ("fit", "check"))


def by_id(name: str) -> Observation:
    """One observation. Raises KeyError."""
    return {one.id: one for one in observations()}[name]


def _observation(row: dict[str, str]) -> Observation:
    low, high = row["value"] or row["low"] or -math.inf, row["value"] or row["high"] or math.inf
    return Observation(
        row["id"], Text(row["place_zh"], row["place_en"]), row["date"], row["role"], row["indicator"], row["measure"],
        float(low), float(high), float(row["tolerance"] or math.nan), row["scenario"], row["month"],
        Text(row["definition_zh"], row["definition_en"]), row["source"], row["mark"],
    )  # fmt: skip
