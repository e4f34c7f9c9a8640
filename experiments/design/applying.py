"""Set a scenario to a point of the design: its levers, budgets and readings, and the parameters fixed there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from ...model.inputs import READINGS, Inputs
from ...model.vocabulary import levers, parameters
from ...scenarios.aims import TOPICS
from ..variants import with_levers
from .factor import INERT

FUNDERS_PREFIX, READINGS_PREFIX = "funders.", "readings."


class Setting(NamedTuple):
    """A value at a point; `times` multiplies what the scenario says."""

    name: str
    value: float | str
    times: bool = False


def applied(inputs: Inputs, settings: tuple[Setting, ...]) -> tuple[Inputs, dict[str, float]]:
    """The scenario at a point, and the parameters that the point fixes; the same object where nothing changes.

    Budgets can only be multiplied. Raises ValueError for unknown names and readings.
    """
    fixed: dict[str, float] = {}
    absolute: dict[str, float] = {}
    for name, value, times in settings:
        if name == INERT:
            continue
        if name in levers() and times:
            inputs = _lever_times(inputs, name, float(value))
        elif name in levers():
            absolute[name] = float(value)
        elif times and name in _budgets(inputs):
            inputs = _budget_times(inputs, name.split(".")[1], float(value))
        elif name.startswith(READINGS_PREFIX) and value in READINGS.get(name.removeprefix(READINGS_PREFIX), ()):
            inputs = _with_reading(inputs, name.removeprefix(READINGS_PREFIX), str(value))
        elif name in parameters():
            fixed[name] = float(value)
        else:
            raise ValueError(f"no lever, parameter or reading that could be {value}: {name}")
    return with_levers(inputs, absolute), fixed


def _lever_times(inputs: Inputs, name: str, times: float) -> Inputs:
    """The lever's values in the scenario times something, never beyond the lever's range."""
    lever = levers()[name]
    timetable = inputs.timetable.copy()
    column = timetable[lever.field]
    column[:] = np.where(column == lever.neutral, column, np.clip(column * times, lever.low, lever.high))
    return replace(inputs, timetable=timetable)


def _budgets(inputs: Inputs) -> list[str]:
    return [f"{FUNDERS_PREFIX}{kind}.budget" for kind in inputs.funders]


def _budget_times(inputs: Inputs, kind: str, times: float) -> Inputs:
    plan = inputs.funders[kind]
    changed: dict[str, Any] = {**inputs.funders, kind: plan._replace(budget_yuan=plan.budget_yuan * times)}
    return replace(inputs, funders=changed)


def _with_reading(inputs: Inputs, topic: str, reading: str) -> Inputs:
    """Another reading of an ambiguous clause, in the scenario and in the targets that hang on it."""
    targets = tuple(
        replace(target, reading=reading) if TOPICS.get(target.indicator) == topic else target
        for target in inputs.targets
    )
    return replace(inputs, readings={**inputs.readings, topic: reading}, targets=targets)
