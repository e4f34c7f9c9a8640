"""Which factors an outcome depends on: rows of the table `indices` for one outcome of one scenario.

Sobol's design gives S1, ST (and S2) and PAWN; Morris gives mu_star and sigma; a Latin hypercube gives PAWN. A point
that failed takes its whole base point or trajectory with it, and every row says how many went that way. Where an index
cannot be estimated it is nan and `note` says why; never a zero that nobody computed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ...model.text import Text
from ..design.experiment import Design
from ..design.factor import Factor
from ..design.sampling import block_rows, independent_rows
from . import estimators
from .estimators import RESAMPLES, Estimate

SLICES = 10  # conditioning intervals of PAWN
FEW = 5 * SLICES  # points below which PAWN compares samples of fewer than five

NOTES = {
    "": Text("", ""),
    "constant": Text("各点结果相同，无从分解", "the outcome is the same at all points: there is nothing to divide"),
    "rare": Text(
        "结果只在极少数点上不同，区间无从估计",
        "the outcome differs at so few points that the interval is unknown",
    ),
    "too_few": Text("成功的点太少", "too few points succeeded"),
    "compare_inert": Text(
        "无区间；与惰性因子的值相比：不高于它即无影响",
        "no interval; compare with the inert factor: what is not above it has no effect",
    ),
}


@dataclass(frozen=True)
class Index:
    """One index with its 95 % interval; `base_points` were used and `dropped` were not, as a run of theirs failed."""

    factor: str
    factor_zh: str
    factor_en: str
    role: str
    index: str
    other: str
    value: float
    low: float
    high: float
    base_points: int
    dropped: int
    note: str


def check_factors(factors: Sequence[Factor]) -> None:
    """ValueError for two factors of one name or a factor whose low end lies above its high end."""
    names = [factor.name for factor in factors]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two factors of the same name: {', '.join(twice)}")
    for factor in factors:
        if factor.kind in ("real", "integer") and factor.prior is None and factor.low > factor.high:
            raise ValueError(f"{factor.name}: low {factor.low} lies above high {factor.high}")


def indices(
    design: Design,
    factors: Sequence[Factor],
    x: np.ndarray,
    y: np.ndarray,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> list[Index]:
    """All indices of the outcome `y` (points,), nan where a point failed; `x` (points, factors) are coordinates 0 to 1.

    `factors` are in the order of the columns. ValueError for other methods, wrong shapes or faulty factors.
    """
    found = variance_based(design, factors, x, y, resamples, seed) if design.method != "latin" else []
    if design.method != "morris":  # its rows are no independent sample, and too few values of each factor for slices
        check_factors(factors)
        found += _pawn(design, factors, complete_blocks(design, len(factors), x, y))
    return found


def variance_based(
    design: Design,
    factors: Sequence[Factor],
    x: np.ndarray,
    y: np.ndarray,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> list[Index]:
    """As `indices`, without PAWN: S1, ST (S2), or mu_star and sigma."""
    check_factors(factors)
    return list(_variance_based(design, factors, complete_blocks(design, len(factors), x, y), resamples, seed))


class Blocks(NamedTuple):
    """The base points of which every run succeeded: `x` (blocks, rows, factors), `y` (blocks, rows)."""

    x: np.ndarray
    y: np.ndarray
    dropped: int


def complete_blocks(design: Design, factors: int, x: np.ndarray, y: np.ndarray) -> Blocks:
    """The design in blocks, those with a failed point left out."""
    rows = block_rows(design.method, factors, design.second_order)
    if x.shape != (len(y), factors) or y.ndim != 1 or len(y) % rows:
        raise ValueError(f"points {x.shape} and outcomes {y.shape} do not make blocks of {rows} rows")
    outcome = y.astype(np.float64).reshape(-1, rows)
    whole = np.isfinite(outcome).all(axis=1)
    return Blocks(x.reshape(-1, rows, factors)[whole], outcome[whole], int((~whole).sum()))


def _variance_based(
    design: Design, factors: Sequence[Factor], blocks: Blocks, resamples: int, seed: int
) -> Iterator[Index]:
    """Rows of S1, ST, S2 or of mu_star, sigma."""
    k = len(factors)
    names = ("mu_star", "sigma") if design.method == "morris" else ("S1", "ST", "S2")[: 2 + design.second_order]
    note = "too_few" if len(blocks.y) < 2 else "" if estimators.varies(blocks.y) else "constant"
    if note:
        found: dict[str, Estimate] = {}
    elif design.method == "morris":
        found = estimators.morris(blocks.x, blocks.y, resamples, seed)
    else:
        found = estimators.sobol(blocks.y, k, design.second_order, resamples, seed)
    for name in names:
        places = estimators.pairs(k) if name == "S2" else [(j, -1) for j in range(k)]
        unknown = np.full(len(places), np.nan)
        value, half = found.get(name, Estimate(unknown, unknown))
        for place, (j, other) in enumerate(places):
            second = factors[other].name if other >= 0 else ""
            reason = note or ("constant" if np.isnan(value[place]) else "rare" if np.isnan(half[place]) else "")
            yield _row(factors[j], name, second, float(value[place]), float(half[place]), blocks, reason)


def _pawn(design: Design, factors: Sequence[Factor], blocks: Blocks) -> Iterator[Index]:
    """Median distance (Kolmogorov-Smirnov) between the outcome's distribution and that within slices of a factor."""
    k = len(factors)
    x, y = blocks.x.reshape(-1, k), blocks.y.ravel()
    plain = independent_rows(design.method, k, len(y), design.second_order)
    x, y = x[plain], y[plain]
    note = "too_few" if len(y) < FEW else "compare_inert" if estimators.varies(y) else "constant"
    value = pawn(x, y) if note == "compare_inert" else np.full(k, np.nan)
    for factor, distance in zip(factors, value.tolist(), strict=True):
        yield _row(factor, "pawn", "", distance, np.nan, blocks, note)


def pawn(x: np.ndarray, y: np.ndarray, slices: int = SLICES) -> np.ndarray:
    """SALib's PAWN index (median over slices of equal count) of each column of `x` (points, factors)."""
    from SALib.analyze import pawn as salib

    k = x.shape[1]
    problem = {"num_vars": k, "names": [str(j) for j in range(k)], "bounds": [[0.0, 1.0]] * k}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of p-values, which are not used
        return np.asarray(salib.analyze(problem, x, y, S=slices)["median"], np.float64)


def _row(factor: Factor, index: str, other: str, value: float, half: float, blocks: Blocks, note: str) -> Index:
    label = factor.label
    interval = (value, value - half, value + half)
    names = (factor.name, label.zh, label.en, factor.role, index, other)
    return Index(*names, *interval, len(blocks.y), blocks.dropped, note)
