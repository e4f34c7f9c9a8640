"""How many organizations there are on each step of the ladder and in each stage, month by month."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import baseline, style
from .calendar_axis import time_axis
from .fan import Drawing, as_numbers, at, draw_fan
from .reading import Facts, facts, label, long_bands, present
from .words import percent, quantity, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROOM = 162.0  # mm for a row of panels
BOOKS, ACTIVE = "organizations", "active_organizations"  # counted nominally, and really at work
ROWS = {
    Text("按管理层级（个）", "by ladder (number)"): style.LADDER | {BOOKS: style.NOMINAL},
    Text("按发展阶段（个）", "by stage (number)"): style.STAGES,
}
WORDS = (Text("在册（名义）", "books (nominal)"), Text("活动（实效）", "at work (effective)"))
NOTE = Text(
    "各小图纵轴刻度不同，均从0开始。备案、登记和各发展阶段均按在册数计（名义口径），含不活动的；实效口径只计实际活动的备案和登记组织，"
    "图中为中位数。成熟型含品牌组织。",
    "Each panel has its own vertical scale, from 0. Filed, registered and the stages count what is on the books "
    "(nominal), dormant ones included; effective: filed and registered ones really at work (median). Mature ones "
    "include brand organizations.",
)
BOTH = Text("在册与实际活动", "on the books, at work")


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the folder counts no organizations."""
    known = facts(results)
    rows = {said: present(results.months, list(colours)) for said, colours in ROWS.items()}
    names = [name for row in rows.values() for name in row]
    if not names:
        return None
    data = long_bands(results.months, names + present(results.months, [ACTIVE]))
    grey = baseline.long_without(results, names)
    title, subtitle = _headline(known, data, lang)
    notes = [style.BAND.of(lang), NOTE.of(lang)]
    if grey is not None:
        notes.insert(1, baseline.NOTE.of(lang))
    figure = style.sheet(known, lang, title, subtitle, notes, style.HALF_PAGE + (32 if grey is not None else 24))
    if grey is not None:
        baseline.draw_key(figure, lang, [style.LADDER["registered"]])
    outer = figure.add_gridspec(len(rows), 1)
    for place, (said, row) in enumerate(rows.items()):
        inner = outer[place].subgridspec(1, max(1, len(row)))
        for column, name in enumerate(row):
            axes = figure.add_subplot(inner[column])
            _panel(axes, known, data, name, ROWS[said][name], ROOM / len(row), lang)
            if grey is not None:
                baseline.draw_baseline(axes, grey[grey["indicator"] == name])
            as_numbers(axes, lang)
            if column == 0:
                axes.set_ylabel(said.of(lang))
    return Drawing(figure, baseline.both(data, grey))


def _panel(axes: Axes, known: Facts, data: pd.DataFrame, name: str, colour: str, room: float, lang: str) -> None:
    draw_fan(axes, data[data["indicator"] == name], colour)
    said = label(name, lang)
    if name == BOOKS and (data["indicator"] == ACTIVE).any():
        said = BOTH.of(lang)
        active = data[data["indicator"] == ACTIVE]
        axes.plot(active["month"] + 1, active["p50"], color=style.EFFECTIVE, linewidth=1.3)
        for colour, word, edge in ((style.NOMINAL, WORDS[0], 0.97), (style.EFFECTIVE, WORDS[1], 0.86)):
            axes.text(
                0.04, edge, word.of(lang), color=colour, transform=axes.transAxes, va="top", size=style.FOOT + 0.5
            )
    axes.set_title("\n".join(style.broken(said, room - 9, style.TEXT + 0.5, "bold")))
    time_axis(axes, known, lang, width=room - 12, name_deadline=False)


def _headline(known: Facts, data: pd.DataFrame, lang: str) -> tuple[str, str]:
    end = known.months - 1 if known.deadline is None else known.deadline
    date = known.month(end, lang)
    bands = {str(name): band for name, band in data.groupby("indicator", sort=False)}
    steps = [name for name in style.LADDER if name in bands] or list(bands)

    def told(write: Callable[[pd.DataFrame], str]) -> str:
        gap, comma = ("", "，") if lang == "zh" else (" ", ", ")
        return comma.join(label(name, lang) + gap + write(bands[name]) for name in steps)

    def quantile(band: pd.DataFrame, edge: str) -> str:
        return quantity(at(band, end, edge), "count", lang)

    medians = told(lambda band: quantile(band, "p50"))
    ranges = told(lambda band: span(quantile(band, "p05"), quantile(band, "p95"), lang))
    start = told(lambda band: quantity(at(band, 0), "count", lang))
    title = Text(f"{date}底中位数：{medians}", f"Medians at the end of {date}: {medians}")
    more = Text("", "")
    if BOOKS in bands and ACTIVE in bands and at(bands[BOOKS], end):
        share = at(bands[ACTIVE], end) / at(bands[BOOKS], end)
        more = Text(
            f"实际活动的约占在册的{percent(share, 'zh')}。",
            f" About {percent(share, 'en')} of those on the books are at work.",
        )
    subtitle = Text(
        f"90%范围：{ranges}。期初：{start}。{more.zh}", f"90 % ranges: {ranges}. At the start: {start}.{more.en}"
    )
    return title.of(lang), subtitle.of(lang)
