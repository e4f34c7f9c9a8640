"""An ensemble: every parameter draw with every replicate, all kept results in arrays by run.

Run `draw * replicates + replicate` has the parameters of its draw and a seed that is a function of (seed,
draw, replicate), so policies are compared on the same luck and no number of workers changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..model.inputs import Inputs
from ..model.text import Problem, Refusal, Text
from .pool import Failure, Tell, Work, run_all
from .single import Kept, Task, run_once

Progress = Callable[[Text, int, int], None]  # progress(stage, done, total)

COMPILING = Text("编译模型（只在首次运行时需要，约一两分钟）", "compiling the model (first time only, a minute or two)")
SIMULATING = Text("推演", "simulating")


@dataclass(frozen=True)
class Ensemble:
    """What is kept of all runs that succeeded, in the order of their ids."""

    inputs: Inputs
    run: np.ndarray  # ids of the runs that succeeded
    draw: np.ndarray  # (runs asked for,)
    replicate: np.ndarray
    seed: np.ndarray
    parameters: list[dict[str, float]]  # one per draw
    kept: Kept  # each array with a first axis over `run`
    failures: list[Failure]


def run_ensemble(
    inputs: Inputs,
    workers: int | None = None,
    chunk: int | None = None,
    progress: Progress | None = None,
    earlier: Ensemble | None = None,
    stage: Text = SIMULATING,
) -> Ensemble:
    """Simulate `inputs.draws` × `inputs.replicates` runs; failing runs are listed, and the rest goes on.

    `earlier` is an ensemble of the same scenario with fewer draws: its runs are taken over. `stage` is what progress is
    told of. Refuses only when no run at all succeeds.
    """
    from ..model.uncertainty import parameters_of_draw, run_seed

    parameters = [parameters_of_draw(inputs, inputs.seed, draw) for draw in range(inputs.draws)]
    run = np.arange(inputs.draws * inputs.replicates)
    draw, replicate = run // inputs.replicates, run % inputs.replicates
    pairs = zip(draw.tolist(), replicate.tolist(), strict=True)
    tasks = [Task(run_seed(inputs.seed, d, r), parameters[d]) for d, r in pairs]
    known = 0 if earlier is None else len(earlier.draw)
    gathered = _Gathered(len(tasks), known)
    if earlier is not None:
        for place, position in enumerate(earlier.run.tolist()):
            gathered.keep(position - known, Kept(*(array[place] for array in earlier.kept)))
    warm_up(inputs, tasks[0], progress)
    new = run_all(run_once, (inputs,), tasks[known:], gathered.keep, workers, chunk, telling(progress, stage))
    failures = [*(earlier.failures if earlier else []), *(Failure(one.position + known, one.error) for one in new)]
    if len(failures) == len(tasks):
        raise nothing_succeeded(len(failures), failures[0].error)
    failed = [failure.position for failure in failures]
    done = np.delete(run, failed)
    seed = np.array([task.seed for task in tasks], np.uint64)
    return Ensemble(inputs, done, draw, replicate, seed, parameters, gathered.only(done), failures)


class _Gathered:
    """Results laid down as they come, in whatever order; positions count from the first run that is new."""

    def __init__(self, runs: int, known: int) -> None:
        self.runs = runs
        self.known = known
        self.arrays: list[np.ndarray] = []

    def keep(self, position: int, kept: Kept) -> None:
        if not self.arrays:
            self.arrays = [np.zeros((self.runs, *part.shape), part.dtype) for part in kept]
        for array, part in zip(self.arrays, kept, strict=True):
            array[self.known + position] = part

    def only(self, done: np.ndarray) -> Kept:
        whole = len(done) == self.runs
        return Kept(*(array if whole else array[done] for array in self.arrays))


def warm_up(inputs: Inputs, task: Task, progress: Progress | None) -> None:
    """One run here before workers start, so that they find compiled code on disk; told if that is slow."""
    compile_first(run_once, (inputs,), task, progress)


def compile_first(work: Work, shared: object, task: object, progress: Progress | None) -> None:
    """Do one task here and forget it; if it fails, the pool will meet it again. Told where code must be compiled."""
    from ..model.compiled import is_warm

    tell = None if progress is None or is_warm() else telling(progress, COMPILING)
    if tell is not None:
        tell(0, 1)
    run_all(work, shared, [task], lambda position, result: None, workers=1, tell=tell)


def simulate_all(
    work: Work, shared: object, tasks: Sequence[Any], stage: Text, workers: int | None, progress: Progress | None
) -> tuple[dict[int, Any], list[Failure]]:
    """Do every task; results by position in rising order, and the failures. Raises Refusal where none succeeds."""
    found: dict[int, Any] = {}
    compile_first(work, shared, tasks[0], progress)
    failures = run_all(work, shared, tasks, found.__setitem__, workers, None, telling(progress, stage))
    if not found:
        raise nothing_succeeded(len(failures), failures[0].error)
    return dict(sorted(found.items())), failures


def telling(progress: Progress | None, stage: Text) -> Tell | None:
    """A pool's `tell` that speaks of a stage."""
    return None if progress is None else lambda done, total: progress(stage, done, total)


def nothing_succeeded(runs: int, first: str) -> Refusal:
    """All `runs` failed, the first with this error."""
    return Refusal([
        Problem(Text(
            f"全部 {runs} 次推演都失败了，没有结果；第一次的错误：{first}",
            f"all {runs} runs failed, so there is no result; the first said: {first}",
        ))
    ])  # fmt: skip
