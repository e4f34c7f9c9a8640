"""Names, differences and amounts as the sentences of a brief write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ....model.text import Text
from ...experiment_facts import Measure
from ...outcome_words import FINEST, decimals, plain, scale_of, signed
from ...tables import FEW_DRAWS, FEW_RUNS
from ...words import bracketed, chance_with_interval, counted
from ..document import Paragraph, Run
from ..findings import Chance, Change, Findings, Spread, TargetFinding

YUAN = Measure(Text("公共资金", "public money"), "yuan", "money")
CHANCE = Measure(Text("达标概率", "probability"), "share", "reached")
SIGNIFICANT = 3  # digits of an amount at most


def named(target: TargetFinding, lang: str) -> str:
    """A target by its label and, where there are several, its way of counting."""
    kind, label = counted(target.counts).of(lang), target.label.of(lang)
    return bracketed(label, kind, lang) if kind and kind not in label else label


def targets_by_key(findings: Findings) -> dict[str, TargetFinding]:
    """The targets by the keys that options, levers and assumptions use."""
    return {target.key: target for target in findings.targets}


def called(findings: Findings, key: str, lang: str) -> str:
    """What a target or another outcome is called; its key where nothing is known of it."""
    target = targets_by_key(findings).get(key)
    if target:
        return named(target, lang)
    return findings.measures[key].label.of(lang) if key in findings.measures else key


def figure_of(findings: Findings, key: str) -> Measure:
    """Label, unit and kind of a target's figure at the check."""
    target = targets_by_key(findings).get(key)
    if target:
        return Measure(target.label, target.unit, "measured")
    return findings.measures.get(key, Measure(Text(key, key), "", "measured"))


def quoted(name: Text, lang: str) -> str:
    """A name in quotation marks; straight ones in English: the house font draws others as wide as a Han letter."""
    return f"“{name.zh}”" if lang == "zh" else f'"{name.en}"'


def joined(names: Sequence[str], lang: str) -> str:
    """A、B和C, or A, B and C."""
    if len(names) < 2:
        return "".join(names)
    apart, last = Text("、", ", ").of(lang), Text("和", " and ").of(lang)
    return apart.join(names[:-1]) + last + names[-1]


def said(sentences: Iterable[str], lang: str) -> str:
    """Sentences one after the other; empty ones are left out."""
    return Text("", " ").of(lang).join(one for one in sentences if one)


def headed(head: str, text: str, lang: str, style: str = "body") -> Paragraph:
    """A paragraph that begins with bold words and a colon."""
    return Paragraph((Run(head + Text("：", ": ").of(lang), bold=True), Run(text)), style)


def is_clear(change: Change | None) -> bool:
    """Whether a difference is told from zero."""
    return change is not None and (change.low > 0 or change.high < 0)


def sure(found: Chance, lang: str) -> str:
    """A probability with its interval."""
    return chance_with_interval(found.value, found.low, found.high, lang)


def size(change: Change, measure: Measure, lang: str) -> str:
    """How large a difference is, with its interval, without its sign."""
    up = change if change.value >= 0 else Change(-change.value, -change.high, -change.low)
    return _difference(up, measure, lang).removeprefix("+")


def signed_size(change: Change, measure: Measure, lang: str) -> str:
    """A difference with its sign and its interval."""
    return _difference(change, measure, lang)


def _difference(change: Change, measure: Measure, lang: str) -> str:
    value, low, high = change.value, change.low, change.high
    scale = scale_of(measure, max(abs(value), abs(low), abs(high)), lang)
    digits = coarse((high - low) / 2 / scale.each, value / scale.each)
    ends = [end / scale.each for end in (value, low, high)]
    while is_clear(change) and digits < FINEST and not all(round(end, digits) for end in ends):
        digits += 1  # an interval that excludes zero is not written as one that holds it
    while digits > 0 and all(round(end, digits) == round(end, digits - 1) for end in ends):
        digits -= 1  # noughts alone say nothing
    middle = signed(value / scale.each, digits) + scale.unit.of(lang)
    below, above = (plain(end / scale.each, digits) for end in (low, high))
    between = Text("～", " to " if low < 0 else "–").of(lang)
    written = bracketed(middle, below + between + above, lang) if low < high else middle
    return ungrouped(written, lang)


def coarse(half: float, value: float) -> int:
    """Decimals of a brief: one digit of an error, or two if the value would be left with less than two itself."""
    fine = decimals(half, value)
    return max(0, fine - 1, min(fine, decimals(0.0, value) - 1)) if half > 0 else fine


def amount(value: float, half: float, lang: str) -> str:
    """Yuan, no finer than `half` (its error) supports, and to three digits at most."""
    scale = scale_of(YUAN, abs(value), lang)
    written = value / scale.each
    digits = min(decimals(half / scale.each, written), decimals(0.0, written))
    return ungrouped(plain(written, digits), lang) + scale.unit.of(lang)


def amount_with_range(found: Spread, lang: str) -> str:
    """An amount and what it ranges over, in the unit of the amount: 3.90亿元（3.85～3.95）."""
    scale = scale_of(YUAN, abs(found.value), lang)
    digits = decimals(0.0, found.value / scale.each)
    ends = (found.low, found.value, found.high)
    low, value, high = (ungrouped(plain(end / scale.each, digits), lang) for end in ends)
    middle = value + scale.unit.of(lang)
    return bracketed(middle, low + Text("～", "–").of(lang) + high, lang)


def is_few(draws: int, runs: int) -> bool:
    """Whether runs are too few to decide on."""
    return draws < FEW_DRAWS or runs < FEW_RUNS


def ungrouped(written: str, lang: str) -> str:
    """A number without commas in Chinese, where they are not written."""
    return written.replace(",", "") if lang == "zh" else written


def count(value: int, lang: str) -> str:
    """A number of things: 1,000 in English, 1000 in Chinese."""
    return ungrouped(f"{value:,}", lang)


def inside(words: str) -> str:
    """Words with brackets as they stand within brackets: 20个百分点，17～23."""
    return words.replace("（", "，").replace("）", "").replace(" (", ", ").replace(")", "")
