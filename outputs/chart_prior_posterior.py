"""What the posterior makes of the forecasts: every target's probability before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import style
from .calibration_tables import Calibration
from .calibration_words import COUNTS, labelled, of_word, policy_label
from .fan import Drawing
from .row_chart import END, blank, mark, name_in, plot_area
from .words import bracketed, chance, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEAD, ROW, SCALE, KEY = 7.0, 8.0, 7.5, 6.0  # mm
NAME_WIDTH, LEFT, RIGHT, FIGURE = 62.0, 66.0, 136.0, 141.0
LOOKS = {"prior": ("#999999", "o", False, -1.4), "posterior": (style.NOMINAL, "o", True, 1.4)}


def draw_forecasts(known: Calibration, lang: str) -> Drawing | None:
    """A row for each target and way of counting, by plan: probability with the priors and with the posterior."""
    table = known.get("forecasts")
    if table is None:
        return None
    title, subtitle, note = _words(table)
    plans = table.groupby("plan", sort=False)
    blocks = {str(plan): list(mine.groupby(["target", "counts"], sort=False)) for plan, mine in plans}
    room = KEY + sum(HEAD + ROW * len(rows) + SCALE for rows in blocks.values())
    figure = style.sheet(known, lang, title.of(lang), subtitle.of(lang), [note.of(lang)], content=room)
    sheet = blank(figure, room)
    _key(sheet, lang)
    top = KEY
    for plan, rows in blocks.items():
        sheet.text(0, top + HEAD / 2, policy_label(plan, lang), weight="bold", va="center", size=style.TEXT + 0.5)
        top += HEAD
        sheet.plot([0, END], [top, top], color=style.SOFT, linewidth=0.8)
        area = plot_area(sheet, (LEFT, RIGHT), (top, top + ROW * len(rows)), (-0.02, 1.02))
        area.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
        area.xaxis.set_major_formatter(lambda value, _: percent(float(value), lang))
        for place, (_, mine) in enumerate(rows):
            _row(sheet, area, top + (place + 0.5) * ROW, mine, lang)
            if place:
                sheet.plot([0, END], [top + place * ROW] * 2, color=style.FAINT, linewidth=0.5)
        top += ROW * len(rows) + SCALE
    return Drawing(figure, table)


def _words(table: pd.DataFrame) -> tuple[Text, Text, Text]:
    wide = table.pivot_table(index=["plan", "target", "counts"], columns="parameters", values="probability", sort=False)
    both = wide.dropna() if {"prior", "posterior"} <= set(wide.columns) else wide.iloc[:0]
    much = int(((both["posterior"] - both["prior"]).abs() >= 0.1).sum()) if len(both) else 0
    title = Text(
        f"{len(both)}项目标概率中，{much}项因校准变动10个百分点以上",
        f"Calibration moves {much} of {len(both)} target probabilities by ten points or more",
    )
    subtitle = Text("各项目标的达标概率：用先验与用后验", "Probability of each target with priors and with posterior")
    note = Text(
        "横带：95%区间，只反映推演次数有限，不含模型本身的误差。",
        "Bands: 95 % intervals for the finite number of runs; errors of the model itself are not in them.",
    )
    return title, subtitle, note


def _key(sheet: Axes, lang: str) -> None:
    for (_, (colour, shape, filled, _)), said, x in zip(
        LOOKS.items(), (Text("先验", "priors"), Text("后验", "posterior")), (LEFT, LEFT + 24), strict=True
    ):
        face = colour if filled else "white"
        sheet.plot(x + 1.5, KEY / 2, shape, color=colour, markerfacecolor=face, markersize=5)
        sheet.text(x + 4.5, KEY / 2, said.of(lang), va="center")


def _row(sheet: Axes, area: Axes, y: float, mine: pd.DataFrame, lang: str) -> None:
    first = mine.iloc[0]
    counts = str(first["counts"])
    label = labelled(first, lang)
    if counts in COUNTS:
        label = bracketed(label, of_word(counts, COUNTS, lang), lang)
    name_in(sheet, 0, y, label, NAME_WIDTH)
    said = {}
    for _, row in mine.iterrows():
        kind = str(row["parameters"])
        colour, shape, filled, shift = LOOKS[kind]
        mark(area, y + shift, (row["low"], row["probability"], row["high"]), colour, shape, filled)
        said[kind] = chance(float(row["probability"]), lang)
    if len(said) == 2:
        change = f"{said['prior']} → {said['posterior']}"
        sheet.text(FIGURE, y, change, va="center", weight="bold", size=style.TEXT - 0.3)
