"""Chance, shared with the engine: its compiled draws, wrapped so that Python can call them."""

from __future__ import annotations

import math
from typing import Any

import numba

from miaopu.model import draws

MONTH = 1.0 / 12.0  # of a year


@numba.njit("uint64(uint64, int64, int64)")
def stream(seed: int, month: int, process: int) -> int:
    """The luck of one process in one month."""
    return draws.stream(seed, month, process)


@numba.njit("float64(uint64, uint64, int64)")
def draw(luck: int, key: int, k: int) -> float:
    """The uniform number k of the agent with this key."""
    return draws.draw(luck, key, k)


@numba.njit("uint64(uint64)")
def mix(x: int) -> int:
    """64 well-mixed bits."""
    return draws.mix(x)


@numba.njit("uint64(uint64, int64, int64)")
def child_key(parent: int, month: int, ordinal: int) -> int:
    """The key of an agent born to `parent`."""
    return draws.child_key(parent, month, ordinal)


@numba.njit("int64(float64, float64)")
def poisson(mean: float, u: float) -> int:
    """A Poisson count by inversion of one uniform number."""
    return draws.poisson(mean, u)


def monthly(rate_per_year: float) -> float:
    """The chance within one month of something at a yearly rate."""
    return 1.0 - math.exp(-rate_per_year / 12.0)


class Luck:
    """One stream of draws."""

    def __init__(self, number: int) -> None:
        self.number = number

    @classmethod
    def of(cls, seed: int, month: int, process: int) -> Luck:
        """The luck of one process in one month of one run."""
        return cls(stream(seed, month, process))

    def draw(self, agent: Any, k: int) -> float:
        """The agent's own uniform number k, in [0, 1)."""
        return draw(self.number, agent.key, k)

    def happens(self, rate_per_year: float, agent: Any, k: int) -> bool:
        """Whether something at a yearly rate happens to the agent this month."""
        if rate_per_year <= 0.0:
            return False
        mean = rate_per_year * MONTH
        u = self.draw(agent, k)
        return u < mean and u < 1.0 - math.exp(-mean)
