"""Variance is divided among factors, parameters and chance as it was put together."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.experiments.analysis.chance import components, point_means, shares

FACTORS, DRAWS, BOTH, LUCK, REST = 4.0, 2.0, 1.0, 3.0, 1.5  # variances that go in


def _runs(rng: np.random.Generator, seeds: str, shape: tuple[int, int, int]) -> np.ndarray:
    """Outcomes with draws common to all points, and luck common or of each point's own."""
    points, draws, replicates = shape
    luck = rng.normal(size=(1 if seeds == "common" else points, draws, replicates))
    drawn = np.sqrt(DRAWS) * rng.normal(size=(1, draws, 1)) + np.sqrt(BOTH) * rng.normal(size=(points, draws, 1))
    rest = np.sqrt(LUCK) * luck + np.sqrt(REST) * rng.normal(size=shape)
    return 100 + np.sqrt(FACTORS) * rng.normal(size=(points, 1, 1)) + (drawn if draws > 1 else 0.0) + rest


@pytest.mark.parametrize("seeds", ["common", "own"])
@pytest.mark.parametrize("shape", [(12, 5, 3), (12, 1, 3), (12, 5, 1)])
def test_components_are_unbiased(seeds: str, shape: tuple[int, int, int]) -> None:
    """The mean of 2000 estimates lies within 4 standard errors of the truth: wrong in 1 of 16,000 cases by chance."""
    rng = np.random.default_rng(11)
    found = np.array([components(_runs(rng, seeds, shape), seeds)[:3] for _ in range(2000)])
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    luck = LUCK + REST
    together = DRAWS + BOTH + (luck if shape[2] == 1 else 0.0)
    truth = np.array([
        FACTORS,
        together if shape[1] > 1 else np.nan,
        luck if shape[2] > 1 else np.nan,
    ])
    assert np.array_equal(np.isnan(truth), np.isnan(found).all(axis=0))
    far = np.abs(found.mean(axis=0) - truth) / error
    assert np.all((far < 4) | np.isnan(truth)), far


def test_luck_taken_for_the_wrong_kind_shows() -> None:
    """Luck common to all points adds nothing to the variance between them: subtracting it would be a mistake."""
    rng = np.random.default_rng(5)
    runs = [_runs(rng, "common", (12, 1, 3)) for _ in range(1000)]
    difference = np.mean([components(one, "common").factors - components(one, "own").factors for one in runs])
    assert difference == pytest.approx(LUCK / 3, rel=0.1)


def test_shares_add_up_and_follow_the_components() -> None:
    found = shares(_runs(np.random.default_rng(2), "common", (4000, 60, 8)), "common")
    total = FACTORS + DRAWS + BOTH + LUCK + REST
    assert sum(found[:3]) == pytest.approx(1)
    # 60 draws and 480 pieces of luck: standard errors of 0.02 to 0.04
    assert found[:3] == pytest.approx(np.array([FACTORS, DRAWS + BOTH, LUCK + REST]) / total, abs=0.09)


def test_points_with_a_failed_run_are_left_out() -> None:
    y = _runs(np.random.default_rng(1), "own", (40, 4, 3))
    broken = y.copy()
    broken[[3, 17], 2, 1] = np.nan
    kept = np.delete(y, [3, 17], axis=0)
    assert shares(broken, "own") == shares(kept, "own")
    assert shares(broken, "own").points == 38
    assert np.array_equal(np.flatnonzero(np.isnan(point_means(broken))), [3, 17])


@pytest.mark.parametrize("shape", [(40, 1, 1), (1, 4, 3)])
def test_nothing_is_said_where_nothing_can_be(shape: tuple[int, int, int]) -> None:
    found = shares(_runs(np.random.default_rng(1), "own", shape), "own")
    assert np.isnan(found[:3]).all()


@pytest.mark.parametrize("level", [0.0, 0.1, np.nan])
def test_an_outcome_that_never_varies_has_no_shares(level: float) -> None:
    assert np.isnan(shares(np.full((10, 3, 3), level), "common")[:3]).all()


def test_an_unknown_kind_of_seeds_is_refused() -> None:
    with pytest.raises(ValueError, match="common or own"):
        components(np.zeros((3, 3, 3)), "shared")
