"""Whether the indices can be relied on: how they and their intervals settle as points are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..model.text import Text
from . import style
from .experiment_facts import INERT, ExperimentFacts, factor_label, measure
from .fan import Drawing
from .outcome_words import capital
from .row_chart import END, strip_above
from .scenario_key import OTHERS
from .sensitivity_rows import BASE_POINTS, LIMIT, NAMES, SIZES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLOT, ROW, SAMPLE = 66.0, 4.2, 8.0  # mm
MOST = 6  # factors with a line each
COLOURS = (*OTHERS, style.INK)
SHAPES = "osD^vP"
POINTS = {
    "mu_star": Text("轨迹数（对数刻度）", "trajectories (logarithmic)"),
    "pawn": Text("样本点数（对数刻度）", "points (logarithmic)"),
}
POINTS_ELSE = Text("基点数（对数刻度）", "base points (logarithmic)")
WIDEST = Text("最宽的95%区间", "widest 95 % interval")
STANDS = Text("实心：因子排序已稳定；空心：尚未稳定。", "Filled: the ranking stands; hollow: it still changes.")


def draw_convergence(
    indices: pd.DataFrame,
    convergence: pd.DataFrame,
    known: ExperimentFacts,
    lang: str,
    outcome: str,
    scenario: str | None = None,
) -> Drawing | None:
    """Indices of the greatest factors with intervals, and the widest interval, against the number of base points.

    The left panel only where `indices` has more than one number of points. Nothing where `convergence` does not have
    the outcome.
    """
    scenario = scenario or str(convergence["scenario"].iloc[0])
    rows = convergence[(convergence["scenario"] == scenario) & (convergence["outcome"] == outcome)]
    rows = rows[np.isfinite(rows["widest"])]  # where nothing varies there is no interval to be narrow
    if rows.empty:
        return None
    index = next(name for name in ("ST", "mu_star", "pawn", *rows["index"]) if name in set(rows["index"]))
    rows = rows[rows["index"] == index].sort_values("base_points")
    here = indices[(indices["scenario"] == scenario) & (indices["outcome"] == outcome) & (indices["index"] == index)]
    several = here["base_points"].nunique() > 1
    factors = _greatest(here) if several else []
    lines = [style.broken(factor_label(known, name, lang), END / 2 - SAMPLE - 3, style.TEXT - 0.5) for name in factors]
    halves = [lines[: (len(lines) + 1) // 2], lines[(len(lines) + 1) // 2 :]]
    room = max((ROW * sum(map(len, half)) for half in halves), default=0.0) + (2.0 if factors else 0.0)
    title, subtitle = _headline(
        rows, measure(known, outcome, indices).label, known.scenario(scenario, lang), index, lang
    )
    figure = style.sheet(known, lang, title, subtitle, _notes(index, several, lang), content=PLOT + room)
    if several:
        _key(strip_above(figure, room), halves, factors)
    panels = figure.subplots(1, 1 + several, squeeze=False)[0]
    if several:
        _indices(panels[0], here, factors, index, lang)
    _widest(panels[-1], rows, index, lang)
    return Drawing(figure, _data(here[here["factor"].isin(factors)], rows))


def _greatest(here: pd.DataFrame) -> list[str]:
    last = here[(here["base_points"] == here["base_points"].max()) & (here["role"] != INERT)]
    found = list(last.sort_values("value", ascending=False, kind="stable")["factor"].iloc[:MOST])
    return [*found, *([INERT] if (here["role"] == INERT).any() else [])]


def _look(place: int, factor: str) -> tuple[str, str]:
    return ("#999999", "x") if factor == INERT else (COLOURS[place % len(COLOURS)], SHAPES[place % len(SHAPES)])


def _key(sheet: Axes, halves: list[list[list[str]]], factors: list[str]) -> None:
    place = 0
    for left, half in zip((0.0, END / 2), halves, strict=True):
        top = 0.0
        for lines in half:
            colour, shape = _look(place, factors[place])
            y = top + ROW / 2
            sheet.plot([left, left + SAMPLE - 2], [y, y], color=colour, linewidth=1.4)
            sheet.plot(left + SAMPLE / 2 - 1, y, shape, color=colour, markersize=4.5)
            for line in lines:
                sheet.text(left + SAMPLE, top + ROW / 2, line, va="center", size=style.TEXT - 0.5)
                top += ROW
            place += 1


def _indices(axes: Axes, here: pd.DataFrame, factors: list[str], index: str, lang: str) -> None:
    for place, factor in enumerate(factors):
        part = here[here["factor"] == factor].sort_values("base_points")
        colour, shape = _look(place, factor)
        at = part["base_points"] * 2 ** (
            0.05 * (place - len(factors) / 2)
        )  # side by side, so that intervals can be seen
        axes.vlines(at, part["low"], part["high"], color=colour, linewidth=2.0, alpha=0.45)
        axes.plot(at, part["value"], shape, color=colour, linestyle="-", linewidth=1.0, markersize=4)
    axes.axhline(0, color=style.INK, linewidth=0.8)
    axes.set_title(NAMES[index].of(lang) + Text("及95%区间", " with 95 % intervals").of(lang))
    _frame(axes, here["base_points"], index, lang)


def _widest(axes: Axes, rows: pd.DataFrame, index: str, lang: str) -> None:
    colour = style.INK
    axes.plot(rows["base_points"], rows["widest"], "-", color=colour, linewidth=1.2)
    for _, row in rows.iterrows():
        face = colour if row["ranking_stands"] else "white"
        axes.plot(row["base_points"], row["widest"], "o", color=colour, markerfacecolor=face, markersize=6)
    axes.set_ylim(0, float(rows["widest"].max()) * 1.15)
    if index != "mu_star":
        axes.axhline(LIMIT, color=style.MISSED, linewidth=1.2, linestyle=(0, (4, 2)))
        words = Text(f"要求：小于{LIMIT:g}", f"required: below {LIMIT:g}").of(lang)
        axes.annotate(
            words, (0, LIMIT), xycoords=("axes fraction", "data"), xytext=(3, 2), textcoords="offset points",
            size=style.FOOT + 0.5, color=style.MISSED,
        )  # fmt: skip
    axes.set_title(WIDEST.of(lang))
    _frame(axes, rows["base_points"], index, lang)


def _frame(axes: Axes, points: pd.Series, index: str, lang: str) -> None:
    axes.set_xscale("log", base=2)
    found = sorted(set(map(int, points)))
    axes.set_xlim(found[0] / 2**0.4, found[-1] * 2**0.4)
    axes.set_xticks(found, labels=[f"{count:,}" for count in found])
    axes.minorticks_off()
    axes.grid(axis="y")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.3g}".replace("-", "−"))
    axes.set_xlabel(POINTS.get(index, POINTS_ELSE).of(lang))


def _headline(rows: pd.DataFrame, label: Text, where: str, index: str, lang: str) -> tuple[str, str]:
    last = rows.iloc[-1]
    count = int(last["base_points"])
    zh, en = ("已收敛", "have converged") if last["converged"] else ("尚未收敛", "have not converged")
    size = SIZES.get(index, BASE_POINTS)
    title = Text(
        f"{label.zh}：{size.zh.format(count)}时指数{zh}",
        f"{capital(label.en)}: indices {en} with {size.en.format(count)}",
    )
    subtitle = Text(f"{NAMES[index].zh}；情景：{where}", f"{capital(NAMES[index].en)}; scenario: {where}")
    return title.of(lang), subtitle.of(lang)


def _notes(index: str, several: bool, lang: str) -> list[str]:
    told = STANDS.of(lang)
    if several:
        more = Text(
            "左图为指数最大的几个因子和惰性对照因子，区间用自助法求得。",
            " Left: the factors with the greatest indices and the inert one; bootstrap intervals.",
        )
        told = more.of(lang).strip() + ("" if lang == "zh" else " ") + told
    if index != "mu_star":
        told += Text(
            f"最宽区间小于{LIMIT:g}且排序稳定，即视为收敛。",
            f" Converged: the widest interval is below {LIMIT:g} and the ranking stands.",
        ).of(lang)
    return [told]


def _data(here: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Indices and widest intervals one below the other."""
    kept = here[["scenario", "outcome", "index", "factor", "role", "base_points", "value", "low", "high"]]
    return pd.concat([kept, rows], ignore_index=True) if len(kept) else rows.reset_index(drop=True)
