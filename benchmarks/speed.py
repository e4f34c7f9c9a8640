"""How fast the model is: single runs, sweeps on several cores and starts, all measured in one go so that ratios hold.

    python benchmarks/speed.py                     # everything, some fifteen minutes on four idle cores
    python benchmarks/speed.py --only runs --repeats 3
    python benchmarks/speed.py --only sweep starts --runs 200

Single runs are made in a process for each scenario, so that its peak memory is its own; what is compiled or loaded
by a first run is left out. Time per organization-month is processor time; seconds are wall time. Where the plain
second implementation is there (`tests/oracle`), the same processes run it too.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from helpers import (
    HUNAN,
    NATION,
    SHENZHEN,
    inputs_of,
    load,
    middle_and_least,
    most_resident,
    organization_months,
    plain_implementation,
    print_machine,
    shortened,
)

from miaopu import scenarios
from miaopu.experiments.pool import run_all
from miaopu.model.inputs import Inputs
from miaopu.model.simulation import begin, simulate
from miaopu.model.uncertainty import run_seed

GOALS = {SHENZHEN: 40, HUNAN: 40, NATION: 50}  # ns per organization-month
PLAIN_MONTHS = {SHENZHEN: 12, HUNAN: 3}  # months that the plain implementation runs; the nation is too large for it
WORKERS = (1, 2, 4)
SWEEP_MONTHS = 48
FIRST_RESULT = {
    "one run of Shenzhen from Python": (
        "-c",
        "from miaopu import scenarios\nfrom miaopu.model.simulation import simulate\n"
        f"simulate(scenarios.load('{SHENZHEN}'), None, 1)",
    ),
    "`miaopu forecast town --draws 1 --replicates 1`": (
        *("-m", "miaopu", "forecast", "town", "--draws", "1", "--replicates", "1", "--workers", "1"),
        *("--out", "{out}"),
    ),
}


def one_run(inputs: Inputs, seed: int) -> dict[str, float]:
    """Wall and processor seconds of a run, of its start alone, and organization-months."""
    begun = time.perf_counter()
    begin(inputs, None, seed)
    start, wall, processor = time.perf_counter() - begun, time.perf_counter(), time.process_time()
    tallies = simulate(inputs, None, seed).tallies
    seconds = time.perf_counter() - wall
    return {
        "start": start,
        "seconds": seconds,
        "work": organization_months(tallies),
        "each": 1e9 * (time.process_time() - processor) / organization_months(tallies),
    }


def plain_run(name: str) -> float:
    """Processor time of the plain implementation in ns per organization-month, nan where it is not there."""
    plain = plain_implementation()
    if plain is None or name not in PLAIN_MONTHS:
        return float("nan")
    inputs = shortened(inputs_of(name), PLAIN_MONTHS[name])
    begun = time.process_time()
    tallies = plain(inputs, None, 1).tallies
    return 1e9 * (time.process_time() - begun) / organization_months(tallies)


def runs_of(name: str, repeats: int) -> dict[str, Any]:
    """In a process of its own: a run that is not counted, then `repeats` runs, then peak memory."""
    simulate(scenarios.load("town"), None, 1)
    inputs = inputs_of(name)
    found = [one_run(inputs, seed) for seed in range(repeats + 1)][1:]
    least = {key: [run[key] for run in found] for key in found[0]}
    return {**least, "memory": most_resident(), "months": inputs.months, "plain": plain_run(name)}


def child(*arguments: str) -> dict[str, Any]:
    """This file in a fresh process; what it found."""
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, text=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def print_runs(names: list[str], repeats: int) -> None:
    """A line for each scenario."""
    print(f"\nSingle runs on one core, median (lowest) of {repeats}:\n")
    print("| scenario | months | organization-months | start, s | whole run, s | ns per organization-month | goal "
          "| most memory, MB | plain implementation, ns | times as fast |")  # fmt: skip
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for name in names:
        run = child("--runs-of", name, "--repeats", str(repeats))
        each = statistics.median(run["each"])
        plain = f"{run['plain']:,.0f} | {run['plain'] / each:,.0f}" if run["plain"] > 0 else "— | —"
        print(
            f"| {name} | {run['months']} | {statistics.median(run['work']):,.0f} "
            f"| {middle_and_least(run['start'], '.3f')} | {middle_and_least(run['seconds'], '.2f')} "
            f"| {middle_and_least(run['each'], '.1f')} | {GOALS[name]} | {run['memory']:.0f} | {plain} |",
            flush=True,
        )
    if plain_implementation() is not None:
        told = ", ".join(f"the first {months} of {name}" for name, months in PLAIN_MONTHS.items())
        print(f"\nThe plain implementation ran {told}; its whole runs are extrapolated from these months.")


def sweep_run(inputs: Inputs, replicate: int) -> float:
    """One run of a sweep; a figure is sent back so that the run is really made."""
    return float(simulate(inputs, None, run_seed(1, 0, replicate)).tallies[-1].sum())


def sweep(inputs: Inputs, runs: int, workers: int) -> tuple[float, float]:
    """Runs per second once workers are at work (after a quarter of the results), and with their start included."""
    begun, arrived = time.perf_counter(), []
    failures = run_all(sweep_run, inputs, list(range(runs)), lambda *_: arrived.append(time.perf_counter()), workers)
    if failures:
        raise SystemExit(failures[0].error)
    quarter = runs // 4
    return (runs - quarter) / (arrived[-1] - arrived[quarter - 1]), runs / (time.perf_counter() - begun)


def print_sweep(inputs: Inputs, runs: int, repeats: int) -> None:
    """Runs per second on 1, 2 and 4 workers, interleaved so that noise falls on all alike."""
    each = max(40, runs // 4)
    found: dict[int, list[tuple[float, float]]] = {workers: [] for workers in WORKERS}
    for _ in range(repeats):
        for workers in WORKERS:
            found[workers].append(sweep(inputs, each, workers))
    print(f"\nSweeps of {each} runs of Shenzhen over {inputs.months} months (load {load()}):\n")
    print("| workers | runs a second once at work, median (highest) | times one worker | with the workers' start |")
    print("|---:|---:|---:|---:|")
    for workers, rates in found.items():
        at_work, whole = zip(*rates, strict=True)
        ratio = statistics.median(at_work) / statistics.median(rate for rate, _ in found[WORKERS[0]])
        middle = statistics.median(at_work)
        print(f"| {workers} | {middle:.1f} ({max(at_work):.1f}) | {ratio:.2f} | {statistics.median(whole):.1f} |")
    seconds = runs / sweep(inputs, runs, max(WORKERS))[1]
    print(f"\n{runs:,} runs of Shenzhen over {inputs.months} months took {seconds:.0f} s on {max(WORKERS)} workers.")


def seconds_of(arguments: tuple[str, ...], cache: str, out: str) -> float:
    """Wall seconds of Python with these arguments in a fresh process with this cache folder."""
    command = [sys.executable, *(part.format(out=out) for part in arguments)]
    begun = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, "MIAOPU_CACHE": cache}, capture_output=True)
    return time.perf_counter() - begun


def print_starts(repeats: int) -> None:
    """From nothing to the first result, with an empty cache and later."""
    print(f"\nFrom the start of Python to the first result, seconds (load {load()}):\n")
    print(f"| what | first start ever | later, median (lowest) of {repeats} |\n|---|---:|---:|")
    for label, arguments in FIRST_RESULT.items():
        with tempfile.TemporaryDirectory() as cache:
            first, *later = (seconds_of(arguments, cache, f"{cache}/out-{k}") for k in range(repeats + 1))
        print(f"| {label} | {first:.1f} | {middle_and_least(later, '.2f')} |", flush=True)


def main() -> None:
    """What was asked for, or all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=("runs", "sweep", "starts"), default=["runs", "sweep", "starts"])
    parser.add_argument("--scenarios", nargs="+", choices=list(GOALS), default=list(GOALS))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--runs", type=int, default=1000, help="runs of the large sweep")
    parser.add_argument("--runs-of", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.runs_of:
        print(json.dumps(runs_of(asked.runs_of, asked.repeats)))
        return
    print_machine()
    if "runs" in asked.only:
        print_runs(asked.scenarios, asked.repeats)
    if "sweep" in asked.only:
        print_sweep(shortened(scenarios.load(SHENZHEN), SWEEP_MONTHS), asked.runs, asked.repeats)
    if "starts" in asked.only:
        print_starts(asked.repeats)


if __name__ == "__main__":
    main()
