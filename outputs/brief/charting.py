"""The charts of a brief: which it shows where, drawn anew from the folders in the language of the brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...experiments.store import open_results
from ...model.text import Text
from ..charts import DRAWING, draw_one, finished, marks, prepare, write
from ..fan import Drawing
from .embedding import embed_png, embed_svg
from .findings import ChartFinding, Findings

Progress = Callable[[Text, int, int], None]


class Picture(NamedTuple):
    """A drawn chart: what its title says, and its files."""

    title: str
    png: Path
    svg: Path


Pictures = Mapping[ChartFinding, Picture]

# Where a chart may stand, by kind of folder and name; of each row the first that can be drawn is taken. A name that
# ends in _ stands for the charts of the outcomes, the most important first.
MAIN = ((("forecast", "coverage"), ("compare", "paths")),
        (("compare", "targets"), ("forecast", "dates"), ("forecast", "targets")))  # fmt: skip
OPTIONS = ((("compare", "costs"), ("compare", "differences")),)
MONEY = ((("forecast", "money"),),)
LEVERS = ((("sensitivity", "indices_"), ("sensitivity", "levers")),)
RISKS = ((("forecast", "grid"),),)
AFTER = ((("forecast", "after"),),)
PLACES = ((("forecast", "tiles"), ("forecast", "streets")),)
Rows = tuple[tuple[tuple[str, str], ...], ...]
PARTS: tuple[Rows, ...] = (MAIN, OPTIONS, MONEY, LEVERS, RISKS, AFTER, PLACES)


def chosen(findings: Findings, rows: Rows, pictures: Pictures) -> tuple[ChartFinding, ...]:
    """The charts that a part of the brief shows: of each row the first that has been drawn."""
    found = (next((one for one in _candidates(findings, row) if one in pictures), None) for row in rows)
    return tuple(one for one in found if one is not None)


def _candidates(findings: Findings, row: Sequence[tuple[str, str]]) -> Iterator[ChartFinding]:
    for kind, name in row:
        for chart in findings.charts:
            same = chart.name.startswith(name) if name.endswith("_") else chart.name == name
            if same and findings.sources[chart.source].kind == kind:
                yield chart


def file_name(findings: Findings, chart: ChartFinding) -> str:
    """`forecast-coverage`; where there are several folders of a kind, with their number."""
    kinds = [source.kind for source in findings.sources]
    kind = kinds[chart.source]
    number = kinds[: chart.source + 1].count(kind)
    return f"{kind}{'' if kinds.count(kind) == 1 else f'-{number}'}-{chart.name.replace('_', '-')}"


def draw_pictures(
    findings: Findings, folders: Sequence[Path], lang: str, out: Path, inside: Path, progress: Progress | None = None
) -> dict[ChartFinding, Picture]:
    """Draw what the brief shows into `out` as PNG, SVG and CSV (the numbers drawn); `folders` as the sources stand.

    The pictures returned are those to stand in documents, in the folder `inside`.
    """
    prepare(progress)
    drawn: dict[ChartFinding, Picture] = {}
    rows = [row for part in PARTS for row in part]
    for done, row in enumerate(rows):
        if progress is not None:
            progress(DRAWING, done, len(rows))
        for chart in _candidates(findings, row):  # one that has no numbers to show leaves its place to the next
            picture = drawn.get(chart) or _picture(findings, folders, chart, lang, out, inside)
            if picture is not None:
                drawn[chart] = picture
                break
    if progress is not None:
        progress(DRAWING, len(rows), len(rows))
    return drawn


def _picture(
    findings: Findings, folders: Sequence[Path], chart: ChartFinding, lang: str, out: Path, inside: Path
) -> Picture | None:
    draw = _forecast if findings.sources[chart.source].kind == "forecast" else _study
    drawing, said = draw(folders[chart.source], chart.name, lang)
    if drawing is None:
        return None
    name = file_name(findings, chart)
    png, *_ = write(drawing, out, name, said)
    return Picture(
        _title(drawing), embed_png(png, inside / f"{name}.png"), embed_svg(drawing, inside / f"{name}.svg")
    )


def _forecast(folder: Path, name: str, lang: str) -> tuple[Drawing | None, dict[str, str]]:
    results = open_results(folder)
    return draw_one(results, name, lang), marks(results, lang)


def _study(folder: Path, name: str, lang: str) -> tuple[Drawing | None, dict[str, str]]:
    from ..experiment_charts import plan
    from ..study_charts import facts, tables_of
    from .gathering.gather import finished_study

    study = finished_study(folder)
    known = facts(study)
    draw = plan(study.purpose, tables_of(study), known, lang).get(name)
    return (None if draw is None else finished(draw)), known.marks(lang)


def _title(drawing: Drawing) -> str:
    """What the chart says of itself in bold, in one line."""
    lines = [text.get_text() for text in drawing.figure.texts if text.get_fontweight() == "bold"]
    glue = "" if any("\u4e00" <= letter <= "\u9fff" for letter in "".join(lines)) else " "
    return glue.join(lines)
