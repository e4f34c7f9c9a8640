"""Steps with a large experiment's folder, each in a fresh process: opening, summing up, resuming.

Called by experiments.py:  python benchmarks/store_steps.py summary FOLDER
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from helpers import most_resident
from timed_sweep import INDICATORS

from miaopu.experiments.campaign import identity
from miaopu.experiments.campaign.carrying_out import carry_out
from miaopu.experiments.campaign.folder import Campaign, reopen, runs_table
from miaopu.experiments.campaign.parts import PARTS
from miaopu.experiments.campaign.plan import Task
from miaopu.experiments.campaign.results import indicator_paths, outcomes_of
from miaopu.experiments.campaign.subject import Tables
from miaopu.experiments.columns import Columns, write_csv

QUANTILES = (0.05, 0.5, 0.95)
Steps = dict[str, tuple[float, float]]  # seconds, and megabytes held at most so far


def summed_up(folder: Path) -> Steps:
    """From opening a store to its summary."""
    from miaopu.experiments.analysis.summary import summary

    steps: Steps = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        found = work()
        steps[name] = time.perf_counter() - begun, most_resident()
        return found

    campaign = timed("opened, its plan laid out", lambda: _opened(folder))
    paths = timed("one indicator of all runs by month", lambda: indicator_paths(campaign, INDICATORS[0]))
    by_month = paths.reshape(-1, paths.shape[-1])
    timed("its three quantiles by month", lambda: np.nanquantile(by_month, QUANTILES, axis=0))
    outcomes = timed("every outcome of all runs", lambda: outcomes_of(campaign))
    reached = [one for one in outcomes if one.kind == "reached"]
    names = [scenario.path.stem for scenario in campaign.experiment.scenarios]
    timed("P(target) with its interval at every point", lambda: summary(reached, names, False))
    table = timed("the whole summary: every outcome at every point", lambda: summary(outcomes, names, False))
    with tempfile.TemporaryDirectory() as aside:
        timed("the same as CSV", lambda: write_csv(Path(aside) / "summary.csv", table))
    return steps


def _opened(folder: Path) -> Campaign:
    campaign = reopen(folder)
    runs_table(campaign)
    campaign.plan.points.table()
    return campaign


class _FirstTask(BaseException):
    """A run was about to begin; nothing that catches the errors of runs catches this."""


class _Stopping:
    """In the model's place: stops at the first run."""

    def __call__(self, task: Task) -> Tables:
        raise _FirstTask(task)

    def index(self, table: str, scenario: int) -> Columns:
        """Nothing is kept."""
        return {}


def resumed(folder: Path) -> Steps:
    """From a folder's name to the first run of those that are left."""
    begun = time.perf_counter()
    campaign = reopen(folder)
    identity.differences(campaign.manifest)
    with suppress(_FirstTask):
        carry_out(campaign, 1, subject=_Stopping())
        raise SystemExit("nothing was left to do")
    return {"resumed": (time.perf_counter() - begun, most_resident())}


def in_a_process(what: str, folder: Path) -> Steps:
    """One of these in a fresh process."""
    command = [sys.executable, __file__, what, str(folder)]
    done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def seconds_to_resume(folder: Path) -> float:
    """With all but the last block done; its part is taken aside for that time."""
    last = max((folder / PARTS).iterdir())
    aside = last.rename(folder.with_name(f"{folder.name}-{last.name}"))
    try:
        return in_a_process("resume", folder)["resumed"][0]
    finally:
        aside.rename(last)


def seconds_of_status(folder: Path) -> float:
    """Of the whole command, the start of Python included."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "miaopu", "status", str(folder)], check=True, capture_output=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps({"summary": summed_up, "resume": resumed}[sys.argv[1]](Path(sys.argv[2]))))
