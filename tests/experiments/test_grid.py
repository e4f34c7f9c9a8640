"""P(target) over start coverage and order strength."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from miaopu.experiments import grid, variants
from miaopu.experiments.store import Results, open_results
from miaopu.model.inputs import Inputs
from miaopu.scenarios.layers import Resolved

RUNS = 6


def test_grid_has_every_cell_and_no_more_runs_than_the_forecast(made: Results) -> None:
    cells = made.grid[["start_coverage", "order_strength"]].drop_duplicates()
    assert len(cells) == len(made.grid) == len(grid.START_COVERAGE) * len(grid.ORDER_STRENGTH)
    assert made.grid["runs"].eq(RUNS).all()
    assert made.grid["probability"].between(0, 1).all()
    assert made.manifest["grid"]["target"] == "hubs"


@pytest.mark.parametrize(("runs", "expected"), [(4, 4), (100, 8), (1000, 13), (6000, 60)])
def test_grid_costs_about_a_third_of_the_forecast(
    town: tuple[Inputs, Resolved], runs: int, expected: int
) -> None:
    inputs = replace(town[0], draws=runs, replicates=1)
    assert grid.runs_per_cell(inputs, inputs.months) == expected


def test_no_hub_target_no_grid(town: tuple[Inputs, Resolved], made: Results, copied: Path) -> None:
    aims = tuple(aim for aim in town[0].targets if aim.indicator not in grid.HUB_INDICATORS)
    assert grid.probability_grid(replace(town[0], targets=aims), 1) is None
    (copied / "grid.csv").unlink()
    assert list(open_results(copied).grid.columns) == list(made.grid.columns)
    assert len(open_results(copied).grid) == 0


def test_a_lever_is_set_where_the_scenario_uses_it(town: tuple[Inputs, Resolved]) -> None:
    inputs = town[0]
    before = inputs.timetable["assessment_order_strength"]
    after = variants.with_levers(inputs, {grid.ORDER_LEVER: 0.07}).timetable["assessment_order_strength"]
    np.testing.assert_array_equal(after, np.where(before > 0, 0.07, 0.0))
    silent = variants.with_levers(inputs, {grid.ORDER_LEVER: 0.0})
    np.testing.assert_array_equal(silent.timetable["assessment_order_strength"], 0.0)
    again = variants.with_levers(silent, {grid.ORDER_LEVER: 0.07}).timetable["assessment_order_strength"]
    month = np.arange(inputs.months)[:, None]
    during = (month >= inputs.plan_from) & (month <= inputs.deadline)
    np.testing.assert_array_equal(again, np.where(during, 0.07, 0.0) + np.zeros_like(before))


def test_a_run_cut_short_is_the_beginning_of_the_whole(town: tuple[Inputs, Resolved]) -> None:
    from miaopu.model.simulation import simulate
    from miaopu.model.uncertainty import draw_parameters

    inputs = town[0]
    parameters = draw_parameters(inputs.parameters, inputs.seed, 0)
    whole = simulate(inputs, parameters, 11).tallies
    np.testing.assert_array_equal(simulate(variants.until(inputs, 35), parameters, 11).tallies, whole[:36])
