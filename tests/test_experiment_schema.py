"""The JSON Schema of experiment files: up to date, and the studies that come with the project keep to it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from miaopu.experiments.design.editor_schema import SHIPPED, schema, schema_text
from miaopu.experiments.design.grammar import DESIGN, EXPERIMENT, KEYS_OF, METHODS
from miaopu.experiments.design.nouns import nouns
from miaopu.experiments.design.reading import STUDIES
from miaopu.scenarios.nodes import plain
from miaopu.scenarios.reading import read

FILES = sorted(STUDIES.glob("*.yaml"))
SMALL = {"name": "n", "scenarios": ["town"]}


@cache
def _validator() -> Any:
    return jsonschema.Draft202012Validator(schema())


def complaints(data: Any) -> list[str]:
    """What the schema says against an experiment."""
    return [error.message for error in _validator().iter_errors(data)]


def test_the_shipped_schema_is_up_to_date() -> None:
    # python -c "from miaopu.experiments.design.editor_schema import *; SHIPPED.write_text(schema_text())" renews it
    assert SHIPPED.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(schema_text()) == schema()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_studies_keep_to_the_schema(path: Path) -> None:
    assert complaints(plain(read(path))) == []


def test_the_smallest_experiment_is_enough_for_the_schema() -> None:
    assert complaints(SMALL) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"factors": {}},
        {"scenarios": []},
        {"levers": {"hubs.slots": {"low": 0, "high": 9}}},
        {"levers": {"hubs.slot": {"low": 0, "high": 9}}, "design": {"method": "grid"}},
        {"levers": {"hubs.slots": {"low": 0}}, "design": {"method": "grid"}},
        {"levers": {"hubs.slots": {"values": [6]}}, "design": {"method": "grid"}},
        {"levers": {"hubs.slots": "prior"}, "design": {"method": "grid"}},
        {"levers": {"funders.city.budget": {"values": ["30万元每年", "60万元每年"]}}, "design": {"method": "grid"}},
        {"uncertainties": {"order_felt": {"times": {"low": 1, "high": 2}}}, "design": {"method": "grid"}},
        {"uncertainties": {"capable_hub": "prior"}, "design": {"method": "grid"}},
        {"uncertainties": {"readings.sessions": {"values": ["none", "each_tier"]}}, "design": {"method": "grid"}},
        {"constants": {"funders.city.budget": 2}},
        {"design": {"method": "sobol"}},
        {"design": {"method": "sobol", "points": 100}},
        {"design": {"method": "morris", "points": 4, "levels": 5}},
        {"design": {"method": "latin", "points": 4, "rows": [{}]}},
        {"design": {"method": "list", "rows": [{}], "file": "a.csv"}},
        {"draws": 0},
        {"keep": {"months": "yearly"}},
    ],
)
def test_an_editor_sees_what_is_wrong(wrong: dict[str, Any]) -> None:
    assert complaints(SMALL | wrong)


def test_everything_that_can_vary_is_described_in_both_languages() -> None:
    definitions = schema()["$defs"]
    for noun in nouns().values():
        described = definitions[noun.section]["properties"][noun.name]["description"]
        assert noun.label.zh in described
        assert noun.label.en in described


def test_every_key_and_method_is_in_the_schema() -> None:
    made = schema()
    assert set(made["properties"]) == set(EXPERIMENT)
    assert set(made["$defs"]["design"]["properties"]) == set(DESIGN)
    assert set(KEYS_OF) == set(METHODS)
