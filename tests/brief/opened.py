"""The words of a brief that has been written, read back from its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pypdfium2
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

VOID = {"meta", "col", "br", "img", "link", "hr", "input"}


def opened_word(path: Path) -> Any:
    """The Word file."""
    return docx.Document(str(path))


def word_parts(place: Any) -> Iterator[WordParagraph | WordTable]:
    """Paragraphs and tables in reading order, those in frames and cells included."""
    for part in place.iter_inner_content():
        yield part
        if isinstance(part, WordTable):
            for row in part.rows:
                for cell in row.cells:
                    yield from word_parts(cell)


def word_paragraphs(path: Path) -> list[WordParagraph]:
    """All paragraphs in reading order."""
    return [part for part in word_parts(opened_word(path)) if isinstance(part, WordParagraph)]


def pdf_pages(path: Path) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(path) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def pdf_words(path: Path, run_id: str) -> str:
    """The text of all pages without their footers, which name the run and the page."""
    mark = rf"(编号|run id) {re.escape(run_id)}\s+\d+ / \d+"
    return "\n".join(re.sub(mark, "", page) for page in pdf_pages(path))


class Page(HTMLParser):
    """Elements with their attributes, and the words of the body outside drawings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag  # well nested

    def handle_data(self, data: str) -> None:
        if "main" in self.open and not {"svg", "style", "script"} & set(self.open):
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(path: Path) -> Page:
    """The HTML file."""
    return Page(path.read_text(encoding="utf-8"))
