"""Generated parts on what is concluded: the whole in figures, rival rules, patterns, and forecasts of both plans."""

from __future__ import annotations

import pandas as pd

from ..calibration.observations import fitted, measured
from ..calibration.settings import settings
from ..model.text import Text
from .calibration_figures import DASH, between, markdown, plain, three
from .calibration_tables import Calibration
from .calibration_words import COUNTS, VERDICTS, labelled, of_word, policy_label
from .words import chance_with_interval, percent


def in_figures(known: Calibration, lang: str) -> str:
    """The size of the whole thing in a few lines."""
    said = [Text(
        f"拟合的参数：{len(settings().fitted)}个；用于拟合的观测：{len(fitted())}项；留作检验的观测："
        f"{len(measured()) - len(fitted())}项。",
        f"Fitted parameters: {len(settings().fitted)}; observations fitted to: {len(fitted())}; held out as a check: "
        f"{len(measured()) - len(fitted())}.",
    )]  # fmt: skip
    table = known.get("contraction")
    if table is not None:
        half = int((table["contraction"] > 0.5).sum())
        said.append(Text(
            f"数据使其中{half}个参数的方差缩小一半以上，其余{len(table) - half}个主要仍是先验。",
            f"The data more than halve the variance of {half} of the parameters; the other {len(table) - half} are "
            "mostly still their priors.",
        ))  # fmt: skip
    table = known.get("forecasts")
    if table is not None:
        most = max(_changes(table), key=lambda one: abs(one[1] - one[0]), default=None)
        if most is not None:
            gap = f"{100 * (most[1] - most[0]):+.0f}".replace("-", "−")
            said.append(Text(
                f"用后验代替先验，两份计划各项目标达标概率变动最大的为{gap}个百分点。",
                f"With the posterior in place of the priors, the largest change of a target's probability in either "
                f"plan is {gap} points.",
            ))  # fmt: skip
    return "\n".join(f"- {one.of(lang)}" for one in said)


def _changes(table: pd.DataFrame) -> list[tuple[float, float]]:
    """Prior and posterior probability of each target."""
    wide = table.pivot_table(index=["plan", "target", "counts"], columns="parameters", values="probability", sort=False)
    if not {"prior", "posterior"} <= set(wide.columns):
        return []
    whole = wide[["prior", "posterior"]].dropna()
    return list(zip(whole["prior"].tolist(), whole["posterior"].tolist(), strict=True))


def patterns(known: Calibration, lang: str) -> str | None:
    """Every stylised fact with what the model makes of it."""
    table = known.get("patterns")
    if table is None:
        return None
    heads = Text("事实/所测的量/预期/模型：中位数（90%）/落入预期的比重/结论/标记",
                 "fact/quantity/expected/model: median (90 %)/share as expected/verdict/mark")  # fmt: skip
    rows = []
    for _, row in table.iterrows():
        expected = between(plain(float(row["expected_low"])), plain(float(row["expected_high"])), lang)
        rows.append([labelled(row, lang, "statement"), labelled(row, lang, "quantity"), expected,
                     three(*(float(row[end]) for end in ("p05", "median", "p95")), lang=lang),
                     percent(float(row["share"]), lang), of_word(row["verdict"], VERDICTS, lang),
                     str(row["mark"])])  # fmt: skip
    counts = table["verdict"].value_counts(sort=False)
    words = (f"{of_word(str(word), VERDICTS, lang)} {count}" for word, count in counts.items())
    told = Text("，", ", ").of(lang).join(words)
    said = Text(f"共{len(table)}条：{told}。", f"{len(table)} in all: {told}.")
    return markdown(heads.of(lang).split("/"), rows) + "\n\n" + said.of(lang)


def forecasts(known: Calibration, lang: str) -> str | None:
    """The probability of every target of both plans with the priors and with the posterior."""
    table = known.get("forecasts")
    if table is None:
        return None
    heads = Text("计划/目标/口径/先验：达标概率/后验：达标概率/变化/推演",
                 "plan/target/count/prior: probability/posterior: probability/change/runs")  # fmt: skip
    rows = []
    for (plan, _, counts), mine in table.groupby(["plan", "target", "counts"], sort=False):
        by_kind = {str(row["parameters"]): row for _, row in mine.iterrows()}
        cells = [_sure(by_kind.get(kind), lang) for kind in ("prior", "posterior")]
        gap = DASH
        if {"prior", "posterior"} <= set(by_kind):
            change = float(by_kind["posterior"]["probability"] - by_kind["prior"]["probability"])
            gap = f"{round(100 * change):+d}".replace("-", "−") if round(100 * change) else "0"
        row = mine.iloc[-1]
        runs = f"{int(row['draws']) * int(row['replicates']):,}"
        names = [policy_label(str(plan), lang), labelled(row, lang), of_word(str(counts), COUNTS, lang)]
        rows.append([*names, *cells, gap, runs])
    return markdown(heads.of(lang).split("/"), rows)


def _sure(row: pd.Series | None, lang: str) -> str:
    if row is None:
        return DASH
    return chance_with_interval(float(row["probability"]), float(row["low"]), float(row["high"]), lang)
