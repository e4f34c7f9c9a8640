"""P(target) over start coverage and order strength: both decide the answer, and nobody has measured them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..experiments.grid import COVERAGE_PARAMETER, FELT_PARAMETER
from ..experiments.store import Results
from ..model.text import Text
from . import style
from .fan import Drawing
from .reading import HUBS_EFFECTIVE, Facts, facts
from .words import chance, counted, percent, threshold

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where no grid was computed."""
    told = results.manifest.get("grid")
    if results.grid.empty or not told:
        return None
    known, data = facts(results), results.grid.copy()
    table = data.pivot(index="order_strength", columns="start_coverage", values="probability")
    centre = nearest_cell(table, *centre_of(results))
    data["centre"] = [cell == centre for cell in zip(data["start_coverage"], data["order_strength"], strict=True)]
    title, subtitle = _headline(results, known, told, lang)
    figure = style.sheet(known, lang, title, subtitle, _notes(data, lang), style.HALF_PAGE)
    axes = figure.subplots()
    _cells(axes, table, centre, lang)
    axes.set_xlabel(
        Text(
            "起点覆盖率（计划开始时已有枢纽的街道占比）",
            "start coverage (share of streets with a hub at the start)",
        ).of(lang)
    )
    axes.set_ylabel(Text("考核力度（0为不考核，1为最强）", "order strength (0 none, 1 strongest)").of(lang))
    return Drawing(figure, data)


def _cells(axes: Axes, table: pd.DataFrame, centre: tuple[float, float] | None, lang: str) -> None:
    from matplotlib.patches import Rectangle

    axes.imshow(table, cmap=style.chances(), vmin=0, vmax=1, origin="lower", aspect="auto", interpolation="nearest")
    for y, order in enumerate(table.index):
        for x, coverage in enumerate(table.columns):
            value = float(table.loc[order, coverage])
            here = (coverage, order) == centre
            axes.text(
                x,
                y,
                chance(value, lang),
                ha="center",
                va="center",
                size=style.TEXT + 1,
                color=style.readable_on(value),
                weight="bold" if here else "normal",
            )
            if here:
                axes.add_patch(
                    Rectangle((x - 0.47, y - 0.47), 0.94, 0.94, fill=False, edgecolor=style.AT_RISK, linewidth=2.2)
                )
    axes.set_xticks(range(len(table.columns)), labels=[percent(share, lang) for share in table.columns])
    axes.set_yticks(range(len(table.index)), labels=[f"{order:g}" for order in table.index])
    for edge in np.arange(0.5, len(table.columns) - 1):
        axes.axvline(edge, color="white", linewidth=1.2)
    for edge in np.arange(0.5, len(table.index) - 1):
        axes.axhline(edge, color="white", linewidth=1.2)
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def centre_of(results: Results) -> tuple[float | None, float | None]:
    """Start coverage and felt order strength in the middle of what the forecast assumes; None if unknown."""
    runs = results.runs
    middle = {
        name: float(runs[f"p_{name}"].median()) if f"p_{name}" in runs else None
        for name in (COVERAGE_PARAMETER, FELT_PARAMETER)
    }
    order = results.manifest["scenario"]["data"]
    for step in ("plan", "assessment", "order_strength"):
        order = order.get(step) if isinstance(order, dict) else None
    ordered = first_number(order)
    felt = middle[FELT_PARAMETER]
    return middle[COVERAGE_PARAMETER], None if ordered is None else ordered * (1.0 if felt is None else felt)


def first_number(written: Any) -> float | None:
    """The number in a scenario's value: plain, with dates around it, or the largest of several dated ones."""
    if isinstance(written, dict):
        return first_number(written.get("value"))
    if isinstance(written, list):
        return max((number for part in written if (number := first_number(part)) is not None), default=None)
    found = re.fullmatch(r"\s*([0-9.]+)\s*", str(written)) if written is not None else None
    return float(found[1]) if found else None


def nearest_cell(table: pd.DataFrame, coverage: float | None, order: float | None) -> tuple[float, float] | None:
    """The start coverage and order strength of the cell nearest to the assumed centre."""
    if coverage is None or order is None:
        return None
    columns, rows = table.columns.to_numpy(float), table.index.to_numpy(float)
    return float(columns[np.abs(columns - coverage).argmin()]), float(rows[np.abs(rows - order).argmin()])


def _headline(results: Results, known: Facts, told: dict[str, Any], lang: str) -> tuple[str, str]:
    rows = results.targets
    row = rows[rows["target"] == told["target"]].iloc[0]
    low, high = (chance(edge, lang) for edge in (results.grid["probability"].min(), results.grid["probability"].max()))
    aim = threshold(row["threshold"], lang)
    month = known.index(str(row["deadline"]))
    date = known.month(known.months - 1 if month is None else month, lang)
    kind = told["counts"] or ("effective" if told["indicator"] == HUBS_EFFECTIVE else "nominal")
    title = Text(
        f"枢纽覆盖率{aim}的达标概率取决于起点和考核力度：从{low}到{high}",
        f"The probability of {aim} hub coverage depends on start and orders: from {low} to {high}",
    )
    subtitle = Text(
        f"到{date}底达标的概率（{counted(kind).zh}）；起点覆盖率和考核力度均无公开数据",
        f"Probability by the end of {date} ({counted(kind).en}); neither start coverage nor order strength "
        "has been published",
    )
    return title.of(lang), subtitle.of(lang)


def _notes(data: pd.DataFrame, lang: str) -> list[str]:
    runs = sorted(set(data["runs"].astype(int)))
    each = str(runs[0]) if len(runs) == 1 else f"{runs[0]}–{runs[-1]}"
    widest = ((data["probability_high"] - data["probability_low"]) / 2).max()
    zh = f"每格推演{each}次，各格随机数相同；各格概率的95%区间半宽至多{100 * widest:.0f}个百分点。"
    en = (
        f"{each} runs per cell, on common random numbers; 95 % intervals of the cells are at most "
        f"±{100 * widest:.0f} percentage points."
    )
    if data["centre"].any():
        zh += "橙框为最接近本情景设定（起点先验中位数、考核力度）的一格。"
        en += " Outlined: the cell nearest to this scenario (median prior of the start, its order strength)."
    return [Text(zh, en).of(lang)]
