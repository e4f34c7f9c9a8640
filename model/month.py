"""The month: seventeen processes in one order, and the loop that runs months one after another."""

from __future__ import annotations

import numpy as np

from .codes import CUSTODY, EXIT, GROWTH, LADDER_UP, PARTY
from .compiled import compiled, entry
from .draws import stream
from .grouping import clear_place, clear_streets, count, count_all, index_by_community, regroup
from .processes.budgets import budgets
from .processes.calls import calls, start_up
from .processes.custody import hold_money, keep_in_custody
from .processes.evaluation import evaluation
from .processes.exits import leave
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
from .processes.record import record_districts, record_organization, record_place, record_streets
from .processes.service import open_books, respond, serve
from .processes.training import forget, kept, training
from .world import World

# fmt: off
PROCESSES = ("budgets", "policy", "pressure", "needs", "hubs", "founding", "incubation", "training", "mentoring",
             "calls", "evaluation", "service", "growth", "party", "ladder", "exits", "record")
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
def prepare(w: World) -> None:
    """What places offer their organizations this month, before each of them lives it."""
    hold_money(w)
    staff_streets(w)
    instruct(w)
    clear_streets(w)
    for c in range(len(w.communities)):
        open_books(w.communities[c])
        clear_place(w.communities[c])


@compiled
def live(w: World) -> None:
    """One organization after another: support (7), what training leaves (8), custody and start-up money (10), service
    (12), growth (13), Party building (14), the ladder (15), exit (16), record (17). Each rule stands in its process's
    file; memory is read once."""
    now, p = w.clock[0], w.parameters[0]
    holding, growing = stream(now.seed, now.month, CUSTODY), stream(now.seed, now.month, GROWTH)
    building, climbing = stream(now.seed, now.month, PARTY), stream(now.seed, now.month, LADDER_UP)
    leaving = stream(now.seed, now.month, EXIT)
    share_kept = kept(p)
    for i in range(now.organizations):
        org = w.organizations[i]
        if org.alive == 0:
            continue
        place, street = w.communities[org.community], w.streets[org.street]
        district, levers, shocks = w.districts[org.district], w.levers[org.district], w.shocks[now.month, org.district]
        give_support(w, org, street, district, levers, now, p)
        advance(w, org)
        forget(org, share_kept)
        keep_in_custody(w, org, street, levers, holding, p)
        start_up(w, org, levers)
        serve(org, place, levers, shocks.service, p)
        grow(w, org, place, district, levers, growing, p)
        if org.active == 1:
            build(org, street, levers, building, p)
        climb(w, org, street, district, levers, now, climbing, p)
        leave(w, org, levers, shocks.exit, now, leaving, p)
        if org.alive == 1:
            count(w, org, place, street)
            record_organization(org, place, w.tallies[org.district], p)


@compiled
def conclude(w: World) -> None:
    """After the organizations: residents respond (12); the tallies of communities, streets and districts (17)."""
    p = w.parameters[0]
    for c in range(len(w.communities)):
        place = w.communities[c]
        respond(place, w.districts[place.district], w.levers[place.district], p)
        record_place(place, w.tallies[place.district])
    record_streets(w)
    record_districts(w)


@compiled
def after_births(w: World) -> None:
    """The month from founding on."""
    founding(w)
    regroup(w)
    incubation(w)
    training(w)
    mentoring(w)
    calls(w)
    evaluation(w)
    prepare(w)
    live(w)
    conclude(w)


@compiled
def sorted_rows(w: World) -> int:
    """Rows that still lie in order of community: those before the first one that was added since the last sorting."""
    for i in range(1, w.clock[0].organizations):
        if w.organizations[i].community < w.organizations[i - 1].community:
            return i
    return w.clock[0].organizations


@compiled
def take_out(w: World, begin: int) -> np.ndarray:
    """Copies of the living rows from `begin` on, one community after another."""
    count = 0
    for i in range(begin, w.clock[0].organizations):
        count += w.organizations[i].alive
    taken = np.empty(count, w.organizations.dtype)
    count = 0
    for row in w.order[: w.first[len(w.communities)]]:
        if row >= begin:
            taken[count] = w.organizations[row]
            count += 1
    return taken


@compiled
def close_up(w: World, end: int) -> int:
    """Moves the living among the first `end` rows together; returns how many they are."""
    count = 0
    for i in range(end):
        if w.organizations[i].alive == 1:
            if count < i:
                w.organizations[count] = w.organizations[i]
            count += 1
    return count


@compiled
def tidy(w: World) -> None:
    """Drops the rows of dissolved organizations and sorts the others by community: the few that were added are merged
    from behind into the many that lie in order, so that no second array of all organizations is needed."""
    index_by_community(w)
    begin = sorted_rows(w)
    added = take_out(w, begin)
    old, new = close_up(w, begin) - 1, len(added) - 1
    w.clock[0].organizations = old + new + 2
    while new >= 0:
        if old >= 0 and w.organizations[old].community > added[new].community:
            w.organizations[old + new + 1] = w.organizations[old]
            old -= 1
        else:
            w.organizations[old + new + 1] = added[new]
            new -= 1


@entry
def run_months(w: World, end: int, tallies: np.ndarray, ledgers: np.ndarray) -> int:
    """Goes on to month `end`; fills `tallies` (months, districts, tallies) and `ledgers` (by year).

    Returns the month reached. It is less than `end` where the newborn need more room than the arrays have: the
    caller enlarges them and calls again.
    """
    now = w.clock[0]
    if now.half_done == 0:
        count_all(w)  # somebody may have changed rows by hand
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
            tidy(w)
        now.month = t + 1
    return end
