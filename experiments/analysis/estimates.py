"""The estimates that every table shares: a mean or probability with its interval, alone or as a paired difference.

What is independent is the unit, not the run. Where parameters are drawn it is the parameter draw, whose runs (over
all points and replicates) are first averaged. With one draw it is the point of the design; with one point as well, the
run.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..intervals import FEW_DRAWS, normal_quantile, probability, tail

REACHED = "reached"  # the kind of outcome that is 1 or 0, and whose mean is a probability


class Estimate(NamedTuple):
    """A figure with its interval; `covers` is a key of `intervals.COVERS`, `units` the number of independent units."""

    value: float
    low: float
    high: float
    covers: str
    units: int


UNKNOWN = Estimate(np.nan, np.nan, np.nan, "nothing", 0)


def units_of(shape: tuple[int, ...], varies: bool) -> tuple[np.ndarray, str]:
    """The unit that each run belongs to, and what the units are, for an array (points, draws, replicates).

    `varies` tells whether parameters are drawn. The units are `draws`, `points`, `runs`, or `one_draw`: runs again, of
    the only draw there is. Units are numbered from 0.
    """
    points, draws, replicates = shape
    if varies and draws > 1:
        return np.broadcast_to(np.arange(draws)[None, :, None], shape), "draws"
    if points > 1:
        return np.broadcast_to(np.arange(points)[:, None, None], shape), "points"
    return np.arange(points * draws * replicates).reshape(shape), "one_draw" if varies else "runs"


def unit_means(values: np.ndarray, varies: bool) -> tuple[np.ndarray, str]:
    """The mean of each unit's runs that have a value, in order; units with none are left out."""
    owner, what = units_of(values.shape, varies)
    known = ~np.isnan(values)
    runs = np.bincount(owner[known])
    totals = np.bincount(owner[known], weights=values[known])
    return totals[runs > 0] / runs[runs > 0], what


def t_half(sd: np.ndarray, n: np.ndarray, level: float = 0.95) -> np.ndarray:
    """Half the width of Student's interval for a mean of `n` values; nan where `n` is less than two."""
    from scipy.special import stdtrit

    n = np.asarray(n, np.float64)
    some = np.where(n > 1, n, np.nan)
    return stdtrit(some - 1, 1 - tail(level)) * np.asarray(sd) / np.sqrt(some)


def mean_interval(means: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Student's interval for the mean of independent units; nan with fewer than two."""
    if len(means) < 2:
        return np.nan, np.nan
    middle, half = float(means.mean()), float(t_half(means.std(ddof=1), np.array(len(means)), level))
    return middle - half, middle + half


def pairs_interval(gaps: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Bonett and Price's interval for a difference of paired probabilities, from each unit's difference (-1 to 1).

    One pair in favour of each side is added before the normal interval is taken, so that it has a width even if no pair
    differs (J. Educ. Behav. Stat. 37, 2012, 479-488). With one run per unit it is theirs; with several, a unit's mean
    difference stands for the pair's, and the two added pairs count as whole units, which errs on the side of caution.
    """
    n = len(gaps) + 2
    middle = gaps.sum() / n
    half = normal_quantile(level) * np.sqrt(((gaps**2).sum() + 2) / n - middle**2) / np.sqrt(n)
    seen = gaps.mean()
    return float(max(-1.0, min(middle - half, seen))), float(min(1.0, max(middle + half, seen)))


def strict_probability(values: np.ndarray, varies: bool, level: float) -> tuple[float, float]:
    """Korn and Graubard's interval: Clopper and Pearson's at the number of independent trials that the runs are worth.

    For decisions at high levels, where resampled tails are too thin and Wilson's interval fails near 0 and 1. The worth
    follows from the spread between units, with Student's reach for their number (Survey Methodology 24, 1998, 193-201).
    Below 30 units, and where all are alike, a unit is worth one trial. Raises ValueError without any run.
    """
    from scipy.special import betaincinv

    means, what = unit_means(values, varies)
    if len(means) == 0:
        raise ValueError("no run succeeded")
    runs, units, share = int((~np.isnan(values)).sum()), len(means), float(np.nanmean(values))
    error = means.var(ddof=1) / units if units > 1 else 0.0
    worth = float(units)
    if what in ("draws", "points") and units >= FEW_DRAWS and error > 0:
        stretch = normal_quantile(level) / float(t_half(np.array(1.0), np.array(units), level) * np.sqrt(units))
        worth = float(min(share * (1 - share) / error, runs) * stretch**2)
    hits, edge = share * worth, tail(level)
    low = float(betaincinv(hits, worth - hits + 1, edge)) if share > 0 else 0.0
    high = float(betaincinv(hits + 1, worth - hits, 1 - edge)) if share < 1 else 1.0
    return low, high


def value_of(values: np.ndarray, kind: str, varies: bool, level: float = 0.95, seed: int = 0) -> Estimate:
    """Mean or probability of one scenario's runs (points, draws, replicates), nan where a run failed."""
    known = ~np.isnan(values)
    if not known.any():
        return UNKNOWN
    means, what = unit_means(values, varies)
    if kind != REACHED:
        return Estimate(float(means.mean()), *mean_interval(means, level), _covers("t", what), len(means))
    owner = units_of(values.shape, varies)[0]
    if what in ("runs", "one_draw"):
        owner = np.zeros(values.shape, np.int64)
    found = probability(values[known] > 0.5, owner[known], what != "runs", seed, level=level)
    covers = found.covers.replace("draws", "points") if what == "points" else found.covers
    return Estimate(*found[:3], covers, len(means))


def difference_of(base: np.ndarray, other: np.ndarray, kind: str, varies: bool, level: float = 0.95) -> Estimate:
    """`other` less `base`, run by run on the same luck; a pair of which either side failed is left out.

    Student's interval over units for means. For probabilities Bonett and Price's until at least 30 units differ between
    the two sides, and not all alike; Student's from there on: before, the spread seen says too little of the spread
    there is.
    """
    gaps, what = unit_means(other - base, varies)
    if len(gaps) == 0:
        return UNKNOWN
    if kind == REACHED and (np.count_nonzero(gaps) < FEW_DRAWS or np.ptp(gaps) == 0):
        return Estimate(float(gaps.mean()), *pairs_interval(gaps, level), _covers("pairs", what), len(gaps))
    return Estimate(float(gaps.mean()), *mean_interval(gaps, level), _covers("t", what), len(gaps))


def _covers(method: str, what: str) -> str:
    return f"{method}_one_draw" if what == "one_draw" else f"{method}_over_{what}"
