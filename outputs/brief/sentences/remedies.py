"""What would help a target: options whose gain is told from zero, and levers that are told from nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ....model.text import Text
from ...likelihood import favourable
from ...tables import FEW_DRAWS
from ...words import bracketed
from ..findings import Change, FactorFinding, FactorSet, Findings, OptionFinding, TargetFinding
from .carrying import carried
from .certainty import sure
from .parts import amount, called, falls, listed, reverse, rises
from .verdicts import verdict, word


class Remedy(NamedTuple):
    """An option that surely helps a target: in its probability, or only in its figure."""

    option: OptionFinding
    change: Change  # for the better: greater than zero
    unit: str
    odds: bool  # whether the change is one of the probability


def better(change: Change | None, target: TargetFinding) -> Change | None:
    """A change of a target's figure turned so that more is better."""
    return reverse(change) if change is not None and target.sense == "<=" else change


def others(findings: Findings) -> list[OptionFinding]:
    """The options that were compared with the plan."""
    if not findings.options or findings.options[0].about != "base":
        return []
    return [option for option in findings.options if option.about == "other"]


def remedies(findings: Findings, target: TargetFinding) -> list[Remedy]:
    """Options that surely help, the largest gain first; those that raise only the figure count where none does more.

    Of those whose gain is not told from the largest, the one that costs least goes first.
    """
    odds, figures = [], []
    for option in others(findings):
        chance = option.chance_changes.get(target.key)
        outcome = better(option.outcome_changes.get(target.key), target)
        if chance is not None and rises(chance):
            odds.append(Remedy(option, chance, "share", True))
        if outcome is not None and rises(outcome):
            figures.append(Remedy(option, outcome, target.unit, False))
    found = sorted(odds or figures, key=lambda one: -one.change.value)
    tied = [*found[:1], *alike(found)]
    rest = [one for one in found if one not in tied]
    return [*sorted(tied, key=_more_money), *rest]


def _more_money(one: Remedy) -> float:
    """What it costs more than the plan (yuan); unknown costs go last."""
    change = one.option.money_change
    return math.inf if change is None or math.isnan(change.value) else change.value


def alike(found: Sequence[Remedy]) -> list[Remedy]:
    """The others whose gain is not told from the first's."""
    return [
        one for one in found[1:] if one.change.high >= found[0].change.low and one.change.low <= found[0].change.high
    ]


def losses(
    findings: Findings, option: OptionFinding, target: TargetFinding
) -> Iterator[tuple[TargetFinding, Change, str]]:
    """Other targets that the option surely makes less likely, or whose figure it surely worsens; with the unit."""
    for other in findings.targets:
        if other.key == target.key:
            continue
        chance = option.chance_changes.get(other.key)
        outcome = better(option.outcome_changes.get(other.key), other)
        if chance is not None and falls(chance):
            yield other, chance, "chance"
        elif outcome is not None and falls(outcome):
            yield other, outcome, other.unit


def option_sentence(findings: Findings, target: TargetFinding, found: Sequence[Remedy], lang: str) -> str:
    """The best option with its gain, money, side effects and what it leaves undone; and those as good."""
    best = found[0]
    whose = called(target, lang)
    what = Text(f"{whose}达标概率", f"the probability for {whose}") if best.odds else Text(whose, whose)
    gain = amount(best.change, best.unit, lang)
    lower = not best.odds and target.sense == "<="
    verb = Text("降低" if lower else "提高", "lowers" if lower else "raises")
    name = best.option.name
    said = Text(
        f"所比较的方案中，“{name.zh}”使{what.zh}{verb.zh}{gain}，{_money(best.option, 'zh')}",
        f'Of the options compared, "{name.en}" {verb.en} {what.en} by {gain} and {_money(best.option, "en")}',
    ).of(lang)
    effects = list(_side_effects(findings, target, best.option, lang))
    if effects:
        said += Text("，但", ", but ").of(lang) + Text("，", ", ").of(lang).join(effects)
    said = Text("；", "; ").of(lang).join([said, *_short(target, best, lang)]) + Text("。", ".").of(lang)
    return said + _as_good(alike(found), lang) + _few(best.option, lang)


def _money(option: OptionFinding, lang: str) -> str:
    """What it costs more or less than the plan."""
    change = option.money_change
    if change is None:
        return Text("花费未估", "has no cost estimate").of(lang)
    if rises(change):
        return Text("比现行方案多花", "costs ").of(lang) + amount(change, "yuan", lang) + Text("", " more").of(lang)
    if falls(change):
        return Text("比现行方案少花", "costs ").of(lang) + amount(change, "yuan", lang) + Text("", " less").of(lang)
    return Text("与现行方案的花费差别与零无法区分", "at a cost not told apart from the plan's").of(lang)


def _side_effects(findings: Findings, target: TargetFinding, option: OptionFinding, lang: str) -> Iterator[str]:
    for other, change, unit in losses(findings, option, target):
        odds = unit == "chance"
        by = amount(change, "share" if odds else unit, lang)
        name = called(other, lang)
        worse = Text("减少", "falls") if other.sense == ">=" else Text("增加", "rises")
        yield Text(
            f"{name}达标概率降低{by}" if odds else f"{name}{worse.zh}{by}",
            f"the probability for {name} falls by {by}" if odds else f"the figure for {name} {worse.en} by {by}",
        ).of(lang)


def enough(best: Remedy, target: TargetFinding) -> bool:
    """Whether the target will probably be met with the option; True also where that is not known."""
    chance = best.option.chances.get(target.key)
    return chance is None or favourable(word(chance))


def _short(target: TargetFinding, best: Remedy, lang: str) -> Iterator[str]:
    """That the option alone is not enough."""
    if not enough(best, target):
        chance = best.option.chances[target.key]
        yield Text(
            f"仅靠这一项，{verdict(chance, 'zh', '达标')}（{sure(chance, 'zh')}）",
            f"with this alone {verdict(chance, 'en', 'it')} ({sure(chance, 'en')})",
        ).of(lang)


def _as_good(rest: Sequence[Remedy], lang: str) -> str:
    if not rest:
        return ""
    names = [one.option.name.of(lang) for one in rest]
    quoted = [Text(f"“{name}”", f'"{name}"').of(lang) for name in names]
    costs = [bracketed(said, _money(one.option, lang), lang) for said, one in zip(quoted, rest, strict=True)]
    does = "do" if len(rest) > 1 else "does"
    return Text(
        f"{listed(costs, 'zh')}的效果与之分不出高低。",
        f" As far as can be told, {listed(costs, 'en')} {does} as much.",
    ).of(lang)


def _few(option: OptionFinding, lang: str) -> str:
    """A warning where the comparison rests on few draws."""
    draws = min((chance.draws for chance in option.chances.values()), default=FEW_DRAWS)
    if draws >= FEW_DRAWS:
        return ""
    return Text(
        f"该比较只用了{draws}组参数抽样，仅供试算。",
        f" That comparison rests on only {draws} parameter draws: a first look.",
    ).of(lang)


def lever_sentence(target: TargetFinding, known: FactorSet, found: Sequence[FactorFinding], lang: str) -> str:
    """The levers that carry a target, with their shares and directions."""
    good = -1 if known.kind != "reached" and target.sense == "<=" else 1
    ways = []
    for more, way in ((1, Text("宜高", "more is better")), (-1, Text("宜低", "less is better"))):
        names = [lever.label.of(lang) for lever in found if lever.rises * good == more]
        if names:
            those = listed(names, lang)
            ways.append(way if len(names) == len(found) else Text(f"{those}{way.zh}", f"for {those} {way.en}"))
    said, how = carried(known, found, lang), Text("、", ", ").of(lang).join(way.of(lang) for way in ways)
    return Text(
        f"对它作用最大的措施是{said}；取值{how}。", f"The lever{'s' if len(found) > 1 else ''} that "
        f"carr{'y' if len(found) > 1 else 'ies'} it most: {said}; {how}.",
    ).of(lang)  # fmt: skip
