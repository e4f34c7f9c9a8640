"""What a brief answers where no forecast or comparison was given: what carries the targets, or what a calibration
found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ....model.text import Text
from ..document import Paragraph, Table, plain
from ..findings import CalibrationFinding, Findings
from .levers import levers, levers_table
from .method import modest, past, patterns
from .parts import paragraph, strong
from .phrases import said
from .risks import rivals

NO_FORECAST = Text(
    "所给结果中没有对目标的推演，以上不说明目标能否实现；要回答这一点，先用 miaopu forecast 推演。",
    "These results hold no forecast of the targets, and so do not tell whether they will be met; run miaopu forecast "
    "for that.",
)


def answer_without_targets(findings: Findings, lang: str) -> tuple[Paragraph | Table, ...]:
    """Which levers carry the targets, with their table; else how far the calibration bears the model out."""
    if findings.factors:
        first, *others = levers(findings, lang)
        table = levers_table(findings, lang)
        shown = () if table is None else (table,)
        return (replace(first, style="lead"), *others, *shown, plain(NO_FORECAST.of(lang), "note"))
    if findings.calibration is not None:
        return tuple(_calibrated(findings.calibration, lang))
    return (plain(NO_FORECAST.of(lang), "lead"),)


def _calibrated(found: CalibrationFinding, lang: str) -> Iterator[Paragraph]:
    """How it was fitted and how well it forecasts the past; what the data leave open; what this does not tell."""
    seen = past(found, lang)
    told = (fitted(found, lang), strong(seen) if seen else "", patterns(found, lang), modest(found, lang))
    yield paragraph(said(told, lang), "lead")
    if open_ones := rivals(found, lang):
        yield plain(open_ones)
    yield plain(NO_FORECAST.of(lang), "note")


def fitted(found: CalibrationFinding, lang: str) -> str:
    """How many parameters rest on how many figures."""
    return Text(
        f"用{found.figures_fitted}项已公布的观测拟合了{found.parameters_fitted}个参数，其余参数仍取先验。",
        f"{found.parameters_fitted} parameters were fitted to {found.figures_fitted} published figures; the others "
        "keep their priors.",
    ).of(lang)
