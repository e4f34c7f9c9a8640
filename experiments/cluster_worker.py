"""What a worker of a cluster does. The scheduler imports this too, so nothing heavy is imported at the top.

A worker compares its versions with the driver's before every chunk, so one that joins later, or comes back after a
death, is checked too. It fetches the shared data once, from the scheduler: the driver need not know who has them.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .pool import one
from .versions import differences

if TYPE_CHECKING:
    from distributed import Worker

_KEPT = 8  # works whose shared data a worker holds; several drivers may use one cluster

# A run keeps its state in arrays and caches of its process that are made for one thread; a worker that was started
# with several threads therefore does one chunk at a time.
_one_at_a_time = threading.Lock()
_opened: dict[str, tuple[Any, Any]] = {}  # work and shared data, by the digest of both


class Answer(NamedTuple):
    """What a worker gives back for a chunk; the results are packed, or None where its versions are not the driver's."""

    worker: str
    fingerprint: dict[str, Any]
    results: bytes | None


def present() -> bool:
    """Called on the scheduler: whether it can import the package."""
    return True


@cache
def fingerprint_here() -> dict[str, Any]:
    """This process's fingerprint, taken once: files may be replaced later under code that is loaded already."""
    from .manifest import fingerprint

    try:
        return fingerprint()
    except OSError as error:  # to the driver an OSError means that this worker was not reached
        raise RuntimeError(str(error)) from error


def do_chunk(digest: str, wanted: Mapping[str, Any], part: bytes) -> Answer:
    """Do the tasks of a chunk, each on its own: a failing one does not harm the others."""
    import cloudpickle
    from distributed import get_worker

    worker = get_worker()
    found = fingerprint_here()
    if differences(wanted, found):
        return Answer(worker.address, found, None)
    with _one_at_a_time:
        work, shared = _open(worker, digest)
        done = [one(work, shared, position, task) for position, task in pickle.loads(part)]
    return Answer(worker.address, found, cloudpickle.dumps(done))


def _open(worker: Worker, digest: str) -> tuple[Any, Any]:
    """Fetched from the scheduler by the first chunk in this process, whenever that started."""
    if digest not in _opened:
        from distributed.utils import sync

        data = sync(worker.loop, worker.scheduler.get_metadata, keys=[metadata_key(digest)], default=None)
        if data is None:
            raise RuntimeError("the scheduler no longer has the shared data of this work")
        while len(_opened) >= _KEPT:
            _opened.pop(next(iter(_opened)))
        _opened[digest] = pickle.loads(data)
    return _opened[digest]


def metadata_key(digest: str) -> str:
    """Under which the scheduler keeps the shared data while the work lasts."""
    return f"miaopu-{digest}"
