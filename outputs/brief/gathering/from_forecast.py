"""What a forecast's folder says: targets, money, what remains, how the answer hangs on what nobody has measured."""

from __future__ import annotations

import shlex
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from ....experiments.beliefs import sentence
from ....experiments.store import Results
from ....model.text import Text
from ....model.vocabulary import indicators
from ...money import instrument_label, paid
from ...reading import facts
from ..findings import (
    ALL,
    Chance,
    GridFinding,
    MoneyFinding,
    Payment,
    Source,
    Spread,
    TargetFinding,
)
from .values import spread

if TYPE_CHECKING:
    import pandas as pd

NEEDED = 0.66  # from which on reaching a target is likely


def targets(results: Results) -> tuple[TargetFinding, ...]:
    """Every target and way of counting; without the plan too where the folder has such runs."""
    rows, without = results.targets, getattr(results, "baseline_targets", None)
    there = {} if without is None else {(str(row["target"]), str(row["counts"])): row for _, row in without.iterrows()}
    own = ~rows["target"].duplicated()
    runs = (int(results.runs["run"].nunique()), int((results.manifest.get("baseline") or {}).get("runs", 0)))
    return tuple(
        _target(row, bool(mine), runs, there.get((str(row["target"]), str(row["counts"]))))
        for mine, (_, row) in zip(own, rows.iterrows(), strict=True)
    )


def _target(row: pd.Series, own: bool, runs: tuple[int, int], without: pd.Series | None) -> TargetFinding:
    """A row of targets.csv, and the same row of the baseline's; `runs` of the one and of the other."""
    indicator = str(row["indicator"])
    return TargetFinding(
        id=str(row["target"]),
        counts=str(row["counts"]) or ALL,
        own=own,
        label=Text(str(row["label_zh"]), str(row["label_en"])),
        clause=str(row["clause"]),
        indicator=indicator,
        unit=indicators()[indicator].unit,
        scope=str(row["scope"]),
        sense=str(row["sense"]),
        threshold=float(row["threshold"]),
        deadline=str(row["deadline"]),
        reading=str(row["reading"]),
        chance=chance_of(row, runs[0]),
        outcome=_spread_of(row),
        baseline=None if without is None else chance_of(without, runs[1]),
        baseline_outcome=None if without is None else _spread_of(without),
    )


def chance_of(row: pd.Series, runs: int) -> Chance:
    """The probability in a row of targets.csv."""
    value, low, high = (float(row[f"probability{end}"]) for end in ("", "_low", "_high"))
    return Chance(value, low, high, int(row["draws"]), runs, Text(str(row["covers_zh"]), str(row["covers_en"])))


def _spread_of(row: pd.Series) -> Spread:
    return Spread(*(float(row[name]) for name in ("median", "p05", "p95", "median_error")))


def money(results: Results) -> MoneyFinding | None:
    """What funders pay over all years; nothing where the ledger is empty."""
    book = results.ledger
    rows = paid(book)
    if rows.empty:
        return None
    sums = rows.groupby("instrument")["yuan"].sum() / book["run"].nunique()
    sums = sums[sums > 0].sort_values(ascending=False, kind="stable")
    payments = tuple(
        Payment(Text(instrument_label(str(name), "zh"), instrument_label(str(name), "en")), float(yuan))
        for name, yuan in sums.items()
    )
    without = getattr(results, "baseline_ledger", None)
    return MoneyFinding(
        int(book["year"].min()),
        int(book["year"].max()),
        _total(book, draws_of(results)),
        payments,
        None if without is None or without.empty else _total(without, None),
    )


def _total(book: pd.DataFrame, draws: pd.Series | None) -> Spread:
    """What funders pay in a run; `draws` by run, where a run is no draw of its own."""
    sums = paid(book).groupby("run")["yuan"].sum().reindex(sorted(set(book["run"])), fill_value=0.0)
    draw = np.arange(len(sums)) if draws is None else draws.reindex(sums.index).to_numpy()
    return spread(sums.to_numpy(), draw)


def draws_of(results: Results) -> pd.Series:
    """The parameter draw of each run, by run."""
    return results.runs.set_index("run")["draw"]


def grid(results: Results) -> GridFinding | None:
    """The answer over start coverage and order strength; nothing where no grid was computed."""
    from ...chart_grid import centre_of, nearest_cell

    told, rows = results.manifest.get("grid"), results.grid
    if rows.empty or not told:
        return None
    table = rows.pivot(index="order_strength", columns="start_coverage", values="probability")
    cell = nearest_cell(table, *centre_of(results))
    worst, best = (rows.loc[rows["probability"] == end].iloc[0] for end in rows["probability"].agg(["min", "max"]))
    needed = centre = nan
    if cell is not None:
        coverage, order = cell
        centre = float(table.loc[order, coverage])
        enough = [float(share) for share in table.columns if table.loc[order, share] >= NEEDED]
        needed = min(enough, default=nan)
    return GridFinding(
        target=f"{told['target']}.{told['counts'] or ALL}",
        worst=float(worst["probability"]),
        worst_at=_cell(worst),
        best=float(best["probability"]),
        best_at=_cell(best),
        centre=centre,
        needed=needed,
    )


def _cell(row: pd.Series) -> tuple[float, float]:
    return float(row["start_coverage"]), float(row["order_strength"])


def source(results: Results) -> Source:
    """Where the forecast comes from."""
    told, known = results.manifest, facts(results)
    return Source(
        kind="forecast",
        name=known.name,
        run_id=known.run_id,
        date=known.date,
        version=known.version,
        draws=known.draws,
        replicates=known.replicates,
        runs=int(results.runs["run"].nunique()),
        failed=int(told["failed"]),
        seed=int(told["seed"]),
        parameters=sentence(told),
        command=shlex.join(told.get("command") or []),
    )
