"""Indicators from tallies: sums over months and districts, divided as the table says. Undefined values are nan."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .tallies import TALLIES
from .vocabulary import Indicator, indicators

_COLUMN = {name: k for k, name in enumerate(TALLIES)}


def _total(tallies: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """Sum of the named tallies: (..., districts)."""
    return tallies[..., [_COLUMN[name] for name in names]].sum(axis=-1)


def _windowed(values: np.ndarray, window: int) -> np.ndarray:
    """Sum over the last `window` months along the first axis; nan until there are so many."""
    if window == 1:
        return values
    summed = np.full(values.shape, np.nan)
    if len(values) >= window:
        running = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
        summed[window - 1 :] = running[window:] - running[:-window]
    return summed


def _value(indicator: Indicator, tallies: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Indicator by month and group: `groups` (districts, groups) says which districts each group sums."""
    of = _windowed(_total(tallies, indicator.of) @ groups, indicator.window)
    if not indicator.per:
        return of * indicator.scale
    per = _windowed(_total(tallies, indicator.per) @ groups, indicator.window)
    return np.divide(of * indicator.scale, per, out=np.full(of.shape, np.nan), where=per > 0)


def indicator_values(name: str, tallies: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """One indicator by month and group of districts; `tallies` (months, districts, tallies)."""
    return _value(indicators()[name], tallies, groups)


def indicator_table(tallies: np.ndarray) -> dict[str, np.ndarray]:
    """Every indicator of the whole place by month."""
    whole = np.ones((tallies.shape[1], 1))
    return {name: _value(indicator, tallies, whole)[:, 0] for name, indicator in indicators().items()}


def indicator_by_district(tallies: np.ndarray, names: Iterable[str] | None = None) -> dict[str, np.ndarray]:
    """Indicators by month and district: those named, else all that the table gives by district."""
    chosen = list(names) if names is not None else [n for n, i in indicators().items() if i.by_district]
    each = np.eye(tallies.shape[1])
    return {name: _value(indicators()[name], tallies, each) for name in chosen}
