"""A sheet of a workbook as data: heads with units, cells that are numbers or words, notes."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ...model.text import Text

LONGEST_NAME, LONGEST_CELL = 31, 32_767  # letters that a spreadsheet allows
NUMBERS = {
    "share": "0.0%",
    "percent_change": "+0.0%;-0.0%;0.0%",
    "whole": "#,##0",
    "one": "#,##0.0",
    "two": "#,##0.00",
    "three": "0.000",
    "year": "0",
    "month": "yyyy-mm",
    "whole_change": "+#,##0;-#,##0;0",
    "one_change": "+#,##0.0;-#,##0.0;0.0",
    "three_change": "+0.000;-0.000;0.000",
}
UNITS = {
    "share": Text("%", "%"),
    "count": Text("个", "number"),
    "persons": Text("人", "persons"),
    "score": Text("分（0～1）", "score, 0–1"),
    "yuan": Text("元", "yuan"),
    "yuan per year": Text("元/年", "yuan per year"),
    "per year": Text("次（个）/年", "per year"),
    "per month": Text("次/月", "per month"),
    "months": Text("月", "months"),
}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Number(NamedTuple):
    """A number, and how it is shown: a key of NUMBERS. Unknown (nan, None) is a blank cell."""

    value: float | date | None
    kind: str


Cell = Number | str


class Column(NamedTuple):
    """A column: what stands above it, unit included, and whether its cells are numbers."""

    head: str
    numeric: bool = False
    widest: int = 40  # letters beyond which cells are wrapped


@dataclass(frozen=True)
class Sheet:
    """A table with its title, one line on what it shows, and notes that belong below it."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: list[list[Cell]]
    notes: tuple[str, ...] = ()
    frozen: int = 1  # columns that stay in sight
    filtered: bool = True  # whether the heads have filters
    bold: tuple[int, ...] = ()  # rows

    def __post_init__(self) -> None:
        """Raises ValueError where a row does not fit the columns or words stand among numbers."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: {len(row)} cells under {len(self.columns)} heads")
            for cell, column in zip(row, self.columns, strict=True):
                if column.numeric and not isinstance(cell, Number):
                    raise ValueError(f"{self.name}: {cell!r} under {column.head}")


def known(value: float | date | None) -> bool:
    """Whether there is a number to write; infinities are none."""
    return isinstance(value, date) or (value is not None and math.isfinite(value))


def clean(text: str) -> str:
    """The text without what no workbook can hold: control characters, halves of letters; every line end is \\n."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_CELL]


def sheet_names(wanted: list[str]) -> list[str]:
    """Names that a spreadsheet allows, all different whatever their case; equal ones are numbered."""
    found: list[str] = []
    for name in wanted:
        plain = _FORBIDDEN.sub(" ", clean(name)).strip().strip("'") or "-"
        number, tried = 1, plain[:LONGEST_NAME]
        while tried.lower() in {other.lower() for other in found}:
            number += 1
            tried = f"{plain[: LONGEST_NAME - 1 - len(str(number))]} {number}"
        found.append(tried)
    return found


def unit_words(unit: str, lang: str) -> str:
    """What an indicator's unit is called; one that is not known stands as it is."""
    return UNITS[unit].of(lang) if unit in UNITS else unit


def quantity(value: float | None, unit: str) -> Number:
    """A value as its unit is best shown; the cell holds it whole."""
    if unit == "share":
        return Number(value, "share")
    if unit == "score":
        return Number(value, "three")
    if unit.startswith("yuan"):
        return Number(value, "whole")
    large = value is not None and abs(value) >= 20
    return Number(value, "whole" if large else "one")


def change(value: float | None, unit: str) -> Number:
    """A difference, with its sign."""
    if unit == "share":
        return Number(value, "percent_change")
    if unit == "score":
        return Number(value, "three_change")
    large = value is not None and abs(value) >= 20
    return Number(value, "whole_change" if large or unit.startswith("yuan") else "one_change")
