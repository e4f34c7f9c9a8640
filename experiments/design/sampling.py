"""Where the points of a spread design lie: coordinates from 0 to 1, one column per factor, from SALib.

A design is laid out in base points (Sobol), trajectories (Morris) or single points (Latin hypercube), and can be
extended later without moving a row that is already there. Seeds go into generators of NumPy, never into SALib itself,
which takes the seed 0 for "no seed".
"""

from __future__ import annotations

from typing import Any

import numpy as np

_M64 = (1 << 64) - 1
_EDGE = 2.0**-31  # half the step of the Sobol sequence: nearer to 0 or 1 no coordinate comes


def block_rows(method: str, factors: int, second_order: bool = False) -> int:
    """Rows that belong together: those of one base point, one trajectory, one point of a hypercube."""
    if method == "sobol":
        return 2 * factors + 2 if second_order else factors + 2
    if method == "morris":
        return factors + 1
    if method == "latin":
        return 1
    raise ValueError(f"a design {method!r} is not spread over the unit cube")


def unit_points(
    method: str, factors: int, start: int, end: int, seed: int, second_order: bool = False, levels: int = 4
) -> np.ndarray:
    """Coordinates of the blocks `start` (included) to `end` (not): float64 (blocks × `block_rows`, factors).

    `sobol`: per base point the rows A, AB_1 … AB_k (, BA_1 … BA_k), B of Saltelli's design on one scrambled sequence;
    what a base point is does not depend on where it is asked to begin or end; no coordinate is exactly 0 or 1.
    `morris`: trajectories on a grid of `levels` values, 0 and 1 among them; `latin`: a Latin hypercube. With these two
    a later start has rows of its own, from (seed, start), to be put behind the earlier ones. ValueError when nothing is
    asked for or `levels` is odd.
    """
    if factors < 1 or not 0 <= start < end:
        raise ValueError(f"no points: {factors} factors, from {start} to {end}")
    rows = block_rows(method, factors, second_order)
    if method == "sobol":
        return _saltelli(factors, end, seed, second_order)[start * rows : end * rows]
    rng = np.random.default_rng([seed & _M64, start])
    if method == "morris":
        return _trajectories(factors, end - start, levels, rng)
    return _hypercube(factors, end - start, rng)


def independent_rows(method: str, factors: int, points: int, second_order: bool = False) -> np.ndarray:
    """Places of the rows, out of `points`, that are a plain sample of the unit cube.

    Of Saltelli's design these are A and B: the rows between repeat their coordinates. All others are taken whole; the
    rows of a Morris trajectory resemble each other, which takes less than one part in as many as there are
    trajectories from a variance.
    """
    rows = block_rows(method, factors, second_order) if method == "sobol" else 1
    first = np.arange(0, points, rows)
    return first if rows == 1 else np.stack([first, first + rows - 1], axis=1).ravel()


def _problem(factors: int) -> dict[str, Any]:
    return {"num_vars": factors, "names": [str(k) for k in range(factors)], "bounds": [[0.0, 1.0]] * factors}


def _saltelli(factors: int, end: int, seed: int, second_order: bool) -> np.ndarray:
    """The design from its first base point; made for a power of two, of which the sequence is balanced."""
    from SALib.sample import sobol

    power = 1 << (end - 1).bit_length()
    rng = np.random.default_rng(seed & _M64)
    unit = sobol.sample(_problem(factors), power, calc_second_order=second_order, seed=rng)
    return np.clip(unit, _EDGE, 1 - _EDGE)


def _trajectories(factors: int, count: int, levels: int, rng: np.random.Generator) -> np.ndarray:
    if levels < 2 or levels % 2:
        raise ValueError(f"trajectories need an even number of levels, not {levels}")
    from SALib.sample import morris

    unit = morris.sample(_problem(factors), count, num_levels=levels, seed=rng)
    return np.clip(np.round(unit * (levels - 1)) / (levels - 1), 0.0, 1.0)  # on the grid to the last digit


def _hypercube(factors: int, count: int, rng: np.random.Generator) -> np.ndarray:
    from SALib.sample import latin

    return latin.sample(_problem(factors), count, seed=rng)
