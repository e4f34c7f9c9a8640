"""Which lever carries which outcome: sensitivity indices as a table of shades."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import style
from .experiment_facts import INERT, ExperimentFacts, factor_label, measure
from .fan import Drawing
from .outcome_words import capital
from .row_chart import END, blank, name_in
from .sensitivity_rows import NAMES, ROLES, convergence_note, pick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME_WIDTH, LEFT = 48.0, 51.0  # mm
ROW, GROUP = 6.6, 5.5
MOST, COLUMNS = 22, 7  # levers and outcomes that a page has room for
NOTE = Text(
    "各列为一项结果；格内数字不能与惰性对照因子区分者以括号标出。",
    "A column per outcome; figures in brackets cannot be told from the inert factor.",
)
MORRIS = Text("μ*以各列最大者为1折算。", "μ* relative to the greatest of each column.")


def draw_levers_by_outcome(
    indices: pd.DataFrame,
    convergence: pd.DataFrame | None,
    known: ExperimentFacts,
    lang: str,
    outcomes: list[str],
    scenario: str | None = None,
) -> Drawing | None:
    """Total index (PAWN or relative mu* where there is no other) of every lever on every outcome of `outcomes`.

    At most seven outcomes; the inert factor is the last row. Nothing where no lever has an index.
    """
    scenario = scenario or str(indices["scenario"].iloc[0])
    data = _table(indices, scenario, outcomes[:COLUMNS])
    levers = data[data["role"] == "lever"]
    if levers.empty:
        return None
    columns = list(dict.fromkeys(data["outcome"]))
    rank = levers.groupby("factor")["shade"].max().sort_values(ascending=False, kind="stable")
    rows = [*rank.index[:MOST], *([INERT] if (data["role"] == INERT).any() else [])]
    wide = (END - LEFT) / len(columns)
    heads = [_broken(measure(known, name, indices).label.of(lang), wide - 1.5) for name in columns]
    head = 1.5 + max(len(lines) * size * style.POINT * 1.2 for lines, size in heads)
    room = head + ROW * len(rows) + 2
    title, subtitle = _headline(data, known, rank, scenario, lang)
    told = _notes(indices, convergence, scenario, columns, data, len(rank) - MOST, lang)
    figure = style.sheet(known, lang, title, subtitle, told, content=room)
    sheet = blank(figure, room)
    for place, (lines, size) in enumerate(heads):
        x = LEFT + (place + 0.5) * wide
        for above, line in enumerate(reversed(lines)):
            y = head - 1.0 - (above + 0.5) * size * style.POINT * 1.2
            sheet.text(x, y, line, ha="center", va="center", size=size)
    for place, factor in enumerate(rows):
        _row(sheet, head + place * ROW, factor, data, columns, wide, known, lang)
    return Drawing(figure, data)


def _table(indices: pd.DataFrame, scenario: str, outcomes: list[str]) -> pd.DataFrame:
    """The main index of levers and the inert factor on each outcome; `shade` is what is drawn, 0 to 1."""
    parts = []
    for outcome in outcomes:
        picked = pick(indices, scenario, outcome)
        if picked is None:
            continue
        rows = picked.rows[(picked.rows["index"] == picked.main) & picked.rows["role"].isin(["lever", INERT])].copy()
        if picked.main != "pawn" and rows["low"].isna().all():
            continue  # the outcome differs at so few points that its indices mean nothing
        inert = rows.loc[rows["role"] == INERT, "high"].max()
        rows["clear"] = rows["low"].fillna(rows["value"]) > (inert if inert == inert else 0.0)
        most = picked.rows.loc[picked.rows["index"] == picked.main, "value"].max()
        rows["shade"] = rows["value"] / most if picked.main == "mu_star" and most > 0 else rows["value"]
        parts.append(rows)
    if not parts:
        return pd.DataFrame(columns=[*indices.columns, "clear", "shade"])
    return pd.concat(parts, ignore_index=True)


def _broken(text: str, width: float) -> tuple[list[str], float]:
    """The head of a column in lines, in letters small enough for its longest word."""
    size = style.TEXT - 0.5
    while size > 5.9 and any(style.breadth(line, size) > width for line in style.broken(text, width, size)):
        size -= 0.5
    return style.broken(text, width, size), size


def _row(
    sheet: Axes, top: float, factor: str, data: pd.DataFrame, columns: list[str], wide: float,
    known: ExperimentFacts, lang: str,
) -> None:  # fmt: skip
    from matplotlib.patches import Rectangle

    inert = factor == INERT
    name_in(
        sheet, 0, top + ROW / 2, factor_label(known, factor, lang), NAME_WIDTH, color=style.SOFT if inert else style.INK
    )
    for place, outcome in enumerate(columns):
        rows = data[(data["factor"] == factor) & (data["outcome"] == outcome)]
        if rows.empty:
            continue
        row, x = rows.iloc[0], LEFT + place * wide
        shade = min(1.0, max(0.0, float(row["shade"])))
        box = Rectangle((x + 0.3, top + 0.3), wide - 0.6, ROW - 0.6, facecolor=style.chances()(shade), linewidth=0)
        sheet.add_patch(box)
        said = f"{round(float(row['shade']), 2) + 0.0:.2f}".replace("-", "−")
        said = said if row["clear"] else f"({said})"
        sheet.text(x + wide / 2, top + ROW / 2, said, ha="center", va="center", color=style.readable_on(shade))


def _headline(data: pd.DataFrame, known: ExperimentFacts, rank: pd.Series, scenario: str, lang: str) -> tuple[str, str]:
    clear = set(data.loc[data["clear"] & (data["role"] == "lever"), "factor"])
    count, first = len(clear), str(rank.index[0])
    title = Text(
        f"{len(rank)}个政策杠杆中{count}个对所列结果有可辨作用，最强的是{factor_label(known, first, 'zh')}",
        f"{count} of {len(rank)} levers move an outcome beyond error, {factor_label(known, first, 'en')} most",
    )
    if not count:
        title = Text("没有政策杠杆的作用可与零区分", "No lever can be told from nothing")
    index = NAMES[str(data["index"].iloc[0])].of(lang)
    where = known.scenario(scenario, lang)
    subtitle = Text(
        f"{index}（{ROLES['lever'].zh}×结果）；情景：{where}", f"{capital(index)}, levers by outcomes; {where}"
    )
    return title.of(lang), subtitle.of(lang)


def _notes(
    indices: pd.DataFrame, convergence: pd.DataFrame | None, scenario: str, columns: list[str], data: pd.DataFrame,
    more: int, lang: str,
) -> list[str]:  # fmt: skip
    told = NOTE.of(lang)
    main = str(data["index"].iloc[0])
    if main == "mu_star":
        told += MORRIS.of(lang)
    if more > 0:
        told += Text(f"另有{more}个杠杆未列出，见indices.csv。", f" {more} more levers stand in indices.csv.").of(lang)
    said = []
    if convergence is not None:
        rows = convergence[(convergence["scenario"] == scenario) & (convergence["index"] == main)]
        last = rows[rows["outcome"].isin(columns)].sort_values("base_points").groupby("outcome").tail(1)
        done = int(last["converged"].sum())
        state = Text(
            f"{len(last)}项作为判断依据的结果中{done}项的指数已收敛。",
            f"Converged: the indices of {done} of the {len(last)} outcomes judged.",
        )
        said = [state.of(lang)] if len(last) else []
    else:
        picked = pick(indices, scenario, columns[0])
        said = [convergence_note(picked, None, scenario, columns[0], lang)] if picked else []
    return [told, *said]
