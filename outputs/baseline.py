"""What would have happened without the plan, as charts show it: in grey, dashed, with a light band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model.text import Text
from . import style
from .reading import bands, long_bands, present
from .row_chart import strip_above

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..experiments.store import Results

PLAN, WITHOUT = Text("实施计划", "with the plan"), Text("不实施计划", "without the plan")
KEY = 5.5  # mm
DASHES = (0, (4, 1.6))
SPREAD = 0.2  # opacity of the band
NOTE = Text(
    "灰色虚线和浅灰带：不实施计划时的中位数和90%范围，每组参数推演1次。",
    "Grey, dashed: the median without the plan, light band: 90 % of its runs, one for each parameter draw.",
)


def months_without(results: Results) -> pd.DataFrame | None:
    """The months of the runs without the plan, laid out as `results.months`; nothing where there are none."""
    months = getattr(results, "baseline_months", None)
    return None if months is None or months.empty else months


def bands_without(results: Results, indicator: str) -> pd.DataFrame | None:
    """`reading.bands` of an indicator without the plan; nothing where it is unknown."""
    months = months_without(results)
    if months is None or indicator not in present(months, [indicator]):
        return None
    return bands(months, indicator)


def long_without(results: Results, indicators: Sequence[str]) -> pd.DataFrame | None:
    """`reading.long_bands` of those of `indicators` that are known without the plan; nothing where none is."""
    months = months_without(results)
    names = [] if months is None else present(months, indicators)
    return long_bands(months, names) if months is not None and names else None


def row_without(results: Results, row: pd.Series) -> pd.Series | None:
    """How the target of a row of targets.csv fares without the plan; nothing where it is unknown."""
    rows = getattr(results, "baseline_targets", None)
    if rows is None or rows.empty:
        return None
    same = rows[(rows["target"] == row["target"]) & (rows["counts"].fillna("") == row["counts"])]
    return None if same.empty else same.iloc[0]


def draw_baseline(axes: Axes, band: pd.DataFrame | None) -> None:
    """The median and 90 % band of `band` by month, in the colour of the baseline; nothing where there is none."""
    if band is None:
        return
    when = band["month"] + 1
    axes.fill_between(when, band["p05"], band["p95"], color=style.BASELINE, alpha=SPREAD, linewidth=0, zorder=0.8)
    axes.plot(when, band["p50"], color=style.BASELINE, linestyle=DASHES, linewidth=1.3, zorder=2.5)


def draw_key(figure: Figure, lang: str, colours: Sequence[str] = (style.PLAN,)) -> None:
    """Above all panels: which lines are the plan's, which the baseline's. To be called before the panels are made."""
    sheet = strip_above(figure, KEY)
    at = 0.0
    for said, shades, stroke in ((PLAN, colours, "-"), (WITHOUT, (style.BASELINE,), DASHES)):
        each = 7 / len(shades)
        for place, shade in enumerate(shades):
            ends = [at + place * each, at + (place + 1) * each - (0.6 if place + 1 < len(shades) else 0)]
            sheet.plot(ends, [KEY / 2 - 0.6] * 2, color=shade, linestyle=stroke, linewidth=1.6, solid_capstyle="butt")
        sheet.text(at + 8.5, KEY / 2 - 0.6, said.of(lang), va="center")
        at += 8.5 + style.breadth(said.of(lang), style.TEXT) + 6


def both(data: pd.DataFrame, without: pd.DataFrame | None) -> pd.DataFrame:
    """The numbers of a chart with those of the baseline below, told apart by a first column `scenario`."""
    import pandas as pd

    parts = [data.assign(scenario="plan")]
    if without is not None:
        parts.append(without.assign(scenario="baseline"))
    found = pd.concat(parts, ignore_index=True)
    return found[["scenario", *(name for name in found if name != "scenario")]]
