"""A forecast of a plan also tells what would happen without it, on the same draws and the same luck."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from miaopu.experiments import columns, folder, forecast, store
from miaopu.experiments.forecast import with_settings
from miaopu.experiments.source import record
from miaopu.experiments.store import Results
from miaopu.experiments.verify import verify
from miaopu.model.inputs import Inputs
from miaopu.model.targets import months_checked
from miaopu.scenarios.compiling import inputs_of
from miaopu.scenarios.layers import Resolved, resolve

from .conftest import DRAWS

BASELINE = ("baseline_months", "baseline_targets", "baseline_ledger", "baseline_outcomes")


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A forecast of the town's baseline itself, one run for each draw."""
    resolved = resolve("town-baseline")
    inputs = with_settings(inputs_of(resolved), DRAWS, 1, None)
    return forecast.forecast(inputs, resolved, tmp_path_factory.mktemp("results") / "alone", workers=1)


def test_the_baselines_tables_are_those_of_a_forecast_of_the_baseline(made: Results, alone: Results) -> None:
    pd.testing.assert_frame_equal(made.baseline_months, alone.months)
    pd.testing.assert_frame_equal(made.baseline_ledger, alone.ledger)
    assert made.manifest["baseline"] | {"sha256": ""} == {
        "name": alone.manifest["name"], "scenario": "town-baseline", "runs": DRAWS, "draws": DRAWS, "failed": 0,
        "sha256": "",
    }  # fmt: skip
    assert made.manifest["baseline"]["sha256"] == alone.manifest["scenario_sha256"]


def test_until_the_plan_begins_its_runs_are_the_baselines(made: Results, town: tuple[Inputs, Resolved]) -> None:
    first = made.runs.loc[made.runs["replicate"] == 0, "run"]
    plan = made.months[made.months["run"].isin(first) & (made.months["month"] < town[0].plan_from)]
    without = made.baseline_months[made.baseline_months["month"] < town[0].plan_from]
    same = plan.drop(columns="run").reset_index(drop=True), without.drop(columns="run").reset_index(drop=True)
    assert len(plan)
    pd.testing.assert_frame_equal(*same)


def test_the_plans_targets_are_judged_on_the_baselines_months(made: Results, town: tuple[Inputs, Resolved]) -> None:
    inputs = town[0]
    assert made.baseline_targets["target"].tolist() == made.targets["target"].tolist()
    assert made.baseline_targets["threshold"].tolist() == made.targets["threshold"].tolist()
    assert set(made.baseline_targets["replicates"]) == {1} and set(made.baseline_targets["draws"]) == {DRAWS}
    months = made.baseline_months.set_index(["month", "run"])
    found = made.baseline_outcomes
    hubs = found[(found["target"] == "hubs") & (found["counts"] == "nominal")].set_index("run")
    coverage = months.loc[inputs.targets[0].by, "street_hub_coverage"]
    np.testing.assert_allclose(hubs["measured"], coverage, rtol=1e-6)
    training = inputs.targets[-1]
    by_year = [months.loc[t, "leader_training_sessions"] for t in months_checked(training, inputs)]
    worst = np.min(by_year, axis=0)
    yearly = found[found["target"] == training.id]
    np.testing.assert_allclose(yearly["measured"], worst, rtol=1e-6)
    assert yearly["reached"].tolist() == (worst >= training.threshold).tolist()
    share = found.groupby(["target", "counts"])["reached"].mean()
    for row in made.baseline_targets.itertuples():
        assert row.probability == pytest.approx(share[row.target, row.counts])


def test_a_changed_figure_of_the_baseline_is_told(copied: Path) -> None:
    table = columns.read_parquet(copied / "baseline_months.parquet")
    table["organizations"] = table["organizations"].copy()
    table["organizations"][3] += 1
    columns.write_parquet(copied / "baseline_months.parquet", table)
    verdict = verify(copied, workers=1)
    assert not verdict.agrees
    assert {difference.name for difference in verdict.differences} == {
        "baseline_months.parquet", "baseline_months.parquet/organizations",
    }  # fmt: skip


def test_a_changed_baseline_in_the_manifest_is_told(copied: Path) -> None:
    told = json.loads((copied / folder.MANIFEST).read_text(encoding="utf-8"))
    told["scenario"]["baseline"]["data"]["existing"]["needs"]["visits"] = "5 per month"
    store.write_manifest(copied, told)
    lines = verify(copied, workers=1).lines("en")
    assert "the baseline in manifest.json has been changed" in lines
    assert any(line.startswith("baseline_months.parquet differs") for line in lines)


def test_a_baseline_of_ones_own_verifies_without_its_files(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "none.yaml").write_text("extends: town-baseline.yaml\nexisting: {hubs: {slots: 1}}\n", encoding="utf-8")
    text = "extends: town.yaml\nbaseline: none.yaml\nstart: {start_coverage: 20 %}\n"
    (own / "mine.yaml").write_text(text, encoding="utf-8")
    resolved = resolve(own / "mine.yaml")
    inputs = with_settings(inputs_of(resolved), 1, 1, 5)
    made = forecast.forecast(inputs, resolved, tmp_path / "out", workers=1, grid=False)
    assert made.manifest["baseline"]["scenario"] == "none"
    first = made.baseline_months.iloc[0], made.months.iloc[0]
    assert first[0]["street_hub_coverage"] == first[1]["street_hub_coverage"]
    shutil.rmtree(own)
    assert verify(tmp_path / "out", workers=1).differences == []


def test_without_a_baseline_the_frames_have_columns_and_no_rows(alone: Results, made: Results) -> None:
    assert alone.manifest["baseline"] is None and "baseline" not in alone.manifest["scenario"]
    for name in BASELINE:
        frame = getattr(alone, name)
        assert not len(frame)
        assert list(frame) == list(getattr(made, name))


def test_an_older_folder_has_empty_frames_and_still_verifies(made: Results, copied: Path) -> None:
    told = json.loads((copied / folder.MANIFEST).read_text(encoding="utf-8"))
    for key in ("baseline", "network"):
        del told[key]
    del told["scenario"]["baseline"]
    for name in [name for name in told["tables"] if name.startswith(("baseline_", "network_"))]:
        del told["tables"][name]
        (copied / name).unlink()
    store.write_manifest(copied, told)
    assert verify(copied, workers=1).lines("en") == ["All 10 tables agree."]
    older = Results(copied)
    for name in (*BASELINE, "network_nodes", "network_links"):
        assert not len(getattr(older, name))
        assert list(getattr(older, name)) == list(getattr(made, name))


def test_the_key_alone_makes_no_other_experiment(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: town.yaml\nbaseline: town-baseline.yaml\n", encoding="utf-8")
    with_key = record(resolve(tmp_path / "mine.yaml"))
    (tmp_path / "mine.yaml").write_text("extends: town.yaml\nbaseline:\n", encoding="utf-8")
    assert record(resolve(tmp_path / "mine.yaml")) == with_key


def test_the_stage_is_named(town: tuple[Inputs, Resolved], tmp_path: Path) -> None:
    stages: list[str] = []
    forecast.forecast(
        *town, tmp_path / "out", workers=1, grid=False, progress=lambda stage, done, total: stages.append(stage.en)
    )
    assert stages.count("simulating the baseline, without the plan") == DRAWS
