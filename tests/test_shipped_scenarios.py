"""The scenarios that come with the project encode what the plans say, clause by clause."""

from __future__ import annotations

import time

import pytest

from miaopu.model.inputs import neutral_timetable
from miaopu.model.vocabulary import clauses, levers
from miaopu.scenarios import difference, load, resolve
from miaopu.scenarios.layers import SHIPPED

SCENARIOS = sorted(path.stem for path in SHIPPED.glob("*.yaml") if path.name != "defaults.yaml")


@pytest.mark.parametrize("name", SCENARIOS)
def test_shipped_scenarios_are_valid_and_quick_to_load(name: str) -> None:
    started = time.perf_counter()
    inputs = load(name)
    assert time.perf_counter() - started < 5
    for row in levers().values():
        values = inputs.timetable[row.field]
        assert row.low <= values.min() and values.max() <= row.high, row.name


@pytest.mark.parametrize("name", [name for name in SCENARIOS if not name.endswith("baseline")])
def test_a_plan_runs_two_years_past_its_deadline(name: str) -> None:
    inputs = load(name)
    assert inputs.months - 1 - inputs.deadline == 24


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name.endswith("baseline")])
def test_a_baseline_has_neither_orders_nor_targets(name: str) -> None:
    inputs = load(name)
    assert inputs.deadline == -1
    assert not inputs.targets
    assert (inputs.timetable == inputs.timetable[0]).all()


@pytest.mark.parametrize(("place", "plan"), [("shenzhen", "SZ"), ("hunan", "HN")])
def test_every_numbered_target_clause_is_a_target(place: str, plan: str) -> None:
    scenario = {"shenzhen": "shenzhen-2022-2025", "hunan": "hunan-2021-2023"}[place]
    aims = {
        "SZ-00f",
        "HN-00c",
        "HN-P2e",
        "HN-P2f",
        "HN-P3c",
        "HN-11f",
    }  # without a number: reported as outcomes
    wanted = {name for name, row in clauses().items() if row.kind == "T" and name.startswith(plan)} - aims
    assert {target.clause for target in load(scenario).targets} == wanted


@pytest.mark.parametrize(
    ("place", "years", "plan"), [("shenzhen", "2022-2025", "SZ"), ("hunan", "2021-2023", "HN")]
)
def test_a_plan_sets_no_lever_that_it_does_not_speak_of(place: str, years: str, plan: str) -> None:
    policy, baseline = load(f"{place}-{years}").timetable, load(f"{place}-baseline").timetable
    for row in levers().values():
        if (policy[row.field] != baseline[row.field]).any():
            assert any(clause.startswith(plan) for clause in row.clauses), row.name


@pytest.mark.parametrize("scenario", ["shenzhen-2022-2025", "hunan-2021-2023"])
def test_every_lever_of_a_plan_has_its_clause_beside_it(scenario: str) -> None:
    lines = (SHIPPED / f"{scenario}.yaml").read_text(encoding="utf-8").splitlines()
    for path, origin in resolve(scenario).origins.items():
        name = next((name for name in levers() if f".{name}" in path), None)
        if (
            name is not None
            and origin.file.endswith(f"{scenario}.yaml")
            and not path.endswith(("from", "until", "ramp"))
        ):
            beside = lines[origin.line - 1] + lines[origin.line - 2]
            assert any(clause in beside for clause in levers()[name].clauses), f"{path} at line {origin.line}"


def test_the_small_town_uses_every_lever() -> None:
    inputs = load("town")
    neutral = neutral_timetable(1, 1)[0, 0]
    assert [
        row.name for row in levers().values() if (inputs.timetable[row.field] == neutral[row.field]).all()
    ] == ["incubation.months"]


def test_the_adopted_dates_differ_from_the_draft_in_the_beginning_only() -> None:
    told = {
        change.path for change in difference(resolve("shenzhen-2022-2025"), resolve("shenzhen-2023-2025"))
    }
    assert told == {"name.zh", "name.en", "plan.from"}
