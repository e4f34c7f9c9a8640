"""Sheets written as an XLSX file: whole or not at all, the same bytes for the same sheets, and never a formula."""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model.text import Problem, Refusal, Text
from ..words import wide
from .cells import NUMBERS, Cell, Number, Sheet, clean, known

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = "等线"  # named, not carried along: every Office has it or puts its own in its place
TITLE_ROW, ABOUT_ROW, HEAD_ROW = 0, 1, 2
NARROWEST, LOOKED_AT = 7, 2000  # letters; rows that decide how wide a column is
HEAD_LINES = 3  # lines that heads may take
A4 = 9
DANGEROUS = ("=", "+", "-", "@", "\t", "\n", "'")  # a spreadsheet would take it for a formula when a cell is edited
_AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Properties(NamedTuple):
    """What the file says of itself. `created` is the day of the runs: the file has no clock of its own."""

    title: str
    subject: str
    run_id: str
    version: str
    created: datetime


def write_sheets(sheets: Sequence[Sheet], path: Path, said: Properties) -> Path:
    """Write the sheets in their order to `path`, which appears whole; returns it.

    Raises Refusal where the file cannot be put there, for instance because a spreadsheet program has it open.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        os.close(handle)
        try:
            _write(sheets, Path(part), said)
            os.chmod(part, 0o644)
            os.replace(part, path)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        raise Refusal([Problem(Text(
            f"无法写入 {path}（{error.strerror}）：如该文件正在 Excel 或 WPS 中打开，请先关闭",
            f"cannot write {path} ({error.strerror}): if a spreadsheet program has it open, close it there first",
        ))]) from error  # fmt: skip
    return path


def _write(sheets: Sequence[Sheet], path: Path, said: Properties) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {**_AS_WRITTEN, "in_memory": True})
    book.set_properties({
        "title": clean(said.title), "subject": clean(said.subject), "author": f"miaopu {said.version}",
        "keywords": f"run {said.run_id}", "comments": f"run {said.run_id}, {said.created:%Y-%m-%d}",
        "created": said.created,
    })  # fmt: skip
    looks = _Looks(book)
    for sheet in sheets:
        _Page(book.add_worksheet(sheet.name), sheet, looks).write(said.run_id)
    book.close()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book, self._made = book, dict[tuple[Any, ...], Any]()

    def of(self, **wanted: Any) -> Format:
        """The format with these properties."""
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            whole = {"font_name": FONT, "font_size": 10, "valign": "top", **wanted}
            self._made[key] = self._book.add_format(whole)
        return self._made[key]


class _Page:
    """One worksheet."""

    def __init__(self, page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
        self.page, self.sheet, self.looks = page, sheet, looks

    def write(self, run_id: str) -> None:
        """Title, heads, rows, notes, and how all that is shown and printed."""
        sheet, looks = self.sheet, self.looks
        self._across(TITLE_ROW, sheet.title, 13, bold=True)
        self._across(ABOUT_ROW, sheet.about, 10, font_color="#555555")
        head = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "vcenter"}
        for place, column in enumerate(sheet.columns):
            self._words(HEAD_ROW, place, column.head, **head, align="right" if column.numeric else "left")
            self.page.set_column(place, place, self._width(place), looks.of())
        self.page.set_row(HEAD_ROW, 15.0 * HEAD_LINES if any(column.numeric for column in sheet.columns) else 18)
        for place, row in enumerate(sheet.rows):
            for at, cell in enumerate(row):
                self._cell(HEAD_ROW + 1 + place, at, cell, bold=place in sheet.bold)
        last = HEAD_ROW + len(sheet.rows)
        for place, note in enumerate(sheet.notes):
            self._across(last + 2 + place, note, 9, font_color="#555555")
        if sheet.filtered and sheet.rows:
            self.page.autofilter(HEAD_ROW, 0, last, len(sheet.columns) - 1)
        self._set_up(run_id)

    def _set_up(self, run_id: str) -> None:
        """Frozen heads; A4 landscape, as many pages long as it takes, heads on each."""
        self.page.freeze_panes(HEAD_ROW + 1, self.sheet.frozen)
        self.page.hide_gridlines(2)
        self.page.set_paper(A4)
        self.page.set_landscape()
        self.page.set_margins(0.5, 0.5, 0.6, 0.6)
        self.page.repeat_rows(HEAD_ROW)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer(f"&L{run_id}&C&A&R&P / &N")

    def _cell(self, row: int, column: int, cell: Cell, bold: bool) -> None:
        """A number, a blank where it is not known, or words."""
        more = {"bold": True} if bold else {}
        if isinstance(cell, str):
            self._words(row, column, cell, **more, text_wrap=True)
            return
        look = self.looks.of(**more, num_format=NUMBERS[cell.kind], align="right")
        value = cell.value
        if value is None or not known(value):
            self.page.write_blank(row, column, None, look)
        elif isinstance(value, date):
            self.page.write_datetime(row, column, value, look)
        else:
            self.page.write_number(row, column, float(value), look)

    def _words(self, row: int, column: int, said: str, **look: Any) -> None:
        """Words as they are; what looks like a formula is marked as words, so that editing makes none of it."""
        text = clean(said)
        if text.startswith(DANGEROUS):
            look["quote_prefix"] = True
        self.page.write_string(row, column, text, self.looks.of(**look))

    def _across(self, row: int, said: str, size: int, **look: Any) -> None:
        """A line over all columns, wrapped: what runs out of them would make the printed page wider."""
        last = len(self.sheet.columns) - 1
        whole = {**look, "font_size": size, "text_wrap": True}
        if last:
            self.page.merge_range(row, 0, row, last, "", self.looks.of(**whole))
        self._words(row, 0, said, **whole)
        room = sum(self._width(place) for place in range(last + 1)) * 10 / size
        self.page.set_row(row, 1.5 * size * math.ceil(1.08 * _breadth(said) / room))

    def _width(self, place: int) -> float:
        """Room for the longest cell, and for the head in a few lines."""
        column = self.sheet.columns[place]
        longest = max((_letters(row[place]) for row in self.sheet.rows[:LOOKED_AT]), default=0)
        head = _breadth(column.head) / (HEAD_LINES - 1) if column.numeric else _breadth(column.head)
        return min(column.widest, max(NARROWEST, longest, head)) + 2.5  # the filter's button takes room


def _letters(cell: Cell) -> int:
    """How many narrow letters a cell takes as it is shown."""
    if isinstance(cell, str):
        return max(map(_breadth, cell.split("\n")))
    if not isinstance(cell, Number) or cell.value is None or not known(cell.value):
        return 0
    return 7 if isinstance(cell.value, date) else len(f"{float(cell.value):,.0f}") + 4


def _breadth(text: str) -> int:
    return sum(2 if wide(letter) else 1 for letter in text)
