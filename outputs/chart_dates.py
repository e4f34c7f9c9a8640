"""How likely each target is met by each month's end: how early one can expect it, and whether it lasts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import baseline, style
from .calendar_axis import time_axis
from .fan import Drawing, as_shares, panels_in_two_columns
from .likelihood import LIKELY
from .reading import Facts, facts
from .tables import asked, sure
from .target_dates import likely_since, over_time
from .words import bracketed, chance, counted, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

MOST = 12  # targets on a page
PANEL, WIDTH, GAP = 60.0, 70.0, 4.6  # mm: height of a row of panels, width of one, a line of its key
CHANCE = Text("已达到目标的概率", "probability that it is met")
NOTE = Text(
    "各月底（或各次考核时）达到目标的推演占比；色带和须线为95%区间，以参数抽样为单位，无参数变动时只涵盖随机性。"
    "点表示只在该时点有数据或只在该时点考核。",
    "Share of runs that meet the target at each month's end, or when it is checked; bands and whiskers: 95 % intervals "
    "over parameter draws (over chance alone where no parameter varies). Dots: known, or checked, only then.",
)


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where no target can be followed over time."""
    known, data = facts(results), over_time(results)
    if data.empty:
        return None
    names = list(dict.fromkeys(data["target"]))[:MOST]
    data = data[data["target"].isin(names)].reset_index(drop=True)
    rows = -(-len(names) // 2)
    title, subtitle = _headline(results, known, data, lang)
    notes = [NOTE.of(lang), *_left_out(results, data, lang)]
    deepest = max(data[data["target"] == name].groupby(["scenario", "counts"]).ngroups for name in names)
    high = (PANEL + GAP * deepest) * rows
    figure = style.sheet(known, lang, title, subtitle, notes, content=high)
    for (axes, width), name in zip(panels_in_two_columns(figure, len(names), WIDTH), names, strict=True):
        _panel(axes, results, known, data[data["target"] == name], lang, width)
    return Drawing(figure, data)


def _panel(axes: Axes, results: Results, known: Facts, data: pd.DataFrame, lang: str, width: float) -> None:
    rows = results.targets[results.targets["target"] == data["target"].iloc[0]]
    row = rows.iloc[0]
    due = known.index(str(row["deadline"]))
    handles = [_course(axes, results, part, rows, lang) for _, part in data.groupby(["scenario", "counts"], sort=False)]
    if not data["scenario"].eq("baseline").any():
        handles += _only_then(axes, results, row, due, lang)
    as_shares(axes, lang)
    time_axis(axes, replace(known, deadline=due) if due is not None else known, lang, width, due is not None)
    axes.set_title("\n".join(style.broken(_name(row, lang), width - 2, style.TEXT + 0.5, "bold")))
    axes.set_ylabel(CHANCE.of(lang))
    axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(-0.03 * WIDTH / width, -0.17), fontsize=style.FOOT + 1
    )


def _name(row: pd.Series, lang: str) -> str:
    """What a target asks: filed organizations ≥1,800."""
    return f"{row[f'label_{lang}']} {asked(row, lang).replace('≥ ', '≥').replace('≤ ', '≤')}"


def _course(axes: Axes, results: Results, part: pd.DataFrame, rows: pd.DataFrame, lang: str) -> Line2D:
    """One way of counting, with or without the plan; returns its line in the key."""
    from matplotlib.lines import Line2D

    plan, kind = part["scenario"].iloc[0] == "plan", str(part["counts"].iloc[0])
    strict = kind == "effective"
    colour = style.COUNTED.get(kind, style.PLAN) if plan else style.BASELINE
    stroke = "-" if plan else (0, (1.2, 1.2)) if strict else baseline.DASHES
    when, value = part["month"] + 1, part["probability"]
    low, high = part["probability_low"], part["probability_high"]
    marker = ""
    if part["every_month"].iloc[0]:
        axes.fill_between(when, low, high, color=colour, alpha=0.2, linewidth=0)
        axes.plot(when, value, color=colour, linestyle=stroke, zorder=2.5)
    else:
        marker, stroke = ("o" if plan else "D"), (":" if plan else "")
        axes.errorbar(
            when, value, [value - low, high - value], color=colour, marker=marker, markersize=4, linestyle=stroke,
            linewidth=1.0, elinewidth=1.2, clip_on=False, zorder=3,
        )  # fmt: skip
    own = rows[rows["counts"] == kind].iloc[0]
    judged = own if plan else baseline.row_without(results, own)
    said = _said(plan, kind, judged, part, lang)
    return Line2D([], [], color=colour, linestyle=stroke, marker=marker, markersize=4, label=said)


def _only_then(axes: Axes, results: Results, row: pd.Series, due: int | None, lang: str) -> list[Line2D]:
    """Without the plan a target that is set for each place is only known at its deadline: a mark there."""
    from matplotlib.lines import Line2D

    judged = baseline.row_without(results, row)
    if judged is None:
        return []
    value, low, high = (float(judged[f"probability{end}"]) for end in ("", "_low", "_high"))
    marker = "" if due is None else "D"
    if due is not None:
        axes.errorbar(
            [due + 1], [value], [[value - low], [high - value]], color=style.BASELINE, marker=marker, markersize=4,
            linestyle="", elinewidth=1.2, clip_on=False, zorder=3,
        )  # fmt: skip
    said = _said(False, str(row["counts"]), judged, None, lang)
    return [Line2D([], [], color=style.BASELINE, linestyle="", marker=marker, markersize=4, label=said)]


def _said(plan: bool, kind: str, judged: pd.Series | None, part: pd.DataFrame | None, lang: str) -> str:
    """What the key says: nominal, effective or without the plan, and the probability by the deadline."""
    words = [counted(kind).of(lang)] if kind in style.COUNTED else []
    if not plan:
        words.insert(0, baseline.WITHOUT.of(lang))
    elif not words:
        words = [baseline.PLAN.of(lang)]
    if judged is None and part is not None:
        judged = part[part["checked"]].iloc[-1]
    assert judged is not None
    told = sure(judged, lang)
    return Text("，", ", ").of(lang).join(words) + Text(f"：按期达标{told}", f": {told} in time").of(lang)


def _headline(results: Results, known: Facts, data: pd.DataFrame, lang: str) -> tuple[str, str]:
    """Since when the first target is likely met, by the scale of words, and what becomes of it."""
    rows = results.targets[results.targets["target"] == data["target"].iloc[0]]
    row, kind = rows.iloc[0], str(rows["counts"].iloc[0])
    first = data[(data["scenario"] == "plan") & (data["target"] == row["target"]) & (data["counts"] == kind)]
    name = _name(row, lang)
    if kind in style.COUNTED:
        name = bracketed(name, counted(kind).of(lang), lang)
    since = likely_since(first)
    least, word = percent(LIKELY.low, lang), LIKELY.word.of(lang)
    if not first["checked"].any():  # it is checked at a time for which the folder keeps no figures
        title = Text(f"{name}：按期达标概率{sure(row, lang)}", f"{name}: met in time with P = {sure(row, lang)}")
    elif since is None:
        title = Text(f"{name}：到期限为止没有稳定进入“{word}”", f"{name}: not {word} by the deadline")
    else:
        when = known.month(since, lang)
        title = Text(f"{name}：自{when}底起“{word}”达标", f"{name}: {word} met from the end of {when}")
    last = first.iloc[-1]
    end, later = known.month(int(last["month"]), lang), chance(float(last["probability"]), lang)
    subtitle = Text(
        f"“{word}”指概率的整个区间不低于{least}，且保持到期限；到{end}底，达标概率为{later}",
        f'"{word}": the whole interval at {least} or more, and so until the deadline; at the end of {end}: {later}',
    )
    return title.of(lang), subtitle.of(lang)


def _left_out(results: Results, data: pd.DataFrame, lang: str) -> list[str]:
    there = set(data["target"])
    rows = results.targets.drop_duplicates("target")
    gone = [str(row[f"label_{lang}"]) for _, row in rows.iterrows() if row["target"] not in there]
    if not gone:
        return []
    names = Text("、", ", ").of(lang).join(gone)
    return [
        Text(
            f"未列出：{names}（结果中没有逐月数据，或篇幅所限）。",
            f"Not shown: {names} (not kept by month, or no room).",
        ).of(lang)
    ]
