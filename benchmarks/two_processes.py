"""Records or columns? Two real processes in three layouts, with identical draws and identical results.

    python benchmarks/two_processes.py                   # all tables, about six minutes
    python benchmarks/two_processes.py --sizes 10000     # a quick look

Incubation under slots and a month of life (growth, ladder, exit) are written three ways in `layouts/`. Every
way must end in the same state, bit for bit, wherever the rows lie. Timed runs go through an empty cache
folder of their own, so that nothing stale is measured.
"""
import argparse
import importlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from layouts.town import PLACEMENTS, SEED, STREETS, Columns, Town, build_town, build_world

LAYOUTS = ("records", "columns", "scalars")
MONTHS = 12


def in_layout(orgs: np.ndarray, layout: str) -> Any:
    """A fresh copy of the organizations, as records or as columns."""
    if layout == "records":
        return orgs.copy()
    return Columns(*(orgs[name].copy() for name in Columns._fields))


def state_of(orgs: Any, layout: str) -> list[bytes]:
    """Every field, by key: the same wherever the rows lie."""
    columns = [orgs[n] for n in Columns._fields] if layout == "records" else list(orgs)
    by_key = np.argsort(columns[0])
    return [np.ascontiguousarray(column[by_key]).tobytes() for column in columns]


def run(town: Town, layout: str, loops: str) -> tuple[float, float, list[bytes]]:
    """Twelve months: ns per organization-month of incubation and of life, and the final state."""
    module = importlib.import_module(f"layouts.{layout}")
    shared = importlib.import_module("layouts.shared")
    orgs = in_layout(town.organizations, layout)
    rest = (*town[1:], SEED)
    calls = (shared.ALL,) if loops == "one loop" else (shared.GROW, shared.CLIMB, shared.STOP)
    incubation = life = 0
    for month in range(MONTHS):
        begin = time.perf_counter_ns()
        module.incubate(orgs, *rest, month)
        middle = time.perf_counter_ns()
        for which in calls:
            module.live(orgs, *rest, month, which)
        incubation += middle - begin
        life += time.perf_counter_ns() - middle
    work = MONTHS * town.organizations.size
    return incubation / work, life / work, state_of(orgs, layout)


def measure(towns: dict[str, Town], cases: list[tuple[str, str, str]],
            repeats: int) -> dict[tuple, list[tuple]]:
    """Times of each (placement, layout, loops), interleaved so that noise falls on all alike."""
    times: dict[tuple, list[tuple]] = defaultdict(list)
    expected: list[bytes] | None = None
    for repeat in range(repeats + 1):
        for case in cases:
            incubation, life, state = run(towns[case[0]], case[1], case[2])
            expected = expected or state
            if state != expected:
                raise SystemExit(f"{case} ends in another state than {cases[0]}")
            if repeat:  # the first round compiles
                times[case].append((incubation, life))
    return times


def print_speed(count: int, repeats: int) -> None:
    """One table per size: medians, ratio to records in one loop, and the spread of the repetitions."""
    towns = {placement: build_town(count, placement) for placement in PLACEMENTS}
    cases = [("sorted", layout, loops) for layout in LAYOUTS for loops in ("one loop", "loop per rule")]
    cases += [(placement, layout, "one loop") for placement in PLACEMENTS[1:]
              for layout in ("records", "scalars")]
    times = measure(towns, cases, repeats)
    base = statistics.median(sum(pair) for pair in times[cases[0]])
    print(f"\n{count:,} organizations, {STREETS[count]:,} streets (ns per organization-month)\n")
    print("| rows | layout | life in | incubation | life | both | ratio | lowest to highest |")
    print("|---|---|---|---:|---:|---:|---:|---|")
    for case in cases:
        both = [sum(pair) for pair in times[case]]
        incubation, life = (statistics.median(column) for column in zip(*times[case], strict=True))
        middle = statistics.median(both)
        print(f"| {case[0]} | {case[1]} | {case[2]} | {incubation:.1f} | {life:.1f} | {middle:.1f} "
              f"| {middle / base:.2f} | {min(both):.0f} to {max(both):.0f} |", flush=True)


def timed(call: Callable[[], object], times: int = 1) -> float:
    """Seconds per call."""
    begin = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - begin) / times


def first_calls(layout: str) -> str:
    """Seconds of each kernel's first call once Numba itself has started: compiled, or from the cache."""
    importlib.import_module("layouts.shared").monthly(0.1)
    module = importlib.import_module(f"layouts.{layout}")
    if layout == "world":
        arguments: tuple = (build_world(), SEED, 0)
    else:
        town = build_town(10_000)
        arguments = (in_layout(town.organizations, layout), *town[1:], SEED, 0)
    incubation = timed(lambda: module.incubate(*arguments))
    return f"{incubation:.2f} | {timed(lambda: module.live(*arguments, 7)):.2f}"


def print_dispatch() -> None:
    """What one call costs before it does anything, and how long the World's type name is."""
    from numba import njit, typeof

    world = build_world()
    nothing = njit(lambda argument: 0)
    lone_record = world._replace(parameters=world.parameters[0])
    for label, argument in (("one plain array", world.first), ("the World", world),
                            ("the World, its parameters a lone record", lone_record)):
        nothing(argument)
        print(f"a call with {label}: {timed(partial(nothing, argument), 20_000) * 1e6:.1f} us")
    print(f"length of the World's type name: {len(str(typeof(world))):,} characters")


def child(cache: str, *arguments: str, keep: bool = True) -> str:
    """This file in a fresh process with its own cache folder; returns what it printed, or lets it through."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    done = subprocess.run([sys.executable, __file__, *arguments], env=environment, check=True, text=True,
                          stdout=subprocess.PIPE if keep else None)
    return (done.stdout or "").strip()


def print_compile_times() -> None:
    """Cold and cached, each in a fresh process."""
    print("\n| first call, s | incubation, cold | life, cold | incubation, cached | life, cached |")
    print("|---|---:|---:|---:|---:|")
    for layout in (*LAYOUTS, "world"):
        with tempfile.TemporaryDirectory() as cache:
            cold, cached = (child(cache, "--first-calls", layout) for _ in range(2))
        print(f"| {layout} | {cold} | {cached} |", flush=True)
    print()


def main() -> None:
    """Orchestrate: compile times, call costs, then one speed table per size, all in fresh processes."""
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", choices=STREETS, default=list(STREETS))
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--first-calls", help=argparse.SUPPRESS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.first_calls:
        print(first_calls(asked.first_calls))
    elif asked.here:
        print_dispatch()
        for count in asked.sizes:
            print_speed(count, asked.repeats)
    else:
        print_compile_times()
        with tempfile.TemporaryDirectory() as cache:
            child(cache, "--here", *sys.argv[1:], keep=False)


if __name__ == "__main__":
    main()
