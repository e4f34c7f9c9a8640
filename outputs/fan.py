"""A fan: the median of all runs over time, with the ranges that hold half and nine tenths of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from .style import FOOT, INK
from .words import MYRIAD, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Drawing(NamedTuple):
    """A chart and the numbers behind it, as drawn."""

    figure: Figure
    data: pd.DataFrame


def draw_fan(axes: Axes, band: pd.DataFrame, colour: str) -> None:
    """Draw the columns p05 to p95 of `band` by month; a month's value lies at the month's end."""
    when = band["month"] + 1
    axes.fill_between(when, band["p05"], band["p95"], color=colour, alpha=0.18, linewidth=0)
    axes.fill_between(when, band["p25"], band["p75"], color=colour, alpha=0.32, linewidth=0)
    axes.plot(when, band["p50"], color=colour)


def target_line(axes: Axes, threshold: float, said: str) -> None:
    """A dotted line at a target's threshold, with its words to the right."""
    axes.axhline(threshold, color=INK, linewidth=1.0, linestyle=(0, (1.5, 1.5)), zorder=3)
    axes.annotate(
        said, (1, threshold), xycoords=("axes fraction", "data"), xytext=(5, 0), textcoords="offset points",
        va="center", size=FOOT + 0.5, annotation_clip=False,
    )  # fmt: skip


def panels_in_two_columns(figure: Figure, count: int, width: float) -> list[tuple[Axes, float]]:
    """Panels and how wide each is (`width` mm in two columns); of an odd number the first has a row to itself."""
    odd = count % 2
    grid = figure.add_gridspec((count + odd) // 2, 2)
    found = [(figure.add_subplot(grid[0, :]), 2 * width + 10)] if odd else []
    return found + [(figure.add_subplot(grid[k // 2, k % 2]), width) for k in range(2 * odd, count + odd)]


def at(band: pd.DataFrame, month: int, column: str = "p50") -> float:
    """One number of a fan."""
    return float(band.loc[band["month"] == month, column].iloc[0])


def as_shares(axes: Axes, lang: str) -> None:
    """Show y as per cent, from 0 to 100."""
    axes.set_ylim(0, 1.01)  # so that a line at 100 % is whole
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    _format(axes, lambda value: percent(value, lang))


def as_numbers(axes: Axes, lang: str) -> None:
    """Show y as plain numbers from 0, in Chinese in 万 where they are large."""
    axes.set_ylim(bottom=0)
    in_myriads = lang == "zh" and axes.get_ylim()[1] > 2 * MYRIAD
    _format(axes, lambda value: f"{value / MYRIAD:g}万" if in_myriads and value else number(value, "en"))


def _format(axes: Axes, write: Callable[[float], str]) -> None:
    axes.yaxis.set_major_formatter(lambda value, _: write(float(value)))
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0)
