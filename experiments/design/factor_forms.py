"""The ways to write a factor: {low, high, whole}, {values}, {times} or `prior`."""

from __future__ import annotations

from ...model.text import Text
from ...model.vocabulary import parameters
from ...scenarios.cursor import Cursor
from ...scenarios.units import BARE
from .bounds import rising, several
from .factor import Factor
from .grammar import FACTOR, PRIOR, RANGE
from .nouns import Noun, spelling, value_of
from .scenario_list import Scenes
from .times import multiples_of

_FITS = {
    "reading": ("values",),
    "budget": ("times",),
    "parameter": ("values", "low"),
    "lever": ("times", "values", "low"),
}
# A whole number of these makes sense; half a yuan or half a per cent does as well.
COUNTABLE = (*BARE, "months", "per year", "per month")


def factor_of(cursor: Cursor, noun: Noun, scenes: Scenes) -> Factor | None:
    """The factor at the cursor; None after noting what is wrong."""
    if cursor.value == PRIOR and noun.kind != "reading":
        return _by_prior(cursor, noun, scenes)
    if not isinstance(cursor.value, dict):
        zh, en = _form(noun)
        cursor.wrong(f"因子应写作 {zh}；固定的取值请写在 constants 中", f"a factor is written as {en}; a fixed value "
                     "belongs under `constants`")  # fmt: skip
        return None
    form = _leading(cursor, noun)
    if form == "times":
        return multiples_of(cursor, noun, scenes)
    if form == "values":
        return _of_values(cursor, noun)
    return _ranged(cursor, noun) if form == "low" else None


def _form(noun: Noun) -> Text:
    """How a factor of this kind is written."""
    if noun.kind == "reading":
        said = "{values: [" + ", ".join(noun.words[:2]) + "]}"
        return Text(said, said)
    if noun.kind == "budget":
        return Text("{times: {low: 0.5, high: 2}}", "{times: {low: 0.5, high: 2}}")
    if noun.unit == "flag":
        return Text("{values: [no, yes]}", "{values: [no, yes]}")
    zh, en = "{low: …, high: …} 或 {values: [...]}", "{low: …, high: …} or {values: [...]}"
    return Text(f"{zh} 或 prior", f"{en} or prior") if noun.kind == "parameter" else Text(zh, en)


def _leading(cursor: Cursor, noun: Noun) -> str:
    """The form that the keys make: times, values or low; "" after noting what is wrong."""
    for key, child in cursor.entries():
        if key not in FACTOR:
            child.unknown(key, FACTOR)
    given = [key for key in ("times", "values", "low", "high", "whole") if key in cursor.value]
    form = {"high": "low", "whole": "low"}.get(given[0], given[0]) if given else ""
    if not form:
        if not cursor.value:
            cursor.wrong(f"应写作 {_form(noun).zh}", f"should be {_form(noun).en}")
        return ""
    for key in given if form in ("times", "values") else ():
        if key != form and (other := cursor.at(key)):
            other.wrong(f"不能与 {form} 同写", f"does not go with `{form}`", key=True)
    fits = ("values",) if noun.unit == "flag" else _FITS[noun.kind]
    if form not in fits:
        zh, en = _form(noun)
        cursor.wrong(f"这一项应写作 {zh}", f"this is written as {en}", key=True)
        return ""
    return form


def _ranged(cursor: Cursor, noun: Noun) -> Factor | None:
    cursor.has_only(FACTOR, ("low", "high"))
    least, most, only = (cursor.at(key) for key in RANGE)
    low, high = (value_of(bound, noun) if bound else None for bound in (least, most))
    flag = only.quantity("flag") if only else None
    whole = bool(flag and flag.value)
    if only and whole and spelling(noun) not in COUNTABLE:
        only.wrong("这一项不按整数计，请删去 whole", "this is not counted in whole numbers; remove `whole`", key=True)
        return None
    for bound, value in ((least, low), (most, high)):
        if whole and bound and isinstance(value, float) and not value.is_integer():
            bound.wrong(
                f"“{bound.node.text}”不是整数，而 whole 为 yes",
                f"`{bound.node.text}` is not a whole number, but `whole` is yes",
            )
            return None
    if not isinstance(low, float) or not isinstance(high, float) or most is None or not rising(most, low, high):
        return None
    kind = "integer" if whole else "real"
    return Factor(noun.name, noun.role, kind, noun.label, noun.unit, low, high)


def _of_values(cursor: Cursor, noun: Noun) -> Factor | None:
    given = cursor.at("values")
    cursor.has_only(FACTOR, ("values",))
    values = several(given, noun) if given else None
    if values is None:
        return None
    kind = "flag" if noun.unit == "flag" else "choice"
    numbers = [value for value in values if not isinstance(value, str)]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    return Factor(noun.name, noun.role, kind, noun.label, noun.unit, low, high, values=() if kind == "flag" else values)


def _by_prior(cursor: Cursor, noun: Noun, scenes: Scenes) -> Factor | None:
    if noun.kind != "parameter":
        zh, en = _form(noun)
        cursor.wrong(f"只有参数有先验；这一项应写作 {zh}", f"only parameters have a prior; this is written as {en}")
        return None
    priors = {inputs.scenario: inputs.parameters[noun.name].prior for inputs in scenes.inputs}
    prior = next(iter(priors.values()), parameters()[noun.name].prior)
    others = [scenario for scenario, one in priors.items() if one != prior]
    if others:
        first = next(iter(priors))
        cursor.wrong(
            f"情景 {'、'.join(others)} 给它的先验与 {first} 的不同；请写明 {{low: …, high: …}}",
            f"its prior in {', '.join(others)} differs from that in {first}; give {{low: …, high: …}}",
        )
        return None
    if prior.is_fixed:
        cursor.wrong(
            f"它的先验是固定值 {prior.a:g}，无从抽样；请写 {{low: …, high: …}}",
            f"its prior is the fixed value {prior.a:g}, with nothing to draw; give {{low: …, high: …}}",
        )
        return None
    return Factor(noun.name, "uncertainty", "real", noun.label, noun.unit, prior=prior)
