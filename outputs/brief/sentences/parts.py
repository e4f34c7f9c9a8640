"""Parts of sentences that several sections share: what is asked, what is expected, how far two figures differ."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from ....model.text import Text
from ...experiment_facts import Measure
from ...tables import SCOPES, SIGNS
from ...words import bracketed, counted, month_name, percent, quantity, span, threshold
from ..document import Paragraph, Run
from ..findings import Change, Spread, TargetFinding
from .phrases import size

_OPEN, _CLOSE = "\ue000", "\ue001"  # of no alphabet: around what is set in bold


def strong(text: str) -> str:
    """Key words, set in bold by `paragraph`."""
    return f"{_OPEN}{text}{_CLOSE}"


def paragraph(text: str, style: str = "body") -> Paragraph:
    """A paragraph whose `strong` parts are bold."""
    parts = re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", text)
    return Paragraph(tuple(Run(part.strip(_OPEN + _CLOSE), part[:1] == _OPEN) for part in parts if part), style)


def listed(items: Sequence[str], lang: str) -> str:
    """甲、乙和丙, or a, b and c."""
    *first, last = items
    if not first:
        return last
    return Text("、", ", ").of(lang).join(first) + Text("和", " and ").of(lang) + last


def own(targets: Sequence[TargetFinding]) -> list[TargetFinding]:
    """The targets counted as they say themselves."""
    return [target for target in targets if target.own]


def counterpart(targets: Sequence[TargetFinding], target: TargetFinding) -> TargetFinding | None:
    """The same target counted the other way."""
    return next((one for one in targets if one.id == target.id and one.counts != target.counts), None)


def dated(target: TargetFinding) -> bool:
    """Whether a target is due in one month, and not every year."""
    year, _, month = target.deadline.partition("-")
    return year.isdigit() and month.isdigit()


def due(target: TargetFinding, lang: str) -> str:
    """2025年12月底 or 每年; by December 2025 or every year."""
    return month(target.deadline, lang, Text("底", "by ")) if dated(target) else Text("每年", "every year").of(lang)


def month(date: str, lang: str, more: Text = Text("", "")) -> str:  # noqa: B008
    """The month of "2025-12", in Chinese with `more` behind it, in English before it."""
    year, _, number = date.partition("-")
    said = month_name(int(year), int(number), lang)
    return said + more.zh if lang == "zh" else more.en + said


def level(value: float, unit: str, lang: str) -> str:
    """A threshold in its unit."""
    if unit == "score":
        return f"{value:g}"
    return threshold(value, lang) if unit == "share" else quantity(value, unit, lang)


def where(target: TargetFinding, lang: str) -> str:
    """每个区县, in 3 prefectures, or nothing for the whole place."""
    kind, _, count = target.scope.partition(": ")
    if kind not in SCOPES:
        return ""
    zh, en = SCOPES[kind]
    said = Text(f"至少{count}个{zh}", f"in {count} {en}s") if count else Text(f"每个{zh}", f"in every {en}")
    return said.of(lang)


def required(target: TargetFinding, lang: str) -> str:
    """What a table says is asked: ≥ 85%，2025年12月底."""
    limit = f"{SIGNS[target.sense]} {level(target.threshold, target.unit, lang)}"
    parts = [limit, where(target, lang), due(target, lang)]
    return Text("，", ", ").of(lang).join(part for part in parts if part)


def task(target: TargetFinding, lang: str, known: str = "") -> str:
    """What is asked, to stand in brackets; the deadline is left out where it is the one `known` already.

    2025年12月底每个区县不少于1; at least 1 in every district by December 2025.
    """
    limit = level(target.threshold, target.unit, lang)
    when = "" if target.deadline == known else due(target, lang)
    if lang == "zh":
        return f"{when}{where(target, lang)}{_verb(target)}{limit}"
    least = "at most " if target.sense == "<=" else "at least "
    if target.unit == "share" and target.threshold >= 1:
        least = ""
    return " ".join(part for part in (least + limit, where(target, lang), when) if part)


def goal(target: TargetFinding) -> str:
    """What is asked, as the subject of a Chinese sentence: 到2025年12月底街道枢纽覆盖率达到85%（名义口径）."""
    limit = f"{_verb(target)}{level(target.threshold, target.unit, 'zh')}"
    kind = counted(target.counts).zh
    when = f"到{due(target, 'zh')}" if dated(target) else due(target, "zh")
    return f"{when}{where(target, 'zh')}{target.label.zh}{limit}{f'（{kind}）' if kind else ''}"


def _verb(target: TargetFinding) -> str:
    if target.sense == "<=":
        return "不超过"
    return "达到" if target.unit == "share" else "不少于"


def called(target: TargetFinding, lang: str, counts: bool = True) -> str:
    """A target's name, with its way of counting where there are two."""
    kind = counted(target.counts).of(lang)
    return bracketed(target.label.of(lang), kind, lang) if counts and kind else target.label.of(lang)


def figure(spread: Spread, unit: str, lang: str) -> str:
    """A median, no finer than its Monte Carlo error."""
    value = spread.value
    if math.isfinite(spread.error) and spread.error > 0:
        value = round(value, -math.floor(math.log10(spread.error)))
        if unit == "share" and spread.error >= 0.005:  # whole per cents at best
            return percent(value, lang)
    return quantity(value, unit, lang)


def ends(spread: Spread, unit: str, lang: str) -> str:
    """47%～81%: the range over runs."""
    return span(quantity(spread.low, unit, lang), quantity(spread.high, unit, lang), lang)


def ranged(spread: Spread, unit: str, lang: str) -> str:
    """65%（47%～81%）: a median with its range over runs."""
    return bracketed(figure(spread, unit, lang), ends(spread, unit, lang), lang)


def rises(change: Change | None) -> bool:
    """Whether a difference is surely above zero."""
    return change is not None and change.low > 0


def falls(change: Change | None) -> bool:
    """Whether a difference is surely below zero."""
    return change is not None and change.high < 0


def reverse(change: Change) -> Change:
    """The difference seen from the other side."""
    return Change(-change.value, -change.high, -change.low)


def amount(change: Change, unit: str, lang: str) -> str:
    """How large a difference is, without its sign, and its interval: 1.5个百分点（1.1～1.9）."""
    return size(change, Measure(Text("", ""), unit, ""), lang)
