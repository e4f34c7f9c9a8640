"""JSON Schema (Draft 2020-12) of a scenario, for completion and hints in editors.

Made from the tables and the grammar. It says what an editor can check while one writes;
`miaopu check` says the rest.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..model.inputs import FUNDERS, READINGS, SHOCKS
from ..model.text import Text
from ..model.vocabulary import Lever, Parameter, clauses, indicators, parameters
from . import grammar
from .grammar import Field, required
from .settings import groups
from .units import BARE, EXAMPLES, NAMES, UNITS, written

SHIPPED = Path(__file__).parent / "schema.json"
Schema = dict[str, Any]
_PATTERNS = {
    "yuan": "元|yuan|rmb|cny",
    "yuan per year": "年|year|annually",
    "share": "[%％]|百分之|percent",
    "per year": "年|year|annually",
    "per month": "月|month",
    "months": "月|年|month|year",
}
_FLAGS = ["yes", "no", "true", "false", "on", "off", "是", "否"]


def schema() -> Schema:
    """The schema as plain data."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Miaopu scenario · 苗圃情景",
        **_mapping(grammar.SCENARIO, partial=True),
        "$defs": {name: make() for name, make in _DEFINITIONS.items()} | _families(),
    }


def _families() -> Schema:
    """The definitions that come once per unit, and once per group of levers."""
    made: Schema = {f"group.{name}": _group(name) for name in groups()}
    for unit in UNITS:
        name = _key_of(unit)
        made[f"quantity.{name}"] = quantity_schema(unit)
        made[f"dated.{name}"] = _dated(name)
        made[f"prior.{name}"] = _prior(name)
    return made


def schema_text() -> str:
    """The schema as the text of schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _both(text: Text) -> str:
    return f"{text.zh}\n{text.en}"


def _mapping(fields: dict[str, Field], partial: bool = False) -> Schema:
    """A mapping; `partial` ones may leave required keys to the layer below."""
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {"description": _both(field.about), "$ref": f"#/$defs/{field.form}"}
            for key, field in fields.items()
        },
    }
    if not partial and required(fields):
        made["required"] = required(fields)
    return made


def quantity_schema(unit: str) -> Schema:
    """How a value of `unit` is written."""
    if unit == "flag":
        return {"anyOf": [{"type": "boolean"}, {"enum": _FLAGS}]}
    if unit in BARE or unit not in UNITS:
        return {"type": "number"}
    examples = [part for text in EXAMPLES[unit] for part in text.replace(" or ", " 或 ").split(" 或 ")]
    return {"type": "string", "pattern": _PATTERNS[unit], "examples": list(dict.fromkeys(examples))}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _key_of(unit: str) -> str:
    """The definition of a value of `unit`; all bare numbers share one."""
    return unit.replace(" ", "_") if unit in UNITS and unit not in BARE else "number"


def _dated(unit: str) -> Schema:
    """A value of `unit`, a dated value, or a list of dated values."""
    value, one = _ref(f"quantity.{unit}"), _mapping(grammar.DATED)
    one["properties"]["value"] = value
    several = {"type": "array", "minItems": 1, "items": {"anyOf": [value, one]}}
    return {"anyOf": [value, one, several, {"type": "null"}]}


def _lever(lever: Lever) -> Schema:
    low, high, unit = written(lever.low, lever.unit), written(lever.high, lever.unit), NAMES[lever.unit]
    bounds = Text(
        f"单位：{unit.zh}；范围：{low.zh} 至 {high.zh}", f"Unit: {unit.en}; range: {low.en} to {high.en}"
    )
    about = "\n".join((_both(lever.label), _both(lever.about), _both(bounds), "、".join(lever.clauses)))
    made: Schema = {"title": lever.label.zh, "description": about, **_ref(f"dated.{_key_of(lever.unit)}")}
    if lever.unit in BARE:
        made |= {"minimum": lever.low, "maximum": lever.high}
    return made


def _group(name: str) -> Schema:
    made = _mapping(grammar.GROUP | (grammar.ASSESSMENT if name == "assessment" else {}))
    made["properties"] |= {short: _lever(lever) for short, lever in groups()[name].items()}
    return {**made, "type": ["object", "null"]}


def _plan(dated: bool) -> Schema:
    plan = _mapping(grammar.PERIOD if dated else {})
    plan["properties"] |= {group: _ref(f"group.{group}") for group in groups()}
    return {**plan, "type": ["object", "null"]}


def _prior(unit: str) -> Schema:
    """A fixed value of `unit`, or a prior."""
    value = _ref(f"quantity.{unit}")
    forms = [
        {
            "type": "object",
            "additionalProperties": False,
            "required": list(keys),
            "properties": dict.fromkeys(keys, value),
        }
        for _, keys in grammar.PRIORS.values()
    ]
    return {"anyOf": [value, *forms, {"type": "null"}]}


def _belief(parameter: Parameter) -> Schema:
    about = "\n".join((_both(parameter.label), _both(parameter.about)))
    return {"description": about, **_ref(f"prior.{_key_of(parameter.unit)}")}


def _beliefs() -> Schema:
    return _named({name: _belief(row) for name, row in parameters().items()})


def _list_of(name: str) -> Schema:
    return {"anyOf": [{"type": "array", "items": _ref(name)}, {"type": "null"}]}


def _named(items: dict[str, Schema]) -> Schema:
    return {"type": ["object", "null"], "additionalProperties": False, "properties": items}


def _described(rows: dict[str, Text]) -> Schema:
    return {"oneOf": [{"const": name, "description": _both(text)} for name, text in rows.items()]}


_DEFINITIONS = {
    "words": lambda: {"type": "string", "minLength": 1},
    "pair": lambda: {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["zh", "en"],
                "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
            },
        ]
    },
    "month": lambda: {
        "type": "string",
        "pattern": r"^\d{4}\s*(-|年)\s*\d{1,2}\s*月?$",
        "examples": ["2022-12"],
    },
    "month_list": lambda: {"type": "array", "items": {"$ref": "#/$defs/month"}},
    "months": lambda: _ref("quantity.months"),
    "share": lambda: _ref("quantity.share"),
    "flag": lambda: _ref("quantity.flag"),
    "value": lambda: {"type": ["string", "number", "boolean"]},
    "count": lambda: {"type": "integer", "minimum": 1},
    "seed": lambda: {"type": "integer", "minimum": 0},
    "month_number": lambda: {"type": "integer", "minimum": 1, "maximum": 12},
    "words_list": lambda: {
        "anyOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": {"type": "string"}}]
    },
    "budget": lambda: _ref("dated.yuan_per_year"),
    "calendar": lambda: _mapping(grammar.CALENDAR, partial=True),
    "place": lambda: {"anyOf": [{"type": "string"}, _mapping(grammar.ROSTER)]},
    "where": lambda: _mapping(grammar.WHERE),
    "levers": lambda: _plan(dated=False),
    "standing": lambda: _ref("levers"),
    "plan": lambda: _plan(dated=True),
    "phase": lambda: _mapping(grammar.PHASE),
    "phases": lambda: _list_of("phase"),
    "districts": lambda: {"type": ["object", "null"], "additionalProperties": {"$ref": "#/$defs/plan"}},
    "funder": lambda: _mapping(grammar.FUNDER),
    "funders": lambda: _named(dict.fromkeys(FUNDERS, _ref("funder"))),
    "clause": lambda: _described({name: Text(row.phrase, row.gloss) for name, row in clauses().items()}),
    "indicator": lambda: _described({name: row.label for name, row in indicators().items()}),
    "scope": lambda: {
        "anyOf": [
            {"enum": list(grammar.SCOPES)},
            {"type": "string", "pattern": r"^\d+\s*(district|prefecture|个?区|个?市州|个?县)"},
        ]
    },
    "counts": lambda: {"enum": list(grammar.COUNTS)},
    "every": lambda: {"enum": list(grammar.EVERY)},
    "reading": lambda: {
        "enum": list(dict.fromkeys(option for options in READINGS.values() for option in options))
    },
    "target": lambda: _mapping(grammar.TARGET),
    "targets": lambda: _list_of("target"),
    "multiply": lambda: _named({name: {"type": "number", "minimum": 0} for name in SHOCKS}),
    "shock": lambda: _mapping(grammar.SHOCK),
    "shocks": lambda: _list_of("shock"),
    "readings": lambda: {
        "type": "object",
        "additionalProperties": False,
        "properties": {topic: {"enum": list(options)} for topic, options in READINGS.items()},
    },
    "runs": lambda: _mapping(grammar.RUNS),
    "beliefs": _beliefs,
}
