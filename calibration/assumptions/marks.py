"""Which figures of a file are judgement, as its comments say: the mark K beside a line or above a block of lines.

A comment at the end of a line speaks of that line and of what stands below it, further in. A comment on lines of its
own speaks of what follows, at its own depth or further in, until the next such comment. The nearest one counts, and a
line's own comes first. What heads a file before its first entry explains the marks and marks nothing.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

JUDGED = re.compile(r"\bK\b")
_BESIDE = re.compile(r"\s#\s")


class _Said(NamedTuple):
    """A comment and the least depth of the lines that it speaks of."""

    depth: int
    text: str


@cache
def comments(path: Path) -> dict[int, str]:
    """The comment that speaks of each line of entries (numbered from 1); "" where none does."""
    found: dict[int, str] = {}
    above: list[_Said] = []
    block: _Said | None = None
    begun = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        depth, words = len(line) - len(line.lstrip()), line.strip()
        if not words:
            continue
        if words.startswith("#"):
            said = f"{block.text} {words[1:].strip()}" if block else words[1:].strip()
            block = _Said(depth, said)
            continue
        if block and begun:
            above = [one for one in above if one.depth < block.depth]
            above.append(block)
        block, begun = None, True
        above = [one for one in above if one.depth <= depth]
        beside = _BESIDE.split(line, maxsplit=1)
        found[number] = beside[1].strip() if len(beside) > 1 else above[-1].text if above else ""
        if len(beside) > 1:
            above.append(_Said(depth + 1, beside[1].strip()))
    return found


def judged(path: Path) -> dict[int, str]:
    """The lines of entries that are marked K, with what is said of them."""
    return {number: text for number, text in comments(path).items() if JUDGED.search(text)}
