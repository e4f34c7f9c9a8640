"""What each lever does by itself: the plan with one lever at its strong value against the plan without that lever.

Both runs of a pair have the same parameters and the same seed, so that they differ by the lever alone. They also have
the same money: the plan's purses, made wide enough (`MONEY`) that the strong value can be paid for; else the table
would show what a lever crowds out. Everything else is the plan's. Outcomes are means of the plan's last 12 months.

`python -m miaopu.experiments.liveness` measures every lever and writes the table behind docs/levers.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..model.inputs import Inputs
from ..model.vocabulary import levers
from .excerpt import part_of
from .pool import Tell, run_all
from .variants import until, with_levers

SHENZHEN, HUNAN = "shenzhen-2022-2025", "hunan-2021-2023"
PLAN = ""  # the name of the plan as it stands, among the levers
RUNS = 30
MONEY = 3.0  # times the plan's budgets of city, districts and streets, in both runs
WIDENED = ("city", "district_bureau", "street")
LAST_MONTHS = 12
# Switched on in both runs, for levers that act only together with another: money to steer, ratings to look at, and an
# emergency (service at 60 % in the last six months) for the lever that prepares for one.
COMPETITION = ("funding.venture_budget", "funding.purchase_budget")
RATINGS = ("evaluation.coverage",)
EMERGENCY = "emergency"
# Of Hunan, two of the four pilot prefectures and two others: a quarter of its townships at a quarter of the time.
EXCERPT = ("湘潭市", "永州市", "娄底市", "怀化市")
# Levers that act on villages, or that only Hunan's plan applies to some districts and not to others.
IN_HUNAN = frozenset({
    "activities.rural_councils", "funding.rural_share", "guidance.pilot", "rural.pilot_share",
    "rural.revitalisation_fund", "rural.staff", "rural.tilt",
})  # fmt: skip
SWITCHED_ON = {
    "activities.drills": (EMERGENCY,),
    "funding.continuity": (*COMPETITION, *RATINGS),
    "funding.party_priority": COMPETITION,
    "funding.performance_weight": (*COMPETITION, *RATINGS),
    "funding.rural_share": COMPETITION,
    "funding.venture_award": COMPETITION[:1],
}
OUTCOMES = (
    "street_hub_coverage", "street_hub_coverage_effective", "hubs_nominal_share",
    "organizations", "active_organizations", "registered", "active_share", "exit_rate", "paper_share",
    "rich_communities", "organizations_per_rural_community",
    "capability", "governance", "service_capability", "finance_capability", "leadership",
    "urban_capability", "rural_capability", "mature_share", "brand_organizations", "excellent_organizations",
    "service_share", "committee_share", "culture_share", "international_teams",
    "needs_met", "focus_needs_met", "rural_needs_met", "needs_known", "volunteers", "trust",
    "party_coverage", "party_organization_coverage", "self_funding", "street_gini",
)  # fmt: skip


class Arm(NamedTuple):
    """One side of a comparison: a scenario with one lever at its neutral or its strong value."""

    scenario: str
    lever: str  # PLAN: no lever changed
    strong: bool
    switched_on: tuple[str, ...] = ()  # levers at their strong value in both runs; EMERGENCY


class Effect(NamedTuple):
    """What a lever does to the outcomes; rows are runs, columns are OUTCOMES."""

    lever: str
    scenario: str
    without: np.ndarray  # with the lever at neutral
    change: np.ndarray  # strong less neutral, of the same parameters and seed


class Bench(NamedTuple):
    """What all workers share: the scenarios, and the luck of every run."""

    scenarios: dict[str, Inputs]
    luck: dict[str, list[tuple[dict[str, float], int]]]


def scenario_of(lever: str) -> str:
    """The plan in which a lever is measured."""
    return HUNAN if lever in IN_HUNAN else SHENZHEN


def with_money(inputs: Inputs, times: float) -> Inputs:
    """The same scenario with `times` the budgets of city, districts and streets."""
    wide = {
        name: plan._replace(budget_yuan=plan.budget_yuan * times) if name in WIDENED else plan
        for name, plan in inputs.funders.items()
    }
    return replace(inputs, funders=wide)


def with_emergency(inputs: Inputs) -> Inputs:
    """The same scenario with service at 60 % in its last six months."""
    shocks = inputs.shocks.copy()
    shocks["service"][-6:] *= 0.6
    return replace(inputs, shocks=shocks)


def without_lever(inputs: Inputs, lever: str) -> Inputs:
    """The same scenario with one lever at its neutral value in all months and districts."""
    timetable = inputs.timetable.copy()
    timetable[levers()[lever].field] = levers()[lever].neutral
    return replace(inputs, timetable=timetable)


def arms(inputs: Inputs, scenario: str, lever: str) -> tuple[Arm, Arm]:
    """The two sides of a lever's comparison; one that the plan does not use is absent from the plan as it stands."""
    others = SWITCHED_ON.get(lever, ())
    unused = (inputs.timetable[levers()[lever].field] == levers()[lever].neutral).all()
    return Arm(scenario, PLAN if unused else lever, False, others), Arm(scenario, lever, True, others)


def inputs_of(bench: Bench, arm: Arm) -> Inputs:
    """The scenario of one side."""
    others = {name: levers()[name].strong for name in arm.switched_on if name != EMERGENCY}
    inputs = with_levers(bench.scenarios[arm.scenario], others)
    if EMERGENCY in arm.switched_on:
        inputs = with_emergency(inputs)
    if arm.lever == PLAN:
        return inputs
    if arm.strong:
        return with_levers(inputs, {arm.lever: levers()[arm.lever].strong})
    return without_lever(inputs, arm.lever)


def measure_arm(bench: Bench, arm: Arm) -> np.ndarray:
    """Outcomes of all runs of one side: (runs, outcomes)."""
    from ..model.indicators import indicator_table
    from ..model.simulation import simulate

    inputs = inputs_of(bench, arm)
    rows = []
    for parameters, seed in bench.luck[arm.scenario]:
        table = indicator_table(simulate(inputs, parameters, seed).tallies)
        rows.append([table[name][-LAST_MONTHS:].mean() for name in OUTCOMES])
    return np.array(rows)


def bench_of(names: Iterable[str], runs: int, money: float = MONEY) -> Bench:
    """The scenarios of these names until their plans end, and `runs` parameter draws with a seed for each."""
    from ..model.posterior_choice import PRIOR
    from ..model.uncertainty import parameters_of_draw, run_seed
    from ..scenarios import load

    scenarios, luck = {}, {}
    for name in names:
        inputs = load(name, parameters=PRIOR)
        inputs = part_of(inputs, EXCERPT) if name == HUNAN else inputs
        scenarios[name] = with_money(until(inputs, inputs.deadline), money)
        luck[name] = [
            (parameters_of_draw(inputs, inputs.seed, draw), run_seed(inputs.seed, draw, 0))
            for draw in range(runs)
        ]
    return Bench(scenarios, luck)


def measure(
    names: Iterable[str],
    runs: int = RUNS,
    workers: int | None = None,
    money: float = MONEY,
    where: str | None = None,
    tell: Tell | None = None,
) -> list[Effect]:
    """The effects of the levers named, each in its plan (or all in the scenario `where`); raises if a run fails."""
    places = {name: where or scenario_of(name) for name in names}
    bench = bench_of(sorted(set(places.values())), runs, money)
    sides = {name: arms(bench.scenarios[place], place, name) for name, place in places.items()}
    tasks = list(dict.fromkeys(arm for pair in sides.values() for arm in pair))
    done: dict[Arm, np.ndarray] = {}
    failures = run_all(measure_arm, bench, tasks, lambda k, rows: done.update({tasks[k]: rows}), workers, 1, tell)
    if failures:
        raise RuntimeError(f"{tasks[failures[0].position]}: {failures[0].error}")
    return [
        Effect(name, places[name], done[without], done[strong] - done[without])
        for name, (without, strong) in sides.items()
    ]


def main() -> None:
    """Measures every lever and writes the table."""
    from rich.console import Console
    from rich.progress import Progress

    from .lever_table import TABLE, write

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--money", type=float, default=MONEY)
    parser.add_argument("--out", type=Path, default=TABLE)
    parser.add_argument("levers", nargs="*", metavar="lever")
    asked = parser.parse_args()
    with Progress(*Progress.get_default_columns(), console=Console(stderr=True)) as bar:
        task = bar.add_task("levers")
        effects = measure(
            asked.levers or levers(),
            asked.runs,
            asked.workers,
            asked.money,
            tell=lambda done, total: bar.update(task, completed=done, total=total),
        )
    write(asked.out, effects, asked.runs)


if __name__ == "__main__":
    from . import liveness  # under its own name, so that workers find what is handed to them

    liveness.main()
