"""The values of assumptions in words: with their range, their unit and their source."""

from __future__ import annotations

from ....model.text import Text
from ....scenarios.units import number, shown
from ...tables import reading_label
from ...words import bracketed, percent, quantity, span
from ..findings import AssumptionFinding
from .phrases import joined

COUNTED = {
    "months": Text("个月", "months"),
    "years": Text("年", "years"),
    "persons": Text("人", "persons"),
    "posts": Text("个岗位", "posts"),
    "seats": Text("个座位", "seats"),
    "slots": Text("个名额", "slots"),
}
PER = {"per year": Text("每年", "per year"), "per month": Text("每月", "per month")}


def with_range(found: AssumptionFinding, lang: str) -> str:
    """A value and what it was varied over, its unit once: 每年0.15（0.105～0.195）."""
    value, low, high = (figure(one, found.unit, lang) for one in (found.value, found.low, found.high))
    inner = span(low, high, lang) if found.low else ""
    unit = unit_of(found, lang)
    whole = bracketed(value, inner, lang) if inner else value
    return Text(unit + whole, f"{whole} {unit}".strip()).of(lang) if _is_rate(found) else whole + unit


def ends(found: AssumptionFinding, lang: str) -> tuple[str, str]:
    """Both ends of the range with their unit."""
    low, high = (figure(end, found.unit, lang) for end in (found.low, found.high))
    unit = unit_of(found, lang)
    if _is_rate(found):
        return Text(unit + low, low).of(lang), Text(unit + high, f"{high} {unit}").of(lang)
    return low + (unit if lang == "zh" else ""), high + unit


def _is_rate(found: AssumptionFinding) -> bool:
    return any(found.unit.endswith(per) for per in PER)


def unit_of(found: AssumptionFinding, lang: str) -> str:
    """What stands before (in Chinese, of rates) or behind the number; nothing for shares, money and bare numbers."""
    for per, name in PER.items():
        if found.unit.endswith(per):
            return name.of(lang)
    if found.unit not in COUNTED or not found.value[:1].isdigit():
        return ""
    return Text("", " ").of(lang) + COUNTED[found.unit].of(lang)


def figure(value: str, unit: str, lang: str) -> str:
    """A figure as the log writes it: numbers, several apart, words and multiples as they stand."""
    parts = value.split("/") if value else []
    if "…" in parts or len(parts) > 3:
        return Text("各处不一", "various").of(lang)
    told = [_number(part, unit, lang) for part in parts]
    return joined(told, lang) if told else "—"


def _number(part: str, unit: str, lang: str) -> str:
    try:
        found = float(part)
    except ValueError:
        return reading_label(part).of(lang) if part.isidentifier() else part
    if unit == "share":
        return percent(found, lang, 0 if abs(found) >= 0.0995 else 1)
    if unit.startswith("yuan"):
        return quantity(found, "yuan", lang)
    if unit == "flag":
        return shown(found, unit).of(lang)
    return number(float(f"{found:.3g}") if abs(found) < 100 else round(found)).replace("-", "−")
