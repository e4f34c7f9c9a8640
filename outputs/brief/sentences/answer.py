"""The answer: will the plan's targets be reached, which is the weakest, and what does the plan itself do."""

from __future__ import annotations

from collections.abc import Iterator

from ....model.text import Text
from ...likelihood import ALMOST_IMPOSSIBLE, Degree, favourable, unfavourable
from ...outcome_words import capital
from ...words import bracketed, counted
from ..document import Paragraph
from ..findings import EFFECTIVE, NOMINAL, Chance, Findings, TargetFinding
from .baseline import baseline
from .carrying import carrying
from .certainty import FEW, few, sure
from .parts import called, counterpart, dated, ends, figure, goal, listed, own, paragraph, strong, task
from .target_table import target_table as target_table
from .verdicts import verdict, word

MOST = 4  # further targets that get figures of their own in the first paragraph; more are grouped by their word


def answer(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """Will the targets be reached; what would have happened without the plan; what carries the first target."""
    rows = own(findings.targets)
    if not rows:
        return (paragraph(_nothing(lang), "lead"),)
    said = [_first(findings, rows[0], lang), *_others(findings, rows, lang), *_weakest(rows, lang)]
    if few(findings) is not None:
        said.append(FEW.of(lang))
    lead = paragraph(Text("", " ").of(lang).join(said), "lead")
    return (lead, *baseline(findings, lang), *carrying(findings, lang))


def in_name_only(findings: Findings, target: TargetFinding) -> TargetFinding | None:
    """The effective row of a target that is favourable by name, where it is not favourable by effect."""
    pair = {one.counts: one for one in (target, counterpart(findings.targets, target)) if one is not None}
    by_name, by_effect = pair.get(NOMINAL), pair.get(EFFECTIVE)
    if by_name is None or by_effect is None or not favourable(word(by_name.chance)):
        return None
    return None if favourable(word(by_effect.chance)) else by_effect


def _first(findings: Findings, target: TargetFinding, lang: str) -> str:
    """The first target in full."""
    met = "如期实现" if dated(target) else "实现"
    if lang == "zh":
        head = f"按现行方案，{goal(target)}的目标{verdict(target.chance, 'zh', met)}"
        return f"{head}（达标概率{sure(target.chance, 'zh')}）{_by_effect(findings, target, 'zh')}。"
    kind = counted(target.counts).en
    asked = task(target, "en") + (f", {kind} count" if kind else "")
    head = capital(verdict(target.chance, "en", f"the target for {target.label.en} ({asked})"))
    return f"{head} (probability {sure(target.chance, 'en')}){_by_effect(findings, target, 'en')}."


def _by_effect(findings: Findings, target: TargetFinding, lang: str) -> str:
    """What a pass in name amounts to; empty where the target is favourable both ways, or neither."""
    strict = in_name_only(findings, target)
    if strict is None:
        return ""
    if target.counts == EFFECTIVE:  # the target asks for effect, and only names would reach it
        return _by_name(findings, target, lang)
    surely = unfavourable(word(strict.chance))
    outcome, odds = _expected(strict, lang), sure(strict.chance, lang)
    if lang == "zh":
        head = "但这只是名义上达标，" if surely else "但这是名义口径，"
        return f"；{head}按实效口径{verdict(strict.chance, 'zh', '达标')}（{odds}），{outcome}"
    head = "but that is in name only: " if surely else "but that is by name: "
    return f"; {head}counted by effect {_it(strict.chance)} ({odds}), with {outcome}"


def _expected(target: TargetFinding, lang: str) -> str:
    """预计只有65%（九成推演在47%～81%之间）; "only" where the median falls short."""
    value, outcome = target.outcome.value, target.outcome
    short = value < target.threshold if target.sense == ">=" else value > target.threshold
    only = Text("只有" if short and target.sense == ">=" else "为", "only " if short and target.sense == ">=" else "")
    middle, between = figure(outcome, target.unit, lang), ends(outcome, target.unit, lang)
    return Text(
        f"预计{only.zh}{middle}（九成推演在{between}之间）", f"{only.en}{middle} expected (90 % of runs: {between})"
    ).of(lang)


def _by_name(findings: Findings, target: TargetFinding, lang: str) -> str:
    loose = counterpart(findings.targets, target)
    assert loose is not None  # else there would be no pair
    outcome, odds = _expected(target, lang), sure(loose.chance, lang)
    return Text(
        f"，{outcome}；只有按名义口径才{verdict(loose.chance, 'zh', '达标')}（{odds}）",
        f", with {outcome}; only counted nominally {_it(loose.chance)} ({odds})",
    ).of(lang)


def _it(chance: Chance) -> str:
    """It is very unlikely to be met; whether it is met is open."""
    return verdict(chance, "en", "it")


def _others(findings: Findings, rows: list[TargetFinding], lang: str) -> Iterator[str]:
    """The other targets in one sentence."""
    rest = rows[1:]
    if not rest:
        return
    one_by_one = (_one(findings, target, rows[0].deadline, lang) for target in rest)
    parts = list(_grouped(rest, lang) if len(rest) > MOST else one_by_one)
    yield Text("其他目标中，", "Of the other targets, ").of(lang) + Text("；", "; ").of(lang).join(parts) + _stop(lang)


def _one(findings: Findings, target: TargetFinding, known: str, lang: str) -> str:
    """One of the other targets; a deadline that is `known` from the first is not told again."""
    named = bracketed(called(target, lang), task(target, lang, known), lang)
    strict, odds = _by_effect(findings, target, lang), sure(target.chance, lang)
    if lang == "zh":
        return f"{named}{verdict(target.chance, 'zh', '实现')}（{odds}）{strict.replace('；', '，')}"
    return f"{verdict(target.chance, 'en', f'that for {named}')} ({odds}){strict.replace(';', ',')}"


def _grouped(rows: list[TargetFinding], lang: str) -> Iterator[str]:
    """Many targets by their word, without figures: those are in the table."""
    groups: dict[Degree, list[TargetFinding]] = {}
    for row in rows:
        groups.setdefault(word(row.chance), []).append(row)
    for one, members in groups.items():
        names = listed([called(row, lang) for row in members], lang)
        if lang == "zh":
            yield f"{names}{verdict(members[0].chance, 'zh', '实现')}"
        else:
            yield f"{strong(one.word.en)}{' to meet' if one is ALMOST_IMPOSSIBLE else ''}: {names}"


def weakest(rows: list[TargetFinding]) -> list[TargetFinding]:
    """The targets whose probability is the lowest, or not told from it: their intervals overlap that of the lowest."""
    lowest = min(rows, key=lambda row: row.chance.value)
    return [row for row in rows if row.chance.low <= lowest.chance.high]


def _weakest(rows: list[TargetFinding], lang: str) -> Iterator[str]:
    """Which target is the weakest, where they disagree."""
    if len({favourable(word(row.chance)) for row in rows}) < 2:
        return
    least = weakest(rows)
    names = [called(row, lang, counts=False) for row in least]
    if len(least) == 1:
        yield Text(f"就考核口径看，把握最小的是{names[0]}。", f"As the plan counts, the weakest is {names[0]}.").of(
            lang
        )
    else:
        yield Text(
            f"就考核口径看，把握最小的是{listed(names, 'zh')}，彼此分不出高低。",
            f"As the plan counts, the weakest are {listed(names, 'en')}, which are not told apart.",
        ).of(lang)


def _nothing(lang: str) -> str:
    return Text(
        "所给结果中没有对计划目标的推演，不能回答目标能否实现；先用 miaopu forecast 推演。",
        "These results hold no forecast of a plan's targets, so that whether they will be met cannot be said; run "
        "miaopu forecast first.",
    ).of(lang)


def _stop(lang: str) -> str:
    return Text("。", ".").of(lang)
