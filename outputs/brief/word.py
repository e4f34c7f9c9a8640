"""A brief as a Word file that a bureau goes on editing: its own styles, tables, captions and fields, no tricks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from ...model.text import Problem, Refusal, Text
from ..whole import write_whole
from .document import FIGURE, TABLE, Block, Box, Bullets, Document, Figure, Heading, PageBreak, Paragraph, Table
from .layout import BOX, Numbers, chart_widths, tied, title_lines
from .word_parts import add_field, save_timeless, set_languages
from .word_styles import prepare
from .word_tables import add_frame, add_table

STYLES = {"body": "Body Text", "lead": "Brief Lead", "note": "Brief Note", "meta": "Brief Note"}
MM = 36000  # of Word's units of length


def write_word(document: Document, path: Path, template: Path | None = None) -> None:
    """Write `document` as Word to `path`, whole or not at all; equal documents give equal bytes.

    `template` is a Word file of a bureau's own: its page, header and styles are used, its text is not. Raises Refusal
    where it cannot be read.
    """
    word = _opened(template)
    prepare(word, document.lang, own=template is not None)
    set_languages(word)
    _properties(word, document)
    _Setter(word, document, own=template is not None).set()
    _footer(word, document)
    write_whole(path, lambda part: save_timeless(word, part))


def _opened(template: Path | None) -> Any:
    import docx

    try:
        word = docx.Document(None if template is None else str(template))
    except Exception as error:  # zip, XML and package errors of many kinds
        told = Text(f"{template} 打不开，不是 Word 文件（.docx）：{error}",
                    f"{template} cannot be opened as a Word file (.docx): {error}")  # fmt: skip
        raise Refusal([Problem(told)]) from error
    for child in list(word.element.body):
        if not child.tag.endswith("}sectPr"):
            word.element.body.remove(child)
    return word


def _properties(word: Any, document: Document) -> None:
    about = word.core_properties
    about.title, about.subject = document.title, document.run_id
    about.keywords = ", ".join(document.keywords)[:255]  # Word keeps no more
    about.author = about.last_modified_by = f"miaopu {document.version}"
    about.language = "zh-CN" if document.lang == "zh" else "en-GB"
    about.comments, about.category, about.version, about.revision = document.subtitle[:255], "", document.version, 1
    about.created = about.modified = about.last_printed = datetime.fromisoformat(document.date)


def _footer(word: Any, document: Document) -> None:
    """Run id on the left, number of the page on the right; after what a bureau's own footer says."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    section = word.sections[-1]
    footer = section.footer
    free = bool(footer.paragraphs) and not footer.paragraphs[0].text.strip()
    line = footer.paragraphs[0] if free else footer.add_paragraph()
    line.style = word.styles["Footer"]
    numbered = "PAGE" in "".join(footer._element.itertext())
    for stop in list(line.paragraph_format.tab_stops):
        stop.position = None
    line.paragraph_format.tab_stops.add_tab_stop(_width(section), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{Text('编号 ', 'run id ').of(document.lang)}{document.run_id}\t")
    if not numbered:
        line.add_run(Text("— ", "").of(document.lang))
        add_field(line, "PAGE", "1")
        line.add_run(Text(" —", "").of(document.lang))


def _width(section: Any) -> int:
    """The width of the text, in Word's units."""
    return section.page_width - section.left_margin - section.right_margin


class _Setter:
    """Sets the blocks of a document one after another."""

    def __init__(self, word: Any, document: Document, own: bool) -> None:
        self.word, self.document, self.own = word, document, own
        self.numbers = Numbers(document.lang)
        section = word.sections[-1]
        self.width = _width(section) / MM
        height = (section.page_height - section.top_margin - section.bottom_margin) / MM
        self.charts: Iterator[float] = iter(chart_widths(document.blocks, self.width, height))
        self.pending = False  # a page break before the next paragraph

    def set(self) -> None:
        """Title, subtitle and all blocks."""
        self._add(self.word, "\n".join(title_lines(self.document.title)), "Title")
        self._add(self.word, self.document.subtitle, "Subtitle")
        self._blocks(self.document.blocks, self.word, self.width)

    def _blocks(self, blocks: Iterable[Block], place: Any, width: float) -> None:
        for block in blocks:
            match block:
                case Heading(text=text, level=level):
                    self._add(place, text, f"Heading {min(level, 3)}")
                case Paragraph():
                    self._runs(self._add(place, "", self._body(block.style)), block)
                case Bullets(items=items):
                    for item in items:
                        self._runs(self._add(place, "", "List Bullet"), item)
                case Table():
                    self._table(block, place, width)
                case Figure():
                    self._figure(block, place)
                case Box():
                    self._box(block, place, width)
                case PageBreak():
                    self.pending = True

    def _body(self, style: str) -> str:
        """Plain text of a bureau's own file is in that file's own plain style."""
        names = {style.name for style in self.word.styles}
        return "Normal" if self.own and style == "body" and "Body Text" not in names else STYLES[style]

    def _add(self, place: Any, text: str, style: str) -> Any:
        made = place.add_paragraph(tied(text), self.word.styles[style])
        if self.pending:
            made.paragraph_format.page_break_before = True
            self.pending = False
        return made

    def _runs(self, paragraph: Any, words: Paragraph) -> None:
        for run in words.runs:
            made = paragraph.add_run(tied(run.text))
            made.bold = True if run.bold else None

    def _caption(self, place: Any, kind: Text, number: int, words: str, above: bool) -> None:
        """The word and a field that counts, so that tables and figures added by hand are numbered on."""
        lang = self.document.lang
        made = self._add(place, kind.of(lang) + Text("", " ").of(lang), "Caption")
        add_field(made, f"SEQ {kind.of(lang)} \\* ARABIC", str(number))
        made.add_run(f"  {tied(words)}")
        made.paragraph_format.keep_with_next = above

    def _figure(self, block: Figure, place: Any) -> None:
        from docx.shared import Mm

        self.numbers.figure()
        drawn = self._add(place, "", "Brief Chart").add_run().add_picture(str(block.png), width=Mm(next(self.charts)))
        about = drawn._inline.docPr
        about.set("descr", block.alt)
        about.set("name", f"{FIGURE.of(self.document.lang)} {self.numbers.figures}")
        self._caption(place, FIGURE, self.numbers.figures, block.caption, above=False)

    def _table(self, block: Table, place: Any, width: float) -> None:
        self.numbers.table()
        self._caption(place, TABLE, self.numbers.tables, block.caption, above=True)
        add_table(place, block, width, self.word.styles["Brief Cell"])
        for note in block.notes or ("",):  # Word joins tables that touch
            self._add(place, note, "Brief Note")

    def _box(self, block: Box, place: Any, width: float) -> None:
        cell = add_frame(place, width)
        first = cell.paragraphs[0]
        first.style = self.word.styles["Brief Box"]
        first.add_run(tied(block.title))
        self._blocks(block.blocks, cell, width - BOX)
        self._add(place, "", "Brief Note")
