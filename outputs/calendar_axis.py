"""Months as the x of a chart: years by name, the deadline, and the time after it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .reading import Facts
from .style import AFTER, FOOT, SOFT, TEXT, breadth

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def time_axis(
    axes: Axes, known: Facts, lang: str, width: float = 70.0, name_deadline: bool = True, shade: bool = True
) -> None:
    """Months as x: a tick at each turn of the year, years by name, the time after the deadline shaded.

    A month's value is that at its end: month k lies at k + 1. `width` is about how wide the axes are, in mm.
    """
    last = known.months
    edges = sorted({0, last, *(k for k in range(last) if known.year_month(k)[1] == 1)})
    axes.set_xlim(0, last)
    axes.set_xticks(edges, labels=[""] * len(edges))
    spans = list(pairwise(edges))
    each = width / known.months
    names = [f"{known.year_month(start)[0]}{'年' if lang == 'zh' else ''}" for start, _ in spans]
    room = max(breadth(name, TEXT) for name in names) + 1.5
    step = -int(-room // (12 * each))  # name every year, or every second or third one
    shown = [
        name if place % step == 0 and (end - start) * each * step > 0.6 * room else ""
        for place, (name, (start, end)) in enumerate(zip(names, spans, strict=True))
    ]
    axes.set_xticks([(start + end) / 2 for start, end in spans], labels=shown, minor=True)
    axes.tick_params(axis="x", which="minor", length=0)
    if known.deadline is not None:
        mark_deadline(axes, known, lang, name_deadline, shade)


def mark_deadline(axes: Axes, known: Facts, lang: str, named: bool = True, shade: bool = True) -> None:
    """A dashed line at the deadline, its date below the axis, and the time after it shaded."""
    if known.deadline is None:
        return
    end = known.deadline + 1
    if not shade:  # on a picture that is dark in places
        axes.axvline(end, color="white", linewidth=1.6, zorder=1.5)
    axes.axvline(end, color=SOFT, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1.6)
    if shade and end < known.months:
        axes.axvspan(end, known.months, color=AFTER, zorder=0, linewidth=0)
    if named:
        date = known.month(known.deadline, lang)
        words = f"期限：{date}底" if lang == "zh" else f"deadline: end of {date}"
        side = "right" if end > 0.75 * known.months else "center"
        axes.annotate(
            words,
            (end, 0),
            xycoords=("data", "axes fraction"),
            xytext=(0, -16),
            ha=side,
            va="top",
            textcoords="offset points",
            size=FOOT + 0.5,
            color=SOFT,
            annotation_clip=False,
        )
