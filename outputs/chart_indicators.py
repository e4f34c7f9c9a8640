"""How the indicator of each target runs against its threshold, apart from the hub coverage, which has its own chart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import baseline, style
from .calendar_axis import time_axis
from .fan import Drawing, as_numbers, as_shares, draw_fan, panels_in_two_columns, target_line
from .outcome_words import unit_name
from .reading import COLUMNS, HUBS, HUBS_EFFECTIVE, LEVELS, Facts, facts, unit
from .tables import SCOPES, asked, outcome, sure
from .target_course import Course, checked, course
from .words import bracketed, counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

MOST = 12  # targets on a page
PANEL, WIDTH, GAP = 60.0, 68.0, 4.6  # mm: height of a row of panels, width of one, a line of its key
NOTE = Text("点线为目标值，圆点为考核时点。", "Dotted: the target, with a dot where it is checked.")
PLACES = Text(
    "要求各地区（或若干地区）都达到的目标，图示达到的地区占比：点为中位数，粗、细须线为50%和90%范围，只在年底有数据。",
    "Where every place (or some) must reach it: the share of places that do; dots are medians, thick and thin whiskers "
    "hold 50 % and 90 % of runs, at the end of years only.",
)
NOT_APART = Text(
    "不实施计划时没有分地区的数据，只列达标概率。",
    "Without the plan places are not kept apart; only the probability is told.",
)


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where all targets are about the coverage of hubs or cannot be followed."""
    known, rows = facts(results), results.targets
    hubs = rows["indicator"].isin([HUBS, HUBS_EFFECTIVE]) & (rows["scope"] == "whole")
    parts = {}
    for name, group in rows[~hubs].groupby("target", sort=False):
        found = _parts(results, known, group)
        if not found.empty:
            parts[str(name)] = found
    names = list(parts)[:MOST]
    if not names:
        return None
    data = pd.concat([parts[name] for name in names], ignore_index=True)
    title, subtitle = _headline(rows, names, lang)
    deepest = max(part.groupby(["scenario", "counts"]).ngroups for part in parts.values()) + 1
    high = (PANEL + GAP * deepest) * -(-len(names) // 2)
    figure = style.sheet(known, lang, title, subtitle, _notes(results, data, lang), content=high)
    panels = panels_in_two_columns(figure, len(names), WIDTH)
    for (axes, width), name in zip(panels, names, strict=True):
        _panel(axes, results, known, parts[name], lang, width)
    return Drawing(figure, data)


def _notes(results: Results, data: pd.DataFrame, lang: str) -> list[str]:
    there, places = baseline.months_without(results) is not None, data["shown"].ne("value").any()
    last = [NOTE, *([PLACES] if places else []), *([NOT_APART] if places and there else [])]
    said = ("" if lang == "zh" else " ").join(text.of(lang) for text in last)
    return [style.BAND.of(lang), *([baseline.NOTE.of(lang)] if there else []), said]


def _parts(results: Results, known: Facts, rows: pd.DataFrame) -> pd.DataFrame:
    """What is drawn of one target: scenario, target, indicator, counts, shown (value or share of places), a fan."""
    parts, without = [], baseline.months_without(results)
    for _, row in rows.iterrows():
        for scenario, months in (("plan", None), ("baseline", without)):
            if scenario == "baseline" and months is None:
                continue
            found = course(results, row, months)
            if found is None or found.figure.empty:
                continue
            judged = row if scenario == "plan" else baseline.row_without(results, row)
            part = _fan(found, row, known)
            for place, name in enumerate(("target", "indicator", "counts")):
                part.insert(place, name, row[name])
            part.insert(0, "scenario", scenario)
            for column in ("probability", "probability_low", "probability_high"):
                part[column] = float("nan") if judged is None else judged[column]
            parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _fan(found: Course, row: pd.Series, known: Facts) -> pd.DataFrame:
    """Quantiles by month of the value, or of the share of places that reach it, and the line to hold it against."""
    alone = str(row["scope"]) == "whole"
    table = found.figure if alone else found.share
    quantiles = table.quantile(list(LEVELS)).T
    quantiles.columns = pd.Index(COLUMNS)
    quantiles = quantiles.rename_axis("month").reset_index()
    dates = [known.year_month(int(month)) for month in quantiles["month"]]
    quantiles.insert(1, "year", [year for year, _ in dates])
    quantiles.insert(2, "month_of_year", [month for _, month in dates])
    quantiles.insert(0, "shown", "value" if alone else "share of places")
    quantiles["threshold"] = float(row["threshold"]) if alone else found.needed / found.places
    return quantiles


def _panel(axes: Axes, results: Results, known: Facts, data: pd.DataFrame, lang: str, width: float) -> None:
    rows = results.targets[results.targets["target"] == data["target"].iloc[0]]
    row, alone = rows.iloc[0], data["shown"].iloc[0] == "value"
    due = known.index(str(row["deadline"]))
    handles = []
    for (scenario, kind), part in data.groupby(["scenario", "counts"], sort=False):
        handles.append(_line(axes, part, scenario == "plan", str(kind), alone, lang))
    if not alone:
        handles += _without(results, row, lang)
    (as_shares if not alone or unit(str(row["indicator"])) == "share" else as_numbers)(axes, lang)
    time_axis(axes, replace(known, deadline=due) if due is not None else known, lang, width, due is not None)
    limit = float(data["threshold"].iloc[0])
    if alone:
        limit_said = asked(row, lang).replace(" ", "") if lang == "zh" else asked(row, lang)
    else:
        limit_said = Text("要求", "required").of(lang)
    target_line(axes, limit, limit_said)
    axes.plot([t + 1 for t in checked(results, known, row)], [limit] * len(checked(results, known, row)), "o",
              color=style.INK, markersize=3, zorder=4, clip_on=False)  # fmt: skip
    name = str(row[f"label_{lang}"])
    axes.set_title("\n".join(style.broken(name, width - 2, style.TEXT + 0.5, "bold")))
    axes.set_ylabel("\n".join(style.broken(_axis(row, alone, lang), 44, style.TEXT)))
    axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(-0.03 * WIDTH / width, -0.17), fontsize=style.FOOT + 1
    )


def _line(axes: Axes, part: pd.DataFrame, plan: bool, kind: str, alone: bool, lang: str) -> Line2D:
    """One fan, or one row of dots; returns its line in the key."""
    from matplotlib.lines import Line2D

    colour = style.COUNTED.get(kind, style.PLAN) if plan else style.BASELINE
    stroke, marker = "-" if plan else baseline.DASHES, ""
    if not plan:
        baseline.draw_baseline(axes, part)
    elif alone:
        draw_fan(axes, part, colour)
    else:
        when, stroke, marker = part["month"] + 1, "", "o"
        axes.vlines(when, part["p05"], part["p95"], color=colour, alpha=0.35, linewidth=1.5)
        axes.vlines(when, part["p25"], part["p75"], color=colour, alpha=0.5, linewidth=4)
        axes.plot(when, part["p50"], "o", color=colour, markersize=5, clip_on=False)
    first = part.iloc[0]
    said = _said(plan, kind, first, lang)
    return Line2D([], [], color=colour, linestyle=stroke, marker=marker, markersize=4, label=said)


def _without(results: Results, row: pd.Series, lang: str) -> list[Line2D]:
    from matplotlib.lines import Line2D

    judged = baseline.row_without(results, row)
    if judged is None:
        return []
    return [Line2D([], [], linestyle="", label=_said(False, str(row["counts"]), judged, lang))]


def _said(plan: bool, kind: str, row: pd.Series, lang: str) -> str:
    """Nominal, effective, with or without the plan; and how likely the target is reached."""
    words = [(baseline.PLAN if plan else baseline.WITHOUT).of(lang)]
    if kind in style.COUNTED:
        words.append(counted(kind).of(lang))
    told = sure(row, lang)
    return Text("，", ", ").of(lang).join(words) + Text(f"：达标概率{told}", f": P(reached) = {told}").of(lang)


def _axis(row: pd.Series, alone: bool, lang: str) -> str:
    if alone:
        each = unit(str(row["indicator"]))
        return (
            Text("占比", "share").of(lang)
            if each == "share"
            else unit_name(each, lang) or Text("数值", "value").of(lang)
        )
    kind = SCOPES.get(str(row["scope"]).partition(": ")[0], Text("地区", "place"))
    limit = asked(row, lang).split("，" if lang == "zh" else ",")[0].replace("≥ ", "≥").replace("≤ ", "≤")
    return Text(f"{limit}的{kind.zh}占比", f"share of {kind.en}s with {limit}").of(lang)


def _headline(rows: pd.DataFrame, names: list[str], lang: str) -> tuple[str, str]:
    """Which of these targets is the least likely, and where its figure lies."""
    own = rows[rows["target"].isin(names)].drop_duplicates("target")
    worst = own.loc[own["probability"].idxmin()]
    name = str(worst[f"label_{lang}"])
    chances = sure(worst, lang)
    title = Text(
        f"枢纽覆盖率以外的{len(names)}项目标：把握最小的是{name}，达标概率{chances}",
        f"{len(names)} targets besides hub coverage; the least likely is {name}: P = {chances}",
    )
    middle, spread = outcome(worst, lang)
    told = bracketed(middle, Text("90%范围", "90 % of runs ").of(lang) + spread, lang)
    subtitle = Text(
        f"其考核值的中位数{told}，要求{asked(worst, 'zh')}", f"Its figure: median {told}; required {asked(worst, 'en')}"
    )
    return title.of(lang), subtitle.of(lang)
