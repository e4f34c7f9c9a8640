"""Write a brief in every form that is asked for: Word, PDF, one HTML page, and a workbook with its tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ...model.text import Text
from ..whole import write_whole
from .charting import draw_pictures
from .composing import compose
from .document import Document
from .gathering.gather import gather
from .keeping import save

FORMATS = ("docx", "pdf", "html", "xlsx")
READING = Text("读取结果", "reading results")
WRITING = Text("撰写简报", "writing the brief")
Progress = Callable[[Text, int, int], None]


def make_brief(
    folders: Sequence[Path],
    out: Path,
    lang: str,
    formats: Sequence[str] = FORMATS,
    template: Path | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write brief-<lang>.docx, .pdf, .html and tables-<lang>.xlsx, as asked for, into `out`; the files written.

    `folders` are those of forecasts, comparisons, sensitivity analyses and calibrations of one plan, the most important
    first. The charts stand beside in charts-<lang>/ with the numbers drawn, and the findings in findings.json, with
    those charts only that the brief shows. A file appears whole or not at all.
    `template` is a bureau's own Word file with its styles. Equal results give equal files. Raises Refusal where a
    folder cannot be used.
    """
    tell = progress or (lambda stage, done, total: None)
    tell(READING, 0, 1)
    findings = gather(folders)
    tell(READING, 1, 1)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="miaopu-") as inside:
        pictures = draw_pictures(findings, folders, lang, out / f"charts-{lang}", Path(inside), progress)
        findings = replace(findings, charts=tuple(chart for chart in findings.charts if chart in pictures))
        document = compose(findings, pictures, lang)
        written = [write_whole(out / "findings.json", lambda part: save(findings, part))]
        tables = [folder for folder, source in zip(folders, findings.sources, strict=True)
                  if source.kind != "calibration"]  # fmt: skip
        for done, form in enumerate(formats):
            tell(WRITING, done, len(formats))
            path = out / f"{'tables' if form == 'xlsx' else 'brief'}-{lang}.{form}"
            if form != "xlsx" or tables:
                _write(form, document, tables, path, template)
                written.append(path)
    tell(WRITING, len(formats), len(formats))
    return written


def _write(form: str, document: Document, tables: Sequence[Path], path: Path, template: Path | None) -> None:
    if form == "docx":
        from .word import write_word

        write_word(document, path, template)
    elif form == "pdf":
        from .pdf import write_pdf

        write_pdf(document, path)
    elif form == "html":
        from .page import write_page

        write_page(document, path)
    else:
        from ..workbook.writing import write_workbook

        write_workbook(tables, path, document.lang)
