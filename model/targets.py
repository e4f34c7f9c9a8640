"""Whether a run reaches a target, and by what figure."""

from __future__ import annotations

import numpy as np

from .indicators import indicator_values
from .inputs import Inputs, Target
from .vocabulary import indicators

COVERAGE = ("street_hub_coverage", "street_hub_coverage_effective")


def counting(target: Target, counts: str) -> str:
    """The indicator that a target looks at when nominal or effective things are counted."""
    indicator = indicators()[target.indicator]
    return indicator.effective if counts == "effective" and indicator.effective else target.indicator


def _groups(target: Target, inputs: Inputs) -> np.ndarray:
    """Which districts are summed: all together, each alone, or those of each prefecture."""
    districts = inputs.place.districts
    if target.scope == "every district":
        return np.eye(districts)
    if target.scope == "every prefecture":
        owner = np.maximum(0, inputs.place.district_prefecture)
        return np.eye(int(owner.max()) + 1)[owner]
    return np.ones((districts, 1))


def _values(target: Target, tallies: np.ndarray, inputs: Inputs, counts: str) -> np.ndarray:
    """The indicator by month and group, under the target's reading."""
    groups, name = _groups(target, inputs), counting(target, counts)
    values = indicator_values(name, tallies, groups)
    if target.indicator == "excellent_organizations":
        leaders = indicator_values("excellent_leaders", tallies, groups)
        return values + leaders if target.reading == "together" else np.minimum(values, leaders)
    if target.indicator == "leader_training_sessions" and target.reading == "city_level_only":
        return indicator_values("city_training_sessions", tallies, groups)
    if target.indicator == "leader_training_sessions" and target.reading == "each_tier":
        city = indicator_values("city_training_sessions", tallies, groups)
        each = indicator_values("district_training_sessions", tallies, np.eye(tallies.shape[1]))
        return np.minimum(city, each.min(axis=1, keepdims=True))
    return values


def months_checked(target: Target, inputs: Inputs) -> list[int]:
    """Month indices at whose end the target is checked."""
    if target.months is not None:
        return list(target.months)
    if not target.every_year:
        return [target.by] if target.by is not None else []
    first = max(inputs.plan_from, 0)
    last = inputs.deadline if inputs.deadline >= 0 else inputs.months - 1
    found = []
    for t in range(first, last + 1):
        full_year = t - first >= 11
        if inputs.year_month(t)[1] == 12 and full_year:
            found.append(t)
    return found


def _worst(target: Target, values: np.ndarray) -> float:
    """The figure of the group on which the target hangs."""
    ordered = np.sort(values) if target.sense == "<=" else np.sort(values)[::-1]
    needed = target.scope_count if target.scope_count is not None else len(ordered)
    return float(ordered[needed - 1])


def measured(target: Target, tallies: np.ndarray, inputs: Inputs, counts: str | None = None) -> float:
    """The figure that is compared with the threshold: in the worst year, of the group on which it hangs."""
    values = _values(target, tallies, inputs, counts if counts is not None else target.counts)
    figures = [_worst(target, values[t]) for t in months_checked(target, inputs)]
    if not figures or np.isnan(figures).any():
        return float("nan")
    if target.indicator in COVERAGE and target.reading == "each_district":
        return _coverage_in_each(target, tallies, inputs, counts or target.counts)
    return min(figures) if target.sense == ">=" else max(figures)


def course(target: Target, tallies: np.ndarray, inputs: Inputs, counts: str | None = None) -> np.ndarray:
    """The figure that the target hangs on at the end of every month: (months,), nan where it is undefined."""
    counting_way = counts if counts is not None else target.counts
    if target.indicator in COVERAGE and target.reading == "each_district":
        return _share_of_need(target, tallies, inputs, counting_way).min(axis=1) * target.threshold
    return np.array([_worst(target, row) for row in _values(target, tallies, inputs, counting_way)])


def passes(target: Target, figure: np.ndarray) -> np.ndarray:
    """Whether figures reach the target's threshold; an undefined one (nan) does not."""
    return figure >= target.threshold - 1e-9 if target.sense == ">=" else figure <= target.threshold + 1e-9


def first_reached(target: Target, tallies: np.ndarray, inputs: Inputs) -> int:
    """The first month at whose end the target's figure passes its threshold, -1 if it never does."""
    passed = np.flatnonzero(passes(target, course(target, tallies, inputs)))
    return int(passed[0]) if len(passed) else -1


def _coverage_in_each(target: Target, tallies: np.ndarray, inputs: Inputs, counts: str) -> float:
    """Reading “rounded up in each district”: the worst district's share of what it needs, times the threshold.

    A district reaches the target when it has the threshold's share of its streets, rounded up.
    """
    share = _share_of_need(target, tallies, inputs, counts)
    return float(min(share[t].min() for t in months_checked(target, inputs))) * target.threshold


def _share_of_need(target: Target, tallies: np.ndarray, inputs: Inputs, counts: str) -> np.ndarray:
    """Streets with a hub over those that the threshold asks for, by month and district."""
    stem = "streets_with_effective_hub" if counting(target, counts).endswith("effective") else "streets_with_hub"
    hubs = indicator_values(stem, tallies, np.eye(tallies.shape[1]))
    streets = np.bincount(inputs.place.street_district, minlength=tallies.shape[1])
    return hubs / np.maximum(np.ceil(target.threshold * streets - 1e-9), 1)


def reached(target: Target, tallies: np.ndarray, inputs: Inputs, counts: str | None = None) -> bool:
    """Whether a run reaches the target (never, where the figure is undefined)."""
    return bool(passes(target, np.array(measured(target, tallies, inputs, counts))))
