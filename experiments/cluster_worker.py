"""What a worker of a cluster does. The scheduler imports this too, so nothing heavy is imported at the top.

A worker computes only what it has the shared data of, and takes those only if its versions are the driver's; so
one that joins later, or comes back after a death, is checked before its first run.
"""

from __future__ import annotations

import pickle
import threading
import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from .pool import one
from .versions import differences

_KEPT = 8  # works whose shared data a worker holds; several drivers may use one cluster

# A run keeps its state in arrays and caches of its process that are made for one thread; a worker that was started
# with several threads therefore does one chunk at a time.
_one_at_a_time = threading.Lock()
_packed: dict[str, bytes] = {}  # work and shared data as they came, by digest
_opened: dict[str, tuple[Any, Any]] = {}  # the same after the first chunk
_process = uuid.uuid4().hex  # an address is used again after a death; this is not


class Answer(NamedTuple):
    """What a worker gives back for a chunk: packed results, or None where it has not the shared data."""

    worker: str
    process: str
    results: bytes | None


def present() -> bool:
    """Called on the scheduler: whether it can import the package."""
    return True


@cache
def fingerprint_here() -> dict[str, Any]:
    """This process's fingerprint, taken once: files may be replaced later under code that is loaded already."""
    from .manifest import fingerprint

    return fingerprint()


def receive(digest: str, wanted: Mapping[str, Any], data: bytes) -> tuple[str, dict[str, Any]]:
    """Take the shared data unless the versions differ; gives this process's name and its fingerprint."""
    try:
        found = fingerprint_here()
    except OSError as error:  # to the driver an OSError means that this worker was not reached
        raise RuntimeError(str(error)) from error
    if digest not in _opened and not differences(wanted, found):
        _put(_packed, digest, data)
    return _process, found


def do_chunk(digest: str, part: bytes) -> Answer:
    """Do the tasks of a chunk, each on its own: a failing one does not harm the others."""
    import cloudpickle
    from distributed import get_worker

    worker = get_worker().address
    with _one_at_a_time:
        opened = _open(digest)
        if opened is None:
            return Answer(worker, _process, None)
        work, shared = opened
        done = [one(work, shared, position, task) for position, task in pickle.loads(part)]
    return Answer(worker, _process, cloudpickle.dumps(done))


def _open(digest: str) -> tuple[Any, Any] | None:
    data = _packed.pop(digest, None)
    if digest not in _opened:
        if data is None:
            return None
        _put(_opened, digest, pickle.loads(data))
    return _opened[digest]


def _put(table: dict[str, Any], digest: str, value: object) -> None:
    while digest not in table and len(table) >= _KEPT:
        table.pop(next(iter(table)), None)
    table[digest] = value
