"""The table of targets: what is asked, how likely it is, what is expected, and what would be without the plan."""

from __future__ import annotations

from collections.abc import Iterator

from ....model.text import Text
from ...reading import counting_note
from ...tables import HANGS_ON, reading_label
from ...words import counted
from ..document import Table
from ..findings import Findings, TargetFinding
from .baseline import without
from .certainty import odds
from .parts import dated, ranged, required
from .verdicts import word

HEADS = (
    (Text("目标", "Target"), 2.2),
    (Text("要求和期限", "Required"), 2.0),
    (Text("口径", "Counted"), 1.0),
    (Text("达标概率（区间）", "Probability (interval)"), 1.7),
    (Text("判断", "In words"), 1.2),
    (Text("预计值（范围）", "Outcome (range)"), 1.7),
    (Text("无计划时概率（区间）", "Without the plan"), 1.6),
)
MEDIAN = Text(
    "预计值为全部推演的中位数，括号内为5%～95%范围。",
    "Outcome: the median of all runs, in brackets their 5–95 % range.",
)


def target_table(findings: Findings, lang: str) -> Table | tuple[()]:
    """Every target in each way of counting; columns that would be empty are left out."""
    rows = findings.targets
    if not rows:
        return ()
    cells = [_cells(findings, row, lang) for row in rows]
    kept = [place for place in range(len(HEADS)) if any(line[place] not in ("", "—") for line in cells)]
    caption = Text("各项目标能否实现", "The targets, and whether they will be met").of(lang)
    return Table(
        caption,
        tuple(HEADS[place][0].of(lang) for place in kept),
        tuple(tuple(line[place] for place in kept) for line in cells),
        tuple(HEADS[place][1] for place in kept),
        tuple(_notes(findings, lang)),
    )


def _cells(findings: Findings, row: TargetFinding, lang: str) -> tuple[str, ...]:
    base = without(findings, row)
    return (
        row.label.of(lang), required(row, lang), counted(row.counts).of(lang), odds(row.chance, lang),
        word(row.chance).word.of(lang), ranged(row.outcome, row.unit, lang), odds(base, lang) if base else "—",
    )  # fmt: skip


SCALE = Text(
    "“判断”用语按统一标准，见“方法和来源”。", "Words for probabilities follow one scale: see Method and sources."
)


def _notes(findings: Findings, lang: str) -> Iterator[str]:
    """How outcomes are meant and counted, how clauses are read, and the scale of words."""
    rows = findings.targets
    hangs_on = [HANGS_ON.of(lang)] if any(row.scope != "whole" or not dated(row) for row in rows) else []
    yield Text("", " ").of(lang).join([MEDIAN.of(lang), *hangs_on, SCALE.of(lang)])
    for name in dict.fromkeys(row.indicator for row in rows if row.own):
        if note := counting_note(name, lang):
            yield note
    taken = {row.reading: row for row in rows if row.reading}
    if taken:
        said = [
            Text(f"“{row.label.zh}”按“{label.zh}”理解", f'"{row.label.en}" is read as "{label.en}"').of(lang)
            for row, label in ((row, reading_label(key)) for key, row in taken.items())
        ]
        yield Text("；", "; ").of(lang).join(said) + Text("。", ".").of(lang)
