"""P(target) over what nobody has measured: the start coverage of hubs, and the strength of the orders.

Both decide whether the coverage target is reached and neither was published for the two places, so a single
probability is not the whole answer. Every cell of the grid has the same seeds and the same draws of all other
parameters (common random numbers), so that cells differ by coverage and orders alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..model.inputs import Inputs, Target
from ..model.text import Text
from .columns import Columns
from .ensemble import Progress, telling
from .intervals import wilson
from .pool import Failure, run_all
from .single import Task, run_for_target
from .variants import until, with_levers

START_COVERAGE = (0.05, 0.15, 0.30, 0.45, 0.60)
ORDER_STRENGTH = (0.0, 0.05, 0.10, 0.20, 0.40)
COVERAGE_PARAMETER = "start_coverage"
FELT_PARAMETER = "order_felt"  # how much of an order is felt: 1, so that the lever says it all
ORDER_LEVER = "assessment.order_strength"
HUB_INDICATORS = ("street_hub_coverage", "street_hub_coverage_effective")
MOST_RUNS, LEAST_RUNS = 60, 8  # in a cell
_SHARE_OF_FORECAST = 3  # the grid costs about a third of the forecast
MAPPED = Text("目标达成概率：起点覆盖率 × 考核力度", "probability over start coverage × order strength")
KINDS = {
    "start_coverage": "float", "order_strength": "float", "probability": "float", "runs": "int",
    "probability_low": "float", "probability_high": "float",
}  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """The grid's table, the target that it is about, and the runs that failed."""

    table: Columns
    target: Target
    failures: list[Failure]


def hub_target(inputs: Inputs) -> Target | None:
    """The first target on the coverage of streets by hubs, if the scenario has one."""
    found = (target for target in inputs.targets if target.indicator in HUB_INDICATORS)
    return next(found, None)


def runs_per_cell(inputs: Inputs, months: int) -> int:
    """From 8 to 60, as many as a third of the forecast's cost allows, never more than the forecast has."""
    runs = inputs.draws * inputs.replicates
    cells = len(START_COVERAGE) * len(ORDER_STRENGTH)
    affordable = runs * inputs.months // (_SHARE_OF_FORECAST * cells * months)
    return min(runs, MOST_RUNS, max(LEAST_RUNS, affordable))


def probability_grid(
    inputs: Inputs, workers: int | None = None, progress: Progress | None = None
) -> Grid | None:
    """Simulate every cell until the target's deadline; None where no target is on hub coverage."""
    target = hub_target(inputs)
    if target is None:
        return None
    end = target.by if target.by is not None and not target.every_year else inputs.months - 1
    short = until(replace(inputs, targets=(target,)), end)
    runs = runs_per_cell(inputs, short.months)
    cells = [(coverage, order) for coverage in START_COVERAGE for order in ORDER_STRENGTH]
    scenarios = tuple(with_levers(short, {ORDER_LEVER: order}) for order in ORDER_STRENGTH)
    tasks = _tasks(inputs, cells, runs)
    reached = np.full(len(tasks), np.nan)
    failures = run_all(
        run_for_target, scenarios, tasks, reached.__setitem__, workers, tell=telling(progress, MAPPED)
    )
    return Grid(_table(cells, reached.reshape(len(cells), runs), inputs.draws), target, failures)


def _tasks(inputs: Inputs, cells: list[tuple[float, float]], runs: int) -> list[Task]:
    """Cell by cell, the same runs: as many parameter draws as there are, then further replicates."""
    from ..model.uncertainty import parameters_of_draw, run_seed

    luck = [(run % inputs.draws, run // inputs.draws) for run in range(runs)]
    drawn = [parameters_of_draw(inputs, inputs.seed, draw) for draw, _ in luck]
    seeds = [run_seed(inputs.seed, draw, replicate) for draw, replicate in luck]
    return [
        Task(
            seed,
            parameters | {COVERAGE_PARAMETER: coverage, FELT_PARAMETER: 1.0},
            ORDER_STRENGTH.index(order),
        )
        for coverage, order in cells
        for seed, parameters in zip(seeds, drawn, strict=True)
    ]


def _table(cells: list[tuple[float, float]], reached: np.ndarray, draws: int) -> Columns:
    """Shares over the runs that succeeded; the interval is Wilson's, over the parameter draws of a cell."""
    runs = (~np.isnan(reached)).sum(axis=1)
    hits = np.nansum(reached, axis=1)
    share = np.array([hit / n if n else np.nan for hit, n in zip(hits, runs, strict=True)])
    bounds = [
        wilson(float(p), min(int(n), draws)) if n else (np.nan, np.nan)
        for p, n in zip(share, runs, strict=True)
    ]
    return {
        "start_coverage": np.array([coverage for coverage, _ in cells]),
        "order_strength": np.array([order for _, order in cells]),
        "probability": share,
        "runs": runs.astype(np.int64),
        "probability_low": np.array([low for low, _ in bounds]),
        "probability_high": np.array([high for _, high in bounds]),
    }
