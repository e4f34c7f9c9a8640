"""What a sensitivity analysis says: which levers and which unknowns carry each outcome, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan, nan

import numpy as np
import pandas as pd

from ....experiments.analysis.chance import point_means
from ....experiments.analysis.estimates import mean_interval
from ....experiments.analysis.estimators import elementary_effects
from ....experiments.analysis.indices import complete_blocks
from ....experiments.outcomes_read import Runs, scenario_names
from ....experiments.study import Study
from ....model.text import Text
from ....model.vocabulary import parameters
from ...experiment_facts import INERT, ExperimentFacts, factor_label
from ...sensitivity_rows import Picked, pick, ranked
from ..findings import AssumptionFinding, FactorFinding, FactorSet, Interaction
from .from_comparison import key_of
from .study import known, table

TARGETS = ("reached", "measured", "date")
SURE = 0.99
MOST_CHANCE = 0.5


def factors(study: Study, stem: str) -> tuple[FactorSet, ...]:
    """What carries each outcome that the analysis decides on, in the scenario of this file name.

    Then the figures of other targets, where factors do more to a single run than luck does: of the others one would
    read what carries an average that no plan meets.
    """
    facts = known(study)
    indices = table(study, "indices")
    decisive = [one.name for one in Runs(study.campaign, study.found).decisive()]
    order = {name: place for place, name in enumerate(facts.decide_on)}
    found = [one for name in decisive if (one := _set(study, facts, indices, stem, name)) is not None]
    found.sort(key=lambda one: order.get(f"{one.target}.{one.kind}", len(order)))
    covered = set(map(key_of, decisive))
    others = [one.name for one in study.found if one.kind == "measured" and key_of(one.name) not in covered]
    more = (_set(study, facts, indices, stem, name) for name in others)
    return (*found, *(one for one in more if one is not None and one.share_chance < MOST_CHANCE))


def _set(study: Study, facts: ExperimentFacts, indices: pd.DataFrame, stem: str, outcome: str) -> FactorSet | None:
    """The indices of one outcome; nothing where it is the same at all points."""
    picked = pick(indices, stem, outcome)
    if picked is None:
        return None
    one, rises = study.outcomes[outcome], _rises(study, stem, outcome)
    control = picked.rows[(picked.rows["factor"] == INERT) & (picked.rows["index"] == picked.main)]
    inert = _upper(control.iloc[0]) if len(control) else nan
    main = picked.rows[picked.rows["index"] == picked.main]
    told = {str(row["factor"]) for _, row in main.iterrows() if _above(row, inert)}
    rises = {name: sign for name, sign in rises.items() if name in told}
    made = {role: _findings(picked, facts, role, rises) for role in ("lever", "uncertainty")}
    chance = _rows(table(study, "chance"), stem, outcome)
    return FactorSet(
        target=key_of(outcome) if one.kind in TARGETS else "",
        kind=one.kind,
        label=one.label,
        scenario=facts.scenarios[stem],
        index=picked.main,
        levers=made["lever"],
        uncertainties=made["uncertainty"],
        inert_high=inert,
        converged=_converged(_rows(table(study, "convergence"), stem, outcome), picked.main),
        points=facts.points,
        share_chance=float(chance["share_chance"].iloc[0]) if len(chance) else nan,
    )


def _rows(rows: pd.DataFrame, stem: str, outcome: str) -> pd.DataFrame:
    if rows.empty:
        return rows
    return rows[(rows["scenario"] == stem) & (rows["outcome"] == outcome)]


def _upper(row: pd.Series) -> float:
    """The upper end of an index' interval; the index itself where it has none."""
    high = float(row["high"])
    return float(row["value"]) if isnan(high) else high


def _above(row: pd.Series, inert: float) -> bool:
    """Whether a factor is told from the control: by the lower end of its interval, or by itself where it has none."""
    low = float(row["value"] if isnan(float(row["low"])) else row["low"])
    return low > (0.0 if isnan(inert) else inert)


def _converged(rows: pd.DataFrame, index: str) -> bool | None:
    if rows.empty:
        return None
    mine = rows[rows["index"] == index].sort_values("base_points")
    return None if mine.empty else bool(mine["converged"].iloc[-1])


def _findings(picked: Picked, facts: ExperimentFacts, role: str, rises: dict[str, int]) -> tuple[FactorFinding, ...]:
    found = []
    for name in ranked(picked, role):
        mine = picked.rows[picked.rows["factor"] == name].set_index("index")
        row = mine.loc[picked.main]
        value, low, high = (float(row[end]) for end in ("value", "low", "high"))
        entry = parameters().get(name) if role == "uncertainty" else None
        found.append(FactorFinding(
            name, _label(facts, name), role, value, low, high,
            alone=float(mine.loc["S1", "value"]) if "S1" in mine.index else nan,
            rises=rises.get(name, 0),
            interactions=_interactions(picked.pairs, facts, name),
            mark=entry.mark if entry else "",
            source=entry.source if entry else "",
        ))  # fmt: skip
    return tuple(found)


def _label(facts: ExperimentFacts, name: str) -> Text:
    return Text(factor_label(facts, name, "zh"), factor_label(facts, name, "en"))


def _interactions(pairs: pd.DataFrame, facts: ExperimentFacts, name: str) -> tuple[Interaction, ...]:
    """Those of a factor whose interval leaves out zero, the largest first."""
    mine = pairs[((pairs["factor"] == name) | (pairs["other"] == name)) & (pairs["low"] > 0)]
    mine = mine.sort_values("value", ascending=False, kind="stable")
    return tuple(
        Interaction(
            _label(facts, str(row["other"] if row["factor"] == name else row["factor"])),
            *(float(row[end]) for end in ("value", "low", "high")),
        )
        for _, row in mine.iterrows()
    )


def _rises(study: Study, stem: str, outcome: str) -> dict[str, int]:
    """Whether more of a factor raises the outcome (+1) or lowers it (-1); 0 where that is not clear."""
    if study.campaign.experiment.design.method == "morris":
        return _from_effects(study, stem, outcome)
    rows = _rows(table(study, "response"), stem, outcome)
    if rows.empty:
        return {}
    rows = rows[(rows["word"] == "") & rows["mean"].notna()]
    return {str(name): direction(part.sort_values("value")) for name, part in rows.groupby("factor", sort=False)}


def direction(rows: pd.DataFrame) -> int:
    """Up or down from the lowest to the highest values of a factor, if the ends are apart and nothing lies beyond.

    `rows` hold `low` and `high`, the ends of the interval of the mean outcome, in the order of the factor's values.
    """
    low, high = rows["low"].to_numpy(), rows["high"].to_numpy()
    if len(rows) < 2 or np.isnan(low).any() or np.isnan(high).any():
        return 0
    if low[-1] > high[0] and not (low > high[-1]).any() and not (high < low[0]).any():
        return 1
    if high[-1] < low[0] and not (high < low[-1]).any() and not (low > high[0]).any():
        return -1
    return 0


def _from_effects(study: Study, stem: str, outcome: str) -> dict[str, int]:
    """The sign of the mean elementary effect of Morris trajectories, where its interval leaves out zero.

    At 99 %: many factors are looked at, and one in 20 would seem to have a sign by chance.
    """
    points, design = study.campaign.plan.points, study.campaign.experiment.design
    values = study.outcomes[outcome].values[scenario_names(study.campaign).index(stem)]
    blocks = complete_blocks(design, len(points.factors), points.unit, point_means(values))
    effects = elementary_effects(blocks.x, blocks.y)
    found = {}
    for factor, column in zip(points.factors, effects.T, strict=True):
        known_ones = column[~np.isnan(column)]
        low, high = mean_interval(known_ones, SURE) if np.ptp(known_ones) > 0 else (0.0, 0.0)
        words = any(isinstance(value, str) for value in factor.values)
        found[factor.name] = 0 if words else int(low > 0) - int(high < 0)
    return found


def assumptions(study: Study, sets: Iterable[FactorSet]) -> tuple[AssumptionFinding, ...]:
    """The unknowns of an analysis as assumptions: how far each was varied; for each target the strongest first."""
    found = {}
    for one in (one for one in sets if one.target):
        for factor in one.uncertainties:
            if (one.target, factor.name) not in found and factor.value == factor.value:
                found[one.target, factor.name] = _assumption(study, factor, one.target)
    return tuple(found.values())


def _assumption(study: Study, factor: FactorFinding, target: str) -> AssumptionFinding:
    varied = next((one for one in study.campaign.plan.points.factors if one.name == factor.name), None)
    ends = [nan, nan]
    if varied is not None and not varied.values:
        ends = varied.at(np.array([0.0, 1.0]), trimmed=True).tolist()
    entry = parameters().get(factor.name)
    low, high = ("" if isnan(end) else f"{end:.6g}" for end in ends)
    return AssumptionFinding(
        factor.name,
        factor.label,
        "" if entry is None else f"{entry.value:.6g}",
        low,
        high,
        "" if entry is None else entry.unit,
        factor.mark,
        factor.source,
        target,
    )
