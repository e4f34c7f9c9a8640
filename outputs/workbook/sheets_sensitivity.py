"""What a target hangs on, as sheets: indices of every factor with their intervals, and how much is chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...experiments.analysis.indices import NOTES
from ...model import vocabulary
from ...model.text import Text
from ..sensitivity_rows import INERT_NOTE, MEANS, NAMES
from .cells import Cell, Column, Number, Sheet
from .sources import ExperimentSource, labelled

if TYPE_CHECKING:
    import pandas as pd

INDICES, CHANCE = Text("敏感性指数", "Sensitivity"), Text("随机性占比", "Chance")
_ROLES = {
    "lever": Text("政策杠杆", "lever"),
    "uncertainty": Text("不确定因素", "uncertainty"),
    "inert": Text("惰性对照", "inert control"),
}
_PAIRS = Text("两因素交互S2", "interaction of two factors S2")
MARKS = Text(
    "来源标记（只有不确定因素有）：S 官方或原始发布处；M 转载；D 由前两者推算；K 判断。",
    "Marks of sources (uncertainties only): S official or original publisher; M mirror or re-post; D derived from "
    "these; K judgement.",
)


def sensitivity_sheets(source: ExperimentSource, lang: str) -> list[Sheet]:
    """The sheets of a sensitivity analysis, those that there are figures for."""
    return [sheet for make in (_indices, _chance) if (sheet := make(source, lang)) is not None]


def _indices(source: ExperimentSource, lang: str) -> Sheet | None:
    table = decided(source, source.table("indices"))
    if table.empty:
        return None
    words = [
        Text("情景", "scenario"), Text("结果", "outcome"), Text("因素", "factor"), Text("类别", "kind"),
        Text("指数", "index"), Text("另一因素", "other factor"),
    ]  # fmt: skip
    figures = [
        Text("指数值（0～1；μ*、σ为结果的单位）", "value (0–1; μ*, σ: unit of the outcome)"),
        Text("95%下限（单位同上）", "95 % interval, low (same unit)"),
        Text("95%上限（单位同上）", "95 % interval, high (same unit)"),
        Text("设计基点（个）", "base points (number)"),
    ]
    columns = [Column(head.of(lang)) for head in words] + [Column(head.of(lang), True) for head in figures]
    columns += [Column(Text("来源标记", "mark").of(lang)), Column(Text("说明", "note").of(lang), widest=60)]
    names = _factor_names(table, lang)
    rows = [_index(row, source, names, lang) for _, row in _largest_first(table).iterrows()]
    kinds = dict.fromkeys(map(str, table["index"]))
    told = [MEANS[kind].of(lang) for kind in kinds if kind in MEANS]
    title = Text(f"哪些因素左右结果：{source.name.zh}", f"What the outcomes hang on: {source.name.en}").of(lang)
    about = Text("每行一个因素对一项结果的一种指数。", "A row per outcome, index and factor.").of(lang)
    notes = (*told, INERT_NOTE.of(lang), _OVERLAP.of(lang), MARKS.of(lang))
    return Sheet(INDICES.of(lang), title, about, tuple(columns), rows, notes, frozen=3)


_OVERLAP = Text(
    "区间相互重叠的因素不宜排先后；区间不高于惰性对照的，看不出影响。",
    "Factors whose intervals overlap should not be ranked; one that is not above the inert control shows no effect.",
)


def decided(source: ExperimentSource, table: pd.DataFrame) -> pd.DataFrame:
    """Rows of the outcomes that the analysis decides on; where it names none, of every target's figures."""
    if table.empty:
        return table
    wanted = source.manifest["experiment"].get("decide_on") or []
    chosen = table[table["outcome"].isin(wanted)]
    if chosen.empty:
        chosen = table[~table["outcome"].str.contains("@")]
    return chosen if len(chosen) else table


def _largest_first(table: pd.DataFrame) -> pd.DataFrame:
    """Scenarios, outcomes and indices as they stand, the factors of each in falling order."""
    keys = ["scenario", "outcome", "index"]
    place = table.groupby(keys, sort=False).ngroup()
    order = table.assign(place=place).sort_values(["place", "value"], ascending=[True, False], kind="stable")
    return order.drop(columns="place")


def _index(row: pd.Series, source: ExperimentSource, names: dict[str, str], lang: str) -> list[Cell]:
    kind, factor = str(row["index"]), str(row["factor"])
    known = vocabulary.parameters().get(factor)
    called = NAMES[kind] if kind in NAMES else _PAIRS if kind == "S2" else Text(kind, kind)
    return [
        source.scenario(str(row["scenario"]), lang), labelled(row, "label", lang), labelled(row, "factor", lang),
        _ROLES[str(row["role"])].of(lang) if str(row["role"]) in _ROLES else str(row["role"]),
        called.of(lang), names.get(str(row["other"]), str(row["other"])),
        *(Number(float(row[name]), "three") for name in ("value", "low", "high")),
        Number(int(row["base_points"]), "whole"), known.mark if known else "",
        NOTES[str(row["note"])].of(lang) if str(row["note"]) in NOTES else str(row["note"]),
    ]  # fmt: skip


def _factor_names(table: pd.DataFrame, lang: str) -> dict[str, str]:
    return {str(row["factor"]): labelled(row, "factor", lang) for _, row in table.drop_duplicates("factor").iterrows()}


def _chance(source: ExperimentSource, lang: str) -> Sheet | None:
    table, named = decided(source, source.table("chance")), source.table("indices")
    if table.empty or named.empty:
        return None
    labels = {
        str(row["outcome"]): labelled(row, "label", lang) for _, row in named.drop_duplicates("outcome").iterrows()
    }
    columns = [Column(head.of(lang)) for head in (Text("情景", "scenario"), Text("结果", "outcome"))]
    figures = [
        Text("因素所占方差（%）", "variance by the factors (%)"),
        Text("其余参数所占方差（%）", "by other parameters (%)"),
        Text("随机性所占方差（%）", "by chance (%)"),
        Text("样本点（个）", "points (number)"),
    ]
    columns += [Column(head.of(lang), True) for head in figures]
    rows: list[list[Cell]] = []
    for _, row in table.iterrows():
        shares = [Number(float(row[f"share_{name}"]), "share") for name in ("factors", "parameters", "chance")]
        name = labels.get(str(row["outcome"]), str(row["outcome"]))
        rows.append([source.scenario(str(row["scenario"]), lang), name, *shares, Number(int(row["points"]), "whole")])
    title = Text("单次推演的方差从何而来", "Where the variance of a single run comes from").of(lang)
    about = Text("按单次推演计；每点只推演一次的分不出随机性，为空白。",
                 "Of a single run; blank where one run per point cannot tell chance.").of(lang)  # fmt: skip
    return Sheet(CHANCE.of(lang), title, about, tuple(columns), rows, (), frozen=2)
