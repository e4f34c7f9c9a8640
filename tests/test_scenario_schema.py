"""The JSON Schema for editors: up to date, and the shipped scenarios keep to it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from miaopu.model.vocabulary import levers
from miaopu.scenarios import schema
from miaopu.scenarios.editor_schema import SHIPPED as SCHEMA_FILE
from miaopu.scenarios.editor_schema import schema_text
from miaopu.scenarios.layers import SHIPPED
from miaopu.scenarios.nodes import plain
from miaopu.scenarios.reading import read

FILES = sorted(SHIPPED.glob("*.yaml"))


def complaints(data: Any) -> list[str]:
    """What the schema says against a scenario."""
    return [error.message for error in jsonschema.Draft202012Validator(schema()).iter_errors(data)]


def test_the_shipped_schema_is_up_to_date() -> None:
    # python -c "from miaopu.scenarios.editor_schema import *; SHIPPED.write_text(schema_text())" renews it
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_scenarios_keep_to_the_schema(path: Any) -> None:
    assert complaints(plain(read(path))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"plann": {}},
        {"plan": {"hubs": {"slot": 3}}},
        {"plan": {"hubs": {"slots": "3 slots"}}},
        {"plan": {"hubs": {"slots": 400}}},
        {"plan": {"hubs": {"startup_grant": 300000}}},
        {"plan": {"from": "2024-7-1"}},
        {"targets": [{"id": "a", "indicator": "street_hub_covrage"}]},
        {"runs": {"replicates": 0}},
        {"readings": {"sessions": "each"}},
    ],
)
def test_an_editor_sees_what_is_wrong(wrong: dict[str, Any]) -> None:
    assert complaints(wrong)


def test_every_lever_is_described_in_both_languages() -> None:
    definitions = schema()["$defs"]
    for lever in levers().values():
        group, short = lever.name.split(".", 1)
        described = definitions[f"group.{group}"]["properties"][short]["description"]
        assert lever.label.zh in described
        assert lever.label.en in described


def test_the_schema_is_plain_json() -> None:
    assert json.loads(schema_text()) == schema()
