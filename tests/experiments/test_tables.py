"""What the tables of a forecast hold."""

from __future__ import annotations

import platform
import sys
from dataclasses import replace

import numpy as np
import pytest

from miaopu.experiments import folder
from miaopu.experiments.ensemble import run_ensemble
from miaopu.experiments.manifest import command_line
from miaopu.experiments.store import Results
from miaopu.experiments.tables import outcomes_table, varying
from miaopu.model.inputs import Inputs
from miaopu.scenarios.layers import Resolved

DRAWS, REPLICATES = 3, 2
RUNS = DRAWS * REPLICATES
TABLES = (
    "runs.parquet", "months.parquet", "districts.parquet", "streets.parquet", "ledger.parquet",
    "outcomes.parquet", "targets.csv", "places.csv", "failures.csv",
    "baseline_months.parquet", "baseline_targets.csv", "baseline_ledger.parquet", "baseline_outcomes.parquet",
    "network_nodes.csv", "network_links.csv", "grid.csv",
)  # fmt: skip


def test_every_table_has_its_rows(town: tuple[Inputs, Resolved], made: Results) -> None:
    inputs = town[0]
    place = inputs.place
    decembers = inputs.months // 12
    assert list(made.manifest["tables"]) == list(TABLES)
    assert len(made.runs) == RUNS
    assert len(made.months) == RUNS * inputs.months
    assert len(made.districts) == RUNS * decembers * place.districts
    assert len(made.streets) == RUNS * place.streets
    assert set(made.districts["month_of_year"]) == {12}
    assert sorted(made.places["level"].value_counts().items()) == [
        ("district", place.districts),
        ("street", place.streets),
    ]
    assert len(made.failures) == 0


def test_runs_carry_the_parameters_that_vary(town: tuple[Inputs, Resolved], made: Results) -> None:
    from miaopu.model.uncertainty import parameters_of_draw, run_seed

    inputs = town[0]
    given = [name for name in made.runs.columns if name.startswith("p_")]
    assert given == [f"p_{name}" for name in varying(inputs)]
    last = made.runs.iloc[-1]
    drawn = parameters_of_draw(inputs, inputs.seed, DRAWS - 1)
    assert [last[name] for name in given] == [drawn[name.removeprefix("p_")] for name in given]
    assert int(last["seed"]) % 2**64 == int(run_seed(inputs.seed, DRAWS - 1, REPLICATES - 1)) % 2**64


def test_tables_agree_with_a_run_made_alone(town: tuple[Inputs, Resolved], made: Results) -> None:
    from miaopu.model.indicators import indicator_table
    from miaopu.model.simulation import simulate
    from miaopu.model.uncertainty import parameters_of_draw, run_seed

    inputs = town[0]
    outcome = simulate(
        inputs, parameters_of_draw(inputs, inputs.seed, 1), run_seed(inputs.seed, 1, 0)
    )
    alone = indicator_table(outcome.tallies)
    stored = made.months[made.months["run"] == REPLICATES]
    for name, series in alone.items():
        np.testing.assert_array_equal(stored[name].to_numpy(), series.astype(np.float32), err_msg=name)
    ledger = made.ledger[made.ledger["run"] == REPLICATES]
    assert ledger["yuan"].sum() == pytest.approx(outcome.ledger.sum() / 100)
    streets = made.streets[made.streets["run"] == REPLICATES]
    np.testing.assert_array_equal(streets["first_nominal"], outcome.street_first_nominal)


def test_targets_are_told_nominal_and_effective(town: tuple[Inputs, Resolved], made: Results) -> None:
    rows = made.targets.set_index(["target", "counts"])
    assert [*rows.index[:4]] == [
        ("hubs", "nominal"), ("hubs", "effective"), ("working_hubs", "effective"), ("working_hubs", "nominal")
    ]  # fmt: skip
    reached = made.outcomes.groupby(["target", "counts"])["reached"].mean()
    for key, row in rows.iterrows():
        assert row["probability"] == pytest.approx(reached[key])
        assert 0 <= row["probability_low"] <= row["probability"] <= row["probability_high"] <= 1
        assert row["p05"] <= row["median"] <= row["p95"]
    assert rows.loc[("hubs", "nominal"), "deadline"] == "2026-12"
    assert rows.loc[("training", ""), "deadline"] == "every year"
    assert outcomes_table(run_ensemble(replace(town[0], draws=1), 1))["measured"].dtype == np.float64


def test_manifest_names_no_machine_and_no_folder(made: Results) -> None:
    text = (made.folder / folder.MANIFEST).read_text(encoding="utf-8")
    assert str(made.folder.parent) not in text
    assert f'"{platform.node()}"' not in text
    assert made.manifest["scenario"]["data"]["calendar"] == {"from": "2024-01", "until": "2028-12"}
    assert {"numpy", "numba", "pyarrow"} <= set(made.manifest["made_with"]["packages"])


def test_command_line_keeps_no_absolute_path(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ["forecast", "/home/someone/plan.yaml", "--out=/tmp/x/results", "--draws", "3"]
    assert command_line(typed) == ["miaopu", "forecast", "plan.yaml", "--out=results", "--draws", "3"]
    monkeypatch.setattr(sys, "argv", ["/usr/bin/pytest", "-q"])
    assert command_line() == []
