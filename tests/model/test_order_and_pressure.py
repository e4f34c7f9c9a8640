"""What an order does over a whole run and what it does not: no thermostat, and no target works by itself."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from miaopu.model import month as month_file
from miaopu.model.inputs import Inputs, Target
from miaopu.model.simulation import Outcome, begin, simulate
from miaopu.model.text import Text
from miaopu.tests.model.invariants import months, tally
from miaopu.tests.model.worlds import inputs, place, values

HALF_LIFE = 8.0


def _town(levers: dict[str, float], **told: object) -> Inputs:
    """Three districts of twelve streets that know each other, over six years."""
    basis = {"money": {"district_bureau": 1e6}, "plan_from": 0, "deadline": 35, "checks": (11, 23, 35)}
    return inputs(place(3, 12, 2, neighbours=True, hub=-1, filed=np.nan), 72, levers, **(basis | told))  # type: ignore[arg-type]


def _same(one: Outcome, other: Outcome) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_a_plan_with_every_lever_neutral_is_the_baseline_bit_for_bit(baseline: Inputs) -> None:
    """Dates, checks and a deadline by themselves do nothing."""
    planned = replace(baseline, plan_from=6, deadline=35, checks=(12, 23, 35))
    for seed in (1, 2):
        assert _same(simulate(planned, None, seed), simulate(baseline, None, seed))


def test_a_target_and_a_quota_that_nobody_assesses_change_nothing(plan: Inputs) -> None:
    """A target is measured, never felt: only an order with some strength is felt."""
    timetable = plan.timetable.copy()
    for name in ("assessment_order_strength", "assessment_quota", "hubs_work_plan"):
        timetable[name] = 0.0
    free = replace(plan, timetable=timetable, targets=(), deadline=-1, checks=())
    wanted = timetable.copy()
    wanted["assessment_quota"], wanted["assessment_quota_markup"] = 0.85, 1.2
    label = Text("覆盖率", "coverage")
    target = Target("t", label, "SZ-01i", "street_hub_coverage", ">=", 0.85, 35, False, "whole", None, "nominal", "")
    measured = replace(plan, timetable=wanted, targets=(target,), deadline=35, checks=(11, 23, 35))
    for seed in (1, 2):
        assert _same(simulate(measured, None, seed), simulate(free, None, seed))


def test_an_order_fades_with_its_half_life_after_the_last_assessed_month() -> None:
    told = _town({"assessment.order_strength": 0.5})
    told.timetable["assessment_order_strength"][36:] = 0.0
    order = [float(step.world.districts["order"][0]) for step in months(told, values(order_half_life=HALF_LIFE), 1)]
    assert order[35] == pytest.approx(0.5, abs=1e-3)
    for later in (8, 16, 32):
        assert order[35 + later] == pytest.approx(order[35] * 0.5 ** (later / HALF_LIFE))


def test_a_higher_quota_never_raises_the_push_of_those_who_have_not_met_it() -> None:
    """Common random numbers: until the first of two quotas is met the two runs are the same bit for bit."""
    runs = []
    for quota in (0.5, 1.0):
        told = _town({"assessment.order_strength": 0.3, "assessment.quota": quota})
        runs.append(months(told, values(start_coverage=0.2), 5))
    met = False
    for low, high in zip(*runs, strict=True):
        assert (low.tallies[low.month] == high.tallies[high.month]).all() or met
        met = met or bool((low.world.districts["achieved"] * 12 >= 6 - 1e-9).any())
    assert met


def test_effort_is_a_fifth_once_the_quota_is_met_and_full_below_it() -> None:
    told = _town({"assessment.order_strength": 0.6, "assessment.quota": 0.5})
    seen = set()
    achieved = begin(told, values(start_coverage=0.2), 2).districts["achieved"].copy()
    for step in months(told, values(start_coverage=0.2), 2):
        rows = step.world.districts
        effort = rows["push"] / (rows["order"] * rows["nearness"])
        expected = np.where(achieved * 12 >= 6 - 1e-9, 0.2, 1.0)
        np.testing.assert_allclose(effort, expected)
        seen.update(expected)
        achieved = rows["achieved"].copy()
    assert seen == {0.2, 1.0}


def _coverage(levers: dict[str, float], seed: int, month: int = 35) -> float:
    outcome = simulate(_town(levers), values(start_coverage=0.2), seed)
    return float(tally(outcome.tallies[month], "counted").sum() / 36)


def test_stronger_orders_bring_more_hubs_on_average_and_more_nominal_ones() -> None:
    seeds = range(12)
    coverage = [
        np.mean([_coverage({"assessment.order_strength": order}, seed) for seed in seeds])
        for order in (0, 0.05, 0.3, 1)
    ]
    assert coverage == sorted(coverage) and coverage[-1] > coverage[0] + 0.3

    def nominal(order: float) -> float:
        told = _town({"assessment.order_strength": order})
        born = [simulate(told, values(start_coverage=0.0), seed).tallies[35] for seed in seeds]
        return sum(tally(t, "hubs_nominal").sum() for t in born) / sum(tally(t, "hubs").sum() for t in born)

    assert nominal(1.0) > nominal(0.1)


def test_what_remains_after_the_order_is_less_than_what_was_there() -> None:
    """The effective coverage sinks when neither order nor money remain."""
    told = _town({"assessment.order_strength": 0.8, "hubs.annual_support": 2e5, "hubs.social_workers": 1.0,
                  "hubs.service_lines": 1.0}, money={"district_bureau": 1e8})  # fmt: skip
    for name in ("assessment_order_strength", "hubs_annual_support", "hubs_social_workers", "hubs_service_lines"):
        told.timetable[name][36:] = 0.0
    outcomes = [simulate(told, values(start_coverage=0.2), seed) for seed in range(8)]
    effective = np.mean([tally(outcome.tallies, "effective").sum(axis=1) for outcome in outcomes], axis=0)
    counted = np.mean([tally(outcome.tallies, "counted").sum(axis=1) for outcome in outcomes], axis=0)
    assert effective[71] < 0.8 * effective[35]
    assert counted[71] > 0.8 * counted[35], "what is counted outlives what works"


def _calls(function: str) -> list[str]:
    """Functions called in a rule of the month's file, in the order of the text."""
    tree = ast.parse(Path(month_file.__file__).read_text(encoding="utf-8"))
    body = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)
    called = [node for node in ast.walk(body) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [node.func.id for node in sorted(called, key=lambda node: (node.lineno, node.col_offset))]  # type: ignore[attr-defined]


def _process_of() -> dict[str, str]:
    """The process in whose file each function that the month calls stands."""
    tree = ast.parse(Path(month_file.__file__).read_text(encoding="utf-8"))
    found = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("processes."):
            found |= {alias.name: (node.module or "").split(".")[1] for alias in node.names}
    return found


def test_the_month_runs_its_processes_in_the_stated_order() -> None:
    process, order = _process_of(), list(month_file.PROCESSES)
    steps = [*_calls("before_births"), *_calls("after_births")]
    ranks = [order.index(process[name]) for name in steps if process.get(name) in order]
    assert ranks == sorted(ranks)
    inner = [process[name] for name in _calls("live") if process.get(name) in order]
    assert {*(order[rank] for rank in ranks), *inner} == set(order), "no process is left out"
    assert steps.index("calls") < steps.index("evaluation") < steps.index("live") < steps.index("conclude")
    once_each = ["give_support", "forget", "keep_in_custody", "start_up", "serve", "grow", "build", "climb", "leave"]
    assert [name for name in _calls("live") if name in once_each] == once_each
