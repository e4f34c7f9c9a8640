"""The plan: levers nested by group, for the whole place, for phases and for single districts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..model.text import nearest
from ..model.vocabulary import Lever, levers
from .cursor import Cursor
from .dates import dated_values, ramp_of, span_of
from .document import Named, Phase, Setting, Span, Where
from .grammar import ASSESSMENT, GROUP, PERIOD, PHASE, WHERE, required
from .units import written

_PER = {
    "区": "district",
    "县": "district",
    "街道": "street",
    "乡镇": "street",
    "市州": "prefecture",
    "社区": "community",
    "村": "community",
    "组织": "organization",
    "枢纽": "hub",
    "场": "session",
}


def groups() -> dict[str, dict[str, Lever]]:
    """The levers by group and short name."""
    found: dict[str, dict[str, Lever]] = {}
    for lever in levers().values():
        found.setdefault(lever.group, {})[lever.name.split(".", 1)[1]] = lever
    return found


def basis_of(lever: Lever) -> str:
    """Per what the lever's value is meant (district, street …), as its label says; "" if it does not."""
    match = re.search(r"每个?(市州|区|县|街道|乡镇|社区|村|组织|枢纽|场)", lever.label.zh)
    return _PER[match[1]] if match else ""


def settings_of(
    cursor: Cursor, outer: Span, calendar: Span, dated: bool = True, assessed: bool = False
) -> tuple[Setting, ...]:
    """The levers of a plan; `outer` closes open spans.

    A plan that is not `dated` has no dates of its own; only an `assessed` one has checks and a deadline.
    """
    if not cursor.is_mapping():
        return ()
    known, extra = groups(), list(PERIOD) if dated else []
    found: list[Setting] = []
    for key, child in cursor.entries():
        if key in known:
            if child.value is not None and child.is_mapping():
                found += _group(child, known[key], key == "assessment" and assessed, outer, calendar)
        elif key in PERIOD and not dated:
            child.wrong(
                "这里不写起止月份：阶段的起止写在阶段上，existing 始终有效",
                "no dates stand here: a phase has its own, and `existing` always holds",
                key=True,
            )
        elif key not in extra:
            _unknown_group(key, child, [*known, *extra])
    return tuple(found)


def _group(
    cursor: Cursor, known: dict[str, Lever], assessed: bool, outer: Span, calendar: Span
) -> Iterable[Setting]:
    span = span_of(cursor, calendar).within(outer)
    build_up = cursor.at("ramp")
    ramp = ramp_of(build_up) if build_up else 0
    allowed = [*known, *GROUP, *(ASSESSMENT if assessed else ())]
    cursor.has_only(allowed)
    for key, child in cursor.entries():
        if key in known and child.value is not None:
            lever = known[key]
            values = dated_values(child, _reader(lever), span, calendar, ramp, lever.unit == "flag")
            yield Setting(lever, values, child)


def _unknown_group(key: str, child: Cursor, allowed: list[str]) -> None:
    homes = [
        lever.name for lever in levers().values() if lever.name.split(".", 1)[1] == key or lever.name == key
    ]
    if homes:
        nested = "、".join(homes), " or ".join(f"`{home}`" for home in homes)
        child.wrong(
            f"杠杆要写在所属的组里：{nested[0]}", f"a lever stands inside its group: {nested[1]}", key=True
        )
        return
    like = nearest(key, [lever.name.split(".", 1)[1] for lever in levers().values()])
    if like and not nearest(key, allowed):
        allowed = [lever.name for lever in levers().values() if lever.name.endswith(f".{like}")]
    child.unknown(key, allowed)


def _reader(lever: Lever) -> Callable[[Cursor], float | None]:
    def read(cursor: Cursor) -> float | None:
        given = cursor.quantity(lever.unit)
        if given is None:
            return None
        meant = basis_of(lever)
        if given.basis and meant and given.basis != meant:
            cursor.wrong(
                f"“{cursor.node.text}”的口径不对；本项是：{lever.label.zh}",
                f"`{cursor.node.text}` is per {given.basis}; this lever is per {meant}",
            )
        return in_range(cursor, given.value, lever.low, lever.high, lever.unit)

    return read


def in_range(cursor: Cursor, value: float, low: float, high: float, unit: str) -> float | None:
    """`value` if it lies from `low` to `high`; a problem is noted otherwise."""
    if low <= value <= high:
        return value
    least, most = written(low, unit), written(high, unit)
    cursor.wrong(
        f"“{cursor.node.text}”超出范围；应在 {least.zh} 与 {most.zh} 之间",
        f"`{cursor.node.text}` is out of range; allowed is {least.en} to {most.en}",
    )
    return None


def phases_of(cursor: Cursor, calendar: Span) -> tuple[Phase, ...]:
    """The phases, in the order of the file."""
    if not cursor.is_list():
        return ()
    found = []
    for item in cursor.items():
        if not item.has_only(PHASE, required(PHASE)):
            continue
        if name := item.at("name"):
            name.pair()
        where, plan = item.at("where"), item.at("plan")
        span = span_of(item, calendar).within(calendar)
        settings = settings_of(plan, span, calendar, dated=False) if plan else ()
        found.append(Phase(settings, where_of(where) if where else Where(), item))
    return tuple(found)


def districts_of(cursor: Cursor, outer: Span, calendar: Span) -> tuple[Phase, ...]:
    """What single districts do differently: their names are keys, their levers as in a plan."""
    if not cursor.is_mapping():
        return ()
    found = []
    for name, child in cursor.entries():
        if child.value is None or not child.is_mapping():
            continue
        span = span_of(child, calendar).within(outer)
        settings = settings_of(child, span, calendar)
        found.append(Phase(settings, Where(districts=(Named(name, child, True),)), child))
    return tuple(found)


def where_of(cursor: Cursor) -> Where:
    """The places that a `where` names."""
    if not cursor.has_only(WHERE):
        return Where()
    names = {}
    for key in ("prefecture", "district"):
        given = cursor.at(key)
        items = [] if given is None else list(given.items()) if isinstance(given.value, list) else [given]
        if given is not None and not items:
            given.wrong("名单是空的", "the list is empty")
        names[key] = tuple(Named(name, item) for item in items if (name := item.words()) is not None)
    left_out = cursor.at("except")
    return Where(names["prefecture"], names["district"], where_of(left_out) if left_out else None)
