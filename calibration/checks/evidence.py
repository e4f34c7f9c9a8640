"""How well a model with its priors foresaw the observations, and by how much one rule beats its rival.

The marginal likelihood is the mean of the likelihood over simulations from the priors, up to a constant that all
models of the same observations and tolerances share. It punishes a rule for simulations far from the data, also where
some of its parameters would fit: priors count, and a difference below about 1 is worth no mention (Kass & Raftery
1995). Errors are Monte Carlo errors alone (delta method); with an effective sample size below some dozens they are too
small.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...experiments.intervals import Z95
from ..weighing import weights


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


def interval(found: Evidence) -> tuple[float, float, float]:
    """The value and the ends of its 95 % interval of Monte Carlo error."""
    return found.value, found.value - Z95 * found.error, found.value + Z95 * found.error


def _relative(log_likelihood: np.ndarray) -> np.ndarray:
    """Likelihoods over their mean, (simulations,)."""
    return weights(log_likelihood) * len(log_likelihood)


def _error(relative: np.ndarray) -> float:
    return float(relative.std(ddof=1) / np.sqrt(len(relative)))
