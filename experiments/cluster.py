"""Many tasks on an existing Dask cluster, with the same results as on this machine alone.

Tasks go out in chunks, a few for each thread of the cluster, so that the scheduler never holds more than those.
What a dead worker had is done again by others. A chunk whose workers die every time is split into single tasks;
a single task whose workers die is tried once more alone, for it may only have been queued behind the culprit, and
is noted as failed if they die again. Where nothing but deaths comes, three of them in a row alone end the work.
"""

from __future__ import annotations

import pickle
import queue
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from . import cluster_refusals as refusals
from .cluster_crew import Crew, Notice, left_at_scheduler, parcel_of
from .cluster_link import connected, reaching
from .cluster_worker import Answer, do_chunk
from .pool import DEATHS_WITHOUT_PROGRESS, Done, Work, give_up

if TYPE_CHECKING:
    from distributed import Client, Future

SMALLEST_CHUNK, LARGEST_CHUNK = 10, 50  # a message costs milliseconds; a dead worker costs at most a chunk
IN_FLIGHT = 3  # chunks for each thread
_LOOK_SECONDS = 1.0  # between looks at the health of the cluster while nothing comes
_GATHER_SECONDS = 10  # for a chunk computed already; after that its worker is taken for dead

Take = Callable[[Done], None]


def run_on_cluster(
    work: Work,
    shared: object,
    left: dict[int, Any],
    take: Take,
    scheduler: str,
    chunk: int | None = None,
    before: Mapping[str, Any] | None = None,
    notice: Notice | None = None,
) -> None:
    """Do every task of `left` (by position) on the cluster of a scheduler; `take` gets each `Done` as it comes.

    `take` must remove the position from `left`. `before` is the fingerprint that workers must have, by default
    this process's. Raises Refusal (also OtherVersions, ClusterLost). Whatever ends it, Ctrl-C too, cancels what is
    pending and leaves the cluster as it was.
    """
    if not left:
        return
    with connected(scheduler) as client:
        crew = Crew(client, parcel_of(work, shared, before), notice)
        crew.muster()
        size = chunk or min(LARGEST_CHUNK, len(left) // (8 * max(1, crew.threads())))
        flight = _Flight(client, crew, left, take, max(SMALLEST_CHUNK, size))
        with left_at_scheduler(client, crew.parcel):
            try:
                flight.run()
            finally:
                flight.cancel()


class _Sent(NamedTuple):
    part: list[int]
    future: Future


class _Flight:
    """Chunks on their way, and those that came back without results."""

    def __init__(self, client: Client, crew: Crew, left: dict[int, Any], take: Take, size: int) -> None:
        self.client, self.crew, self.left, self.take = client, crew, left, take
        positions = list(left)
        self.parts = deque(positions[start : start + size] for start in range(0, len(positions), size))
        self.suspects: deque[int] = deque()  # tasks whose workers died while others were on their way too
        self.flying: dict[Any, _Sent] = {}
        self.landed: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self.deaths = 0  # in a row, with no result between
        self.name, self.number = f"miaopu-{uuid4().hex}", 0

    def run(self) -> None:
        """Until nothing is left."""
        while self.left:
            before = len(self.left)
            self._together()
            self._alone(every_suspect=len(self.left) < before)

    def cancel(self) -> None:
        """Take back what was not done; nothing where all is done."""
        pending = [sent.future for sent in self.flying.values()]
        self.flying.clear()
        if pending and self.client.status == "running":
            with suppress(Exception):  # what ended the work is what should be told
                self.client.cancel(pending)

    def _together(self) -> None:
        while True:
            while self._room():
                self._send(self.parts.popleft())
            if not self.flying:
                return
            self.suspects.extend(self._land())

    def _room(self) -> bool:
        if not self.parts or self.deaths >= DEATHS_WITHOUT_PROGRESS:
            return False
        return len(self.flying) < IN_FLIGHT * max(1, self.crew.threads())

    def _alone(self, every_suspect: bool) -> None:
        """One task at a time, so that a dying worker tells the culprit."""
        if not self.suspects and self.parts:
            first, *others = self.parts.popleft()
            self.suspects.append(first)
            self.parts.extend([position] for position in others)
        self.deaths = 0
        while self.suspects:
            self._send([self.suspects.popleft()])
            while self.flying:
                give_up(self._land(), self.take)
            if self.deaths >= DEATHS_WITHOUT_PROGRESS and not every_suspect:
                give_up(list(self.left), self.take)
                return

    def _send(self, part: list[int]) -> None:
        import cloudpickle

        self.number += 1
        key, parcel = f"{self.name}-{self.number}", self.crew.parcel
        tasks = cloudpickle.dumps([(position, self.left[position]) for position in part])
        with reaching():
            future = self.client.submit(do_chunk, parcel.digest, parcel.wanted, tasks, key=key, pure=False)
        self.flying[key] = _Sent(part, future)
        future.add_done_callback(self.landed.put)

    def _land(self) -> list[int]:
        """Wait for one chunk and settle it; gives its single task if that may have killed its workers."""
        sent = self._next()
        answer = self._answer(sent.future)
        if answer is None:  # its worker died before handing over the result, so another makes it again
            sent.future.add_done_callback(self.landed.put)
            return []
        del self.flying[sent.future.key]
        if isinstance(answer, Answer):
            self._settle(answer)
            return []
        return self._mourn(answer, sent.part)

    def _next(self) -> _Sent:
        while True:
            try:
                future = self.landed.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                if self.client.status != "running":
                    raise refusals.lost() from None
                self.crew.threads()
                continue
            if future.key in self.flying:
                return self.flying[future.key]

    def _answer(self, future: Any) -> Answer | BaseException | None:
        with reaching():
            if future.status == "cancelled":
                raise refusals.lost()
            if future.status == "error":
                return future.exception()
            try:
                return future.result(timeout=_GATHER_SECONDS)
            except TimeoutError:
                return None
            except OSError:
                raise
            except Exception as error:  # it was lost, made again, and failed then
                return error

    def _settle(self, answer: Answer) -> None:
        results = self.crew.look_at(answer)
        self.deaths = 0
        for done in pickle.loads(results):
            self.take(done)

    def _mourn(self, error: BaseException, part: list[int]) -> list[int]:
        """A chunk that gave nothing is split; a single task is given back where its worker died, else noted."""
        from distributed.scheduler import KilledWorker

        if isinstance(error, (ImportError, AttributeError)):
            raise self.crew.blame(error) from error
        died = isinstance(error, KilledWorker)
        self.deaths += died
        if len(part) == 1 and died:
            return part
        if len(part) == 1:
            self.take(Done(part[0], None, f"{type(error).__name__}: {error}"))
        self.parts.extend([position] for position in part if len(part) > 1)
        return []
