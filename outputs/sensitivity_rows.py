"""Which factors an outcome hangs on: the indices of one outcome picked, ranked and told."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from ..model.text import Text
from .experiment_facts import INERT, ExperimentFacts, factor_label, measure
from .outcome_words import capital
from .words import number, percent

if TYPE_CHECKING:
    import pandas as pd

ROLES = {"lever": Text("政策杠杆", "levers"), "uncertainty": Text("不确定因素", "uncertainties")}
NAMES = {
    "S1": Text("一阶指数S1", "first-order index S1"),
    "ST": Text("总效应指数ST", "total index ST"),
    "mu_star": Text("平均绝对基本效应μ*", "mean absolute elementary effect μ*"),
    "sigma": Text("基本效应标准差σ", "standard deviation of elementary effects σ"),
    "pawn": Text("PAWN指数", "PAWN index"),
}
MEANS = {
    "ST": Text(
        "一阶指数S1：该因子单独解释的方差占比；总效应指数ST：连同其与其他因子的交互作用。横线为95%区间（自助法）。",
        "S1: share of the variance that the factor explains alone; ST: with all its interactions. Bars: 95 % "
        "intervals (bootstrap).",
    ),
    "mu_star": Text(
        "μ*为因子在其取值范围内变动时结果的平均绝对变化，σ大表示作用因其他因子而异；横线为95%区间（自助法）。",
        "μ*: mean absolute change of the outcome over the factor's range; a large σ: the effect depends on other "
        "factors. Bars: 95 % intervals (bootstrap).",
    ),
    "pawn": Text(
        "PAWN指数：固定该因子时结果分布的变化程度，0为无影响，1为最大；无区间，与惰性对照因子比较。",
        "PAWN index: how far the distribution of the outcome moves when the factor is fixed, 0 to 1. It has no "
        "interval: compare with the inert factor.",
    ),
}
INERT_NOTE = Text(
    "惰性对照因子与模型无关，其指数只反映估计误差；灰色区域止于其值（有区间的，止于区间上端），落在其中的因子不能与零区分。",
    "The inert factor is connected to nothing: its index is error of estimation alone. Shaded up to its value, "
    "or the upper end of its interval; a factor within cannot be told from nothing.",
)
SIZES = {
    "mu_star": Text("轨迹{:,}条", "{:,} trajectories"),
    "pawn": Text("样本点{:,}个", "{:,} points"),
}
BASE_POINTS = Text("基点{:,}个", "{:,} base points")
LIMIT = 0.05  # width of the widest interval below which indices count as converged


class Picked(NamedTuple):
    """The indices of one outcome in one scenario at the greatest number of base points."""

    rows: pd.DataFrame  # factor, role, index, value, low, high …, second order left out
    main: str  # the index by which factors are ranked: ST, mu_star or pawn
    pairs: pd.DataFrame  # second order


def pick(indices: pd.DataFrame, scenario: str, outcome: str) -> Picked | None:
    """The indices of an outcome; nothing where there are none."""
    rows = indices[(indices["scenario"] == scenario) & (indices["outcome"] == outcome)]
    points = rows["base_points"].fillna(0)
    rows = rows[points == points.groupby(rows["index"]).transform("max")]
    there = set(rows.loc[rows["value"].notna(), "index"])
    main = next((name for name in ("ST", "mu_star", "pawn", "S1") if name in there), None)
    if main is None:
        return None
    return Picked(rows[rows["index"] != "S2"], main, rows[rows["index"] == "S2"])


def ranked(picked: Picked, role: str) -> list[str]:
    """The factors of a role, the one with the greatest index first."""
    rows = picked.rows[(picked.rows["index"] == picked.main) & (picked.rows["role"] == role)]
    return list(rows.sort_values("value", ascending=False, kind="stable")["factor"])


def value_of(picked: Picked, factor: str, index: str) -> tuple[float, float, float] | None:
    """Low end, value and high end of a factor's index; all the same where it has no interval."""
    rows = picked.rows[(picked.rows["factor"] == factor) & (picked.rows["index"] == index)]
    if rows.empty:
        return None
    row = rows.iloc[0]
    value = float(row["value"])
    if value != value:
        return None
    low, high = (float(row[edge]) if row[edge] == row[edge] else value for edge in ("low", "high"))
    return low, value, high


def inert_high(picked: Picked) -> float:
    """The high end of the inert factor's main index; 0 where it is not there."""
    found = value_of(picked, INERT, picked.main)
    return max(0.0, found[2]) if found else 0.0


def headline(picked: Picked, known: ExperimentFacts, scenario: str, outcome: str, lang: str) -> tuple[str, str]:
    """Which factors the outcome hangs on most; scenario and index."""
    label = measure(known, outcome, picked.rows).label
    rows = picked.rows[(picked.rows["index"] == picked.main) & (picked.rows["role"] != INERT)]
    clear = rows[rows["low"].fillna(rows["value"]) > inert_high(picked)].sort_values("value", ascending=False)
    top = [str(factor) for factor in clear["factor"].iloc[:2]]
    zh, en = (
        "、".join(factor_label(known, name, "zh") for name in top),
        " and ".join(factor_label(known, name, "en") for name in top),
    )
    title = Text(f"{label.zh}：主要取决于{zh}", f"{capital(label.en)}: above all {en}")
    if not top:
        title = Text(
            f"{label.zh}：没有因子的作用可与零区分", f"{capital(label.en)}: no factor can be told from nothing"
        )
    where = known.scenario(scenario, lang)
    index = NAMES[picked.main].of(lang)
    subtitle = Text(
        f"{index}，按大小排列；政策杠杆与不确定因素分列。情景：{where}",
        f"{capital(index)}, ranked; levers and uncertainties apart. Scenario: {where}",
    )
    return title.of(lang), subtitle.of(lang)


def notes(
    picked: Picked, known: ExperimentFacts, scenario: str, outcome: str,
    chance: pd.DataFrame | None, convergence: pd.DataFrame | None, lang: str,
) -> list[str]:  # fmt: skip
    """What the index is, the inert factor, the share of chance, whether the indices have converged, what is dropped."""
    told = [
        MEANS.get(picked.main, MEANS["ST"]).of(lang),
        INERT_NOTE.of(lang) if value_of(picked, INERT, picked.main) else "",
    ]
    told += [
        chance_note(chance, scenario, outcome, lang) + convergence_note(picked, convergence, scenario, outcome, lang)
    ]
    pairs = picked.pairs[picked.pairs["low"] > 0].sort_values("value", ascending=False).head(3)
    if not pairs.empty:
        said = [
            " × ".join(factor_label(known, str(row[side]), lang) for side in ("factor", "other"))
            + f" {row['value']:.2f}"
            for _, row in pairs.iterrows()
        ]
        joined = Text("；", "; ").of(lang).join(said)
        told.append(Text(f"主要二阶交互作用：{joined}。", f"Largest second-order indices: {joined}.").of(lang))
    return told


def _one(table: pd.DataFrame | None, scenario: str, outcome: str) -> pd.DataFrame | None:
    if table is None:
        return None
    rows = table[(table["scenario"] == scenario) & (table["outcome"] == outcome)]
    return None if rows.empty else rows


def chance_note(chance: pd.DataFrame | None, scenario: str, outcome: str, lang: str) -> str:
    """Where the variance between single runs comes from: the factors, other parameters, chance."""
    rows = _one(chance, scenario, outcome)
    if rows is None:
        return ""
    names = {
        "share_factors": Text("所列因子占", "the factors"),
        "share_parameters": Text("其余参数占", "other parameters"),
        "share_chance": Text("随机性占", "chance"),
    }
    shares = {name: float(rows.iloc[0][name]) for name in names}
    known = {name: share for name, share in shares.items() if share == share}
    if not known:
        return ""
    zh = "，".join(f"{names[name].zh}{percent(share, 'zh')}" for name, share in known.items())
    en = ", ".join(f"{names[name].en} {percent(share, 'en')}" for name, share in known.items())
    missing = Text(
        "（每组只推演一次，随机性未能分出，含在其中）", ", chance among them: one replicate cannot tell it apart"
    )
    more = missing if "share_chance" not in known else Text("", "")
    return Text(f"单次推演结果方差的来源：{zh}{more.zh}。", f"Variance between single runs: {en}{more.en}. ").of(lang)


def words_of_width(width: float) -> str:
    """The width of an interval; a dash where it could not be estimated."""
    return f"{width:.3f}" if math.isfinite(width) else "—"


def convergence_note(picked: Picked, convergence: pd.DataFrame | None, scenario: str, outcome: str, lang: str) -> str:
    """Base points, the widest interval, whether the indices can be relied on; dropped blocks."""
    said, size = "", SIZES.get(picked.main, BASE_POINTS)
    base = int(picked.rows["base_points"].fillna(0).max())
    rows = _one(convergence, scenario, outcome)
    rows = None if rows is None else rows[rows["index"] == picked.main]
    if rows is not None and not rows.empty:
        row = rows.sort_values("base_points").iloc[-1]
        widest = (
            number(float(row["widest"]), "en") if picked.main == "mu_star" else words_of_width(float(row["widest"]))
        )
        stands = bool(row["ranking_stands"])
        state = (
            Text("已收敛", "converged")
            if row["converged"]
            else Text(
                f"尚未收敛（排序{'已' if stands else '尚未'}稳定），只供参考",
                f"not converged (ranking {'stands' if stands else 'still changes'}): to be read with care",
            )
        )
        said = Text(
            f"{size.zh.format(int(row['base_points']))}，最宽的95%区间宽{widest}，{state.zh}。",
            f"{size.en.format(int(row['base_points']))}, widest 95 % interval {widest}: {state.en}.",
        ).of(lang)
    elif base:
        said = size.of(lang).format(base) + Text("。", ".").of(lang)
    dropped = int(picked.rows["dropped"].fillna(0).max())
    if dropped:
        said += Text(
            f"因推演失败剔除样本块{dropped}个。", f" {dropped} blocks of points dropped because a run failed."
        ).of(lang)
    return said
