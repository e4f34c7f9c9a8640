"""How the answer hangs on the two unobserved figures of a hub target."""

from __future__ import annotations

from ....model.text import Text
from ...likelihood import LIKELY, UNLIKELY, Degree, degree, favourable, unfavourable
from ...outcome_words import tick
from ...words import chance, percent
from ..findings import Findings, GridFinding
from .phrases import called, said

SAME = 0.005  # probabilities that differ by less are written alike


def grid(findings: Findings, lang: str) -> str:
    """Lowest and highest probability over what is not known of a hub target, and the start that it needs."""
    found = findings.grid
    if found is None or found.worst != found.worst:
        return ""
    target = called(findings, found.target, lang)
    if found.best - found.worst < SAME:
        each = chance(found.best, lang)
        return Text(f"起点覆盖率和考核督办强度在所试范围内取何值，{target}的达标概率都是{each}。",
                    f"Whatever start coverage and order strength on the grid, the probability of {target} is {each}.",
                    ).of(lang)  # fmt: skip
    return said((_ends(found, target, lang), _crosses(found, lang), needed(found, lang)), lang)


def _ends(found: GridFinding, target: str, lang: str) -> str:
    worst, best = (chance(value, lang) for value in (found.worst, found.best))
    low, high = (_at(*at, lang) for at in (found.worst_at, found.best_at))
    return Text(
        f"起点覆盖率和考核督办强度在所试范围内变动，{target}的达标概率最低{worst}（{low}），最高{best}（{high}），均为点估计。",
        f"Over the grid of start coverage and order strength the probability of {target} goes from {worst} ({low}) to "
        f"{best} ({high}), on point estimates.",
    ).of(lang)


def _at(coverage: float, order: float, lang: str) -> str:
    start = percent(coverage, lang)
    return Text(f"起点{start}、督办强度{tick(order)}", f"start {start}, order {tick(order)}").of(lang)


def _crosses(found: GridFinding, lang: str) -> str:
    """Whether the answer holds over the whole grid."""
    likely, unlikely = percent(LIKELY.low, lang), percent(UNLIKELY.high, lang)
    if favourable(point_degree(found.worst)):
        return Text(f"各种取值下都不低于{likely}。", f"It is nowhere below {likely}.").of(lang)
    if unfavourable(point_degree(found.best)):
        return Text(f"各种取值下都不高于{unlikely}。", f"It is nowhere above {unlikely}.").of(lang)
    return ""


def needed(found: GridFinding, lang: str) -> str:
    """The start coverage from which the target is likely, with the plan's own order strength."""
    likely = percent(LIKELY.low, lang)
    if unfavourable(point_degree(found.best)) or favourable(point_degree(found.worst)):
        return ""
    if found.needed != found.needed:
        return Text(f"按计划自身的督办强度，所试各起点的达标概率都不到{likely}。",
                    f"With the plan's own order strength no start on the grid gives {likely}.").of(lang)  # fmt: skip
    start = percent(found.needed, lang)
    if found.needed <= min(found.worst_at[0], found.best_at[0]):
        return Text(f"按计划自身的督办强度，所试最低的起点（{start}）也不低于{likely}。",
                    f"With the plan's own order strength even the lowest start tried ({start}) gives {likely} or more.",
                    ).of(lang)  # fmt: skip
    return Text(
        f"按计划自身的督办强度，起点覆盖率在{start}以上，达标概率才不低于{likely}。",
        f"With the plan's own order strength it takes a start of {start} or more for a probability of {likely}.",
    ).of(lang)


def point_degree(value: float) -> Degree:
    """The word of the scale for a point estimate."""
    return degree(value, value)
