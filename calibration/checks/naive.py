"""Forecasts that anybody could make without a model, which a model has to beat."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

EDGE = 0.01  # shares of 0 and 1 have no logit: they are taken for 1 % and 99 %


class Figure(NamedTuple):
    """A figure at a time (in years, the end of 2018 is 2019.0) with its source."""

    year: float
    value: float
    source: str
    mark: str


def last_value(last: Figure) -> float:
    """Nothing changes."""
    return last.value


def trend(last: Figure, pair: tuple[Figure, Figure], year: float) -> float:
    """From `last` on, growth goes on at the yearly rate between two figures (log-linear)."""
    return last.value * math.exp(_rate(pair, math.log) * (year - last.year))


def logistic(last: Figure, pair: tuple[Figure, Figure], year: float) -> float:
    """From the share `last` on, an S-shaped curve to 100 % as steep as between two figures."""
    return 1 / (1 + math.exp(-(_logit(last.value) + _rate(pair, _logit) * (year - last.year))))


def _rate(pair: tuple[Figure, Figure], scale: Callable[[float], float]) -> float:
    first, second = pair
    if second.year <= first.year:
        raise ValueError("a rate needs an earlier and a later figure")
    return (scale(second.value) - scale(first.value)) / (second.year - first.year)


def _logit(share: float) -> float:
    inside = min(max(share, EDGE), 1 - EDGE)
    return math.log(inside / (1 - inside))
