"""Patterns of hubs: how fast they spread, what drives them, and how many are hubs in name only."""

from __future__ import annotations

import numpy as np

from .figures import first_over_fastest, logit_speed, ratio
from .runs import Run, Runs

COVERAGE = "street_hub_coverage"
_RUSH = 6  # months before a date of assessment


def s_shape(runs: Runs) -> float:
    """Coverage gained in the first three years of encouragement over the fastest three."""
    return first_over_fastest(runs["encouraged"].path(COVERAGE), 36)


def speed_encouraged(runs: Runs) -> float:
    """Yearly rise of the logit over eight years."""
    run = runs["encouraged"]
    return logit_speed(run.path(COVERAGE), 96, run.streets)


def speed_mandated(runs: Runs) -> float:
    """Yearly rise of the logit over nineteen months."""
    run = runs["mandated"]
    return logit_speed(run.path(COVERAGE), 19, run.streets)


def two_speeds(runs: Runs) -> float:
    """How many times faster a mandate with money is."""
    return ratio(speed_mandated(runs), speed_encouraged(runs))


def pressure_over_neighbours(runs: Runs) -> float:
    """Coverage after three years: what an order adds, less what imitation adds."""
    last = {name: run.path(COVERAGE)[35] for name, run in runs.items() if name.startswith(("quiet", "ordered"))}
    alone = last["quiet without neighbours"]
    return float((last["ordered without neighbours"] - alone) - (last["quiet"] - alone))


def deadline_rush(runs: Runs) -> float:
    """Rate of founding per missing street in the last half-year before the deadline over that before."""
    return rush(runs["assessed"].first_hub, runs["assessed"].inputs.deadline + 1)


def rush(first_hub: np.ndarray, months: int) -> float:
    """Founding per street-month without a hub: last half-year over the months before. `first_hub`: month, -1 never."""
    month = np.arange(months)
    founded = (first_hub[:, None] == month).sum(axis=0)
    # hubs of the start have their first month in month 0 and are not missing then
    missing = ((first_hub[:, None] >= month) | (first_hub[:, None] < 0)).sum(axis=0)
    late, early = month >= months - _RUSH, (month > 0) & (month < months - _RUSH)
    late_rate, early_rate = (ratio(founded[part].sum(), missing[part].sum()) for part in (late, early))
    return ratio(late_rate, early_rate)


def nominal_at_birth(run: Run, months: int) -> float:
    """Of the hubs founded in the first `months`, the share that are hubs in name only."""
    return ratio(run.history.newborn_nominal[:months].sum(), run.history.newborn_hubs[:months].sum())


def haste_nominal(runs: Runs) -> float:
    """Nominal among the newborn: under assessment less under encouragement with the same money."""
    return nominal_at_birth(runs["assessed"], 36) - nominal_at_birth(runs["encouraged"], 240)


def money_not_nominal(runs: Runs) -> float:
    """Nominal among the newborn under the same order: without money less with money."""
    return nominal_at_birth(runs["ordered"], 36) - nominal_at_birth(runs["assessed"], 36)


def decay(runs: Runs) -> float:
    """Effective coverage two years after policy and money have ended over that at the end."""
    run = runs["mandated"]
    path = run.path("street_hub_coverage_effective")
    return ratio(path[run.month(2023, 12)], path[run.month(2021, 12)])


MEASURES = {
    "hub_s_shape": s_shape,
    "hub_speed_encouraged": speed_encouraged,
    "hub_speed_mandated": speed_mandated,
    "hub_two_speeds": two_speeds,
    "pressure_over_neighbours": pressure_over_neighbours,
    "deadline_rush_hubs": deadline_rush,
    "haste_nominal": haste_nominal,
    "money_not_nominal": money_not_nominal,
    "decay_hubs": decay,
}
