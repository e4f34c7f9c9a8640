"""How many points a design has and how many runs an experiment makes, before any is laid out."""

from __future__ import annotations

from math import prod

from ...scenarios.cursor import Cursor
from .experiment import Experiment
from .notes import at_top
from .points import first_points, rows_per_point

MOST_RUNS = 5_000_000


def number_of_points(experiment: Experiment) -> int:
    """The points of the design, at its largest where it may grow."""
    design = experiment.design
    if design.method == "grid":
        return prod(len(factor.levels(design.levels)) for factor in experiment.factors)
    return max(first_points(experiment), design.up_to or 0) * rows_per_point(experiment)


def number_of_runs(experiment: Experiment) -> int:
    """Scenarios × points × draws × replicates."""
    points = number_of_points(experiment)
    return len(experiment.scenarios) * points * (experiment.draws or 1) * experiment.replicates


def note_too_many(root: Cursor, experiment: Experiment) -> None:
    """Note that an experiment makes more runs than anybody could wait for or store."""
    runs = number_of_runs(experiment)
    if runs <= MOST_RUNS:
        return
    parts = (
        len(experiment.scenarios),
        number_of_points(experiment),
        experiment.draws or 1,
        experiment.replicates,
    )
    a, b, c, d = (f"{part:,}" for part in parts)
    zh = f"共 {runs:,} 次推演（情景 {a} × 设计点 {b} × 参数抽样 {c} × 重复 {d}），超过上限 {MOST_RUNS:,} 次"
    en = f"{runs:,} runs in all (scenarios {a} × points {b} × draws {c} × replicates {d}); at most {MOST_RUNS:,}"
    at_top(root, zh, en)
