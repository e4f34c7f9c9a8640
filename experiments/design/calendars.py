"""The months of an experiment: inside every scenario's calendar, the same in all, no target cut off."""

from __future__ import annotations

from ...model.inputs import Inputs
from ...model.targets import months_checked
from ...scenarios.cursor import Cursor
from ...scenarios.dates import month_name
from ..variants import until as cut
from .scenario_list import Scenes


def until_of(cursor: Cursor | None, scenes: Scenes) -> tuple[int, int] | None:
    """The month with which runs end: inside every calendar and not before a target is due."""
    ordinal = cursor.month() if cursor else None
    if cursor is None or ordinal is None:
        return None
    year, month = ordinal // 12, ordinal % 12 + 1
    for inputs in scenes.inputs:
        last, index = inputs.months - 1, inputs.month_index(year, month)
        if not 0 <= index <= last:
            ends = (month_name(ordinal - index), month_name(ordinal - index + last))
            cursor.wrong(
                f"不在情景 {inputs.scenario} 的模拟时段 {ends[0]} 至 {ends[1]} 之内",
                f"lies outside the calendar of {inputs.scenario}, {ends[0]} to {ends[1]}",
            )
            continue
        shorter = cut(inputs, index)
        due = {target.id: max(months_checked(target, shorter), default=-1) for target in inputs.targets}
        late = [name for name, month in due.items() if month > index]
        if late:
            when = month_name(ordinal - index + max(due.values()))
            cursor.wrong(
                f"早于情景 {inputs.scenario} 的目标考核月份（{'、'.join(late)}，最晚 {when}）",
                f"is before targets of {inputs.scenario} are due ({', '.join(late)}; the last in {when})",
            )
    return year, month


def note_other_calendars(scenes: Scenes, until: tuple[int, int] | None) -> None:
    """Note scenarios that do not run over the same months as the first: their results could not stand side by side."""
    if not scenes.items or not scenes.one_place:
        return
    first = _months(scenes.inputs[0], until)
    for item, inputs in zip(scenes.items, scenes.inputs, strict=True):
        own = _months(inputs, until)
        if own != first:
            item.wrong(
                f"推演时段 {own[0]} 至 {own[1]} 与第一个情景的 {first[0]} 至 {first[1]} 不同"
                + ("；可用 until 截到同一个月" if own[0] == first[0] else ""),
                f"runs from {own[0]} to {own[1]}, the first scenario from {first[0]} to {first[1]}"
                + ("; `until` can end all with the same month" if own[0] == first[0] else ""),
            )


def _months(inputs: Inputs, until: tuple[int, int] | None) -> tuple[str, str]:
    first = inputs.first_year * 12 + inputs.first_month - 1
    last = first + inputs.months - 1
    return month_name(first), month_name(min(last, until[0] * 12 + until[1] - 1) if until else last)
