"""The charts of a brief: which it shows where, drawn anew from the folders in the language of the brief."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...experiments.store import open_results
from ...model.text import Text
from ..charts import DRAWING, draw_one, finished, marks, prepare, write
from ..fan import Drawing
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


def chosen(findings: Findings, rows: Rows) -> tuple[ChartFinding, ...]:
    """The charts that a part of the brief shows."""
    found = (_first(findings, row) for row in rows)
    return tuple(one for one in found if one is not None)


def _first(findings: Findings, row: Sequence[tuple[str, str]]) -> ChartFinding | None:
    for kind, name in row:
        for chart in findings.charts:
            same = chart.name.startswith(name) if name.endswith("_") else chart.name == name
            if same and findings.sources[chart.source].kind == kind:
                return chart
    return None


def wanted(findings: Findings) -> tuple[ChartFinding, ...]:
    """Every chart of the brief, in the order in which it shows them."""
    rows = (*MAIN, *OPTIONS, *MONEY, *LEVERS, *RISKS, *AFTER, *PLACES)
    return tuple(dict.fromkeys(chosen(findings, rows)))


def file_name(findings: Findings, chart: ChartFinding) -> str:
    """`forecast-coverage`; where there are several folders of a kind, with their number."""
    kinds = [source.kind for source in findings.sources]
    kind = kinds[chart.source]
    number = kinds[: chart.source + 1].count(kind)
    return f"{kind}{'' if kinds.count(kind) == 1 else f'-{number}'}-{chart.name.replace('_', '-')}"


def draw_pictures(
    findings: Findings, folders: Sequence[Path], lang: str, out: Path, progress: Progress | None = None
) -> dict[ChartFinding, Picture]:
    """Draw what the brief shows into `out` as PNG, SVG and CSV (the numbers drawn); `folders` as the sources stand."""
    prepare(progress)
    drawn: dict[ChartFinding, Picture] = {}
    charts = wanted(findings)
    for done, chart in enumerate(charts):
        if progress is not None:
            progress(DRAWING, done, len(charts))
        draw = _forecast if findings.sources[chart.source].kind == "forecast" else _study
        drawing, said = draw(folders[chart.source], chart.name, lang)
        if drawing is not None:
            png, svg, _ = write(drawing, out, file_name(findings, chart), said)
            drawn[chart] = Picture(_title(drawing), png, svg)
    if progress is not None:
        progress(DRAWING, len(charts), len(charts))
    return drawn


def _forecast(folder: Path, name: str, lang: str) -> tuple[Drawing | None, dict[str, str]]:
    results = open_results(folder)
    return draw_one(results, name, lang), marks(results, lang)


def _study(folder: Path, name: str, lang: str) -> tuple[Drawing | None, dict[str, str]]:
    from ..experiment_charts import plan
    from ..study_charts import facts, tables_of
    from .gathering import finished_study

    study = finished_study(folder)
    known = facts(study)
    draw = plan(study.purpose, tables_of(study), known, lang).get(name)
    return (None if draw is None else finished(draw)), known.marks(lang)


def _title(drawing: Drawing) -> str:
    """What the chart says of itself in bold, in one line."""
    lines = [text.get_text() for text in drawing.figure.texts if text.get_weight() == "bold"]
    glue = "" if any("\u4e00" <= letter <= "\u9fff" for letter in "".join(lines)) else " "
    return glue.join(lines)
