"""How an outcome goes along with one factor, all others varying: the mean within slices of the factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..design.factor import Factor

BINS = 10


class Response(NamedTuple):
    """Mean outcome, with its 95 % interval, of the points whose factor lies about `value` (a choice: is `word`)."""

    factor: str
    role: str
    value: float
    word: str
    mean: float
    low: float
    high: float
    points: int


def response(
    factors: Sequence[Factor], values: Mapping[str, np.ndarray], y: np.ndarray, block: int = 1, bins: int = BINS
) -> list[Response]:
    """Rows of the table `response` for the outcome `y` (points,); points that failed (nan) are left out.

    `values` are the factors' values by name (points,). A choice, a flag and anything of at most `bins` different values
    is taken value by value; the rest in bins of equally many points (equal values stay together), `value` being their
    mean. A choice among words has as `value` the place of the `word`. The interval is that of a mean (Student's t); as
    `block` neighbouring points share coordinates (`sampling.block_rows`), whole blocks count as one observation. Where
    fewer than two blocks are in a bin, it is unknown (nan).
    """
    known = np.isfinite(y)
    owner = (np.arange(len(y)) // block)[known]
    found = []
    for factor in factors:
        x, words = _numbers(factor, values[factor.name])
        if len(x) != len(y):
            raise ValueError(f"{factor.name}: {len(x)} values for {len(y)} points")
        x = x[known]
        for members in _slices(x, bins, factor.kind in ("choice", "flag")):
            value = float(x[members].mean())
            word = words[round(value)] if words else ""
            interval = _mean(y[known][members], owner[members])
            found.append(Response(factor.name, factor.role, value, word, *interval, int(members.sum())))
    return found


def _numbers(factor: Factor, column: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """The column as numbers; words by their place in the factor's choices, which are returned too."""
    if column.dtype.kind != "O":
        return column.astype(np.float64), []
    words = [str(value) for value in factor.values]
    return np.array([words.index(str(value)) for value in column], np.float64), words


def _slices(x: np.ndarray, bins: int, whole: bool) -> list[np.ndarray]:
    """Which points belong together, as masks in ascending order; none is empty."""
    different, place = np.unique(x, return_inverse=True)
    if not whole and len(different) > bins:
        edges = np.unique(np.quantile(x, np.linspace(0, 1, bins + 1)[1:-1]))
        place = np.searchsorted(edges, x, side="right")
    return [place == one for one in np.unique(place)]


def _mean(y: np.ndarray, owner: np.ndarray) -> tuple[float, float, float]:
    """Mean and 95 % interval; residuals are added up within blocks before they are squared."""
    from scipy.stats import t

    mean = float(y.mean())
    _, place = np.unique(owner, return_inverse=True)
    sums = np.bincount(place, weights=y - mean)
    blocks = len(sums)
    if blocks < 2:
        return mean, np.nan, np.nan
    error = float(np.sqrt((sums**2).sum() * blocks / (blocks - 1))) / len(y)
    half = float(t.ppf(0.975, blocks - 1)) * error
    return mean, mean - half, mean + half
