"""Generated parts on the fit itself: what it hangs on, how it went, what it found."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..calibration.observations import ROLES
from ..model.text import Text
from .calibration_figures import between, markdown, plain, seen_figure, seen_range, seen_tolerance, three
from .calibration_tables import Calibration
from .calibration_words import observation_label, parameter_label, unit_label
from .words import bracketed, percent

FIRST = 5  # parameters shown for an observation, pairs shown
MOVED = 10
Z99 = 2.576
PRIOR = 1e9  # temperatures above accept everything
CLEAR = 0.3  # a correlation worth telling where its noise is not known


def screening(known: Calibration, lang: str) -> str | None:
    """For each observation the parameters that alone explain more of it than chance."""
    table = known.get("screening")
    if table is None:
        return None
    heads = Text("观测/单独可解释的比重超出随机水平的参数/随机水平（99%）",
                 "observation/parameters that alone explain more than chance/chance (99 %)")  # fmt: skip
    rows = []
    for name in dict.fromkeys(table["observation"]):
        mine = table[table["observation"] == name]
        above = mine[mine["share"] > mine["noise"]].sort_values("share", ascending=False, kind="stable")
        told = [f"{parameter_label(row['parameter'], lang)} {percent(row['share'], lang)}"
                for _, row in above.head(FIRST).iterrows()]  # fmt: skip
        more = len(above) - FIRST
        told += [Text(f"另{more}个", f"{more} more").of(lang)] if more > 0 else []
        rows.append([observation_label(str(name), lang), Text("；", "; ").of(lang).join(told) or "—",
                     percent(float(mine["noise"].max()), lang, 1)])  # fmt: skip
    return markdown(heads.of(lang).split("/"), rows)


def generations(known: Calibration, lang: str) -> str | None:
    """How the fit went, generation by generation, and what made it."""
    table = known.get("generations")
    if table is None:
        return None
    heads = Text("代/温度/推演次数/接受/接受率/有效样本量",
                 "generation/temperature/simulations/accepted/acceptance rate/effective sample size")  # fmt: skip
    rows = [[str(int(row["generation"])), _temperature(float(row["temperature"]), lang), f"{int(row['simulations']):,}",
             f"{int(row['accepted']):,}", percent(row["acceptance_rate"], lang, 1), plain(row["ess"])]
            for _, row in table.iterrows()]  # fmt: skip
    last, total = table.iloc[-1], int(table["simulations"].sum())
    said = Text(
        f"共推演{total:,}次；末代温度{plain(last['temperature'])}，有效样本量{plain(last['ess'])}。",
        f"{total:,} simulations in all; the last generation has temperature {plain(last['temperature'])} and an "
        f"effective sample size of {plain(last['ess'])}.",
    )
    return markdown(heads.of(lang).split("/"), rows) + "\n\n" + said.of(lang) + _maker(known.told, lang)


def _temperature(value: float, lang: str) -> str:
    return Text("∞（先验）", "∞ (priors)").of(lang) if value >= PRIOR else plain(value)


def _maker(told: dict[str, Any], lang: str) -> str:
    fit = told.get("fit", {})
    if "library" not in fit:
        return ""
    library, seed = fit["library"], fit.get("seed", "—")
    return Text(f"程序库：{library}；种子：{seed}。", f" Library: {library}; seed: {seed}.").of(lang)


def agreement(known: Calibration, lang: str) -> str | None:
    """The sequential fit against the weighted bank."""
    table = known.get("agreement")
    if table is None:
        return None
    heads = Text("参数/拟合：均值（标准差）/推演库：均值（标准差）/均值之差除以标准误",
                 "parameter/fit: mean (sd)/bank: mean (sd)/difference of means over its standard error")  # fmt: skip
    gap = (table["fit_mean"] - table["bank_mean"]) / table["error"]
    rows = []
    for (_, row), off in zip(table.iterrows(), gap, strict=True):
        both = [bracketed(_signed(row[f"{way}_mean"]), _signed(row[f"{way}_sd"]), lang) for way in ("fit", "bank")]
        rows.append([parameter_label(row["parameter"], lang), *both, _signed(off)])
    far = int((gap.abs() > Z99).sum())
    said = Text(
        f"均值之差超出随机水平（99%）的参数：{far}个（共{len(table)}个）。",
        f"Means that differ beyond chance (99 %): {far} of {len(table)}.",
    )
    return markdown(heads.of(lang).split("/"), rows) + "\n\n" + said.of(lang)


def _signed(value: float) -> str:
    return f"{value + 0.0:.2f}".replace("-", "−")


def contraction(known: Calibration, lang: str) -> str | None:
    """Prior and posterior range of each fitted parameter."""
    table = known.get("contraction")
    if table is None:
        return None
    heads = Text("参数/单位/先验中位数（90%范围）/后验中位数（90%范围）/收缩/随机水平（99%）",
                 "parameter/unit/prior median (90 % range)/posterior median (90 % range)/contraction/"
                 "chance (99 %)")  # fmt: skip
    rows = []
    for _, row in table.iterrows():
        before, after = (three(*(float(row[f"{kind}_{end}"]) for end in ("p05", "median", "p95")), lang=lang)
                         for kind in ("prior", "posterior"))  # fmt: skip
        rows.append([parameter_label(row["parameter"], lang), unit_label(str(row["unit"]), lang), before, after,
                     _signed(row["contraction"]), f"{row['noise']:.2f}"])  # fmt: skip
    return markdown(heads.of(lang).split("/"), rows)


def pairs(known: Calibration, lang: str) -> str | None:
    """The pairs of parameters that the data tie together."""
    table = known.get("pairs")
    if table is None:
        return None
    limit = table.get("noise", CLEAR)
    tied = table[table["correlation"].abs() > limit].sort_values("correlation", key=abs, ascending=False)
    said = Text(
        f"相关超出随机水平的参数对：{len(tied)}对（共{len(table)}对）。",
        f"Pairs tied together beyond chance: {len(tied)} of {len(table)}.",
    ).of(lang)
    if tied.empty:
        return said
    heads = Text("参数/参数/后验相关系数", "parameter/parameter/posterior correlation")
    rows = [[parameter_label(row["parameter_a"], lang), parameter_label(row["parameter_b"], lang),
             f"{row['correlation']:+.2f}".replace("-", "−")] for _, row in tied.head(FIRST).iterrows()]  # fmt: skip
    return said + "\n\n" + markdown(heads.of(lang).split("/"), rows)


def moved(known: Calibration, lang: str) -> str | None:
    """Parameters that are not fitted and that the data would move."""
    table = known.get("moved")
    if table is None:
        return None
    far = table[table["distance"] > table["noise"]].sort_values("distance", ascending=False, kind="stable")
    by_chance = 0.01 * len(table)
    said = Text(
        f"移动超出随机水平的未拟合的量：{len(far)}个（共{len(table)}个；仅凭随机约有{by_chance:.1f}个）。",
        f"Quantities not fitted that move beyond chance: {len(far)} of {len(table)} (chance alone would move about "
        f"{by_chance:.1f}).",
    ).of(lang)
    if far.empty:
        return said
    heads = Text("参数/与先验的距离/随机水平（99%）", "parameter/distance from the prior/chance (99 %)")
    rows = [[parameter_label(row["parameter"], lang), f"{row['distance']:.2f}", f"{row['noise']:.2f}"]
            for _, row in far.head(MOVED).iterrows()]  # fmt: skip
    return said + "\n\n" + markdown(heads.of(lang).split("/"), rows)


def predictive(known: Calibration, lang: str) -> str | None:
    """What the model says of every observed figure before and after."""
    table = known.get("predictive")
    if table is None:
        return None
    heads = Text("观测/用途/观测值/容差/先验推演中位数（90%）/后验推演中位数（90%）/尾概率",
                 "observation/role/observed/tolerance/prior median (90 %)/posterior median (90 %)/tail")  # fmt: skip
    rows = [_predicted(row, lang) for _, row in table.iterrows()]
    return markdown(heads.of(lang).split("/"), rows) + "\n\n" + _odd(table, lang)


def _predicted(row: pd.Series, lang: str) -> list[str]:
    what = (str(row["indicator"]), str(row["measure"]))
    low, high = (float(row[end]) if row[end] == row[end] else float(f"{sign}inf")
                 for end, sign in (("low", "-"), ("high", "+")))  # fmt: skip
    said = []
    for kind in ("prior", "posterior"):
        ends = [seen_figure(float(row[f"{kind}_{end}"]), *what, lang) for end in ("p05", "median", "p95")]
        said.append(bracketed(ends[1], between(ends[0], ends[2], lang), lang))
    return [observation_label(row["observation"], lang), ROLES[row["role"]].of(lang),
            seen_range(low, high, *what, lang), seen_tolerance(float(row["tolerance"]), *what, lang), *said,
            f"{row['posterior_tail']:.2f}"]  # fmt: skip


def _odd(table: pd.DataFrame, lang: str) -> str:
    """How many of the fitted and of the held out are odd under the posterior."""
    said = []
    for role in ("fit", "check"):
        mine = table[table["role"] == role]
        odd = int((mine["posterior_tail"] < 0.05).sum())
        name = ROLES[role].of(lang)
        said.append(Text(f"{name}的{len(mine)}项中{odd}项", f"{odd} of {len(mine)} {name}").of(lang))
    joined = Text("，", "; ").of(lang).join(said)
    return Text(f"尾概率低于0.05的：{joined}。", f"With a tail below 0.05: {joined}.").of(lang)
