"""When a target is first reached: by the same figure and threshold as whether it is reached."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from miaopu.experiments.single import target_rows
from miaopu.experiments.variants import until
from miaopu.model.inputs import Inputs, Target
from miaopu.model.targets import course, first_reached, measured, months_checked, passes, reached
from miaopu.scenarios.compiling import load

pytestmark = pytest.mark.slow
SCOPES = (("whole", None), ("every district", None), ("every district", 1), ("every prefecture", None))


@pytest.fixture(scope="module")
def scene() -> Inputs:
    return until(load("town"), 35)


@pytest.fixture(scope="module")
def run(scene: Inputs) -> np.ndarray:
    from miaopu.model.simulation import simulate

    return simulate(scene, None, 5).tallies


def targets(scene: Inputs, rng: np.random.Generator) -> list[Target]:
    """The scenario's targets, counted both ways, with other scopes, senses, thresholds and readings."""
    found = []
    for row in target_rows(scene):
        for scope, count in SCOPES:
            sense, threshold = (">=", "<=")[int(rng.random() < 0.3)], row.threshold * rng.uniform(0.2, 1.5)
            found.append(replace(row, scope=scope, scope_count=count, sense=sense, threshold=threshold))
        if row.indicator == "street_hub_coverage":
            found.append(replace(row, reading="each_district", threshold=row.threshold * rng.uniform(0.2, 1.2)))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_the_course_of_a_target_tells_the_figure_and_the_month(seed: int, scene: Inputs, run: np.ndarray) -> None:
    """Months of a run in any order make a course that rises and falls as no run's does."""
    rng = np.random.default_rng(seed)
    tallies = run[rng.permutation(len(run))] if seed else run
    for target in targets(scene, rng):
        figures = course(target, tallies, scene)
        checked = figures[months_checked(target, scene)]
        worst = checked.min() if target.sense == ">=" else checked.max()
        if target.reading != "each_district" or target.sense == ">=":
            assert measured(target, tallies, scene) == pytest.approx(worst, nan_ok=True), target
            assert reached(target, tallies, scene) == bool(passes(target, checked).all()), target
        first = first_reached(target, tallies, scene)
        passed = [bool(passes(target, figure)) for figure in figures]
        assert first == (passed.index(True) if True in passed else -1), target
        if target.by is not None and reached(target, tallies, scene):
            assert 0 <= first <= target.by, target


def test_both_are_seen_reached_and_not(scene: Inputs, run: np.ndarray) -> None:
    rng = np.random.default_rng(0)
    first = [first_reached(target, run, scene) for target in targets(scene, rng)]
    assert min(first) == -1 and len(set(first)) > 3
