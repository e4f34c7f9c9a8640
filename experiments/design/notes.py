"""Checks that several sections of an experiment file share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from ...model.text import Text
from ...scenarios.cursor import Cursor

Value = TypeVar("Value")


def at_top(root: Cursor, zh: str, en: str) -> None:
    """Note a problem of the file as a whole."""
    root.book.add(root.node, Text(f"experiment：{zh}", f"experiment: {en}"), True)


def missing(root: Cursor, key: str) -> None:
    """Note that a key of the file is missing."""
    at_top(root, f"缺少必填项 {key}", f"the key `{key}` is missing")


def unique(cursor: Cursor, read: Callable[[Cursor], Value | None]) -> tuple[Value, ...]:
    """The items of a list (a bare word stands for a list of one), each once; a repeated one is noted."""
    items: Iterable[Cursor] = cursor.items() if isinstance(cursor.value, list) else [cursor]
    found: dict[Value, int] = {}
    for index, item in enumerate(items):
        value = read(item)
        if value is None:
            continue
        if value in found:
            item.wrong(
                f"“{item.node.text}”重复（同第 {found[value] + 1} 项）",
                f"`{item.node.text}` is listed already (item {found[value] + 1})",
            )
        found.setdefault(value, index)
    return tuple(found)


def named(allowed: Iterable[str]) -> Callable[[Cursor], str | None]:
    """A reader of one of the allowed names, with the nearest one where it is none."""
    words = list(allowed)

    def read(cursor: Cursor) -> str | None:
        name = cursor.words()
        if name is not None and name not in words:
            cursor.unknown(name, words, key=False)
            return None
        return name

    return read
