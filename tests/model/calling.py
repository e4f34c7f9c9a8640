"""The processes of the month one by one, and a few small rules: compiled rules cannot be called from Python."""

from __future__ import annotations

import numpy as np

from miaopu.model import grouping
from miaopu.model.codes import CUSTODY, EXIT, GROWTH, LADDER_UP, PARTY
from miaopu.model.compiled import compiled, entry
from miaopu.model.draws import bits, child_key, draw, happens, monthly, poisson, stream
from miaopu.model.processes.budgets import budgets
from miaopu.model.processes.calls import calls, start_up
from miaopu.model.processes.custody import hold_money, keep_in_custody
from miaopu.model.processes.evaluation import evaluation
from miaopu.model.processes.exits import leave
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
from miaopu.model.processes.record import gini, record_districts, record_organization, record_place, record_streets
from miaopu.model.processes.service import open_books, respond, serve
from miaopu.model.processes.training import forget, kept, training
from miaopu.model.world import World


@compiled
def start_ups(w: World) -> None:
    for i in range(w.clock[0].organizations):
        org = w.organizations[i]
        if org.alive == 1:
            start_up(w, org, w.levers[org.district])


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
    grouping.count_all(w)  # as at the end of the month before
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
    start_ups(w)


@entry
def run_custody(w: World) -> None:
    now = w.clock[0]
    luck = stream(now.seed, now.month, CUSTODY)
    hold_money(w)
    for i in range(now.organizations):
        org = w.organizations[i]
        if org.alive == 1:
            keep_in_custody(w, org, w.streets[org.street], w.levers[org.district], luck, w.parameters[0])


@entry
def run_service(w: World) -> None:
    for c in range(len(w.communities)):
        open_books(w.communities[c])
    for i in range(w.clock[0].organizations):
        org = w.organizations[i]
        if org.alive == 1:
            shock = w.shocks[w.clock[0].month, org.district].service
            serve(org, w.communities[org.community], w.levers[org.district], shock, w.parameters[0])
    for c in range(len(w.communities)):
        place = w.communities[c]
        respond(place, w.districts[place.district], w.levers[place.district], w.parameters[0])


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
        org = w.organizations[i]
        if org.alive == 1:
            d = org.district
            climb(w, org, w.streets[org.street], w.districts[d], w.levers[d], now, luck, w.parameters[0])


@entry
def run_evaluation(w: World) -> None:
    evaluation(w)


@entry
def run_exits(w: World) -> None:
    now = w.clock[0]
    luck = stream(now.seed, now.month, EXIT)
    for i in range(now.organizations):
        org = w.organizations[i]
        if org.alive == 1:
            shock = w.shocks[now.month, org.district].exit
            leave(w, org, w.levers[org.district], shock, now, luck, w.parameters[0])


@entry
def run_record(w: World) -> None:
    w.tallies[:] = 0.0
    grouping.count_all(w)
    for i in range(w.clock[0].organizations):
        org = w.organizations[i]
        if org.alive == 1:
            record_organization(org, w.communities[org.community], w.tallies[org.district], w.parameters[0])
    for c in range(len(w.communities)):
        record_place(w.communities[c], w.tallies[w.communities[c].district])
    record_streets(w)
    record_districts(w)


@entry
def regroup(w: World) -> None:
    grouping.count_all(w)
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
