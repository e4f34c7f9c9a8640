"""The month: seventeen processes in one order, and the loop that runs months one after another."""

from __future__ import annotations

import numpy as np

from .compiled import compiled, entry
from .grouping import index_by_community, regroup
from .processes.budgets import budgets
from .processes.calls import calls
from .processes.evaluation import evaluation
from .processes.exits import exits
from .processes.founding import count_births, founding
from .processes.growth import growth
from .processes.hubs import hubs
from .processes.incubation import incubation
from .processes.ladder import ladder
from .processes.mentoring import MOST_A_MONTH, mentoring
from .processes.needs import needs
from .processes.party import party
from .processes.policy import policy
from .processes.pressure import pressure
from .processes.record import record
from .processes.service import service
from .processes.training import training
from .world import World

PROCESSES = ("policy", "pressure", "needs", "hubs", "founding", "budgets", "incubation", "training", "mentoring",
             "calls", "service", "growth", "party", "ladder", "evaluation", "exits", "record")
TIDY_EVERY = 6  # months between physical sortings of the organizations by community


@compiled
def before_births(w: World) -> None:
    """The month up to founding; counts how much room the newborn need."""
    w.tallies[:] = 0.0
    policy(w)
    pressure(w)
    needs(w)
    hubs(w)
    now = w.clock[0]
    now.room_needed = now.organizations + count_births(w) + MOST_A_MONTH * len(w.districts)


@compiled
def after_births(w: World) -> None:
    """The month from founding on."""
    founding(w)
    budgets(w)
    regroup(w)
    incubation(w)
    training(w)
    mentoring(w)
    calls(w)
    service(w)
    growth(w)
    party(w)
    ladder(w)
    evaluation(w)
    exits(w)
    record(w)


@compiled
def tidy(w: World, spare: np.ndarray) -> None:
    """Drops the rows of dissolved organizations and sorts the others by community."""
    index_by_community(w)
    alive = w.first[len(w.communities)]
    for i in range(alive):
        spare[i] = w.organizations[w.order[i]]
    w.organizations[:alive] = spare[:alive]
    w.clock[0].organizations = alive
    index_by_community(w)


@entry
def run_months(w: World, end: int, tallies: np.ndarray, ledgers: np.ndarray) -> int:
    """Goes on to month `end`; fills `tallies` (months, districts, tallies) and `ledgers` (years, accounts, instruments).

    Returns the month reached. It is less than `end` where the newborn need more room than the arrays have: the
    caller enlarges them and calls again.
    """
    now = w.clock[0]
    while now.month < end:
        t = now.month
        if now.half_done == 0:
            now.month_of_year = w.calendar[t].month_of_year
            w.ledger[:] = ledgers[w.calendar[t].year]
            before_births(w)
            now.half_done = 1
        if now.room_needed > len(w.organizations):
            return t
        after_births(w)
        now.half_done = 0
        tallies[t] = w.tallies
        ledgers[w.calendar[t].year] = w.ledger
        if t % TIDY_EVERY == TIDY_EVERY - 1:
            tidy(w, np.empty(now.organizations, w.organizations.dtype))
        now.month = t + 1
    return end
