"""Progress on standard error: a live bar on a terminal, elsewhere a line every few seconds."""

from __future__ import annotations

import sys
import threading
import time
from contextvars import copy_context
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..model.text import Text
from .speech import current, say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

FIRST = 1.0  # seconds before a stage is told of: anything shorter says nothing
EVERY = 5.0  # seconds between lines
TICK = 0.2


def time_left(seconds: float) -> str:
    """A remaining time in words that do not pretend to be exact."""
    if seconds < 60:
        return say(f"剩约 {max(1, round(seconds))} 秒", f"about {max(1, round(seconds))} s left")
    minutes = round(seconds / 60)
    if minutes < 60:
        return say(f"剩约 {minutes} 分", f"about {minutes} min left")
    hours, rest = divmod(minutes, 60)
    return say(f"剩约 {hours} 小时 {rest} 分", f"about {hours} h {rest} min left")


def line(stage: Text, done: int, total: int, seconds: float) -> str:
    """`simulating 120/1000 · 12 % · about 3 min left`, when `done` of `total` took `seconds`."""
    if total <= 1:
        return f"{stage.of(current())} · {say(f'已 {seconds:.0f} 秒', f'{seconds:.0f} s')}"
    parts = [f"{stage.of(current())} {done}/{total}", f"{100 * done // total} %"]
    if 0 < done < total:
        parts.append(time_left(seconds / done * (total - done)))
    return " · ".join(parts)


class Progress:
    """Call it with (stage, done, total) as work is done. A stage of one step has no count."""

    def __init__(self) -> None:
        self._stage: Text | None = None
        self._done = 0
        self._total = 0
        self._began = time.monotonic()
        self._told: Text | None = None  # the stage of the last line
        self._last = ""
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._teller: threading.Thread | None = None
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._bar = _bar()
            self._bar.start()
        else:
            self._teller = threading.Thread(target=copy_context().run, args=(self._tell,), daemon=True)
            self._teller.start()
        return self

    def __call__(self, stage: Text, done: int, total: int) -> None:
        """`done` of `total` steps of `stage` are finished; its clock starts with its first call."""
        with self._lock:
            begins = stage != self._stage
            if begins:
                self._began = time.monotonic()
            self._stage, self._done, self._total = stage, done, total
        if self._bar is not None:
            self._show(self._bar, begins)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._bar is not None:
            self._bar.stop()
        if self._teller is not None:
            self._teller.join()
            stage = self._stage
            if kind is None and stage is not None and stage == self._told and self._total > 1:
                self._write(line(stage, self._done, self._total, 0.0))

    def _show(self, bar: Bar, begins: bool) -> None:
        if begins:
            for task in bar.task_ids:
                bar.remove_task(task)
            bar.add_task("", left="")
        stage, done, total = self._stage, self._done, self._total
        left = ""
        if 0 < done < total:
            left = time_left((time.monotonic() - self._began) / done * (total - done))
        several = total > 1
        bar.update(
            bar.task_ids[-1],
            description=stage.of(current()) if stage else "",
            completed=done if several else 0,
            total=total if several else None,
            left=left,
        )

    def _tell(self) -> None:
        """Write where things stand: each stage soon after it begins, then every few seconds."""
        last = time.monotonic()
        while not self._over.wait(TICK):
            with self._lock:
                now, stage = time.monotonic(), self._stage
                since, pause = (last, EVERY) if stage == self._told else (self._began, FIRST)
                if stage is None or now - since < pause:
                    continue
                text = line(stage, self._done, self._total, now - self._began)
            self._write(text)
            last, self._told = now, stage

    def _write(self, text: str) -> None:
        if text != self._last:
            print(text, file=sys.stderr, flush=True)
        self._last = text


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}"),
        console=Console(stderr=True),
        transient=True,
    )
