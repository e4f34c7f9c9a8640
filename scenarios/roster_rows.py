"""Read the cells of a roster: names, counts, kinds and yes or no, each fault at its row and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..model.text import nearest
from .cursor import offer
from .roster_columns import COLUMNS, COMMUNITY_KINDS, HUB, STREET_KINDS, plain
from .roster_header import read_header
from .sheet import Sheet

_LIMITS = {
    "residents": (1, 5_000_000),
    "communities": (1, 1000),
    "filed": (0, 100_000),
    "registered": (0, 100_000),
    "groups": (0, 100_000),
}
_GROUPED = re.compile(r"[0-9]{1,3}([, '][0-9]{3})+")


@dataclass
class Row:
    """One row: its line, and its values by column (None: blank or wrong)."""

    line: int
    value: dict[str, Any] = field(default_factory=dict)


@dataclass
class Rows:
    """A roster's rows, its kind ("street" or "community"), and where its columns stand (from 1)."""

    sheet: Sheet
    by: str
    column: dict[str, int]
    rows: list[Row] = field(default_factory=list)

    def wrong(self, row: Row, column: str, zh: str, en: str) -> None:
        """Note a problem in a cell, its column's name first."""
        label = COLUMNS[column].label
        self.sheet.wrong(row.line, self.column.get(column, 1), f"{label.zh}：{zh}", f"{label.en}: {en}")


def read_rows(sheet: Sheet) -> Rows:
    """All rows of a roster; problems are noted in the sheet. Raises Refusal if the header is wrong."""
    by, column = read_header(sheet)
    found = Rows(sheet, by, column)
    if not sheet.rows:
        sheet.wrong(sheet.header_line, 1, "只有表头，没有内容", "there is a header but no row below it")
    for line, cells in sheet.rows:
        row = Row(line)
        for name, place in column.items():
            row.value[name] = _READERS[name](found, row, name, cells[place - 1])
        found.rows.append(row)
    return found


def _name(rows: Rows, row: Row, column: str, cell: str) -> str | None:
    optional = not COLUMNS[column].required
    if not cell and optional:
        return None
    if not cell:
        rows.wrong(row, column, "不能空", "may not be blank")
    elif cell[0] in "=+-@＝＋－＠":
        rows.wrong(
            row,
            column,
            f"“{cell}”像是公式；名称不能以 = + - @ 开头",
            f"`{cell}` looks like a formula; a name may not begin with = + - @",
        )
    elif any(unicodedata.category(letter).startswith("C") for letter in cell) or "/" in cell:
        rows.wrong(
            row,
            column,
            "名称里不能有斜杠、换行或控制字符",
            "a name may not hold a slash, a line break or a control character",
        )
    elif len(cell) > 60:
        rows.wrong(
            row,
            column,
            f"名称过长（{len(cell)} 字，最多 60 字）",
            f"the name is too long ({len(cell)} letters, at most 60)",
        )
    else:
        return cell
    return None


def _count(rows: Rows, row: Row, column: str, cell: str) -> int | None:
    low, high = _LIMITS[column]
    digits = unicodedata.normalize("NFKC", cell)
    if not cell and low == 0:
        return None
    if re.fullmatch(r"[0-9]+", digits) and low <= int(digits[:12]) <= high:
        return int(digits)
    if not cell:
        rows.wrong(row, column, "不能空", "may not be blank")
    elif _GROUPED.fullmatch(digits):
        bare = re.sub(r"[^0-9]", "", digits)
        rows.wrong(
            row,
            column,
            f"“{cell}”不要用千位分隔符，请写 {bare}",
            f"`{cell}` has thousands separators; write {bare}",
        )
    else:
        zh, en = ("，不清楚则留空", ", or blank if unknown") if low == 0 else ("", "")
        rows.wrong(
            row,
            column,
            f"“{cell}”应为 {low} 到 {high} 的整数，只写数字{zh}",
            f"`{cell}` should be a whole number from {low} to {high}, digits only{en}",
        )
    return None


def _kind(rows: Rows, row: Row, column: str, cell: str) -> str | None:
    allowed = STREET_KINDS if rows.by == "street" else COMMUNITY_KINDS
    if plain(cell) in allowed:
        return allowed[plain(cell)]
    zh, en = offer(plain(cell), allowed) if cell else ("", "")
    chinese = "、".join(word for word in allowed if not word.isascii())
    english = ", ".join(word for word in allowed if word.isascii())
    shown = nearest(plain(cell), allowed) if cell else None
    rows.wrong(
        row,
        column,
        f"“{cell}”应为{chinese}之一{zh if shown else ''}",
        f"`{cell}` should be one of {english}{en if shown else ''}",
    )
    return None


def _hub(rows: Rows, row: Row, column: str, cell: str) -> int | None:
    if not cell:
        return -1
    if plain(cell) in HUB:
        return HUB[plain(cell)]
    rows.wrong(
        row,
        column,
        f"“{cell}”应为 是 或 否，不清楚则留空",
        f"`{cell}` should be yes or no, or blank if unknown",
    )
    return None


def _list(rows: Rows, row: Row, column: str, cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;；、]", cell) if part.strip()]


_READERS: dict[str, Callable[[Rows, Row, str, str], Any]] = {
    **{name: _name for name in ("prefecture", "district", "street", "community")},
    **{name: _count for name in _LIMITS},
    "kind": _kind,
    "hub": _hub,
    "neighbours": _list,
}
