"""Observed figures beside what the model says of them with the priors and with the posterior."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from ..calibration.observations import ROLES
from ..model.text import Text
from . import style
from .calibration_figures import between, seen_figure
from .calibration_tables import Calibration
from .calibration_words import observation_label
from .fan import Drawing
from .outcome_words import capital
from .row_chart import END, blank, name_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW, HEAD, KEY = 10.6, 6.0, 6.0  # mm
NAME_WIDTH, LEFT, RIGHT = 58.0, 62.0, 132.0
PRIOR, POSTERIOR, SEEN = "#999999", style.NOMINAL, style.MISSED


def draw_predictive(known: Calibration, lang: str) -> Drawing | None:
    """A row for each observation, on its own scale: 90 % ranges of prior and posterior, and what was observed."""
    table = known.get("predictive")
    if table is None:
        return None
    roles = [role for role in ROLES if (table["role"] == role).any()]
    checked = table[table["role"] == "check"]
    held = checked if len(checked) else table
    inside = sum(_inside(row) for _, row in held.iterrows())
    what = Text("留作检验的", " held out") if len(checked) else Text("", "")
    title = Text(
        f"{len(held)}项{what.zh}观测中，{inside}项与后验推演的90%范围相接（计容差）",
        f"{inside} of {len(held)} figures{what.en} meet the posterior's 90 % range, tolerance included",
    )
    subtitle = Text("每项观测的先验推演与后验推演", "Prior and posterior predictive of each observation")
    note = Text(
        "各行各用一个刻度，两端数值标于横线下方。横带为模拟值的90%范围，竖线为中位数；菱形为观测值，细线为±1个容差；"
        "箭头表示只知下限或上限。右侧为后验中位数和90%范围。",
        "Each row has a scale of its own, with its ends below the line. Bands: 90 % of simulated figures, with "
        "medians. Diamond: observed, ± one tolerance; an arrow where only an end is known. Right: posterior median and "
        "90 % range.",
    )
    room = KEY + sum(HEAD + ROW * int((table["role"] == role).sum()) for role in roles)
    figure = style.sheet(known, lang, title.of(lang), subtitle.of(lang), [note.of(lang)], content=room)
    sheet = blank(figure, room)
    _key(sheet, lang)
    top = KEY
    for role in roles:
        sheet.text(0, top + HEAD / 2, capital(ROLES[role].of(lang)), weight="bold", va="center", size=style.TEXT + 0.5)
        top += HEAD
        sheet.plot([0, END], [top, top], color=style.SOFT, linewidth=0.8)
        for _, row in table[table["role"] == role].iterrows():
            _row(sheet, top, row, lang)
            top += ROW
    return Drawing(figure, table)


def _inside(row: pd.Series) -> bool:
    """Whether the posterior's range reaches the observed one, give or take a tolerance."""
    low, high = _ends(row)
    slack = float(row["tolerance"])
    return bool(row["posterior_p05"] <= high + slack and row["posterior_p95"] >= low - slack)


def _ends(row: pd.Series) -> tuple[float, float]:
    low, high = float(row["low"]), float(row["high"])
    return (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)


def _key(sheet: Axes, lang: str) -> None:
    entries = ((PRIOR, Text("先验", "prior"), LEFT), (POSTERIOR, Text("后验", "posterior"), LEFT + 22.0))
    for colour, said, x in entries:
        sheet.plot([x, x + 6], [KEY / 2] * 2, color=colour, linewidth=5, alpha=0.6, solid_capstyle="butt")
        sheet.text(x + 7.5, KEY / 2, said.of(lang), va="center")
    sheet.plot(LEFT + 51.0, KEY / 2, "D", color=SEEN, markersize=5)
    sheet.text(LEFT + 54.0, KEY / 2, Text("观测", "observed").of(lang), va="center")


def _row(sheet: Axes, top: float, row: pd.Series, lang: str) -> None:
    y = top + ROW / 2 - 1.0
    what = (str(row["indicator"]), str(row["measure"]))
    name_in(sheet, 0, y, observation_label(row["observation"], lang), NAME_WIDTH, size=style.TEXT - 0.3)
    low, high = _ends(row)
    slack = float(row["tolerance"])
    known = [float(row[f"{kind}_{end}"]) for kind in ("prior", "posterior") for end in ("p05", "p95")]
    known += [end + sign * slack for end in (low, high) if math.isfinite(end) for sign in (-1, 1)]
    least, most = min(known), max(known)
    span = (most - least) or abs(most) or 1.0

    def at(value: float) -> float:
        return LEFT + (value - least) / span * (RIGHT - LEFT)

    sheet.plot([LEFT, RIGHT], [y + 2.9] * 2, color=style.FAINT, linewidth=0.8)
    for value, side in ((least, "left"), (most, "right")):
        x = LEFT if side == "left" else RIGHT
        said = seen_figure(value, *what, lang)
        sheet.text(x, y + 3.2, said, ha=side, va="top", size=style.FOOT - 0.8, color=style.SOFT)
    for kind, colour, wide, shift in (("prior", PRIOR, 5.0, -1.3), ("posterior", POSTERIOR, 5.0, 1.1)):
        ends = [float(row[f"{kind}_{end}"]) for end in ("p05", "median", "p95")]
        sheet.plot([at(ends[0]), at(ends[2])], [y + shift] * 2, color=colour, linewidth=wide, alpha=0.55,
                   solid_capstyle="butt")  # fmt: skip
        sheet.plot([at(ends[1])] * 2, [y + shift - 1.0, y + shift + 1.0], color=colour, linewidth=1.8)
    _seen(sheet, y, (low, high, slack), at)
    said = [seen_figure(float(row[f"posterior_{end}"]), *what, lang) for end in ("median", "p05", "p95")]
    sheet.text(RIGHT + 3, y - 1.6, said[0], va="center", weight="bold", size=style.TEXT - 0.3)
    joined = between(said[1], said[2], lang)
    sheet.text(RIGHT + 3, y + 1.8, joined, va="center", size=style.FOOT, color=style.SOFT)
    sheet.plot([0, END], [top + ROW] * 2, color=style.FAINT, linewidth=0.5)


def _seen(sheet: Axes, y: float, ends: tuple[float, float, float], at: Callable[[float], float]) -> None:
    """The observed figure with its tolerance, as a diamond, a range, or an end with an arrow."""
    low, high, slack = ends
    known = [end for end in (low, high) if math.isfinite(end)]
    sheet.plot([at(min(known) - slack), at(max(known) + slack)], [y] * 2, color=SEEN, linewidth=1.0)
    for end in dict.fromkeys(known):
        sheet.plot(at(end), y, "D", color=SEEN, markersize=4.2, markeredgecolor="white", markeredgewidth=0.5)
    if len(known) == 1:
        sign = 1 if math.isinf(high) else -1
        far = at(known[0]) + sign * 9.0
        arrow = {"arrowstyle": "->", "color": SEEN, "linewidth": 1.0, "shrinkA": 0, "shrinkB": 0}
        sheet.annotate("", (far, y), (at(known[0]), y), arrowprops=arrow)
