"""Workers, chunks and the order in which results come leave no trace in what is stored."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from miaopu.experiments.campaign import carrying_out
from miaopu.experiments.campaign.folder import Campaign, reopen
from miaopu.experiments.campaign.plan_tables import draws_table
from miaopu.tests.experiments import cheap

WHAT = cheap.experiment(("town", "town-baseline"), design={"method": "latin", "points": 9}, draws=2, block=7)
FAILS = frozenset([4, 5, 20])


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    """What one process leaves that does one run after the other."""
    folder = tmp_path_factory.mktemp("alone") / "folder"
    assert cheap.done(folder, WHAT, cheap.Cheap(fails=FAILS)).runs == 36
    return cheap.contents(folder)


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "chunk"), [(2, None), (2, 7), (3, 1)])
def test_workers_and_chunks_leave_the_same(
    workers: int, chunk: int | None, alone: dict[str, bytes | None], tmp_path: Path
) -> None:
    diary = tmp_path / "diary"
    cheap.done(tmp_path / "folder", WHAT, cheap.Cheap(0.005, FAILS, str(diary)), workers=workers, chunk=chunk)
    processes, runs = zip(*(line.split() for line in diary.read_text().splitlines()), strict=True)
    assert sorted(map(int, runs)) == list(range(36)) and len(set(processes)) > 1
    assert cheap.contents(tmp_path / "folder") == alone


@pytest.mark.parametrize("seed", range(5))
def test_results_may_come_in_any_order(
    seed: int, alone: dict[str, bytes | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shuffled(
        work: Callable[..., Any], shared: object, tasks: Sequence[Any], keep: Callable[..., None], *_: Any, **how: Any
    ) -> None:
        order = list(range(len(tasks)))
        random.Random(seed).shuffle(order)
        for position in order:
            try:
                result = work(shared, tasks[position])
            except ValueError as error:
                how["failed"](position, f"ValueError: {error}")
            else:
                keep(position, result)

    monkeypatch.setattr(carrying_out, "run_all", shuffled)
    cheap.done(tmp_path / "folder", WHAT, cheap.Cheap(fails=FAILS))
    assert cheap.contents(tmp_path / "folder") == alone


def test_a_folder_opened_again_plans_what_was_begun(tmp_path: Path) -> None:
    begun = cheap.begun(tmp_path / "folder", WHAT)
    again = reopen(tmp_path / "folder")
    assert replace(again.experiment, scenarios=()) == replace(begun.experiment, scenarios=())
    assert [one.path.stem for one in again.experiment.scenarios] == ["town", "town-baseline"]
    assert {name: column.tolist() for name, column in again.plan.columns.items()} == {
        name: column.tolist() for name, column in begun.plan.columns.items()
    }
    assert again.plan.seeds.tolist() == begun.plan.seeds.tolist()
    for now, then in zip(again.inputs, begun.inputs, strict=True):
        assert (now.timetable == then.timetable).all() and now.targets == then.targets
        assert now.parameters == then.parameters and now.readings == then.readings
    assert not (tmp_path / "folder" / "inputs").exists(), "reading a folder leaves nothing in it"


BASE = Path(cheap.__file__).parents[2] / "scenarios" / "town-baseline.yaml"
ROSTER = """区县,街道乡镇,类型,居民数,社区村数,有枢纽型组织,备案数,登记数
北区,甲街道,街道,52000,8,否,{filed},3
"""


def test_rosters_of_one_name_stay_with_their_scenarios(tmp_path: Path) -> None:
    """Two plans of one place, each in a folder of its own with a roster that is called like the other's."""
    for name, filed in (("high", 90), ("low", 10)):
        (tmp_path / name).mkdir()
        place = "{roster: mine.csv, name: {zh: 某市, en: Some City}}"
        said = BASE.read_text(encoding="utf-8").replace("regions/town.yaml", place)
        (tmp_path / name / f"{name}.yaml").write_text(said, encoding="utf-8")
        (tmp_path / name / "mine.csv").write_text(ROSTER.format(filed=filed), encoding="utf-8")
    what = cheap.experiment(tuple(str(tmp_path / name / f"{name}.yaml") for name in ("high", "low")))
    cheap.begun(tmp_path / "folder", what)
    again = reopen(tmp_path / "folder")
    assert [float(inputs.place.filed.sum()) for inputs in again.inputs] == pytest.approx([90, 10])


def _drawn(campaign: Campaign) -> dict[str, list[float]]:
    return {name: column.tolist() for name, column in draws_table(campaign).items() if name.startswith("p_")}


def test_the_draws_of_a_parameter_do_not_hang_on_what_else_varies(tmp_path: Path) -> None:
    few = cheap.experiment(draws=4, design={"method": "one"}, levers={})
    more = cheap.experiment(draws=4, uncertainties={"start_coverage": "prior"}, replicates=2)
    assert _drawn(cheap.begun(tmp_path / "few", few)) == _drawn(cheap.begun(tmp_path / "more", more))


def test_more_draws_leave_those_that_were_there(tmp_path: Path) -> None:
    few, more = (cheap.experiment(draws=draws, design={"method": "one"}, levers={}) for draws in (3, 5))
    first, second = _drawn(cheap.begun(tmp_path / "few", few)), _drawn(cheap.begun(tmp_path / "more", more))
    assert first and all(second[name][:3] == column for name, column in first.items())
