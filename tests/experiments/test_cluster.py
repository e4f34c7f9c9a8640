"""A real scheduler with real workers gives what one process gives, whoever dies meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from miaopu.experiments import cluster_crew, cluster_link
from miaopu.experiments.cluster import IN_FLIGHT
from miaopu.experiments.cluster_refusals import ClusterLost
from miaopu.experiments.manifest import fingerprint
from miaopu.experiments.pool import Failure, run_all
from miaopu.experiments.single import Task, run_once
from miaopu.experiments.versions import OtherVersions
from miaopu.model.inputs import Inputs
from miaopu.model.text import Refusal
from miaopu.model.uncertainty import draw_parameters, run_seed
from miaopu.scenarios.layers import Resolved

pytestmark = pytest.mark.slow

PACKAGE = Path(sys.modules["miaopu"].__file__ or "").parent
WORKERS, THREADS = 2, 2  # two threads, so that a worker that does not keep to one run at a time is caught
START_SECONDS = 60
SETTINGS = {  # a cluster that is quick to see a death
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s",
}


class Cluster:
    """A scheduler and what works for it, each in a process group of its own, all ended by `close`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        _wait(self.file.exists)
        self.address: str = json.loads(self.file.read_text())["address"]

    def add(self, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker process."""
        here = ["--host", "127.0.0.1", "--no-dashboard", "--local-directory", str(self.folder)]
        return self._start("dask_worker", *here, *options, **environment)

    def ask(self, question: Callable[..., Any]) -> Any:
        """Ask the scheduler something about itself."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            return client.run_on_scheduler(question)

    def workers(self) -> int:
        return self.ask(lambda dask_scheduler: len(dask_scheduler.workers))

    def tasks(self) -> int:
        return self.ask(lambda dask_scheduler: len(dask_scheduler.tasks))

    def end(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for process in reversed(self.processes):
            self.end(process)

    def _start(self, module: str, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(self.file), *options],
            cwd=self.folder,
            env={**os.environ, **SETTINGS, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.processes.append(process)
        return process


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers whose nanny starts them again when they die."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.add("--nworkers", str(WORKERS), "--nthreads", str(THREADS))
        _wait(lambda: made.workers() == WORKERS)
        yield made
    finally:
        made.close()


def _gather(
    work: Callable[[Any, Any], Any], shared: object, tasks: list[Any], **how: Any
) -> tuple[dict[int, Any], list[Failure]]:
    found: dict[int, Any] = {}
    failures = run_all(work, shared, tasks, found.__setitem__, **how)
    return found, failures



def test_same_results_and_failures_as_in_one_process(cluster: Cluster) -> None:
    def work(shared: dict[str, float], task: int) -> float:
        if task == 13:
            raise ValueError("an unlucky number")
        return shared["times"] / (task + 1)

    heard: list[tuple[int, str]] = []
    told: list[tuple[int, int]] = []
    there = _gather(
        work, {"times": 0.1}, list(range(95)), scheduler=cluster.address,
        failed=lambda *what: heard.append(what), tell=lambda *now: told.append(now),
    )  # fmt: skip
    assert there == _gather(work, {"times": 0.1}, list(range(95)), workers=1)
    assert heard == [(13, "ValueError: an unlucky number")]
    assert told == [(done, 95) for done in range(1, 96)]


def test_the_model_gives_the_same_numbers(cluster: Cluster, town: tuple[Inputs, Resolved]) -> None:
    inputs, _ = town
    tasks = [Task(run_seed(5, 0, k), draw_parameters(inputs.parameters, 5, k)) for k in range(24)]
    here, _ = _gather(run_once, (inputs,), tasks, workers=1)  # first, so that workers find compiled code
    there, failures = _gather(run_once, (inputs,), tasks, scheduler=cluster.address)
    assert failures == []
    for position, kept in here.items():
        for mine, yours in zip(kept, there[position], strict=True):
            np.testing.assert_array_equal(mine, yours)


def test_a_worker_gets_the_shared_data_once_and_does_one_run_at_a_time(cluster: Cluster) -> None:
    def work(shared: dict[str, int], task: int) -> tuple[int, int, int]:
        shared["busy"] = shared.get("busy", 0) + 1
        time.sleep(0.005)
        busy = shared["busy"]
        shared["busy"] -= 1
        return os.getpid(), id(shared), busy

    found, _ = _gather(work, {}, list(range(120)), scheduler=cluster.address)
    places = {(pid, place) for pid, place, _ in found.values()}
    assert len(places) == len({pid for pid, _ in places}) == WORKERS
    assert {busy for *_, busy in found.values()} == {1}


def test_what_a_killed_worker_had_is_done_by_others(cluster: Cluster) -> None:
    def work(shared: object, task: int) -> tuple[int, int]:
        time.sleep(0.01)
        return task, os.getpid()

    found: dict[int, int] = {}
    killed: list[int] = []

    def keep(position: int, result: tuple[int, int]) -> None:
        assert position not in found
        found[position] = result[0]
        if len(found) == 60:
            killed.append(result[1])
            os.kill(result[1], signal.SIGKILL)

    assert run_all(work, None, list(range(200)), keep, scheduler=cluster.address) == []
    assert found == {task: task for task in range(200)}
    assert len(killed) == 1


def test_a_task_that_kills_every_worker_is_found_and_the_rest_done(cluster: Cluster) -> None:
    def work(shared: object, task: int) -> int:
        if task == 5:
            os._exit(1)
        return task

    found, failures = _gather(work, None, list(range(40)), scheduler=cluster.address)
    assert found == {task: task for task in range(40) if task != 5}
    assert [failure.position for failure in failures] == [5]
    assert "died" in failures[0].error


def test_interruption_takes_back_what_is_pending_and_leaves_the_cluster(cluster: Cluster) -> None:
    def work(shared: object, task: int) -> int:
        time.sleep(0.01)
        return task

    _wait(lambda: cluster.workers() == WORKERS)
    found: dict[int, int] = {}
    held: list[int] = []

    def keep(position: int, result: int) -> None:
        found[position] = result
        if len(found) == 30:
            held.append(cluster.tasks())
            threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        run_all(work, None, list(range(5000)), keep, scheduler=cluster.address)
    assert 0 < held[0] <= IN_FLIGHT * WORKERS * THREADS
    assert 30 <= len(found) < 5000
    _wait(lambda: cluster.tasks() == 0)
    assert _gather(_plus_one(), None, [1, 2], scheduler=cluster.address) == ({0: 2, 1: 3}, [])


def _unwanted(position: int, result: object) -> None:
    raise AssertionError("nothing should have been computed")


def _plus_one() -> Callable[[object, int], int]:
    """A function without a home, which is sent whole: workers cannot import this file."""
    return lambda shared, task: task + 1


def test_workers_with_other_sources_are_refused_early_and_late(cluster: Cluster, tmp_path: Path) -> None:
    parts = ("model", "experiments", "scenarios", "calibration", "outputs")
    for part in parts:
        shutil.copytree(PACKAGE / part, tmp_path / "miaopu" / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PACKAGE / "__init__.py", tmp_path / "miaopu")
    with (tmp_path / "miaopu" / "model" / "world.py").open("a") as file:
        file.write("# another line\n")
    found: dict[int, str] = {}
    aliens: list[subprocess.Popen[bytes]] = []

    def work(shared: object, task: int) -> str:
        time.sleep(0.02)
        return sys.modules["miaopu"].__file__ or ""

    def keep(position: int, result: str) -> None:
        found[position] = result
        if not aliens:
            aliens.append(cluster.add("--no-nanny", PYTHONPATH=str(tmp_path)))
            _wait(lambda: cluster.workers() == WORKERS + 1)

    try:
        with pytest.raises(OtherVersions, match=r"worker tcp://127\.0\.0\.1:\d+ .*model sources: \w+ here, \w+ there"):
            run_all(work, None, list(range(2000)), keep, scheduler=cluster.address)
        assert len(found) < 2000
        assert not [where for where in found.values() if where.startswith(str(tmp_path))]
        with pytest.raises(OtherVersions) as refused:
            run_all(work, None, list(range(20)), _unwanted, scheduler=cluster.address)
        assert refused.value.exit_code == 5
        assert "模型源码" in refused.value.problems[0].line("zh")
    finally:
        for alien in aliens:
            cluster.end(alien)
        _wait(lambda: cluster.workers() == WORKERS)


def test_another_package_version_is_refused_and_another_processor_is_told(cluster: Cluster) -> None:
    ours = fingerprint()
    older = {**ours, "packages": {**ours["packages"], "numpy": "1.0"}}
    with pytest.raises(OtherVersions, match=r"numpy: 1\.0 here"):
        run_all(_plus_one(), None, [1], _unwanted, scheduler=cluster.address, before=older)

    told: list[str] = []
    elsewhere = {**ours, "platform": {**ours["platform"], "processor": "abacus"}}
    found, failures = _gather(
        _plus_one(), None, [1], scheduler=cluster.address, before=elsewhere, notice=lambda text: told.append(text.en)
    )
    assert (found, failures) == ({0: 2}, [])
    assert len(told) == 1 and "processor: abacus here" in told[0]


def test_a_lost_scheduler_is_one_message_and_what_is_done_is_kept(tmp_path: Path) -> None:
    def work(shared: object, task: int) -> int:
        time.sleep(0.01)
        return task

    own = Cluster(tmp_path)
    found: dict[int, int] = {}

    def keep(position: int, result: int) -> None:
        found[position] = result
        if len(found) == 20:
            own.end(own.scheduler)

    try:
        own.add("--no-nanny", "--nthreads", "1")
        with pytest.raises(ClusterLost, match="miaopu resume"):
            run_all(work, None, list(range(1000)), keep, scheduler=own.address)
    finally:
        own.close()
    assert 20 <= len(found) < 1000
    assert all(position == result for position, result in found.items())


def test_a_cluster_without_workers_does_not_keep_one_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(shared: object, task: int) -> int:
        if task == 25:
            time.sleep(2)  # so that chunks done before are handed over
            os._exit(1)
        return task

    monkeypatch.setattr(cluster_crew, "WITHOUT_WORKERS_SECONDS", 1)
    own = Cluster(tmp_path)
    found: dict[int, int] = {}
    try:
        with pytest.raises(ClusterLost, match="no worker for 1 seconds"):
            run_all(work, None, [1], _unwanted, scheduler=own.address)
        own.add("--no-nanny", "--nthreads", "1")
        _wait(lambda: own.workers() == 1)
        with pytest.raises(ClusterLost, match="no worker for 1 seconds"):
            run_all(work, None, list(range(40)), found.__setitem__, scheduler=own.address)
    finally:
        own.close()
    assert 10 <= len(found) <= 30
    assert all(position == result for position, result in found.items())


def test_nobody_at_the_address_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_link, "CONNECT_SECONDS", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening, so nobody answers
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Refusal, match=f"no scheduler answered at {address}"):
            run_all(_plus_one(), None, [1], _unwanted, scheduler=address)


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Refusal, match=r'pip install "miaopu\[cluster\]"'):
        run_all(_plus_one(), None, [1], _unwanted, scheduler="tcp://127.0.0.1:1")
