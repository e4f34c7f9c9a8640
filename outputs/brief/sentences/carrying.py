"""Which levers carry a target: in the answer for the first target, in the advice for those that need help."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.text import Text
from ...outcome_words import capital
from ..document import Paragraph
from ..findings import FactorFinding, FactorSet, Findings, TargetFinding
from .factor_groups import groups, share, told_apart
from .parts import called, listed, own, paragraph, strong

MOST = 3
SCREENING = "mu_star"  # finds factors worth a closer look, but neither their shares nor their order
INDICES = {
    "ST": Text("占结果变化的比重", "of the variation"),
    "pawn": Text("PAWN指数", "by the PAWN index"),
}


def carrying(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """The levers that carry the first target; empty where that was not examined."""
    rows = own(findings.targets)
    sets = _sets(findings, rows[0]) if rows else []
    if not sets:
        return ()
    found = next((one for one in sets if told_apart(one, "lever")), sets[0])
    name = called(rows[0], lang)
    what = Text(f"{name}的达标概率", f"the probability for {name}") if found.kind == "reached" else Text(name, name)
    levers = _first(found)
    if not levers:
        text = Text(
            f"所考察的措施中，没有一项对{what.zh}的作用能与对照因子区分。",
            f"None of the levers examined is told from the control in its effect on {what.en}.",
        )
    elif found.index == SCREENING:
        text = _screened(what, levers)
    else:
        text = Text(
            f"对{what.zh}{strong('作用最大的措施')}是{carried(found, levers, 'zh')}。",
            f"{strong('What carries')} {what.en} most: {carried(found, levers, 'en')}.",
        )
    return (paragraph(capital(text.of(lang))),)


def _screened(what: Text, levers: Sequence[FactorFinding]) -> Text:
    """What a screening lets through; its first levers stand out where their intervals lie above all others'."""
    first = groups(levers)[0]
    carries = Text(strong("起作用的措施"), strong("What carries"))
    head = Text(f"对{what.zh}{carries.zh}只作了筛选", f"{carries.en} {what.en} was only screened")
    apart = len(first) <= MOST and len(first) < len(levers)
    rest = levers[len(first) :] if apart else levers
    zh, en = (_some(rest, each) for each in ("zh", "en"))
    if not apart:
        return Text(
            f"{head.zh}，值得细查的有{zh}，不分先后。", f"{head.en}; worth a closer look, in no order: {en}."
        )
    most = Text(*(listed([lever.label.of(each) for lever in first], each) for each in ("zh", "en")))
    return Text(
        f"{head.zh}：平均影响最大的是{strong(most.zh)}，区间高于其余各项；值得细查的还有{zh}，不分先后。",
        f"{head.en}: the largest mean effect is that of {strong(most.en)}, beyond the intervals of all others; "
        f"also worth a closer look, in no order: {en}.",
    )


def carried(known: FactorSet, levers: Sequence[FactorFinding], lang: str) -> str:
    """Levers with their shares; not ranked where there are several, for their intervals overlap.

    Where there are many, the first are named and no shares told.
    """
    several = len(levers) > 1
    if len(levers) > MOST:
        said = _some(levers, lang)
    else:
        shares = listed([share(lever, known.index, lang) for lever in levers], lang)
        what, each = INDICES.get(known.index, Text(known.index, known.index)), "分别" if several else ""
        those = _some(levers, lang)
        said = Text(f"{those}，{what.zh}{each}为{shares}", f"{those}, with {shares} {what.en}").of(lang)
    if several:
        said += Text("，不分先后", ", too close to rank").of(lang)
    if known.converged is False:
        said += Text("（分析尚未收敛，只供参考）", " (the analysis has not converged: a first look)").of(lang)
    return said


def _some(levers: Sequence[FactorFinding], lang: str) -> str:
    """Names, the first few where there are many."""
    names, more = [lever.label.of(lang) for lever in levers[:MOST]], len(levers) - MOST
    if more > 0:
        return Text(f"{'、'.join(names)}等{len(levers)}项", f"{', '.join(names)} and {more} more").of(lang)
    return listed(names, lang)


def levers_of(findings: Findings, target: TargetFinding) -> tuple[FactorSet, list[FactorFinding]] | None:
    """The levers of known direction that carry a target most; those after the first are not told from it.

    None where the target was not analysed, or only screened; an empty list where no lever is told from the control.
    """
    sets = [one for one in _sets(findings, target) if one.index != SCREENING]
    for one in sets:
        known = [lever for lever in _first(one) if lever.rises]
        if known:
            return one, known
    return (sets[0], []) if sets else None


def _sets(findings: Findings, target: TargetFinding) -> list[FactorSet]:
    """Analyses of a target: of the probability before those of the figure, screenings last."""
    mine = [one for one in findings.factors if one.target == target.key]
    return sorted(mine, key=lambda one: (one.index == SCREENING, one.kind != "reached"))


def _first(found: FactorSet) -> list[FactorFinding]:
    """The first group of levers: those that nothing separates from the greatest; all that pass a screening."""
    clear = told_apart(found, "lever")
    if found.index == SCREENING or not clear:
        return clear
    return groups(clear)[0]
