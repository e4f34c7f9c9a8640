"""What happens when something goes wrong: exit codes, what is said, and that no traceback is shown."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from miaopu.commands import group

Call = Callable[..., Any]


def raising(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def levers() -> dict[str, object]:
        raise error

    from miaopu.model import vocabulary

    monkeypatch.setattr(vocabulary, "levers", levers)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (FileNotFoundError, "no such file or folder"),
        (PermissionError, "permission denied"),
        (IsADirectoryError, "this is a folder"),
        (NotADirectoryError, "this is not a folder"),
        (FileExistsError, "exists already"),
    ],
)
def test_paths_that_cannot_be_used(
    kind: type[OSError], said: str, miaopu: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(kind(1, "", "somewhere/of-the-users.csv"), monkeypatch)
    english, chinese = miaopu("levers"), miaopu("levers", "--lang", "zh")
    assert english.code == chinese.code == 2
    assert english.err.startswith(f"somewhere/of-the-users.csv: {said}")
    assert "：" not in english.err and chinese.err != english.err and len(chinese.err.splitlines()) == 1


@pytest.mark.parametrize("kind", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_or_quota_is_told_in_one_sentence(
    kind: int, miaopu: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(OSError(kind, "Error writing bytes to file"), monkeypatch)
    done = miaopu("levers")
    assert (done.code, done.err) == (2, "no space left on the disk.\n")


def test_the_unexpected_is_saved_and_regretted(
    miaopu: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_log_dir", lambda name: str(tmp_path / name))
    raising(ZeroDivisionError("division by zero"), monkeypatch)
    done = miaopu("levers")
    assert done.code == 1
    assert "Traceback" not in done.err and "ZeroDivisionError: division by zero" in done.err
    (saved,) = (tmp_path / "miaopu").glob("error-*.txt")
    assert str(saved) in done.err
    assert "Traceback" in saved.read_text(encoding="utf-8")


def test_a_missing_file_of_the_package_is_our_fault(
    miaopu: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_log_dir", lambda name: str(tmp_path))
    ours = Path(group.__file__).with_name("nothing.yaml")
    raising(FileNotFoundError(2, "", str(ours)), monkeypatch)
    assert miaopu("levers").code == 1


def test_debugging_shows_the_whole_trace(monkeypatch: pytest.MonkeyPatch, miaopu: Call) -> None:
    raising(ZeroDivisionError("division by zero"), monkeypatch)
    monkeypatch.setenv("MIAOPU_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        miaopu("levers")


def test_interruption(miaopu: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(KeyboardInterrupt(), monkeypatch)
    done = miaopu("levers", "--lang", "zh")
    assert done.code == 130
    assert done.err.strip() == "已中断，没有留下不完整的结果。"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m miaopu levers --details; echo code $? >&2"
    done = subprocess.run(["sh", "-c", f"({command}) | head -n 1"], capture_output=True, text=True)
    assert done.stderr == "code 0\n"


def test_chinese_in_a_console_that_knows_none() -> None:
    command = [sys.executable, "-m", "miaopu", "--help", "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert "用法：" in done.stdout.decode("utf-8")
