"""Every target in a row: what is asked, how likely it is reached, and where the outcome will lie."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..experiments.store import Results
from ..model.text import Text
from . import baseline, style
from .fan import Drawing
from .likelihood import degree, favourable, scale_note, unfavourable
from .reading import facts
from .tables import asked, counts_of, due, notes, outcome, sure_lines
from .words import chance, percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# all places in mm: the axes are as wide as the sheet between its margins
ROW, HEAD = 9.4, 7.0
NAME, COUNTED, ASKED, PLOT, PLOT_END, SURE, OUTCOME, END = 0, 47, 62, 92, 126, 129, 146, 164
LINE = 3.7
HEADS = {
    NAME: Text("目标", "target"),
    COUNTED: Text("口径", "counted"),
    ASKED: Text("要求与期限", "required, by"),
    PLOT: Text("达标概率（横线为区间）", "probability (bar: interval)"),
    OUTCOME: Text("预计值", "outcome"),
}
VERDICTS = {
    style.REACHED: Text("较有可能或更高（区间全部≥66%）", "likely or more (all of it ≥ 66 %)"),
    style.AT_RISK: Text("各半或尚不能判断", "even or open"),
    style.MISSED: Text("不大可能或更低（区间全部≤33%）", "unlikely or less (all ≤ 33 %)"),
}


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the scenario has no targets."""
    rows = results.targets
    if rows.empty:
        return None
    known = facts(results)
    title, subtitle = _headline(rows, lang)
    told = [*notes(results, lang), scale_note(lang)]
    high = HEAD + ROW * len(rows)
    figure = style.sheet(known, lang, title, subtitle, told, content=high + 6)
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_xlim(NAME, END)
    axes.set_ylim(high, 0)
    _frame(axes, high, lang)
    without = [baseline.row_without(results, row) for _, row in rows.iterrows()]
    for place, (_, row) in enumerate(rows.iterrows()):
        again = place > 0 and rows["target"].iloc[place - 1] == row["target"]
        _row(axes, HEAD + (place + 0.5) * ROW, row, again, lang, without[place])
    there = any(one is not None for one in without)
    _legend(axes, lang, there)
    data = rows.copy()
    if there:
        for column in ("probability", "probability_low", "probability_high"):
            data[f"{column}_without"] = [math.nan if one is None else float(one[column]) for one in without]
    return Drawing(figure, data)


def _frame(axes: Axes, high: float, lang: str) -> None:
    """Heads, a rule below them, and the scale of probabilities."""
    for x, head in HEADS.items():
        axes.text(x, HEAD - 5.6, head.of(lang), weight="bold", va="center")
    axes.plot([NAME, END], [HEAD, HEAD], color=style.SOFT, linewidth=0.8)
    for tenth in range(0, 11, 2):
        x = _at(tenth / 10)
        axes.plot([x, x], [HEAD, high], color=style.FAINT, linewidth=0.6, zorder=0)
        axes.text(
            x,
            HEAD - 1.6,
            percent(tenth / 10, lang).replace(" ", ""),
            ha="center",
            va="center",
            size=style.FOOT - 0.5,
            color=style.SOFT,
        )


def _at(probability: float) -> float:
    return PLOT + (PLOT_END - PLOT) * probability


def _row(axes: Axes, y: float, row: pd.Series, again: bool, lang: str, without: pd.Series | None) -> None:
    if not again:
        if y > HEAD + ROW:
            axes.plot([NAME, END], [y - ROW / 2] * 2, color=style.FAINT, linewidth=0.6)
        _lines(axes, NAME, y, str(row[f"label_{lang}"]), COUNTED - NAME - 2, style.TEXT)
        _two(axes, ASKED, y, asked(row, lang), due(row, lang))
    kind = str(row["counts"])
    axes.text(
        COUNTED,
        y,
        counts_of(row, lang).replace("口径", ""),
        va="center",
        size=style.TEXT - 0.5,
        color=style.COUNTED.get(kind, style.INK),
    )
    word = degree(row["probability_low"], row["probability_high"])
    colour = style.verdict_colour(row["probability_low"], row["probability_high"])
    axes.plot(
        [_at(row["probability_low"]), _at(row["probability_high"])],
        [y, y],
        color=colour,
        linewidth=3,
        alpha=0.45,
        solid_capstyle="butt",
    )
    axes.plot(
        _at(row["probability"]),
        y,
        "o",
        color=colour,
        markersize=6,
        markeredgecolor="white",
        markeredgewidth=0.6,
    )
    if without is not None:
        axes.plot(_at(without["probability"]), y - 2.4, "D", color=style.BASELINE, markersize=3.6, zorder=2.5)
    said = word.word.of(lang)
    half = style.breadth(said, style.FOOT - 0.3) / 2
    beneath = min(max(_at(row["probability"]), PLOT + half), PLOT_END - half)
    axes.text(beneath, y + 3.1, said, ha="center", va="center", size=style.FOOT - 0.3, color=style.SOFT)
    _two(axes, SURE, y, *sure_lines(row, lang), bold=True)
    _two(axes, OUTCOME, y, *outcome(row, lang), bold=True)


def _two(axes: Axes, x: float, y: float, upper: str, lower: str, bold: bool = False) -> None:
    axes.text(x, y - LINE / 2, upper, va="center", weight="bold" if bold else "normal")
    axes.text(x, y + LINE / 2, lower, va="center", size=style.FOOT, color=style.SOFT)


def _lines(axes: Axes, x: float, y: float, text: str, width: float, size: float) -> None:
    lines = style.broken(text, width, size)
    if len(lines) > 2:
        size -= 1.2
        lines = style.broken(text, width, size)
    step = size * style.POINT * 1.2
    for place, line in enumerate(lines):
        axes.text(x, y + (place - (len(lines) - 1) / 2) * step, line, va="center", size=size)


def _legend(axes: Axes, lang: str, without: bool) -> None:
    from matplotlib.lines import Line2D

    marks = [
        Line2D([], [], marker="o", linestyle="", color=colour, markersize=5, label=said.of(lang))
        for colour, said in VERDICTS.items()
    ]
    if without:
        said = baseline.WITHOUT.of(lang)
        marks.append(Line2D([], [], marker="D", linestyle="", color=style.BASELINE, markersize=3.6, label=said))
    axes.legend(
        handles=marks,
        loc="upper right",
        bbox_to_anchor=(1.0, 0.0),
        ncols=4,
        columnspacing=0.9,
        fontsize=style.FOOT + 0.5,
        handletextpad=0.2,
        borderaxespad=0.3,
    )


def _headline(rows: pd.DataFrame, lang: str) -> tuple[str, str]:
    first = rows.drop_duplicates("target")
    words = [degree(row["probability_low"], row["probability_high"]) for _, row in first.iterrows()]
    likely, missed = sum(map(favourable, words)), sum(map(unfavourable, words))
    count, risky = len(first), len(first) - likely - missed
    title = Text(
        f"{count}项目标：较有可能达标{likely}项，不大可能达标{missed}项，各半或尚不能判断{risky}项",
        f"{count} targets: {likely} likely reached, {missed} unlikely, {risky} even or open",
    )
    worst = first.loc[first["probability"].idxmin()]
    sure = chance(worst["probability"], lang)
    worst_zh, worst_en = worst["label_zh"], worst["label_en"]
    told = Text(f"概率最低的一项：{worst_zh}（{sure}）", f"Least likely: {worst_en} ({sure})").of(lang)
    if (rows["counts"] == "effective").any():
        told += Text("；以上按各目标所定口径计", "; each counted as its target says").of(lang)
    return title.of(lang), told
