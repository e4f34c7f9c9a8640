"""The sample briefs in docs/briefs say what the code of today says of the findings that stand beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from miaopu.outputs.brief.charting import Picture
from miaopu.outputs.brief.composing import compose
from miaopu.outputs.brief.document import Document, figures, lines
from miaopu.outputs.brief.keeping import load
from miaopu.outputs.brief_samples import BRIEFS, SAMPLES
from miaopu.tests.brief.made_document import LANGUAGES, first_missing, squeezed
from miaopu.tests.brief.opened import opened_word, page_of, pdf_words, word_paragraphs

AGAIN = "run python -m miaopu.outputs.brief_samples --again"
pytestmark = [pytest.mark.parametrize("name", SAMPLES), pytest.mark.parametrize("lang", LANGUAGES)]


@cache
def _written(name: str, lang: str) -> Document:
    """The brief as it would be written today from the sample's findings, which list the charts it shows."""
    findings = load(BRIEFS / name / "findings.json")
    pictures = {chart: Picture(chart.name, Path("none.png"), Path("none.svg")) for chart in findings.charts}
    return compose(findings, pictures, lang)


def _file(name: str, lang: str, form: str) -> Path:
    return BRIEFS / name / f"brief-{lang}.{form}"


def test_the_word_file_has_these_words(name: str, lang: str) -> None:
    said = [squeezed(paragraph.text) for paragraph in word_paragraphs(_file(name, lang, "docx"))]
    wanted = [squeezed(line) for line in lines(_written(name, lang)) if line]
    assert [text for text in said if text] == wanted, AGAIN


def test_the_page_has_these_words(name: str, lang: str) -> None:
    words = squeezed("".join(page_of(_file(name, lang, "html")).words))
    assert words == squeezed("".join(lines(_written(name, lang)))), AGAIN


def test_the_pdf_has_these_words(name: str, lang: str) -> None:
    document = _written(name, lang)
    words = pdf_words(_file(name, lang, "pdf"), document.run_id)
    assert first_missing(lines(document), words) is None, AGAIN
    assert len(squeezed(words)) >= len(squeezed("".join(lines(document))))


def test_every_form_has_its_charts(name: str, lang: str) -> None:
    shown = figures(_written(name, lang))
    assert len(shown) >= 2, "the two pages of the answer have charts"
    assert len(opened_word(_file(name, lang, "docx")).inline_shapes) == len(shown)
    assert len(page_of(_file(name, lang, "html")).all("svg")) == len(shown)
    kept = {path.stem for path in (BRIEFS / name / f"charts-{lang}").glob("*.csv")}
    assert not kept or len(kept) == len(shown)


def test_the_answer_names_the_plan_against_its_baseline(name: str, lang: str) -> None:
    findings = load(BRIEFS / name / "findings.json")
    assert findings.baseline is not None and all(one.baseline is not None for one in findings.targets)
    said = "".join(lines(_written(name, lang)))
    assert findings.plan.of(lang) in said and ("如不实施计划" if lang == "zh" else "Without the plan") in said
