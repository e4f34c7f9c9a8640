"""The tables of the checks, from a bank and the posterior: nothing is simulated here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..experiments.columns import table_of
from ..model.vocabulary import parameters
from .checks.blur import blurred, least_blur
from .checks.contraction import contraction, in_z, pairs
from .checks.hindcast import hindcasts
from .checks.moved import moved
from .checks.predictive import predictive
from .checks.recovery import coverage, recovery
from .checks.runs import weigh_runs
from .checks.sbc import DATASETS, sbc_ranks
from .checks.series import SERIES, Series
from .checks.uniformity import sbc_counts, sbc_curve, sbc_summary
from .observations import fitted
from .weighing import ess, log_likelihood, weights

if TYPE_CHECKING:
    from ..experiments.columns import Columns
    from ..model.posterior import Posterior
    from ..model.priors import Prior
    from .bank import Bank
    from .observations import Observation
    from .settings import Settings

RECOVERED = 100  # simulations of the bank that play the truth in the table of recovery


def tables(
    bank: Bank, posterior: Posterior, observations: Sequence[Observation], settings: Settings
) -> dict[str, Columns]:
    """Every table of the checks by file name.

    `posterior` is that of the fit; figures after the fit are told by the bank, weighted, which is the same posterior
    found another way: agreement.csv holds the two against each other.
    """
    used = fitted(observations)
    weight = weights(log_likelihood(bank.figures, used))
    runs = weigh_runs(weight, bank.figures, used, observations)
    priors = {name: parameters()[name].prior for name in settings.fitted}
    units = {name: parameters()[name].unit for name in settings.fitted}
    factor = least_blur(bank.figures, used, settings.seed)
    wide = blurred(used, factor)
    datasets = min(DATASETS, len(bank.values) // 3)
    ranks = sbc_ranks(bank.names, bank.values, bank.figures, wide, settings.seed, datasets)
    recovered = recovery(
        bank.names, bank.values, bank.figures, wide, range(min(RECOVERED, len(bank.values))), settings.seed
    )
    return {
        "predictive.csv": predictive(observations, bank.figures, bank.figures, runs),
        "contraction.csv": contraction(posterior.names, posterior.values, posterior.weights, priors, units),
        "pairs.csv": pairs(posterior.names, posterior.values, posterior.weights, priors),
        "moved.csv": moved(bank.common, weight, settings.fitted, bank.local, runs),
        "agreement.csv": agreement(bank, weight, posterior, priors),
        "recovery.csv": recovered,
        "coverage.csv": coverage(recovered),
        "sbc.csv": sbc_counts(ranks),
        "sbc_curve.csv": sbc_curve(ranks),
        "sbc_summary.csv": sbc_summary(ranks) | _all(len(ranks.names), factor),
        "hindcast.csv": hindcasts(bank.figures, observations, _told(observations)),
    }


def _told(observations: Sequence[Observation]) -> list[Series]:
    """The series of which everything was simulated."""
    known = {seen.id for seen in observations}
    return [one for one in SERIES if known.issuperset([*one.parts, *one.fitted_to])]


def agreement(bank: Bank, weight: np.ndarray, posterior: Posterior, priors: dict[str, Prior]) -> Columns:
    """By fitted parameter the posterior's mean and spread in z, by the fit and by the weighted bank.

    `error` is the Monte Carlo standard error of the difference of means, by both effective sample sizes.
    """
    rows = []
    for place, name in enumerate(bank.names):
        told = [
            _moments(in_z(bank.values[:, place], priors[name]), weight),
            _moments(in_z(posterior.values[:, place], priors[name]), posterior.weights / posterior.weights.sum()),
        ]
        rows.append((name, *told[1][:2], *told[0][:2], float(np.hypot(told[0][2], told[1][2]))))
    kinds = dict.fromkeys(("fit_mean", "fit_sd", "bank_mean", "bank_sd", "error"), "float")
    return table_of(rows, {"parameter": "text", **kinds})


def _moments(z: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    mean = float(weight @ z)
    sd = float(np.sqrt(weight @ (z - mean) ** 2))
    return mean, sd, sd / float(np.sqrt(ess(weight)))


def _all(rows: int, factor: float) -> Columns:
    """By how much tolerances were widened, the same in every row."""
    return {"tolerances_times": np.full(rows, factor)}
