"""What would change the conclusion, each with the figures that it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from ....model.text import Text
from ...likelihood import degree, favourable
from ...tables import reading_label
from ...words import chance, quantity
from ..document import Bullets, Paragraph, plain
from ..findings import AssumptionFinding, CalibrationFinding, Findings, TargetFinding
from .assumption_figures import ends
from .assumptions import strongest
from .grid_words import grid, point_degree
from .phrases import CHANCE, called, count, headed, inside, is_clear, is_few, joined, named, quoted, said, size, sure

MOST_ASSUMPTIONS = 3


def risks(findings: Findings, lang: str) -> tuple[Bullets | Paragraph, ...]:
    """One item per kind of risk; nothing where no target is set, and a sentence where no risk was found."""
    if not findings.targets:
        return ()
    told = tuple(headed(head.of(lang), text, lang) for head, text in _items(findings, lang) if text)
    return (Bullets(told),) if told else (plain(none_found(lang)),)


def none_found(lang: str) -> str:
    """That nothing examined would change the answer."""
    nothing = Text("在已检验的范围内，未发现会改变结论的情形。", "Nothing that was examined would change the answer.")
    return nothing.of(lang)


def _items(findings: Findings, lang: str) -> Iterator[tuple[Text, str]]:
    yield Text("两个未能观测的数", "Two unobserved figures"), grid(findings, lang)
    yield Text("判断性假设", "Judged figures"), assumed(findings, lang)
    yield Text("统计口径", "Way of counting"), said((effective(one, findings, lang) for one in findings.targets), lang)
    yield Text("条文理解", "Reading of clauses"), readings(findings, lang)
    if findings.calibration:
        yield Text("模型规则", "Rules of the model"), rivals(findings.calibration, lang)
    yield Text("推演次数", "Number of runs"), few_runs(findings, lang)


def assumed(findings: Findings, lang: str) -> str:
    """The assumptions that move a probability most, and whether the word for it changes."""
    moving = [one for one in strongest(findings) if is_clear(one.difference)]
    own = [target.key for target in findings.targets if target.own]
    first = [one for place, one in enumerate(moving)
             if one.target in own and one.target not in [other.target for other in moving[:place]]]  # fmt: skip
    chosen = [one for one in moving if one in first[:MOST_ASSUMPTIONS]]
    if not chosen:
        return ""
    listed = Text("；", "; ").of(lang).join(assumption(findings, one, lang) for one in chosen)
    note = Text("用语按点估计。", "Words on point estimates.").of(lang) if any(map(word_changes, chosen)) else ""
    return said((listed + Text("。", ".").of(lang), note), lang)


def assumption(findings: Findings, found: AssumptionFinding, lang: str) -> str:
    """From what to what a probability goes between the ends of an assumption."""
    if found.difference is None:
        return ""
    low, high = ends(found, lang)
    below, above = (chance(value, lang) for value in (found.at_low, found.at_high))
    by, target = size(found.difference, CHANCE, lang), called(findings, found.target, lang)
    told = Text(
        f"{quoted(found.label, 'zh')}由{low}到{high}，{target}的达标概率由{below}变为{above}（相差{inside(by)}）",
        f"{quoted(found.label, 'en')} from {low} to {high}: probability of {target} from {below} to {above} (by "
        f"{inside(by)})",
    )
    if not word_changes(found):
        return told.of(lang)
    one, other = (point_degree(value).word for value in (found.at_low, found.at_high))
    return told.of(lang) + Text(f"，由“{one.zh}”变为“{other.zh}”", f', from "{one.en}" to "{other.en}"').of(lang)


def word_changes(found: AssumptionFinding) -> bool:
    """Whether the word of the scale changes between the ends, going by their point estimates."""
    return point_degree(found.at_low) != point_degree(found.at_high)


def effective(found: TargetFinding, findings: Findings, lang: str) -> str:
    """What is left of a target that is met by name when it is counted by effect."""
    if not (found.own and found.counts == "nominal" and favourable(degree(found.chance.low, found.chance.high))):
        return ""
    twin = next((one for one in findings.targets if one.id == found.id and one.counts == "effective"), None)
    if twin is None or favourable(degree(twin.chance.low, twin.chance.high)):
        return ""
    one, other = (quantity(which.outcome.value, which.unit, lang) for which in (found, twin))
    probability = sure(twin.chance, lang)
    return Text(
        f"考核如改按实效口径，{found.label.zh}的中位数由{one}变为{other}，达标概率为{probability}。",
        f"Judged by effect, the median of {found.label.en} goes from {one} to {other}, and the probability is "
        f"{probability}.",
    ).of(lang)


def readings(findings: Findings, lang: str) -> str:
    """Which readings of ambiguous clauses the answer rests on; how others would do was not tried."""
    taken = dict.fromkeys((one.clause, one.reading, one.label.of(lang)) for one in findings.targets if one.reading)
    if not taken:
        return ""
    told = []
    for clause, key, name in taken:
        which = f"{clause} {name}".strip()
        read = reading_label(key)
        told.append(Text(f"{which}按“{read.zh}”计", f'{which} is read as "{read.en}"').of(lang))
    listed = joined(told, lang) if lang == "en" else "；".join(told)
    return Text(f"{listed}。换一种理解须重新推演。", f"{listed}. Another reading takes new runs.").of(lang)


def rivals(found: CalibrationFinding, lang: str) -> str:
    """Rival rules that the data leave open, and whether policies change places under them."""
    if not found.rivals_open:
        return Text("所试的其他规则均被数据排除。", "The data rule out every rival rule that was tried.").of(lang) if (
            found.rivals_excluded) else ""  # fmt: skip
    names, number = joined([quoted(one, lang) for one in found.rivals_open], lang), len(found.rivals_open)
    told = Text(f"数据不能排除{number}种其他规则：{names}。", f"The data leave {number} rival rule"
                f"{'s' if number > 1 else ''} open: {names}.")  # fmt: skip
    changed, total = found.rankings_changed, found.rankings
    if not total:
        return told.of(lang)
    if changed:
        more = Text(f"在这些规则下，{total}组政策排序中有{changed}组确定互换。",
                    f"Under them {changed} of {total} pairs of policies surely change"
                    f"{'s' if changed == 1 else ''} places.")  # fmt: skip
    else:
        more = Text(f"在这些规则下，{total}组政策排序无一确定互换。",
                    f"Under them none of {total} pairs of policies surely changes places.")  # fmt: skip
    return told.of(lang) + Text("", " ").of(lang) + more.of(lang)


def few_runs(findings: Findings, lang: str) -> str:
    """How wide the widest interval is where there are few runs."""
    few = [one for one in findings.targets if is_few(one.chance.draws, one.chance.runs)]
    if not few:
        return ""
    widest = max(few, key=lambda one: one.chance.high - one.chance.low)
    width = round(100 * (widest.chance.high - widest.chance.low))
    runs, draws, name = count(widest.chance.runs, lang), widest.chance.draws, named(widest, lang)
    return Text(
        f"共推演{runs}次（参数抽样{draws}组），次数偏少；{name}的达标概率区间宽{width}个百分点，增加推演次数可能改变判断。",
        f"With only {runs} runs ({draws} parameter draws) the interval of {name} is {width} points wide: more runs may "
        "change the word.",
    ).of(lang)
