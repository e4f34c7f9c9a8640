"""Targets: what is to be reached, measured by an indicator, by a month or in every year."""

from __future__ import annotations

import re

from ..model.inputs import READINGS, Target
from ..model.vocabulary import Indicator, clauses, indicators
from .cursor import Cursor
from .dates import inside_calendar
from .document import Span
from .grammar import COUNTS, EVERY, SCOPES, TARGET, required
from .units import NAMES

TOPICS = {
    "street_hub_coverage": "rounding",
    "streets_with_hub": "rounding",
    "leader_training_sessions": "sessions",
    "excellent_organizations": "exemplars",
}
_SOME = re.compile(
    r"(?P<count>\d+)\s*(?:(?P<district>districts?|个?区县?|个县市区)|(?P<prefecture>prefectures?|个?市州))"
)


def targets_of(cursor: Cursor, calendar: Span, readings: dict[str, str]) -> tuple[Target, ...]:
    """The targets, in the order of the file; `readings` are the scenario's own."""
    if not cursor.is_list():
        return ()
    found: list[Target] = []
    names: dict[str, int] = {}
    for item in cursor.items():
        if not item.has_only(TARGET, required(TARGET)):
            continue
        target = _target(item, calendar, readings)
        given = item.at("id")
        if given and given.node.text in names:
            first = names[given.node.text]
            given.wrong(
                f"代号“{given.node.text}”重复（已用于第 {first} 行）",
                f"the id `{given.node.text}` is taken (at line {first})",
            )
        elif given:
            names[given.node.text] = given.node.spot.line
        if target is not None:
            found.append(target)
    return tuple(found)


def _target(item: Cursor, calendar: Span, readings: dict[str, str]) -> Target | None:
    identity, label = item.at("id"), item.at("label")
    identifier = identity.words() if identity else None
    named = label.pair() if label else None
    clause = _clause(item.at("clause"))
    indicator = _indicator(item.at("indicator"))
    sense, threshold = _threshold(item, indicator)
    by = _deadline(item, calendar)
    scope, count = scope_of(item.at("in"))
    counts = _counts(item.at("counts"), indicator)
    reading = _reading(item.at("reading"), indicator, readings)
    if identifier is None or indicator is None or threshold is None:
        return None
    if scope != "whole" and not indicator.by_district:
        item.wrong(
            f"指标 {indicator.name} 没有分区（县）的数，in 只能是 whole",
            f"`{indicator.name}` is not measured by district; `in` can only be whole",
            key=True,
        )
    place = (scope, count, counts, reading)
    return Target(
        identifier, named or indicator.label, clause, indicator.name, sense, threshold, by, by is None, *place
    )


def _clause(given: Cursor | None) -> str:
    if given is None:
        return ""
    if given.node.text not in clauses():
        given.unknown(given.node.text, clauses(), key=False)
    return given.node.text


def _indicator(given: Cursor | None) -> Indicator | None:
    if given is None:
        return None
    if given.node.text not in indicators():
        given.unknown(given.node.text, indicators(), key=False)
    return indicators().get(given.node.text)


def _threshold(item: Cursor, indicator: Indicator | None) -> tuple[str, float | None]:
    least, most = item.at("at_least"), item.at("at_most")
    given, sense = (least, ">=") if least else (most, "<=")
    if given is None or (least and most):
        item.wrong(
            "at_least（不低于）和 at_most（不高于）应写且只写一个",
            "give exactly one of `at_least` and `at_most`",
            key=True,
        )
        return sense, None
    if indicator is None:
        return sense, None
    unit = indicator.unit if indicator.unit in NAMES else "count"
    counted = unit in ("per year", "per month") and isinstance(given.value, int | float)
    said = given.quantity("count" if counted else unit)
    if said is None:
        return sense, None
    if said.value < 0 or (unit == "share" and said.value > 1):
        bounds = (
            ("在 0% 与 100% 之间", "between 0 % and 100 %") if unit == "share" else ("不小于 0", "0 or more")
        )
        given.wrong(
            f"“{given.node.text}”超出范围；应{bounds[0]}",
            f"`{given.node.text}` is out of range; it should be {bounds[1]}",
        )
        return sense, None
    return sense, said.value


def _deadline(item: Cursor, calendar: Span) -> int | None:
    """The target's month as an index of the calendar; None where it holds for every year."""
    by, every = item.at("by"), item.at("every")
    if (by is None) == (every is None):
        where = every or item
        where.wrong(
            "by（到某月）和 every: year（每年）应写且只写一个",
            "give exactly one of `by` and `every: year`",
            key=True,
        )
        return None
    if every:
        every.choice(EVERY)
        return None
    month = by.month() if by else None
    if by is None or month is None or calendar.first is None or calendar.last is None:
        return None
    inside_calendar(Span(month, month), calendar, by)
    return month - calendar.first


def scope_of(given: Cursor | None) -> tuple[str, int | None]:
    """Where a target must be reached: the scope, and how many of them (None: all)."""
    if given is None:
        return "whole", None
    match = _SOME.fullmatch(given.node.text)
    if match:
        return ("every district" if match["district"] else "every prefecture"), int(match["count"])
    return given.choice(SCOPES) or "whole", None


def _counts(given: Cursor | None, indicator: Indicator | None) -> str:
    both = bool(indicator and indicator.effective)
    if given is None:
        return "nominal" if both else ""
    said = given.choice(COUNTS)
    if indicator is not None and not both:
        given.wrong(
            f"指标 {indicator.name} 没有“名义”与“实际”之分，请删去 counts",
            f"`{indicator.name}` has no nominal and effective form; remove `counts`",
            key=True,
        )
        return ""
    return said or "nominal"


def _reading(given: Cursor | None, indicator: Indicator | None, readings: dict[str, str]) -> str:
    if indicator is None:
        return ""
    topic = TOPICS.get(indicator.name)
    if given is None:
        return readings.get(topic, "") if topic else ""
    if topic is None:
        given.wrong(
            f"指标 {indicator.name} 没有歧义读法，请删去 reading",
            f"`{indicator.name}` has no ambiguous reading; remove `reading`",
            key=True,
        )
        return ""
    return given.choice(READINGS[topic]) or ""
