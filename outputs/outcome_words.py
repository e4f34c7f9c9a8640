"""Values and differences of outcomes in words, each in its own unit and no finer than its error."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..model.text import Text
from .experiment_facts import Measure
from .words import MYRIAD, chance, money_unit, number, quantity

POINTS = Text("个百分点", " points")
MONTHS = Text("个月", " months")
FINEST = 4  # decimals
UNITS = {
    "yuan": Text("元", "yuan"),
    "yuan per year": Text("元/年", "yuan per year"),
    "share": Text("%", "%"),
    "per year": Text("次/年", "per year"),
    "per month": Text("次/月", "per month"),
    "months": Text("月", "months"),
    "years": Text("年", "years"),
    "persons": Text("人", "persons"),
    "posts": Text("个岗位", "posts"),
    "seats": Text("个座位", "seats"),
    "slots": Text("个名额", "slots"),
    "score": Text("0～1分", "score, 0–1"),
    "times": Text("为情景设定的倍数", "times what the scenario says"),
    "multiplier": Text("倍数", "multiplier"),
    "factor": Text("倍数", "factor"),
    "ratio": Text("比值", "ratio"),
    "weight": Text("权重", "weight"),
    "count": Text("个", "number"),
    "log sd": Text("对数标准差", "log sd"),
    "power": Text("幂次", "power"),
    "rule": Text("规则编号", "number of a rule"),
    "flag": Text("", ""),
}


class Scale(NamedTuple):
    """How many of the outcome's own units make one of the units written, and what that is called."""

    each: float
    unit: Text


def unit_name(unit: str, lang: str) -> str:
    """A unit for people; one that is not known stands as it is."""
    return UNITS.get(unit, Text(unit, unit)).of(lang)


def value_words(value: float, said: Measure, lang: str) -> str:
    """A value: a probability, a date in months from the start, or a quantity in its unit."""
    if math.isnan(value):
        return "—"
    if said.kind == "reached":
        return chance(value, lang)
    if said.unit == "months":
        return f"{value:.1f}" + MONTHS.of(lang)
    if said.unit == "score":
        return f"{value:.2f}"
    if said.unit.startswith("yuan"):
        scale = scale_of(said, abs(value), lang)
        return number(round(value / scale.each, 6), "en") + scale.unit.of(lang)
    return quantity(value, said.unit, lang)


def scale_of(said: Measure, largest: float, lang: str) -> Scale:
    """The scale in which differences of at most `largest` are written."""
    if said.unit == "share":
        return Scale(0.01, POINTS)
    if said.unit.startswith("yuan"):
        each, name = (1e8, "亿元") if lang == "zh" and largest >= 1e8 else money_unit(largest, lang)
        return Scale(each, Text(name, " " + name))
    if said.unit == "months":
        return Scale(1.0, MONTHS)
    if lang == "zh" and largest >= MYRIAD:
        return Scale(MYRIAD, Text("万", ""))
    return Scale(1.0, Text("", ""))


def change_words(middle: float, low: float, high: float, said: Measure, lang: str) -> tuple[str, str]:
    """A difference with its sign and unit, and its interval, to two digits of the interval's half-width."""
    if math.isnan(middle):
        return "—", ""
    ends = [end for end in (middle, low, high) if not math.isnan(end)]
    scale = scale_of(said, max(map(abs, ends)), lang)
    digits = decimals((high - low) / 2 / scale.each, middle / scale.each)
    first = signed(middle / scale.each, digits) + scale.unit.of(lang)
    if math.isnan(low) or math.isnan(high):
        return first, ""
    below, above = (plain(end / scale.each, digits) for end in (low, high))
    between = "～" if lang == "zh" else " to " if low < 0 else "–"
    return first, below + between + above


def tick(value: float) -> str:
    """A number on an axis: 0.25, 1,500, −3."""
    return (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}").replace("-", "−")


def capital(text: str) -> str:
    """English as it begins a sentence."""
    return text[:1].upper() + text[1:]


def decimals(half: float, value: float) -> int:
    """Decimals that leave two digits of an error; where there is none, three of the value."""
    if half > 0 and math.isfinite(half):
        return min(FINEST, max(0, 1 - math.floor(math.log10(half))))
    return min(FINEST, max(0, 2 - math.floor(math.log10(abs(value))))) if value else 0


def plain(value: float, digits: int) -> str:
    """A number with a real minus sign and no minus before zero."""
    rounded = round(value, digits) + 0.0
    return f"{rounded:,.{digits}f}".replace("-", "−")


def signed(value: float, digits: int) -> str:
    """As `plain`, with a plus sign before what is greater than zero."""
    return ("+" if round(value, digits) > 0 else "") + plain(value, digits)
