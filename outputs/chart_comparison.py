"""Scenarios compared over time: how an indicator runs in each, against the target, and how likely each reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model import vocabulary
from ..model.text import Text
from . import scenario_key, style
from .calendar_axis import time_axis
from .comparison_words import Sure, headline, limit, notes, probabilities
from .experiment_facts import WHOLE, Aim, ExperimentFacts
from .fan import Drawing, as_numbers, as_shares
from .outcome_words import unit_name
from .reading import label, unit
from .row_chart import END, strip_above
from .words import chance_with_interval, counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLOT = 68.0  # mm
FIGURES = 34.0  # mm for a probability with its interval


def draw_paths(
    paths: pd.DataFrame,
    differences: pd.DataFrame | None,
    known: ExperimentFacts,
    lang: str,
    indicator: str | None = None,
) -> Drawing | None:
    """Median and 90 % band of an indicator by month in each scenario, the base in grey; nominal and effective apart.

    `paths` and `differences` as the analysis makes them; the probabilities in the key are taken from the latter.
    Without `indicator` that of the first target. Nothing where `paths` does not have it.
    """
    there = list(dict.fromkeys(paths["indicator"]))
    wanted = indicator or next((aim.indicator for aim in known.aims if aim.indicator in there), None)
    wanted = wanted or (there[0] if there else None)
    if wanted is None or wanted not in there:
        return None
    shown = _panels(wanted, there)
    aims = {name: _aim(known, wanted, name) for name in shown}
    data = _data(paths, known, list(shown), aims, differences)
    keys = list(dict.fromkeys(data["scenario"]))
    sure = {name: probabilities(differences, aim) for name, aim in aims.items()}
    title, subtitle = headline(known, keys, wanted, aims[wanted], sure[wanted], data, lang)
    at = [END - FIGURES * (len(shown) - place) for place in range(len(shown))] if any(sure.values()) else []
    lines = scenario_key.lines_of(known, keys, (at[0] if at else END) - scenario_key.SAMPLE - 3, lang)
    room = 2.0 + scenario_key.height(lines) + (scenario_key.ROW if at else 0.0)
    figure = style.sheet(known, lang, title, subtitle, notes(known, wanted, sure, lang), content=PLOT + room)
    _key(strip_above(figure, room), keys, lines, at, [sure[name] for name in shown], shown, lang)
    panels = figure.subplots(1, len(shown), sharey=True, squeeze=False)[0]
    for axes, (name, kind) in zip(panels, shown.items(), strict=True):
        _panel(axes, data[data["indicator"] == name], keys, known, aims[name], kind, lang, 150 / len(shown) - 12)
    panels[0].set_ylabel(_axis_label(wanted, lang))
    return Drawing(figure, data.drop(columns="at"))


def _panels(wanted: str, there: list[str]) -> dict[str, str]:
    """Indicators to show beside each other, and what they count."""
    strict = vocabulary.indicators()[wanted].effective if wanted in vocabulary.indicators() else ""
    return {wanted: "nominal", strict: "effective"} if strict in there else {wanted: ""}


def _aim(known: ExperimentFacts, wanted: str, name: str) -> Aim | None:
    """The target that a panel is held against: one for the whole place, counted as the panel counts."""
    whole = [aim for aim in known.aims if aim.scope == WHOLE]
    own = [aim for aim in whole if aim.indicator == name and (name != wanted or aim.counts != "effective")]
    twin = [aim for aim in whole if name != wanted and aim.indicator == wanted and aim.counts == "effective"]
    return next(iter([*own, *twin]), None)


def _data(
    paths: pd.DataFrame,
    known: ExperimentFacts,
    shown: list[str],
    aims: dict[str, Aim | None],
    table: pd.DataFrame | None,
) -> pd.DataFrame:
    """Rows of the indicators shown, the base first, with target and probability; `at` counts months from the first."""
    order = [*known.scenarios, *dict.fromkeys(paths["scenario"])]
    rank = {key: place for place, key in reversed(list(enumerate(order)))}
    data = paths[paths["indicator"].isin(shown)].copy()
    ordinal = data["year"] * 12 + data["month_of_year"] - 1
    data["at"] = ordinal - ordinal.min()
    data = data.assign(rank=data["scenario"].map(rank), which=data["indicator"].map(shown.index))
    data = data.sort_values(["which", "rank", "at"]).drop(columns=["rank", "which"]).reset_index(drop=True)
    for name, aim in aims.items():
        here = data["indicator"] == name
        if aim is not None:
            data.loc[here, "threshold"] = aim.threshold
        for key, found in probabilities(table, aim).items():
            for column, value in zip(("probability", "probability_low", "probability_high"), found, strict=True):
                data.loc[here & (data["scenario"] == key), column] = value
    return data


def _panel(
    axes: Axes, data: pd.DataFrame, keys: list[str], known: ExperimentFacts, aim: Aim | None, kind: str, lang: str,
    width: float,
) -> None:  # fmt: skip
    start = int((data["year"] * 12 + data["month_of_year"] - 1 - data["at"]).iloc[0])
    for place, key in enumerate(keys):
        part = data[data["scenario"] == key]
        when, colour = part["at"] + 1, scenario_key.colour(place)
        axes.fill_between(when, part["p05"], part["p95"], color=colour, alpha=0.16, linewidth=0)
        axes.plot(when, part["median"], color=colour, linestyle=scenario_key.stroke(place))
    name = str(data["indicator"].iloc[0])
    (as_shares if unit(name) == "share" else as_numbers)(axes, lang)
    months = int(data["at"].max()) + 1
    due = aim.deadline[0] * 12 + aim.deadline[1] - 1 - start if aim and aim.deadline else None
    due = due if due is not None and 0 <= due < months else None
    time_axis(axes, known.calendar(start, months, due), lang, width=width)
    if aim is not None:
        axes.axhline(aim.threshold, color=style.INK, linewidth=1.0, linestyle=(0, (1.5, 1.5)), zorder=3)
        said = Text("目标", "target\n").of(lang) + limit(aim, lang)
        axes.annotate(
            said, (1, aim.threshold), xycoords=("axes fraction", "data"), xytext=(3, 0), textcoords="offset points",
            va="center", size=style.FOOT + 0.5, annotation_clip=False,
        )  # fmt: skip
    if kind:
        axes.set_title(counted(kind).of(lang), color=style.INK)


def _key(
    sheet: Axes, keys: list[str], lines: list[list[str]], at: list[float], sure: list[Sure],
    shown: dict[str, str], lang: str,
) -> None:  # fmt: skip
    top = 0.0
    for x, kind in zip(at, shown.values(), strict=False):
        words = (
            Text(f"达标概率（{counted(kind).zh}）", f"P(reached), {counted(kind).en}")
            if kind
            else Text("达标概率", "P(reached)")
        )
        sheet.text(x, scenario_key.ROW / 2, words.of(lang), va="center", size=style.FOOT + 0.5, color=style.SOFT)
        top = scenario_key.ROW
    said = [[chance_with_interval(*found[key], lang) if key in found else "—" for found in sure] for key in keys]
    scenario_key.draw_key(sheet, top, lines, said, at)


def _axis_label(name: str, lang: str) -> str:
    said, of = label(name, lang), unit_name(unit(name), lang)
    return said if unit(name) == "share" or not of else Text(f"{said}（{of}）", f"{said} ({of})").of(lang)
