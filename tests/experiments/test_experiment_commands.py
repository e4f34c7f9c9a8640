"""`miaopu sweep`, `status`, `resume`, `extend` when not all goes well: what is said, and the exit code."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from miaopu.experiments.campaign import identity, parts
from miaopu.experiments.campaign.folder import reopen
from miaopu.model import simulation
from miaopu.tests.experiments import cheap

pytestmark = pytest.mark.slow
Call = Callable[..., Any]
FILE = """
name: {zh: 小实验, en: a small sweep}
scenarios: [town]
until: 2026-12
levers:
  hubs.slots: {low: 0, high: 12}
design: {method: list, rows: [{hubs.slots: 0}, {hubs.slots: 12}]}
replicates: 2
block: 2
"""
RUNS = 4


@pytest.fixture
def sweep(miaopu: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Sweep into `folder` in this process; no charts are drawn, for none is looked at here."""
    monkeypatch.setattr("miaopu.outputs.study_charts.drawing", lambda *_: None)
    (tmp_path / "small.yaml").write_text(FILE, encoding="utf-8")
    return lambda folder: miaopu("sweep", tmp_path / "small.yaml", "--out", folder, "--workers", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def whole(sweep: Call, tmp_path: Path) -> dict[str, bytes | None]:
    """What a sweep leaves with which nothing goes wrong."""
    done = sweep(tmp_path / "whole")
    assert done.code == 0 and "failed" not in done.err
    return cheap.contents(tmp_path / "whole")


def raising(error: BaseException, runs: set[int], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The model raises in some of its runs, counted from 0; the list grows with every run."""
    real, begun = simulation.simulate, []

    def simulate(*args: Any) -> Any:
        begun.append(len(begun))
        if begun[-1] in runs:
            raise error
        return real(*args)

    monkeypatch.setattr(simulation, "simulate", simulate)
    return begun


def test_failures_are_told_until_they_are_done_again(
    sweep: Call, miaopu: Call, folder: Path, whole: dict[str, bytes | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as bad:
        raising(ValueError("no street"), {1}, bad)
        done = sweep(folder)
    assert done.code == 3 and "1 runs failed" in done.err and f"miaopu resume {folder} --retry" in done.err
    status = miaopu("status", folder)
    assert status.code == 3 and "4 runs planned, 3 done (100 %), 1 failed, 0 left" in status.out
    assert reopen(folder).parts.failed() == {1: "ValueError: no street"}
    begun = raising(ValueError("never"), set(), monkeypatch)
    assert miaopu("resume", folder, "--workers", 1).code == 3 and begun == []
    again = miaopu("resume", folder, "--workers", 1, "--retry")
    assert again.code == 0 and "failed" not in again.err
    assert len(begun) == 2, "the block of the failed run alone"
    left = cheap.contents(folder)
    assert {name: left[name] for name in whole} == whole


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 2, "no space left on the disk."),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_ends_a_sweep_early_is_said_and_resume_finishes_the_same(
    error: BaseException, code: int, said: str, sweep: Call, miaopu: Call, folder: Path,
    whole: dict[str, bytes | None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    real, written = parts.write_parquet, []

    def stops_in_the_second_part(path: Path, columns: Any) -> None:
        written.append(path)
        if path.parent.name.endswith("000001"):
            path.write_bytes(b"PAR1")
            raise error
        real(path, columns)

    with monkeypatch.context() as bad:
        bad.setattr(parts, "write_parquet", stops_in_the_second_part)
        done = sweep(folder)
    assert done.code == code and "Traceback" not in done.err
    assert f"Runs that are done are kept; to go on: miaopu resume {folder}" in done.err
    assert said in done.err
    status = miaopu("status", folder)
    assert status.code == 0 and "2 done (50 %), 0 failed, 2 left" in status.out
    assert f"miaopu resume {folder}" in status.out
    begun = raising(ValueError("never"), set(), monkeypatch)
    assert miaopu("resume", folder, "--workers", 1).code == 0
    assert len(begun) == 2 and cheap.contents(folder) == whole


def test_other_conditions_stop_a_resume_unless_it_is_told_to_go_on(
    sweep: Call, miaopu: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sweep(folder).code == 0
    other = identity.fingerprint() | {"model_sources": "0123456789abcdef"}
    monkeypatch.setattr(identity, "fingerprint", lambda: other)
    assert miaopu("resume", folder).code == 0, "what is finished may be looked at"
    reopen(folder).parts.drop(0)
    before = cheap.contents(folder)
    for command in (("resume", folder), ("extend", folder, "--replicates", 3)):
        done = miaopu(*command)
        assert done.code == 5 and "model_sources: then" in done.err and "now 0123456789abcdef" in done.err
        assert cheap.contents(folder) == before
    done = miaopu("extend", folder, "--replicates", 3, "--workers", 1, "--anyway")
    assert done.code == 0 and reopen(folder).parts.runs_done() == 6
    assert "now 0123456789abcdef" in (folder / "log.txt").read_text(encoding="utf-8"), "what differs is noted"


def test_extending_does_what_is_new_and_refuses_what_is_not(
    sweep: Call, miaopu: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sweep(folder).code == 0
    begun = raising(ValueError("never"), set(), monkeypatch)
    nothing = miaopu("extend", folder)
    assert nothing.code == 2 and "nothing to add" in nothing.err
    fewer = miaopu("extend", folder, "--replicates", 1)
    assert fewer.code == 2 and "2 already, cannot become 1" in fewer.err
    assert begun == []
    assert miaopu("extend", folder, "--replicates", 3, "--workers", 1).code == 0
    assert len(begun) == 2
    assert "6 runs planned, 6 done (100 %), 0 failed, 0 left" in miaopu("status", folder).out


def test_when_all_runs_fail_nothing_else_is_said(sweep: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(ArithmeticError("a budget below nothing"), set(range(99)), monkeypatch)
    done = sweep(folder)
    assert done.code == 2 and done.out == ""
    assert done.err.splitlines()[-1] == (
        f"all {RUNS} runs failed, so there is no result; the first said: ArithmeticError: a budget below nothing"
    )


@pytest.mark.parametrize("command", ["status", "resume", "extend"])
def test_a_folder_without_an_experiment_is_told(command: str, miaopu: Call, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    done = miaopu(command, tmp_path)
    assert done.code == 2 and "is not the folder of an experiment" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
