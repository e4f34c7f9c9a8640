"""A function of known indices in the model's place; imported by its full name, so that workers find it too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from miaopu.experiments.campaign.plan import Task
from miaopu.experiments.campaign.subject import Tables
from miaopu.experiments.columns import Columns, text_column
from miaopu.experiments.design.points import Points
from miaopu.tests.experiments.functions import ishigami, sobol_g

FUNCTIONS = {"ishigami": ishigami, "sobol_g": sobol_g}


@dataclass(frozen=True)
class Function:
    """A function of the coordinates, with noise that hangs on the seed of the run; some runs may fail."""

    name: str
    points: Points
    noise: float = 0.0
    fails: frozenset[int] = frozenset()

    def __call__(self, task: Task) -> Tables:
        """The function's value as the figure of one target."""
        if task.run in self.fails:
            raise ArithmeticError("no value here")
        chance = np.random.default_rng(task.seed).normal(0.0, self.noise) if self.noise else 0.0
        value = FUNCTIONS[self.name](self.points.unit[task.point : task.point + 1]) + chance
        return {"outcomes": {"measured": value, "reached": value >= 1.0, "first": np.array([0], np.int32)}}

    def index(self, table: str, scenario: int) -> Columns:
        """The one target."""
        return {"target": text_column(["f"]), "counts": text_column([""])}
