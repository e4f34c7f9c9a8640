"""What an outcome hangs on: sensitivity indices of levers and of uncertainties, apart, with the inert control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import style
from .experiment_facts import INERT, ExperimentFacts, factor_label
from .fan import Drawing
from .row_chart import END, blank, mark, name_in, plot_area, ticks
from .sensitivity_rows import NAMES, ROLES, Picked, headline, inert_high, notes, pick, ranked, value_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME_WIDTH, LEFT, RIGHT, FIGURE = 58.0, 61.0, 133.0, 137.0  # mm
KEY, HEAD, ROW, SCALE = 6.0, 5.5, 6.4, 9.0
MOST = 11  # factors in a panel
LOOKS = {
    "S1": ("#44AA99", "D", False),
    "ST": ("#332288", "o", True),
    "pawn": ("#332288", "o", True),
    "mu_star": ("#332288", "o", True),
}
GREY = "#999999"


def draw_indices(
    indices: pd.DataFrame,
    chance: pd.DataFrame | None,
    convergence: pd.DataFrame | None,
    known: ExperimentFacts,
    lang: str,
    outcome: str,
    scenario: str | None = None,
) -> Drawing | None:
    """S1 and ST of an outcome with their intervals (PAWN where there is nothing else), levers and uncertainties apart.

    `scenario` is the first that the table has where none is named. Nothing where the outcome has no such indices;
    for Morris's screening see `chart_morris.draw_morris`.
    """
    scenario = scenario or str(indices["scenario"].iloc[0])
    picked = pick(indices, scenario, outcome)
    if picked is None or picked.main == "mu_star":
        return None
    there = set(picked.rows["index"])
    series = ["ST", "S1"] if {"ST", "S1"} <= there else [picked.main]
    blocks = {role: panel_factors(picked, role) for role in ROLES if ranked(picked, role)}
    told = [*notes(picked, known, scenario, outcome, chance, convergence, lang), left_out(picked, lang)]
    title, subtitle = headline(picked, known, scenario, outcome, lang)
    room = KEY + sum(HEAD + ROW * len(factors) + SCALE for factors in blocks.values())
    figure = style.sheet(known, lang, title, subtitle, told, content=room)
    sheet = blank(figure, room)
    _key(sheet, series, lang)
    top, limits = KEY, _limits(picked, series)
    for role, factors in blocks.items():
        top = _panel(sheet, top, picked, role, factors, series, limits, known, lang)
    return Drawing(figure, picked.rows[picked.rows["index"].isin(series)].reset_index(drop=True))


def panel_factors(picked: Picked, role: str) -> list[str]:
    """The factors of a panel, the greatest first, the inert one last."""
    inert = [INERT] if value_of(picked, INERT, picked.main) else []
    return ranked(picked, role)[:MOST] + inert


def left_out(picked: Picked, lang: str) -> str:
    """How many factors the panels have no room for."""
    more = sum(max(0, len(ranked(picked, role)) - MOST) for role in ROLES)
    said = Text(
        f"另有{more}个作用更小的因子未画出，见indices.csv。", f"{more} smaller factors stand in indices.csv alone."
    )
    return said.of(lang) if more else ""


def _limits(picked: Picked, series: list[str]) -> tuple[float, float]:
    rows = picked.rows[picked.rows["index"].isin(series)]
    ends = pd.concat([rows["value"], rows["low"], rows["high"]]).dropna()
    high = max(0.1, float(ends.max()) * 1.04)
    return max(-0.3, min(-0.02 * high, float(ends.min()))), high


def _key(sheet: Axes, series: list[str], lang: str) -> None:
    x = 0.0
    for name in series:
        colour, shape, filled = LOOKS[name]
        said = NAMES[name].of(lang)
        sheet.plot([x, x + 6], [2, 2], color=colour, linewidth=2.4, alpha=0.45, solid_capstyle="butt")
        sheet.plot(x + 3, 2, shape, color=colour, markerfacecolor=colour if filled else "white", markersize=5)
        sheet.text(x + 8, 2, said, va="center")
        x += 14 + style.breadth(said, style.TEXT)
    head = series[0].upper() + (Text("（95%区间）", " (95 % interval)").of(lang) if series[0] != "pawn" else "")
    sheet.text(
        FIGURE,
        2,
        head,
        va="center",
        weight="bold",
        size=style.TEXT - 0.5,
    )


def _panel(
    sheet: Axes, top: float, picked: Picked, role: str, factors: list[str], series: list[str],
    limits: tuple[float, float], known: ExperimentFacts, lang: str,
) -> float:  # fmt: skip
    """Factors of one role, the inert one below them; returns where the panel ends."""
    sheet.text(0, top + HEAD / 2, ROLES[role].of(lang), weight="bold", va="center", size=style.TEXT + 0.5)
    top += HEAD
    bottom = top + ROW * len(factors)
    area = plot_area(sheet, (LEFT, RIGHT), (top, bottom), limits)
    area.set_xticks(ticks(*limits, 6))
    area.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "−"))
    words = Text("占结果方差的份额", "share of the variance of the outcome") if "ST" in series else NAMES[series[0]]
    area.set_xlabel(words.of(lang), size=style.FOOT + 0.5, labelpad=1.5)
    if inert_high(picked):
        area.axvspan(0, inert_high(picked), color="#000000", alpha=0.08, linewidth=0, zorder=0)
    area.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    sheet.plot([0, END], [top, top], color=style.SOFT, linewidth=0.8)
    for place, factor in enumerate(factors):
        y = top + (place + 0.5) * ROW
        if place:
            sheet.plot([0, END], [y - ROW / 2] * 2, color=style.FAINT, linewidth=0.5)
        inert = factor == INERT
        ink = style.SOFT if inert else style.INK
        name_in(sheet, 0, y, factor_label(known, factor, lang), NAME_WIDTH, color=ink)
        for shift, name in zip((-0.9, 1.4) if len(series) > 1 else (0.0,), series, strict=False):
            found = value_of(picked, factor, name)
            if found:
                colour, shape, filled = LOOKS[name]
                mark(area, y + shift, found, GREY if inert else colour, shape, filled)
        sheet.text(
            FIGURE,
            y,
            figure_words(value_of(picked, factor, picked.main), lang),
            va="center",
            color=ink,
            size=style.TEXT - 0.5,
        )
    return bottom + SCALE


def figure_words(found: tuple[float, float, float] | None, lang: str) -> str:
    """0.42（0.38～0.46）, or 0.42 (0.38–0.46); without an interval 0.42."""
    if found is None:
        return "—"
    if found[0] == found[2]:
        return f"{found[1]:.2f}".replace("-", "−")
    low, value, high = (f"{round(end, 2) + 0.0:.2f}".replace("-", "−") for end in found)
    between = " to " if found[0] < -0.005 else "–"
    return f"{value}（{low}～{high}）" if lang == "zh" else f"{value} ({low}{between}{high})"
