"""How a target's figure runs through the months in each run, and where it passes: from the tables of a folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..model import vocabulary
from .reading import HUBS, HUBS_EFFECTIVE, Facts

if TYPE_CHECKING:
    import pandas as pd

    from ..experiments.store import Results

SLACK = 1e-6  # months.parquet holds single precision: 0.9 is kept as 0.8999999762
ADDS_UP = ("count", "per year", "persons", "yuan", "yuan per year")  # units whose values add up over districts


@dataclass(frozen=True)
class Course:
    """One target counted one way: tables of runs by months; months without a figure in the folder are left out."""

    figure: pd.DataFrame  # what is compared with the threshold; of several places that on which the target hangs
    met: pd.DataFrame  # whether it passes at that month's end
    share: pd.DataFrame  # share of the places that pass; as `met`, 0 or 1, where the target speaks of the whole
    places: int
    needed: int  # how many of the places must pass


def course(results: Results, row: pd.Series, months: pd.DataFrame | None = None) -> Course | None:
    """The course of a row of targets.csv, or nothing where the folder cannot tell it month by month.

    Places are looked at in the months for which districts are kept. With `months` (laid out as `results.months`,
    such as the runs without the plan) only targets of the whole place can be followed.
    """
    scope, _, count = str(row["scope"]).partition(": ")
    each_district = str(row["reading"]) == "each_district" and row["indicator"] in (HUBS, HUBS_EFFECTIVE)
    if each_district or str(row["reading"]) == "each_tier":
        return None  # what these readings need is not kept by month
    if scope == "whole":
        values = _whole(results.months if months is None else months, row)
    else:
        values = _parts(results, row, scope) if months is None else None
    if values is None or values.empty:
        return None
    return _judged(values, row, int(count) if count else None)


def passes(figure: pd.DataFrame | pd.Series, row: pd.Series) -> pd.DataFrame | pd.Series:
    """Whether figures pass the target's threshold; an unknown one does not."""
    limit = float(row["threshold"])
    slack = SLACK * max(1.0, abs(limit))
    return figure >= limit - slack if str(row["sense"]) == ">=" else figure <= limit + slack


def names_of(row: pd.Series) -> list[str]:
    """The indicators that a row looks at: the strict one where it counts effectively, two for exemplars."""
    name = str(row["indicator"])
    known = vocabulary.indicators().get(name)
    if str(row["counts"]) == "effective" and known is not None and known.effective:
        name = known.effective
    if name == "leader_training_sessions" and str(row["reading"]) == "city_level_only":
        name = "city_training_sessions"
    return [name, "excellent_leaders"] if name == "excellent_organizations" else [name]


def _joined(tables: list[pd.DataFrame], row: pd.Series) -> pd.DataFrame:
    """Organizations and leaders counted together or each alone, as the target is read."""
    first, *more = tables
    if not more:
        return first
    return first + more[0] if str(row["reading"]) == "together" else first.where(first <= more[0], more[0])


def _whole(months: pd.DataFrame, row: pd.Series) -> pd.DataFrame | None:
    """The figure by run and month, as the only place: columns (month, 0)."""
    import pandas as pd

    names = names_of(row)
    if months.empty or not set(names) <= set(months):
        return None
    tables = [months.pivot(index="run", columns="month", values=name).astype("float64") for name in names]
    table = _joined(tables, row)
    table.columns = pd.MultiIndex.from_product([table.columns, [0]])
    return table


def _parts(results: Results, row: pd.Series, scope: str) -> pd.DataFrame | None:
    """The figure by run, kept month and place: columns (month, place)."""
    names = names_of(row)
    if not (results.folder / "districts.parquet").is_file() or not set(names) <= set(results.districts):
        return None
    place = results.districts["district"]
    if scope == "every prefecture":
        known = vocabulary.indicators()
        if any(known[name].unit not in ADDS_UP for name in names):
            return None  # a share of a prefecture is not the sum of its districts' shares
        parents = results.places[results.places["level"] == "district"].set_index("index")["parent"]
        place = place.map(parents).clip(lower=0)
    table = results.districts[["run", "month", *names]].assign(place=place)
    sums = table.groupby(["run", "month", "place"], sort=True)[names].sum(min_count=1).astype("float64")
    return _joined([sums[name].unstack(["month", "place"]).sort_index(axis=1) for name in names], row)


def _judged(values: pd.DataFrame, row: pd.Series, count: int | None) -> Course:
    import pandas as pd

    months = list(dict.fromkeys(values.columns.get_level_values(0)))
    cube = values.to_numpy().reshape(len(values), len(months), -1)
    places = cube.shape[2]
    needed = count or places
    sign = 1.0 if row["sense"] == ">=" else -1.0  # so that more is better
    ranked = np.sort(np.where(np.isnan(cube), -np.inf, sign * cube), axis=2)
    figure = pd.DataFrame(sign * ranked[:, :, places - needed], values.index, months)
    figure = figure.where(np.isfinite(figure))
    known = figure.notna().any()
    ok = np.asarray(passes(values, row)).reshape(cube.shape)
    share = pd.DataFrame(ok.mean(axis=2), values.index, months)
    met = pd.DataFrame(ok.sum(axis=2) >= needed, values.index, months)
    return Course(figure.loc[:, known], met.loc[:, known], share.loc[:, known], places, needed)


def checked(results: Results, known: Facts, row: pd.Series) -> list[int]:
    """Month indices at whose end the target is checked: its date, or each December of a full year of the plan."""
    due = known.index(str(row["deadline"]))
    if due is not None:
        return [due] if 0 <= due < known.months else []
    plan = results.manifest.get("scenario", {}).get("data", {}).get("plan")
    plan = plan if isinstance(plan, dict) else {}
    first, last = known.index(str(plan.get("from", ""))), known.index(str(plan.get("until", "")))
    first = 0 if first is None else max(first, 0)
    last = known.deadline if last is None else min(last, known.months - 1)
    last = known.months - 1 if last is None else last
    return [t for t in range(first + 11, last + 1) if known.year_month(t)[1] == 12]
