"""A world of two parameters and two places, each with luck of its own, and its posterior by formula."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from miaopu.calibration.observations import Observation
from miaopu.calibration.weighing import log_likelihood, weights
from miaopu.model.text import Text

NAMES = ("push", "pull")
RUNS = {"sum": 3, "difference": 2}
CHANCE = {"sum": 0.3, "difference": 0.2}  # standard deviations of places' own luck


class World(NamedTuple):
    """A bank: parameters (rows, 2) from standard normal priors, what was drawn, and figures (rows, replicates)."""

    values: np.ndarray
    common: dict[str, np.ndarray]
    local: dict[str, np.ndarray]
    figures: dict[str, np.ndarray]


def seen(name: str, low: float, high: float, tolerance: float) -> Observation:
    """An observation, made in a place called like itself, of which only id, range and tolerance matter."""
    nowhere = Text("某地", "somewhere")
    return Observation(name, nowhere, "2020", "fit", name, "level", low, high, tolerance, name, "", nowhere, "", "K")


SUM, DIFFERENCE = seen("sum", 1.0, 1.0, 0.5), seen("difference", -0.5, -0.5, 0.8)
MORE = seen("sum", 1.0, math.inf, 0.5)
BOTH = (SUM, DIFFERENCE)


def world(rows: int, seed: int = 1) -> World:
    """A bank of the toy."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, 2))
    push, pull = values.T
    local = {f"luck@{name}": rng.normal(size=(rows, runs)) for name, runs in RUNS.items()}
    plain = {"sum": push + pull, "difference": push - pull}
    figures = {name: plain[name][:, None] + CHANCE[name] * local[f"luck@{name}"] for name in RUNS}
    return World(values, {"push": push, "pull": pull, "inert": rng.normal(size=rows)}, local, figures)


def weighted(bank: World, observations: tuple[Observation, ...] = BOTH) -> np.ndarray:
    """Weights of the simulations for the observations."""
    return weights(log_likelihood(bank.figures, observations))


def posterior() -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of push and pull given BOTH."""
    design = np.array([[1.0, 1.0], [1.0, -1.0]])
    precision = np.diag([1 / (one.tolerance**2 + CHANCE[one.id] ** 2) for one in BOTH])
    covariance = np.linalg.inv(np.eye(2) + design.T @ precision @ design)
    return covariance @ design.T @ precision @ np.array([one.low for one in BOTH]), covariance
