"""Bounds and lists of values of a factor."""

from __future__ import annotations

from ...scenarios.cursor import Cursor
from .nouns import Noun, value_of


def rising(most: Cursor, low: float, high: float) -> bool:
    """Whether `high` lies above `low`; a problem is noted at `high` otherwise."""
    if low < high:
        return True
    if low == high:
        most.wrong("上限与下限相同；不变动的取值请写在 constants 中",
                   "`high` is the same as `low`; what does not vary belongs under `constants`")  # fmt: skip
    else:
        most.wrong(f"“{most.node.text}”小于下限，上下限写反了",
                   f"`{most.node.text}` is below `low`; the bounds are the wrong way round")
    return False


def several(given: Cursor, noun: Noun) -> tuple[float | str, ...] | None:
    """At least two different values of the noun."""
    if not given.is_list():
        return None
    found: dict[float | str, int] = {}
    sound = True
    for index, item in enumerate(given.items()):
        value = value_of(item, noun)
        if value is None:
            sound = False
        elif value in found:
            sound = False
            item.wrong(f"“{item.node.text}”重复（同第 {found[value] + 1} 个值）",
                       f"`{item.node.text}` is listed already (value {found[value] + 1})")  # fmt: skip
        else:
            found[value] = index
    if sound and len(found) < 2:
        given.wrong("至少要有两个值", "should list at least two values")
        return None
    return tuple(found) if sound else None
