"""The PDF brief, read again and drawn page by page: all words, the house font alone, no page empty, nothing missing."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
import pytest

from miaopu.model.text import Refusal
from miaopu.outputs.brief import pdf
from miaopu.outputs.brief.document import Document, Heading, lines, plain
from miaopu.outputs.brief.pdf import write_pdf
from miaopu.tests.brief.made_document import LANGUAGES, first_missing, made_document
from miaopu.tests.brief.opened import pdf_pages, pdf_words

A4 = (595.3, 841.9)  # points


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Path]:
    folder = tmp_path_factory.mktemp(f"pdf-{request.param}")
    document = made_document(request.param, folder)
    write_pdf(document, folder / "brief.pdf")
    return document, folder / "brief.pdf"


def _fonts(path: Path) -> set[str]:
    """Names of the fonts that the text is set in, without the marks of subsets."""
    names = set()
    with pypdfium2.PdfDocument(path) as opened:
        for page in opened:
            for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=6):
                font = raw.FPDFTextObj_GetFont(item)
                assert raw.FPDFFont_GetIsEmbedded(font) == 1
                buffer = ctypes.create_string_buffer(200)
                raw.FPDFFont_GetBaseFontName(font, buffer, 200)
                names.add(re.sub(r"^[A-Z]{6}\+", "", buffer.value.decode()))
    return names


def test_all_words_are_there_in_order(made: tuple[Document, Path]) -> None:
    document, path = made
    mark = rf"(编号|run id) {re.escape(document.run_id)}\s+\d+ / \d+"
    pages = pdf_pages(path)
    assert all(re.search(mark, page) for page in pages)  # each page names the run and itself
    assert first_missing(lines(document), pdf_words(path, document.run_id)) is None


def test_every_letter_is_drawn_and_by_the_house_font_alone(made: tuple[Document, Path]) -> None:
    document, path = made
    assert _fonts(path) == {"MiaopuSans-Regular", "MiaopuSans-Bold"}
    assert "\ufffd" not in "".join(pdf_pages(path)) and "\x00" not in "".join(pdf_pages(path))
    assert "㮾梨街道" in "".join(pdf_pages(path)) and pdf.missing_letters(lines(document)) == set()


def test_pages_are_a4_and_none_is_empty(made: tuple[Document, Path]) -> None:
    _, path = made
    with pypdfium2.PdfDocument(path) as opened:
        assert 5 <= len(opened) <= 8
        for page in opened:
            assert page.get_size() == pytest.approx(A4, abs=0.5)
            drawn = np.asarray(page.render(scale=0.5, grayscale=True).to_numpy()).squeeze()
            text = drawn[int(0.06 * len(drawn)) : int(0.9 * len(drawn))]  # without the footer
            assert (text < 200).mean() > 0.002
            assert (drawn[:, :20] > 250).all() and (drawn[:, -20:] > 250).all()  # nothing runs into the margins


def test_charts_stand_together_on_a_page_of_their_own(made: tuple[Document, Path]) -> None:
    document, path = made
    word = "图" if document.lang == "zh" else "Figure "
    second = pdf_pages(path)[1]
    assert f"{word}1" in second.replace("图 ", "图") and f"{word}2" in second.replace("图 ", "图")


def test_a_head_of_a_long_table_is_on_each_of_its_pages(made: tuple[Document, Path]) -> None:
    document, path = made
    row, head = (r"第\s*\d+\s*街道", "最可能年份") if document.lang == "zh" else (r"Street \d+", "Year")
    pages = [page for page in pdf_pages(path) if re.search(row, page)]
    assert len(pages) > 1 and all(head in page for page in pages)


def test_outline_and_properties_name_what_it_is(made: tuple[Document, Path]) -> None:
    document, path = made
    with pypdfium2.PdfDocument(path) as opened:
        outline = [mark.get_title() for mark in opened.get_toc()]
        about: dict[str, Any] = opened.get_metadata_dict()
        tagged = raw.FPDFCatalog_IsTagged(opened)
    assert outline == [block.text for block in document.blocks if isinstance(block, Heading)]
    assert about["Title"] == document.title and document.run_id in about["Keywords"]
    assert about["CreationDate"].startswith("D:20261122") and tagged


def test_equal_documents_give_equal_bytes(made: tuple[Document, Path], tmp_path: Path) -> None:
    document, path = made
    write_pdf(document, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == path.read_bytes()
    write_pdf(replace(document, date="2026-11-23"), tmp_path / "later.pdf")
    assert (tmp_path / "later.pdf").read_bytes() != path.read_bytes()


def test_a_letter_that_no_font_has_is_refused_by_name(made: tuple[Document, Path], tmp_path: Path) -> None:
    document, _ = made
    strange = replace(document, blocks=(plain("\U0001f9ff"),))
    with pytest.raises(Refusal, match=r"U\+1F9FF"):
        write_pdf(strange, tmp_path / "brief.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_warning_of_the_typesetter_is_an_error(
    made: tuple[Document, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "FAMILY", "No Such Font")
    with pytest.raises(RuntimeError, match="unknown font family"):
        write_pdf(made[0], tmp_path / "brief.pdf")
    assert list(tmp_path.iterdir()) == []
