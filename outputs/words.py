"""Numbers, dates and lines of text as a planner reads them, in Chinese or English."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable

from ..model.text import Text

MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
MYRIAD = 10_000
NEVER_FIRST = set("，。；：、！？）》」』】”’%％…—～·,.;:!?)]")  # no line begins with these
NEVER_LAST = set("（《「『【“‘([～≥≤")  # and none ends with these


def month_name(year: int, month: int, lang: str) -> str:
    """2025年12月, or December 2025."""
    return f"{year}年{month}月" if lang == "zh" else f"{MONTHS[month - 1]} {year}"


def percent(share: float, lang: str, digits: int = 0) -> str:
    """A share as 85% or, in English, 85 %."""
    number = f"{100 * share:.{digits}f}".replace("-", "−")
    return f"{number}%" if lang == "zh" else f"{number} %"


def threshold(share: float, lang: str) -> str:
    """A share with as many digits as it has, one at most: 85%, 87.5%."""
    return percent(share, lang, 0 if math.isclose(100 * share, round(100 * share), abs_tol=1e-6) else 1)


def chance(probability: float, lang: str) -> str:
    """A probability in whole per cent; never more certain than the runs can say."""
    if math.isnan(probability):
        return "—"
    if 0 < probability < 0.005:
        return "<" + percent(0.01, lang)
    if 0.995 < probability < 1:
        return ">" + percent(0.99, lang)
    return percent(probability, lang)


def chance_with_interval(probability: float, low: float, high: float, lang: str) -> str:
    """32%（24%～41%）, or 32 % (24–41 %)."""
    if math.isnan(probability):
        return "—"
    return bracketed(chance(probability, lang), span(chance(low, lang), chance(high, lang), lang), lang)


def span(low: str, high: str, lang: str) -> str:
    """From low to high; in English the unit is written once."""
    if lang == "zh":
        return f"{low}～{high}"
    return f"{low[:-2] if low.endswith(' %') and high.endswith(' %') else low}–{high}"


def bracketed(said: str, more: str, lang: str) -> str:
    """Words with more in brackets."""
    return f"{said}（{more}）" if lang == "zh" else f"{said} ({more})"


def number(value: float, lang: str) -> str:
    """A plain number with three digits or so; in Chinese tens of thousands in 万."""
    if math.isnan(value):
        return "—"
    if lang == "zh" and abs(value) >= MYRIAD:
        return number(value / MYRIAD, "en") + "万"
    digits = 0 if abs(value) >= 100 or value == round(value) else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}".replace("-", "−")


def money_unit(largest: float, lang: str) -> tuple[float, str]:
    """Yuan per unit, and the unit, in which amounts up to `largest` yuan are best read."""
    if lang == "zh":
        return (1e8, "亿元") if largest >= 1e9 else (1e4, "万元")
    return (1e6, "million yuan") if largest >= 1e6 else (1e3, "thousand yuan")


def quantity(value: float, unit: str, lang: str) -> str:
    """A value in its indicator's unit: shares as per cent, yuan in 万元 or million yuan, the rest plain."""
    if math.isnan(value):
        return "—"
    if unit == "share":
        return percent(value, lang, 0 if abs(value) >= 0.095 or value == 0 else 1)
    if unit.startswith("yuan"):
        each, name = money_unit(abs(value), lang)
        return f"{number(value / each, 'en')}{'' if lang == 'zh' else ' '}{name}"
    if unit in ("count", "persons", "per year", "per month") and abs(value) < MYRIAD:
        return f"{round(value, 0 if abs(value) >= 20 else 1):,g}".replace("-", "−")
    return number(value, lang)


def wide(letter: str) -> bool:
    """Whether a letter fills a whole square, as Chinese ones do."""
    return unicodedata.east_asian_width(letter) in "WFA" and letter not in "–—"


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than `width` by `measure`, broken between Chinese characters or at spaces."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and measure((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """The text in pieces between which a line may break."""
    pieces: list[str] = []
    for letter in text:
        last = pieces[-1][-1] if pieces else " "
        breaks = last == " " or ((wide(letter) or wide(last)) and letter != " ")
        if not pieces or (breaks and letter not in NEVER_FIRST and last not in NEVER_LAST):
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def counted(kind: str) -> Text:
    """What "nominal" and "effective" are called."""
    return {
        "nominal": Text("名义口径", "nominal"),
        "effective": Text("实效口径", "effective"),
    }.get(kind, Text("", ""))
