"""The whole path from design to index, against functions whose indices are known.

A function takes the model's place and nothing else is changed: the design is laid out, runs go to workers, parts are
written and read, and the analysis is the one that a scenario's runs go through.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from miaopu.experiments.analysing import analyse
from miaopu.experiments.campaign.carrying_out import carry_out
from miaopu.experiments.campaign.folder import Campaign, begin, extended
from miaopu.experiments.campaign.results import outcomes_of
from miaopu.experiments.columns import Columns
from miaopu.experiments.design.experiment import Design, Experiment, Keep
from miaopu.experiments.design.reading import inputs_of_experiment
from miaopu.model.inputs import Target
from miaopu.model.text import Text
from miaopu.scenarios import resolve
from miaopu.tests.experiments.known_functions import Function

from .functions import factors, ishigami_indices, sobol_g_indices

TARGET = Target(
    "f", Text("函数值", "the function"), "", "registered", ">=", 1.0, 5, False, "whole", None, "", "", (5,)
)
NOISE = 0.5  # standard deviation of what chance adds to a run


def campaign(folder: Path, count: int, design: Design, replicates: int = 1, seeds: str = "common") -> Campaign:
    """An experiment over `count` levers and the inert control, with the one target."""
    experiment = Experiment(
        Text("已知答案", "known answers"), (resolve("town"),), factors(count), {}, design, None, replicates,
        seeds=seeds, keep=Keep(), decide_on=("f.all.measured",), block=500, record={"replicates": replicates},
    )  # fmt: skip
    inputs = tuple(replace(one, targets=(TARGET,)) for one in inputs_of_experiment(experiment))
    return begin(experiment, inputs, "sensitivity", folder)


def indices(what: Campaign, subject: Function, workers: int = 1) -> tuple[pd.DataFrame, dict[str, Columns]]:
    """S1 and ST of the function, by factor, and all tables."""
    carry_out(what, workers=workers, subject=subject)
    tables, _ = analyse(what, outcomes_of(what))
    found = pd.DataFrame(tables["indices"])
    found = found[found["outcome"] == "f.all.measured"].set_index(["index", "factor"])
    return found, tables


@pytest.mark.slow
def test_ishigami_through_two_workers(tmp_path: Path) -> None:
    """Within .05 of the analytic values, each inside its own 95 % interval widened by half (15 intervals)."""
    what = campaign(tmp_path / "a", 3, Design("sobol", 1024))
    found, tables = indices(what, Function("ishigami", what.plan.points), workers=2)
    first, total, _ = ishigami_indices()
    for name, known in (("S1", first), ("ST", total)):
        rows = found.loc[name]
        assert np.abs(rows["value"] - known).max() < 0.05
        assert (np.abs(rows["value"] - known) <= 1.5 * (rows["high"] - rows["value"]) + 1e-12).all()
    assert found.loc[("ST", "inert"), "value"] == 0.0
    assert len(what.parts.done()) == what.plan.blocks
    assert set(tables) >= {"indices", "chance", "convergence", "response"}


@pytest.mark.slow
def test_sobol_g_and_what_extension_adds(tmp_path: Path) -> None:
    """Doubling the points keeps every run of the smaller design and brings the indices nearer."""
    small = campaign(tmp_path / "g", 5, Design("sobol", 256))
    before, _ = indices(small, Function("sobol_g", small.plan.points))
    parts = {path: path.read_bytes() for path in small.folder.glob("parts/*/*.parquet")}
    large = extended(small, small.waves[-1]._replace(points=2048))
    after, _ = indices(large, Function("sobol_g", large.plan.points))
    first, total = sobol_g_indices()
    for name, known in (("S1", first), ("ST", total)):
        assert np.abs(after.loc[name]["value"] - known).max() < 0.03
        assert (after.loc[name]["high"] - after.loc[name]["low"]).max() < (
            before.loc[name]["high"] - before.loc[name]["low"]
        ).max()
    assert all(path.read_bytes() == content for path, content in parts.items())
    fresh = campaign(tmp_path / "fresh", 5, Design("sobol", 2048))
    np.testing.assert_array_equal(large.plan.points.unit, fresh.plan.points.unit)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", ["common", "own"])
def test_chance_is_told_from_the_factors(seeds: str, tmp_path: Path) -> None:
    """Noise of a known size has its share of the variance, within a third of it; 256 base points, 4 replicates."""
    what = campaign(tmp_path / seeds, 3, Design("sobol", 256), 4, seeds)
    found, tables = indices(what, Function("ishigami", what.plan.points, NOISE))
    chance = pd.DataFrame(tables["chance"]).set_index("outcome").loc["f.all.measured"]
    a, b, c = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 49 / 8, 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    if seeds == "common":  # the same four seeds at all points: noise that shifts all points alike, and no index
        assert found.loc[("ST", "inert"), "value"] == pytest.approx(0.0, abs=1e-12)
        assert chance["share_factors"] > 0.9
    else:
        assert chance["share_chance"] == pytest.approx(NOISE**2 / (a + b + c + NOISE**2), rel=0.35)
        assert 0 < found.loc[("ST", "inert"), "value"] < 0.03


@pytest.mark.slow
def test_a_failed_run_takes_its_base_point_with_it(tmp_path: Path) -> None:
    """Two runs of one base point and one of another fail: two base points are dropped, and it is said."""
    what = campaign(tmp_path / "f", 3, Design("sobol", 256))
    rows = 3 + 1 + 2  # points of a base point
    failing = frozenset({0, 3, 10 * rows + 1})
    found, _ = indices(what, Function("ishigami", what.plan.points, fails=failing))
    assert (found["dropped"] == 2).all()
    assert (found["base_points"] == 254).all()
    assert sorted(what.parts.failed()) == sorted(failing)
    first, _, _ = ishigami_indices()
    assert np.abs(found.loc["S1"]["value"] - first).max() < 0.12
