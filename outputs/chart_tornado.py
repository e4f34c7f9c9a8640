"""Which assumption a target's chance hangs on: the chance at a low and at a high figure, the widest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..model.text import Text
from . import assumption_words as words
from . import style
from .assumption_words import Log, Row
from .fan import Drawing
from .row_chart import END, blank, name_in, plot_area, ticks
from .words import chance, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME_WIDTH, LEFT, RIGHT = 56.0, 60.0, 128.0  # mm
KEY, ROW, SCALE = 7.0, 7.4, 9.0
MOST = 15
LOW, HIGH = "#0072B2", "#D55E00"
NOTE = Text(
    "每行：该数在其变动范围最低五分之一（空心）和最高五分之一（实心）时目标的达标概率，其余各数取遍各自范围；竖线为总的概率。"
    "右侧为变动范围。按相差大小排列，只列可与随机性区分的。",
    "Rows: chance of the target where the figure lies in the lowest fifth of its range (hollow) and in the highest "
    "(filled), all other figures anywhere in theirs; line: the chance over all. Right: the range. The widest first, of "
    "those that can be told from chance.",
)


class Made(NamedTuple):
    """Where the numbers come from, as the footer says."""

    log: Log

    def origin(self, lang: str) -> list[str]:
        """How the runs were made."""
        from .. import __version__

        version = Text(f"；苗圃{__version__}", f"; Miaopu {__version__}")
        return [words.runs(self.log, lang) + version.of(lang)]


def draw_tornado(log: Log, lang: str, outcome: str | None = None) -> Drawing | None:
    """The chart of one target, by default the plan's first; nothing where no figure can be told from chance."""
    import pandas as pd

    target = next(row for row in log.targets if outcome in (None, row["outcome"]))
    there = [row for row in log.rows if row["outcome"] == target["outcome"] and row["clear"] == "True"]
    rows = sorted(there, key=words.weight)[:MOST]
    if not rows:
        return None
    room = KEY + ROW * len(rows) + SCALE
    title, subtitle = _headline(rows, target, lang)
    figure = style.sheet(Made(log), lang, title, subtitle, [NOTE.of(lang)], content=room)
    sheet = blank(figure, room)
    bottom = KEY + ROW * len(rows)
    limits = _limits(rows, float(target["probability"]))
    area = plot_area(sheet, (LEFT, RIGHT), (KEY, bottom), limits)
    marks = ticks(*limits)
    area.set_xticks(marks, labels=[percent(tick, lang) for tick in marks])
    area.axvline(float(target["probability"]), color=style.INK, linewidth=0.9)
    _key(sheet, lang)
    for place, row in enumerate(rows):
        _row(sheet, area, KEY + (place + 0.5) * ROW, row, lang)
    return Drawing(figure, pd.DataFrame(rows))


def save_tornado(log: Log, path: Path, lang: str) -> None:
    """Draw the chart of the plan's first target into a PNG."""
    from matplotlib import rc_context

    from .charts import finished

    drawing = finished(lambda: draw_tornado(log, lang))
    if drawing is not None:
        with rc_context(style.theme()):
            drawing.figure.savefig(path, format="png", metadata={"Software": None})


def _limits(rows: list[Row], middle: float) -> tuple[float, float]:
    ends = [float(row[name]) for row in rows for name in ("at_low", "at_high")]
    low, high = min(*ends, middle), max(*ends, middle)
    margin = 0.06 * (high - low) + 0.01
    return max(0.0, low - margin), min(1.0, high + margin)


def _key(sheet: Axes, lang: str) -> None:
    names = Text("取低值/取高值", "low figure/high figure").of(lang).split("/")
    for x, name, colour, face in ((LEFT + 1.5, names[0], LOW, "white"), (LEFT + 30, names[1], HIGH, HIGH)):
        sheet.plot(x, 2.5, "o", color=colour, markerfacecolor=face, markersize=5)
        sheet.text(x + 2.5, 2.5, name, va="center", size=style.TEXT)
    heads = Text("变动范围", "varied over").of(lang)
    sheet.text(RIGHT + 3, 2.5, heads, va="center", size=style.TEXT, color=style.SOFT)


def _row(sheet: Axes, area: Axes, y: float, row: Row, lang: str) -> None:
    low, high = float(row["at_low"]), float(row["at_high"])
    name_in(sheet, 0, y, words.label(row, lang), NAME_WIDTH)
    area.plot([low, high], [y, y], color=style.REST, linewidth=4.5, solid_capstyle="butt", zorder=2)
    for x, colour, face in ((low, LOW, "white"), (high, HIGH, HIGH)):
        area.plot(x, y, "o", color=colour, markerfacecolor=face, markersize=5, zorder=3, clip_on=False)
    name_in(sheet, RIGHT + 3, y, words.reach(row, lang), END - RIGHT - 3, style.FOOT + 0.5)


def _headline(rows: list[Row], target: Row, lang: str) -> tuple[str, str]:
    first, overall = rows[0], chance(float(target["probability"]), lang)
    low, high = words.chances(first, lang)
    title = Text(
        f"先查实“{first['label_zh']}”：取低值时达标概率{low}，取高值时{high}",
        f"Find out first: {first['label_en']} ({low} at low figures, {high} at high)",
    )
    name = words.label(target, lang)
    subtitle = Text(f"{name}，全部假设同时变动时的达标概率{overall}", f"{name}: {overall} over all assumptions")
    return title.of(lang), subtitle.of(lang)
