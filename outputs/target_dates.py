"""The table behind the chart of dates: how likely each target is met at each month's end, with and without the plan."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..experiments.chances_over_time import Chances, chances
from ..experiments.store import Results
from . import baseline
from .likelihood import LIKELY
from .reading import Facts, facts
from .target_course import checked, course


def over_time(results: Results) -> pd.DataFrame:
    """Every target that can be followed, by scenario (plan, baseline), way of counting and month.

    Columns scenario, target, counts, month, year, month_of_year, probability, probability_low, probability_high (95 %),
    checked (whether the target is judged then), every_month (whether it is known at every month's end). At the
    deadline the plan's figures are those of targets.csv.
    """
    known, parts = facts(results), []
    without = baseline.months_without(results)
    for _, row in results.targets.iterrows():
        at = checked(results, known, row)
        for scenario, months in (("plan", None), ("baseline", without)):
            if (scenario == "baseline" and months is None) or not at:
                continue
            found = course(results, row, months)
            if found is not None:
                parts.append(_part(results, known, row, scenario, found.met, at))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _part(
    results: Results, known: Facts, row: pd.Series, scenario: str, met: pd.DataFrame, at: list[int]
) -> pd.DataFrame:
    monthly = len(met.columns) > 1 and bool((np.diff(met.columns) == 1).all())
    if str(row["deadline"]) == "every year":
        met, monthly = met[[month for month in met.columns if month in at]], False
    dates = [known.year_month(int(month)) for month in met.columns]
    value, low, high = _chances(results, row, scenario, met)
    return pd.DataFrame(
        {
            "scenario": scenario,
            "target": row["target"],
            "counts": row["counts"],
            "month": met.columns.astype(int),
            "year": [year for year, _ in dates],
            "month_of_year": [month for _, month in dates],
            "probability": value,
            "probability_low": low,
            "probability_high": high,
            "checked": [month in at for month in met.columns],
            "every_month": monthly,
        }
    )


def _chances(results: Results, row: pd.Series, scenario: str, met: pd.DataFrame) -> Chances:
    """With the units and the seed by which targets.csv was made; without the plan a run is a draw."""
    if scenario == "plan":
        draw = results.runs.set_index("run")["draw"].reindex(met.index).to_numpy()
    else:
        draw = met.index.to_numpy()
    varies = str(row["covers"]) != "wilson_over_runs"
    return chances(met.to_numpy(), draw, varies, int(results.manifest["seed"]))


def likely_since(first: pd.DataFrame) -> int | None:
    """The month from whose end the whole interval stays at "likely" or above until the last check; else nothing."""
    until = first[first["month"] <= first.loc[first["checked"], "month"].max()]
    sure = (until["probability_low"] >= LIKELY.low).to_numpy()
    if not len(sure) or not sure[-1]:
        return None
    unsure = np.flatnonzero(~sure)
    return int(until["month"].iloc[unsure[-1] + 1 if len(unsure) else 0])
