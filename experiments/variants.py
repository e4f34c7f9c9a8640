"""The same scenario with something changed or cut short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ..model.inputs import Inputs, Target
from ..model.vocabulary import levers


def with_levers(inputs: Inputs, values: Mapping[str, float]) -> Inputs:
    """Set levers ("group.name") wherever the scenario uses them; if it never does, in the plan's months."""
    if not values:
        return inputs
    timetable = inputs.timetable.copy()
    for name, value in values.items():
        lever = levers()[name]
        column = timetable[lever.field]
        used = column != lever.neutral
        if not used.any():
            used = _plan_months(inputs)[:, None] & np.ones_like(used)
        column[used] = value
    return replace(inputs, timetable=timetable)


def levers_times(inputs: Inputs, times: float) -> Inputs:
    """All levers of the scenario `times` as far from their neutral values, never beyond their ranges."""
    timetable = inputs.timetable.copy()
    for lever in levers().values():
        column = timetable[lever.field]
        if (column != lever.neutral).any():
            column[:] = np.clip(lever.neutral + (column - lever.neutral) * times, lever.low, lever.high)
    return replace(inputs, timetable=timetable)


def judged_alike(scenarios: tuple[Inputs, ...]) -> tuple[Inputs, ...]:
    """The scenarios, each with the targets of all: a baseline without targets is judged by the plan's, at its dates.

    A scenario's own targets stay as they are; those of others are added, with the months at which they are checked
    there.
    """
    from ..model.targets import months_checked

    known: dict[str, Target] = {}
    for inputs in scenarios:
        for target in inputs.targets:
            known.setdefault(target.id, replace(target, months=tuple(months_checked(target, inputs))))
    return tuple(_with_targets(inputs, known) for inputs in scenarios)


def _with_targets(inputs: Inputs, known: dict[str, Target]) -> Inputs:
    own = {target.id for target in inputs.targets}
    others = tuple(target for name, target in known.items() if name not in own)
    return replace(inputs, targets=(*inputs.targets, *others)) if others else inputs


def _plan_months(inputs: Inputs) -> np.ndarray:
    """Which months lie between the plan's start and its deadline, or the end without one (months,)."""
    month = np.arange(inputs.months)
    last = inputs.deadline if inputs.deadline >= 0 else inputs.months - 1
    return (month >= max(inputs.plan_from, 0)) & (month <= last)


def until(inputs: Inputs, month: int) -> Inputs:
    """The same scenario, ended with `month`: what happens until then stays the same."""
    months = min(inputs.months, month + 1)
    return replace(
        inputs,
        months=months,
        timetable=inputs.timetable[:months],
        shocks=inputs.shocks[:months],
        clean_up=inputs.clean_up[:months],
        funders={
            name: plan._replace(budget_yuan=plan.budget_yuan[:months])
            for name, plan in inputs.funders.items()
        },
    )
