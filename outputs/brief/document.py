"""A brief as blocks, before it becomes Word, PDF or HTML: what is said, and nothing of how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...model.text import Text

TABLE, FIGURE = Text("表", "Table"), Text("图", "Figure")


@dataclass(frozen=True)
class Run:
    """Words of one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `style`: body, lead (the answer), note (below a table), meta (run id, date)."""

    runs: tuple[Run, ...]
    style: str = "body"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Bullets:
    items: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption (without its number), heads, rows of cells and notes below it.

    `widths` are relative; `right` are the places of columns that are set flush right; `strong` those of rows in bold.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    notes: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A chart: its caption (without its number), what it shows for those who cannot see it, and its files."""

    name: str
    caption: str
    alt: str
    png: Path
    svg: Path
    scale: float = 1.0  # of the width of the text


@dataclass(frozen=True)
class Box:
    """A frame with a title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Bullets | Table | Figure | Box | PageBreak


@dataclass(frozen=True)
class Document:
    """A brief in one language."""

    lang: str  # zh or en
    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    run_id: str
    date: str  # of the runs, 2026-11-22: the document has no clock of its own
    version: str
    keywords: tuple[str, ...] = field(default_factory=tuple)


def plain(text: str, style: str = "body") -> Paragraph:
    """A paragraph of one weight."""
    return Paragraph((Run(text),), style)


def numbered(kind: Text, number: int, lang: str) -> str:
    """表1, or Table 1."""
    return f"{kind.zh}{number}" if lang == "zh" else f"{kind.en} {number}"


def figures(document: Document) -> list[Figure]:
    """Every chart, in reading order."""

    def within(blocks: tuple[Block, ...]) -> Iterator[Figure]:
        for block in blocks:
            if isinstance(block, Figure):
                yield block
            elif isinstance(block, Box):
                yield from within(block.blocks)

    return list(within(document.blocks))


def lines(document: Document) -> list[str]:
    """All words of a document in reading order, a line for each heading, paragraph, caption, cell and note."""
    numbers = {TABLE: 0, FIGURE: 0}
    return [document.title, document.subtitle, *_lines(document.blocks, document.lang, numbers)]


def _lines(blocks: tuple[Block, ...], lang: str, numbers: dict[Text, int]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(text=text):
                yield text
            case Paragraph():
                yield block.text
            case Bullets(items=items):
                yield from (item.text for item in items)
            case Table():
                numbers[TABLE] += 1
                yield f"{numbered(TABLE, numbers[TABLE], lang)}  {block.caption}"
                yield from block.heads
                yield from (cell for row in block.rows for cell in row)
                yield from block.notes
            case Figure():
                numbers[FIGURE] += 1
                yield f"{numbered(FIGURE, numbers[FIGURE], lang)}  {block.caption}"
            case Box():
                yield block.title
                yield from _lines(block.blocks, lang, numbers)
            case PageBreak():
                pass
