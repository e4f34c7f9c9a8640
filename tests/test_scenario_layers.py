"""Layers, origins, differences and explanations: where every value of a scenario comes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from miaopu.model.inputs import Inputs
from miaopu.model.text import Refusal
from miaopu.model.vocabulary import levers
from miaopu.scenarios import difference, explain, load, resolve, unsaid

Write = Callable[..., Path]
BASE = """
name: {zh: 试, en: trial}
calendar: {from: 2024-01, until: 2026-12}
place: regions/town.yaml
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a scenario over a small valid one and give its path."""

    def make(text: str, name: str = "trial.yaml", base: str = BASE) -> Path:
        path = tmp_path / name
        path.write_text(base + text, encoding="utf-8")
        return path

    return make


def lever(inputs: Inputs, name: str, district: int = 0) -> list[float]:
    """A lever's value in each month."""
    return inputs.timetable[name][:, district].tolist()


def test_mappings_merge_lists_are_replaced_and_an_empty_value_takes_away(write: Write) -> None:
    write(
        """
plan: {until: 2024-06, hubs: {slots: 5, base_slots: 2}, training: {seats: 80}}
targets:
  - {id: a, indicator: organizations, at_least: 100, by: 2025-12}
  - {id: b, indicator: organizations, at_least: 200, by: 2026-12}
""",
        "base.yaml",
    )
    inputs = load(
        write(
            """extends: base.yaml
plan: {hubs: {slots: 8}, training: ~}
targets: [{id: c, indicator: organizations, at_least: 50, by: 2025-12}]
""",
            base="",
        )
    )
    assert lever(inputs, "hubs_slots")[0] == 8
    assert lever(inputs, "hubs_base_slots")[0] == 2
    assert lever(inputs, "training_seats")[0] == levers()["training.seats"].neutral
    assert [target.id for target in inputs.targets] == ["c"]


def test_every_value_remembers_the_file_and_line_that_it_came_from(write: Write) -> None:
    write("plan: {hubs: {slots: 5, base_slots: 2}}", "base.yaml")
    origin = resolve(write("extends: base.yaml\nplan:\n  hubs: {slots: 8}\n", base="")).origins
    assert (origin["plan.hubs.slots"].line, origin["plan.hubs.slots"].column) == (3, 17)
    assert origin["plan.hubs.slots"].file.endswith("trial.yaml")
    assert origin["plan.hubs.base_slots"].file.endswith("base.yaml")
    assert origin["plan.hubs.base_slots"].text == "2"
    assert origin["runs.seed"].file == "scenarios/defaults.yaml"


def test_words_of_yaml_1_1_stay_words(write: Write) -> None:
    resolved = resolve(write("about: {zh: no, en: on}\nruns: {seed: 010}\n"))
    assert resolved.data["about"] == {"zh": "no", "en": "on"}
    assert resolved.data["calendar"]["from"] == "2024-01"
    assert resolved.data["runs"]["seed"] == 10


def test_the_difference_between_two_scenarios_is_told_line_by_line(write: Write) -> None:
    before = resolve(write("plan: {hubs: {slots: 5, base_slots: 2}}", "before.yaml"))
    after = resolve(write("plan: {hubs: {slots: 8, work_plan: 10 %}}", "after.yaml"))
    told = [(change.path, change.before, change.after) for change in difference(before, after)]
    assert told == [
        ("plan.hubs.slots", "5", "8"),
        ("plan.hubs.work_plan", "", "10 %"),
        ("plan.hubs.base_slots", "2", ""),
    ]
    assert difference(before, before) == []
    assert "after.yaml:5" in difference(before, after)[0].line.en


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "hubs.slots",
        "funding.award",
        "start_coverage",
        "order_felt",
        "street_hub_coverage",
        "SZ-01i",
        "funders.city",
        "plan.until",
    ],
)
def test_a_name_is_explained_in_both_languages(write: Write, name: str, lang: str) -> None:
    resolved = resolve(write("plan: {until: 2024-12, hubs: {slots: 5}}\nstart: {start_coverage: 12 %}"))
    lines = explain(resolved, name, lang)
    assert lines and lines[0].startswith(name)


def test_an_explanation_says_value_place_unit_and_what_it_does(write: Write) -> None:
    told = "\n".join(explain(resolve(write("plan: {hubs: {slots: 5}}")), "hubs.slots", "en"))
    for part in ("plan.hubs.slots = 5", "trial.yaml:5", "bare number of slots", "0 to 60", "SZ-01d"):
        assert part in told


def test_an_unknown_name_is_answered_with_the_nearest(write: Write) -> None:
    with pytest.raises(Refusal, match=r"did you mean `hubs\.slots`"):
        explain(resolve(write("")), "hubs.slot", "en")


def test_what_is_left_unsaid_is_listed_with_its_table(write: Write) -> None:
    found = {row.name: row for row in unsaid(resolve(write("plan: {hubs: {slots: 5}}\nruns: {seed: 3}")))}
    assert "hubs.slots" not in found
    assert "runs.seed" not in found
    assert found["runs.replicates"].where.startswith("scenarios/defaults.yaml:")
    assert found["hubs.base_slots"].where.startswith("model/tables/levers.yaml:")
    assert found["start_coverage"].where.startswith("model/tables/parameters.yaml:")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_lever_of_the_table_can_be_explained(lang: str) -> None:
    resolved = resolve("town")
    for name, row in levers().items():
        assert explain(resolved, name, lang)[-1].strip() == row.about.of(lang)
