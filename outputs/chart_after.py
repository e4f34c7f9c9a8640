"""What remains when the plan is over: how the main indicators stand at the end, against the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import baseline, style
from .fan import Drawing
from .reading import HUBS, HUBS_EFFECTIVE, Facts, facts, label, present
from .words import bracketed, percent, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMES = (HUBS, HUBS_EFFECTIVE, "capability", "filed", "registered", "mature")
ROW, NAME_WIDTH = 8.0, 42.0  # mm
COLOURS = {HUBS: style.NOMINAL, HUBS_EFFECTIVE: style.EFFECTIVE}


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the horizon ends with the deadline."""
    known = facts(results)
    names = present(results.months, NAMES)
    if known.deadline is None or known.deadline >= known.months - 1 or not names:
        return None
    data = remaining(results.months, known, names)
    if data.empty:
        return None
    months = baseline.months_without(results)
    grey = None if months is None else remaining(months, known, present(months, list(data["indicator"])))
    there = grey is not None and not grey.empty
    title, subtitle = _headline(known, data, lang)
    high = 13 + (ROW + (2.5 if there else 0.0)) * len(data) + (baseline.KEY if there else 0.0)
    figure = style.sheet(known, lang, title, subtitle, [_note(there, lang)], content=high)
    if there:
        baseline.draw_key(figure, lang)
    axes = figure.subplots()
    _dots(axes, data, lang)
    if there:
        _dots_without(axes, data, grey)
    _frame(axes, data if grey is None else pd.concat([data, grey]), list(data["indicator"]), lang)
    return Drawing(figure, baseline.both(data, grey))


def remaining(months: pd.DataFrame, known: Facts, names: list[str]) -> pd.DataFrame:
    """Value at the end as a share of that at the deadline, run by run: indicator, p05, p50, p95, runs."""
    at_deadline, at_end = (
        months[months["month"] == month].set_index("run")[names] for month in (known.deadline, known.months - 1)
    )
    share = (at_end / at_deadline.where(at_deadline > 0)).astype("float64")
    table = share.quantile([0.05, 0.5, 0.95]).T
    table.columns = pd.Index(["p05", "p50", "p95"])
    table["runs"] = share.count()
    return table[table["runs"] > 0].rename_axis("indicator").reset_index()


def _dots(axes: Axes, data: pd.DataFrame, lang: str) -> None:
    for place, row in data.iterrows():
        colour = COLOURS.get(row["indicator"], style.PLAN)
        axes.plot(
            [row["p05"], row["p95"]],
            [place, place],
            color=colour,
            alpha=0.4,
            linewidth=4,
            solid_capstyle="butt",
        )
        axes.plot(row["p50"], place, "o", color=colour, markersize=6)
        low, middle, high = (percent(row[edge], lang) for edge in ("p05", "p50", "p95"))
        axes.annotate(
            bracketed(middle, span(low, high, lang), lang),
            (1, place),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            va="center",
            textcoords="offset points",
            annotation_clip=False,
        )


def _dots_without(axes: Axes, data: pd.DataFrame, grey: pd.DataFrame) -> None:
    """Below each row the same without the plan."""
    place_of = {name: place for place, name in enumerate(data["indicator"])}
    for _, row in grey.iterrows():
        y = place_of[row["indicator"]] + 0.28
        axes.plot([row["p05"], row["p95"]], [y, y], color=style.BASELINE, alpha=0.35, linewidth=2.2)
        axes.plot(row["p50"], y, "D", color=style.BASELINE, markersize=3.6)


def _frame(axes: Axes, data: pd.DataFrame, names: list[str], lang: str) -> None:
    axes.axvline(1.0, color=style.SOFT, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.set_yticks(
        range(len(names)),
        labels=["\n".join(style.broken(label(name, lang), NAME_WIDTH, style.TEXT)) for name in names],
    )
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(max(0.0, min(0.9, data["p05"].min() - 0.05)), max(1.05, data["p95"].max() + 0.05))
    axes.xaxis.set_major_formatter(lambda value, _: percent(float(value), lang))
    axes.grid(axis="x")
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(Text("期末值相当于期限时的比例", "value at the end as a share of that at the deadline").of(lang))


def _headline(known: Facts, data: pd.DataFrame, lang: str) -> tuple[str, str]:
    rows = data.set_index("indicator")["p50"]
    end, deadline = known.month(known.months - 1, lang), known.month(known.deadline or 0, lang)
    first = next(name for name in (HUBS, *rows.index) if name in rows)
    share = percent(rows[first], lang)
    title = Text(
        f"期限过后留下多少：{label(first, 'zh')}到{end}底相当于{deadline}底的{share}",
        f"What remains after the deadline: {label(first, 'en')} stands at {share} of its value then",
    )
    subtitle = Text(
        f"{end}底的值与{deadline}底之比，逐次推演计算；中位数，括号内为90%范围",
        f"Value at the end of {end} against the end of {deadline}, run by run: median (90 % range)",
    )
    return title.of(lang), subtitle.of(lang)


def _note(without: bool, lang: str) -> str:
    grey = Text(
        "灰色菱形和细线为不实施计划时的同一比例，每组参数推演1次。",
        " Grey: the same without the plan, one run for each parameter draw.",
    )
    said = Text(
        "粗线为90%范围，参数不确定性与随机性均计入；期限时为零的推演不计。",
        "Bars: 90 % of runs, over parameters and chance; runs at zero at the deadline are left out.",
    )
    return said.of(lang) + (grey.of(lang) if without else "")
