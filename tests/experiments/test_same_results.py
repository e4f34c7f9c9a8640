"""The same values whatever the machine does, and runs that fail kept apart."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from miaopu.experiments import columns, forecast
from miaopu.experiments.baseline import inputs_recorded
from miaopu.experiments.ensemble import run_ensemble
from miaopu.experiments.forecast import compute
from miaopu.experiments.manifest import summary
from miaopu.experiments.store import Results, open_results
from miaopu.experiments.tables import months_table
from miaopu.model.inputs import Inputs
from miaopu.model.text import Refusal
from miaopu.scenarios.layers import Resolved

DRAWS, REPLICATES = 3, 2
RUNS = DRAWS * REPLICATES


@pytest.mark.parametrize(("workers", "chunk"), [(2, None), (2, 1), (4, 2)])
def test_workers_and_chunks_change_nothing(
    town: tuple[Inputs, Resolved], workers: int, chunk: int | None
) -> None:
    alone, together = run_ensemble(town[0], workers=1), run_ensemble(town[0], workers=workers, chunk=chunk)
    for one, other in zip(alone.kept, together.kept, strict=True):
        np.testing.assert_array_equal(one, other)
    assert columns.digest(months_table(alone)) == columns.digest(months_table(together))


def test_whole_forecast_is_the_same_with_two_workers(town: tuple[Inputs, Resolved], made: Results) -> None:
    without = inputs_recorded(made.manifest["scenario"], town[0])
    again = compute(town[0], made.manifest["scenario_sha256"], 2, None, True, without=without)
    assert summary(again.tables) == made.manifest["tables"]


@pytest.mark.slow
def test_python_hash_seed_changes_nothing(made: Results, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from miaopu.experiments.forecast import forecast\n"
        "from miaopu.scenarios.compiling import inputs_of\n"
        "from miaopu.scenarios.layers import resolve\n"
        "resolved = resolve('town')\n"
        f"forecast(inputs_of(resolved), resolved, sys.argv[1], {DRAWS}, {REPLICATES}, workers=1)\n"
    )
    for seed in ("0", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, str(tmp_path / seed)], env=environment, check=True)
        assert open_results(tmp_path / seed).manifest["tables"] == made.manifest["tables"]


def test_fewer_draws_are_the_first_of_many(town: tuple[Inputs, Resolved]) -> None:
    """A run depends on its draw and replicate, not on how many there are."""
    many, few = run_ensemble(town[0], workers=1), run_ensemble(replace(town[0], draws=1), workers=1)
    np.testing.assert_array_equal(many.kept.months[:REPLICATES], few.kept.months)


def _failing(monkeypatch: pytest.MonkeyPatch, fails: Callable[[int], bool]) -> None:
    """Let the simulation of certain seeds fail."""
    from miaopu.model import simulation

    real = simulation.simulate

    def simulate(inputs: Inputs, parameters: Any, seed: int, **named: Any) -> Any:
        if fails(int(seed)):
            raise FloatingPointError("overflow\nin a rule")
        return real(inputs, parameters, seed, **named)

    monkeypatch.setattr(simulation, "simulate", simulate)


def test_a_failing_run_is_told_and_the_rest_goes_on(
    town: tuple[Inputs, Resolved], made: Results, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from miaopu.model.uncertainty import run_seed

    unlucky = int(run_seed(town[0].seed, 1, 0))
    _failing(monkeypatch, lambda seed: seed == unlucky)
    found = forecast.forecast(*town, tmp_path / "out", workers=1, grid=False)
    assert found.failures[["run", "draw", "replicate"]].to_numpy().tolist() == [[2, 1, 0]]
    assert found.failures["error"].tolist() == ["FloatingPointError: overflow in a rule"]
    assert found.manifest["runs"] == RUNS and found.manifest["failed"] == 1
    expected = made.months[made.months["run"] != 2].reset_index(drop=True)
    assert found.months.equals(expected)
    assert found.targets["draws"].eq(DRAWS).all()


def test_a_forecast_without_any_run_is_refused(
    town: tuple[Inputs, Resolved], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _failing(monkeypatch, lambda seed: True)
    with pytest.raises(Refusal, match="all 6 runs failed"):
        forecast.forecast(*town, tmp_path / "out", workers=1)
    assert list(tmp_path.iterdir()) == []
