"""Generated parts on the checks: recovery, simulation-based calibration, hindcasts."""

from __future__ import annotations

import math

import pandas as pd

from ..model.text import Text
from .calibration_figures import DASH, between, markdown, plain, series_figure
from .calibration_tables import Calibration
from .calibration_words import FORECASTS, SERIES, of_word, parameter_label
from .words import bracketed, percent

FEWEST = 10  # cases from which a coverage may be told


def recovery(known: Calibration, lang: str) -> str | None:
    """How often the 90 % range holds the truth, and how medians follow truths."""
    table = known.get("recovery")
    if table is None:
        return None
    heads = Text("方法/参数/数据集/真值在90%区间内/中位数与真值的秩相关",
                 "method/parameter/data sets/truth within the 90 % range/"
                 "rank correlation of median and truth")  # fmt: skip
    names = {"smc": Text("序贯拟合", "sequential fit"), "bank": Text("推演库加权", "weighted bank")}
    rows = []
    for (method, name), mine in table.groupby(["method", "parameter"], sort=False):
        inside = int(((mine["p05"] <= mine["truth"]) & (mine["truth"] <= mine["p95"])).sum())
        enough = len(mine) >= FEWEST
        share = f"{inside} / {len(mine)}" + (f" = {percent(inside / len(mine), lang)}" if enough else "")
        related = float(mine["truth"].rank().corr(mine["median"].rank())) if enough else math.nan
        rows.append([of_word(str(method), names, lang), parameter_label(str(name), lang), str(len(mine)), share,
                     DASH if math.isnan(related) else f"{related:.2f}".replace("-", "−")])  # fmt: skip
    return markdown(heads.of(lang).split("/"), rows)


def sbc(known: Calibration, lang: str) -> str | None:
    """Whether ranks are uniform, parameter by parameter."""
    table, counts = known.get("sbc_summary"), known.get("sbc")
    if table is None:
        return None
    heads = Text("参数/数据集/均匀性检验p值/超出99%带的组/有效样本量中位数",
                 "parameter/data sets/p-value of uniformity/bins outside the 99 % band/"
                 "median effective sample size")  # fmt: skip
    rows = []
    for _, row in table.iterrows():
        bins = None if counts is None else counts[counts["parameter"] == row["parameter"]]
        out = DASH
        if bins is not None:
            out = f"{int(((bins['count'] < bins['low']) | (bins['count'] > bins['high'])).sum())} / {len(bins)}"
        rows.append([parameter_label(row["parameter"], lang), f"{int(row['datasets'])}", f"{row['p_value']:.3f}", out,
                     plain(row["ess_median"])])  # fmt: skip
    low = int((table["p_value"] < 0.01).sum())
    said = Text(f"p值低于0.01的参数：{low}个（共{len(table)}个）。", f"p-values below 0.01: {low} of {len(table)}.")
    said = said.of(lang) + _widened(table, lang)
    return markdown(heads.of(lang).split("/"), rows) + "\n\n" + said


def _widened(table: pd.DataFrame, lang: str) -> str:
    """By how much tolerances were widened, and how many posteriors were coarse all the same."""
    if "tolerances_times" not in table:
        return ""
    times, small = plain(float(table["tolerances_times"].iloc[0])), int(table["ess_small"].max())
    return Text(
        f"检验所用容差为实际的{times}倍；有效样本量不足25的数据集：{small}个。",
        f" Tolerances in this test are {times} times the real ones; data sets with an effective sample size below 25: "
        f"{small}.",
    ).of(lang)


def hindcast(known: Calibration, lang: str) -> str | None:
    """The model's forecasts of known figures beside naive ones."""
    table = known.get("hindcast")
    if table is None:
        return None
    heads = Text("序列/预测/拟合所用/观测值/预测中位数（90%）/CRPS/有效样本量",
                 "series/forecast/fitted to/observed/median (90 %)/CRPS/effective sample size")  # fmt: skip
    rows = []
    for _, row in table.iterrows():
        name, ends = str(row["series"]), [float(row[end]) for end in ("p05", "median", "p95")]
        said = [series_figure(name, value, lang) for value in ends]
        told = said[1]
        if ends[0] != ends[2] and not math.isnan(ends[0]):
            told = bracketed(said[1], between(said[0], said[2], lang), lang)
        used = ", ".join(str(row["fitted_to"]).split())
        rows.append([of_word(name, SERIES, lang), of_word(row["forecast"], FORECASTS, lang), used,
                     series_figure(name, float(row["observed"]), lang), told, plain(float(row["crps"])),
                     plain(float(row["ess"]))])  # fmt: skip
    return markdown(heads.of(lang).split("/"), rows) + "\n\n" + _beaten(table, lang)


def _beaten(table: pd.DataFrame, lang: str) -> str:
    """In how many series the model scores better than each naive forecast, the best of a kind counting."""
    best = table.groupby(["series", "forecast"], sort=False)["crps"].min().unstack()
    series = len(best)
    said = []
    for name in ("last_value", "trend", "logistic"):
        both = best[["model", name]].dropna() if name in best and "model" in best else best.iloc[:0]
        if len(both):
            won = int((both["model"] < both[name]).sum())
            zh, en = FORECASTS[name]
            said.append(Text(f"优于“{zh}”的{won}条（共{len(both)}条可比）", f"{en} in {won} of {len(both)}").of(lang))
    joined = Text("，", ", ").of(lang).join(said)
    claim = Text("不足十条，不就区间覆盖率作任何判断", "fewer than ten: nothing is claimed on coverage")
    if series >= FEWEST:
        model = table[table["forecast"] == "model"]
        inside = int(((model["p05"] <= model["observed"]) & (model["observed"] <= model["p95"])).sum())
        claim = Text(f"90%区间包含观测值的{inside}条", f"the 90 % range holds the figure in {inside}")
    return Text(
        f"序列共{series}条，{claim.zh}。模型的CRPS{joined}。",
        f"{series} series, {claim.en}. The model scores better than {joined}.",
    ).of(lang)
