"""The points of a `list` design: rows in the file, or of a CSV with a column per factor."""

from __future__ import annotations

from pathlib import Path

from ...model.text import Refusal, nearest
from ...scenarios.composing import scalar
from ...scenarios.cursor import Cursor, offer
from ...scenarios.layers import shown
from ...scenarios.nodes import Node, Spot
from ...scenarios.sheet import Sheet, read_sheet
from .factor import Factor
from .factors_file import Factors
from .nouns import nouns, spelling, value_of, within

Row = dict[str, float | str]


def rows_of(cursor: Cursor, factors: Factors) -> tuple[Row, ...]:
    """The points written under `rows`, each with a value of every factor."""
    if not cursor.is_list():
        return ()
    if not cursor.value:
        cursor.wrong("列表是空的；至少写一个点", "the list is empty; give at least one point")
    items = [(item, item.has_only(factors.named, factors.named)) for item in cursor.items()]
    return _checked([item for item, sound in items if sound], factors)


def points_of(cursor: Cursor, base: Path, factors: Factors) -> tuple[Row, ...]:
    """The points of the CSV file that `file` names, looked up from `base`."""
    name = cursor.words()
    path = base / name if name else None
    try:
        there = path is not None and path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        there = False
    if path is None or not there:
        if name:
            like = nearest(name, sorted(one.name for one in base.glob("*.csv")))
            zh, en = (f"；是否想写 {like}？", f" — did you mean `{like}`?") if like else ("", "")
            cursor.wrong(f"找不到文件“{name}”{zh}", f"no such file: `{name}`{en}")
        return ()
    sheet = _sheet(path, cursor)
    return () if sheet is None else _checked(_cursors(sheet, cursor, factors), factors)


def _sheet(path: Path, cursor: Cursor) -> Sheet | None:
    if not path.stat().st_size:
        spot = Spot(shown(path), 1, 1)
        _at(spot, "file", cursor).wrong("文件是空的", "the file is empty")
        return None
    try:
        sheet = read_sheet(path, shown(path))
    except Refusal as refusal:
        for problem in refusal.problems:
            cursor.book.pass_on(problem)
        return None
    for line, column, problem in sheet.problems:
        cursor.book.add(_at(Spot(sheet.shown, line, column), "", cursor).node, problem.text)
    if not sheet.rows:
        spot = Spot(sheet.shown, sheet.header_line, 1)
        _at(spot, "file", cursor).wrong("表头之下没有点", "there are no points below the header")
    return sheet


def _at(spot: Spot, path: str, cursor: Cursor, text: str = "") -> Cursor:
    return Cursor(Node(scalar(text), spot, text, spot), path, cursor.book)


def _cursors(sheet: Sheet, cursor: Cursor, factors: Factors) -> list[Cursor]:
    """Each row as a mapping whose values stand at their line and column; none where the header is wrong."""
    sound = True
    for column, name in enumerate(sheet.header, 1):
        at = _at(Spot(sheet.shown, sheet.header_line, column), "file", cursor, name)
        if name not in factors.named:
            zh, en = offer(name, factors.named)
            at.wrong(f"列“{name}”不是因子{zh}", f"the column `{name}` is no factor{en}")
            sound = False
        elif name in sheet.header[: column - 1]:
            at.wrong(f"列“{name}”重复", f"the column `{name}` is given twice")
            sound = False
    for name in factors.named:
        if name not in sheet.header:
            at = _at(Spot(sheet.shown, sheet.header_line, 1), "file", cursor)
            at.wrong(f"缺少因子 {name} 的一列", f"the factor `{name}` has no column")
            sound = False
    return [_row(sheet, line, cells, cursor) for line, cells in sheet.rows] if sound else []


def _row(sheet: Sheet, line: int, cells: list[str], cursor: Cursor) -> Cursor:
    entries = {
        name: _at(Spot(sheet.shown, line, column), name, cursor, cell).node
        for column, (name, cell) in enumerate(zip(sheet.header, cells, strict=False), 1)
    }
    spot = Spot(sheet.shown, line, 1)
    return Cursor(Node(entries, spot, "", spot), "", cursor.book)


def _checked(items: list[Cursor], factors: Factors) -> tuple[Row, ...]:
    """The values of each point; empty and repeated ones are noted."""
    found: dict[tuple[float | str | None, ...], int] = {}
    rows: list[Row] = []
    for index, item in enumerate(items):
        for name in factors.named:
            cell = item.node.value.get(name)
            if not item.path and cell is not None and cell.value is None:
                Cursor(cell, name, item.book).wrong("没有取值", "has no value")
        row = {
            name: value
            for name, factor in factors.made.items()
            if (cell := item.at(name)) and (value := _value(cell, factor)) is not None
        }
        if len(row) < len(factors.named):
            continue
        first = found.setdefault(tuple(row.values()), index)
        if first != index:
            Cursor(item.node, item.path or "file", item.book).wrong(
                f"与第 {first + 1} 个点相同", f"is the same as point {first + 1}"
            )
        rows.append(row)
    return tuple(rows)


def _value(cursor: Cursor, factor: Factor) -> float | str | None:
    """The value of a listed point: in the factor's unit and among the values that it may take."""
    noun = nouns()[factor.name]
    if factor.times:
        noun = noun._replace(kind="parameter", unit="multiplier", low=factor.low, high=factor.high, basis="")
    value = value_of(cursor, noun)
    if value is None or factor.kind == "flag" or factor.prior is not None:
        return value
    if factor.kind == "choice" and value not in factor.values:
        cursor.wrong(f"“{cursor.node.text}”不在该因子的 values 之中",
                     f"`{cursor.node.text}` is not among the factor's values")  # fmt: skip
        return None
    bounds = (factor.low, factor.high)
    if factor.kind != "choice" and within(cursor, float(value), bounds, spelling(noun)) is None:
        return None
    if factor.kind == "integer" and not float(value).is_integer():
        cursor.wrong(f"“{cursor.node.text}”应为整数", f"`{cursor.node.text}` should be a whole number")
        return None
    return value


def as_written(path: Path) -> list[dict[str, object]]:
    """The points of a CSV as `rows` would say them. Empty where the file is no table."""
    try:
        sheet = read_sheet(path, path.name)
    except (Refusal, OSError):
        return []
    return [dict(zip(sheet.header, map(scalar, cells), strict=False)) for _, cells in sheet.rows]
