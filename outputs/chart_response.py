"""How an outcome answers to each factor: small multiples, the other factors averaged over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import style
from .experiment_facts import INERT, Aim, ExperimentFacts, Measure, factor_label, factor_unit, measure
from .factor_words import steps_of, value_axis
from .fan import Drawing
from .outcome_words import capital, scale_of, tick, unit_name
from .sensitivity_rows import ROLES
from .words import MYRIAD, number, percent, threshold

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS, PANEL, TALLEST, MOST = 3, 43.0, 195.0, 12  # panels in a row, mm of a row and of all, panels on a page
WIDTH = 44.0  # mm of a title
COLOURS = {"lever": "#332288", "uncertainty": "#117733", INERT: "#777777"}
SHAPES = {"lever": "o", "uncertainty": "D", INERT: "x"}
NOTE = Text(
    "点为该因子取值（或取值区间）内各样本点的均值，其他因子取遍其范围；色带为均值的95%区间。各图纵轴相同，按作用大小排列。",
    "Dots: means of the points at (or near) that value, over the ranges of all other factors; bands: 95 % intervals of "
    "the means. All panels share one vertical scale and are ranked by effect.",
)


def draw_response(
    response: pd.DataFrame, known: ExperimentFacts, lang: str, outcome: str, scenario: str | None = None
) -> Drawing | None:
    """Mean outcome against the value of each factor, with its interval; levers first, then uncertainties.

    The twelve factors with the strongest effect. A target's threshold is drawn where the outcome is what it measures.
    Nothing where the table does not have the outcome.
    """
    scenario = scenario or (str(response["scenario"].iloc[0]) if len(response) else "")
    rows = response[(response["scenario"] == scenario) & (response["outcome"] == outcome)]
    factors = _ranked(rows)
    if not factors:
        return None
    said = measure(known, outcome, response)
    roles = rows.groupby("factor")["role"].first()
    shown = factors[:MOST]
    groups = [group for role in (*ROLES, INERT) if (group := [name for name in shown if roles[name] == role])]
    if len(groups) > 1 and roles[groups[-1][0]] == INERT:  # beside others, where there is room
        host = next((group for group in reversed(groups[:-1]) if len(group) % COLUMNS), groups[-2])
        host += groups.pop()
    grid = [group[at : at + COLUMNS] for group in groups for at in range(0, len(group), COLUMNS)]
    title, subtitle = _headline(rows, shown, roles, known, said, known.scenario(scenario, lang), lang)
    figure = style.sheet(
        known, lang, title, subtitle, _notes(len(factors) - len(shown), lang), content=min(PANEL * len(grid), TALLEST)
    )
    panels = figure.subplots(len(grid), COLUMNS, sharey=True, squeeze=False)
    for line, names in zip(panels, grid, strict=True):
        for axes, name in zip(line, names, strict=False):
            _panel(axes, rows[rows["factor"] == name], str(roles[name]), known, lang)
        for axes in line[len(names) :]:
            axes.set_axis_off()
        aim = _aim(known, outcome, said)
        _outcome_axis(line[0], rows, said, aim, lang)
        if aim is not None:
            _target(line[: len(names)], aim, said, lang)
    return Drawing(figure, rows[rows["factor"].isin(shown)].reset_index(drop=True))


def _ranked(rows: pd.DataFrame) -> list[str]:
    """Factors by the span of their means, the greatest first; the inert one last of those that are shown."""
    by = rows.groupby("factor", sort=False)["mean"]
    span = (by.max() - by.min()).sort_values(ascending=False, kind="stable")
    found = [str(name) for name in span.index if name != INERT]
    return [*found[: MOST - 1], INERT, *found[MOST - 1 :]] if INERT in span.index else found


def _panel(axes: Axes, part: pd.DataFrame, role: str, known: ExperimentFacts, lang: str) -> None:
    name, colour = str(part["factor"].iloc[0]), COLOURS.get(role, style.INK)
    part = part.sort_values("value")
    steps = steps_of(part, factor_unit(known, name), lang)
    axes.set_axisbelow(True)
    if steps is None:
        axes.fill_between(part["value"], part["low"], part["high"], color=colour, alpha=0.2, linewidth=0)
        axes.plot(
            part["value"], part["mean"], "-", color=colour, marker=SHAPES.get(role, "o"), markersize=3, linewidth=1.2
        )
        value_axis(axes, part, factor_unit(known, name), lang)
    else:
        at = range(len(part))
        axes.vlines(at, part["low"], part["high"], color=colour, alpha=0.45, linewidth=4)
        axes.plot(at, part["mean"], SHAPES.get(role, "o"), color=colour, markersize=4)
        axes.set_xlim(-0.6, len(part) - 0.4)
        axes.set_xticks(
            list(at), labels=["\n".join(style.broken(word, WIDTH / len(part), style.FOOT)) for word in steps]
        )
        axes.tick_params(axis="x", labelsize=style.FOOT, length=0)
    size = style.TEXT if role != INERT else style.TEXT - 0.5
    lines = style.broken(factor_label(known, name, lang), WIDTH, size, "bold")
    axes.set_title("\n".join(lines), color=colour, size=size)
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0, labelsize=style.FOOT + 0.5)


def _outcome_axis(axes: Axes, rows: pd.DataFrame, said: Measure, aim: Aim | None, lang: str) -> None:
    """Ticks and unit of the outcome; a probability or a share from 0 where it comes near it."""
    low, high = float(rows[["low", "mean"]].min().min()), float(rows[["high", "mean"]].max().max())
    if aim is not None:
        low, high = min(low, aim.threshold), max(high, aim.threshold)
    margin = 0.08 * (high - low) or 0.05
    low, high = low - margin, high + margin
    if said.kind == "reached":
        low, high = max(-0.02, low), min(1.02, high)
    axes.set_ylim(low, high)
    largest = max(abs(low), abs(high))
    if said.unit == "share" or said.kind == "reached":
        digits = 0 if high - low > 0.04 else 1
        axes.yaxis.set_major_formatter(lambda value, _: percent(float(value), lang, digits))
        name = ""
    else:
        money = said.unit.startswith("yuan")
        scale = scale_of(said, largest, lang) if money or largest >= MYRIAD else None
        each = scale.each if scale else 1.0
        axes.yaxis.set_major_formatter(lambda value, _: tick(float(value) / each))
        name = (
            scale.unit.of(lang).strip()
            if scale and money
            else (scale.unit.zh if scale and lang == "zh" else "") + unit_name(said.unit, lang)
        )
    words = said.label.of(lang) + (Text(f"（{name}）", f" ({name})").of(lang) if name else "")
    lines = style.broken(words, PANEL - 14, style.FOOT + 0.5)
    axes.set_ylabel("\n".join(lines[:4]), size=style.FOOT + 0.5)


def _aim(known: ExperimentFacts, outcome: str, said: Measure) -> Aim | None:
    """The target that the outcome measures, if it does."""
    name = outcome.rsplit(".", 1)[0]
    same = (aim for aim in known.aims if aim.outcome.rsplit(".", 1)[0] == name)
    return next(same, None) if said.kind == "measured" else None


def _target(panels: Sequence[Axes], aim: Aim, said: Measure, lang: str) -> None:
    """The threshold as a dotted line, named in the first panel."""
    for axes in panels:
        axes.axhline(aim.threshold, color=style.INK, linewidth=1.0, linestyle=(0, (1.5, 1.5)))
    limit = threshold(aim.threshold, lang) if said.unit == "share" else number(aim.threshold, lang)
    panels[0].annotate(
        Text("目标", "target ").of(lang) + limit,
        (0, aim.threshold),
        xycoords=("axes fraction", "data"),
        xytext=(2, -2),
        textcoords="offset points",
        size=style.FOOT,
        va="top",
    )


def _headline(
    rows: pd.DataFrame, shown: list[str], roles: pd.Series, known: ExperimentFacts, said: Measure, where: str, lang: str
) -> tuple[str, str]:
    first = next((name for name in shown if name != INERT), shown[0])
    title = Text(
        f"{said.label.zh}随各因子的变化：{factor_label(known, first, 'zh')}的作用最大",
        f"{capital(said.label.en)}, by factor: {factor_label(known, first, 'en')} moves it most",
    )
    there = [f"{ROLES[role].of(lang)}" for role in ROLES if role in set(roles[shown])]
    joined = Text("在前，", " first, then ").of(lang).join(there) + ("在后" if lang == "zh" and len(there) > 1 else "")
    subtitle = Text(f"{joined}；情景：{where}", f"{joined[0].upper()}{joined[1:]}; scenario: {where}")
    return title.of(lang), subtitle.of(lang)


def _notes(more: int, lang: str) -> list[str]:
    left = Text(
        f"另有{more}个作用更小的因子未画出，见response.csv。", f"{more} weaker factors stand in response.csv alone."
    )
    return [NOTE.of(lang), left.of(lang) if more > 0 else ""]
