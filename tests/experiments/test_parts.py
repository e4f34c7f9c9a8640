"""Parts of an experiment's results: whole or not at all, and read in the order of runs."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from miaopu.experiments.campaign import parts as module
from miaopu.experiments.campaign.parts import Parts, tables_of
from miaopu.experiments.campaign.plan import Task
from miaopu.experiments.columns import text_column
from miaopu.tests.experiments import cheap

STEPS_OF_A_PART = 8  # flushes: a table of failures and two folders, three tables, the part, the folder of parts


def tasks(block: int) -> list[Task]:
    return [Task(run, 0, run, 0, 0, 100 + run) for run in range(3 * block, 3 * block + 3)]


def put(parts: Parts, block: int, failing: bool = True) -> None:
    """A block of three runs, the last of which failed."""
    subject, own = cheap.Cheap(), tasks(block)
    good = own[:2] if failing else own
    failures = [(own[2].run, "KeyError: 逗号, “引号”\n  and a second line")] if failing else []
    parts.put(block, tables_of(subject, [(task, subject(task)) for task in good]), failures)


def test_a_table_holds_the_rows_of_all_parts_in_the_order_of_runs(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    for block in (11, 2, 0, 7):
        put(parts, block)
    assert parts.done() == [0, 2, 7, 11]
    runs = parts.table("numbers")["run"]
    assert runs.tolist() == np.repeat([0, 1, 6, 7, 21, 22, 33, 34], 3).tolist()
    assert set(parts.table("numbers", ["run", "word"])) == {"run", "word"}
    assert parts.runs_done() == 8 and parts.table("runs")["run"].tolist() == [0, 1, 6, 7, 21, 22, 33, 34]


def test_errors_are_kept_in_one_line_by_run(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    put(parts, 1)
    put(parts, 0, failing=False)
    assert parts.failed() == {5: "KeyError: 逗号, “引号” and a second line"}
    assert parts.blocks_with_failures() == [1]


def test_a_block_of_failures_alone_is_a_part_too(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    parts.put(0, tables_of(cheap.Cheap(), []), [(0, "a"), (1, "b")])
    put(parts, 1)
    assert parts.done() == [0, 1] and len(parts.failed()) == 3
    assert parts.table("numbers")["run"].tolist() == [3] * 3 + [4] * 3


def test_text_without_rows_goes_together_with_text(tmp_path: Path) -> None:
    """Runs of one block may have no rows of a table, where those of another have some."""
    parts = Parts(tmp_path)
    for block, words in enumerate([[], ["a", "b"], []]):
        parts.put(block, {"words": {"word": text_column(words)}}, [])
    assert parts.table("words")["word"].tolist() == ["a", "b"]


@pytest.mark.parametrize("step", range(1, STEPS_OF_A_PART + 1))
def test_an_error_at_any_step_leaves_no_part_or_a_whole_one(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = module.flush, 0

    def full(path: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == step:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path)

    parts = Parts(tmp_path / "broken")
    monkeypatch.setattr(module, "flush", full)
    with pytest.raises(OSError, match="No space"):
        put(parts, 4)
    monkeypatch.undo()
    assert parts.done() == ([4] if step == STEPS_OF_A_PART else [])
    assert not list(parts.parts.glob(".unfinished*"))
    parts.clear_unfinished()
    whole = Parts(tmp_path / "whole")
    put(whole, 4)
    if parts.done():
        assert cheap.contents(parts.folder) == cheap.contents(whole.folder)
    else:
        assert parts.failed() == {}, "failures of a block that will be done again"
        put(parts, 4)
        assert cheap.contents(parts.folder) == cheap.contents(whole.folder)


def test_a_part_cannot_be_seen_before_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts, seen = Parts(tmp_path), []
    real = module.write_parquet
    monkeypatch.setattr(module, "write_parquet", lambda *args: (real(*args), seen.append(parts.done())))
    put(parts, 0)
    assert seen == [[], [], []] and parts.done() == [0]


def test_what_a_killed_writer_left_is_cleared(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    put(parts, 0)
    whole = cheap.contents(tmp_path)
    (tmp_path / "parts" / ".unfinished-000003").mkdir()
    (tmp_path / "parts" / ".unfinished-000003" / "runs.parquet").write_bytes(b"PAR1")
    (tmp_path / "failures" / ".unfinished-000003.csv").write_text("run,er")
    (tmp_path / "failures" / "000003.csv").write_text("run,error\n9,x\n")  # its part never came
    (tmp_path / ".unfinished-runs.parquet").write_bytes(b"PAR1")
    parts.clear_unfinished()
    assert cheap.contents(tmp_path) == whole


def test_a_part_that_is_taken_away_takes_its_failures_along(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    put(parts, 0)
    put(parts, 1)
    parts.drop(0)
    assert parts.done() == [1] and list(parts.failed()) == [5]
    assert parts.table("numbers")["run"].tolist() == [3] * 3 + [4] * 3


@pytest.mark.parametrize("moment", ["rename", "rmtree"])
def test_a_part_that_was_being_taken_away_is_gone_with_its_failures(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = Parts(tmp_path)
    put(parts, 0)
    calls = 0

    def killed(path: Path, **_: object) -> None:
        nonlocal calls
        calls += 1
        if calls == (1 if moment == "rename" else 2):
            raise KeyboardInterrupt

    monkeypatch.setattr(module.shutil, "rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        parts.drop(0)
    monkeypatch.undo()
    parts.clear_unfinished()
    if moment == "rename":
        assert parts.done() == [0] and parts.failed()
    else:
        assert parts.done() == [] and parts.failed() == {} and not list((tmp_path / "parts").iterdir())


FULL_DISK = """
import resource, sys
from pathlib import Path
from miaopu.tests.experiments import cheap
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))  # tables of more than a kilobyte do not fit
try:
    cheap.done(Path(sys.argv[1]), subject=cheap.Cheap(fails=frozenset([1])))
except OSError as error:
    print(error.errno)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are Unix")
def test_what_does_not_fit_on_the_disk_leaves_no_half_part(tmp_path: Path) -> None:
    subject = cheap.Cheap(fails=frozenset([1]))
    begun, whole = cheap.begun(tmp_path / "full"), tmp_path / "whole"
    begun.write_plan()
    command = [sys.executable, "-c", FULL_DISK, str(begun.folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout == f"{errno.EFBIG}\n", done.stderr
    assert begun.parts.done() == [] and not list(begun.parts.parts.iterdir())
    cheap.done(begun.folder, subject=subject)
    cheap.done(whole, subject=subject)
    assert cheap.contents(begun.folder) == cheap.contents(whole)
