"""What an experiment will take, told before it begins: runs, time, disk. Measured on a few runs of each scenario."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ...model.inputs import Inputs
from ..design.experiment import Experiment
from ..pool import cores
from .carrying_out import Progress, warm_up
from .parts import Parts, tables_of
from .plan import Plan, Task, first_extent
from .subject import ModelSubject, Tables, model_subject

PILOTS = 4  # runs of each scenario


@dataclass(frozen=True)
class Costs:
    """Runs, points and blocks planned; seconds on `workers` processes; bytes on the disk."""

    runs: int
    points: int
    draws: int
    replicates: int
    scenarios: int
    blocks: int
    workers: int
    seconds: float
    bytes: int


def costs_of(
    experiment: Experiment,
    inputs: tuple[Inputs, ...],
    workers: int | None = None,
    progress: Progress | None = None,
) -> Costs:
    """An estimate from a few runs at the first points; nothing is written where it stays."""
    plan = Plan(experiment, (first_extent(experiment),))
    subject = model_subject(experiment, inputs, plan)
    tasks = _pilots(plan, len(subject.scenarios))
    warm_up(subject, tasks[0], progress)
    subject(tasks[0])  # what is loaded and laid out once must not count for every run
    began = time.perf_counter()
    done = [(task, subject(task)) for task in tasks]
    each = (time.perf_counter() - began) / len(tasks)
    workers = min(workers or cores(), len(plan))
    extent = plan.waves[0]
    block = _bytes_of_block(subject, done, min(experiment.block, len(plan)))
    return Costs(
        len(plan), len(plan.points), extent.draws, extent.replicates, len(subject.scenarios), plan.blocks,
        workers, each * len(plan) / workers, int(plan.blocks * block),
    )  # fmt: skip


def _pilots(plan: Plan, scenarios: int) -> list[Task]:
    found: dict[int, list[Task]] = {}
    for task in plan.tasks(list(range(min(plan.blocks, PILOTS * scenarios)))):
        found.setdefault(task.scenario, []).append(task)
    return [task for tasks in found.values() for task in tasks[:PILOTS]]


def _bytes_of_block(subject: ModelSubject, done: list[tuple[Task, Tables]], runs: int) -> float:
    """Bytes of a part of so many runs: what any part takes, and what each run adds to it.

    Told apart by the parts of one half and of all of the pilots; copies of a run would be packed away to nothing.
    """
    half = max(1, len(done) // 2)
    small, large = (_bytes_of_part(subject, done[:n]) for n in (half, len(done)))
    each = (large - small) / max(1, len(done) - half)
    return small + (runs - half) * each


def _bytes_of_part(subject: ModelSubject, done: list[tuple[Task, Tables]]) -> int:
    with tempfile.TemporaryDirectory(prefix="miaopu-") as folder:
        Parts(Path(folder)).put(0, tables_of(subject, done), [])
        return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
