"""Policies side by side as sheets: differences, what more of a target costs, and what the scenarios say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...experiments.intervals import COVERS
from ...model.text import Text
from .cells import Cell, Column, Number, Sheet, change, quantity, unit_words
from .sources import ExperimentSource, labelled

if TYPE_CHECKING:
    import pandas as pd

DIFFERENCES, COSTS, CHANGES = (
    Text("方案差异", "Differences"),
    Text("费用", "Costs"),
    Text("方案不同之处", "What differs"),
)
_PAIR = (Text("对照方案", "base"), Text("比较方案", "policy"))
_SIDES = (
    Text("对照值（单位见“单位”列）", "base (see unit)"),
    Text("比较值（单位同上）", "policy (same unit)"),
    Text("差（单位同上；比例为百分点）", "difference (same unit; shares: points)"),
    Text("差的下限（单位同上）", "difference, low (same unit)"),
    Text("差的上限（单位同上）", "difference, high (same unit)"),
)
_MONEY = (
    Text("多花的公共资金（元）", "more public money (yuan)"),
    Text("下限（元）", "low (yuan)"),
    Text("上限（元）", "high (yuan)"),
    Text("每多1个百分点（比例）或1个单位（元）", "per additional point (shares) or unit (yuan)"),
    Text("单价下限（元）", "price, low (yuan)"),
    Text("单价上限（元）", "price, high (yuan)"),
)


def compare_sheets(source: ExperimentSource, lang: str) -> list[Sheet]:
    """The sheets of a comparison, those that there are figures for."""
    made = (_differences, _costs, _changes)
    return [sheet for make in made if (sheet := make(source, lang)) is not None]


def _differences(source: ExperimentSource, lang: str) -> Sheet | None:
    table = source.table("differences")
    if table.empty:
        return None
    heads = [*_PAIR, Text("结果", "outcome"), Text("单位", "unit")]
    more = [*_SIDES, Text("参数抽样（组）", "draws (number)")]
    columns = [Column(head.of(lang)) for head in heads] + [Column(head.of(lang), True) for head in more]
    columns.append(Column(Text("与零能否区分", "told apart from zero").of(lang)))
    rows = [_difference(row, source, lang) for _, row in table.iterrows()]
    covers = dict.fromkeys(COVERS[str(name)].of(lang) for name in table["covers"] if str(name) in COVERS)
    notes = (
        Text(
            "差＝比较方案减对照方案，两边参数和随机数逐次相同。区间含零的，写“不能”：看不出差别，不等于没有差别。",
            "Difference: policy minus base, run by run on the same parameters and luck. An interval that holds zero is "
            "not told apart from zero, which does not say that there is no difference.",
        ).of(lang),
        Text("；", "; ").of(lang).join(covers),
        Text("结果是比例或概率的，差以百分点计（+5.0%即高5个百分点）。",
             "Differences of shares and probabilities are in percentage points: +5.0% is five points more.").of(lang),
    )  # fmt: skip
    title = Text("各方案与对照方案相比", "Policies against the base").of(lang)
    about = Text("每行一项结果；差附95%区间。", "A row per outcome; differences with their 95 % intervals.").of(lang)
    return Sheet(DIFFERENCES.of(lang), title, about, tuple(columns), rows, notes, frozen=3)


def _difference(row: pd.Series, source: ExperimentSource, lang: str) -> list[Cell]:
    unit = str(row["unit"])
    low, high = float(row["difference_low"]), float(row["difference_high"])
    told = low > 0 or high < 0
    answer = Text("能", "yes") if told else Text("不能", "no")
    return [
        *(source.scenario(str(row[side]), lang) for side in ("base", "other")), labelled(row, "label", lang),
        unit_words(unit, lang),
        *(quantity(float(row[f"{side}_value"]), unit) for side in ("base", "other")),
        *(change(float(row[name]), unit) for name in ("difference", "difference_low", "difference_high")),
        Number(int(row["draws"]), "whole"), answer.of(lang) if low == low else "",
    ]  # fmt: skip


def _costs(source: ExperimentSource, lang: str) -> Sheet | None:
    table = source.table("costs")
    if table.empty:
        return None
    words = [*_PAIR, Text("目标", "target")]
    columns = [Column(head.of(lang)) for head in words] + [Column(head.of(lang), True) for head in _MONEY]
    columns.append(Column(Text("说明", "what it means").of(lang), widest=60))
    rows: list[list[Cell]] = []
    for _, row in table.iterrows():
        names = ("cost_difference", "cost_difference_low", "cost_difference_high")
        rows.append([
            *(source.scenario(str(row[side]), lang) for side in ("base", "other")), labelled(row, "label", lang),
            *(Number(float(row[name]), "whole_change") for name in names),
            *(Number(float(row[name]), "whole") for name in ("price", "price_low", "price_high")),
            labelled(row, "why", lang),
        ])  # fmt: skip
    title = Text("每多达标一点要多花多少", "What more of a target costs").of(lang)
    about = Text("公共资金计至最后一个目标的期限；均附95%区间。",
                 "Public money up to the last deadline; with 95 % intervals.").of(lang)  # fmt: skip
    note = Text(
        "单价含义见“说明”列；空白表示效果或花费看不出差别，算不出单价。",
        "What a price means stands in the last column; blank: effect or cost cannot be told from none, so there is no "
        "price.",
    )
    return Sheet(COSTS.of(lang), title, about, tuple(columns), rows, (note.of(lang),), frozen=3)


def _changes(source: ExperimentSource, lang: str) -> Sheet | None:
    table = source.table("changes")
    if table.empty:
        return None
    heads = [*_PAIR, Text("情景文件中的项目", "item of the scenario file")]
    heads += [Text("对照方案写明", "base says"), Text("比较方案写明", "policy says")]
    rows: list[list[Cell]] = [
        [*(source.scenario(str(row[side]), lang) for side in ("base", "other")), str(row["path"]),
         str(row["base_value"]), str(row["other_value"])]
        for _, row in table.iterrows()
        if not str(row["path"]).startswith(("name.", "about."))
    ]  # fmt: skip
    title = Text("各方案写法有何不同", "What the scenarios say differently").of(lang)
    about = Text(
        "空白表示情景文件没有写明，按默认值。", "Blank: the scenario file does not say, the default holds."
    ).of(lang)
    return Sheet(CHANGES.of(lang), title, about, tuple(Column(head.of(lang)) for head in heads), rows, (), frozen=3)
