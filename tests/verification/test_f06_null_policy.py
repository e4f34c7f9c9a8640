"""F6, the null policy: a plan that asks for nothing is the baseline bit for bit, in every shipped place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from miaopu.model.simulation import Outcome, simulate
from miaopu.scenarios import load

PAIRS = [("town", "town-baseline"), ("shenzhen-2022-2025", "shenzhen-baseline")]


def _same(one: Outcome, other: Outcome) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("plan", "baseline"), PAIRS)
def test_a_shipped_plan_whose_levers_stay_as_they_are_without_it_is_the_shipped_baseline(
    plan: str, baseline: str
) -> None:
    """Its dates, checks, phases, targets and name by themselves do nothing."""
    wanted, without = load(plan), load(baseline)
    money = {"funders": without.funders, "shocks": without.shocks, "clean_up": without.clean_up}
    null = replace(wanted, timetable=without.timetable, **money)
    for seed in (1, 2):
        alone = simulate(without, None, seed)
        assert _same(simulate(null, None, seed), alone)
        assert not _same(simulate(replace(wanted, **money), None, seed), alone), "the levers alone make the plan"


def test_until_a_plan_begins_it_is_its_baseline() -> None:
    """What is planned for later casts no shadow before."""
    plan, baseline = load("town"), load("town-baseline")
    planned, without = plan.timetable.view(np.float64), baseline.timetable.view(np.float64)
    same = [np.array_equal(planned[month], without[month]) for month in range(plan.months)]
    begins = same.index(False)
    timetable = np.concatenate([baseline.timetable[:24], plan.timetable[begins : begins + 36]])
    late = replace(plan, timetable=timetable, funders=baseline.funders, checks=(), deadline=-1, plan_from=24)
    never = replace(late, timetable=baseline.timetable[: late.months], plan_from=-1)
    for seed in (1, 2):
        with_plan, alone = simulate(late, None, seed).tallies, simulate(never, None, seed).tallies
        np.testing.assert_array_equal(with_plan[:24], alone[:24])
        assert (with_plan[24:] != alone[24:]).any()
