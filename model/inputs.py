"""What a run needs: the model's input type. A scenario file compiles to it; a notebook may build one by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .place import Place
from .text import Text
from .vocabulary import Parameter, levers

if TYPE_CHECKING:
    from .posterior import Posterior

FUNDERS = ("city", "district_bureau", "street", "lottery", "livelihood_projects", "community_fund")
SHOCKS = ("founding", "service", "hubs", "filing", "training", "money", "exit")
READINGS: dict[str, tuple[str, ...]] = {
    "hub_kinds": ("federations_and_centres", "federations_only"),
    "sessions": ("all_tiers_together", "city_level_only", "each_tier"),
    "exemplars": ("together", "each"),
    "rounding": ("whole_place", "each_district"),
}


def lever_dtype() -> np.dtype:
    """One float64 field per lever, in the order of the table."""
    return np.dtype([(lever.field, np.float64) for lever in levers().values()])


def shock_dtype() -> np.dtype:
    """One multiplier per thing that a shock can hit (1 = as usual)."""
    return np.dtype([(name, np.float64) for name in SHOCKS])


def neutral_timetable(months: int, districts: int) -> np.ndarray:
    """A timetable in which no policy is in force: (months, districts) records."""
    table = np.zeros((months, districts), lever_dtype())
    for lever in levers().values():
        table[lever.field] = lever.neutral
    return table


def no_shocks(months: int, districts: int) -> np.ndarray:
    """A timetable of multipliers that are all 1."""
    table = np.zeros((months, districts), shock_dtype())
    for name in SHOCKS:
        table[name] = 1.0
    return table


class FunderPlan(NamedTuple):
    """A kind of funder: the yearly budget of each of its units, by month of the calendar."""

    budget_yuan: np.ndarray  # (months,) yuan per year per unit, as in force in that month
    fiscal_month: int = 1  # the month (1-12) in which the year's money arrives
    carry_over: bool = False  # whether what is unspent survives the next arrival
    share_for_organizations: float = 1.0


class Origin(NamedTuple):
    """Where a value came from."""

    file: str
    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Target:
    """One aim of a plan that can be checked."""

    id: str
    label: Text
    clause: str
    indicator: str
    sense: str  # ">=" or "<="
    threshold: float
    by: int | None  # month index at whose end it is checked
    every_year: bool  # checked in each plan year instead
    scope: str  # "whole", "every district", "every prefecture"
    scope_count: int | None  # how many of them must reach it (None: all)
    counts: str  # "nominal", "effective" or ""
    reading: str
    months: tuple[int, ...] | None = None  # month indices at which it is checked, if not those of the scenario's plan


@dataclass(frozen=True)
class Inputs:
    """Everything that decides a forecast, apart from the draws."""

    name: Text
    scenario: str
    first_year: int
    first_month: int
    months: int
    place: Place
    timetable: np.ndarray
    shocks: np.ndarray
    clean_up: np.ndarray
    funders: dict[str, FunderPlan]
    parameters: dict[str, Parameter]  # their beliefs; of names that a posterior holds, its marginals
    plan_from: int = -1  # first month in which the plan is in force, -1: no plan
    deadline: int = -1  # last month that the plan's assessment looks at, -1: none
    checks: tuple[int, ...] = ()
    readings: dict[str, str] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    draws: int = 100
    replicates: int = 10
    seed: int = 1
    origin: dict[str, Origin] = field(default_factory=dict)
    posterior: Posterior | None = None  # where some parameters are drawn jointly; use uncertainty.parameters_of_draw

    def year_month(self, month: int) -> tuple[int, int]:
        """Calendar year and month (1-12) of a month index."""
        ordinal = self.first_year * 12 + self.first_month - 1 + month
        return ordinal // 12, ordinal % 12 + 1

    def month_index(self, year: int, month: int) -> int:
        """Month index of a calendar month (may lie outside the horizon)."""
        return (year - self.first_year) * 12 + month - self.first_month

    @property
    def years(self) -> list[int]:
        """Calendar years that the horizon touches."""
        return list(range(self.year_month(0)[0], self.year_month(self.months - 1)[0] + 1))
