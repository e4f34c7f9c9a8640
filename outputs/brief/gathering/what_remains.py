"""What remains of the main figures after the last deadline, in a forecast or in the base of a comparison."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ....experiments.analysis.estimates import difference_of
from ....experiments.campaign.results import indicator_paths
from ....experiments.campaign.subject import kept_months
from ....experiments.outcomes_read import Runs
from ....experiments.store import Results
from ....experiments.study import Study
from ....model.vocabulary import indicators
from ...reading import HUBS, HUBS_EFFECTIVE, facts
from ..findings import AfterFinding, Change
from .values import spread_out, spread_over, varies

INDICATORS = (HUBS, HUBS_EFFECTIVE, "active_organizations", "capability")


def of_forecast(results: Results) -> tuple[AfterFinding, ...]:
    """What is left of the main figures in the last month, beside the last deadline; empty where that is the end."""
    known = facts(results)
    if known.deadline is None or known.deadline >= known.months - 1:
        return ()
    ends = (known.deadline, known.months - 1)
    there = results.months[results.months["month"].isin(ends)]
    dates = [f"{year}-{month:02d}" for year, month in map(known.year_month, ends)]
    found = []
    for name in (name for name in INDICATORS if name in there):
        table = there.pivot(index="run", columns="month", values=name)
        first, last = (spread_out(results, table[month]) for month in ends)
        if not np.isnan(last - first).all():
            found.append(_finding(name, dates, first, last, varies(results)))
    return tuple(found)


def of_comparison(study: Study, place: int = 0) -> tuple[AfterFinding, ...]:
    """What is left of a scenario's main figures after the last deadline, of those that the comparison has kept."""
    inputs, keep = study.campaign.inputs[place], study.campaign.experiment.keep
    months = kept_months(inputs, keep).tolist()
    due = max((target.by for target in inputs.targets if target.by is not None), default=None)
    if due is None or due not in months or due >= months[-1]:
        return ()
    dates = ["{}-{:02d}".format(*inputs.year_month(month)) for month in (due, months[-1])]
    found = []
    for name in (name for name in INDICATORS if name in keep.indicators):
        values = indicator_paths(study.campaign, name)[place].astype(np.float64)
        first, last = values[..., months.index(due)], values[..., -1]
        found.append(_finding(name, dates, first, last, Runs(study.campaign, study.found).varies))
    return tuple(found)


def _finding(name: str, dates: Sequence[str], first: np.ndarray, last: np.ndarray, drawn: bool) -> AfterFinding:
    """An indicator at the deadline and at the end, from values (points, draws, replicates) of the same runs."""
    row, gap = indicators()[name], difference_of(first, last, "measured", drawn)
    due, end = dates
    change = Change(gap.value, gap.low, gap.high)
    return AfterFinding(name, row.label, row.unit, due, end, spread_over(first), spread_over(last), change)
