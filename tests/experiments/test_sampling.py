"""Designs are spread over the unit cube, can be extended without moving a row, and take any seed as a seed."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.experiments.design.sampling import block_rows, independent_rows, unit_points

SPREAD = ("sobol", "morris", "latin")


@pytest.mark.parametrize("second_order", [False, True])
@pytest.mark.parametrize(("start", "end"), [(0, 64), (64, 128), (37, 101)])
def test_sobol_points_stay_where_they_are_when_a_design_is_doubled(second_order: bool, start: int, end: int) -> None:
    rows = block_rows("sobol", 5, second_order)
    whole = unit_points("sobol", 5, 0, 256, 7, second_order)
    part = unit_points("sobol", 5, start, end, 7, second_order)
    assert np.array_equal(part, whole[start * rows : end * rows])


def test_a_sobol_block_is_a_then_b_crossed_into_a_then_a_crossed_into_b_then_b() -> None:
    for a, *crossed, b in unit_points("sobol", 3, 0, 8, 1, True).reshape(8, 8, 3):
        assert not np.any(a == b)
        for j, (ab, ba) in enumerate(zip(crossed[:3], crossed[3:], strict=True)):
            assert np.array_equal(ab, np.where(np.arange(3) == j, b, a))
            assert np.array_equal(ba, np.where(np.arange(3) == j, a, b))


def test_sobol_never_touches_the_edges_where_a_prior_may_be_infinite() -> None:
    unit = unit_points("sobol", 12, 0, 4096, 0)
    assert unit.min() > 0
    assert unit.max() < 1


def test_an_exact_zero_in_the_sequence_is_moved_off_the_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    from SALib.sample import sobol

    monkeypatch.setattr(sobol, "sample", lambda *_, **__: np.tile([0.0, 1.0], (4, 1)))
    unit = unit_points("sobol", 2, 0, 1, 1)
    assert unit.min() > 0
    assert unit.max() < 1


@pytest.mark.parametrize("method", SPREAD)
def test_zero_is_a_seed_like_any_other(method: str) -> None:
    np.random.seed(1)
    first = unit_points(method, 4, 0, 8, 0)
    np.random.seed(2)  # what SALib would draw from, had it been given no seed
    assert np.array_equal(first, unit_points(method, 4, 0, 8, 0))
    assert not np.array_equal(first, unit_points(method, 4, 0, 8, 1))
    assert len(unit_points(method, 4, 0, 8, -3)) == len(first)


@pytest.mark.parametrize("method", SPREAD)
def test_an_extension_brings_other_points(method: str) -> None:
    first, later = unit_points(method, 4, 0, 8, 1), unit_points(method, 4, 8, 16, 1)
    assert first.shape == later.shape == (8 * block_rows(method, 4), 4)
    assert not np.array_equal(first, later)


@pytest.mark.parametrize("levels", [2, 4, 6])
def test_a_trajectory_moves_every_factor_once_by_the_same_step(levels: int) -> None:
    unit = unit_points("morris", 5, 0, 10, 1, levels=levels)
    assert set(unit.ravel()) <= {level / (levels - 1) for level in range(levels)}
    moves = np.abs(np.diff(unit.reshape(10, 6, 5), axis=1))
    assert np.array_equal((moves > 0).sum(axis=1), np.ones((10, 5)))
    assert moves.max(axis=1) == pytest.approx(levels / (2 * (levels - 1)))


def test_every_slice_of_a_hypercube_holds_one_point() -> None:
    unit = unit_points("latin", 3, 10, 60, 1)
    assert np.array_equal(np.sort((unit * 50).astype(int), axis=0), np.tile(np.arange(50)[:, None], 3))


def test_independent_rows_of_saltellis_design_are_the_base_sequence() -> None:
    unit = unit_points("sobol", 3, 0, 16, 1)
    plain = unit[independent_rows("sobol", 3, len(unit))]
    assert len(plain) == 32
    assert len(np.unique(plain[:, 0])) == 32
    assert len(independent_rows("latin", 3, 40)) == 40


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("sobol", 0, 0, 4, 1), "no points"),
        (("sobol", 3, 4, 4, 1), "no points"),
        (("morris", 3, 0, 4, 1, False, 5), "even number of levels"),
        (("grid", 3, 0, 4, 1), "not spread"),
    ],
)
def test_what_cannot_be_laid_out_is_refused(arguments: tuple, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        unit_points(*arguments)
