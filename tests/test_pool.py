"""The pool: the same results for any number of workers, failures kept apart, deaths survived."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from miaopu.experiments.pool import Failure, run_all


def _gather(
    work: Callable[[Any, Any], Any], shared: object, tasks: list[Any], **how: Any
) -> tuple[dict, list]:
    found: dict[int, Any] = {}
    failures = run_all(work, shared, tasks, found.__setitem__, **how)
    return found, failures


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("chunk", [None, 1, 7, 100])
def test_same_results_for_any_workers_and_chunks(workers: int, chunk: int | None) -> None:
    def work(shared: dict[str, int], task: int) -> int:
        if task == 13:
            raise ValueError("an unlucky number")
        return shared["times"] * task

    found, failures = _gather(work, {"times": 3}, list(range(40)), workers=workers, chunk=chunk)
    assert found == {task: 3 * task for task in range(40) if task != 13}
    assert failures == [Failure(13, "ValueError: an unlucky number")]


def test_progress_counts_every_task_and_failure() -> None:
    told: list[tuple[int, int]] = []
    run_all(
        lambda shared, task: 1 / task, None, [1, 0, 2], lambda *_: None, 1, tell=lambda *now: told.append(now)
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_no_task_is_no_work() -> None:
    assert _gather(lambda shared, task: task, None, []) == ({}, [])


def test_workers_have_one_thread_and_read_the_shared_data_once() -> None:
    def work(shared: object, task: int) -> tuple[int, int, str, str]:
        return os.getpid(), id(shared), os.environ["OMP_NUM_THREADS"], os.environ["NUMBA_NUM_THREADS"]

    found, _ = _gather(work, object, list(range(30)), workers=2, chunk=3)
    assert {threads for *_, omp, numba in found.values() for threads in (omp, numba)} == {"1"}
    places = {(pid, place) for pid, place, *_ in found.values()}
    assert len(places) == len({pid for pid, _ in places})


def test_what_a_killed_worker_had_is_done_again(tmp_path: Path) -> None:
    killed = tmp_path / "killed"

    def work(shared: object, task: int) -> int:
        if task == 20 and not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    found, failures = _gather(work, None, list(range(60)), workers=3)
    assert found == {task: task for task in range(60)}
    assert failures == []


def test_a_task_that_kills_its_worker_is_found_and_the_rest_done() -> None:
    def work(shared: object, task: int) -> int:
        if task == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)
        return task

    found, failures = _gather(work, None, list(range(40)), workers=2)
    assert found == {task: task for task in range(40) if task != 5}
    assert [failure.position for failure in failures] == [5]
    assert "died" in failures[0].error


def test_three_deaths_without_progress_end_it() -> None:
    def work(shared: object, task: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    found, failures = _gather(work, None, list(range(30)), workers=2)
    assert found == {}
    assert [failure.position for failure in failures] == list(range(30))


def test_what_ends_the_work_early_is_the_only_thing_that_is_said(recwarn: pytest.WarningsRecorder) -> None:
    def full(position: int, result: int) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        run_all(lambda shared, task: time.sleep(0.05), None, list(range(100)), full, workers=2)
    assert [str(warning.message) for warning in recwarn] == []


def test_interruption_ends_the_workers_and_goes_on_upwards() -> None:
    def work(shared: object, task: int) -> int:
        time.sleep(0.1)
        return os.getpid()

    found: dict[int, int] = {}

    def interrupt_after_the_first(position: int, result: int) -> None:
        if not found:
            threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        found[position] = result

    with pytest.raises(KeyboardInterrupt):
        run_all(work, None, list(range(500)), interrupt_after_the_first, workers=2)
    assert 0 < len(found) < 500
    deadline = time.monotonic() + 10
    while any(_alive(pid) for pid in found.values()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in found.values())


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
