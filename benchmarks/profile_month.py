"""Where the time of a month goes: ns per organization-month of each process, and of each rule in the one big loop.

    python benchmarks/profile_month.py                      # Shenzhen and Hunan
    python benchmarks/profile_month.py nation --repeats 1

Statements of the month are called one by one from Python; the result is compared with that of an ordinary run. In
the second table the loop over organizations (`live`) runs once for each of its rules: their sum against the one loop
shows what it saves to read each organization once. Processor time; compiling the steps takes about a minute.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from helpers import HUNAN, SHENZHEN, inputs_of, organization_months, print_machine
from steps import LIVE, Steps, take_apart

from miaopu.model.inputs import Inputs
from miaopu.model.simulation import begin, layout_of, simulate
from miaopu.model.world import World


def make_room(world: World) -> None:
    """Rows for thrice the organizations of the start, so that no month needs more."""
    for name in ("organizations", "order"):
        old = getattr(world, name)
        new = np.zeros(3 * len(old), old.dtype)
        new[: len(old)] = old
        world.put(name, new)


def timed(steps: Steps, world: World, step: int, spent: np.ndarray) -> None:
    """Runs one step and adds its nanoseconds."""
    begun = time.process_time_ns()
    steps.run(world, step)
    spent[step] += time.process_time_ns() - begun


def profiled(steps: Steps, order: list[int], inputs: Inputs, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Nanoseconds of each step over a whole run, and the run's tallies."""
    layout, nothing = layout_of(inputs), len(steps.names) - 1
    world, spent = begin(inputs, None, seed), np.zeros(len(steps.names))
    make_room(world)
    tallies, ledgers = np.zeros((inputs.months, layout.districts, layout.tallies)), np.zeros(layout.ledger_shape, int)
    for month, today in enumerate(world.calendar):
        world.clock["month_of_year"] = today["month_of_year"]
        world.ledger[:] = ledgers[today["year"]]
        for step in order:
            timed(steps, world, step, spent)
        timed(steps, world, nothing, spent)
        if world.clock["room_needed"][0] > len(world.organizations):
            raise SystemExit(f"{inputs.scenario} grows beyond what was made room for")
        tallies[month], ledgers[today["year"]] = world.tallies, world.ledger
        world.clock["month"] += 1
    return np.maximum(0.0, spent - spent[nothing]), tallies


def compare(steps: Steps, inputs: Inputs, seed: int) -> float:
    """Organization-months of an ordinary run; stops where the run taken apart has another result."""
    ordinary = simulate(inputs, None, seed).tallies
    apart = profiled(steps, steps.whole, inputs, seed)[1]
    if not np.array_equal(ordinary, apart):
        raise SystemExit("the month taken apart gives another result: benchmarks/steps.py reads it wrongly")
    return organization_months(ordinary)


def print_table(title: str, steps: Steps, shown: list[int], each: np.ndarray, total: str) -> None:
    """Median ns per organization-month and share of each step; what takes no time is left out."""
    middle, low, high = np.median(each, axis=0), each.min(axis=0), each.max(axis=0)
    whole = middle[shown].sum()
    print(f"\n| {title} | ns per organization-month | lowest to highest | share |")
    print("|---|---:|---|---:|")
    for step in shown:
        if middle[step] >= 0.05:
            share = f"{middle[step] / whole:.0%}"
            print(f"| {steps.names[step]} | {middle[step]:.1f} | {low[step]:.1f} to {high[step]:.1f} | {share} |")
    print(f"| {total} | {whole:.1f} | | 100% |", flush=True)


def report(steps: Steps, name: str, repeats: int) -> None:
    """Both tables of one scenario."""
    inputs = inputs_of(name)
    months = compare(steps, inputs, 1)
    whole = np.array([profiled(steps, steps.whole, inputs, 1)[0] for _ in range(repeats)]) / months
    apart = np.array([profiled(steps, steps.apart, inputs, 1)[0] for _ in range(repeats)]) / months
    apart[:, steps.loop[1:]] -= apart[:, [steps.loop[0]]]  # each rule's own loop
    print_table(f"{name}: processes", steps, steps.whole, whole, "**the month**")
    rules = [step for step in steps.apart if step not in steps.whole]
    print_table(f"{name}: rules of `{LIVE}`, a loop each", steps, rules, np.maximum(0.0, apart), "**their sum**")


def main() -> None:
    """Two tables for each scenario asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", default=[SHENZHEN, HUNAN])
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    print_machine()
    steps = take_apart()
    for name in asked.scenarios:
        report(steps, name, asked.repeats)


if __name__ == "__main__":
    main()
