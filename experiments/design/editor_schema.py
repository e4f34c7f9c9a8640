"""JSON Schema (Draft 2020-12) of an experiment file, for completion and hints in editors.

Made from the tables and the grammar. It says what an editor can check while one writes; reading the file says the rest.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...model.posterior_choice import POSTERIOR, PRIOR
from ...model.text import Text
from ...model.vocabulary import indicators, levers, parameters
from ...scenarios.editor_schema import quantity_schema
from ...scenarios.grammar import Field, required
from ...scenarios.units import BARE, NAMES, UNITS, written
from . import grammar
from .experiment import MONTHS_KEPT, MORE_TABLES
from .nouns import Noun, nouns, of_section, spelling

SHIPPED = Path(__file__).parent / "schema.json"
Schema = dict[str, Any]
_MORE = {"districts": Text("分区（县）结果", "results by district"),
         "streets": Text("各街道（乡镇）首个枢纽的月份", "first hub of each street"),
         "ledger": Text("资金明细", "the ledger")}  # fmt: skip


def schema() -> Schema:
    """The schema as plain data."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Miaopu experiment · 苗圃实验",
        **_mapping(grammar.EXPERIMENT),
        "dependentRequired": {"levers": ["design"], "uncertainties": ["design"]},
        "$defs": _definitions(),
    }


def schema_text() -> str:
    """The schema as the text of schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _both(text: Text) -> str:
    return f"{text.zh}\n{text.en}"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _mapping(fields: dict[str, Field], value: Schema | None = None) -> Schema:
    """A mapping with these keys; `value` stands for the form of those that hold a value."""
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {
                "description": _both(field.about),
                **(value if value is not None and field.form == "value" else _ref(field.form)),
            }
            for key, field in fields.items()
        },
    }
    return made | ({"required": required(fields)} if required(fields) else {})


def _named(items: dict[str, Schema]) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": items}


def _described(rows: dict[str, Text]) -> Schema:
    return {"oneOf": [{"const": name, "description": _both(text)} for name, text in rows.items()]}


def _several(item: Schema) -> Schema:
    return {"type": "array", "minItems": 2, "uniqueItems": True, "items": item}


def _value(noun: Noun) -> Schema:
    """How a value of the noun is written."""
    if noun.kind == "reading":
        return {"enum": list(noun.words)}
    return _ref(f"quantity.{_key_of(spelling(noun))}")


def _key_of(unit: str) -> str:
    return unit.replace(" ", "_") if unit in UNITS and unit not in BARE else "number"


def _factor(noun: Noun) -> Schema:
    return {"title": noun.label.zh, "description": _about(noun), **_ref(_family(noun))}


def _family(noun: Noun) -> str:
    """The definition of factors that are written alike."""
    if noun.kind in ("budget", "reading"):
        return f"factor.{noun.name}" if noun.kind == "reading" else "factor.budget"
    drawn = noun.kind == "parameter" and not parameters()[noun.name].prior.is_fixed
    return f"factor.{noun.kind}.{_key_of(spelling(noun))}" + (".drawn" if drawn else "")


def _forms(noun: Noun) -> Schema:
    """The ways to write a factor of this kind."""
    value = _value(noun)
    listed = _named({"values": _several(value)}) | {"required": ["values"]}
    forms: list[Schema] = [] if noun.kind == "budget" else [listed]
    if noun.kind in ("lever", "parameter") and noun.unit != "flag":
        forms.append(_mapping(grammar.RANGE, value))
    if noun.role == "lever" and noun.unit != "flag":
        forms.append(_named({"times": _ref("times")}) | {"required": ["times"]})
    if _family(noun).endswith(".drawn"):
        forms.append({"const": grammar.PRIOR})
    return {"anyOf": forms}


def _constant(noun: Noun) -> Schema:
    return {"description": _both(noun.label), **_value(noun)}


def _about(noun: Noun) -> str:
    parts = [noun.label]
    if noun.kind == "lever":
        low, high, unit = written(noun.low, noun.unit), written(noun.high, noun.unit), NAMES[noun.unit]
        parts += [
            levers()[noun.name].about,
            Text(f"单位：{unit.zh}；范围：{low.zh} 至 {high.zh}", f"Unit: {unit.en}; range: {low.en} to {high.en}"),
        ]
    elif noun.kind == "parameter":
        parts.append(parameters()[noun.name].about)
    return "\n".join(map(_both, parts))


def _design() -> Schema:
    """The keys of every method, and which go with which."""
    made = _mapping(grammar.DESIGN)
    rules = []
    for method, keys in grammar.KEYS_OF.items():
        then: Schema = {"propertyNames": {"enum": ["method", *keys]}}
        if method in grammar.NEEDS_POINTS:
            then["required"] = ["points"]
        if method == "list":
            then["oneOf"] = [{"required": ["rows"]}, {"required": ["file"]}]
        if method == "morris":
            then["properties"] = {"levels": {"multipleOf": 2}}
        if method == "sobol":
            power: Schema = {"enum": [2**k for k in range(1, 23)]}
            then["properties"] = {"points": power, "up_to": power}
        rules.append({"if": {"properties": {"method": {"const": method}}, "required": ["method"]}, "then": then})
    return {**made, "allOf": rules}


def _definitions() -> Schema:
    words: Schema = {"type": "string", "minLength": 1}
    number: Schema = {"type": "number"}
    made: Schema = {
        "words": words,
        "pair": {
            "anyOf": [
                words,
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["zh", "en"],
                    "properties": {"zh": words, "en": words},
                },
            ]
        },
        "month": {
            "type": "string",
            "pattern": r"^\d{4}\s*(-|年)\s*\d{1,2}\s*月?$",
            "examples": ["2025-12"],
        },
        "scenario_list": {"type": "array", "minItems": 1, "uniqueItems": True, "items": words},
        "words_list": {"anyOf": [words, {"type": "array", "items": words, "uniqueItems": True}]},
        "flag": quantity_schema("flag"),
        "count": {"type": "integer", "minimum": 1},
        "seed": {"type": "integer", "minimum": 0},
        "design_seed": {"type": "integer", "minimum": 1},
        "seeds": _described(grammar.SEEDS),
        "draws": {"anyOf": [{"const": grammar.CENTRAL}, {"type": "integer", "minimum": 1}]},
        "parameters": {"anyOf": [{"enum": [POSTERIOR, PRIOR]}, words]},
        "method": _described(grammar.METHODS),
        "rows": {"type": "array", "minItems": 1, "items": {"type": "object"}},
        "number": number,
        "number_list": _several(number),
        "value": {"type": ["string", "number", "boolean"]},
        "times": {"anyOf": [_mapping(grammar.TIMES), _mapping(grammar.TIMES_VALUES)]},
        "levers": _named({name: _factor(noun) for name, noun in of_section("levers").items()}),
        "uncertainties": _named({name: _factor(noun) for name, noun in of_section("uncertainties").items()}),
        "constants": _named({name: _constant(noun) for name, noun in nouns().items() if noun.kind != "budget"}),
        "design": _design(),
        "keep": _mapping(grammar.KEEP),
        "indicator_list": _listed(_described({name: row.label for name, row in indicators().items()})),
        "months_kept": {"enum": list(MONTHS_KEPT)},
        "table_list": _listed(_described({name: _MORE[name] for name in MORE_TABLES})),
    }
    made |= {_family(noun): _forms(noun) for noun in nouns().values()}
    return made | {f"quantity.{_key_of(unit)}": quantity_schema(unit) for unit in UNITS}


def _listed(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "uniqueItems": True, "items": item}]}
