"""The plan of runs: numbered once and for ever, whatever the order in which an experiment grows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaopu.experiments.campaign.plan import Extent, Plan, first_extent
from miaopu.experiments.design.experiment import Design, Experiment
from miaopu.experiments.design.points import rows_per_point
from miaopu.model.text import Text
from miaopu.model.uncertainty import run_seed
from miaopu.tests.experiments.functions import factors

AXES = ("scenario", "point", "draw", "replicate")


def experiment(method: str, scenarios: int = 2, seeds: str = "common", block: int = 7) -> Experiment:
    """Two levers and the inert factor, where points are spread; scenarios are not looked at by a plan."""
    some: Any = tuple(range(scenarios))
    named = factors(2)[:2] if method in ("sobol", "morris", "latin") else ()
    return Experiment(
        Text("", ""), some, named, design=Design(method, 2, seed=3), draws=1, seed=5, seeds=seeds, block=block
    )


@st.composite
def grown(draw: st.DrawFn) -> Plan:
    """A plan that grew along one axis after the other."""
    method = draw(st.sampled_from(["sobol", "morris", "latin", "one"]))
    seeds = draw(st.sampled_from(["common", "own"]))
    what = experiment(method, draw(st.integers(1, 3)), seeds, draw(st.integers(1, 50)))
    now = first_extent(what)
    waves = [now]
    for axis in draw(st.lists(st.sampled_from(["points", "draws", "replicates"]), max_size=4)):
        if axis == "points" and method != "one":
            more = 2 * now.points if method == "sobol" else now.points + draw(st.integers(1, 3))
        else:
            axis, more = ("draws", now.draws + 1) if axis == "points" else (axis, getattr(now, axis) + 1)
        now = now._replace(**{axis: more})
        waves.append(now)
    return Plan(what, tuple(waves))


def keys(plan: Plan) -> list[tuple[int, ...]]:
    """Where each run lies."""
    return list(zip(*(plan.columns[name].tolist() for name in AXES), strict=True))


@given(grown())
def test_growing_step_by_step_plans_every_run_of_the_last_extent_once(plan: Plan) -> None:
    last = plan.waves[-1]
    points = last.points * rows_per_point(plan.experiment)
    wanted = product(range(len(plan.experiment.scenarios)), range(points), range(last.draws), range(last.replicates))
    assert sorted(keys(plan)) == sorted(wanted)
    assert len(plan.points) == points


@given(grown())
def test_what_was_planned_before_keeps_its_number_block_seed_and_point(plan: Plan) -> None:
    for k in range(1, len(plan.waves)):
        before = Plan(plan.experiment, plan.waves[:k])
        for name, column in before.columns.items():
            assert np.array_equal(column, plan.columns[name][: len(before)]), name
        assert np.array_equal(before.seeds, plan.seeds[: len(before)])
        assert np.array_equal(before.points.unit, plan.points.unit[: len(before.points)])
        for name, values in before.points.values.items():
            assert np.array_equal(values, plan.points.values[name][: len(before.points)])


@given(grown())
def test_blocks_are_runs_in_a_row_of_one_wave_and_full_but_for_the_last_of_each(plan: Plan) -> None:
    ranges = [plan.runs_of(block) for block in range(plan.blocks)]
    assert [run for one in ranges for run in one] == list(range(len(plan)))
    ends = {len(Plan(plan.experiment, plan.waves[: k + 1])) for k in range(len(plan.waves))}
    for one in ranges:
        assert len(one) == plan.experiment.block or (0 < len(one) < plan.experiment.block and one.stop in ends)
    assert ends <= {one.stop for one in ranges}
    assert all(plan.columns["block"][run] == k for k, one in enumerate(ranges) for run in one)


@given(grown())
def test_luck_is_common_to_scenarios_and_to_points_unless_they_have_their_own(plan: Plan) -> None:
    own = plan.experiment.seeds == "own"
    lucks: dict[tuple[int, ...], set[int]] = {}
    for (_, point, draw, replicate), seed in zip(keys(plan), plan.seeds.tolist(), strict=True):
        lucks.setdefault((point, draw, replicate) if own else (draw, replicate), set()).add(seed)
    assert all(len(seeds) == 1 for seeds in lucks.values())
    assert len(set.union(*lucks.values())) == len(lucks), "two runs that should differ have the same luck"
    if not own:
        assert all(seeds == {run_seed(5, *place)} for place, seeds in lucks.items())


@given(grown(), st.data())
def test_tasks_are_the_runs_of_their_blocks_in_order(plan: Plan, data: st.DataObject) -> None:
    blocks = sorted(data.draw(st.sets(st.integers(0, plan.blocks - 1))))
    tasks = list(plan.tasks(blocks))
    assert [task.run for task in tasks] == [run for block in blocks for run in plan.runs_of(block)]
    all_keys, seeds = keys(plan), plan.seeds.tolist()
    assert all(tuple(task[1:5]) == all_keys[task.run] and task.seed == seeds[task.run] for task in tasks)


@given(grown())
def test_runs_that_share_their_luck_stand_together(plan: Plan) -> None:
    scenarios = len(plan.experiment.scenarios)
    found = keys(plan)
    for start in range(0, len(found), scenarios):
        assert [key[0] for key in found[start : start + scenarios]] == list(range(scenarios))
        assert len({key[1:] for key in found[start : start + scenarios]}) == 1


def test_another_seed_gives_other_luck() -> None:
    one = Plan(experiment("one"), (Extent(1, 2, 3),))
    other = Plan(replace(one.experiment, seed=6), one.waves)
    assert not set(one.seeds.tolist()) & set(other.seeds.tolist())


@pytest.mark.parametrize("method", ["sobol", "morris", "latin"])
def test_points_come_in_the_blocks_of_their_design(method: str) -> None:
    plan = Plan(experiment(method), (Extent(2, 1, 1), Extent(4, 1, 1)))
    rows = {"sobol": 5, "morris": 4, "latin": 1}[method]  # two levers and the inert factor
    assert len(plan.points) == 4 * rows
    first = [point for _, point, _, _ in keys(plan)[: 2 * rows * 2]]
    assert max(first) == 2 * rows - 1 and all(a <= b for a, b in pairwise(first))
