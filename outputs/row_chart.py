"""Charts made of rows: a sheet measured in mm, with names, plots and figures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

END = style.WIDTH - 2 * style.MARGIN  # mm: how wide rows are
LINE = 3.5  # mm between the two lines of a row


def blank(figure: Figure, high: float) -> Axes:
    """Axes over the whole content whose units are mm, from the top down."""
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_xlim(0, END)
    axes.set_ylim(high, 0)
    return axes


def strip_above(figure: Figure, high: float) -> Axes:
    """Axes in mm over the uppermost `high` mm of the content; what is laid out later has the rest."""
    engine = figure.get_layout_engine()
    assert engine is not None
    left, low, width, height = engine.get()["rect"]
    share = high / (figure.get_figheight() * 25.4)
    engine.set(rect=(left, low, width, height - share))  # pyright: ignore[reportCallIssue]
    axes = figure.add_axes((left, low + height - share, width, share))
    axes.set_axis_off()
    axes.set_xlim(0, END)
    axes.set_ylim(high, 0)
    return axes


def plot_area(sheet: Axes, across: tuple[float, float], down: tuple[float, float], limits: tuple[float, float]) -> Axes:
    """A plot inside a sheet: rows keep their places in mm as y, x has a scale of its own with a grid."""
    (left, right), (top, bottom) = across, down
    high = sheet.get_ylim()[0]
    area = sheet.inset_axes((left / END, 1 - bottom / high, (right - left) / END, (bottom - top) / high))
    area.set_facecolor("none")
    area.set_ylim(bottom, top)
    area.set_xlim(*limits)
    area.set_yticks([])
    area.spines["left"].set_visible(False)
    area.tick_params(length=2, pad=1.5, labelsize=style.FOOT + 0.5)
    area.grid(axis="x")
    return area


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers between two ends."""
    from matplotlib.ticker import MaxNLocator

    found = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return [float(tick) for tick in found if low - 1e-9 <= tick <= high + 1e-9]


def name_in(
    sheet: Axes, x: float, y: float, text: str, width: float, size: float = style.TEXT, color: str = style.INK
) -> None:
    """A name of at most two lines, in smaller letters where it is long, and cut where it is far too long."""
    lines = style.broken(text, width, size)
    if len(lines) > 1:
        size = min(size, style.TEXT - 0.8)
        lines = style.broken(text, width, size)
    while len(lines) > 2 and size > 6.0:
        size -= 0.5
        lines = style.broken(text, width, size)
    if len(lines) > 2:
        lines = [lines[0], lines[1][:-1] + "…"]
    step = size * style.POINT * 1.2
    for place, line in enumerate(lines):
        sheet.text(x, y + (place - (len(lines) - 1) / 2) * step, line, va="center", size=size, color=color)


def two(sheet: Axes, x: float, y: float, upper: str, lower: str, size: float = style.TEXT) -> None:
    """A figure in bold, with its interval below."""
    shift = LINE / 2 if lower else 0.0
    sheet.text(x, y - shift, upper, va="center", weight="bold", size=size)
    if lower:
        sheet.text(x, y + shift, lower, va="center", size=style.FOOT, color=style.SOFT)


def mark(
    area: Axes, y: float, ends: tuple[float, float, float], colour: str, shape: str = "o", filled: bool = True
) -> None:
    """A value with its interval (low, value, high), the mark filled or hollow."""
    low, value, high = ends
    area.plot([low, high], [y, y], color=colour, linewidth=2.4, alpha=0.45, solid_capstyle="butt", zorder=2)
    face = colour if filled else "white"
    area.plot(
        value, y, shape, color=colour, markerfacecolor=face, markersize=5, markeredgecolor=colour, markeredgewidth=1.0,
        zorder=3, clip_on=False,
    )  # fmt: skip


def hold(sheet: Axes) -> None:
    """Leave what stands on a sheet out of the layout: its places are known, and the sheet must not shrink for it."""
    for artist in [*sheet.texts, *sheet.collections, *sheet.lines]:
        artist.set_in_layout(False)
