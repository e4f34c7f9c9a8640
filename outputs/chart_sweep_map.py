"""An outcome over two factors: a map of every combination of their values."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..model.text import Text
from . import style
from .experiment_facts import ExperimentFacts, Measure, factor_label, factor_unit, measure
from .factor_words import factor_value
from .fan import Drawing
from .outcome_words import capital, scale_of, tick, unit_name, value_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CELL, LEAST, GREATEST = 9.0, 60.0, 150.0  # mm: height of a row of cells, of the map
WRITTEN = (9, 16)  # most columns and rows in which figures can be read


def draw_map(
    summary: pd.DataFrame,
    points: pd.DataFrame,
    known: ExperimentFacts,
    lang: str,
    outcome: str,
    scenario: str | None = None,
) -> Drawing | None:
    """Mean of an outcome (or the probability of reaching a target) over a grid of two factors.

    `points` has a row per point and a column f_<factor> per factor. Nothing unless exactly two factors vary, each with
    at least two values, and every combination is there once.
    """
    scenario = scenario or str(summary["scenario"].iloc[0])
    found = [str(name) for name in points.columns if str(name).startswith("f_") and points[name].nunique() > 1]
    rows = summary[(summary["scenario"] == scenario) & (summary["outcome"] == outcome)]
    if len(found) != 2 or rows.empty or points.duplicated(found).any():
        return None
    data = rows.merge(points[["point", *found]], on="point")
    table = data.pivot(index=found[1], columns=found[0], values="value")
    if table.size != len(points):
        return None
    said = measure(known, outcome, summary)
    title, subtitle = _headline(table, said, known.scenario(scenario, lang), lang)
    write, unit = _writer(table, said, lang)
    subtitle = unit + subtitle
    high = min(GREATEST, max(LEAST, CELL * len(table.index) + 12))
    written = len(table.columns) <= WRITTEN[0] and len(table.index) <= WRITTEN[1]
    figure = style.sheet(known, lang, title, subtitle, _notes(data, said, written, lang), content=high)
    axes = figure.subplots()
    low, top = _range(table, said)
    image = axes.imshow(
        table, cmap=style.chances(), vmin=low, vmax=top, origin="lower", aspect="auto", interpolation="nearest"
    )
    if written:
        _figures(axes, table, write, low, top)
    else:
        bar = figure.colorbar(image, ax=axes, pad=0.02, aspect=30)
        bar.ax.yaxis.set_major_formatter(lambda value, _: write(float(value)))
        bar.outline.set_visible(False)
    _ticks(axes, table, found, known, lang)
    return Drawing(figure, data.reset_index(drop=True))


def _range(table: pd.DataFrame, said: Measure) -> tuple[float, float]:
    """From 0 to 1 for a probability, from the least to the greatest for anything else."""
    if said.kind == "reached":
        return 0.0, 1.0
    low, high = float(np.nanmin(table.to_numpy())), float(np.nanmax(table.to_numpy()))
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _writer(table: pd.DataFrame, said: Measure, lang: str) -> tuple[Callable[[float], str], str]:
    """How values are written in the cells, and the unit where the cells do not say it."""
    if not said.unit.startswith("yuan"):
        return lambda value: value_words(value, said, lang), ""
    scale = scale_of(said, float(np.nanmax(np.abs(table.to_numpy()))), lang)
    unit = scale.unit.of(lang).strip()
    return lambda value: tick(value / scale.each), Text(f"单位：{unit}。", f"In {unit}. ").of(lang)


def _figures(axes: Axes, table: pd.DataFrame, write: Callable[[float], str], low: float, top: float) -> None:
    room = 130 / len(table.columns) - 2
    words = [[write(float(value)) for value in row] for row in table.to_numpy()]
    widest = max(style.breadth(word, style.TEXT) for row in words for word in row)
    size = max(6.0, min(style.TEXT + 0.5, style.TEXT * room / widest))
    for y, row in enumerate(words):
        for x, word in enumerate(row):
            value = float(table.iloc[y, x])
            shade = 0.0 if math.isnan(value) else (value - low) / (top - low)
            axes.text(x, y, word, ha="center", va="center", size=size, color=style.readable_on(shade))
    for edge in np.arange(0.5, len(table.columns) - 1):
        axes.axvline(edge, color="white", linewidth=1.2)
    for edge in np.arange(0.5, len(table.index) - 1):
        axes.axhline(edge, color="white", linewidth=1.2)


def _ticks(axes: Axes, table: pd.DataFrame, found: list[str], known: ExperimentFacts, lang: str) -> None:
    """Values and names of both factors; every second, third … value where there are many."""
    for axis, values, name, most in ((axes.xaxis, table.columns, found[0], 9), (axes.yaxis, table.index, found[1], 16)):
        step = math.ceil(len(values) / most)
        at = list(range(0, len(values), step))
        unit = factor_unit(known, name[2:])
        axis.set_ticks(at, labels=[factor_value(values[place], unit, lang) for place in at])
        label, of = factor_label(known, name[2:], lang), unit_name(unit, lang)
        plain = not of or unit == "share" or unit.startswith("yuan")
        axis.set_label_text(label if plain else Text(f"{label}（{of}）", f"{label} ({of})").of(lang))
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _headline(table: pd.DataFrame, said: Measure, where: str, lang: str) -> tuple[str, str]:
    ends = [value_words(float(end), said, lang) for end in (np.nanmin(table.to_numpy()), np.nanmax(table.to_numpy()))]
    title = Text(f"{said.label.zh}：从{ends[0]}到{ends[1]}", f"{capital(said.label.en)}: from {ends[0]} to {ends[1]}")
    return title.of(lang), Text(f"情景：{where}", f"Scenario: {where}").of(lang)


def _notes(data: pd.DataFrame, said: Measure, written: bool, lang: str) -> list[str]:
    runs = sorted(set(data["runs"].astype(int)))
    each = f"{runs[0]}" if len(runs) == 1 else f"{runs[0]}–{runs[-1]}"
    half = float(((data["high"] - data["low"]) / 2).max())
    what = Text("达标概率", "probability") if said.kind == "reached" else Text("均值", "mean")
    zh, en = f"每格推演{each}次，所示为{what.zh}", f"{each} runs per cell; shown: {what.en}"
    if math.isfinite(half):
        wide = (
            Text(f"{100 * half:.1f}个百分点", f"{100 * half:.1f} percentage points") if said.unit == "share" else None
        )
        plain = wide or Text(value_words(half, said, "zh"), value_words(half, said, "en"))
        zh, en = zh + f"；95%区间半宽至多{plain.zh}", en + f"; 95 % intervals are at most ±{plain.en}"
    return [Text(zh + "。", en + ".").of(lang)]
