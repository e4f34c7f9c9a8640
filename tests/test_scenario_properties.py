"""Every valid scenario compiles and keeps every lever in its range; nothing ends in a traceback."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from miaopu.model.inputs import READINGS, SHOCKS, Inputs, neutral_timetable
from miaopu.model.text import Refusal
from miaopu.model.vocabulary import Lever, indicators, levers
from miaopu.scenarios import difference, load, resolve
from miaopu.scenarios.units import BARE, written

FIRST, LAST = 2024 * 12, 2026 * 12 + 11
DISTRICTS = ("云上区", "Mistfield District")
LEVERS = list(levers().values())


def month(ordinal: int) -> str:
    return f"{ordinal // 12}-{ordinal % 12 + 1:02d}"


@st.composite
def spans(draw: st.DrawFn) -> dict[str, str]:
    """A `from` and `until` in order, inside the calendar."""
    first, last = sorted((draw(st.integers(FIRST, LAST)), draw(st.integers(FIRST, LAST))))
    return {"from": month(first), "until": month(last)}


@st.composite
def values(draw: st.DrawFn, lever: Lever) -> Any:
    """A value of a lever as a planner may write it."""
    if lever.unit == "flag":
        return draw(st.sampled_from([True, False, "是", "no"]))
    value = lever.low + (lever.high - lever.low) * draw(st.integers(0, 1000)) / 1000
    if lever.unit in BARE:
        return value
    said = written(value, lever.unit).of(draw(st.sampled_from(["zh", "en"])))
    return said if lever.low <= float(f"{value:.6g}") <= lever.high else written(lever.low, lever.unit).en


@st.composite
def plans(draw: st.DrawFn, dated: bool) -> dict[str, Any]:
    """Some levers by group, bare or dated."""
    plan: dict[str, Any] = {}
    for lever in draw(st.lists(st.sampled_from(LEVERS), max_size=8, unique=True)):
        value = draw(values(lever))
        if dated and draw(st.booleans()):
            value = {"value": value, **draw(spans())}
            if lever.unit != "flag" and draw(st.booleans()):
                value["ramp"] = f"{draw(st.integers(0, 30))} months"
        group, short = lever.name.split(".", 1)
        plan.setdefault(group, {})[short] = value
    return plan


@st.composite
def targets(draw: st.DrawFn) -> dict[str, Any]:
    """A target on any indicator."""
    row = indicators()[draw(st.sampled_from(sorted(indicators())))]
    unit = row.unit if row.unit in ("share", "yuan", "yuan per year") else ""
    level = draw(st.integers(0, 100)) / 100
    target = {
        "id": "t",
        "indicator": row.name,
        draw(st.sampled_from(["at_least", "at_most"])): written(level, unit).en if unit else level,
    }
    target |= {"every": "year"} if draw(st.booleans()) else {"by": month(draw(st.integers(FIRST, LAST)))}
    if row.by_district and draw(st.booleans()):
        target["in"] = draw(st.sampled_from(["every district", "每个区", "1 district", "whole"]))
    return target


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """A valid scenario on the small town."""
    made: dict[str, Any] = {
        "name": {"zh": "随机", "en": "random"},
        "calendar": {"from": month(FIRST), "until": month(LAST)},
        "place": "regions/town.yaml",
        "existing": draw(plans(dated=False)),
        "plan": draw(plans(dated=True)),
        "targets": [draw(targets())],
        "readings": {topic: draw(st.sampled_from(options)) for topic, options in READINGS.items()},
        "runs": {"seed": draw(st.integers(0, 10**15))},
    }
    if draw(st.booleans()):
        where = {"district": draw(st.sampled_from(DISTRICTS))}
        made["phases"] = [{"name": "p", **draw(spans()), "where": where, "plan": draw(plans(dated=False))}]
    if draw(st.booleans()):
        factors = {name: draw(st.integers(0, 300)) / 100 for name in draw(st.sets(st.sampled_from(SHOCKS)))}
        made["shocks"] = [
            {"name": "s", **draw(spans()), "multiply": factors, "clean_up": f"{draw(st.integers(0, 100))} %"}
        ]
    return made


def loaded(scenario: dict[str, Any]) -> Inputs:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "random.yaml")
        path.write_text(json.dumps(scenario, ensure_ascii=False), encoding="utf-8")
        return load(path)


@given(scenarios())
@settings(max_examples=60)
def test_every_valid_scenario_compiles_and_keeps_every_lever_in_its_range(scenario: dict[str, Any]) -> None:
    inputs = loaded(scenario)
    assert inputs.timetable.shape == (36, 2)
    for lever in LEVERS:
        field = inputs.timetable[lever.field]
        assert lever.low <= field.min() and field.max() <= lever.high
    assert (inputs.clean_up >= 0).all() and (inputs.clean_up <= 1).all()
    assert all((inputs.shocks[name] >= 0).all() for name in SHOCKS)


@given(scenarios())
@settings(max_examples=30)
def test_a_lever_that_nobody_names_stays_neutral(scenario: dict[str, Any]) -> None:
    inputs, neutral = loaded(scenario), neutral_timetable(36, 2)
    plans = [scenario["existing"], scenario["plan"], *(phase["plan"] for phase in scenario.get("phases", []))]
    named = {f"{group}.{short}" for plan in plans for group, members in plan.items() for short in members}
    for lever in LEVERS:
        if lever.name not in named:
            assert np.array_equal(inputs.timetable[lever.field], neutral[lever.field])


@given(scenarios())
@settings(max_examples=20)
def test_a_scenario_extended_by_nothing_is_the_same_scenario(scenario: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base, over = Path(folder, "base.yaml"), Path(folder, "over.yaml")
        base.write_text(json.dumps(scenario, ensure_ascii=False), encoding="utf-8")
        over.write_text("extends: base.yaml\n", encoding="utf-8")
        assert difference(resolve(base), resolve(over)) == []
        assert np.array_equal(load(base).timetable, load(over).timetable)


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_no_text_whatever_ends_in_a_traceback(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "any.yaml")
        path.write_text(text, encoding="utf-8", errors="replace")
        try:
            load(path)
        except Refusal as refusal:
            assert refusal.problems


@given(scenarios(), st.data())
@settings(max_examples=120)
def test_no_wrong_value_anywhere_ends_in_a_traceback(scenario: dict[str, Any], data: st.DataObject) -> None:
    wrong = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 5),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text("年月%元-x:1", max_size=6),
        st.just([]),
        st.just({}),
        st.just([[1]]),
        st.just({"a": {}}),
    )
    spot: Any = scenario
    key: Any = data.draw(st.sampled_from(sorted(scenario)))
    while isinstance(spot[key], dict | list) and spot[key] and data.draw(st.integers(0, 3)):
        spot = spot[key]
        keys = sorted(spot) if isinstance(spot, dict) else range(len(spot))
        key = data.draw(st.sampled_from(keys))
    spot[key] = data.draw(wrong)
    try:
        loaded(scenario)
    except Refusal as refusal:
        assert all(problem.text.zh and problem.text.en for problem in refusal.problems)
