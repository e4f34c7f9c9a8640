"""A sweep of Shenzhen to be timed: its experiment, and the model with a clock around the engine alone."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from helpers import SHENZHEN

from miaopu.experiments.campaign.plan import Task
from miaopu.experiments.campaign.subject import ModelSubject, Tables
from miaopu.experiments.columns import Columns
from miaopu.experiments.design.experiment import Experiment
from miaopu.experiments.design.reading import experiment_of
from miaopu.model import simulation
from miaopu.model.inputs import Inputs

INDICATORS = [
    "street_hub_coverage", "street_hub_coverage_effective", "organizations", "active_organizations", "registered",
    "capability", "brand_organizations", "needs_met", "trust", "public_money",
]  # fmt: skip
LEVERS = {
    "hubs.startup_grant": {"low": "0 yuan", "high": "300000 yuan"},
    "hubs.social_workers": {"low": 0, "high": 2},
    "hubs.work_plan": {"low": "0 %", "high": "50 %"},
    "funding.venture_budget": {"low": "0 yuan per year", "high": "3000000 yuan per year"},
    "funding.purchase_budget": {"low": "0 yuan per year", "high": "300000 yuan per year"},
    "training.city_sessions": {"low": "0 per year", "high": "6 per year"},
    "assessment.order_strength": {"low": 0, "high": 0.6},
    "guidance.publicity": {"low": 0, "high": 1},
}
TIMING = "timing"


def sweep_of(points: int, replicates: int = 1) -> Experiment:
    """Shenzhen to the end of 2025 (48 months): eight levers differ at every point, ten indicators by month are kept."""
    return experiment_of({
        "name": {"zh": "计时用的批量推演", "en": "a sweep to be timed"},
        "scenarios": [SHENZHEN],
        "until": "2025-12",
        "levers": LEVERS,
        "design": {"method": "latin", "points": points, "seed": 1},
        "replicates": replicates,
        "keep": {"indicators": INDICATORS, "months": "all"},
    })


@dataclass(frozen=True)
class Timed:
    """The model as an experiment runs it; a table more tells the seconds of the engine and of the whole run."""

    model: ModelSubject

    def __call__(self, task: Task) -> Tables:
        """One run. What is laid out anew because a lever differs is no part of the engine's seconds."""
        engine, seconds = simulation.simulate, [0.0]

        def clocked(inputs: Inputs, parameters: Mapping[str, float] | None, seed: int) -> simulation.Outcome:
            simulation.layout_of(inputs)
            begun = time.perf_counter()
            outcome = engine(inputs, parameters, seed)
            seconds[0] = time.perf_counter() - begun
            return outcome

        begun = time.perf_counter()
        simulation.simulate = clocked
        try:
            tables = self.model(task)
        finally:
            simulation.simulate = engine
        run = time.perf_counter() - begun
        ended = time.time()
        return {**tables, TIMING: {name: np.array([x]) for name, x in
                                   (("engine", seconds[0]), ("run", run), ("ended", ended))}}  # fmt: skip

    def index(self, table: str, scenario: int) -> Columns:
        """As the model's."""
        return {} if table == TIMING else self.model.index(table, scenario)


def without_timing(tables: Tables) -> dict[str, Any]:
    """What the model itself would have given."""
    return {name: columns for name, columns in tables.items() if name != TIMING}
