"""Something quick in the model's place, to see what becomes of runs; and a driver of it to be started and killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from miaopu.experiments.campaign import parts
from miaopu.experiments.campaign.carrying_out import Done, carry_out
from miaopu.experiments.campaign.folder import Campaign, begin, reopen
from miaopu.experiments.campaign.plan import Task
from miaopu.experiments.campaign.subject import Tables
from miaopu.experiments.columns import Columns, text_column
from miaopu.experiments.design.experiment import Experiment
from miaopu.experiments.design.reading import experiment_of, inputs_of_experiment

LEVERS = {"hubs.slots": {"low": 0, "high": 12}, "assessment.order_strength": {"low": 0, "high": 0.4}}


@dataclass(frozen=True)
class Cheap:
    """Rows that follow from the run's seed and place alone; some runs fail, and a diary tells who did what."""

    pause: float = 0.0  # seconds for each run
    fails: frozenset[int] = frozenset()  # runs
    diary: str = ""  # a file that gets a line "process run" for every run begun

    def __call__(self, task: Task) -> Tables:
        """Three numbers and a word."""
        if self.diary:
            with Path(self.diary).open("a", encoding="utf-8") as file:
                file.write(f"{os.getpid()} {task.run}\n")
        time.sleep(self.pause)
        if task.run in self.fails:
            raise ValueError(f"run {task.run} does not\nwork")
        numbers = np.random.default_rng(task.seed).random(3) + task.point + 1000 * task.scenario
        words = [f"run {task.run}", "of", f"draw {task.draw}"]
        return {"numbers": {"number": numbers, "word": text_column(words)}, "none": {"word": text_column([])}}

    def index(self, table: str, scenario: int) -> Columns:
        """The place of each number."""
        return {"place": np.arange(3, dtype=np.int32)} if table == "numbers" else {}


def experiment(scenarios: tuple[str, ...] = ("town",), **said: Any) -> Experiment:
    """A Latin hypercube over two levers, unless said otherwise."""
    data = {
        "name": {"zh": "测试", "en": "a test"},
        "scenarios": list(scenarios),
        "levers": LEVERS,
        "design": {"method": "latin", "points": 5},
    }
    return experiment_of(data | said)


def begun(folder: Path, what: Experiment | None = None) -> Campaign:
    """A campaign in its folder."""
    what = what or experiment()
    return begin(what, inputs_of_experiment(what), "sweep", folder)


def done(
    folder: Path, what: Experiment | None = None, subject: Cheap | None = None, workers: int = 1, **how: Any
) -> Done:
    """Begin or take up a campaign and do what is left of it, with one worker in this process."""
    return carry_out(begun(folder, what), workers, **how, subject=subject or Cheap())


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder by its path (a folder as None); the log and the lock aside, for they are of the machine."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    aside = ("log.txt", ".lock")
    return {name: path.read_bytes() if path.is_file() else None for name, path in found.items() if name not in aside}


def doomed(function: Callable[..., Any], number: int, before: Callable[..., None] | None = None) -> Callable[..., Any]:
    """The function, but in its call of this number the process is killed; `before` is done last."""
    calls = 0

    def called(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            if before is not None:
                before(*args)
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args)

    return called


def half(write: Callable[..., None]) -> Callable[..., None]:
    """Write a file but leave only the first half of it."""

    def written(path: Path, *content: Any) -> None:
        write(path, *content)
        os.truncate(path, path.stat().st_size // 2)

    return written


KILLED_SWEEP: dict[str, Any] = {"design": {"method": "latin", "points": 60}, "replicates": 4, "block": 5}
FAILING = frozenset(range(3, 240, 17))


def main(folder: str, diary: str, how: str, number: str) -> None:
    """One session of a sweep. `how`: `goes on`, or is killed in some call of `flush`, `write_parquet`, `write_csv`."""
    if how != "goes on":
        real = getattr(parts, how)
        setattr(parts, how, doomed(real, int(number), half(real) if how.startswith("write") else None))
    there = Path(folder, "manifest.json").is_file() and int(number) % 2
    campaign = reopen(folder) if there else begun(Path(folder), experiment(**KILLED_SWEEP))
    carry_out(campaign, workers=2, chunk=2, subject=Cheap(0.01, FAILING, diary))
