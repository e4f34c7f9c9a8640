"""One call of the command line from its arguments to its exit code.

0 done, 1 unexpected, 2 bad input, 3 some runs failed, 4 verification differs, 130 interrupted; 5 is kept for
a refusal to resume.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from ..model.text import Refusal
from .failures import BAD_INPUT, DONE, INTERRUPTED, UNEXPECTED, about_path, apologize, tell
from .group import root
from .misuse import lines_about
from .speech import choose, current, say


def run(args: Sequence[str]) -> int:
    """Run one command; its exit code. Nothing is raised but, under MIAOPU_DEBUG=1, what was not expected."""
    choose(args)
    _speak_unicode(sys.stdout)
    _speak_unicode(sys.stderr)
    try:
        with _polite_ending():
            code = _invoke(list(args))
            sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return DONE  # the reader (`| head`) has what it wanted
    except (KeyboardInterrupt, click.Abort):
        tell("", say("已中断，没有留下不完整的结果。", "Interrupted; nothing half-written was left."))
        return INTERRUPTED
    return code


def _invoke(args: list[str]) -> int:
    try:
        group = root()
        with group.make_context("miaopu", args) as ctx:
            return group.invoke(ctx) or DONE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        tell(*lines_about(error))
        return BAD_INPUT
    except Refusal as refusal:
        tell(*(problem.line(current()) for problem in refusal.problems))
        return refusal.exit_code
    except BrokenPipeError:
        raise
    except OSError as error:
        sentence = about_path(error)
        if sentence is None:
            return _unexpected(error)
        tell(sentence)
        return BAD_INPUT
    except Exception as error:  # the last resort: no traceback reaches a planner
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    if os.environ.get("MIAOPU_DEBUG") == "1":
        raise error
    apologize(error)
    return UNEXPECTED


def _speak_unicode(stream: Any) -> None:
    """Make a stream able to write Chinese; on Windows that means UTF-8 in pipes too."""
    try:
        "苗圃".encode(stream.encoding or "ascii")
        able = sys.platform != "win32"
    except (LookupError, UnicodeEncodeError):
        able = False
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding=None if able else "utf-8", errors="replace")


@contextmanager
def _polite_ending() -> Iterator[None]:
    """Treat a request to end (SIGTERM) like Ctrl-C, so that what is half-written is cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _forget_stdout() -> None:
    """Keep Python from flushing into the closed pipe when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
