"""Runs that fail: kept apart, told, and done again when asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaopu.experiments.campaign.carrying_out import Done
from miaopu.experiments.study import go_on
from miaopu.model.text import Refusal
from miaopu.tests.experiments import cheap

WHAT = cheap.experiment(design={"method": "latin", "points": 12}, block=5)
FAILS = frozenset([1, 7, 8])


def test_a_failing_run_takes_none_with_it(tmp_path: Path) -> None:
    done = cheap.done(tmp_path / "some", WHAT, cheap.Cheap(fails=FAILS))
    cheap.done(tmp_path / "none", WHAT)
    some, none = cheap.begun(tmp_path / "some", WHAT).parts, cheap.begun(tmp_path / "none", WHAT).parts
    assert done == Done(12, 3)
    assert some.failed() == {run: f"ValueError: run {run} does not work" for run in FAILS}
    assert some.runs_done() == 9
    whole, left = none.table("numbers"), some.table("numbers")
    kept = [run not in FAILS for run in whole["run"].tolist()]
    assert {name: column.tolist() for name, column in left.items()} == {
        name: column[kept].tolist() for name, column in whole.items()
    }


def test_failures_are_left_alone_unless_a_retry_is_asked_for(tmp_path: Path) -> None:
    folder, diary = tmp_path / "folder", tmp_path / "diary"
    cheap.done(folder, WHAT, cheap.Cheap(fails=FAILS))
    before = cheap.contents(folder)
    assert cheap.done(folder, WHAT, cheap.Cheap(diary=str(diary))) == Done(0, 3)
    assert not diary.exists() and cheap.contents(folder) == before


def test_after_a_retry_nothing_tells_that_runs_had_failed(tmp_path: Path) -> None:
    folder, diary = tmp_path / "folder", tmp_path / "diary"
    cheap.done(folder, WHAT, cheap.Cheap(fails=FAILS))
    cheap.done(tmp_path / "never", WHAT)
    assert cheap.done(folder, WHAT, cheap.Cheap(diary=str(diary)), retry=True).failed == 0
    done_again = {int(line.split()[1]) for line in diary.read_text().splitlines()}
    assert done_again == set(range(10)), "only blocks with failures are done again"
    found, never = cheap.contents(folder), cheap.contents(tmp_path / "never")
    assert {name: found[name] for name in never} == never
    assert set(found) - set(never) <= {"failures"}, "an empty folder may stay"


def test_a_retry_that_fails_again_leaves_what_was_there(tmp_path: Path) -> None:
    folder, subject = tmp_path / "folder", cheap.Cheap(fails=FAILS)
    cheap.done(folder, WHAT, subject)
    before = cheap.contents(folder)
    assert cheap.done(folder, WHAT, subject, retry=True).failed == 3
    assert cheap.contents(folder) == before


def test_a_retry_that_is_interrupted_forgets_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks are taken away before they are done again; what was not done again is done by the next session."""
    folder, subject = tmp_path / "folder", cheap.Cheap(fails=FAILS)
    cheap.done(folder, WHAT, subject)
    before = cheap.contents(folder)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cheap.Cheap, "__call__", interrupted)
    with pytest.raises(KeyboardInterrupt):
        cheap.done(folder, WHAT, subject, retry=True)
    monkeypatch.undo()
    cheap.done(folder, WHAT, subject)
    assert cheap.contents(folder) == before


@pytest.mark.slow
def test_when_every_run_fails_that_is_said_once_with_the_first_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ArithmeticError("a budget below nothing")

    monkeypatch.setattr("miaopu.model.simulation.simulate", fails)
    campaign = cheap.begun(tmp_path / "folder", WHAT)
    with pytest.raises(Refusal) as refusal:
        go_on(campaign, workers=1)
    (problem,) = refusal.value.problems
    assert "all 12 runs failed" in problem.text.en and "ArithmeticError: a budget below nothing" in problem.text.en
    assert "12 次推演都失败" in problem.text.zh
