"""The timetable: which lever has which value in which month and district."""

from __future__ import annotations

import numpy as np

from ..model.inputs import neutral_timetable, no_shocks
from .dates import month_name
from .document import Dated, Document, Phase, Setting, Span
from .places import Gazetteer


def timetable_of(document: Document, gazetteer: Gazetteer) -> np.ndarray:
    """(months, districts) records of all levers: neutral, what exists, the plan, phases, single districts."""
    first, months = _horizon(document.calendar)
    table = neutral_timetable(months, gazetteer.count)
    everywhere = np.ones(gazetteer.count, bool)
    for setting in (*document.existing, *document.plan):
        for dated in setting.values:
            lay(table[setting.lever.field], dated, first, everywhere)
    _lay_phases(table, document.phases, first, gazetteer)
    _lay_phases(table, document.districts, first, gazetteer)
    return table


def lay(field: np.ndarray, dated: Dated, first: int, mask: np.ndarray) -> None:
    """Write one dated value into a (months, districts) field, building up linearly over its ramp."""
    months, (starts, ends) = len(field), _rows(dated.span, first, len(field))
    begin = (dated.span.first or 0) - first
    if starts >= ends:
        return
    before = field[min(max(begin - 1, 0), months - 1)].copy()
    share = np.ones(ends - starts)
    if dated.ramp > 0:
        share = np.minimum(1.0, (np.arange(starts, ends) - begin + 1) / dated.ramp)
    values = before[None, :] + (dated.value - before[None, :]) * share[:, None]
    values[share == 1.0] = dated.value  # exactly the value that was written, without rounding
    field[starts:ends, mask] = values[:, mask]


def _lay_phases(table: np.ndarray, phases: tuple[Phase, ...], first: int, gazetteer: Gazetteer) -> None:
    """Lay phases in their order; two that give one lever for the same place and time are noted."""
    owners: dict[str, np.ndarray] = {}
    for number, phase in enumerate(phases, 1):
        mask = gazetteer.districts_in(phase.where)
        for setting in phase.settings:
            owner = owners.setdefault(setting.lever.field, np.zeros(table.shape, np.int32))
            _note_clash(setting, owner, phases, first, mask)
            for dated in setting.values:
                lay(table[setting.lever.field], dated, first, mask)
                starts, ends = _rows(dated.span, first, len(table))
                owner[starts:ends, mask] = number


def _note_clash(
    setting: Setting, owner: np.ndarray, phases: tuple[Phase, ...], first: int, mask: np.ndarray
) -> None:
    for dated in setting.values:
        starts, ends = _rows(dated.span, first, len(owner))
        taken = owner[starts:ends, mask]
        if starts >= ends or not taken.any():
            continue
        row = int(np.argmax(taken.any(axis=1)))
        other = phases[int(taken[row].max()) - 1].cursor.node.head.line
        month = month_name(first + starts + row)
        setting.cursor.wrong(
            f"{setting.lever.name} 在 {month} 同一地方已由第 {other} 行的阶段给出",
            f"{setting.lever.name} is already given for this place in {month} by the phase at line {other}",
            key=True,
        )
        return


def shocks_of(document: Document, gazetteer: Gazetteer) -> tuple[np.ndarray, np.ndarray]:
    """Multipliers (months, districts) and the share struck off each month; shocks at one time multiply."""
    first, months = _horizon(document.calendar)
    table, struck = no_shocks(months, gazetteer.count), np.zeros((months, gazetteer.count))
    for shock in document.shocks:
        mask = gazetteer.districts_in(shock.where)
        starts, ends = _rows(shock.span, first, months)
        for name, factor in shock.multiply.items():
            table[name][starts:ends, mask] *= factor
        length = max((shock.span.last or 0) - (shock.span.first or 0) + 1, 1)
        kept = (1.0 - shock.clean_up) ** (1.0 / length)
        struck[starts:ends, mask] = 1.0 - (1.0 - struck[starts:ends, mask]) * kept
    return table, struck


def budget_of(values: tuple[Dated, ...], calendar: Span) -> np.ndarray:
    """(months,) yuan per year and unit, as in force in each month."""
    first, months = _horizon(calendar)
    budget = np.zeros((months, 1))
    for dated in values:
        lay(budget, dated, first, np.ones(1, bool))
    return budget[:, 0]


def _horizon(calendar: Span) -> tuple[int, int]:
    first, last = calendar.first or 0, calendar.last or 0
    return first, last - first + 1


def _rows(span: Span, first: int, months: int) -> tuple[int, int]:
    """First row and the one after the last, inside the horizon."""
    begins = first if span.first is None else span.first
    ends = first + months - 1 if span.last is None else span.last
    starts = min(max(begins - first, 0), months)
    return starts, max(min(ends - first + 1, months), starts)
