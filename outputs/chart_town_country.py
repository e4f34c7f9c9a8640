"""Town and country: how many organizations a community and a village has, how able they are, and what they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import baseline, style
from .calendar_axis import time_axis
from .fan import Drawing, as_numbers, as_shares, at, draw_fan
from .reading import Facts, facts, label, long_bands, present
from .words import bracketed, number, percent, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# columns of panels: above the town (for needs met: all residents), below the country
COLUMNS = (
    ("organizations_per_urban_community", "organizations_per_rural_community"),
    ("urban_capability", "rural_capability"),
    ("needs_met", "rural_needs_met"),
)
UNITS = (
    Text("个", "number"),
    Text("得分（0–1分）", "score (0 to 1)"),
    Text("占全部需求", "share of needs"),
)
HIGH = 40.0  # mm for the names and figures around the panels


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the place has only towns or only villages."""
    known = facts(results)
    pairs = [(pair, unit) for pair, unit in zip(COLUMNS, UNITS, strict=True) if _there(results.months, pair)]
    if not pairs:
        return None
    names = [name for pair, _ in pairs for name in pair]
    data, grey = long_bands(results.months, names), baseline.long_without(results, names)
    title, subtitle = _headline(known, data, pairs, lang)
    notes = [style.BAND.of(lang), *([] if grey is None else [baseline.NOTE.of(lang)]), NOTE.of(lang)]
    figure = style.sheet(known, lang, title, subtitle, notes, style.HALF_PAGE + 24)
    if grey is not None:
        baseline.draw_key(figure, lang, [style.TOWN])
    _panels(figure, known, data, grey, pairs, lang)
    return Drawing(figure, baseline.both(data, grey))


NOTE = Text(
    "上下两图纵轴相同；城市社区为上，农村社区（村）为下；需求满足率上图为全体居民。能力的纵轴不从0开始。",
    "Panels above each other have one scale: above urban communities (for needs, all residents), below villages. "
    "The axis of capability does not begin at 0.",
)


def _there(months: pd.DataFrame, pair: tuple[str, str]) -> bool:
    return len(present(months, pair)) == 2


def _panels(
    figure: Figure, known: Facts, data: pd.DataFrame, grey: pd.DataFrame | None,
    pairs: list[tuple[tuple[str, str], Text]], lang: str,
) -> None:  # fmt: skip
    panels = figure.subplots(2, len(pairs), squeeze=False, sharey="col")
    room = 162 / len(pairs)
    for column, (pair, unit) in enumerate(pairs):
        for row, (name, colour) in enumerate(zip(pair, (style.TOWN, style.COUNTRY), strict=True)):
            axes = panels[row, column]
            draw_fan(axes, data[data["indicator"] == name], style.PLAN if name == "needs_met" else colour)
            if grey is not None:
                baseline.draw_baseline(axes, grey[grey["indicator"] == name])
            time_axis(axes, known, lang, width=room - 16, name_deadline=False)
            axes.set_title("\n".join(style.broken(label(name, lang), room - 6, style.TEXT + 0.5, "bold")))
            axes.set_ylabel(unit.of(lang))
        _scale(panels[1, column], data, grey, pair, lang)
        _scale(panels[0, column], data, grey, pair, lang)


def _scale(axes: Axes, data: pd.DataFrame, grey: pd.DataFrame | None, pair: tuple[str, str], lang: str) -> None:
    """One scale for both, no higher than what is shown, from 0 but for capability."""
    shown = pd.concat([data, *([] if grey is None else [grey])])
    top = float(shown.loc[shown["indicator"].isin(pair), "p95"].max()) * 1.05
    if pair[0] == "needs_met":
        as_shares(axes, lang)
        step = 0.2 if top > 0.5 else 0.1 if top > 0.2 else 0.05
        axes.set_yticks([k * step for k in range(int(min(top, 1.0) / step) + 1)])
        axes.set_ylim(0, min(top, 1.01))
    elif pair[0] == "urban_capability":
        low = float(shown.loc[shown["indicator"].isin(pair), "p05"].min())
        axes.set_ylim(max(0.0, low - 0.05), min(1.0, top + 0.03))
        axes.grid(axis="y")
        axes.tick_params(axis="y", length=0)
    else:
        as_numbers(axes, lang)
        axes.set_ylim(0, top)


def _headline(
    known: Facts, data: pd.DataFrame, pairs: list[tuple[tuple[str, str], Text]], lang: str
) -> tuple[str, str]:
    end = known.months - 1 if known.deadline is None else known.deadline
    date = known.month(end, lang)
    bands = {str(name): band for name, band in data.groupby("indicator", sort=False)}

    def told(name: str) -> str:
        low, middle, high = (_written(name, at(bands[name], end, edge), lang) for edge in ("p05", "p50", "p95"))
        gap = "" if lang == "zh" else " "
        return label(name, lang) + gap + bracketed(middle, span(low, high, lang), lang)

    comma = Text("，", ", ").of(lang)
    first, *more = [comma.join(told(name) for name in pair) for pair, _ in pairs]
    title = Text(f"{date}底：{first}", f"End of {date}: {first}").of(lang)
    tail = Text("中位数，括号内为90%范围", "medians (90 % of runs)").of(lang)
    return title, Text("；", "; ").of(lang).join([*more, tail])


def _written(name: str, value: float, lang: str) -> str:
    if name.endswith("needs_met"):
        return percent(value, lang, 1 if value < 0.095 else 0)
    return f"{value:.2f}" if name.endswith("capability") else number(value, lang)
