"""How many organizations there are on each step of the ladder and in each stage, month by month."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import style
from .calendar_axis import time_axis
from .fan import Drawing, as_numbers, at, draw_fan
from .reading import Facts, facts, label, long_bands, present
from .words import quantity, span

ROOM = 162.0  # mm for a row of panels
ROWS = {
    Text("按管理层级", "by ladder"): style.LADDER,
    Text("按发展阶段", "by stage"): style.STAGES,
}


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the folder counts no organizations."""
    known = facts(results)
    rows = {said: present(results.months, list(colours)) for said, colours in ROWS.items()}
    names = [name for row in rows.values() for name in row]
    if not names:
        return None
    data = long_bands(results.months, names)
    title, subtitle = _headline(known, data, lang)
    notes = [
        style.BAND.of(lang),
        Text(
            "各小图纵轴刻度不同，均从0开始。成熟型含品牌组织。",
            "Each panel has its own vertical scale, from 0. Mature ones include brand organizations.",
        ).of(lang),
    ]
    figure = style.sheet(known, lang, title, subtitle, notes, style.HALF_PAGE + 20)
    outer = figure.add_gridspec(len(rows), 1)
    for place, (said, row) in enumerate(rows.items()):
        inner = outer[place].subgridspec(1, max(1, len(row)))
        for column, name in enumerate(row):
            axes = figure.add_subplot(inner[column])
            draw_fan(axes, data[data["indicator"] == name], ROWS[said][name])
            axes.set_title("\n".join(style.broken(label(name, lang), ROOM / len(row) - 9, style.TEXT + 0.5, "bold")))
            as_numbers(axes, lang)
            time_axis(axes, known, lang, width=150 / len(row) - 8, name_deadline=False)
            if column == 0:
                axes.set_ylabel(said.of(lang))
    return Drawing(figure, data)


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
    subtitle = Text(f"90%范围：{ranges}。期初：{start}。", f"90 % ranges: {ranges}. At the start: {start}.")
    return title.of(lang), subtitle.of(lang)
