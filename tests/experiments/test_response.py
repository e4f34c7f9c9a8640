"""Curves of one factor: means within slices that are what they say."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.experiments.analysis.response import response
from miaopu.experiments.design.factor import Factor
from miaopu.experiments.design.sampling import unit_points
from miaopu.model.text import Text

LABEL = Text("", "")
SLOPE = Factor("slope", "lever", "real", LABEL, "")
WORD = Factor("word", "uncertainty", "choice", LABEL, "", values=("whole_place", "each_district"))
FLAG = Factor("flag", "lever", "flag", LABEL, "")
COUNT = Factor("count", "lever", "integer", LABEL, "", low=0, high=40)


def test_a_straight_line_is_found_in_ten_equal_slices() -> None:
    x = np.random.default_rng(1).permutation(np.linspace(0, 1, 1000))
    found = response([SLOPE], {"slope": x}, 3 * x)
    assert [row.points for row in found] == [100] * 10
    assert [row.value for row in found] == pytest.approx(np.arange(0.05, 1, 0.1), abs=0.001)
    assert [row.mean for row in found] == pytest.approx([3 * row.value for row in found])


def test_words_and_flags_are_taken_one_by_one() -> None:
    words = np.array(["each_district", "whole_place", "each_district", "whole_place"] * 5, object)
    y = np.where(words == "each_district", 5.0, 1.0)
    found = response([WORD, FLAG], {"word": words, "flag": (y > 2) * 1.0}, y)
    assert [row[:5] for row in found] == [
        ("word", "uncertainty", 0.0, "whole_place", 1.0),
        ("word", "uncertainty", 1.0, "each_district", 5.0),
        ("flag", "lever", 0.0, "", 1.0),
        ("flag", "lever", 1.0, "", 5.0),
    ]


def test_equal_values_stay_together_and_every_point_counts_once() -> None:
    x = np.random.default_rng(1).integers(0, 41, 500).astype(float)
    x[:150] = 7.0
    found = response([COUNT], {"count": x}, x)
    assert len(found) <= 10
    assert sum(row.points for row in found) == 500
    bounds = [(row.value, row.points) for row in found]
    assert bounds == sorted(bounds)
    assert max(row.points for row in found) >= 150


def test_failed_points_are_left_out() -> None:
    x = np.linspace(0, 1, 100)
    y = x.copy()
    y[::3] = np.nan
    kept = np.isfinite(y)
    assert response([SLOPE], {"slope": x}, y) == response([SLOPE], {"slope": x[kept]}, y[kept])


def test_intervals_hold_as_often_as_they_say() -> None:
    """Of 2000 intervals (200 samples of 100 points) 95 in 100 hold: 1860 or more unless in 1 of 10,000 trials."""
    rng = np.random.default_rng(4)
    held = 0
    for _ in range(200):
        x = rng.random(100)
        held += sum(row.low <= 0 <= row.high for row in response([SLOPE], {"slope": x}, rng.normal(size=100)))
    assert 1860 <= held <= 1940, held


def test_rows_of_a_block_are_not_taken_for_independent_ones() -> None:
    """Saltelli's rows repeat coordinates. Intervals over blocks hold in 90 of 100 cases at least; over rows, in few."""
    held = {1: 0, 12: 0}
    for seed in range(60):
        rng = np.random.default_rng(seed)
        base = rng.random((2, 64, 10))
        crossed = [np.where(np.arange(10) == j, base[1], base[0]) for j in range(10)]
        unit = np.stack([base[0], *crossed, base[1]], axis=1)
        x = unit.reshape(-1, 10)
        for block in held:
            found = response([SLOPE], {"slope": (x[:, 9] > 0.5) * 1.0}, x[:, :9].sum(axis=1), block)
            held[block] += sum(row.low <= 4.5 <= row.high for row in found)
    assert held[12] >= 108, held
    assert held[1] < 90, held


def test_one_block_says_nothing_about_error() -> None:
    x = unit_points("sobol", 3, 0, 1, 1)
    found = response([FLAG], {"flag": np.ones(5)}, x[:, 0], block=5)
    assert np.isnan([found[0].low, found[0].high]).all()
    with pytest.raises(ValueError, match="flag"):
        response([FLAG], {"flag": np.ones(4)}, x[:, 0])
