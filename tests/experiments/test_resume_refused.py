"""When an experiment is not gone on with: conditions changed, another process is at work, the folder is another's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from miaopu.experiments import source
from miaopu.experiments.campaign import identity
from miaopu.experiments.campaign import lock as lock_module
from miaopu.experiments.campaign.carrying_out import carry_out
from miaopu.experiments.campaign.folder import begin, reopen
from miaopu.experiments.campaign.identity import NotTheSame, refuse_if_different
from miaopu.experiments.design.reading import inputs_of_experiment
from miaopu.model.text import Refusal
from miaopu.tests.experiments import cheap

Change = Callable[[Path, pytest.MonkeyPatch], None]


def manifest_edited(edit: Callable[[dict[str, Any]], None]) -> Change:
    def change(folder: Path, _: pytest.MonkeyPatch) -> None:
        told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        edit(told)
        (folder / "manifest.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    return change


def today(**other: Any) -> Change:
    """The program of today differs in something."""

    def change(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        now = identity.fingerprint()
        for name, value in other.items():
            now[name] = now[name] | value if isinstance(value, dict) else value
        monkeypatch.setattr(identity, "fingerprint", lambda: now)

    return change


def place_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The region that the scenario is about has other data now."""
    other = folder.parent / "other.yaml"
    other.write_text("changed", encoding="utf-8")
    monkeypatch.setattr(source, "inside", lambda *_: other)


def another_lever(told: dict[str, Any]) -> None:
    told["experiment"]["levers"]["hubs.slots"]["high"] = 13


def another_plan(told: dict[str, Any]) -> None:
    told["scenarios"][0]["data"]["plan"]["hubs"]["slots"] = 9


CHANGES: dict[str, tuple[Change, str]] = {
    "the model": (today(model_sources="0123456789abcdef"), "model_sources: then"),
    "code around the model": (today(code="0123456789abcdef"), "code: then"),
    "a package": (today(packages={"numpy": "1.0"}), "packages.numpy: then"),
    "a package that was not there": (today(packages={"polars": "1.0"}), "packages.polars: then —, now 1.0"),
    "Python": (today(python="3.10.1"), "python: then"),
    "the place": (place_changed, "the data of the place"),
    "the experiment in the manifest": (manifest_edited(another_lever), "the experiment in the manifest has"),
    "a scenario in the manifest": (manifest_edited(another_plan), "the scenario town.yaml in the manifest"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_what_differs_is_named(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change, said = CHANGES[what]
    cheap.begun(tmp_path / "folder")
    refuse_if_different(reopen(tmp_path / "folder").manifest)
    change(tmp_path / "folder", monkeypatch)
    with pytest.raises(NotTheSame) as refusal:
        refuse_if_different(reopen(tmp_path / "folder").manifest)
    head, *found = [problem.text.en for problem in refusal.value.problems]
    assert "--anyway" in head
    assert len(found) == 1 and said in found[0], found


def test_nothing_differs_on_the_same_machine_a_moment_later(tmp_path: Path) -> None:
    cheap.done(tmp_path / "folder")
    assert identity.differences(reopen(tmp_path / "folder").manifest) == []


HOLDER = """
import sys
from pathlib import Path
from miaopu.experiments.campaign.lock import alone_in
with alone_in(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path: Path) -> Any:
    """A folder with an experiment, held by another process."""
    cheap.begun(tmp_path / "folder")
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "folder")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline().strip() == b"held"
        yield holder
        holder.kill()


@pytest.mark.slow
def test_two_processes_never_work_in_one_folder(
    held: subprocess.Popen[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from miaopu.experiments.campaign.extending import extend

    monkeypatch.setattr(lock_module, "WAIT", 0.1)
    lock_module._lock_of.cache_clear()
    campaign = reopen(tmp_path / "folder")
    before = cheap.contents(campaign.folder)
    with pytest.raises(Refusal, match="another process is at work"):
        carry_out(campaign, subject=cheap.Cheap())
    with pytest.raises(Refusal, match="another process is at work"):
        extend(campaign, replicates=3)
    assert cheap.contents(campaign.folder) == before
    held.kill()
    held.wait()
    assert carry_out(campaign, workers=1, subject=cheap.Cheap()).runs == 5, "who was killed holds nothing"


def test_one_process_may_hold_its_folder_more_than_once(tmp_path: Path) -> None:
    campaign = cheap.begun(tmp_path / "folder")
    with campaign.alone():
        assert carry_out(campaign, workers=1, subject=cheap.Cheap()).runs == 5
        with campaign.alone():
            pass


@pytest.mark.parametrize("other", ["purpose", "design", "scenario", "rule"])
def test_another_experiment_does_not_get_into_the_folder(other: str, tmp_path: Path) -> None:
    cheap.done(tmp_path / "folder")
    before = cheap.contents(tmp_path / "folder")
    what = cheap.experiment()
    if other == "design":
        what = cheap.experiment(design={"method": "latin", "points": 6})
    elif other == "scenario":
        what = cheap.experiment(("town-baseline",))
    purpose = "sensitivity" if other == "purpose" else "sweep"
    rule = {"half_width": 0.05, "most": 100} if other == "rule" else None
    with pytest.raises(Refusal, match="another experiment"):
        begin(what, inputs_of_experiment(what), purpose, tmp_path / "folder", rule)
    assert cheap.contents(tmp_path / "folder") == before


@pytest.mark.parametrize("name", ["notes.txt", "manifest.json", "parts/000000/plan.dwg", "parts"])
def test_a_folder_of_somebody_elses_is_not_touched(name: str, tmp_path: Path) -> None:
    foreign = tmp_path / "folder" / name
    foreign.parent.mkdir(parents=True)
    foreign.write_text("{}")
    with pytest.raises(Refusal):
        cheap.begun(tmp_path / "folder")
    with pytest.raises(Refusal):
        reopen(tmp_path / "folder")
    assert [path for path in (tmp_path / "folder").rglob("*") if path.is_file()] == [foreign]
    assert foreign.read_text() == "{}"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="is a file"):
        cheap.begun(tmp_path / "file")


def test_a_beginning_that_was_killed_is_taken_up(tmp_path: Path) -> None:
    """The moments of `begin`: a folder, a lock, a folder for parts, half a manifest."""
    cheap.done(tmp_path / "whole")
    folder = tmp_path / "folder"
    (folder / "parts").mkdir(parents=True)
    (folder / ".lock").touch()
    (folder / ".unfinished-manifest.json").write_text('{"made_by": "mi')
    (folder / ".DS_Store").touch()
    cheap.done(folder)
    (folder / ".DS_Store").unlink()
    assert cheap.contents(folder) == cheap.contents(tmp_path / "whole")
