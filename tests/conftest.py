"""What all tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")  # tests already run on all cores

# A shell starts what it puts into the background with Ctrl-C ignored, and children inherit that; the tests of what
# happens on Ctrl-C mean a program that somebody started and watches.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# the first call of a compiled rule takes seconds; the same examples every time, so that failures can recur
settings.register_profile(
    "miaopu", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("miaopu")


class Called(NamedTuple):
    """What a call of the command line gave."""

    code: int
    out: str
    err: str


Call = Callable[..., Called]


@pytest.fixture
def miaopu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call the command line in this process: `miaopu("levers", "--lang", "zh")`; else in English."""
    from miaopu.commands.run import run

    monkeypatch.setenv("MIAOPU_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("MIAOPU_DEBUG", raising=False)

    def call(*args: object) -> Called:
        capsys.readouterr()
        code = run([str(arg) for arg in args])
        said = capsys.readouterr()
        return Called(code, said.out, said.err)

    return call


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what a machine without a browser left out."""
    from miaopu.tests.browser import WITHOUT

    skipped = terminalreporter.stats.get("skipped", [])
    left_out = [report for report in skipped if WITHOUT in str(report.longrepr)]
    if left_out:
        terminalreporter.write_line(f"*** SKIPPED {len(left_out)} tests: {WITHOUT} ***", yellow=True, bold=True)
