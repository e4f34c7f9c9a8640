"""Whether Sobol indices have converged: the same analysis on the first eighth, quarter, half and all base points.

Saltelli's design on N base points begins with the design on N/2, so the halves need no run of their own.

The ranking of factors stands at n base points if, compared with n/2,
1. no factor has crossed ST = 0.05 (what is worth keeping), unless its interval at n still holds 0.05;
2. no two factors worth keeping at either stage have changed places, unless at n their intervals overlap and they lie
   less than 0.05 apart: then they share a place, and which is first does not matter.
The inert factor has no place. An index has converged if its widest interval is narrower than 0.05 and the ranking
stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..design.experiment import Design
from ..design.factor import Factor
from ..design.sampling import block_rows
from . import estimators
from .estimators import RESAMPLES, Estimate
from .indices import check_factors

NARROW = 0.05  # widest 95 % interval, from end to end
RELEVANT = 0.05  # total effect above which a factor is worth keeping
STAGES = (8, 4, 2, 1)  # parts of all base points
_LEAST = 2  # base points of which anything can be said


@dataclass(frozen=True)
class Convergence:
    """How far one index (S1 or ST) has come at `base_points`, failed ones included.

    `widest` is nan if nothing varies there, and infinite if the outcome differs at too few points for an interval. At
    the first stage there is nothing to compare the ranking with: it does not stand yet.
    """

    index: str
    base_points: int
    widest: float
    ranking_stands: bool
    converged: bool


def convergence(
    design: Design, factors: Sequence[Factor], y: np.ndarray, resamples: int = RESAMPLES, seed: int = 1
) -> list[Convergence]:
    """Rows of the table `convergence` for the outcome `y` (points,), nan where a point failed; last stage last.

    ValueError for other designs than Sobol's and for faulty factors.
    """
    check_factors(factors)
    if design.method != "sobol":
        raise ValueError(f"convergence is judged of Sobol indices, not of a design {design.method!r}")
    rows = block_rows("sobol", len(factors), design.second_order)
    if len(y) % rows:
        raise ValueError(f"{len(y)} outcomes do not make blocks of {rows} rows")
    blocks = y.astype(np.float64).reshape(-1, rows)
    acting = np.array([factor.role != "inert" for factor in factors])
    found: list[Convergence] = []
    before: Estimate | None = None
    for n in stages_of(len(blocks)):
        now = _first(blocks[:n], acting, resamples, seed)
        stands = before is not None and bool(now) and ranking_stands(before, now["ST"])
        for name in ("S1", "ST"):
            widest = float(np.max(np.nan_to_num(2 * now[name].half, nan=np.inf))) if now else np.nan
            found.append(Convergence(name, n, widest, stands, stands and widest < NARROW))
        before = now.get("ST")
    return found


def stages_of(base_points: int) -> list[int]:
    """The numbers of base points at which convergence is looked at, the whole last."""
    return [n for n in dict.fromkeys(base_points // part for part in STAGES) if n >= _LEAST]


def has_converged(outcomes: Iterable[Sequence[Convergence]]) -> bool:
    """Whether S1 and ST have converged at the last stage of every outcome that varies; False if none does."""
    last = [[row for row in rows if row.base_points == rows[-1].base_points] for rows in outcomes if rows]
    judged = [row for rows in last for row in rows if not np.isnan(row.widest)]
    return bool(judged) and all(row.converged for row in judged)


def ranking_stands(before: Estimate, now: Estimate) -> bool:
    """The rule above, for the total effects of the same factors at two stages."""
    was, is_ = before.value > RELEVANT, now.value > RELEVANT
    if np.isnan([before.half, now.half]).any():
        return False
    if np.any((was != is_) & (np.abs(now.value - RELEVANT) > now.half)):
        return False
    for i, j in combinations(np.flatnonzero(was | is_).tolist(), 2):
        swapped = (before.value[i] - before.value[j]) * (now.value[i] - now.value[j]) < 0
        apart = abs(now.value[i] - now.value[j])
        if swapped and (apart > now.half[i] + now.half[j] or apart >= NARROW):
            return False
    return True


def _first(blocks: np.ndarray, acting: np.ndarray, resamples: int, seed: int) -> dict[str, Estimate]:
    """S1 and ST of the factors that act, of the base points without failure; nothing if they cannot be estimated."""
    blocks = blocks[np.isfinite(blocks).all(axis=1)]
    if len(blocks) < _LEAST or not estimators.varies(blocks) or not acting.any():
        return {}
    k = len(acting)
    kept = [0, *range(1, k + 1), blocks.shape[1] - 1]  # S2 plays no part
    found = estimators.sobol(blocks[:, kept], k, False, resamples, seed)
    found = {name: Estimate(one.value[acting], one.half[acting]) for name, one in found.items()}
    return {} if np.isnan(found["ST"].value).any() else found
