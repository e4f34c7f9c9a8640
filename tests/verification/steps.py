"""Continuous rules in finer steps than a month: each rule's own month gives the speed of its variable.

Everything but the variable is frozen, so that the month's step is Euler's step of a differential equation whose
right-hand side is the rule itself: twelve times what a month changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from miaopu.model.codes import FILED, MATURE, WORKING
from miaopu.model.world import World
from miaopu.tests.model import calling
from miaopu.tests.model.worlds import inputs, organizations, place, set_levers, world
from miaopu.tests.verification.quiet import HUBS_LAST, NO_NEW_HUBS

FROZEN = ("organizations", "communities", "streets", "districts", "hubs", "funders", "ledger", "clock")
PARTS = ("governance", "service", "finance", "leadership")


class Rule(NamedTuple):
    """A continuous rule alone: the process that holds it, and the variable that moves."""

    process: Callable[[World], object]
    kind: str
    names: tuple[str, ...]
    w: World

    def rates(self, x: np.ndarray) -> np.ndarray:
        """Speed per year at the state `x`: a month of the process, everything else put back afterwards."""
        before = {name: getattr(self.w, name).copy() for name in FROZEN}
        self.write(x)
        self.process(self.w)
        changed = 12.0 * (self.read() - x)
        for name, array in before.items():
            getattr(self.w, name)[:] = array
        return changed

    def read(self) -> np.ndarray:
        """The moving variable, of the first row."""
        return np.array([getattr(self.w, self.kind)[name][0] for name in self.names])

    def write(self, x: np.ndarray) -> None:
        """Sets it."""
        for name, value in zip(self.names, x, strict=True):
            getattr(self.w, self.kind)[name][0] = value


def rule(name: str) -> Rule:
    """One of `RULES` by name, in a world where its variable is far from rest."""
    process, kind, names, start, levers = RULES[name]
    w = world(inputs(place(1, 1, 1, hub=1)), 1, **(NO_NEW_HUBS | HUBS_LAST | {"leader_turnover": 0.0}))
    organizations(w, 1, ladder=FILED, stage=MATURE, support=0.6, trained=0.5, mentored=12, mentor_level=0.8, gift=1.2,
                  public12=4e5, own12=5e4, cash=10**6)  # fmt: skip
    w.hubs["status"][0], w.hubs["staff"][0], w.hubs["commissioned"][0], w.hubs["cash"][0] = WORKING, 1, 1, 10**9
    set_levers(w, **levers)
    made = Rule(process, kind, names, w)
    made.write(np.full(len(names), start))
    return made


def euler(of: Rule, months: int, steps: int) -> np.ndarray:
    """The course of the variable at the end of each month, with so many steps a month: (months + 1, variables)."""
    x = of.read()
    course = [x]
    for _ in range(months):
        for _ in range(steps):
            x = x + of.rates(x) / (12.0 * steps)
        course.append(x)
    return np.array(course)


def exact(of: Rule, months: int) -> np.ndarray:
    """The same of the differential equation itself."""
    from scipy.integrate import solve_ivp

    at = np.arange(months + 1) / 12.0
    found = solve_ivp(lambda _, x: of.rates(x), (0.0, at[-1]), of.read(), "LSODA", at, rtol=1e-8, atol=1e-10)
    return np.asarray(found.y).T


def gap(one: np.ndarray, other: np.ndarray) -> float:
    """Largest difference in any month, as a share of how far the variable moves."""
    return float(np.abs(one - other).max() / np.abs(other - other[0]).max())


# Name: process, kind of agent, variables, where they start, levers.
RULES: dict[str, tuple[Callable[[World], object], str, tuple[str, ...], float, dict[str, float]]] = {
    "capabilities": (calling.run_growth, "organizations", PARTS, 0.05, {"hubs_service_lines": 0.5}),
    "members": (calling.run_growth, "organizations", ("members",), 6.0, {}),
    "activity": (calling.run_service, "organizations", ("activity",), 0.0, {}),
    "trust": (calling.run_service, "communities", ("trust",), 0.1, {"activities_consultation": 1.0}),
    "volunteering": (calling.run_service, "communities", ("volunteering",), 0.01, {"social_pooling": 1.0}),
    "hub quality": (calling.run_hubs, "hubs", ("quality",), 0.1, {"hubs_annual_support": 120_000.0}),
    "venue": (calling.run_needs, "communities", ("venue",), 0.1, {"venues_shared": 1.0}),
    "licences": (calling.run_training, "districts", ("licensed",), 0.0, {"training_exam_support": 1.0}),
    "talent": (calling.run_training, "districts", ("talent",), 0.0, {"training_talent_pool": 100.0}),
    "own plan": (calling.run_pressure, "districts", ("plan",), 0.0, {"guidance_local_plans": 1.0}),
    "publicity": (calling.run_pressure, "districts", ("publicity",), 0.0, {"guidance_publicity": 1.0}),
    "filing staff": (calling.run_ladder, "streets", ("filing_staff",), 0.0, {"ladder_filing_staff": 2.0}),
}
