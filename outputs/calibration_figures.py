"""Figures of the calibration's documents as they are read, and tables of them."""

from __future__ import annotations

import math
import re

from ..calibration.checks.series import SERIES
from ..model.text import Text
from ..model.vocabulary import indicators
from .words import MYRIAD, bracketed, number, percent, span

DASH = "—"
SHARES = {one.name for one in SERIES if one.unit.en.startswith("share")}  # series of the hindcasts


def is_share(indicator: str, measure: str) -> bool:
    """Whether an observation's figures are read in per cent."""
    over, _, under = indicator.partition("/")
    return measure != "level" or bool(under) or (over in indicators() and indicators()[over].unit == "share")


def seen_figure(value: float, indicator: str, measure: str, lang: str) -> str:
    """A figure of an observation in its own unit."""
    if math.isnan(value):
        return DASH
    if is_share(indicator, measure):
        return percent(value, lang, 1)
    unit = indicators()[indicator].unit if indicator in indicators() else ""
    if unit.startswith("yuan"):
        return Text(f"{number(round(value), 'zh')}元", f"{round(value):,} yuan".replace("-", "−")).of(lang)
    return plain(value) if abs(value) < MYRIAD else number(value, lang)


def seen_range(low: float, high: float, indicator: str, measure: str, lang: str) -> str:
    """What was observed: a value, a range, or an end of one."""
    low_said, high_said = (seen_figure(end, indicator, measure, lang) for end in (low, high))
    if low == high:
        return low_said
    if not math.isfinite(high):
        return f"≥ {low_said}" if lang == "en" else f"不低于{low_said}"
    if not math.isfinite(low):
        return f"≤ {high_said}" if lang == "en" else f"不高于{high_said}"
    return between(low_said, high_said, lang)


def seen_tolerance(value: float, indicator: str, measure: str, lang: str) -> str:
    """A tolerance: percentage points for what is read in per cent."""
    if math.isnan(value):
        return DASH
    if is_share(indicator, measure):
        return Text(f"{100 * value:.1f}个百分点", f"{100 * value:.1f} points").of(lang)
    return seen_figure(value, indicator, measure, lang)


def three(low: float, middle: float, high: float, lang: str) -> str:
    """A median with its 90 % range, in three significant digits."""
    return bracketed(plain(middle), between(plain(low), plain(high), lang), lang)


def between(low: str, high: str, lang: str) -> str:
    """From low to high, readable with minus signs too."""
    return f"{low} to {high}" if lang == "en" and "−" in low + high else span(low, high, lang)


def plain(value: float) -> str:
    """A number with three significant digits; large ones with thousands apart."""
    if math.isnan(value):
        return DASH
    if value == 0 or abs(value) >= 1000:
        return f"{value:.0e}".replace("e+", "e") if abs(value) >= 1e9 else number(round(value), "en")
    if abs(value) < 0.001:
        return f"{value:.1e}".replace("-", "−")
    return f"{float(f'{value:.3g}'):g}".replace("-", "−")


def series_figure(series: str, value: float, lang: str) -> str:
    """A figure of a hindcast's series in its unit."""
    return percent(value, lang, 1) if series in SHARES and not math.isnan(value) else plain(value)


def host(address: str) -> str:
    """An address as a link that shows its host; other sources as they are."""
    found = re.match(r"https?://(?:www\.)?([^/]+)", address)
    return f"[{found[1]}]({address})" if found else address


def markdown(heads: list[str], rows: list[list[str]]) -> str:
    """A table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)
