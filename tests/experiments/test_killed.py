"""A sweep killed twenty times: what is in its folder at the end is what an uninterrupted one leaves, byte for byte."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from miaopu.experiments.campaign.folder import begin
from miaopu.experiments.design.reading import inputs_of_experiment
from miaopu.tests.experiments import cheap

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process can be killed there as here")

PATIENCE = 60  # seconds for something that takes a moment
DRIVER = "import sys; from miaopu.tests.experiments.cheap import main; main(*sys.argv[1:])"
WAYS = ("outside", "flush", "outside", "write_parquet", "outside", "write_csv")  # every other dies as it writes
MOST_SESSIONS = 18  # ten are enough unless a driver dies before the worker that was to be killed
RUNS, BLOCK = 240, 5


@dataclass
class Watch:
    """A sweep in its folder, driven by processes of its own, and what was seen of it."""

    folder: Path
    diary: Path
    rng: random.Random
    kills: list[str] = field(default_factory=list)
    landed: dict[str, int] = field(default_factory=dict)  # parts, and when each appeared

    def start(self, how: str, number: int) -> subprocess.Popen[bytes]:
        words = [str(self.folder), str(self.diary), how, str(number)]
        env = {**os.environ, "PYTHONWARNINGS": "ignore"}
        return subprocess.Popen([sys.executable, "-c", DRIVER, *words], env=env, stderr=subprocess.DEVNULL)

    def entries(self) -> list[tuple[int, int]]:
        """Process and run of every run that was begun."""
        if not self.diary.exists():
            return []
        lines = self.diary.read_text().split("\n")[:-1]
        return [(int(process), int(run)) for process, run in map(str.split, lines)]

    def parts(self) -> dict[str, int]:
        """Parts, and when each appeared."""
        folder = self.folder / "parts"
        found = folder.iterdir() if folder.is_dir() else ()
        return {path.name: path.stat().st_mtime_ns for path in found if path.name.isdigit()}

    def until_more(self, runs: int, driver: subprocess.Popen[bytes]) -> bool:
        """Wait until so many more runs were begun; not if the driver has ended."""
        wanted, deadline = len(self.entries()) + runs, time.monotonic() + PATIENCE
        while len(self.entries()) < wanted and driver.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        return len(self.entries()) >= wanted

    def kill(self, process: int, what: str) -> None:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
            self.kills.append(what)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    made = Watch(tmp_path / "killed", tmp_path / "diary", random.Random(20251231))
    yield made
    for process in {process for process, _ in made.entries()}:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)  # workers that outlived their driver


def session(watch: Watch, number: int, how: str) -> None:
    """One session: a worker is killed soon after the first runs, the driver somewhat later."""
    rng, seen = watch.rng, len(watch.entries())
    fatal = rng.randrange(4, 20) if how == "flush" else rng.randrange(1, 5)
    driver = watch.start("goes on" if how == "outside" else how, fatal)
    if watch.until_more(rng.randrange(1, 8), driver):
        watch.kill(rng.choice([process for process, _ in watch.entries()[seen:]]), "worker")
    if how == "outside":
        watch.until_more(rng.randrange(1, 30), driver)
        time.sleep(rng.random() / 20)
        watch.kill(driver.pid, "driver")
    ended = driver.wait(PATIENCE)
    if how != "outside" and ended == -signal.SIGKILL:
        watch.kills.append("driver, writing")
    begun_now = {run // BLOCK for _, run in watch.entries()[seen:]}
    assert begun_now.isdisjoint(int(name) for name in watch.landed), "a run was done again whose part was there"
    parts = watch.parts()
    assert {name: parts.get(name) for name in watch.landed} == watch.landed, "a part went or was written again"
    watch.landed = parts


@pytest.mark.slow
def test_twenty_kills_leave_what_no_kill_leaves(watch: Watch, tmp_path: Path) -> None:
    for number in range(MOST_SESSIONS):
        if len(watch.kills) < 20:
            session(watch, number, WAYS[number % len(WAYS)])
    assert len(watch.kills) >= 20, watch.kills
    assert min(map(watch.kills.count, ("worker", "driver", "driver, writing"))) >= 3, watch.kills
    assert 0 < len(watch.landed) < RUNS // BLOCK, "kills must fall into the midst of the work"
    assert watch.start("goes on", 1).wait(PATIENCE) == 0
    what = cheap.experiment(**cheap.KILLED_SWEEP)
    uninterrupted = begin(what, inputs_of_experiment(what), "sweep", tmp_path / "whole")
    done = cheap.done(uninterrupted.folder, what, cheap.Cheap(fails=cheap.FAILING))
    assert (done.runs, done.failed) == (RUNS, len(cheap.FAILING))
    assert cheap.contents(watch.folder) == cheap.contents(uninterrupted.folder)
