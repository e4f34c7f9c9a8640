"""What Word, PDF and HTML lay out alike: numbers of tables and figures, sizes of charts, ties within lines."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .document import FIGURE, TABLE, Block, Box, Figure, Heading, PageBreak, numbered

CHART_WIDTH = 170.0  # mm: that of the house's charts; none is drawn larger than it was made
CAPTION, HEADING = 11.0, 14.0  # mm that they take on a page of charts, with the space around them
SMALLEST = 0.62  # a page of charts shrinks them no further: their letters must stay legible
BOX = 10.0  # mm that a frame takes from the width of what it holds
LONG_TITLE = 24  # letters
TOGETHER = 12  # a table of so many rows at most is not divided between pages


def tied(text: str) -> str:
    """The text with no line break between a figure and its per cent sign."""
    return re.sub(r"(?<=\d) (?=%)", "\u00a0", text)


def title_lines(title: str) -> list[str]:
    """A long title in lines by sense: the name of the plan, then what is told of it."""
    parts = re.split(r"(?<=：)|(?<=\.) ", title, maxsplit=1)
    return parts if len(title) > LONG_TITLE and all(parts) else [title]


class Numbers:
    """Counts tables and figures through a document, boxes included."""

    def __init__(self, lang: str) -> None:
        self.lang, self.tables, self.figures = lang, 0, 0

    def table(self) -> str:
        """The number of the next table, with its word."""
        self.tables += 1
        return numbered(TABLE, self.tables, self.lang)

    def figure(self) -> str:
        """The number of the next figure, with its word."""
        self.figures += 1
        return numbered(FIGURE, self.figures, self.lang)


def proportion(png: Path) -> float:
    """Height over width of a PNG picture. Raises ValueError where the file is none."""
    with png.open("rb") as stream:
        head = stream.read(24)
    if head[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError(f"{png} is no PNG picture")
    width, height = struct.unpack(">II", head[16:24])
    return height / width


def chart_widths(blocks: Sequence[Block], width: float, height: float) -> list[float]:
    """How wide (mm) each figure stands, in reading order, where the text of a page is `width` × `height` mm.

    As wide as the text, and no higher than a page with the heading above; figures alone between two page breaks
    shrink until the page holds them all, but not below SMALLEST.
    """
    return list(_widths(blocks, width, height))


def _widths(blocks: Sequence[Block], width: float, height: float) -> Iterator[float]:
    for page in pages(blocks):
        figures = [block for block in page if isinstance(block, Figure)]
        alone = all(isinstance(block, Figure | Heading) for block in page)
        room = height - sum(HEADING if isinstance(block, Heading) else CAPTION for block in page)
        full = min(width, CHART_WIDTH)
        high = sum(proportion(figure.png) for figure in figures) * full
        shrunk = max(SMALLEST, min(1.0, room / high)) if alone and high else None
        for before, block in zip([None, *page], page, strict=False):
            if isinstance(block, Figure):
                left = height - CAPTION - (HEADING if isinstance(before, Heading) else 0)
                yield min(full * (shrunk or block.scale), left / proportion(block.png))
            elif isinstance(block, Box):
                yield from _widths(block.blocks, width - BOX, height)


def pages(blocks: Iterable[Block]) -> list[list[Block]]:
    """The blocks between page breaks."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, PageBreak):
            parts.append([])
        else:
            parts[-1].append(block)
    return parts
