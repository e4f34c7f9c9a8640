"""How well a model with its priors foresaw the observations, and by how much one rule beats its rival.

The marginal likelihood is the mean of the likelihood over simulations from the priors, up to a constant that all
models of the same observations and tolerances share. It punishes a rule for simulations far from the data, also where
some of its parameters would fit: priors count, and a difference below about 1 is worth no mention (Kass & Raftery
1995). Errors are Monte Carlo errors alone (delta method); with an effective sample size below some dozens they are too
small.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from ...experiments.columns import Columns, table_of
from ...experiments.intervals import Z95
from ..weighing import ess, weights

KINDS = {
    "mechanism": "text", "rule": "text", "quantity": "text", "value": "float", "low": "float", "high": "float",
}  # fmt: skip


class Evidence(NamedTuple):
    """A logarithm with its Monte Carlo standard error."""

    value: float
    error: float


def log_evidence(log_likelihood: np.ndarray) -> Evidence:
    """Logarithm of the mean likelihood of simulations from the priors."""
    largest = float(np.max(log_likelihood))
    mean = float(np.exp(log_likelihood - largest).mean())
    spread = _relative(log_likelihood)
    return Evidence(largest + float(np.log(mean)), _error(spread))


def difference(one: np.ndarray, other: np.ndarray, paired: bool = False) -> Evidence:
    """Evidence for `one` over `other` from their log likelihoods; above 0 speaks for `one`.

    `paired` where row for row both banks have the same parameters and luck: what they share then cancels.
    """
    value = log_evidence(one).value - log_evidence(other).value
    if paired:
        return Evidence(value, _error(_relative(one) - _relative(other)))
    return Evidence(value, float(np.hypot(log_evidence(one).error, log_evidence(other).error)))


def compared(mechanism: str, log_likelihoods: Mapping[str, np.ndarray], paired: bool = False) -> Columns:
    """Rows of rivals.csv: for each rule `log_evidence`, `log_evidence_over_first` and `ess`, with 95 % intervals.

    The first rule is the model's own. `ess` has no interval.
    """
    first = next(iter(log_likelihoods.values()))
    rows: list[tuple[object, ...]] = []
    for place, (rule, found) in enumerate(log_likelihoods.items()):
        rows.append((mechanism, rule, "log_evidence", *_interval(log_evidence(found))))
        if place:
            rows.append((mechanism, rule, "log_evidence_over_first", *_interval(difference(found, first, paired))))
        rows.append((mechanism, rule, "ess", ess(weights(found)), np.nan, np.nan))
    return table_of(rows, KINDS)


def _interval(found: Evidence) -> tuple[float, float, float]:
    return found.value, found.value - Z95 * found.error, found.value + Z95 * found.error


def _relative(log_likelihood: np.ndarray) -> np.ndarray:
    """Likelihoods over their mean, (simulations,)."""
    return weights(log_likelihood) * len(log_likelihood)


def _error(relative: np.ndarray) -> float:
    return float(relative.std(ddof=1) / np.sqrt(len(relative)))
