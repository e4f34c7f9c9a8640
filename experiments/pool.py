"""Many tasks on all cores, with the same results whatever the number of workers.

What all tasks share is written once to a temporary file and read once by each worker. A task that fails is
noted and the rest go on. When a worker dies (killed, out of memory), the pool is built anew and what is left
is done again, at last one task at a time so that the culprit is found; after three deaths without progress
the rest is given up and noted as failed. The same tasks can go to a cluster instead (cluster.py).
"""

from __future__ import annotations

import hashlib
import pickle
import signal
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ..model.text import Text

DEATHS_WITHOUT_PROGRESS = 3
_LARGEST_CHUNK = 25

Work = Callable[[Any, Any], Any]  # work(shared, task) -> result
Keep = Callable[[int, Any], None]  # keep(position of the task, its result), called in the parent
Tell = Callable[[int, int], None]  # tell(done, total)
Failed = Callable[[int, str], None]  # failed(position of the task, error), called in the parent


class Failure(NamedTuple):
    """A task that gave no result, by its position, and what happened."""

    position: int
    error: str


class Done(NamedTuple):
    """What came of a task: its result, or the error in words."""

    position: int
    result: Any
    error: str | None


class _Shared(NamedTuple):
    """Where the shared data lie, and their digest, by which a worker knows whether it has them already."""

    path: str
    digest: str


def cores() -> int:
    """Cores that this process may use."""
    from joblib import cpu_count

    return max(1, int(cpu_count()))


def run_all(
    work: Work,
    shared: object,
    tasks: Sequence[Any],
    keep: Keep,
    workers: int | None = None,
    chunk: int | None = None,
    tell: Tell | None = None,
    failed: Failed | None = None,
    scheduler: str | None = None,
    before: Mapping[str, Any] | None = None,
    notice: Callable[[Text], None] | None = None,
) -> list[Failure]:
    """Do `work(shared, task)` for every task and hand each result to `keep`; tells what failed, by position.

    `workers` 1 stays in this process; None takes every core. `failed` hears of each failure when it happens. An
    interruption (Ctrl-C) ends the workers and goes on upwards.

    With the address of a `scheduler` ("tcp://host:8786") the tasks go to that Dask cluster, and `workers` says
    nothing; `before` is the fingerprint that its workers must have (by default this process's), `notice` hears of
    workers on other processors. Raises Refusal (see `cluster.run_on_cluster`) then.
    """
    failures: list[Failure] = []
    left = dict(enumerate(tasks))

    def take(done: Done) -> None:
        del left[done.position]
        if done.error is None:
            keep(done.position, done.result)
        else:
            failures.append(Failure(done.position, done.error))
            if failed is not None:
                failed(done.position, done.error)
        if tell is not None:
            tell(len(tasks) - len(left), len(tasks))

    workers = min(workers or cores(), max(1, len(tasks)))
    if scheduler is not None:
        from .cluster import run_on_cluster

        run_on_cluster(work, shared, left, take, scheduler, chunk, before, notice)
    elif workers == 1:
        for position, task in list(left.items()):
            take(one(work, shared, position, task))
    else:
        _in_pool(work, shared, left, take, workers, chunk)
    return sorted(failures)


def _in_pool(
    work: Work,
    shared: object,
    left: dict[int, Any],
    take: Callable[[Done], None],
    workers: int,
    chunk: int | None,
) -> None:
    from joblib.externals.loky.process_executor import BrokenProcessPool

    size = chunk or max(1, min(_LARGEST_CHUNK, len(left) // (8 * workers)))
    deaths = 0  # in a row, with no result between
    alone = False
    with tempfile.TemporaryDirectory(prefix="miaopu-") as folder:
        where = _write_shared(shared, Path(folder))
        while left:
            batch = dict([next(iter(left.items()))]) if alone else dict(left)
            before = len(left)
            try:
                with closing(_stream(work, where, batch, size, workers)) as stream:
                    for done in stream:
                        take(done)
                deaths = 0
            except BrokenProcessPool:
                size = 1
                deaths = deaths + 1 if len(left) == before else 0
                if deaths >= DEATHS_WITHOUT_PROGRESS:
                    give_up(left, take)
                elif deaths and alone:
                    give_up(batch, take)
                alone = deaths > 0 and not alone


def give_up(positions: Iterable[int], take: Callable[[Done], None]) -> None:
    """Note tasks as failed whose worker died."""
    for position in list(positions):
        take(Done(position, None, "the worker process died (killed, or out of memory)"))


def _stream(
    work: Work, where: _Shared, left: dict[int, Any], size: int, workers: int
) -> Generator[Done, None, None]:
    """Results as they come; leaving the loop early ends the workers."""
    from joblib import Parallel, delayed, parallel_config

    items = list(left.items())
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    with parallel_config("loky", inner_max_num_threads=1, initializer=_worker_starts):
        options: dict[str, Any] = {"batch_size": 1, "pre_dispatch": "3*n_jobs"}
        parallel = Parallel(n_jobs=workers, return_as="generator_unordered", **options)
        stream: Any = parallel(delayed(_work_chunk)(work, where, part) for part in chunks)
        try:
            for part in stream:
                yield from part
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # joblib tells that tasks were cancelled, which is what was meant
                stream.close()


def _write_shared(shared: object, folder: Path) -> _Shared:
    data = pickle.dumps(shared, protocol=pickle.HIGHEST_PROTOCOL)
    path = folder / "shared.pickle"
    path.write_bytes(data)
    return _Shared(str(path), hashlib.sha256(data).hexdigest())


def _worker_starts() -> None:
    """Ctrl-C is the parent's business: workers are ended by it, without a word of their own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


_read: dict[str, object] = {}  # in a worker: the shared data read last, by digest


def _work_chunk(work: Work, where: _Shared, part: list[tuple[int, Any]]) -> list[Done]:
    if where.digest not in _read:
        _read.clear()
        _read[where.digest] = pickle.loads(Path(where.path).read_bytes())
    return [one(work, _read[where.digest], position, task) for position, task in part]


def one(work: Work, shared: object, position: int, task: object) -> Done:
    """Do one task; whatever goes wrong inside becomes a line of text and stays with this task."""
    try:
        return Done(position, work(shared, task), None)
    except Exception as error:  # a failing run must not end the others
        return Done(position, None, f"{type(error).__name__}: {error}")
