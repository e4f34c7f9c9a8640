"""A figure inside a sentence, in its unit and with three significant digits."""

from __future__ import annotations

from ...model.text import Text
from ...scenarios.units import written

POINTS = Text(" 个百分点", " percentage points")


def as_written(value: float, unit: str, gap: bool = False) -> Text:
    """The figure in both languages; a `gap` between two shares is in percentage points."""
    short = float(f"{value:.3g}")
    if unit == "share" and gap:
        points = f"{float(f'{100 * value:.3g}'):g}"
        return Text(points + POINTS.zh, points + POINTS.en)
    return written(short, unit)
