"""Simulation-based calibration from one bank (Talts et al. 2018): do posteriors hold what they promise?

Truths are simulations of the bank, so parameters from the prior; the posterior for made data of each is the rest of
the bank, reweighted. If posteriors are right, the rank of the truth among draws from its posterior is uniform. Draws
are taken by systematic resampling, since independent ones would repeat rows and push ranks to the ends. Besides
parameters, the log kernel of runs is ranked (`AGREEMENT`): ranks of parameters cannot tell a posterior that ignores the
data from a right one, this one can (Modrák et al. 2023, Bayesian Analysis). A dataset whose effective sample size is
small keeps its place; how many there are is told, since their ranks lean to the ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..weighing import ess, log_likelihood, place_kernels
from .luck import order, uniforms
from .synthetic import Figures, Likelihood, Truth, truth
from .weighted import resampled

if TYPE_CHECKING:
    from ..observations import Observation

AGREEMENT = "log_kernel"
DATASETS = 200
DRAWS = 19


class Ranks(NamedTuple):
    """Ranks of truths, from 0 to `draws`, and what each posterior rests on."""

    names: tuple[str, ...]  # parameters, and AGREEMENT last
    ranks: np.ndarray  # (datasets, names) int64
    draws: int
    rows: np.ndarray  # (datasets,) simulations that were the truth
    ess: np.ndarray  # (datasets,)


def sbc_ranks(
    names: Sequence[str],
    values: np.ndarray,
    figures: Figures,
    observations: Sequence[Observation],
    seed: int,
    datasets: int = DATASETS,
    draws: int = DRAWS,
    likelihood: Likelihood = log_likelihood,
) -> Ranks:
    """Ranks of `datasets` truths among `draws` draws of their posteriors.

    `values` (simulations, parameters) and `figures` are a bank whose rows are independent draws from the prior.
    """
    count = len(values)
    if not 0 < datasets < count:
        raise ValueError(f"{datasets} datasets need a bank of more than {count} simulations")
    shuffle = order(seed, "order of the bank", count)
    rows = order(seed, "truths", count)[:datasets]
    ranks, sizes = [], []
    for row in rows:
        one = truth(figures, observations, int(row), seed, likelihood)
        start, *ties = uniforms(seed, f"ranks of {row}", len(names) + 2)
        drawn = shuffle[resampled(one.weights[shuffle], draws, start)]
        told = np.append(values[one.row], one.agreement)
        sample = np.column_stack([values[drawn], _agreements(one, figures, observations, drawn, seed)])
        ranks.append(_ranks(told, sample, np.array(ties)))
        sizes.append(ess(one.weights))
    return Ranks((*names, AGREEMENT), np.array(ranks), draws, rows, np.array(sizes))


def _ranks(told: np.ndarray, sample: np.ndarray, ties: np.ndarray) -> np.ndarray:
    """How many draws lie below the truth, by column; ties fall by luck."""
    equal = np.sum(sample == told, axis=0)
    return np.sum(sample < told, axis=0) + np.floor(ties * (equal + 1)).astype(np.int64)


def _agreements(
    one: Truth, figures: Figures, observations: Sequence[Observation], drawn: np.ndarray, seed: int
) -> np.ndarray:
    """Log kernel of one run of each place, drawn by its kernel, for each drawn simulation."""
    own = place_kernels({seen.id: figures[seen.id][drawn] for seen in observations}, observations, one.held)
    total = np.zeros(len(drawn))
    for place, kernel in own.items():
        edges = np.cumsum(np.exp(kernel - kernel.max(axis=1, keepdims=True)), axis=1)
        at = uniforms(seed, f"runs of {one.row} at {place}", len(drawn)) * edges[:, -1]
        run = np.sum(edges < at[:, None], axis=1)
        total += kernel[np.arange(len(drawn)), run]
    return total
