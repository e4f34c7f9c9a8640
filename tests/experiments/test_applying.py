"""A point of the design changes what it names in a scenario, and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from miaopu.experiments.design.applying import Setting, applied
from miaopu.experiments.design.factor import INERT
from miaopu.experiments.variants import until
from miaopu.model.inputs import Inputs
from miaopu.model.vocabulary import levers
from miaopu.scenarios.compiling import load

SLOTS, STRENGTH = levers()["hubs.slots"], levers()["assessment.order_strength"]


@pytest.fixture(scope="module")
def scene() -> Inputs:
    return load("town")


def same(a: Any, b: Any) -> bool:
    """Whether two values of inputs are equal, arrays inside included."""
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b)
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return a is b or bool(a == b)


def changed(before: Inputs, after: Inputs) -> set[str]:
    """Fields of the inputs that differ; of the timetable the levers."""
    found = {one.name for one in fields(before) if not same(getattr(before, one.name), getattr(after, one.name))}
    if "timetable" in found:
        names = before.timetable.dtype.names or ()
        found |= {name for name in names if not np.array_equal(before.timetable[name], after.timetable[name])}
    return found


def test_a_lever_is_set_where_the_scenario_uses_it(scene: Inputs) -> None:
    after, fixed = applied(scene, (Setting("hubs.slots", 11.0),))
    assert fixed == {} and changed(scene, after) == {"timetable", SLOTS.field}
    used = scene.timetable[SLOTS.field] != SLOTS.neutral
    assert used.any() and not used.all()
    assert np.array_equal(after.timetable[SLOTS.field], np.where(used, 11.0, SLOTS.neutral))


def test_a_lever_that_the_scenario_leaves_alone_is_in_force_in_the_months_of_the_plan() -> None:
    bare = load("shenzhen-2022-2025")
    unused = [one for one in levers().values() if (bare.timetable[one.field] == one.neutral).all()]
    lever = next(one for one in unused if one.high > one.neutral)
    after, _ = applied(bare, (Setting(lever.name, lever.high),))
    month = np.arange(bare.months)
    planned = (month >= bare.plan_from) & (month <= bare.deadline)
    assert changed(bare, after) == {"timetable", lever.field}
    in_force = after.timetable[lever.field] == lever.high
    assert np.array_equal(in_force, np.repeat(planned[:, None], bare.place.districts, 1))


def test_times_multiplies_each_month_and_district_and_stays_in_the_range(scene: Inputs) -> None:
    before = scene.timetable[STRENGTH.field]
    for times in (0.0, 0.5, 2.0, 1000.0):
        after, _ = applied(scene, (Setting("assessment.order_strength", times, True),))
        wanted = np.clip(before * times, STRENGTH.low, STRENGTH.high)
        assert np.array_equal(after.timetable[STRENGTH.field], wanted)
        assert changed(scene, after) == {"timetable", STRENGTH.field}
    assert changed(scene, applied(scene, (Setting("assessment.order_strength", 1.0, True),))[0]) == set()


def test_what_a_lever_leaves_at_neutral_times_leaves_there(scene: Inputs) -> None:
    lever = next(one for one in levers().values() if one.neutral not in (0.0,))
    after, _ = applied(scene, (Setting(lever.name, 0.5, True),))
    untouched = scene.timetable[lever.field] == lever.neutral
    assert untouched.any() and (after.timetable[lever.field][untouched] == lever.neutral).all()


def test_times_on_a_budget_multiplies_that_funder_in_every_month(scene: Inputs) -> None:
    after, fixed = applied(scene, (Setting("funders.district_bureau.budget", 1.5, True),))
    assert fixed == {} and changed(scene, after) == {"funders"}
    for kind, plan in scene.funders.items():
        factor = 1.5 if kind == "district_bureau" else 1.0
        assert np.array_equal(after.funders[kind].budget_yuan, plan.budget_yuan * factor)
        assert after.funders[kind]._replace(budget_yuan=plan.budget_yuan) == plan
    assert len(np.unique(scene.funders["district_bureau"].budget_yuan)) > 1, "else months would not be told apart"


def test_a_reading_is_changed_in_the_scenario_and_in_the_targets_that_hang_on_it(scene: Inputs) -> None:
    after, _ = applied(scene, (Setting("readings.rounding", "each_district"),))
    assert changed(scene, after) == {"readings", "targets"}
    assert after.readings == {**scene.readings, "rounding": "each_district"}
    for then, now in zip(scene.targets, after.targets, strict=True):
        about_hubs = then.indicator == "street_hub_coverage"
        assert now == (replace(then, reading="each_district") if about_hubs else then)


def test_a_parameter_is_fixed_and_the_scenario_stays_the_same_object(scene: Inputs) -> None:
    after, fixed = applied(scene, (Setting("start_coverage", np.float64(0.3)), Setting("order_felt", 0.7)))
    assert after is scene and fixed == {"start_coverage": 0.3, "order_felt": 0.7}
    assert all(type(value) is float for value in fixed.values())


def test_the_inert_factor_changes_nothing(scene: Inputs) -> None:
    assert applied(scene, (Setting(INERT, 0.9),)) == (scene, {})
    assert applied(scene, ())[0] is scene


def test_all_together_change_what_each_changes_alone(scene: Inputs) -> None:
    settings = (
        Setting("hubs.slots", 3.0),
        Setting("assessment.order_strength", 0.5, True),
        Setting("funders.city.budget", 2.0, True),
        Setting("readings.sessions", "city_level_only"),
        Setting("start_coverage", 0.2),
        Setting(INERT, 0.5),
    )
    before = {one.name: np.copy(scene.timetable[one.field]) for one in levers().values()}
    together, fixed = applied(scene, settings)
    backwards, _ = applied(scene, settings[::-1])
    assert fixed == {"start_coverage": 0.2}
    assert changed(scene, together) == {"timetable", SLOTS.field, STRENGTH.field, "funders", "readings", "targets"}
    assert changed(together, backwards) == set(), "the order of factors says nothing"
    assert all(np.array_equal(scene.timetable[levers()[name].field], column) for name, column in before.items())


@pytest.mark.parametrize(
    "setting",
    [
        Setting("hubs.slot", 3.0),
        Setting("funders.nobody.budget", 2.0, True),
        Setting("funders.city.carry_over", 2.0, True),
        Setting("funders.city.budget", 2e6),  # budgets are only multiplied
        Setting("readings.rounding", "to_the_moon"),
        Setting("readings.nothing", "together"),
        Setting("filing_rate", 0.1),  # follows from other parameters
    ],
)
def test_what_cannot_be_set_is_refused(setting: Setting, scene: Inputs) -> None:
    with pytest.raises(ValueError, match=setting.name):
        applied(scene, (setting,))


@pytest.mark.slow
def test_the_inert_factor_and_a_lever_set_to_what_it_was_change_no_bit_of_a_run(scene: Inputs) -> None:
    from miaopu.model.simulation import simulate

    short = until(scene, 17)
    was = float(scene.timetable[SLOTS.field].max())
    idle = (Setting(INERT, 0.1), Setting("hubs.slots", was), Setting("funders.city.budget", 1.0, True))
    same_again, _ = applied(short, idle)
    assert same_again is not short
    other, _ = applied(short, (Setting("hubs.slots", 0.0),))
    first, second, third = (simulate(inputs, None, 11) for inputs in (short, same_again, other))
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(first, second, strict=True))
    assert not np.array_equal(first.tallies, third.tallies, equal_nan=True)
