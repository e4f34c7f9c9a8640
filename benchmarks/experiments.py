"""What an experiment costs beyond the engine, and how long a large one takes to write, open, sum up and resume.

    python benchmarks/experiments.py                          # everything, some ten minutes on four idle cores
    python benchmarks/experiments.py --only overhead --points 400 --workers 4
    python benchmarks/experiments.py --only store --runs 100000 --folder /tmp/store   # kept there for the next time

The engine's seconds are those of `simulate` inside the very runs of the sweep, so that both meet the same noise; what
is laid out anew because a lever differs at every point counts as overhead. The large experiment has made-up figures
(made_up_store.py); each of its times is taken in a fresh process, with that process's peak memory.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
from helpers import load, middle_and_least, print_machine
from made_up_store import made
from store_steps import in_a_process, seconds_of_status, seconds_to_resume
from timed_sweep import INDICATORS, TIMING, Timed, sweep_of, without_timing

from miaopu.experiments.campaign.carrying_out import carry_out
from miaopu.experiments.campaign.folder import Campaign, begin
from miaopu.experiments.campaign.parts import Parts, tables_of
from miaopu.experiments.campaign.plan import Task
from miaopu.experiments.campaign.subject import Tables
from miaopu.experiments.design.reading import inputs_of_experiment
from miaopu.model.simulation import simulate


def swept(campaign: Campaign, workers: int) -> tuple[float, Parts]:
    """Wall seconds of a whole sweep from its plan to its last part, and its parts."""
    begun = time.perf_counter()
    done = carry_out(campaign, workers, subject=Timed(campaign.subject))
    if done.failed:
        raise SystemExit(f"{done.failed} runs failed: {campaign.folder}")
    return time.perf_counter() - begun, campaign.parts


def print_overhead(points: int, worker_numbers: list[int], repeats: int) -> None:
    """Whole sweeps against the engine's seconds inside them, workers interleaved."""
    experiment = sweep_of(points)
    inputs = inputs_of_experiment(experiment)
    simulate(inputs[0], None, 1)
    found: dict[int, list[tuple[float, ...]]] = {workers: [] for workers in worker_numbers}
    for _ in range(repeats):
        for workers in worker_numbers:
            with tempfile.TemporaryDirectory() as folder:
                campaign = begin(experiment, inputs, "sweep", Path(folder) / "sweep")
                found[workers].append(shares(*swept(campaign, workers), workers))
    print(f"\nSweeps of {points} points of Shenzhen over {inputs[0].months} months, {len(INDICATORS)} indicators, "
          f"eight levers that differ at every point, median (lowest) of {repeats} (load {load()}):\n")  # fmt: skip
    print("| workers | engine, ms a run | beyond it in the worker | once at work, with handing out and writing "
          "| the whole sweep × workers, with their start and the last chunks |")  # fmt: skip
    print("|---:|---:|---:|---:|---:|")
    for workers, rates in found.items():
        engine, inside, at_work, whole = zip(*rates, strict=True)
        cells = " | ".join(middle_and_least(x, "+.1%") for x in (inside, at_work, whole))
        print(f"| {workers} | {middle_and_least(engine, '.0f')} | {cells} |", flush=True)


def shares(wall: float, done: Parts, workers: int) -> tuple[float, ...]:
    """Engine in ms a run; then what comes on top as a share of it: in the worker, once all are at work, in all.

    Once at work: from the moment at which a quarter of the runs had ended to that at which nine tenths had.
    """
    table = done.table(TIMING)
    engine, run, ended = table["engine"], table["run"], table["ended"]
    order = np.argsort(ended)
    first, last = len(order) // 4, len(order) * 9 // 10
    between = order[first:last]
    at_work = (ended[order[last - 1]] - ended[order[first - 1]]) * workers / engine[between].sum()
    total = engine.sum()
    return 1000 * float(engine.mean()), float(run.sum() / total - 1), float(at_work - 1), wall * workers / total - 1


def print_block(repeats: int) -> None:
    """What making a part of a block costs, with the disk waited for and without."""
    experiment = sweep_of(sweep_of(1).block)
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".block-") as folder:  # /tmp may be no disk
        campaign = begin(experiment, inputs_of_experiment(experiment), "sweep", Path(folder) / "sweep")
        timed = Timed(campaign.subject)
        results = [(task, timed(task)) for task in campaign.plan.tasks([0])]
        done = [(task, without_timing(tables)) for task, tables in results]
        kept = milliseconds_of_parts(campaign, done, repeats)
        size = sum(path.stat().st_size for path in (campaign.parts.parts / "000000").iterdir())
    engine = sum(float(tables[TIMING]["engine"][0]) for _, tables in results)
    print(f"\nA block of {len(done)} runs becomes a part of {size / 1000:.0f} kB, median (lowest) of {repeats} "
          f"(load {load()}):\n\n| | ms a block | of the engine's time |\n|---|---:|---:|")  # fmt: skip
    for sure, words in ((True, "every file and folder on the disk itself (fsync)"), (False, "left to the system")):
        share = statistics.median(kept[sure]) / (1000 * engine)
        print(f"| {words} | {middle_and_least(kept[sure], '.1f')} | {share:.2%} |", flush=True)


def milliseconds_of_parts(campaign: Campaign, done: list[tuple[Task, Tables]], repeats: int) -> dict[bool, list[float]]:
    """Milliseconds from the runs' tables to a part, with and without waiting for the disk, in turns."""
    fsync, kept = os.fsync, {True: [], False: []}
    for number in range(2 * repeats):
        sure = number % 2 == 0
        os.fsync = fsync if sure else lambda _: None
        begun = time.perf_counter()
        campaign.parts.put(number, tables_of(campaign.subject, done), [])
        kept[sure].append(1000 * (time.perf_counter() - begun))
    os.fsync = fsync
    return kept


def print_store(folder: Path, runs: int, repeats: int) -> None:
    """Writing, opening, summing up and resuming a large experiment."""
    told = made(folder, runs)
    print(f"\n{runs:,} runs × 48 months × {len(INDICATORS)} indicators of the whole place, figures made up: "
          f"{told['blocks']:,.0f} parts, {told['bytes'] / 1e6:.0f} MB. The plan was written in {told['plan']:.1f} s, "
          f"the parts in {told['parts']:.0f} s ({1000 * told['block']:.0f} ms a block).\n")  # fmt: skip
    tries = [in_a_process("summary", folder) for _ in range(repeats)]
    print(f"| step, in a fresh process | seconds, median (lowest) of {repeats} | most memory so far, MB |")
    print("|---|---:|---:|")
    for name in tries[0]:
        seconds = [one[name][0] for one in tries]
        print(f"| {name} | {middle_and_least(seconds, '.1f')} | {max(one[name][1] for one in tries):.0f} |")
    *needed, _ = tries[0]  # the CSV comes last
    whole = [sum(one[name][0] for name in needed) for one in tries]
    most = max(one[name][1] for one in tries for name in needed)
    print(f"| **all but the CSV** | {middle_and_least(whole, '.1f')} | {most:.0f} |")
    print(f"\n| with {runs:,} runs planned | seconds, median (lowest) of {repeats} |\n|---|---:|", flush=True)
    status = [seconds_of_status(folder) for _ in range(repeats)]
    print(f"| `miaopu status`, from the start of Python | {middle_and_least(status, '.1f')} |")
    resumed = [seconds_to_resume(folder) for _ in range(repeats)]
    print(f"| resume, all but one block done, until the first run begins | {middle_and_least(resumed, '.1f')} |")


def main() -> None:
    """What was asked for, or all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    everything = ("overhead", "block", "store")
    parser.add_argument("--only", nargs="+", choices=everything, default=everything)
    parser.add_argument("--points", type=int, default=400, help="points of the sweep")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--runs", type=int, default=100_000, help="runs of the large experiment")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the large experiment lies; it stays there")
    asked = parser.parse_args()
    print_machine()
    if "overhead" in asked.only:
        print_overhead(asked.points, asked.workers, asked.repeats)
    if "block" in asked.only:
        print_block(10 * asked.repeats)
    if "store" in asked.only:
        with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".store-") as own:
            print_store(asked.folder or Path(own) / "experiment", asked.runs, asked.repeats)


if __name__ == "__main__":
    main()
