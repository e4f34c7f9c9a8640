"""Run a plan with all its judged figures varied at once: one point, one run, luck of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...model.text import Text
from .factors import Varied, factors
from .listing import assumptions, plan_of
from .point import inputs_at, prices
from .settings import assumption_settings

if TYPE_CHECKING:
    from ...experiments.ensemble import Progress

POSTERIOR = Path(__file__).parents[1] / "posterior.json"
SIMULATING = Text("各项假设同时变动的推演", "simulating with all assumptions varied")


class Point(NamedTuple):
    """A point of the design: the seed of its run, and every factor's value by name."""

    seed: int
    values: dict[str, float]


class Answers(NamedTuple):
    """What the runs gave; rows are points, those that failed left out."""

    plan: str
    factors: tuple[Varied, ...]
    values: np.ndarray  # (points, factors)
    figures: np.ndarray  # (points, target rows)
    reached: np.ndarray  # (points, target rows), 0 or 1
    failed: int
    parameters: str  # prior or posterior
    seed: int


def run(name: str, points: int | None = None, workers: int | None = None, progress: Progress | None = None) -> Answers:
    """The design of a plan, run; `points` as settings.yaml says unless given. Raises Refusal where nothing runs."""
    from ...experiments.ensemble import simulate_all
    from ...experiments.single import target_rows

    plan, chosen = plan_of(name), assumption_settings().plans[name]
    varied = factors(plan, assumptions(name))
    many = points or chosen.points
    values, parameters = design(varied, many, chosen.seed)
    tasks = tasks_of(varied, values, chosen.seed)
    found, failures = simulate_all(answer, name, tasks, SIMULATING, workers, progress)
    done = list(found)
    width = len(target_rows(plan.inputs))
    figures = np.array([found[row][0] for row in done]).reshape(-1, width)
    reached = np.array([found[row][1] for row in done], np.float64).reshape(-1, width)
    return Answers(name, tuple(varied), values[done], figures, reached, len(failures), parameters, chosen.seed)


def design(varied: list[Varied], points: int, seed: int) -> tuple[np.ndarray, str]:
    """Values (points, factors) on a Latin hypercube; fitted parameters from the posterior, if there is one."""
    from ...experiments.design.sampling import unit_points

    unit = unit_points("latin", len(varied), 0, points, seed)
    values = np.stack([one.at(unit[:, k]) for k, one in enumerate(varied)], axis=1)
    if not POSTERIOR.is_file():
        return values, "prior"
    from ...model.posterior import read_posterior

    posterior = read_posterior(POSTERIOR)
    drawn = [posterior.draw(seed, row) for row in range(points)]
    for k, one in enumerate(varied):
        if one.name in drawn[0]:
            values[:, k] = [row[one.name] for row in drawn]
    return values, "posterior"


def tasks_of(varied: list[Varied], values: np.ndarray, seed: int) -> list[Point]:
    """One point for each row of values."""
    from ...model.uncertainty import run_seed

    names = [one.name for one in varied]
    rows = (dict(zip(names, row, strict=True)) for row in values.tolist())
    return [Point(run_seed(seed, place, 0), row) for place, row in enumerate(rows)]


def answer(name: str, point: Point) -> tuple[np.ndarray, np.ndarray]:
    """The figure of each of the plan's target rows at a point, and whether it passes."""
    from ...experiments.single import judged
    from ...model.simulation import simulate
    from ...model.uncertainty import central_parameters

    inputs = inputs_at(name, point.values)
    known = central_parameters(inputs.parameters)
    known |= {key: value for key, value in point.values.items() if key in known}
    with prices(point.values):
        outcome = simulate(inputs, known, point.seed)
    return judged(inputs, outcome.tallies)
