"""Text on a screen whose Chinese characters are two columns wide."""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from collections.abc import Sequence

_NOT_FIRST = "，。；：！？、）”’》】％%,.;:!?)"  # never at the beginning of a line


def cells(text: str) -> int:
    """Columns that `text` takes on a screen."""
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, width: int, right: bool = False) -> str:
    """`text` filled with blanks to `width` columns, at its right or (if `right`) at its left."""
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns: broken at blanks and between Chinese characters."""
    lines: list[str] = [""]
    for piece in _pieces(text):
        if lines[-1] and cells(lines[-1] + piece.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    lines[-1] = lines[-1].rstrip()
    return lines


def _pieces(text: str) -> list[str]:
    """Parts that may not be broken: a word with its blanks, a wide character with what must follow it."""
    pieces: list[str] = []
    for word in re.findall(r"\S+\s*|\s+", text):
        start = len(pieces)
        for character in word:
            begins = len(pieces) == start
            wide = _cell(character) == 2 or (not begins and _cell(pieces[-1].rstrip()[-1:] or " ") == 2)
            if begins or (wide and character not in _NOT_FIRST and not character.isspace()):
                pieces.append(character)
            else:
                pieces[-1] += character
    return pieces


def screen_width() -> int | None:
    """Columns of the terminal that standard output is; None when it is a pipe or a file."""
    if not sys.stdout.isatty():
        return None
    return max(40, shutil.get_terminal_size().columns)


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = (), width: int | None = None
) -> str:
    """Aligned columns, those numbered in `right` flush right; cells are wrapped to keep to `width`."""
    columns = list(zip(heads, *rows, strict=True))
    widths = [max(map(cells, column)) for column in columns]
    if width:
        widths = _fitted(widths, [_least(column) for column in columns], width - 2 * (len(heads) - 1))
    lines = [*_lines(heads, widths, right), "  ".join("─" * size for size in widths)]
    for row in rows:
        lines += _lines(row, widths, right)
    return "\n".join(lines)


def _least(column: Sequence[str]) -> int:
    """Columns that the longest unbreakable part needs."""
    return max((cells(piece.rstrip()) for text in column for piece in _pieces(text)), default=0)


def _fitted(widths: list[int], least: list[int], room: int) -> list[int]:
    """Take from the widest columns until all fit, or until nothing can be broken further."""
    fitted = list(widths)
    while sum(fitted) > room:
        widest = max(range(len(fitted)), key=lambda k: fitted[k] if fitted[k] > least[k] else 0)
        if fitted[widest] <= least[widest]:
            break
        fitted[widest] -= 1
    return fitted


def _lines(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> list[str]:
    parts = [wrap(text, widths[k]) for k, text in enumerate(row)]
    height = max(len(part) for part in parts)
    filled = [part + [""] * (height - len(part)) for part in parts]
    return [
        "  ".join(pad(text, widths[k], k in right) for k, text in enumerate(line)).rstrip()
        for line in zip(*filled, strict=True)
    ]
