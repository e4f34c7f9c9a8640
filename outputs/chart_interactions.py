"""What factors do only together: second-order indices of the strongest pairs, with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import style
from .chart_sensitivity import figure_words
from .experiment_facts import INERT, ExperimentFacts, factor_label, measure
from .fan import Drawing
from .outcome_words import capital
from .row_chart import END, blank, mark, name_in, plot_area, ticks
from .sensitivity_rows import chance_note, pick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME_WIDTH, LEFT, RIGHT, FIGURE = 70.0, 74.0, 132.0, 136.0  # mm
HEAD, ROW, SCALE = 6.0, 7.2, 9.0
MOST = 15  # pairs
COLOUR = "#332288"
NOTE = Text(
    "二阶指数S2：两个因子只在共同变动时带来的方差占比，不含各自单独的作用；横线为95%区间（自助法）。"
    "实心点：区间下端高于零和灰色区域，可以解读；空心点与零分不开，不要解读。各区间分别为95%，未作多重比较校正。",
    "Second-order index S2: share of the variance that two factors add only together, beyond what each does alone; "
    "bars: 95 % intervals (bootstrap). Filled: the interval lies above zero and the shaded part, and may be read; "
    "hollow: not told from zero, not to be read. Each interval is 95 % by itself, not corrected for their number.",
)
CONTROL = Text(
    "灰色区域：惰性对照因子与其他因子的各对中，S2（有区间的，取区间上端）的中位数；惰性因子与模型无关，其值只反映估计误差。",
    "Shaded: the median upper end of S2 of the pairs with the inert factor, which is connected to nothing: error of "
    "estimation alone.",
)


def draw_interactions(
    indices: pd.DataFrame,
    chance: pd.DataFrame | None,
    known: ExperimentFacts,
    lang: str,
    outcome: str,
    scenario: str | None = None,
) -> Drawing | None:
    """The strongest pairs of an outcome; nothing where S2 was not estimated or nothing varies.

    `scenario` is the first that the table has where none is named. A pair is marked where the lower end of its
    interval lies above zero and above the inert factor's pairs.
    """
    scenario = scenario or str(indices["scenario"].iloc[0])
    data = pairs(indices, scenario, outcome)
    if data.empty:
        return None
    shown = data[:MOST].reset_index(drop=True)
    title, subtitle = _headline(data, known, scenario, outcome, indices, lang)
    left = len(data) - len(shown)
    more = Text(f"另有{left}对更小的未画出，见indices.csv。", f"{left} smaller pairs stand in indices.csv alone.")
    notes = [
        NOTE.of(lang),
        CONTROL.of(lang) if float(data["control"].iloc[0]) > 0 else "",
        chance_note(chance, scenario, outcome, lang),
        more.of(lang) if left else "",
    ]
    room = HEAD + ROW * len(shown) + SCALE
    figure = style.sheet(known, lang, title, subtitle, notes, content=room)
    _rows(blank(figure, room), shown, known, lang)
    return Drawing(figure, shown)


def pairs(indices: pd.DataFrame, scenario: str, outcome: str) -> pd.DataFrame:
    """Pairs of real factors, the strongest first: factor, other, value, low, high, control, clear."""
    picked = pick(indices, scenario, outcome)
    if picked is None:
        return pd.DataFrame()
    rows = picked.pairs[picked.pairs["value"].notna()]
    inert = (rows["factor"] == INERT) | (rows["other"] == INERT)
    error = rows.loc[inert, "high"].fillna(rows.loc[inert, "value"])
    control = max(0.0, float(error.median())) if len(error) else 0.0
    found = rows[~inert].sort_values("value", ascending=False, kind="stable")
    found = found[["factor", "other", "value", "low", "high"]]
    return found.assign(control=control, clear=found["low"].fillna(0.0) > control).reset_index(drop=True)


def pair_label(known: ExperimentFacts, row: pd.Series, lang: str) -> str:
    """Both factors' names."""
    return " × ".join(factor_label(known, str(row[side]), lang) for side in ("factor", "other"))


def _rows(sheet: Axes, shown: pd.DataFrame, known: ExperimentFacts, lang: str) -> None:
    heads = (Text("两项因素", "pair of factors"), Text("S2（95%区间）", "S2 (95 % interval)"))
    for x, head in zip((0.0, FIGURE), heads, strict=True):
        sheet.text(x, HEAD / 2 - 0.6, head.of(lang), va="center", weight="bold", size=style.TEXT - 0.5)
    sheet.plot([0, END], [HEAD, HEAD], color=style.SOFT, linewidth=0.8)
    ends = pd.concat([shown["low"], shown["value"], shown["high"]]).dropna()
    low, high = min(-0.01, float(ends.min())), max(0.05, float(ends.max()) * 1.05)
    area = plot_area(sheet, (LEFT, RIGHT), (HEAD, HEAD + ROW * len(shown)), (max(low, -0.5), high))
    area.set_xticks(ticks(max(low, -0.5), high, 5))
    area.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "−"))
    said = Text("占结果方差的份额", "share of the variance of the outcome")
    area.set_xlabel(said.of(lang), size=style.FOOT + 0.5, labelpad=1.5)
    area.axvspan(0, float(shown["control"].iloc[0]), color="#000000", alpha=0.08, linewidth=0, zorder=0)
    area.axvline(0, color=style.INK, linewidth=0.9, zorder=1)
    for place, row in shown.iterrows():
        y = HEAD + ROW * (float(str(place)) + 0.5)
        if place:
            sheet.plot([0, END], [y - ROW / 2] * 2, color=style.FAINT, linewidth=0.5)
        clear = bool(row["clear"])
        name_in(sheet, 0, y, pair_label(known, row, lang), NAME_WIDTH, color=style.INK if clear else style.SOFT)
        value = float(row["value"])
        found = tuple(value if row[name] != row[name] else float(row[name]) for name in ("low", "value", "high"))
        mark(area, y, (found[0], found[1], found[2]), COLOUR, filled=clear)
        words, weight = figure_words((found[0], found[1], found[2]), lang), "bold" if clear else "normal"
        sheet.text(FIGURE, y, words, va="center", size=style.FOOT, weight=weight)


def _headline(
    data: pd.DataFrame, known: ExperimentFacts, scenario: str, outcome: str, indices: pd.DataFrame, lang: str
) -> tuple[str, str]:
    label = measure(known, outcome, indices).label
    clear = data[data["clear"]]
    best = Text("", "")
    if not clear.empty:
        best = Text(pair_label(known, clear.iloc[0], "zh"), pair_label(known, clear.iloc[0], "en"))
    title = Text(
        f"{label.zh}：{len(data)}对因素中{len(clear)}对的共同作用可与零区分，估计值最大的是{best.zh}",
        f"{capital(label.en)}: {len(clear)} of {len(data)} pairs act together beyond error, the largest estimate "
        f"{best.en}",
    )
    if clear.empty:
        title = Text(
            f"{label.zh}：没有哪两项因素的共同作用可与零区分",
            f"{capital(label.en)}: no pair of factors is told from acting each alone",
        )
    where = Text(known.scenario(scenario, "zh"), known.scenario(scenario, "en"))
    subtitle = Text(
        f"二阶指数S2，按大小排列。情景：{where.zh}", f"Second-order index S2, ranked. Scenario: {where.en}"
    )
    return title.of(lang), subtitle.of(lang)
