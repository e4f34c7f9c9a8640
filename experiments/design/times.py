"""Factors that multiply what the scenarios say: there must be something to multiply, and the product stays in range."""

from __future__ import annotations

import numpy as np

from ...model.inputs import Inputs
from ...model.text import Text
from ...model.vocabulary import levers
from ...scenarios.cursor import Cursor
from ...scenarios.units import number, written
from ...scenarios.world import LARGEST_BUDGET
from .bounds import rising, several
from .factor import Factor
from .grammar import FACTOR, TIMES
from .nouns import Noun, value_of
from .scenario_list import Scenes

LARGEST_TIMES = 1000.0


def multiples_of(cursor: Cursor, noun: Noun, scenes: Scenes) -> Factor | None:
    """The factor written as {times: {low, high}} or {times: {values}}; None after noting what is wrong."""
    given = cursor.at("times")
    cursor.has_only(FACTOR, ("times",))
    if given is None:
        return None
    label = Text(f"{noun.label.zh}（倍数）", f"{noun.label.en} (multiple)")
    bare = noun._replace(kind="parameter", label=label, unit="multiplier", low=0.0, high=LARGEST_TIMES, basis="")
    values: tuple[float | str, ...] = ()
    if isinstance(given.value, dict) and "values" in given.value:
        listed = given.at("values")
        listed_values = several(listed, bare) if given.has_only(("values",)) and listed else None
        if listed_values is None:
            return None
        values = listed_values
        low, high = min(float(one) for one in listed_values), max(float(one) for one in listed_values)
    elif given.has_only(TIMES, TIMES):
        least, most = given.at("low"), given.at("high")
        bounds = [value_of(bound, bare) if bound else None for bound in (least, most)]
        if most is None or not all(isinstance(bound, float) for bound in bounds):
            return None
        low, high = (float(bound or 0.0) for bound in bounds)
        if not rising(most, low, high):
            return None
    else:
        return None
    if not _suits(cursor, noun, (low, high), scenes):
        return None
    kind = "choice" if values else "real"
    return Factor(noun.name, "lever", kind, label, "multiplier", low, high, values=values, times=True)


def _suits(cursor: Cursor, noun: Noun, multiples: tuple[float, float], scenes: Scenes) -> bool:
    """Whether multiples from the first to the second suit every scenario; a problem is noted otherwise."""
    low, high = (0.0, LARGEST_BUDGET) if noun.kind == "budget" else (noun.low, noun.high)
    said = {inputs.scenario: _said(noun, inputs) for inputs in scenes.inputs}
    lacking = [scenario for scenario, values in said.items() if not values.any()]
    if noun.kind == "budget" and lacking:
        names = "、".join(lacking), ", ".join(lacking)
        cursor.wrong(f"情景 {names[0]} 没有这项预算，无从乘以倍数", f"{names[1]} has no such budget to multiply")
        return False
    if scenes.complete and len(lacking) == len(said):
        cursor.wrong(
            "各情景都没有用到这一项，乘以倍数不起作用；请写 {low: …, high: …}",
            "no scenario uses it, so a multiple changes nothing; give {low: …, high: …}",
        )
        return False
    for scenario, values in said.items():
        if not len(values):
            continue
        least, most = values.min() * multiples[0], values.max() * multiples[1]
        if not (low <= least and most <= high * (1 + 1e-9)):
            from_, to = written(low, noun.unit), written(high, noun.unit)
            outside, times = (least, multiples[0]) if least < low else (most, multiples[1])
            made, base = written(outside, noun.unit), written(outside / times if times else 0.0, noun.unit)
            cursor.wrong(
                f"情景 {scenario} 的 {base.zh} 乘以 {number(times)} 得 {made.zh}，超出范围 {from_.zh} 至 {to.zh}",
                f"{base.en} of {scenario} times {number(times)} is {made.en}; allowed is {from_.en} to {to.en}",
            )
            return False
    return True


def _said(noun: Noun, inputs: Inputs) -> np.ndarray:
    """The values that the scenario sets (those left at neutral are not set)."""
    if noun.kind == "budget":
        plan = inputs.funders.get(noun.name.split(".")[1])
        return np.asarray(plan.budget_yuan if plan else (), np.float64)
    lever = levers()[noun.name]
    column = inputs.timetable[lever.field]
    return column[column != lever.neutral]
