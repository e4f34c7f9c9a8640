"""A simulator whose posterior is known; imported by its full name, so that workers find it too."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from miaopu.calibration.observations import Observation
from miaopu.model.priors import Prior
from miaopu.model.text import Text

SLOPES = np.array([[5.0, 1.0], [-1.0, 5.0], [3.0, 3.0]])
SEEN = np.array([5.0, 3.0, 7.5])
NAMES = ("first", "second")
PRIORS = {"first": Prior("normal", 2.0, 0.5), "second": Prior("normal", -1.0, 3.0)}
NOISE = 1.0


@dataclass(frozen=True)
class Linear:
    """Figures are linear in z plus Gaussian noise, whose luck hangs on the values; fails where z of `first` is high."""

    replicates: int = 2
    fails_above: float = 99.0  # in z
    names: tuple[str, ...] = NAMES

    def __call__(self, values: Mapping[str, float]) -> dict[str, np.ndarray]:
        """Three figures, each with its own noise in every replicate."""
        z = np.array([(values[name] - PRIORS[name].a) / PRIORS[name].b for name in NAMES])
        if z[0] > self.fails_above:
            raise ArithmeticError("too high")
        luck = np.random.default_rng(np.frombuffer(hashlib.sha256(z.tobytes()).digest(), np.uint32))
        figures = SLOPES @ z + NOISE * luck.standard_normal((self.replicates, len(SEEN)))
        return {f"figure {k}": figures[:, k] for k in range(len(SEEN))}


def observations(shift: float = 0.0) -> tuple[Observation, ...]:
    """What was seen of each figure, tolerance 1, each at a place of its own."""
    nothing = Text("", "")
    return tuple(
        Observation(
            f"figure {k}", nothing, "", "fit", "", "level", value + shift, value + shift, 1.0, f"place {k}", "",
            nothing, "", "K",
        )
        for k, value in enumerate(SEEN)
    )  # fmt: skip


def posterior() -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of z: noise and tolerance add up."""
    variance = NOISE**2 + 1.0
    covariance = np.linalg.inv(np.eye(2) + SLOPES.T @ SLOPES / variance)
    return covariance @ SLOPES.T @ SEEN / variance, covariance
