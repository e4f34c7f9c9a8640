"""Hindcasts: the model's forecasts of known figures beside naive ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import style
from .calibration_figures import plain, series_figure
from .calibration_tables import Calibration
from .calibration_words import FORECASTS, SERIES, of_word
from .fan import Drawing
from .outcome_words import capital
from .row_chart import END, blank, plot_area, ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEAD, ROW, SCALE = 7.0, 5.4, 7.5  # mm
LEFT, RIGHT, SCORE = 46.0, 138.0, 160.0
COLOURS = {"model": style.NOMINAL, "last_value": "#999999", "trend": "#999933", "logistic": "#CC6677"}


def draw_hindcast(known: Calibration, lang: str) -> Drawing | None:
    """A block for each series: every forecast with its 90 % range and score, and the figure that came."""
    table = known.get("hindcast")
    if table is None:
        return None
    best = table.loc[table.groupby("series", sort=False)["crps"].idxmin().to_numpy(), "forecast"]
    won = int((best == "model").sum())
    title = Text(
        f"{len(best)}条序列中，模型的CRPS最小的有{won}条",
        f"The model has the best score in {won} of {len(best)} series",
    )
    subtitle = Text("回测：各预测与后来的观测值", "Hindcasts: forecasts and the figure that was observed later")
    note = Text(
        "竖线：观测值；点和横带：预测中位数和90%范围（简单预测没有范围）。右侧CRPS越小越好，单位与序列相同，每条序列最小者加粗。"
        "序列太少，不据此判断区间的覆盖率。",
        "Upright line: observed. Dots and bands: median and 90 % range of each forecast (naive ones have none). CRPS, "
        "in the series' unit: smaller is better, the best of each series in bold. Too few series to speak of coverage.",
    )
    if len(best) >= 10:
        note = Text(note.zh.rsplit("序列太少", 1)[0], note.en.rsplit(" Too few", 1)[0])
    blocks = {str(name): mine for name, mine in table.groupby("series", sort=False)}
    room = sum(HEAD + ROW * len(mine) + SCALE for mine in blocks.values())
    figure = style.sheet(known, lang, title.of(lang), subtitle.of(lang), [note.of(lang)], content=room)
    sheet, top = blank(figure, room), 0.0
    for name, mine in blocks.items():
        _block(sheet, top, name, mine, lang)
        top += HEAD + ROW * len(mine) + SCALE
    return Drawing(figure, table)


def _block(sheet: Axes, top: float, name: str, mine: pd.DataFrame, lang: str) -> None:
    title = capital(of_word(name, SERIES, lang))
    sheet.text(0, top + HEAD / 2, title, weight="bold", va="center", size=style.TEXT + 0.5)
    sheet.text(SCORE, top + HEAD / 2, "CRPS", va="center", ha="right", size=style.FOOT + 0.5, color=style.SOFT)
    top += HEAD
    sheet.plot([0, END], [top, top], color=style.SOFT, linewidth=0.8)
    figures = mine[["observed", "p05", "median", "p95"]].to_numpy(float).ravel()
    figures = figures[~pd.isna(figures)]
    low, high = float(figures.min()), float(figures.max())
    room = 0.05 * (high - low) or 0.05 * abs(high) or 1.0
    area = plot_area(sheet, (LEFT, RIGHT), (top, top + ROW * len(mine)), (low - room, high + room))
    area.set_xticks(ticks(low - room, high + room, 6))
    area.xaxis.set_major_formatter(lambda value, _: series_figure(name, float(value), lang))
    area.axvline(float(mine["observed"].iloc[0]), color=style.INK, linewidth=1.3, zorder=1)
    for place, (_, row) in enumerate(mine.iterrows()):
        y = top + (place + 0.5) * ROW
        colour = COLOURS.get(str(row["forecast"]), style.REST)
        sheet.text(2.0, y, of_word(row["forecast"], FORECASTS, lang), va="center")
        if not math.isnan(row["p05"]) and row["p05"] != row["p95"]:
            area.plot([row["p05"], row["p95"]], [y, y], color=colour, linewidth=5, alpha=0.45, solid_capstyle="butt")
        area.plot(row["median"], y, "o", color=colour, markersize=5, clip_on=False, zorder=3)
        least = row["crps"] == mine["crps"].min()
        sheet.text(SCORE, y, plain(float(row["crps"])), va="center", ha="right", weight="bold" if least else "normal")
