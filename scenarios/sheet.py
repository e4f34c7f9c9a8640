"""Read a CSV file as a table whose every fault has a row and a column."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from ..model.text import Problem, Refusal, Text

LARGEST = 50_000_000


@dataclass
class Sheet:
    """A table of a CSV file: its header and rows, each with its line, and the problems found so far."""

    shown: str
    header: list[str] = field(default_factory=list)
    header_line: int = 1
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[tuple[int, int, Problem]] = field(default_factory=list)

    def wrong(self, line: int, column: int, zh: str, en: str) -> None:
        """Note a problem at a line and a column, both counted from 1."""
        self.problems.append((line, column, Problem(Text(zh, en), f"{self.shown}:{line}:{column}")))

    def refuse_if_wrong(self) -> None:
        """Raise Refusal with all problems, by line and column, if there are any."""
        if self.problems:
            raise Refusal(problem for _, _, problem in sorted(self.problems, key=lambda found: found[:2]))


def read_sheet(path: Path, shown: str) -> Sheet:
    """The table in a CSV file in UTF-8 (with or without BOM) or GB18030. Raises Refusal if it is no table."""
    sheet = Sheet(shown)
    text = _decoded(path, sheet)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _take(sheet, line, [cell.strip() for cell in cells])
            line = reader.line_num + 1
    except csv.Error:
        sheet.wrong(line, 1, "从这一行起引号没有配对", "from this line on a quotation mark is not closed")
    if not sheet.header and not sheet.problems:
        sheet.wrong(
            1,
            1,
            "文件是空的；可用 miaopu roster-template 生成样表",
            "the file is empty; `miaopu roster-template` makes one to fill in",
        )
    if not sheet.rows:
        sheet.refuse_if_wrong()
    return sheet


def _take(sheet: Sheet, line: int, cells: list[str]) -> None:
    if not sheet.header:
        sheet.header, sheet.header_line = _trimmed(cells), line
        if len(sheet.header) == 1 and (
            mark := next((mark for mark in "\t;；，、" if mark in cells[0]), None)
        ):
            called = {"\t": ("制表符", "tabs")}.get(mark, (f"“{mark}”", f"`{mark}`"))
            sheet.wrong(
                line,
                1,
                f"各列以{called[0]}分隔；请另存为以英文逗号分隔的 CSV",
                f"the columns are set off by {called[1]}; save the file as CSV with commas",
            )
            sheet.refuse_if_wrong()
        return
    if _trimmed(cells) == sheet.header:
        sheet.wrong(line, 1, "这里又写了一遍表头", "the header is repeated here")
        return
    cells = cells[: len(sheet.header)] + _trimmed(cells[len(sheet.header) :])
    if len(cells) != len(sheet.header):
        sheet.wrong(
            line,
            min(len(cells), len(sheet.header)) + 1,
            f"这一行有 {len(cells)} 列，表头有 {len(sheet.header)} 列",
            f"this row has {len(cells)} fields, the header has {len(sheet.header)}",
        )
        return
    sheet.rows.append((line, cells))


def _trimmed(cells: list[str]) -> list[str]:
    """Cells without the empty ones at the end, which spreadsheets like to add."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _decoded(path: Path, sheet: Sheet) -> str:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise Refusal(
            [
                Problem(
                    Text(
                        f"{sheet.shown}：无法读取（{error.strerror}）",
                        f"{sheet.shown}: cannot be read ({error.strerror})",
                    )
                )
            ]
        ) from None
    if size > LARGEST:
        sheet.wrong(
            1,
            1,
            f"文件过大：名册不应超过 {LARGEST} 字节",
            f"the file is too large: a roster has at most {LARGEST} bytes",
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        sheet.wrong(
            1,
            1,
            "这是 Excel 工作簿；请另存为“CSV UTF-8（逗号分隔）”",
            "this is an Excel workbook; save it as “CSV UTF-8 (comma delimited)”",
        )
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        sheet.wrong(
            1,
            1,
            "编码是 UTF-16 或不是文本；请另存为“CSV UTF-8（逗号分隔）”",
            "the file is UTF-16 or no text at all; save it as “CSV UTF-8 (comma delimited)”",
        )
    sheet.refuse_if_wrong()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            before = content[: error.start]
    sheet.wrong(
        before.count(b"\n") + 1,
        1,
        "编码既不是 UTF-8 也不是 GB18030，此行起读不出；请另存为“CSV UTF-8（逗号分隔）”",
        "from this line on the file is neither UTF-8 nor GB18030; save it as “CSV UTF-8 (comma delimited)”",
    )
    sheet.refuse_if_wrong()
    return ""
