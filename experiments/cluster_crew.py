"""The workers of a cluster: checked before they compute, and counted."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.text import Text
from . import cluster_refusals as refusals
from . import cluster_worker
from .cluster_link import reaching
from .cluster_worker import Answer
from .pool import Work
from .versions import OtherVersions, differences, joined, other_machines, refusal

if TYPE_CHECKING:
    from distributed import Client

WITHOUT_WORKERS_SECONDS = 60.0
_COUNT_SECONDS = 2.0

Notice = Callable[[Text], None]


class Parcel(NamedTuple):
    """What every worker needs: the fingerprint it must have, and work and shared data as bytes with their digest."""

    digest: str
    wanted: Mapping[str, Any]
    data: bytes


def parcel_of(work: Work, shared: object, wanted: Mapping[str, Any] | None) -> Parcel:
    """Work and shared data packed for all workers; `wanted` None means that they must be like this process."""
    import cloudpickle

    if wanted is None:
        from .manifest import fingerprint

        wanted = fingerprint()
    data = cloudpickle.dumps((work, shared))
    return Parcel(hashlib.sha256(data).hexdigest(), wanted, data)


@contextmanager
def left_at_scheduler(client: Client, parcel: Parcel) -> Iterator[None]:
    """The shared data lie at the scheduler meanwhile, where each worker fetches them once."""
    key = cluster_worker.metadata_key(parcel.digest)
    with reaching():
        client.set_metadata(key, parcel.data)
    try:
        yield
    finally:
        if client.status == "running":
            with suppress(Exception):  # what ended the work is what should be told
                client.set_metadata(key, None)


class Crew:
    """The workers of a scheduler; every method raises ClusterLost when it cannot be reached."""

    def __init__(self, client: Client, parcel: Parcel, notice: Notice | None) -> None:
        self.client, self.parcel, self.notice = client, parcel, notice
        self._told: set[Text] = set()
        self._threads = 0
        self._counted = self._seen = time.monotonic()

    def muster(self) -> None:
        """Wait for a worker, and check all that are there.

        Raises OtherVersions naming the workers that differ, and how.
        """
        try:
            self.client.wait_for_workers(1, timeout=WITHOUT_WORKERS_SECONDS)
        except TimeoutError as error:
            raise refusals.no_workers(WITHOUT_WORKERS_SECONDS) from error
        self._check()
        self._count()

    def look_at(self, answer: Answer) -> bytes:
        """The packed results of a chunk; raises OtherVersions where the worker refused it."""
        if answer.results is None:
            raise refusal({answer.worker: joined(differences(self.parcel.wanted, answer.fingerprint))})
        self._tell_of(answer.worker, answer.fingerprint)
        return answer.results

    def threads(self) -> int:
        """Threads of all workers, counted every few seconds; raises ClusterLost with nobody there for too long."""
        if time.monotonic() - self._counted > _COUNT_SECONDS:
            self._count()
        return self._threads

    def blame(self, error: BaseException) -> OtherVersions:
        """Who it is that cannot even begin a chunk."""
        try:
            self._check()
        except OtherVersions as found:
            return found
        return refusal({"?": refusals.cannot_run(error)})

    def _count(self) -> None:
        with reaching():
            threads: Any = self.client.nthreads()
        self._threads = sum(threads.values())
        self._counted = time.monotonic()
        if self._threads:
            self._seen = self._counted
        elif self._counted - self._seen > WITHOUT_WORKERS_SECONDS:
            raise refusals.no_workers(WITHOUT_WORKERS_SECONDS)

    def _check(self) -> None:
        with reaching():
            answers: Any = self.client.run(cluster_worker.fingerprint_here, on_error="return")
        wrong: dict[str, Text] = {}
        for worker, answer in answers.items():
            if isinstance(answer, OSError):
                continue  # it died meanwhile; its tasks go to others by themselves
            if isinstance(answer, Exception):
                wrong[worker] = refusals.cannot_run(answer)
                continue
            unlike = differences(self.parcel.wanted, answer)
            if unlike:
                wrong[worker] = joined(unlike)
            self._tell_of(worker, answer)
        if wrong:
            raise refusal(wrong)

    def _tell_of(self, worker: str, found: Mapping[str, Any]) -> None:
        """Once for each kind of machine, so that a hundred equal workers are one line."""
        what = joined(other_machines(self.parcel.wanted, found))
        if self.notice is None or not what.en or what in self._told:
            return
        self._told.add(what)
        self.notice(Text(
            f"工作进程 {worker} 的机器与本机不同（{what.zh}），结果的末位数字可能略有差别",
            f"worker {worker} is another kind of machine ({what.en}); last digits of results may differ",
        ))  # fmt: skip
