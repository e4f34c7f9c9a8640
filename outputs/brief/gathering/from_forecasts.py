"""Several forecasts side by side: the first is the plan, the others are options beside it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from ....experiments.analysis.estimates import difference_of, value_of
from ....experiments.money import NOT_SPENT, PUBLIC_PURSES
from ....experiments.store import Results
from ....model.ledger import INSTRUMENTS
from ...reading import facts
from ..findings import ALL, Change, OptionFinding, Spread
from .from_forecast import chance_of
from .plan import About, Opened
from .values import spread_out, varies

PAID_OUT = [item.name for item in INSTRUMENTS if item.flow != "in" and item.name not in NOT_SPENT]


class Side(NamedTuple):
    """One forecast, with every figure as an array (1, draws, replicates)."""

    scenario: About
    results: Results
    seeds: pd.Series  # by draw and replicate
    varies: bool


def options(forecasts: list[Opened]) -> tuple[OptionFinding, ...]:
    """The plan's forecast as the base, then the others; differences only where both sides have the same luck."""
    sides = [_side(opened) for opened in forecasts]
    last = facts(sides[0].results)
    until = None if last.deadline is None else last.year_month(last.deadline)[0]
    found = [{name: _values(side, name, until) for name in ("reached", "measured", "money")} for side in sides]
    return tuple(_option(sides, found, place) for place in range(len(sides)))


def _side(opened: Opened) -> Side:
    if opened.results is None:
        raise ValueError(f"{opened.folder} holds no forecast")
    seeds = opened.results.runs.set_index(["draw", "replicate"])["seed"].sort_index()
    return Side(opened.scenarios[0], opened.results, seeds, varies(opened.results))


def _values(side: Side, what: str, until: int | None) -> dict[str, np.ndarray]:
    """Arrays by key of the target; of money one by the name of the indicator."""
    if what == "money":
        return {"public_money": spread_out(side.results, _spent(side.results, until))}
    rows = side.results.outcomes
    return {
        f"{target}.{counts or ALL}": spread_out(side.results, part.set_index("run")[what].astype(float))
        for (target, counts), part in rows.groupby(["target", "counts"], sort=False)
    }


def _spent(results: Results, until: int | None) -> pd.Series:
    """Public money by run, up to the year of the last deadline."""
    book = results.ledger
    told = book["payer"].isin(PUBLIC_PURSES) & book["instrument"].isin(PAID_OUT)
    if until is not None:
        told &= book["year"] <= until
    return book["yuan"].where(told, 0.0).groupby(book["run"]).sum()


def _option(sides: list[Side], values: list[dict[str, dict[str, np.ndarray]]], place: int) -> OptionFinding:
    side, mine = sides[place], values[place]
    rows, runs = side.results.targets, int(side.results.runs["run"].nunique())
    money = {key: _mean(side, one) for key, one in mine["money"].items()}
    changes = {what: {} if place == 0 else _changes(sides, values, place, what) for what in mine}
    return OptionFinding(
        key=side.scenario.stem,
        name=side.scenario.name,
        about="base" if place == 0 else "baseline" if side.scenario.is_baseline else "other",
        chances={f"{row['target']}.{row['counts'] or ALL}": chance_of(row, runs) for _, row in rows.iterrows()},
        outcomes={key: _mean(side, one) for key, one in mine["measured"].items()},
        money=next(iter(money.values())),
        chance_changes=changes["reached"],
        outcome_changes=changes["measured"],
        money_change=next(iter(changes["money"].values()), None),
    )


def _mean(side: Side, values: np.ndarray) -> Spread:
    return Spread(*value_of(values, "measured", side.varies)[:3])


def _changes(
    sides: list[Side], values: list[dict[str, dict[str, np.ndarray]]], place: int, what: str
) -> dict[str, Change]:
    """This forecast minus the first, run by run; nothing where their draws, replicates or seeds differ."""
    if not sides[0].seeds.equals(sides[place].seeds):
        return {}
    first, mine = values[0][what], values[place][what]
    drawn = sides[0].varies or sides[place].varies
    return {key: Change(*difference_of(first[key], mine[key], what, drawn)[:3]) for key in first if key in mine}
