"""What acceptance costs and what it makes of the posterior: plain rejection, rejection with weights, a uniform ball.

    python benchmarks/fit_acceptance.py            # half a minute on one core, no pyabc

A linear model of six parameters and seven figures whose noise is as large as their tolerances; its posterior is known.
Parameters are proposed from a Gaussian around it of 1.4 times its variance, as late in a fit. Told are the share
accepted, the effective sample size per 1,000 simulations, the largest error of the six means (in posterior standard
deviations) and the mean ratio of spreads. `apart` moves the observations so far from anything the model can give (in
tolerances): they contradict each other. A surplus of 20 is a norm of -log 20 in calibration/fitting/tempering.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from helpers import print_machine

PARAMETERS, FIGURES, SIMULATIONS = 6, 7, 1_000_000


def main() -> None:
    """Print one row for each rule."""
    print_machine()
    for apart in (0.0, 4.0):
        for name, accepted, effective, off, spread in _rows(apart):
            print(f"apart {apart:g}  {name:12} {accepted:7.2%} {effective:6.1f} per 1,000 {off:6.2f} {spread:6.3f}")


def _rows(apart: float) -> Iterator[tuple[str, float, float, float, float]]:
    rng = np.random.default_rng(7)
    slopes = 1.5 * rng.standard_normal((FIGURES, PARAMETERS))
    seen = slopes @ (0.8 * rng.standard_normal(PARAMETERS)) + apart * np.linalg.svd(slopes)[0][:, -1]
    covariance = np.linalg.inv(np.eye(PARAMETERS) + slopes.T @ slopes / 2.0)  # noise and tolerance add up to 2
    mean, spread = covariance @ slopes.T @ seen / 2.0, np.sqrt(np.diag(covariance))
    steps = rng.standard_normal((SIMULATIONS, PARAMETERS))
    z = mean + steps @ np.linalg.cholesky(1.4 * covariance).T
    importance = np.exp(0.5 * ((steps**2).sum(1) - (z**2).sum(1) + mean @ mean))
    kernel = -0.5 * ((z @ slopes.T + rng.standard_normal((SIMULATIONS, FIGURES)) - seen) ** 2).sum(1)
    for name, chance, weight in _rules(kernel):
        total = chance * weight * importance
        share = total / total.sum()
        at = share @ z
        ratio = np.sqrt(share @ (z - at) ** 2) / spread
        effective = 1000.0 / SIMULATIONS * total.sum() ** 2 / (total * weight * importance).sum()
        yield name, chance.mean(), effective, np.abs((at - mean) / spread).max(), ratio.mean()


def _rules(kernel: np.ndarray) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """By rule: the chance of each simulation to be accepted, and its weight then."""
    for surplus in (1.0, 3.0, 20.0, 100.0):
        chance = surplus * np.exp(kernel)
        yield f"surplus {surplus:g}", np.minimum(chance, 1.0), np.maximum(chance, 1.0)
    for radius in (2.0, np.sqrt(FIGURES + 2.0), 4.0):
        yield f"ball {radius:g}", (kernel > -0.5 * radius**2).astype(np.float64), np.ones(len(kernel))


if __name__ == "__main__":
    main()
