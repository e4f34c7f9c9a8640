"""Chance: every draw is a function of (seed, month, process, agent's key, index) and of nothing else.

No generator has a state. `stream` names the seed, month and process; `draw(stream, key, k)` is the k-th output of
SplitMix64 (Steele, Lea & Flood 2014) started from the stream and the agent's own key, both well mixed themselves. So
a lever changes the luck of nobody whom it does not touch, and any number of workers gives the same run.
"""

from __future__ import annotations

import hashlib

import numpy as np

from .compiled import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_ONE = np.uint64(1)
_TO_UNIT = 2.0**-53
MONTH = 1.0 / 12.0  # of a year


def key_of(path: str) -> np.uint64:
    """A place's key: a hash of its full name, never of its row."""
    return np.uint64(int.from_bytes(hashlib.sha256(path.encode("utf-8")).digest()[:8], "little"))


@compiled
def mix(x: np.uint64) -> np.uint64:
    """SplitMix64's finaliser: 64 bits in, 64 well-mixed bits out."""
    x = (x ^ (x >> _S30)) * _MIX_A
    x = (x ^ (x >> _S27)) * _MIX_B
    return x ^ (x >> _S31)


@compiled
def stream(seed: np.uint64, month: int, process: int) -> np.uint64:
    """The luck of one process in one month of one run."""
    return mix(mix(seed) + np.uint64(month * 64 + process) * _GOLDEN)


@compiled
def bits(luck: np.uint64, key: np.uint64, k: int) -> np.uint64:
    """64 random bits: output `k` (from 0) of SplitMix64 seeded by stream and key."""
    return mix((luck ^ key) + (np.uint64(k) + _ONE) * _GOLDEN)


@compiled
def draw(luck: np.uint64, key: np.uint64, k: int) -> float:
    """A uniform number in [0, 1)."""
    return np.float64(bits(luck, key, k) >> _S11) * _TO_UNIT


@compiled
def child_key(parent: np.uint64, month: int, ordinal: int) -> np.uint64:
    """The key of the `ordinal`-th agent born to `parent` in `month`."""
    return mix(mix(parent + np.uint64(month + 1) * _MIX_A) ^ (np.uint64(ordinal + 1) * _GOLDEN))


@compiled
def poisson(mean: float, u: float) -> int:
    """A Poisson count by inversion of one uniform number (means up to about 30)."""
    if u <= 1.0 - mean:  # exp(-m) >= 1 - m: nothing is born, and no exponential is needed
        return 0
    term = np.exp(-mean)
    total = term
    count = 0
    while u > total and count < 200:
        count += 1
        term *= mean / count
        total += term
    return count


@compiled
def happens(rate_per_year: float, luck: np.uint64, key: np.uint64, k: int) -> bool:
    """Whether something that happens to an agent at `rate_per_year` happens this month, by its draw `k`."""
    if rate_per_year <= 0.0:
        return False
    mean, u = rate_per_year * MONTH, draw(luck, key, k)
    return u < mean and u < 1.0 - np.exp(-mean)  # 1 - exp(-m) <= m: mostly no exponential is needed


@compiled
def monthly(rate_per_year: float) -> float:
    """Chance within one month of something that happens at `rate_per_year`."""
    return 1.0 - np.exp(-rate_per_year / 12.0)
