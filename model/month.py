"""The month: seventeen processes in one order, and the loop that runs months one after another."""

from __future__ import annotations

import numpy as np

from .codes import CUSTODY, GROWTH, LADDER_UP, PARTY
from .compiled import compiled, entry
from .draws import stream
from .grouping import index_by_community, regroup
from .processes.budgets import budgets
from .processes.calls import calls
from .processes.custody import keep_in_custody
from .processes.evaluation import evaluation
from .processes.exits import exits
from .processes.founding import count_births, founding
from .processes.growth import grow
from .processes.hubs import hubs
from .processes.incubation import advance, give_support, incubation
from .processes.ladder import climb, staff_streets
from .processes.mentoring import MOST_A_MONTH, mentoring
from .processes.needs import needs
from .processes.party import build, instruct
from .processes.policy import policy
from .processes.pressure import pressure
from .processes.record import record
from .processes.service import open_books, respond_all, serve
from .processes.training import forget, kept, training
from .world import World

# fmt: off
PROCESSES = ("budgets", "policy", "pressure", "needs", "hubs", "founding", "incubation", "training", "mentoring",
             "calls", "service", "growth", "party", "ladder", "evaluation", "exits", "record")
# fmt: on
TIDY_EVERY = 6  # months between physical sortings of the organizations by community


@compiled
def before_births(w: World) -> None:
    """The month up to founding; counts how much room the newborn need."""
    w.tallies[:] = 0.0
    budgets(w)
    policy(w)
    pressure(w)
    needs(w)
    hubs(w)
    now = w.clock[0]
    now.room_needed = now.organizations + count_births(w) + MOST_A_MONTH * len(w.districts)


@compiled
def live(w: World) -> None:
    """One organization after another: support (7), what training leaves (8), custody (10), service (11), growth (12),
    Party building (13) and the ladder (14). Each rule stands in its process's file; memory is read once."""
    now, p = w.clock[0], w.parameters[0]
    holding, growing = stream(now.seed, now.month, CUSTODY), stream(now.seed, now.month, GROWTH)
    building, climbing = stream(now.seed, now.month, PARTY), stream(now.seed, now.month, LADDER_UP)
    share_kept = kept(p)
    staff_streets(w)
    instruct(w)
    open_books(w)
    for i in range(now.organizations):
        org = w.organizations[i]
        if org.alive == 0:
            continue
        place, street = w.communities[org.community], w.streets[org.street]
        district, levers = w.districts[org.district], w.levers[org.district]
        give_support(w, org, street, district, levers, now, p)
        advance(w, org)
        forget(org, share_kept)
        keep_in_custody(w, org, holding)
        serve(org, place, levers, w.shocks[now.month, org.district].service, p)
        grow(w, org, place, district, levers, growing, p)
        if org.active == 1:
            build(org, street, levers, building, p)
        climb(w, org, now, climbing)
    respond_all(w)


@compiled
def after_births(w: World) -> None:
    """The month from founding on."""
    founding(w)
    regroup(w)
    incubation(w)
    training(w)
    mentoring(w)
    calls(w)
    live(w)
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
    """Goes on to month `end`; fills `tallies` (months, districts, tallies) and `ledgers` (by year).

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
