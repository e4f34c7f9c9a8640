"""pyabc without its log, and with word of the time that its import takes."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...model.text import Text
from .refusals import not_installed

if TYPE_CHECKING:
    from ...experiments.ensemble import Progress

LOADING = Text("载入 pyabc（约十秒）", "loading pyabc (some ten seconds)")


@contextmanager
def quiet_pyabc(progress: Progress | None = None) -> Iterator[None]:
    """Within, pyabc is loaded, and neither its log nor warnings of the libraries below it reach anybody.

    Raises Refusal where pyabc is not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _load(progress)
        logger = logging.getLogger("ABC")
        before = logger.level
        logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            logger.setLevel(before)


def _load(progress: Progress | None) -> None:
    tell = progress if progress is not None and "pyabc" not in sys.modules else None
    if tell is not None:
        tell(LOADING, 0, 1)
    try:
        import pyabc  # noqa: F401
    except ImportError as error:
        raise not_installed() from error
    if tell is not None:
        tell(LOADING, 1, 1)
