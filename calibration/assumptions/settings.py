"""How the assumptions are varied, read from the table beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).parent / "settings.yaml"


class Reach(NamedTuple):
    """From where to where a number is varied, or the `values` that it takes."""

    low: float
    high: float
    values: tuple[float, ...] = ()


class PlanRun(NamedTuple):
    """Of a plan: its region file, the points of the design and the seed."""

    region: str
    points: int
    seed: int


class AssumptionSettings(NamedTuple):
    """Everything that settings.yaml says."""

    plans: dict[str, PlanRun]
    multiples: dict[str, Reach]  # by kind
    region: dict[str, Reach]


@cache
def assumption_settings() -> AssumptionSettings:
    """The settings that come with the project."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return AssumptionSettings(
        {name: PlanRun(**row) for name, row in found["plans"].items()},
        {name: _reach(row) for name, row in found["multiples"].items()},
        {name: _reach(row) for name, row in found["region"].items()},
    )


def _reach(row: dict[str, float] | dict[str, list[float]]) -> Reach:
    values = row.get("values")
    if isinstance(values, list):
        return Reach(min(values), max(values), tuple(values))
    return Reach(float(row["low"]), float(row["high"]))  # pyright: ignore[reportArgumentType]
