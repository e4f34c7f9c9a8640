"""Policies run under rival rules, to see whether their ranking survives the choice of a rule.

Every policy is run under every rule with the same parameter draws and the same luck: what differs between two policies
under one rule is the policies' doing, and what differs between two rules in that is the rules'. ranking_tables.py tells
what comes of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from ..model.text import Text
from .policies import Policy, inputs_under, policies
from .rivals import RULES, models, under

if TYPE_CHECKING:
    from ..experiments.ensemble import Progress
    from ..model.inputs import Inputs

INDICATORS = ("street_hub_coverage", "street_hub_coverage_effective", "organizations", "needs_met")  # at the deadline
TARGET = "target"
SIMULATING = Text("按各条规则推演各项政策", "simulating the policies under each rule")


class Draws(Protocol):
    """What parameter sets come from, such as a posterior."""

    def draw(self, seed: int, draw: int) -> dict[str, float]: ...


class Task(NamedTuple):
    """One run, by its places among rules, policies, draws and replicates."""

    rule: int
    policy: int
    draw: int
    replicate: int


class Bench(NamedTuple):
    """What all workers share."""

    policies: tuple[Inputs, ...]
    parameters: tuple[tuple[dict[str, float], ...], ...]  # by rule and draw


@dataclass(frozen=True)
class Ranking:
    """Outcomes of every run: higher is better in all of them."""

    plan: str
    policies: tuple[Policy, ...]
    models: tuple[str, ...]  # rules, one for each model, the model's own first
    outcomes: tuple[str, ...]  # indicators at the deadline, and targets reached (1 or 0)
    values: np.ndarray  # (models, policies, draws, replicates, outcomes), nan where a run failed


def ranking(
    plan: str,
    rules: Sequence[str] = tuple(RULES),
    draws: int = 100,
    replicates: int = 2,
    workers: int | None = None,
    progress: Progress | None = None,
    chosen: Sequence[Policy] | None = None,
    posteriors: Mapping[str, Draws] | None = None,
) -> Ranking:
    """Run the plan and its variants under each of `rules` and under the model's own.

    Parameters are drawn from the plan's priors, and what is fitted from `posteriors` where a rule has one (by the names
    of `models`). `chosen` are other policies than those of the table, the plan itself first. Runs: models x policies x
    draws x replicates. Raises Refusal where no run succeeds.
    """
    from ..experiments.ensemble import simulate_all

    whose, ranked = models(rules), tuple(chosen if chosen is not None else policies()[plan])
    scenarios = inputs_under(plan, ranked)
    drawn = tuple(_parameters(scenarios[0], rule, draws, (posteriors or {}).get(rule)) for rule in whose)
    bench = Bench(scenarios, drawn)
    tasks = [Task(*place) for place in np.ndindex(len(whose), len(ranked), draws, replicates)]
    names = outcome_names(scenarios[0])
    values = np.full((len(whose), len(ranked), draws, replicates, len(names)), np.nan)
    found, _ = simulate_all(measure, bench, tasks, SIMULATING, workers, progress)
    for position, outcome in found.items():
        values[tasks[position]] = outcome
    return Ranking(plan, ranked, whose, names, values)


def outcome_names(inputs: Inputs) -> tuple[str, ...]:
    """Names of what `measure` gives, in its order: target:NAME, or target:NAME:nominal and target:NAME:effective."""
    from ..experiments.single import target_rows

    return (*INDICATORS, *(":".join(filter(None, (TARGET, row.id, row.counts))) for row in target_rows(inputs)))


def measure(bench: Bench, task: Task) -> np.ndarray:
    """The outcomes of one run, (outcomes,)."""
    from ..experiments.single import judged
    from ..model.indicators import indicator_values
    from ..model.simulation import simulate
    from ..model.uncertainty import run_seed

    inputs = bench.policies[task.policy]
    seed = run_seed(inputs.seed, task.draw, task.replicate)
    tallies = simulate(inputs, bench.parameters[task.rule][task.draw], seed).tallies
    whole = np.ones((tallies.shape[1], 1))
    figures = [indicator_values(name, tallies, whole)[-1, 0] for name in INDICATORS]
    return np.array([*figures, *judged(inputs, tallies)[1]], np.float64)


def _parameters(inputs: Inputs, rule: str, draws: int, posterior: Draws | None) -> tuple[dict[str, float], ...]:
    """Parameter sets under a rule, the same draws of the priors under all."""
    from ..model.uncertainty import draw_parameters

    found = []
    for draw in range(draws):
        fitted = posterior.draw(inputs.seed, draw) if posterior is not None else {}
        found.append(draw_parameters(inputs.parameters, inputs.seed, draw) | fitted | under(rule))
    return tuple(found)
