"""The connection to a cluster's scheduler, which outlives it."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from . import cluster_refusals as refusals
from . import cluster_worker

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS = 10
_CLOSE_SECONDS = 5


@contextmanager
def connected(scheduler: str) -> Iterator[Client]:
    """A client of the scheduler at an address ("tcp://host:8786").

    Raises Refusal where `distributed` is not installed, nobody answers, or the scheduler lacks the package.
    """
    try:
        import dask
        import distributed  # noqa: F401  (its import sets the levels of its logs, so it comes before quietening)
    except ImportError as error:
        raise refusals.not_installed() from error
    timeouts = {"distributed.comm.timeouts.connect": f"{CONNECT_SECONDS}s"}
    with dask.config.set(timeouts), _quiet_logs():
        client = _client(scheduler)
        try:
            _check_scheduler(client, scheduler)
            yield client
        finally:
            with suppress(Exception):  # there is no leave to take of a scheduler that is lost
                client.close(timeout=_CLOSE_SECONDS)


@contextmanager
def reaching() -> Iterator[None]:
    """Around every talk with the scheduler: a broken connection becomes ClusterLost."""
    import asyncio

    try:
        yield
    except (OSError, CancelledError, asyncio.CancelledError) as error:
        raise refusals.lost() from error


def _client(scheduler: str) -> Client:
    from distributed import Client
    from distributed.versions import VersionMismatchWarning

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", VersionMismatchWarning)  # what decides results is checked by us
            return Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise refusals.no_answer(scheduler, CONNECT_SECONDS) from error


def _check_scheduler(client: Client, scheduler: str) -> None:
    try:
        client.run_on_scheduler(cluster_worker.present)
    except OSError as error:
        raise refusals.no_answer(scheduler, CONNECT_SECONDS) from error
    except Exception as error:  # whatever its import raised
        raise refusals.scheduler_cannot_import(scheduler, error) from error


@contextmanager
def _quiet_logs() -> Iterator[None]:
    """Lost connections are told by us, once; the library would tell them on the terminal again."""
    found = [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "distributed"]
    before = {name: logging.getLogger(name).level for name in found}
    for name in found:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
