"""The Word brief, opened again: everything that a bureau edits is Word's own, and all words are there in order."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table as WordTable

from miaopu.model.text import Refusal
from miaopu.outputs.brief.document import Document, Figure, Table, lines
from miaopu.outputs.brief.word import write_word
from miaopu.tests.brief.made_document import LANGUAGES, made_document, squeezed
from miaopu.tests.brief.opened import opened_word, word_paragraphs, word_parts

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Path]:
    folder = tmp_path_factory.mktemp(f"word-{request.param}")
    document = made_document(request.param, folder)
    write_word(document, folder / "brief.docx")
    return document, folder / "brief.docx"


def _tables(path: Path) -> list[WordTable]:
    """Real tables, not frames."""
    found = [part for part in word_parts(opened_word(path)) if isinstance(part, WordTable)]
    return [table for table in found if len(table.columns) > 1]


def test_all_words_are_there_once_and_in_order(made: tuple[Document, Path]) -> None:
    document, path = made
    said = [squeezed(paragraph.text) for paragraph in word_paragraphs(path)]
    assert [text for text in said if text] == [squeezed(line) for line in lines(document) if line]


def test_headings_lists_and_captions_are_words_own(made: tuple[Document, Path]) -> None:
    document, path = made
    styles: dict[str, list[str]] = {}
    for paragraph in word_paragraphs(path):
        assert paragraph.style is not None and paragraph.style.name is not None
        styles.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert [squeezed(title) for title in styles["Title"]] == [squeezed(document.title)]
    assert styles["Subtitle"] == [document.subtitle]
    assert len(styles["Heading 1"]) == 3 and len(styles["Heading 2"]) == 1
    assert len(styles["List Bullet"]) == 4 and len(styles["Caption"]) == 6
    word, gap = ("图", "") if document.lang == "zh" else ("Figure", " ")
    numbers = [f"{word}{gap}{number}" for number in (1, 2, 3)]
    assert [said.split("  ")[0] for said in styles["Caption"] if said.startswith(word)] == numbers


def test_captions_count_by_fields_and_stay_with_what_they_name(made: tuple[Document, Path]) -> None:
    document, path = made
    tables, figures = ("表", "图") if document.lang == "zh" else ("Table", "Figure")
    for paragraph in word_paragraphs(path):
        if paragraph.style is not None and paragraph.style.name == "Caption":
            above = paragraph.text.startswith(tables)
            told = "".join(code.text or "" for code in paragraph._p.iter(qn("w:instrText")))
            assert told.split() == ["SEQ", tables if above else figures, "\\*", "ARABIC"]
            assert paragraph.paragraph_format.keep_with_next is above


def test_tables_are_real_and_their_heads_repeat(made: tuple[Document, Path]) -> None:
    document, path = made
    tables = _tables(path)
    wanted = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables) == 3 and len(tables[1].rows) == 61
    for table, block in zip(tables, wanted, strict=False):
        assert [cell.text for cell in table.rows[0].cells] == list(block.heads)
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)
        right = [place for place, cell in enumerate(table.rows[1].cells) if cell.paragraphs[0].alignment is not None]
        assert right == list(block.right)
        bold = [all(cell.paragraphs[0].runs[0].bold for cell in row.cells) for row in table.rows]
        assert [place - 1 for place, strong in enumerate(bold) if strong and place] == list(block.strong)


def test_charts_stand_in_the_text_with_words_for_those_who_cannot_see_them(made: tuple[Document, Path]) -> None:
    document, path = made
    shapes = opened_word(path).inline_shapes
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    section = opened_word(path).sections[0]
    assert section.page_width and section.left_margin and section.right_margin
    room = section.page_width - section.left_margin - section.right_margin
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [figure.alt for figure in figures]
    assert all(0.6 * room < shape.width <= room for shape in shapes)


def test_language_fonts_and_page_are_those_of_the_place(made: tuple[Document, Path]) -> None:
    document, path = made
    word = opened_word(path)
    language = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("en-GB", "zh-CN")
    faces = word.styles["Heading 1"].element.find(f".//{qn('w:rFonts')}").attrib
    assert faces[qn("w:eastAsia")] == ("黑体" if document.lang == "zh" else "宋体")
    assert not [name for name in faces if name.endswith("Theme")]  # a theme's font would win
    body = word.styles["Body Text"].element
    assert (body.find(f".//{qn('w:ind')}") is not None) is (document.lang == "zh")
    section = word.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_properties_and_footer_name_the_run(made: tuple[Document, Path]) -> None:
    document, path = made
    word = opened_word(path)
    about = word.core_properties
    assert (about.title, about.subject) == (document.title, document.run_id)
    assert about.created == about.modified and str(about.created).startswith(document.date)
    assert about.language == ("zh-CN" if document.lang == "zh" else "en-GB")
    footer = word.sections[0].footer
    assert document.run_id in footer.paragraphs[0].text
    assert "PAGE" in [(code.text or "").strip() for code in footer._element.iter(qn("w:instrText"))]


def test_equal_documents_give_equal_bytes_without_a_clock(made: tuple[Document, Path], tmp_path: Path) -> None:
    document, path = made
    write_word(document, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    write_word(replace(document, date="2026-11-23"), tmp_path / "later.docx")
    assert opened_word(tmp_path / "later.docx").core_properties.created.date() == date(2026, 11, 23)


def test_a_bureaus_own_file_gives_its_styles_page_and_footer(tmp_path: Path) -> None:
    own: Any = docx.Document()
    own.add_paragraph("正文示例，不应出现")
    own.styles["Heading 1"].font.name = "方正小标宋简体"
    own.sections[0].page_width = Mm(182)
    own.sections[0].footer.paragraphs[0].text = "示例市民政局"
    for name in ("Body Text", "List Bullet"):
        own.styles[name].delete()
    own.save(str(tmp_path / "own.docx"))
    document = made_document("zh", tmp_path, rows=3)
    write_word(document, tmp_path / "brief.docx", tmp_path / "own.docx")
    word = opened_word(tmp_path / "brief.docx")
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert "正文示例，不应出现" not in texts and squeezed(document.title) in map(squeezed, texts)
    assert word.styles["Heading 1"].font.name == "方正小标宋简体"
    assert round((word.sections[0].page_width or 0) / 36000) == 182
    footer = [paragraph.text for paragraph in word.sections[0].footer.paragraphs]
    assert footer[0] == "示例市民政局" and document.run_id in footer[1]
    bodies = [paragraph for paragraph in word.paragraphs if paragraph.text.startswith("到2025年底")]
    assert {paragraph.style.name for paragraph in bodies if paragraph.style} == {"Normal"}
    (bullet,) = (style for style in word.styles if style.name == "List Bullet")
    assert bullet.element.find(f".//{qn('w:numId')}") is not None


def test_what_is_no_word_file_is_refused_and_leaves_the_brief_alone(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(b"no zip")
    (tmp_path / "brief.docx").write_bytes(b"kept")
    with pytest.raises(Refusal, match=r"own\.docx cannot be opened as a Word file"):
        write_word(made_document("en", tmp_path, rows=1), tmp_path / "brief.docx", tmp_path / "own.docx")
    assert (tmp_path / "brief.docx").read_bytes() == b"kept"
