"""What a comparison's folder says: policies side by side, with money, and the targets of the base."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ....experiments.analysis.estimates import value_of
from ....experiments.analysis.outcomes import Outcome
from ....experiments.beliefs import sentence
from ....experiments.campaign.results import target_name
from ....experiments.intervals import COVERS
from ....experiments.outcomes_read import Runs, scenario_names
from ....experiments.single import target_rows
from ....experiments.study import Study
from ....experiments.targets import deadline
from ....model.inputs import Target
from ....model.text import Text
from ....model.vocabulary import indicators
from ..findings import (
    ALL,
    Chance,
    Change,
    OptionFinding,
    Price,
    Source,
    Spread,
    TargetFinding,
)
from .plan import Opened
from .study import command, day, known, table
from .values import spread_over

NAMES = ("name.", "about.", "baseline")  # what it calls itself, and is seen against, is no difference of policy


def key_of(outcome: str) -> str:
    """The key of the target of an outcome: "hubs.nominal" of "hubs.nominal.reached"."""
    return outcome.rpartition(".")[0]


def options(opened: Opened) -> tuple[OptionFinding, ...]:
    """Every scenario of a comparison, the base first."""
    study = _study(opened)
    return tuple(_option(opened, study, place) for place in range(len(opened.scenarios)))


def _option(opened: Opened, study: Study, place: int) -> OptionFinding:
    scenario, names = opened.scenarios[place], scenario_names(study.campaign)
    rows = table(study, "differences")
    rows = rows[rows["other"] == names[max(place, 1)]]
    side = "other" if place else "base"
    values = {kind: rows[rows["kind"] == kind] for kind in ("reached", "measured", "money")}
    changed = place > 0
    spent = [(_spread(row, side), _change(row)) for _, row in values["money"].iterrows()]
    about = "baseline" if scenario.is_baseline and changed else "other" if changed else "base"
    return OptionFinding(
        key=names[place],
        name=study.campaign.inputs[place].name,
        about=about,
        chances={key_of(row["outcome"]): _chance(study, row, place) for _, row in values["reached"].iterrows()},
        outcomes={key_of(row["outcome"]): _spread(row, side) for _, row in values["measured"].iterrows()},
        money=spent[0][0] if spent else None,
        chance_changes=_changes(values["reached"]) if changed else {},
        outcome_changes=_changes(values["measured"]) if changed else {},
        money_change=spent[0][1] if spent and changed else None,
        prices=_prices(study, names[place]) if changed else (),
        differs_in=_differs(study, names[place]) if changed else (),
    )


def _study(opened: Opened) -> Study:
    if opened.study is None:
        raise ValueError(f"{opened.folder} holds no study")
    return opened.study


def _chance(study: Study, row: pd.Series, place: int) -> Chance:
    """A scenario's own probability; the table's `covers` is about the difference."""
    side = "other" if place else "base"
    value, low, high = (float(row[f"{side}_{end}"]) for end in ("value", "low", "high"))
    return _with_cover(study, study.outcomes[str(row["outcome"])], place, (value, low, high))


def _with_cover(study: Study, one: Outcome, place: int, told: tuple[float, float, float] | None = None) -> Chance:
    values = one.values[place]
    drawn = Runs(study.campaign, study.found).varies
    found = value_of(values, one.kind, drawn, seed=study.campaign.experiment.seed)
    runs = int((~np.isnan(values)).sum())
    draws = found.units if drawn else 1
    return Chance(*(told or found[:3]), draws, runs, COVERS[found.covers])


def _spread(row: pd.Series, side: str) -> Spread:
    return Spread(*(float(row[f"{side}_{end}"]) for end in ("value", "low", "high")))


def _change(row: pd.Series) -> Change:
    return Change(*(float(row[f"difference{end}"]) for end in ("", "_low", "_high")))


def _changes(rows: pd.DataFrame) -> dict[str, Change]:
    return {key_of(row["outcome"]): _change(row) for _, row in rows.iterrows()}


def _prices(study: Study, name: str) -> tuple[Price, ...]:
    rows = table(study, "costs")
    return tuple(
        Price(
            key_of(row["outcome"]),
            float(row["price"]),
            float(row["price_low"]),
            float(row["price_high"]),
            str(row["verdict"]),
            Text(str(row["why_zh"]), str(row["why_en"])),
        )
        for _, row in rows[rows["other"] == name].iterrows()
    )


def _differs(study: Study, name: str) -> tuple[tuple[str, str, str], ...]:
    rows = table(study, "changes")
    told = rows[(rows["other"] == name) & ~rows["path"].str.startswith(NAMES)]
    return tuple(map(tuple, told[["path", "base_value", "other_value"]].to_numpy().tolist()))


def targets(opened: Opened) -> tuple[TargetFinding, ...]:
    """The targets of the base, and how they end in the scenario without a plan where there is one."""
    study = _study(opened)
    without = next((place for place, one in enumerate(opened.scenarios) if place and one.is_baseline), None)
    rows = target_rows(study.campaign.inputs[0])
    firsts = [row.id not in {other.id for other in rows[:place]} for place, row in enumerate(rows)]
    return tuple(_target(study, row, own, without) for row, own in zip(rows, firsts, strict=True))


def _target(study: Study, row: Target, own: bool, without: int | None) -> TargetFinding:
    judged, seen = (study.outcomes[target_name(row, measure)] for measure in ("reached", "measured"))
    return TargetFinding(
        id=row.id,
        counts=row.counts or ALL,
        own=own,
        label=row.label,
        clause=row.clause,
        indicator=row.indicator,
        unit=indicators()[row.indicator].unit,
        scope=row.scope if row.scope_count is None else f"{row.scope}: {row.scope_count}",
        sense=row.sense,
        threshold=row.threshold,
        deadline=deadline(row, study.campaign.inputs[0]),
        reading=row.reading,
        chance=_with_cover(study, judged, 0),
        outcome=spread_over(seen.values[0]),
        baseline=None if without is None else _with_cover(study, judged, without),
        baseline_outcome=None if without is None else spread_over(seen.values[without]),
    )


def source(study: Study) -> Source:
    """Where a study comes from."""
    facts = known(study)
    manifest = study.campaign.manifest
    return Source(
        kind=study.purpose,
        name=facts.name,
        run_id=facts.run_id,
        date=day(study),
        version=str(manifest["made_with"]["miaopu"]),
        draws=facts.draws or 1,
        replicates=facts.replicates,
        runs=facts.runs,
        failed=facts.failed,
        seed=study.campaign.experiment.seed,
        parameters=sentence(manifest),
        command=command(study),
    )
