"""The workers of a cluster: checked before they compute, given the shared data once, counted."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.text import Text
from . import cluster_refusals as refusals
from . import cluster_worker
from .cluster_link import reaching
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


class Crew:
    """The workers of a scheduler; every method raises ClusterLost when it cannot be reached."""

    def __init__(self, client: Client, parcel: Parcel, notice: Notice | None) -> None:
        self.client, self.parcel, self.notice = client, parcel, notice
        self._told: set[Text] = set()
        self._supplied: dict[str, int] = {}  # process -> number of the last chunk sent before it was supplied
        self._threads = 0
        self._counted = self._seen = time.monotonic()

    def muster(self) -> None:
        """Wait for a worker; check all that are there and give them the shared data.

        Raises OtherVersions naming the workers that differ, and how.
        """
        try:
            self.client.wait_for_workers(1, timeout=WITHOUT_WORKERS_SECONDS)
        except TimeoutError as error:
            raise refusals.no_workers(WITHOUT_WORKERS_SECONDS) from error
        self._supply(None, 0)
        self._count()

    def supply(self, worker: str, process: str, asked: int, sent: int) -> None:
        """Check and supply a worker that could not do chunk `asked`, unless it was supplied after that was sent."""
        with reaching():
            there = worker in self.client.nthreads()
        if there and self._supplied.get(process, -1) < asked:
            self._supply([worker], sent)

    def threads(self) -> int:
        """Threads of all workers, counted every few seconds; raises ClusterLost with nobody there for too long."""
        if time.monotonic() - self._counted > _COUNT_SECONDS:
            self._count()
        return self._threads

    def blame(self, error: BaseException) -> OtherVersions:
        """Who it is that cannot even begin a chunk."""
        try:
            self._supply(None, 0)
        except OtherVersions as found:
            return found
        return refusal({"?": refusals.cannot_run(error)})

    def _count(self) -> None:
        with reaching():
            self._threads = sum(self.client.nthreads().values())
        self._counted = time.monotonic()
        if self._threads:
            self._seen = self._counted
        elif self._counted - self._seen > WITHOUT_WORKERS_SECONDS:
            raise refusals.no_workers(WITHOUT_WORKERS_SECONDS)

    def _supply(self, workers: list[str] | None, sent: int) -> None:
        with reaching():
            answers = self.client.run(cluster_worker.receive, *self.parcel, workers=workers, on_error="return")
        wrong: dict[str, Text] = {}
        for worker, answer in answers.items():
            if isinstance(answer, OSError):
                continue  # it died meanwhile; its tasks go to others by themselves
            if isinstance(answer, Exception):
                wrong[worker] = refusals.cannot_run(answer)
                continue
            process, found = answer
            self._supplied[process] = sent
            unlike = differences(self.parcel.wanted, found)
            if unlike:
                wrong[worker] = joined(unlike)
            self._tell_of(worker, found)
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
