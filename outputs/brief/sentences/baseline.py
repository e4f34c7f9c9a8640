"""What would have happened without the plan, and so how much of the answer is the plan's own work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....model.text import Text
from ...likelihood import degree, favourable
from ...tables import FEW_DRAWS
from ...words import counted
from ..document import Paragraph
from ..findings import Chance, Change, Findings, OptionFinding, TargetFinding
from .certainty import sure
from .parts import amount, called, counterpart, falls, figure, listed, own, paragraph, reverse, rises, strong
from .verdicts import verdict

BASELINE = "baseline"  # what an option's `about` says of the scenario without a plan

OTHER_RUNS = Text(
    "这些差值按成对比较计算，出自另一批推演，与表中两项概率相减略有出入。",
    "These differences are of pairs of other runs, and not quite those of the two probabilities in the table.",
)


def without(findings: Findings, target: TargetFinding) -> Chance | None:
    """The probability without the plan: of the forecast itself, else of a comparison."""
    option = _option(findings)
    return target.baseline or (option.chances.get(target.key) if option else None)


def gain(findings: Findings, target: TargetFinding) -> Change | None:
    """What the plan adds to the probability.

    Paired where a comparison has both; else the plan's probability less the baseline's, between the largest and the
    smallest difference that their intervals allow, which is wider than it need be.
    """
    option = _option(findings)
    paired = option.chance_changes.get(target.key) if option else None
    if paired is not None and findings.options[0].about == "base":
        return reverse(paired)
    chance, base = target.chance, target.baseline
    if base is None:
        return None
    return Change(chance.value - base.value, chance.low - base.high, chance.high - base.low)


def anyway(findings: Findings, target: TargetFinding) -> bool:
    """Whether a target would probably be met without the plan too."""
    chance = without(findings, target)
    return chance is not None and favourable(degree(chance.low, chance.high))


def baseline(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """One paragraph; one sentence where no baseline was run; empty without targets."""
    rows = own(findings.targets)
    if not rows:
        return ()
    known = [row for row in rows if without(findings, row) is not None]
    if not known:
        return (paragraph(_missing(lang)),)
    said = [_first(findings, known[0], lang), *_work(findings, known, lang), *_few(findings, known, lang)]
    return (paragraph(Text("", " ").of(lang).join(said)),)


def _option(findings: Findings) -> OptionFinding | None:
    return next((option for option in findings.options if option.about == BASELINE), None)


def _first(findings: Findings, target: TargetFinding, lang: str) -> str:
    """The first target without the plan, with its figures beside the plan's."""
    chance = without(findings, target)
    assert chance is not None  # `baseline` has seen it
    opening = strong(Text("如不实施计划", "Without the plan").of(lang))
    figures, name = _figures(target, findings, lang), called(target, lang, counts=False)
    if lang == "zh":
        also = "也" if anyway(findings, target) else ""
        return f"{opening}，{name}{also}{verdict(chance, 'zh', '达标')}（{sure(chance, 'zh')}）{figures}。"
    also = " anyway" if anyway(findings, target) else ""
    return f"{opening}, {verdict(chance, 'en', f'the target for {name}')}{also} ({sure(chance, 'en')}){figures}."


def _figures(target: TargetFinding, findings: Findings, lang: str) -> str:
    """The figure in each way of counting, without and with the plan; empty where it is not known."""
    pair = (target, counterpart(findings.targets, target))
    rows = [(one, one.baseline_outcome) for one in pair if one is not None and one.baseline_outcome is not None]
    if not rows:
        return ""
    apart = Text("", " ").of(lang)
    bare = [(counted(one.counts).of(lang) + apart + figure(base, one.unit, lang)).strip() for one, base in rows]
    planned = [figure(one.outcome, one.unit, lang) for one, _ in rows]
    return Text(
        f"，预计{'、'.join(bare)}，实施计划则为{'、'.join(planned)}",
        f", with an expected {listed(bare, 'en')} against {listed(planned, 'en')} with it",
    ).of(lang)


def _work(findings: Findings, rows: Sequence[TargetFinding], lang: str) -> Iterator[str]:
    """For which targets the plan surely adds to or takes from the probability, and for which that cannot be told."""
    changes = [(row, change) for row in rows if (change := gain(findings, row)) is not None]
    up, down = Text("计划使达标概率提高", "The plan adds to"), Text("计划反而使达标概率降低", "The plan takes from")
    for verb, clear in ((up, rises), (down, falls)):
        if moved := [pair for pair in changes if clear(pair[1])]:
            yield _moved(moved, verb, lang)
    if changes and _option(findings) and any(source.kind == "forecast" for source in findings.sources):
        yield OTHER_RUNS.of(lang)
    same = [row for row, change in changes if not (rises(change) or falls(change))]
    if same:
        names = listed([called(row, lang, counts=False) for row in same], lang)
        yield Text(
            f"{names}有无计划的差别与零无法区分。", f"For {names} the plan's effect is not told apart from zero."
        ).of(lang)


def _moved(pairs: Sequence[tuple[TargetFinding, Change]], what: Text, lang: str) -> str:
    parts = [
        Text(f"{called(row, 'zh', False)}{by}", f"{called(row, 'en', False)} by {by}").of(lang)
        for row, by in ((row, amount(change, "share", lang)) for row, change in pairs)
    ]
    return Text(f"{what.zh}：{'，'.join(parts)}。", f"{what.en} the probability for {listed(parts, 'en')}.").of(lang)


def _few(findings: Findings, rows: Sequence[TargetFinding], lang: str) -> Iterator[str]:
    """A warning where the baseline rests on few draws."""
    draws = min(chance.draws for row in rows if (chance := without(findings, row)) is not None)
    if draws < FEW_DRAWS:
        yield Text(
            f"不实施计划的情形只推演了{draws}组参数抽样，仅供试算。",
            f"What would be without the plan rests on only {draws} parameter draws: a first look.",
        ).of(lang)


def _missing(lang: str) -> str:
    return Text(
        "没有推演不实施计划的情形，计划本身起多大作用无从判断；"
        "在情景中写明 baseline 后重新推演（miaopu forecast）即可补上。",
        "The scenario without the plan was not run, so that what the plan itself does cannot be told; name a baseline "
        "in the scenario and run miaopu forecast again.",
    ).of(lang)
