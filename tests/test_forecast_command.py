"""`miaopu forecast` and `miaopu verify` from end to end: exit codes, what is printed where, Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
pytestmark = pytest.mark.slow

SMALL = ("--draws", "3", "--replicates", "2", "--seed", "7", "--workers", "1")


def test_forecast_then_verify(miaopu: Call, tmp_path: Path) -> None:
    folder = tmp_path / "town"
    done = miaopu("forecast", "town", *SMALL, "--out", folder)
    assert done.code == 0, done.err
    assert "3 parameter draws × 2 replicates = 6 runs" in done.out
    assert str(folder) in done.out and "6/6" not in done.out
    assert {"targets.csv", "months.parquet", "manifest.json", "charts"} <= set(os.listdir(folder))
    assert list((folder / "charts").glob("*.png"))

    agrees = miaopu("verify", folder, "--workers", "1", "--lang", "zh")
    assert agrees.code == 0 and "一致" in agrees.out

    targets = folder / "targets.csv"
    lines = targets.read_text(encoding="utf-8-sig").splitlines()
    targets.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8-sig")
    differs = miaopu("verify", folder, "--workers", "1")
    assert differs.code == 4 and "targets.csv" in differs.out


def test_forecast_in_chinese_replaces_its_own_folder(miaopu: Call, tmp_path: Path) -> None:
    first = miaopu("forecast", "town", *SMALL, "--out", tmp_path / "r", "--lang", "zh")
    done = miaopu("forecast", "town", *SMALL, "--out", tmp_path / "r", "--lang", "zh")
    assert (first.code, done.code) == (0, 0), done.err
    assert first.out == done.out
    assert "参数抽样 3 组，每组重复 2 次，共推演 6 次" in done.out
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_a_folder_of_somebody_elses_is_refused(miaopu: Call, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all", encoding="utf-8")
    done = miaopu("forecast", "town", *SMALL, "--out", tmp_path)
    assert done.code == 2 and "letter.txt" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_verify_of_something_else(miaopu: Call, tmp_path: Path) -> None:
    assert miaopu("verify", tmp_path).code == 2
    assert miaopu("verify", tmp_path / "nothing").code == 2


def test_some_runs_failed(miaopu: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from miaopu.experiments import ensemble

    whole = ensemble.run_once
    calls: list[int] = []

    def sometimes(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise ZeroDivisionError("division by zero")
        return whole(*given)

    monkeypatch.setattr(ensemble, "run_once", sometimes)
    done = miaopu("forecast", "town", *SMALL, "--out", tmp_path / "r")
    assert done.code == 3
    assert "1 runs failed" in done.err and "ZeroDivisionError" in (tmp_path / "r" / "failures.csv").read_text(
        "utf-8"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a Unix terminal")
@pytest.mark.parametrize(("number", "workers"), [(signal.SIGINT, 1), (signal.SIGINT, 2), (signal.SIGTERM, 2)])
def test_interruption_leaves_nothing_half_written(number: int, workers: int, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "miaopu",
        "forecast",
        "town",
        "--draws",
        "30",
        "--replicates",
        "500",
        "--lang",
        "en",
    ]
    running = subprocess.Popen(
        [*command, "--workers", str(workers), "--out", str(tmp_path / "r")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stderr is not None
    for line in running.stderr:
        if line.startswith("simulating"):
            break
    os.killpg(running.pid, number)  # as a terminal does: to the workers too
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert out == "" and "Traceback" not in err and "Interrupted" in err
    assert list(tmp_path.iterdir()) == []
