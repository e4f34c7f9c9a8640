"""Morris's screening: how much each factor moves an outcome, and whether its effect depends on the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from . import style
from .chart_sensitivity import GREY, HEAD, LOOKS, ROW, left_out, panel_factors
from .experiment_facts import INERT, ExperimentFacts, Measure, factor_label, measure
from .fan import Drawing
from .outcome_words import scale_of
from .row_chart import END, blank, mark, name_in, plot_area, ticks
from .sensitivity_rows import ROLES, Picked, headline, inert_high, notes, pick, ranked, value_of
from .words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NUMBER, NAME_WIDTH, LEFT, RIGHT, SCATTER = 5.0, 45.0, 53.0, 106.0, 121.0  # mm
SCALE, LEAST = 10.0, 42.0  # mm below a plot; the least height of a scatter
APART = 4.4  # mm: the size of the space that a number needs to itself


def draw_morris(
    indices: pd.DataFrame,
    chance: pd.DataFrame | None,
    convergence: pd.DataFrame | None,
    known: ExperimentFacts,
    lang: str,
    outcome: str,
    scenario: str | None = None,
) -> Drawing | None:
    """mu* of each factor with its interval, and mu* against sigma; levers and uncertainties apart.

    In the outcome's own unit. Nothing where the outcome was not screened.
    """
    scenario = scenario or str(indices["scenario"].iloc[0])
    picked = pick(indices, scenario, outcome)
    if picked is None or picked.main != "mu_star":
        return None
    said = measure(known, outcome, picked.rows)
    blocks = {role: panel_factors(picked, role) for role in ROLES if ranked(picked, role)}
    told = [*notes(picked, known, scenario, outcome, chance, convergence, lang), left_out(picked, lang)]
    title, subtitle = headline(picked, known, scenario, outcome, lang)
    room = sum(_height(factors) for factors in blocks.values())
    figure = style.sheet(known, lang, title, subtitle, told, content=room)
    sheet = blank(figure, room)
    top = 0.0
    for role, factors in blocks.items():
        _panel(sheet, top, picked, role, factors, said, known, lang)
        top += _height(factors)
    return Drawing(figure, picked.rows[picked.rows["index"].isin(["mu_star", "sigma"])].reset_index(drop=True))


def _height(factors: list[str]) -> float:
    return HEAD + max(LEAST, ROW * len(factors)) + SCALE


def _panel(
    sheet: Axes, top: float, picked: Picked, role: str, factors: list[str], said: Measure,
    known: ExperimentFacts, lang: str,
) -> None:  # fmt: skip
    sheet.text(0, top + HEAD / 2, ROLES[role].of(lang), weight="bold", va="center", size=style.TEXT + 0.5)
    top += HEAD
    sheet.plot([0, RIGHT], [top, top], color=style.SOFT, linewidth=0.8)
    most = float(picked.rows[["value", "high"]].max().max()) * 1.06 or 1.0
    scale = scale_of(said, most, lang)
    unit = scale.unit.of(lang).strip()
    area = plot_area(sheet, (LEFT, RIGHT), (top, top + ROW * len(factors)), (-0.03 * most, most))
    area.axvspan(0, inert_high(picked), color="#000000", alpha=0.08, linewidth=0, zorder=0)
    area.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    _across(area, most, scale.each, f"μ*（{unit}）" if lang == "zh" and unit else f"μ* ({unit})" if unit else "μ*")
    for place, factor in enumerate(factors):
        y, ink = top + (place + 0.5) * ROW, style.SOFT if factor == INERT else style.INK
        if place:
            sheet.plot([0, RIGHT], [y - ROW / 2] * 2, color=style.FAINT, linewidth=0.5)
        if factor != INERT:
            sheet.text(NUMBER - 1.5, y, str(place + 1), va="center", ha="right", color=style.SOFT)
        name_in(sheet, NUMBER, y, factor_label(known, factor, lang), NAME_WIDTH, color=ink)
        found = value_of(picked, factor, "mu_star")
        if found:
            mark(area, y, found, GREY if factor == INERT else LOOKS["mu_star"][0])
    _scatter(sheet, top, picked, factors, most, scale.each, unit, lang)


def _across(area: Axes, most: float, each: float, words: str) -> None:
    area.set_xticks([tick * each for tick in ticks(0, most / each, 4)])
    area.xaxis.set_major_formatter(lambda value, _: number(float(value) / each, "en"))
    area.set_xlabel(words, size=style.FOOT + 0.5, labelpad=1.5)


def _scatter(
    sheet: Axes, top: float, picked: Picked, factors: list[str], most: float, each: float, unit: str, lang: str
) -> None:
    """mu* against sigma on equal scales; numbers where there is room for them, the greatest first."""
    side = LEAST
    area = plot_area(sheet, (SCATTER, END - 1), (top, top + side), (-0.03 * most, most))
    spread = [value_of(picked, factor, "sigma") for factor in factors]
    tall = max([most, *(found[1] * 1.08 for found in spread if found)])
    area.set_ylim(-0.03 * tall, tall)
    area.spines["left"].set_visible(True)
    area.set_yticks([tick * each for tick in ticks(0, tall / each, 4)])
    area.yaxis.set_major_formatter(lambda value, _: number(float(value) / each, "en"))
    area.grid(axis="y")
    words = "{}（{}）" if lang == "zh" else "{} ({})"
    _across(area, most, each, words.format("μ*", unit) if unit else "μ*")
    area.set_ylabel(words.format("σ", unit) if unit else "σ", size=style.FOOT + 0.5, labelpad=1.5)
    area.plot([0, min(most, tall)], [0, min(most, tall)], color=style.SOFT, linewidth=0.7, linestyle=(0, (3, 3)))
    wide = END - 1 - SCATTER
    dots = [
        (found[1] / most * wide, sigma[1] / tall * side, place, found[1], sigma[1])
        for place, (factor, sigma) in enumerate(zip(factors, spread, strict=True))
        if (found := value_of(picked, factor, "mu_star")) and sigma
    ]
    taken: list[tuple[float, float]] = []
    for x, y, place, across, up in dots:
        inert, at = factors[place] == INERT, (x + 1.6, y + 1.6)
        area.plot(across, up, "o", color=GREY if inert else LOOKS["mu_star"][0], markersize=4, clip_on=False)
        others = [*taken, *((other[0], other[1]) for other in dots if other[2] != place)]
        if not inert and all(abs(at[0] - a) > APART / 2 or abs(at[1] - b) > APART / 2 for a, b in others):
            area.annotate(str(place + 1), (across, up), (2, 2), textcoords="offset points", size=style.FOOT)
            taken.append(at)
