"""Tables in a Word file: columns, lines, heads that repeat, rows that stay whole, frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .document import Table
from .layout import TOGETHER, tied
from .word_parts import element, qualified

INK, HAIR = "222222", "C9C9C9"
RULES = {"top": (12, INK), "bottom": (12, INK), "insideH": (4, HAIR)}  # lines: eighths of a point, colour
FRAME: dict[str, tuple[int, str]] = dict.fromkeys(("top", "left", "bottom", "right"), (4, "BBBBBB"))


def add_table(place: Any, table: Table, width: float, cell_style: Any) -> Any:
    """Set `table` at the end of `place` (a file or a cell), `width` mm wide."""
    made = _grid(place, 1 + len(table.rows), [width * part / sum(table.widths) for part in table.widths], RULES)
    made._tbl.tblPr.append(element("tblCaption", val=tied(table.caption)))
    together = len(table.rows) <= TOGETHER
    for number, (row, words) in enumerate(zip(made.rows, (table.heads, *table.rows), strict=True)):
        head, last = number == 0, number == len(table.rows)
        _mark(row, head)
        for column, (cell, said) in enumerate(zip(row.cells, words, strict=True)):
            bold = head or number - 1 in table.strong
            _fill(cell, said, cell_style, bold, column in table.right, (together or head) and not last)
            if head:
                _rule_below(cell)
    return made


def add_frame(place: Any, width: float) -> Any:
    """A frame at the end of `place`, `width` mm wide: its only cell."""
    (row,) = _grid(place, 1, [width], FRAME).rows
    (cell,) = row.cells
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill="F6F5F2"))
    return cell


def _grid(place: Any, rows: int, widths: Sequence[float], lines: dict[str, tuple[int, str]]) -> Any:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm
    from docx.table import _Cell

    table = place.add_table(rows, len(widths))
    if isinstance(place, _Cell):  # python-docx adds an empty paragraph below; what follows the table is one
        place._element.remove(place.paragraphs[-1]._p)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_line(side, *lines.get(side, (0, ""))))
    table._tbl.tblPr.find(qualified("tblLayout")).addprevious(borders)
    return table


def _fill(cell: Any, said: str, style: Any, bold: bool, right: bool, next_too: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    (words,) = cell.paragraphs
    words.style = style
    words.add_run(tied(said)).bold = True if bold else None
    if right:
        words.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if next_too:
        words.paragraph_format.keep_with_next = True


def _mark(row: Any, head: bool) -> None:
    """A row is not divided between pages; a head is repeated on each page."""
    inner = row._tr.get_or_add_trPr()
    inner.append(element("cantSplit"))
    if head:
        inner.append(element("tblHeader"))


def _rule_below(cell: Any) -> None:
    borders = element("tcBorders")
    borders.append(_line("bottom", 8, INK))
    cell._tc.get_or_add_tcPr().append(borders)


def _line(side: str, eighths: int, colour: str) -> Any:
    if not eighths:
        return element(side, val="nil")
    return element(side, val="single", sz=str(eighths), space="0", color=colour)
