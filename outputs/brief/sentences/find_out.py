"""What to find out first: figures that nobody has observed and on which the answer hangs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ....model.text import Text
from ...likelihood import LIKELY
from ...words import chance, percent
from ..findings import AssumptionFinding, Change, Findings, GridFinding, TargetFinding
from .parts import amount, called, falls, listed, rises, strong

MOST = 2  # assumptions that are named
START, ORDER = Text("起点枢纽覆盖率", "hub coverage at the start"), Text("考核督办强度", "order strength")
ON_GRID = ("start_coverage", "assessment.order_strength")  # what the grid varies already


def find_out(findings: Findings, lang: str) -> str:
    """The unobserved figures that turn the answer, then the assumptions that move it most; empty without either."""
    grid = findings.grid if findings.grid is not None and turns(findings.grid) else None
    known = [row for row in findings.assumptions if not (grid and row.name in ON_GRID)]
    judged = unknowns(known)
    if grid is None and not judged:
        return ""
    names = [*((START, ORDER) if grid else ()), *(row.label for row in judged)]
    title = strong(Text("尽快查实", "Find out first: ").of(lang) + listed([name.of(lang) for name in names], lang))
    said = [_on_grid(grid, findings, lang)] if grid else []
    said += [_moves(row, findings, lang) for row in judged]
    return title + Text("。", ". ").of(lang) + Text("", " ").of(lang).join(said)


def turns(grid: GridFinding) -> bool:
    """Whether the answer is "likely" somewhere on the grid and not so elsewhere."""
    return grid.worst < LIKELY.low <= grid.best


def unknowns(rows: Sequence[AssumptionFinding]) -> list[AssumptionFinding]:
    """The assumption that surely moves the answer most, and those whose effect is not told from its."""
    clear = [(row, size) for row in rows if (size := _size(row.difference)) is not None]
    if not clear:
        return []
    first = max(clear, key=lambda pair: pair[1].value)
    rest = [row for row, size in clear if row is not first[0] and size.high >= first[1].low]
    return [first[0], *rest][:MOST]


def _size(change: Change | None) -> Change | None:
    """How far an assumption moves the answer, whichever way; None where that is not told from zero."""
    if change is None or not (rises(change) or falls(change)):
        return None
    return change if rises(change) else Change(-change.value, -change.high, -change.low)


def _target(findings: Findings, key: str) -> TargetFinding | None:
    return next((target for target in findings.targets if target.key == key), None)


def _of(findings: Findings, key: str, lang: str) -> str:
    """Whose probability it is."""
    target = _target(findings, key)
    if target is None:
        return Text("达标概率", "the probability").of(lang)
    name = called(target, lang)
    return Text(f"{name}的达标概率", f"the probability for {name}").of(lang)


def _on_grid(grid: GridFinding, findings: Findings, lang: str) -> str:
    """From where to where the probability goes as the two unobserved figures do."""
    worst, best = (chance(value, lang) for value in (grid.worst, grid.best))
    at_worst, at_best = (_place(*place, lang) for place in (grid.worst_at, grid.best_at))
    said = Text(
        f"前两项尚无观测数据，{_of(findings, grid.target, 'zh')}随之从{worst}（{at_worst}）到{best}（{at_best}）不等",
        f"The first two have not been observed; with them {_of(findings, grid.target, 'en')} goes from {worst} "
        f"({at_worst}) to {best} ({at_best})",
    ).of(lang)
    return said + _needed(grid, lang) + Text("。", ".").of(lang)


def _needed(grid: GridFinding, lang: str) -> str:
    """The start at which the plan's own order strength is enough; empty where it never is."""
    if math.isnan(grid.needed):
        return ""
    start, likely = percent(grid.needed, lang), percent(LIKELY.low, lang)
    if grid.needed <= min(grid.worst_at[0], grid.best_at[0]):
        return Text(
            f"；按计划的考核力度，起点低至{start}时仍不低于{likely}（“较有可能”的下限）",
            f"; with the plan's own order strength it is at least {likely} "
            f'(where "likely" begins) even from a start of {start}',
        ).of(lang)
    return Text(
        f"；按计划的考核力度，起点达到{start}才不低于{likely}",
        f"; with the plan's own order strength a start of {start} is needed for {likely}",
    ).of(lang)


def _place(start: float, order: float, lang: str) -> str:
    """Where on the grid."""
    at = percent(start, lang)
    return Text(f"起点{at}、力度{order:.2g}", f"start {at}, orders {order:.2g}").of(lang)


def _moves(row: AssumptionFinding, findings: Findings, lang: str) -> str:
    """The probability at both ends of a judged figure."""
    assert row.difference is not None  # `unknowns` has seen it
    low, high = (chance(value, lang) for value in (row.at_low, row.at_high))
    by, whose = amount(row.difference, "share", lang), _of(findings, row.target, lang)
    return Text(
        f"{row.label.zh}取{row.low}和{row.high}时，{whose}分别为{low}和{high}，相差{by}。",
        f"With {row.label.en} at {row.low} and at {row.high}, {whose} is {low} and {high}, {by} apart.",
    ).of(lang)
