"""Which scenario stands beside a plan as what would happen anyway."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaopu.model.text import Refusal
from miaopu.scenarios import load, resolve
from miaopu.scenarios.baseline import baseline_of
from miaopu.scenarios.compiling import check

PLANS = {
    "shenzhen-2022-2025": "shenzhen-baseline.yaml",
    "shenzhen-2023-2025": "shenzhen-baseline.yaml",
    "hunan-2021-2023": "hunan-baseline.yaml",
    "town": "town-baseline.yaml",
}


def lay(folder: Path, name: str, text: str) -> Path:
    """Write a scenario."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize("plan", PLANS)
def test_every_shipped_plan_has_its_baseline_and_baselines_have_none(plan: str) -> None:
    found = baseline_of(resolve(plan))
    assert found is not None and found.path.name == PLANS[plan]
    assert baseline_of(found) is None
    assert baseline_of(resolve(PLANS[plan])) is None


def test_a_scenario_laid_over_a_plan_has_the_plans_baseline(tmp_path: Path) -> None:
    found = baseline_of(resolve(lay(tmp_path, "mine.yaml", "extends: town.yaml\nplan: {hubs: {slots: 3}}\n")))
    assert found is not None and found.path.name == "town-baseline.yaml"


def test_a_baseline_laid_over_its_plan_is_not_its_own_baseline(tmp_path: Path) -> None:
    plan = lay(tmp_path, "plan.yaml", "extends: town.yaml\nbaseline: none.yaml\n")
    none = lay(tmp_path, "none.yaml", "extends: plan.yaml\nplan: ~\nphases: ~\ndistricts: ~\n")
    found = baseline_of(resolve(plan))
    assert found is not None and found.path == none
    assert baseline_of(resolve(none)) is None
    assert baseline_of(found) is None


@pytest.mark.parametrize(
    "text", ["calendar: {until: 2029-12}\n", "place: regions/shenzhen.yaml\nphases: ~\ndistricts: ~\nshocks: ~\n"]
)
def test_an_inherited_baseline_of_another_world_is_left_out(tmp_path: Path, text: str) -> None:
    path = lay(tmp_path, "mine.yaml", f"extends: town.yaml\n{text}")
    assert load(path).months
    assert baseline_of(resolve(path)) is None


def test_an_inherited_baseline_of_another_seed_stays(tmp_path: Path) -> None:
    assert baseline_of(resolve(lay(tmp_path, "mine.yaml", "extends: town.yaml\nruns: {seed: 99}\n")))


def test_an_empty_value_takes_the_baseline_away(tmp_path: Path) -> None:
    assert baseline_of(resolve(lay(tmp_path, "mine.yaml", "extends: town.yaml\nbaseline:\n"))) is None


def test_what_a_scenario_believes_of_the_world_holds_without_the_plan_too(tmp_path: Path) -> None:
    said = "start: {start_coverage: 12 %}\nparameters: {worker_cost: 9万元每年}\n"
    said += "readings: {hub_kinds: federations_only}\n"
    found = baseline_of(resolve(lay(tmp_path, "mine.yaml", f"extends: town.yaml\n{said}")))
    assert found is not None
    assert found.data["start"] == {"start_coverage": "12 %"}
    assert found.data["parameters"] == {"worker_cost": "9万元每年"}
    assert found.data["readings"]["hub_kinds"] == "federations_only"
    assert "plan" not in found.data and "targets" not in found.data


def test_a_baseline_is_found_beside_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    lay(tmp_path / "below", "none.yaml", "extends: town-baseline.yaml\n")
    lay(tmp_path / "below", "plan.yaml", "extends: town.yaml\nbaseline: none.yaml\n")
    found = baseline_of(resolve(lay(tmp_path, "mine.yaml", "extends: below/plan.yaml\n")))
    assert found is not None and found.path == tmp_path / "below" / "none.yaml"


def test_checking_a_plan_checks_its_baseline(tmp_path: Path) -> None:
    lay(tmp_path, "none.yaml", "extends: town-baseline.yaml\nexisting: {hubs: {slots: -1}}\n")
    plan = lay(tmp_path, "plan.yaml", "extends: town.yaml\nbaseline: none.yaml\n")
    with pytest.raises(Refusal) as refused:
        check(plan)
    assert (refused.value.problems[0].where or "").endswith("none.yaml:2:26")
