"""Streets as tiles, in blocks by district or prefecture: when each has its first hub, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import style
from .fan import Drawing
from .reading import Facts, facts
from .row_chart import blank, hold
from .street_rows import called
from .tile_rows import BAR, BETWEEN, GUTTER, LABEL, LETTERS, NAME, PANEL, Layout, by_deadline, half_by, lay_out
from .words import counted, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS = ("nominal", "effective")
KEY, HEAD = 11.0, 5.5  # mm
EMPTY, LATE = "#EBEBEB", "#9E9E9E"
NOTE = Text(
    "按首个枢纽出现的月份计算，此后撤并、停摆的不扣除。方格按所属地区排列，不表示方位，大小与人口无关。"
    "“半数推演建成”：截至该年底，有一半以上的推演中该地已有过枢纽。",
    "By the month of a street's first hub; later failures are not deducted. Tiles stand with their district, not where "
    "they lie on a map, and their size says nothing of residents. Half of the runs: by the end of that year the "
    "street has had a hub in half of the runs or more.",
)


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the folder has no streets."""
    if results.streets.empty:
        return None
    known, layout = facts(results), lay_out(results, lang)
    data = _data(results, known, layout)
    what = called(results.places.loc[results.places["level"] == "street", "name_zh"])
    title, subtitle = _headline(known, data, what, lang)
    room = KEY + HEAD + layout.high + 1
    figure = style.sheet(known, lang, title, subtitle, [NOTE.of(lang)], content=room)
    sheet = blank(figure, room)
    years = sorted({known.year_month(k)[0] for k in range(known.months)})
    colours = year_colours(years)
    _key(sheet, known, years, colours, lang)
    _names(sheet, layout)
    for place, kind in enumerate(KINDS):
        left = LABEL + place * (PANEL + GUTTER)
        said = counted(kind).of(lang)
        sheet.text(left, KEY + HEAD / 2 - 0.8, said, va="center", weight="bold", color=style.COUNTED[kind])
        _tiles(sheet, left, layout, data[data["counts"] == kind], colours)
    hold(sheet)
    return Drawing(figure, data)


def year_colours(years: list[int]) -> dict[int, str]:
    """From dark (early) to bright (late), told apart with any colour vision; 0 stands for later than the calendar."""
    import matplotlib
    from matplotlib.colors import to_hex

    steps = np.linspace(0.08, 0.95, len(years)) if len(years) > 1 else [0.4]
    ramp = matplotlib.colormaps["viridis"]
    return {year: to_hex(ramp(step)) for year, step in zip(years, steps, strict=True)} | {0: LATE}


def _data(results: Results, known: Facts, layout: Layout) -> pd.DataFrame:
    """A row per street and way of counting: when half of the runs have had the hub, and the probability."""
    end = known.months - 1 if known.deadline is None else known.deadline
    parts = []
    for kind in KINDS:
        column = f"first_{kind}"
        half = half_by(results.streets, column, len(layout.names), known.months)
        there = half < known.months
        dates = [known.year_month(int(month)) if month < known.months else (0, 0) for month in half]
        parts.append(
            pd.DataFrame(
                {
                    "counts": kind,
                    "group": [layout.blocks[k] for k in layout.block_of],
                    "name": layout.names,
                    "street": np.arange(len(layout.names)),
                    "half_of_runs_by": np.where(there, half, -1),
                    "year": [year for year, _ in dates],
                    "month_of_year": [month for _, month in dates],
                    "probability_by_deadline": by_deadline(results.streets, column, len(layout.names), end),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _names(sheet: Axes, layout: Layout) -> None:
    """Names of the blocks, left of both panels."""
    for name, top, after in zip(layout.blocks, layout.tops, [*layout.tops[1:], layout.high + BETWEEN], strict=True):
        lines = style.broken(name, LABEL - 2, LETTERS + 1, "bold")
        for step, line in enumerate(lines):
            y = KEY + HEAD + top + 1.6 + 3.4 * step
            sheet.text(LABEL - 2, y, line, ha="right", va="center", size=LETTERS + 1, weight="bold")
        if len(layout.blocks) > 1 and layout.named:
            y = KEY + HEAD + after - BETWEEN / 2
            sheet.plot([LABEL, LABEL + 2 * PANEL + GUTTER], [y, y], color=style.FAINT, linewidth=0.5)


def _tiles(sheet: Axes, left: float, layout: Layout, data: pd.DataFrame, colours: dict[int, str]) -> None:
    """A gauge for each street: as much of it is filled as the hub is likely by the deadline, in the year's colour."""
    from matplotlib.collections import PolyCollection

    gap = 1.2 if layout.named else 0.12 * layout.wide
    deep = BAR if layout.named else layout.deep - gap
    x, y, wide = left + layout.x, KEY + HEAD + layout.y, layout.wide - gap
    filled = wide * data["probability_by_deadline"].to_numpy()
    ink = [colours[year] for year in data["year"]]
    for width, face in ((np.full(len(x), wide), EMPTY), (filled, ink)):
        corners = np.stack([x, y, x + width, y + deep], axis=1)
        boxes = corners[:, [[0, 1], [2, 1], [2, 3], [0, 3]]]
        sheet.add_collection(PolyCollection(list(boxes), facecolors=face, linewidths=0), autolim=False)
    if layout.named:
        for name, a, b in zip(layout.names, x, y, strict=True):
            sheet.text(a, b + BAR + NAME / 2 - 0.2, name, va="center", size=LETTERS, color=style.INK)


def _key(sheet: Axes, known: Facts, years: list[int], colours: dict[int, str], lang: str) -> None:
    from matplotlib.patches import Rectangle

    end = known.months - 1 if known.deadline is None else known.deadline
    said = Text("颜色：半数推演建成的年份", "Colour: year when half of the runs have one").of(lang)
    sheet.text(0, 2, said, va="center", size=style.TEXT - 0.5)
    x = style.breadth(said, style.TEXT - 0.5) + 3
    for year in [*years, 0]:
        words = str(year) if year else Text("更晚或没有", "later or never").of(lang)
        sheet.add_patch(Rectangle((x, 0.6), 4.5, 2.8, color=colours[year]))
        sheet.text(x + 5.5, 2, words, va="center", size=style.TEXT - 0.5)
        x += 8.0 + style.breadth(words, style.TEXT - 0.5)
    date = known.month(end, lang)
    said = Text(f"填充：到{date}底建成过的概率", f"Fill: probability of having had one by the end of {date}").of(lang)
    sheet.text(0, 6.8, said, va="center", size=style.TEXT - 0.5)
    x = style.breadth(said, style.TEXT - 0.5) + 3
    for share in (0.25, 0.5, 0.75, 1.0):
        sheet.add_patch(Rectangle((x, 5.2), 8, BAR, color=EMPTY))
        sheet.add_patch(Rectangle((x, 5.2), 8 * share, BAR, color=style.SOFT))
        sheet.text(x + 9, 6.8, percent(share, lang), va="center", size=style.TEXT - 0.5)
        x += 12.5 + style.breadth(percent(share, lang), style.TEXT - 0.5)


def _headline(known: Facts, data: pd.DataFrame, what: Text, lang: str) -> tuple[str, str]:
    """How many streets have had a hub by the deadline in most runs, and between which chances the blocks lie."""
    end = known.months - 1 if known.deadline is None else known.deadline
    when, year = data["half_of_runs_by"], known.year_month(end)[0]
    there = data[(when >= 0) & (when <= end)]["counts"].value_counts()
    one, strict = (int(there.get(kind, 0)) for kind in KINDS)
    count = data["street"].nunique()
    title = Text(
        f"{count:,}个{what.zh}中，{one:,}个在半数以上推演里于{year}年底前建成过枢纽（实效口径{strict:,}个）",
        f"{one:,} of {count:,} {what.en} have had a hub by the end of {year} in half of the runs or more "
        f"(effective {strict:,})",
    )
    ranges = {}
    for kind in KINDS:
        mean = data[data["counts"] == kind].groupby("group", sort=False)["probability_by_deadline"].mean()
        ranges[kind] = [percent(float(edge), lang) for edge in (mean.min(), mean.max())]
    (low, high), (less, more) = ranges["nominal"], ranges["effective"]
    sub = Text(
        f"到{known.month(end, 'zh')}底建成过枢纽的概率，各地均值：名义口径{low}至{high}，实效口径{less}至{more}",
        f"Probability by the end of {known.month(end, 'en')}, mean of each block: nominal {low} to {high}, "
        f"effective {less} to {more}",
    )
    return title.of(lang), sub.of(lang)

