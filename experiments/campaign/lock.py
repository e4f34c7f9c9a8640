"""One process at a time in an experiment's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.text import Problem, Refusal, Text

if TYPE_CHECKING:
    from filelock import FileLock

LOCK = ".lock"
WAIT = 2  # seconds for a folder that another process holds: `status` looks at the lock for a moment only


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder, once more where this thread holds it already. Raises Refusal where another process does."""
    from filelock import Timeout

    lock = _lock_of(folder.resolve())
    try:
        lock.acquire()
    except Timeout:
        at_work = Text(
            f"{folder} 正由另一个进程推演，请等它结束", f"another process is at work in {folder}: wait for its end"
        )
        raise Refusal([Problem(at_work)]) from None
    try:
        yield
    finally:
        lock.release()


@cache
def _lock_of(folder: Path) -> FileLock:
    """One lock per folder in this process: it counts how often it is held."""
    from filelock import FileLock

    return FileLock(folder / LOCK, timeout=WAIT)


def is_held(folder: Path) -> bool:
    """Whether some process holds a folder just now; it is not held here for longer than it takes to ask."""
    from filelock import FileLock, Timeout

    if not (folder / LOCK).is_file():
        return False
    try:
        with FileLock(folder / LOCK, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # a folder that may only be read
        return False
