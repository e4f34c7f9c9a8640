"""What to do: at most four recommendations, each with the figure that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from ....model import vocabulary
from ....model.text import Text
from ...likelihood import favourable
from ..document import Paragraph
from ..findings import Findings, TargetFinding
from .answer import in_name_only, weakest
from .baseline import anyway, without
from .carrying import levers_of
from .certainty import sure
from .find_out import find_out
from .parts import called, counterpart, falls, figure, listed, month, own, paragraph, strong
from .remedies import enough, lever_sentence, option_sentence, others, remedies
from .verdicts import verdict, word

MOST = 4
MOST_WEAK = 2  # targets that get a recommendation each
ORDINALS = "一二三四"
CLOSED = Text("补上名义与实效的差距。", "Close the gap between name and effect.")
OPEN_GAP = Text("名义与实效的差距，所比方案都补不上。", "No option examined closes the gap between name and effect.")


def advice(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """The recommendations, most urgent first; empty without targets."""
    rows = own(findings.targets)
    if not rows:
        return ()
    work = _work(findings, rows, lang)
    first, more = work[:MOST_WEAK], work[MOST_WEAK:]
    last = [said for said in (find_out(findings, lang), _leave(findings, rows, lang)) if said]
    room = MOST - len(first) - len(last)
    said = [*first, *more[: max(0, room)], *last]
    if not said:
        said = [_nothing(rows, lang)]
    return tuple(paragraph(_number(place, lang) + one) for place, one in enumerate(said))


def _number(place: int, lang: str) -> str:
    return Text(f"（{ORDINALS[place]}）", f"{place + 1}. ").of(lang)


def _work(findings: Findings, rows: Sequence[TargetFinding], lang: str) -> list[str]:
    """What helps targets that are met in name only, then the weakest of those that are not surely met."""
    named = [(row, strict) for row in rows if (strict := in_name_only(findings, row)) is not None]
    told = [strict.key for _, strict in named]
    weak = _weak([row for row in rows if not favourable(word(row.chance)) and row.key not in told])
    if not others(findings) and not findings.factors:
        troubled = [strict for _, strict in named] + weak
        return [_compare_first(troubled, lang)] if troubled else []
    in_name = [_in_name(findings, row, strict, lang) for row, strict in named]
    return in_name + [_help(findings, row, lang) for row in weak]


def _weak(rows: list[TargetFinding]) -> list[TargetFinding]:
    """The weakest, in the order of the plan."""
    return weakest(rows)[:MOST_WEAK] if rows else []


def _in_name(findings: Findings, row: TargetFinding, strict: TargetFinding, lang: str) -> str:
    """A target that is met by name and not by effect: what raises the effective figure."""
    loose = row if row is not strict else counterpart(findings.targets, row)
    assert loose is not None  # else the target were not met in name
    stands, helps = _stands(findings, loose, strict, lang), _what_helps(findings, strict, lang)
    found = remedies(findings, strict)
    if found:
        title = CLOSED if enough(found[0], strict) else OPEN_GAP
    elif helps:
        title = Text("着力提高实效。", "Raise what counts by effect.")
    else:
        title = Text("实效不足，尚无现成办法。", "What is met in name only has no remedy yet.")
    helps = helps or _none_helps(findings, strict, lang)
    return Text("", " ").of(lang).join([strong(title.of(lang)), stands, helps])


def _stands(findings: Findings, loose: TargetFinding, strict: TargetFinding, lang: str) -> str:
    """Both figures at the check, and what is left of the effective one where that surely falls afterwards."""
    by_name, by_effect = (figure(one.outcome, one.unit, lang) for one in (loose, strict))
    name, known = called(loose, lang, counts=False), vocabulary.indicators().get(loose.indicator)
    later = next((row for row in findings.after if known and row.indicator == known.effective), None)
    more = Text("", "")
    if later is not None and falls(later.change):
        end = figure(later.at_end, later.unit, lang)
        more = Text(f"，到{month(later.end, 'zh')}底更降至{end}", f", and {end} at the end of {month(later.end, 'en')}")
    return Text(
        f"{name}名义口径预计{by_name}，实效口径{by_effect}{more.zh}。",
        f"By name {name} is expected to be {by_name}, by effect {by_effect}{more.en}.",
    ).of(lang)


def _help(findings: Findings, row: TargetFinding, lang: str) -> str:
    """A weak target: what surely makes it likelier, or that nothing examined does."""
    helps = _what_helps(findings, row, lang, likelier=True)
    name = called(row, lang, counts=False)
    title = Text(f"补强{name}。", f"Strengthen {name}.")
    if not helps:
        title = Text(f"{name}需另想办法。", f"Find another way for {name}.")
        helps = _none_helps(findings, row, lang)
    return Text("", " ").of(lang).join([strong(title.of(lang)), helps])


def _what_helps(findings: Findings, row: TargetFinding, lang: str, likelier: bool = False) -> str:
    """The options that surely help, and the levers where no option does enough; empty where there are neither.

    With `likelier` only a gain in probability counts: a figure that rises may still be far from what is asked.
    """
    said = []
    found = [one for one in remedies(findings, row) if one.odds or not likelier]
    if found:
        said.append(option_sentence(findings, row, found, lang))
    levers = levers_of(findings, row)
    if levers is not None and levers[1] and not (found and enough(found[0], row)):
        said.append(lever_sentence(row, *levers, lang))
    return Text("", " ").of(lang).join(said)


def _none_helps(findings: Findings, row: TargetFinding, lang: str) -> str:
    """That none of what was examined surely helps."""
    compared, levers = len(others(findings)), levers_of(findings, row)
    tried = []
    if compared:
        count = Text(f"{compared}个", f"{compared} options") if compared > 1 else Text("", "option")
        tried.append(Text(f"所比较的{count.zh}方案", f"the {count.en} compared").of(lang))
    if levers is not None:
        tried.append(Text("所考察的措施", "the levers examined").of(lang))
    if not tried:
        return Text(
            "现有结果没有考察它的办法，可拟方案后用 miaopu compare 比较。",
            "These results hold nothing that was tried on it; draft options and run miaopu compare.",
        ).of(lang)
    name, both = called(row, lang), "都" if compared > 1 or len(tried) > 1 else ""
    return Text(
        f"{listed(tried, 'zh')}{both}没有明显提高{name}的达标概率（没有一项增益能与零区分），宜另拟方案再作推演。",
        f"Nothing in {listed(tried, 'en')} clearly raises the probability for {name} (no gain is told apart from "
        "zero); draft others and run them.",
    ).of(lang)


def _compare_first(rows: Sequence[TargetFinding], lang: str) -> str:
    names = listed([called(row, lang) for row in rows], lang)
    title = Text("先比较方案，再定措施。", "Compare options before choosing any.").of(lang)
    said = Text(
        f"{names}达标没有把握，但尚未比较过方案，也未作敏感性分析，暂提不出有依据的措施"
        "（用 miaopu compare、miaopu sensitivity 补做）。",
        f"There is no assurance for {names}, but no options or levers were examined, and so nothing can be recommended "
        "on evidence (run miaopu compare or miaopu sensitivity).",
    )
    return Text("", " ").of(lang).join([strong(title), said.of(lang)])


def _leave(findings: Findings, rows: Sequence[TargetFinding], lang: str) -> str:
    """Targets that are met with or without the plan."""
    safe = [row for row in rows if favourable(word(row.chance)) and anyway(findings, row)]
    if not safe:
        return ""
    names = listed([called(row, lang) for row in safe], lang)
    parts = []
    for row in safe:
        chance = without(findings, row)
        assert chance is not None  # `anyway` has seen it
        parts.append(Text(f"{verdict(chance, 'zh', '达标')}（{sure(chance, 'zh')}）", sure(chance, "en")).of(lang))
    title = strong(Text(f"{names}不必再加码。", f"Spend no more effort on {names}.").of(lang))
    return title + Text(
        f"不实施计划也{'、'.join(parts)}。", f" Without the plan the probability is {listed(parts, 'en')} already."
    ).of(lang)


def _nothing(rows: Sequence[TargetFinding], lang: str) -> str:
    """That the results give no reason to change anything."""
    if all(favourable(word(row.chance)) for row in rows):
        return Text(
            "按现行方案推进即可：各项目标预计都能实现，现有结果没有调整的依据。",
            "Go on as planned: all targets will probably be met, and these results give no reason to change anything.",
        ).of(lang)
    return Text("现有结果不足以提出建议。", "These results are not enough to recommend anything.").of(lang)
