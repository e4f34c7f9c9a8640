"""Folders that make no brief are refused: all of them at once, each by name, in both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from miaopu.experiments.comparison import compare
from miaopu.experiments.forecast import forecast, with_settings
from miaopu.model.text import LANGUAGES, Refusal
from miaopu.outputs.brief.gathering.gather import gather
from miaopu.scenarios.compiling import inputs_of
from miaopu.scenarios.layers import resolve

from .. import synthetic_calibration

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A forecast of the fictional town."""
    resolved = resolve("town")
    inputs = with_settings(inputs_of(resolved), 2, 2, None)
    return forecast(inputs, resolved, tmp_path_factory.mktemp("forecasts") / "forecast", workers=1).folder


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studies") / "compare"
    compare(["town", "town-baseline"], 4, folder, workers=1)
    return folder


def refused(*folders: Path) -> list[str]:
    """The lines in both languages, one below the other."""
    with pytest.raises(Refusal) as caught:
        gather(folders)
    problems = caught.value.problems
    assert all(problem.line("zh") != problem.line("en") for problem in problems)
    return ["\n".join(problem.line(lang) for problem in problems) for lang in LANGUAGES]


def renamed(folder: Path, to: Path, **scenario: object) -> Path:
    """A copy of a forecast whose manifest says other things of its scenario."""
    shutil.copytree(folder, to)
    path = to / "manifest.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["scenario"] |= scenario
    path.write_text(json.dumps(told), encoding="utf-8")
    return to


def test_nothing_is_no_brief() -> None:
    zh, en = refused()
    assert "没有结果文件夹" in zh and "no results folder" in en


def test_every_fault_is_told_at_once(tmp_path: Path, town: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "manifest.json").write_text('{"made_by": "somebody"}', encoding="utf-8")
    broken = renamed(town, tmp_path / "broken")
    (broken / "ledger.parquet").unlink()
    zh, en = refused(tmp_path / "nowhere", tmp_path / "letters", town, broken, town)
    for said in (zh, en):
        for name in ("nowhere", "letters", "broken", "ledger.parquet", "forecast"):
            assert name in said
    assert len(en.splitlines()) == 4
    assert "given twice" in en and "写了两次" in zh


def test_kinds_that_a_brief_can_be_made_from_are_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{not json", encoding="utf-8")
    zh, en = refused(tmp_path)
    for word in ("forecast", "compare", "sensitivity", "calibrate"):
        assert word in zh and word in en


def test_results_of_another_place_are_named_with_what_they_are_about(tmp_path: Path, town: Path) -> None:
    other = renamed(town, tmp_path / "other", data={"place": "regions/hunan.yaml"})
    zh, en = refused(town, other)
    for said in (zh, en):
        assert str(town) in said and str(other) in said and "regions/hunan.yaml" in said
    assert "not about one plan" in en and "不是同一个方案" in zh


def test_another_scenario_of_the_same_place_is_an_option(tmp_path: Path, town: Path) -> None:
    other = renamed(town, tmp_path / "other", file="bolder.yaml")
    found = gather([town, other])
    assert [option.key for option in found.options] == ["town", "bolder"]


def test_a_calibration_goes_with_any_plan(tmp_path: Path, town: Path) -> None:
    folder = synthetic_calibration.make(tmp_path / "calibration")
    found = gather([folder, town])
    assert found.calibration is not None and found.targets


def test_a_study_of_another_plan_is_refused(tmp_path: Path, town: Path, compared: Path) -> None:
    other = renamed(town, tmp_path / "other", file="bolder.yaml")
    for said in refused(other, compared):
        assert "(bolder," in said.replace("（bolder，", "(bolder,") and str(compared) in said
    assert len(gather([town, compared]).sources) == 2


def test_an_unfinished_study_says_how_to_go_on(tmp_path: Path, compared: Path) -> None:
    half, untold = (shutil.copytree(compared, tmp_path / name) for name in ("half", "untold"))
    shutil.rmtree(half / "parts" / "000000")
    (untold / "costs.csv").unlink()
    assert gather([compared]).options
    for folder in (half, untold):
        zh, en = refused(folder)
        assert f"miaopu resume {folder}" in en and "not finished" in en
        assert f"miaopu resume {folder}" in zh and "尚未完成" in zh


def test_a_sweep_is_refused_by_its_kind(tmp_path: Path, compared: Path) -> None:
    swept = shutil.copytree(compared, tmp_path / "swept")
    told = json.loads((swept / "manifest.json").read_text(encoding="utf-8"))
    (swept / "manifest.json").write_text(json.dumps(told | {"purpose": "sweep"}), encoding="utf-8")
    zh, en = refused(swept)
    assert "sweep" in en and "sweep" in zh
