"""Share out whole numbers, spread residents, and lay out neighbours: always the same way, without chance."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from statistics import NormalDist

import numpy as np

from ..model.place import Neighbours


def share_out(total: int, weights: np.ndarray, least: np.ndarray | int = 0) -> np.ndarray:
    """Whole numbers that sum to `total`, in proportion to `weights`, by largest remainder (int64).

    Each gets at least `least`; what is left after that is shared in proportion. Raises ValueError if `total`
    does not cover the least.
    """
    weights = np.asarray(weights, dtype=np.float64)
    start = np.broadcast_to(np.asarray(least, dtype=np.int64), weights.shape).copy()
    # What a weight is entitled to beyond its least, so that a large weight is not served twice.
    wanted = weights / weights.sum() * total if weights.sum() > 0 else np.zeros_like(weights)
    beyond = np.maximum(wanted - start, 0.0)
    rest = total - int(start.sum())
    if rest < 0:
        raise ValueError(f"{total} cannot give {int(start.sum())} at the least")
    if rest == 0 or beyond.sum() == 0:
        return start
    exact = beyond / beyond.sum() * rest
    whole = np.floor(exact).astype(np.int64)
    missing = rest - int(whole.sum())
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[:missing]] += 1
    return start + whole


@cache
def _normal_quantiles(count: int) -> np.ndarray:
    middle = NormalDist()
    return np.array([middle.inv_cdf((i + 0.5) / count) for i in range(count)])


def spread(keys: np.ndarray, sigma: float) -> np.ndarray:
    """Lognormal quantiles (`sigma`: standard deviation of the logarithm), dealt out in the order of the keys.

    So sizes differ as they do in life, and neither chance nor the order of lines has a part in it.
    """
    ranks = np.argsort(np.argsort(keys, kind="stable"), kind="stable")
    return np.exp(sigma * _normal_quantiles(len(keys))[ranks])


def share_of_keys(keys: np.ndarray, share: np.ndarray | float) -> np.ndarray:
    """Which keys fall within `share` of all possible keys (bool): each decides for itself."""
    return keys.astype(np.float64) < np.asarray(share) * 2.0**64


def rings(street_district: np.ndarray, street_key: np.ndarray) -> Neighbours:
    """Synthetic neighbours: in a ring within its district a street adjoins the two before and after it.

    The order around the ring is that of the keys, not of the lines. Judgement (K): the real is not listed.
    """
    pairs: list[tuple[int, int]] = []
    for district in np.unique(street_district):
        streets = np.flatnonzero(street_district == district)
        streets = streets[np.argsort(street_key[streets], kind="stable")]
        pairs += [(int(a), int(b)) for step in (1, 2) for a, b in zip(streets, np.roll(streets, -step), strict=True)]
    return compressed(len(street_district), pairs)


def compressed(count: int, pairs: Iterable[tuple[int, int]]) -> Neighbours:
    """Neighbours (both ways, sorted, each once) of `count` streets from pairs of streets."""
    both = {(a, b) for pair in pairs for a, b in (pair, pair[::-1]) if a != b}
    ordered = np.array(sorted(both), dtype=np.int64).reshape(-1, 2)
    indptr = np.searchsorted(ordered[:, 0], np.arange(count + 1)).astype(np.int64)
    return Neighbours(indptr, np.ascontiguousarray(ordered[:, 1]))
