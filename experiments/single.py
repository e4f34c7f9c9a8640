"""One run, reduced at once to what is kept of it, so that thousands fit in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from ..model.inputs import Inputs, Target
from ..model.vocabulary import indicators


@dataclass(frozen=True)
class Task:
    """One run to do: its seed, its parameters by name, and which of the scenarios at hand it is of."""

    seed: int
    parameters: Mapping[str, float]
    scenario: int = 0


class Kept(NamedTuple):
    """What is kept of one run."""

    months: np.ndarray  # float32 (months, indicators), the whole place
    districts: np.ndarray  # float32 (kept months, districts, indicators told by district)
    first_nominal: np.ndarray  # int16 (streets,): month of the first hub, -1 never
    first_effective: np.ndarray  # int16 (streets,)
    ledger: np.ndarray  # int64 (years, payers, instruments), fen
    measured: np.ndarray  # float64 (target rows,): what is compared with the threshold
    reached: np.ndarray  # bool (target rows,)


def by_district() -> list[str]:
    """Names of the indicators that are also kept by district, in the order of the table."""
    return [name for name, indicator in indicators().items() if indicator.by_district]


def kept_months(inputs: Inputs) -> list[int]:
    """Months at which districts are kept: every December, and the last."""
    last = inputs.months - 1
    return [month for month in range(inputs.months) if inputs.year_month(month)[1] == 12 or month == last]


def target_rows(inputs: Inputs) -> list[Target]:
    """The targets, each followed by itself counted the other way where its indicator allows that."""
    rows: list[Target] = []
    for target in inputs.targets:
        ways = [target.counts]
        if indicators()[target.indicator].effective:
            ways = sorted(("nominal", "effective"), key=(target.counts or "nominal").__ne__)
        rows += [replace(target, counts=counts) for counts in ways]
    return rows


def judged(inputs: Inputs, tallies: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The figure of each of the `target_rows` (float64), and whether it passes (bool)."""
    from ..model.targets import measured, passes

    rows = target_rows(inputs)
    figures = np.array([measured(row, tallies, inputs) for row in rows], np.float64)
    return figures, np.array([passes(row, figure) for row, figure in zip(rows, figures, strict=True)], np.bool_)


def run_once(scenarios: Sequence[Inputs], task: Task) -> Kept:
    """Simulate one run and keep what the tables need."""
    from ..model.indicators import indicator_by_district, indicator_table
    from ..model.simulation import simulate

    inputs = scenarios[task.scenario]
    outcome = simulate(inputs, task.parameters, task.seed)
    whole = indicator_table(outcome.tallies)
    parts = indicator_by_district(outcome.tallies, by_district())
    return Kept(
        np.stack([whole[name] for name in indicators()], axis=-1).astype(np.float32),
        np.stack([parts[name][kept_months(inputs)] for name in by_district()], axis=-1).astype(np.float32),
        outcome.street_first_nominal.astype(np.int16),
        outcome.street_first_effective.astype(np.int16),
        outcome.ledger,
        *judged(inputs, outcome.tallies),
    )


def run_for_target(scenarios: Sequence[Inputs], task: Task) -> bool:
    """Simulate one run and tell only whether the scenario's single target is reached."""
    from ..model.simulation import simulate
    from ..model.targets import reached

    inputs = scenarios[task.scenario]
    outcome = simulate(inputs, task.parameters, task.seed)
    return bool(reached(inputs.targets[0], outcome.tallies, inputs))
