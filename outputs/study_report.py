"""What a study found, as tables and sentences for a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from ..experiments.analysis.cost import WHY
from ..experiments.analysis.indices import NOTES
from ..experiments.design.factor import Factor
from ..experiments.intervals import COVERS
from ..experiments.study import Study
from ..model.text import Text
from ..scenarios.units import shown
from .experiment_facts import ExperimentFacts, Measure, factor_label, measure
from .outcome_words import change_words, value_words
from .study_charts import facts
from .words import bracketed, chance_with_interval, percent

MOST_CHANGES = 20
MOST_FACTORS = 12
MOST_POINTS = 20
FEW_REPLICATES = 4  # below this the share of chance hangs on a few lucky seeds


class Section(NamedTuple):
    """A table with its title and what belongs under it; the first row are heads."""

    title: str
    rows: list[list[str]]
    notes: list[str]


def sections(study: Study, lang: str) -> list[Section]:
    """The sections of a study of any kind, in the order in which they are read."""
    made = {"compare": _compare, "sweep": _sweep, "sensitivity": _sensitivity}[study.purpose]
    return list(made(study, facts(study), lang))


def _compare(study: Study, known: ExperimentFacts, lang: str) -> Iterator[Section]:
    table = study.to_pandas("differences")
    for other in dict.fromkeys(table["other"]):
        mine = table[table["other"] == other]
        yield _differences(mine[mine["kind"].isin(["reached", "measured"])], known, lang)
    yield _costs(study.to_pandas("costs"), known, lang)
    yield _changes(study.to_pandas("changes"), known, lang)
    yield Section("", [], [line.of(lang) for line in study.notes.get("said", [])])


def _differences(table: pd.DataFrame, known: ExperimentFacts, lang: str) -> Section:
    base, other = (known.scenario(str(table[side].iloc[0]), lang) for side in ("base", "other"))
    heads = [Text("目标", "target").of(lang), base, other, Text("差（95%区间）", "difference (95 %)").of(lang),
             Text("配对的精度倍数", "gain by pairing").of(lang)]  # fmt: skip
    rows = [heads]
    for _, row in table.iterrows():
        said = measure(known, str(row["outcome"]), table)
        gap, between = _change(row, "difference", said, lang)
        cells = [_value(row, side, said, lang) for side in ("base", "other")]
        ratio = float(row["variance_ratio"])
        rows.append([
            said.label.of(lang), *cells, bracketed(gap, between, lang) if between else gap,
            "—" if ratio != ratio else f"{ratio:.1f}",
        ])  # fmt: skip
    covers = dict.fromkeys(COVERS[str(name)].of(lang) for name in table["covers"])
    note = Text(
        "两个方案的参数和随机数逐次相同；“精度倍数”是不配对时达到同样精度所需推演次数的倍数。差的区间：",
        "Both sides have the same parameters and luck; the gain is how many times more runs the same precision would "
        "take without pairing. Intervals of differences: ",
    )
    return Section(
        Text(f"{base} → {other}", f"{base} → {other}").of(lang),
        rows,
        [note.of(lang) + Text("；", "; ").of(lang).join(covers) + Text("。", ".").of(lang)],
    )


def _change(row: pd.Series, column: str, said: Measure, lang: str) -> tuple[str, str]:
    """A difference and its interval in words."""
    middle, low, high = (float(row[f"{column}{end}"]) for end in ("", "_low", "_high"))
    return change_words(middle, low, high, said, lang)


def _value(row: pd.Series, side: str, said: Measure, lang: str) -> str:
    value, low, high = (float(row[f"{side}_{name}"]) for name in ("value", "low", "high"))
    if said.kind == "reached":
        return chance_with_interval(value, low, high, lang)
    return value_words(value, said, lang)


def _costs(table: pd.DataFrame, known: ExperimentFacts, lang: str) -> Section:
    heads = (Text("方案", "policy"), Text("多花的公共资金", "more public money"), Text("目标", "target"),
             Text("每多一个百分点", "per additional point"), Text("说明", "what it means"))  # fmt: skip
    rows = [[head.of(lang) for head in heads]]
    money = Measure(Text("公共资金", "public money"), "yuan", "money")
    for _, row in table.iterrows():
        more, between = _change(row, "cost_difference", money, lang)
        price = value_words(float(row["price"]), money, lang)
        rows.append([
            known.scenario(str(row["other"]), lang), bracketed(more, between, lang) if between else more,
            measure(known, str(row["outcome"]), table).label.of(lang), price, WHY[str(row["verdict"])].of(lang),
        ])  # fmt: skip
    title = Text("费用（至最后一个目标的期限）", "Costs (up to the last deadline)").of(lang)
    return Section(title, rows if len(rows) > 1 else [], [])


def _changes(table: pd.DataFrame, known: ExperimentFacts, lang: str) -> Section:
    heads = (Text("方案", "policy"), Text("项目", "item"), Text("基准", "base"), Text("改为", "becomes"))
    rows = [[head.of(lang) for head in heads]]
    told = table[~table["path"].str.startswith(("name.", "about."))]
    for _, row in told.head(MOST_CHANGES).iterrows():
        values = (str(row["base_value"]) or "—", str(row["other_value"]) or "—")
        rows.append([known.scenario(str(row["other"]), lang), str(row["path"]), *values])
    more = len(told) - MOST_CHANGES
    note = Text(f"另有 {more} 项不同，见 changes.csv。", f"{more} more differences are in changes.csv.").of(lang)
    return Section(
        Text("方案的不同之处", "What the scenarios say differently").of(lang),
        rows if len(rows) > 1 else [],
        [note] if more > 0 else [],
    )


def _sweep(study: Study, known: ExperimentFacts, lang: str) -> Iterator[Section]:
    """The points with the best chance of each target, and how many points there are."""
    table = study.to_pandas("summary")
    for name, one in study.outcomes.items():
        if one.kind == "reached":
            mine = table[table["outcome"] == name].sort_values("value", ascending=False, kind="stable")
            yield _alike(mine, one.label, lang) if mine["value"].nunique() == 1 else _best(study, mine, known, lang)


def _alike(table: pd.DataFrame, label: Text, lang: str) -> Section:
    """Where no point is better than another there is nothing to list."""
    total, said = len(table), _chance_of(table.iloc[0], lang)
    alike = Text(f"全部{total}个点的达标概率都是{said}。", f"the same at all {total} points, {said}.")
    return Section("", [], [Text(f"{label.zh}：{alike.zh}", f"{label.en}: {alike.en}").of(lang)])


def _best(study: Study, table: pd.DataFrame, known: ExperimentFacts, lang: str) -> Section:
    points = study.points().set_index("point")
    factors = [factor for factor in study.campaign.plan.points.factors if factor.role != "inert"]
    heads = [Text("情景", "scenario").of(lang), Text("点", "point").of(lang),
             *(factor.label.of(lang) for factor in factors), Text("达标概率", "probability").of(lang)]  # fmt: skip
    best, rows = table.head(MOST_POINTS), [heads]
    for _, row in best.iterrows():
        values = [_setting(points.loc[row["point"], f"f_{factor.name}"], factor, lang) for factor in factors]
        named = known.scenario(str(row["scenario"]), lang)
        rows.append([named, str(row["point"]), *values, _chance_of(row, lang)])
    more = Text(f"共{len(table)}行，此处为前{len(best)}行，全部见 summary.csv。",
                f"The best {len(best)} of {len(table)}; all are in summary.csv.").of(lang)  # fmt: skip
    label = study.labels[str(table["outcome"].iloc[0])].of(lang)
    return Section(label, rows, [more] if len(table) > len(best) else [])


def _chance_of(row: pd.Series, lang: str) -> str:
    return chance_with_interval(float(row["value"]), float(row["low"]), float(row["high"]), lang)


def _setting(value: Any, factor: Factor, lang: str) -> str:
    """A factor's value as a scenario would write it; a multiple with its sign."""
    if isinstance(value, str):
        return value
    if factor.times:
        return f"×{value:.4g}"
    return shown(float(value), factor.unit).of(lang)


def _sensitivity(study: Study, known: ExperimentFacts, lang: str) -> Iterator[Section]:
    """For each decisive outcome: the factors in the order of their effect, levers and uncertainties apart."""
    table = study.to_pandas("indices")
    main = {"sobol": "ST", "morris": "mu_star", "latin": "pawn"}[study.campaign.experiment.design.method]
    for scenario in dict.fromkeys(table["scenario"]):
        for name in _decisive(study):
            mine = table[(table["outcome"] == name) & (table["scenario"] == scenario)]
            if not mine.empty:
                yield _ranking(mine, main, known, name, lang, study)
    yield Section("", [], _how_sure(study, lang))


def _decisive(study: Study) -> list[str]:
    named = study.campaign.experiment.decide_on
    return list(named) or [name for name, one in study.outcomes.items() if one.kind == "measured"]


def _ranking(table: pd.DataFrame, main: str, known: ExperimentFacts, name: str, lang: str, study: Study) -> Section:
    heads = {"ST": Text("总效应 ST", "total effect ST"), "S1": Text("单独效应 S1", "first order S1"),
             "mu_star": Text("平均影响 μ*", "mean effect μ*"), "sigma": Text("σ", "σ"),
             "pawn": Text("PAWN", "PAWN")}  # fmt: skip
    kinds = {"ST": ("ST", "S1", "pawn"), "mu_star": ("mu_star", "sigma"), "pawn": ("pawn",)}[main]
    rows = [[Text("类别", "kind").of(lang), Text("因素", "factor").of(lang), *(heads[k].of(lang) for k in kinds)]]
    roles = {"lever": Text("政策", "lever"), "uncertainty": Text("未知", "unknown"), "inert": Text("对照", "control")}
    ranked = table[table["index"] == main].sort_values("value", ascending=False, kind="stable")
    by_factor = table.set_index(["factor", "index"])
    kept = pd.concat([ranked[ranked["role"] == role].head(MOST_FACTORS) for role in roles])
    for _, row in kept.iterrows():
        cells = [_index(by_factor, str(row["factor"]), kind, lang) for kind in kinds]
        rows.append([roles[str(row["role"])].of(lang), factor_label(known, str(row["factor"]), lang), *cells])
    notes = [NOTES[note].of(lang) for note in dict.fromkeys(ranked["note"]) if note and note != "compare_inert"]
    dropped = int(ranked["dropped"].max())
    if dropped:
        notes.append(Text(f"因推演失败舍去 {dropped} 组设计点。",
                          f"{dropped} blocks of points are left out, as runs of theirs failed.").of(lang))  # fmt: skip
    return Section(measure(known, name).label.of(lang), rows, [*notes, *_chance(study, table, name, lang)])


def _index(by_factor: pd.DataFrame, factor: str, kind: str, lang: str) -> str:
    row = by_factor.loc[(factor, kind)]
    row = row.iloc[0] if isinstance(row, pd.DataFrame) else row
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    if value != value:
        return "—"
    said, between = f"{value:.3f}", Text(f"{low:.3f}～{high:.3f}", f"{low:.3f} to {high:.3f}")
    return said if low != low else bracketed(said, between.of(lang), lang)


def _chance(study: Study, table: pd.DataFrame, name: str, lang: str) -> list[str]:
    """How much of a single run's variance is chance."""
    scenario = table["scenario"].iloc[0]
    shares = study.to_pandas("chance")
    row = shares[(shares["outcome"] == name) & (shares["scenario"] == scenario)].iloc[0]
    if row["share_chance"] != row["share_chance"]:
        return [Text("每点只推演一次，分不出随机性所占的比重。",
                     "One run per point: the share of chance cannot be told.").of(lang)]  # fmt: skip
    share = percent(float(row["share_chance"]), lang)
    told = [Text(f"单次推演的方差中，随机性占{share}。", f"Of a single run's variance, {share} is chance.").of(lang)]
    if study.campaign.waves[-1].replicates < FEW_REPLICATES:
        few = f"fewer than {FEW_REPLICATES} replicates tell it only roughly"
        told.append(Text(f"重复不足{FEW_REPLICATES}次，这一比重只是粗略估计。", f"{few.capitalize()}.").of(lang))
    return told


def _how_sure(study: Study, lang: str) -> list[str]:
    converged = study.notes.get("converged")
    if converged is None:
        return []
    points = study.campaign.waves[-1].points
    if converged:
        return [Text(f"指数在 {points} 个基点上已收敛（最宽区间小于 0.05，排序不再变）。",
                     f"The indices have converged at {points} base points (widest interval below 0.05, ranking stands)."
                     ).of(lang)]  # fmt: skip
    widest = _widest(study)
    return [Text(f"指数在 {points} 个基点上尚未收敛（最宽区间 {widest:.2f}，要求小于 0.05）；"
                 f"可用 miaopu extend {study.folder} --points {2 * points} 加倍。",
                 f"The indices have not converged at {points} base points (widest interval {widest:.2f}, below 0.05 is "
                 f"asked for); miaopu extend {study.folder} --points {2 * points} doubles them.").of(lang)]  # fmt: skip


def _widest(study: Study) -> float:
    table = study.to_pandas("convergence")
    return float(table[table["base_points"] == table["base_points"].max()]["widest"].max())
