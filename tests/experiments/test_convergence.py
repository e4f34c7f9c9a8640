"""Indices are said to have converged when they are narrow and keep their order, and not before."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.experiments.analysis.convergence import convergence, has_converged, ranking_stands
from miaopu.experiments.analysis.estimators import Estimate
from miaopu.experiments.analysis.indices import indices
from miaopu.experiments.design.experiment import Design
from miaopu.experiments.design.sampling import unit_points

from .functions import factors, ishigami


def _additive(points: int) -> tuple[Design, np.ndarray]:
    unit = unit_points("sobol", 4, 0, points, 1)
    return Design("sobol", points), unit @ np.array([3.0, 2.0, 1.0, 0.0])


def test_widths_shrink_as_base_points_double() -> None:
    unit = unit_points("sobol", 4, 0, 1024, 1)
    found = convergence(Design("sobol", 1024), factors(3), ishigami(unit))
    assert [row.base_points for row in found if row.index == "ST"] == [128, 256, 512, 1024]
    for index in ("S1", "ST"):
        widths = np.array([row.widest for row in found if row.index == index])
        assert widths[:-1] / widths[1:] == pytest.approx(np.sqrt(2), rel=0.35)
    assert not found[0].ranking_stands
    assert found[-1].ranking_stands


def test_the_last_stage_is_the_analysis_itself() -> None:
    unit = unit_points("sobol", 4, 0, 256, 1)
    design, y = Design("sobol", 256), ishigami(unit)
    y[7] = np.nan
    rows = indices(design, factors(3), unit, y)
    widest = max(row.high - row.low for row in rows if row.index == "ST" and row.role != "inert")
    last = convergence(design, factors(3), y)[-1]
    assert (last.index, last.base_points) == ("ST", 256)
    assert last.widest == pytest.approx(widest)


def test_second_order_runs_change_nothing_about_it() -> None:
    widths = []
    for second in (False, True):
        y = ishigami(unit_points("sobol", 4, 0, 64, 1, second))
        widths.append([row.widest for row in convergence(Design("sobol", 64, second_order=second), factors(3), y)])
    assert widths[0] == pytest.approx(widths[1])


def test_many_points_converge_and_few_do_not() -> None:
    few, many = (convergence(design, factors(3), y) for design, y in (_additive(64), _additive(16384)))
    assert has_converged([many])
    assert not has_converged([few])
    assert not has_converged([many, few])
    assert not many[1].converged  # at the first stage no ranking has been seen to stand


def test_an_outcome_that_never_varies_is_passed_over() -> None:
    design, y = _additive(16384)
    flat = convergence(design, factors(3), np.zeros_like(y))
    assert np.isnan([row.widest for row in flat]).all()
    assert not any(row.converged for row in flat)
    assert has_converged([convergence(design, factors(3), y), flat])
    assert not has_converged([flat])


def test_an_outcome_that_hardly_ever_differs_has_not_converged() -> None:
    design, y = _additive(16384)
    rare = np.zeros_like(y)
    rare[0] = 1.0
    found = convergence(design, factors(3), rare)
    assert found[-1].widest == np.inf
    assert not has_converged([convergence(design, factors(3), y), found])


@pytest.mark.parametrize(
    ("before", "now", "half", "stands"),
    [
        ((0.6, 0.3), (0.5, 0.4), 0.01, True),
        ((0.3, 0.6), (0.5, 0.4), 0.01, False),  # changed places
        ((0.41, 0.44), (0.44, 0.41), 0.02, True),  # changed places, but share one
        ((0.41, 0.44), (0.44, 0.41), 0.01, False),  # as near, but told apart
        ((0.3, 0.6), (0.5, 0.4), 0.2, False),  # wide intervals are no excuse
        ((0.6, 0.02), (0.6, 0.09), 0.02, False),  # has become worth keeping
        ((0.6, 0.09), (0.6, 0.02), 0.02, False),  # no longer is
        ((0.6, 0.045), (0.6, 0.055), 0.02, True),  # who can say
        ((0.01, 0.02), (0.02, 0.01), 0.001, True),  # neither is worth keeping
        ((0.6, 0.3), (0.5, 0.4), np.nan, False),  # nobody knows how sure that is
    ],
)
def test_when_a_ranking_stands(
    before: tuple[float, float], now: tuple[float, float], half: float, stands: bool
) -> None:
    width = np.full(2, half)
    assert ranking_stands(Estimate(np.array(before), width), Estimate(np.array(now), width)) is stands


def test_only_sobol_designs_are_judged() -> None:
    with pytest.raises(ValueError, match="morris"):
        convergence(Design("morris", 4), factors(3), np.zeros(20))
    with pytest.raises(ValueError, match="blocks of 6 rows"):
        convergence(Design("sobol", 4), factors(3), np.zeros(20))
