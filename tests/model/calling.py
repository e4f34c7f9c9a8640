"""The processes of the month one by one, and a few small rules: compiled rules cannot be called from Python."""

from __future__ import annotations

import numpy as np

from miaopu.model import grouping
from miaopu.model.codes import CUSTODY, GROWTH, LADDER_UP, PARTY
from miaopu.model.compiled import entry
from miaopu.model.draws import bits, child_key, draw, happens, monthly, poisson, stream
from miaopu.model.processes.budgets import budgets
from miaopu.model.processes.calls import calls
from miaopu.model.processes.custody import keep_in_custody
from miaopu.model.processes.evaluation import evaluation
from miaopu.model.processes.exits import exits
from miaopu.model.processes.founding import count_births, founding
from miaopu.model.processes.growth import grow
from miaopu.model.processes.hubs import hubs
from miaopu.model.processes.incubation import advance, give_support, incubation
from miaopu.model.processes.ladder import climb, staff_streets
from miaopu.model.processes.mentoring import mentoring
from miaopu.model.processes.needs import needs
from miaopu.model.processes.party import build, instruct
from miaopu.model.processes.policy import policy
from miaopu.model.processes.pressure import pressure
from miaopu.model.processes.record import gini, record
from miaopu.model.processes.service import open_books, respond_all, serve
from miaopu.model.processes.training import forget, kept, training
from miaopu.model.world import World


@entry
def run_policy(w: World) -> None:
    policy(w)


@entry
def run_pressure(w: World) -> None:
    pressure(w)


@entry
def run_needs(w: World) -> None:
    needs(w)


@entry
def run_hubs(w: World) -> None:
    hubs(w)


@entry
def run_count_births(w: World) -> int:
    return count_births(w)


@entry
def run_founding(w: World) -> None:
    founding(w)


@entry
def run_budgets(w: World) -> None:
    budgets(w)


@entry
def run_incubation(w: World) -> None:
    incubation(w)
    now, p = w.clock[0], w.parameters[0]
    for i in range(now.organizations):
        org = w.organizations[i]
        if org.alive == 1:
            d = org.district
            give_support(w, org, w.streets[org.street], w.districts[d], w.levers[d], now, p)
            advance(w, org)


@entry
def run_training(w: World) -> None:
    training(w)


@entry
def run_forgetting(w: World) -> None:
    for i in range(w.clock[0].organizations):
        forget(w.organizations[i], kept(w.parameters[0]))


@entry
def run_mentoring(w: World) -> None:
    mentoring(w)


@entry
def run_calls(w: World) -> None:
    calls(w)


@entry
def run_custody(w: World) -> None:
    now = w.clock[0]
    luck = stream(now.seed, now.month, CUSTODY)
    for i in range(now.organizations):
        if w.organizations[i].alive == 1:
            keep_in_custody(w, w.organizations[i], luck)


@entry
def run_service(w: World) -> None:
    open_books(w)
    for i in range(w.clock[0].organizations):
        org = w.organizations[i]
        if org.alive == 1:
            shock = w.shocks[w.clock[0].month, org.district].service
            serve(org, w.communities[org.community], w.levers[org.district], shock, w.parameters[0])
    respond_all(w)


@entry
def run_growth(w: World) -> None:
    now = w.clock[0]
    luck = stream(now.seed, now.month, GROWTH)
    for i in range(now.organizations):
        org = w.organizations[i]
        if org.alive == 1:
            d = org.district
            grow(w, org, w.communities[org.community], w.districts[d], w.levers[d], luck, w.parameters[0])


@entry
def run_party(w: World) -> None:
    now = w.clock[0]
    luck = stream(now.seed, now.month, PARTY)
    instruct(w)
    for i in range(now.organizations):
        org = w.organizations[i]
        if org.alive == 1 and org.active == 1:
            build(org, w.streets[org.street], w.levers[org.district], luck, w.parameters[0])


@entry
def run_ladder(w: World) -> None:
    now = w.clock[0]
    luck = stream(now.seed, now.month, LADDER_UP)
    staff_streets(w)
    for i in range(now.organizations):
        if w.organizations[i].alive == 1:
            climb(w, w.organizations[i], now, luck)


@entry
def run_evaluation(w: World) -> None:
    evaluation(w)


@entry
def run_exits(w: World) -> None:
    exits(w)


@entry
def run_record(w: World) -> None:
    w.tallies[:] = 0.0
    record(w)


@entry
def regroup(w: World) -> None:
    grouping.regroup(w)


@entry
def best(scores: np.ndarray, count: int) -> np.ndarray:
    return grouping.best(scores, count)


@entry
def gini_of(values: np.ndarray) -> float:
    return gini(values)


@entry
def outputs(luck: np.uint64, key: np.uint64, count: int) -> np.ndarray:
    """The first `count` outputs of 64 bits of one agent's generator."""
    found = np.empty(count, np.uint64)
    for k in range(count):
        found[k] = bits(luck, key, k)
    return found


@entry
def streams(seeds: np.ndarray, months: np.ndarray, processes: np.ndarray) -> np.ndarray:
    """The luck of many seeds, months and processes."""
    found = np.empty(len(seeds), np.uint64)
    for i in range(len(seeds)):
        found[i] = stream(seeds[i], months[i], processes[i])
    return found


@entry
def uniform_numbers(lucks: np.ndarray, keys: np.ndarray, ks: np.ndarray) -> np.ndarray:
    """One uniform number for each luck, key and index."""
    found = np.empty(len(lucks))
    for i in range(len(lucks)):
        found[i] = draw(lucks[i], keys[i], ks[i])
    return found


@entry
def poisson_counts(mean: float, luck: np.ndarray) -> np.ndarray:
    """Poisson counts for many uniform numbers."""
    found = np.empty(len(luck), np.int64)
    for i in range(len(luck)):
        found[i] = poisson(mean, luck[i])
    return found


@entry
def happenings(rate: float, luck: np.uint64, keys: np.ndarray) -> tuple[float, int]:
    """The monthly chance of a yearly rate, and to how many agents it happens."""
    count = 0
    for i in range(len(keys)):
        count += happens(rate, luck, keys[i], 0)
    return monthly(rate), count


@entry
def newborn_keys(parents: np.ndarray, months: np.ndarray, ordinals: int) -> np.ndarray:
    """Keys of the first newborn of every parent in every month."""
    found = np.empty((len(parents), len(months), ordinals), np.uint64)
    for i in range(len(parents)):
        for j in range(len(months)):
            for k in range(ordinals):
                found[i, j, k] = child_key(parents[i], months[j], k)
    return found.ravel()
