"""What common random numbers save: variance of a policy difference with independent seeds over paired seeds.

    python benchmarks/common_random_numbers.py                       # both tables, some ten minutes on two cores
    python benchmarks/common_random_numbers.py --pairs 20 --workers 1

Five small changes of one lever each in the Shenzhen plan, measured at the plan's end. A ratio of 25 says that 25
times as many pairs with independent seeds are needed for the same precision. The first table has central parameters;
in the second every pair has a draw of the parameters of its own, which both of its runs share, seeds paired or not.
Intervals are 95 %, from 2,000 bootstrap samples of the pairs. Streets are whole, so that coverage cannot differ by
less than one street in a pair: `at most` is the ratio that the best pairing would have with this mean difference.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from helpers import SHENZHEN, print_machine, shortened

from miaopu import scenarios
from miaopu.experiments.pool import run_all
from miaopu.model.indicators import indicator_values
from miaopu.model.inputs import Inputs
from miaopu.model.simulation import simulate
from miaopu.model.uncertainty import draw_parameters, run_seed
from miaopu.model.vocabulary import levers

INDICATORS = {
    "street_hub_coverage": "nominal coverage",
    "street_hub_coverage_effective": "effective coverage",
    "capability": "mean capability",
    "organizations": "stock",
}
SAMPLES = 2_000


class Change(NamedTuple):
    """A lever made stronger wherever the plan sets it."""

    label: str
    lever: str
    factor: float
    more: float


CHANGES = (
    Change("work plan +20 %", "hubs.work_plan", 1.2, 0.0),
    Change("city training sessions +1 a year", "training.city_sessions", 1.0, 1.0),
    Change("venture budget +20 %", "funding.venture_budget", 1.2, 0.0),
    Change("advice lines of hubs +10 %", "hubs.service_lines", 1.1, 0.0),
    Change("order strength +10 %", "assessment.order_strength", 1.1, 0.0),
)


def changed(inputs: Inputs, change: Change) -> Inputs:
    """The inputs with one lever stronger; stops where the plan does not set it."""
    lever, table = levers()[change.lever], inputs.timetable.copy()
    values = table[lever.field]
    in_force = values != lever.neutral
    if not in_force.any():
        raise SystemExit(f"the plan does not set {change.lever}")
    table[lever.field] = np.where(in_force, values * change.factor + change.more, values)
    return replace(inputs, timetable=table)


class Task(NamedTuple):
    """One run: which variant (0 is the plan as it is), which pair, whether parameters are drawn, and which seed."""

    variant: int
    pair: int
    drawn: bool
    replicate: int


def measure(variants: list[Inputs], task: Task) -> list[float]:
    """The indicators at the end of one run."""
    inputs, whole = variants[task.variant], np.ones((variants[0].place.districts, 1))
    parameters = draw_parameters(inputs.parameters, inputs.seed, task.pair) if task.drawn else None
    tallies = simulate(inputs, parameters, run_seed(inputs.seed, task.pair, task.replicate)).tallies
    return [float(indicator_values(name, tallies, whole)[-1, 0]) for name in INDICATORS]


def measure_all(variants: list[Inputs], pairs: int, drawn: bool, workers: int) -> np.ndarray:
    """Indicators of all runs: (variants and the plan again with other seeds, pairs, indicators)."""
    asked = [(variant, 0) for variant in range(len(variants))] + [(0, 1)]
    tasks = [Task(variant, pair, drawn, replicate) for pair in range(pairs) for variant, replicate in asked]
    found = np.empty((pairs * len(asked), len(INDICATORS)))

    def keep(position: int, values: list[float]) -> None:
        found[position] = values

    failures = run_all(measure, variants, tasks, keep, workers)
    if failures:
        raise SystemExit(failures[0].error)
    return found.reshape(pairs, len(asked), len(INDICATORS)).swapaxes(0, 1)


def ratio(independent: np.ndarray, paired: np.ndarray) -> np.ndarray:
    """Variance of differences with independent seeds over that with paired ones, along the last axis."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return independent.var(axis=-1, ddof=1) / paired.var(axis=-1, ddof=1)


def shown(value: float) -> str:
    """A ratio for the table; beyond ten thousand it only says that pairing leaves nothing to be wished for."""
    return f"{value:,.0f}" if value <= 10_000 else "> 10,000"


def ratio_and_interval(independent: np.ndarray, paired: np.ndarray) -> str:
    """The ratio with its 95 % bootstrap interval."""
    picked = np.random.default_rng(1).integers(len(paired), size=(SAMPLES, len(paired)))
    low, high = np.quantile(ratio(independent[picked], paired[picked]), [0.025, 0.975], method="nearest")
    return f"{shown(float(ratio(independent, paired)))} ({shown(low)} to {shown(high)})"


def at_most(independent: np.ndarray, mean: float, streets: int) -> str:
    """The ratio if pairs differed by whole streets, as alike as this mean difference allows."""
    part = abs(mean) * streets % 1.0
    least = part * (1.0 - part) / streets**2
    return shown(float(independent.var(ddof=1) / least)) if least > 0.0 else "—"


def print_ratios(title: str, found: np.ndarray, streets: int) -> None:
    """A line for each change and indicator."""
    print(f"\n{title}\n")
    print(
        "| change | indicator | mean difference | sd, independent | sd, paired | pairs alike | ratio (95 %) | at most |"
    )
    print("|---|---|---:|---:|---:|---:|---|---:|")
    plan, again = found[0], found[-1]
    for change, runs in zip(CHANGES, found[1:-1], strict=True):
        for k, (name, label) in enumerate(INDICATORS.items()):
            paired, independent = runs[:, k] - plan[:, k], runs[:, k] - again[:, k]
            most = at_most(independent, paired.mean(), streets) if name.startswith("street_hub") else ""
            print(
                f"| {change.label} | {label} | {paired.mean():.3g} | {independent.std(ddof=1):.2g} "
                f"| {paired.std(ddof=1):.2g} | {np.mean(paired == 0):.0%} "
                f"| {ratio_and_interval(independent, paired)} | {most} |",
                flush=True,
            )


def main() -> None:
    """Both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    print_machine()
    plan = scenarios.load(SHENZHEN)
    plan = shortened(plan, plan.deadline + 1)
    variants = [plan, *(changed(plan, change) for change in CHANGES)]
    for title, drawn in (("Central parameters", False), ("A draw of the parameters for each pair", True)):
        found = measure_all(variants, asked.pairs, drawn, asked.workers)
        print_ratios(f"{title}, {asked.pairs} pairs, after {plan.months} months:", found, plan.place.streets)


if __name__ == "__main__":
    main()
