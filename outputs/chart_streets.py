"""Which streets have had their first hub, by month: by name in a city, by larger places in a province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import style
from .calendar_axis import time_axis
from .fan import Drawing
from .likelihood import LIKELY
from .reading import Facts, facts
from .street_rows import Rows, choose_rows
from .words import counted, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

IN_ONE_COLUMN = 80  # more rows than this take two columns
ROW, LEAST = 2.72, 70.0  # mm: height of a row; least height of the whole
LETTERS = 6.0
GROUP_WIDTH = 14.0  # mm
KINDS = ("nominal", "effective")


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the folder has no streets."""
    if results.streets.empty:
        return None
    known, rows = facts(results), choose_rows(results, lang)
    shares = {kind: rows.shares(results.streets, f"first_{kind}", known.months) for kind in KINDS}
    title, subtitle = _headline(known, rows, shares, lang)
    columns = 1 if len(rows.names) <= IN_ONE_COLUMN else 2
    deep = -(-len(rows.names) // columns)
    height = min(style.FULL_PAGE, max(LEAST, deep * max(ROW, 5.5 - 0.1 * deep) + 38))
    figure = style.sheet(known, lang, title, subtitle, [_note(rows, lang)], height)
    panels = figure.subplots(1, 2 * columns, squeeze=False)[0]
    for column in range(columns):
        part = slice(column * deep, (column + 1) * deep)
        for axes, kind in zip(panels[2 * column : 2 * column + 2], KINDS, strict=True):
            _strip(axes, known, shares[kind][part], lang, 70 / columns)
            axes.set_title(counted(kind).of(lang), color=style.COUNTED[kind])
        _name(panels[2 * column], rows, part)
        panels[2 * column + 1].set_yticks([])
    _key(figure, panels, rows, lang)
    return Drawing(figure, _data(known, rows, shares))


def _strip(axes: Axes, known: Facts, shares: np.ndarray, lang: str, width: float) -> None:
    axes.imshow(
        shares,
        aspect="auto",
        interpolation="nearest",
        cmap=style.chances(),
        vmin=0,
        vmax=1,
        extent=(0, known.months, len(shares), 0),
        zorder=0,
    )
    time_axis(axes, known, lang, width=width - 12, name_deadline=False, shade=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _name(axes: Axes, rows: Rows, part: slice) -> None:
    """Names beside the rows, with lines between groups and the groups' names further left."""
    names, groups = rows.names[part], rows.groups[part]
    axes.set_yticks(np.arange(len(names)) + 0.5, labels=names, size=LETTERS)
    axes.tick_params(axis="y", length=0, pad=1.5)
    indent = max(style.breadth(name, LETTERS) for name in names) / style.POINT + 6
    starts = [k for k in range(len(groups)) if k == 0 or groups[k] != groups[k - 1]]
    neighbour = axes.figure.axes[axes.figure.axes.index(axes) + 1]
    for start, end in zip(starts, [*starts[1:], len(groups)], strict=True):
        for each in (axes, neighbour):
            if start:
                each.axhline(start, color="white", linewidth=1.4)
        if groups[start]:
            axes.annotate(
                "\n".join(style.broken(groups[start], GROUP_WIDTH, LETTERS + 1, "bold")),
                (0, (start + end) / 2),
                xycoords=("axes fraction", "data"),
                xytext=(-indent, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                size=LETTERS + 1,
                weight="bold",
                annotation_clip=False,
            )


def _key(figure: Figure, panels: np.ndarray, rows: Rows, lang: str) -> None:
    bar = figure.colorbar(panels[0].images[0], ax=list(panels), location="bottom", shrink=0.5, aspect=45, pad=0.02)
    bar.outline.set_visible(False)
    bar.set_ticks([0, 0.25, 0.5, 0.75, 1], labels=[percent(k / 4, lang) for k in range(5)])
    bar.ax.tick_params(length=0)
    bar.set_label(rows.measure.of(lang))


def _headline(known: Facts, rows: Rows, shares: dict[str, np.ndarray], lang: str) -> tuple[str, str]:
    end = known.months - 1 if known.deadline is None else known.deadline
    date, at_end = known.month(end, lang), {kind: share[:, end] for kind, share in shares.items()}
    return _of_streets(date, rows, at_end, lang) if rows.single else _of_larger(date, rows, at_end, lang)


def _of_streets(date: str, rows: Rows, at_end: dict[str, np.ndarray], lang: str) -> tuple[str, str]:
    """How many streets are likely to have a hub, and how many are not."""
    likely, strict = (int((at_end[kind] >= LIKELY.low).sum()) for kind in KINDS)
    weak, strict_weak = (int((at_end[kind] < 0.5).sum()) for kind in KINDS)
    (zh, en), count, least = rows.counted, len(rows.names), percent(LIKELY.low, lang)
    title = Text(
        f"到{date}底，{count}个{zh}中有{likely}个建成过枢纽的概率不低于{least}（实效口径{strict}个）",
        f"{likely} of {count} {en} have had a hub by the end of {date} with P ≥ {least} (effective {strict})",
    )
    told = Text(
        f"概率不足一半的：名义口径{weak}个，实效口径{strict_weak}个",
        f"With P below one half: {weak} nominal, {strict_weak} effective",
    )
    return title.of(lang), told.of(lang)


def _of_larger(date: str, rows: Rows, at_end: dict[str, np.ndarray], lang: str) -> tuple[str, str]:
    """Between which shares the larger places lie."""
    (low, high), (strict_low, strict_high) = (
        (percent(at_end[kind].min(), lang), percent(at_end[kind].max(), lang)) for kind in KINDS
    )
    title = Text(
        f"到{date}底，各{rows.counted.zh}建成过枢纽的{rows.streets.zh}占比在{low}至{high}之间",
        f"By the end of {date}, {low} to {high} of a {rows.counted.en}'s {rows.streets.en} have had a hub",
    )
    told = Text(
        f"以上为名义口径的均值；实效口径为{strict_low}至{strict_high}",
        f"Nominal, mean of all runs; effective: {strict_low} to {strict_high}",
    )
    return title.of(lang), told.of(lang)


def _note(rows: Rows, lang: str) -> str:
    base = Text(
        "按首个枢纽出现的月份计算；此后撤并、停摆的不扣除。虚线为期限。",
        "By the month of a street's first hub; later failures are not deducted. Dashed: the deadline.",
    )
    return base.of(lang) + ("" if lang == "zh" else " ") + rows.left_out.of(lang)


def _data(known: Facts, rows: Rows, shares: dict[str, np.ndarray]) -> pd.DataFrame:
    parts = []
    for kind, share in shares.items():
        table = pd.DataFrame(share, index=pd.RangeIndex(len(share)), columns=range(known.months))
        table.insert(0, "name", rows.names)
        table.insert(0, "group", rows.groups)
        part = table.melt(["group", "name"], var_name="month", value_name="share")
        part.insert(0, "counts", kind)
        parts.append(part)
    found = pd.concat(parts, ignore_index=True)
    dates = [known.year_month(int(month)) for month in found["month"]]
    found.insert(4, "year", [year for year, _ in dates])
    found.insert(5, "month_of_year", [month for _, month in dates])
    found.insert(0, "level", rows.level)
    return found
