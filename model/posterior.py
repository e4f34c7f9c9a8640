"""The posterior: weighted parameter sets that agree with what was observed, each drawn as a whole.

A draw takes one set, so that what the data tie together stays together, and then the place's own luck: a place effect
is one lognormal factor of median 1 on several parameters at once. Like all draws they hang on (seed, draw) and a name
alone, never on who draws or in what order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .priors import Prior
from .uncertainty import _M64, _name_key, _uniform

_STEPS = 101  # equally likely values of a place effect, for quantiles


class PlaceEffect(NamedTuple):
    """A place's own lognormal factor, of median 1 and standard deviation `sd` in logs, on its `parameters`."""

    name: str
    sd: float
    parameters: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Posterior:
    """Parameter sets with weights. `overridden` are names that a scenario sets itself: they are not drawn."""

    names: tuple[str, ...]
    values: np.ndarray  # float64 (sets, names), in the units of the table of parameters
    weights: np.ndarray  # float64 (sets,); of any sum
    place_effects: tuple[PlaceEffect, ...]
    digest: str  # SHA-256 of what the file says, however it is laid out
    told: dict[str, Any]  # what else the file says: the fit, the data's digest, summaries
    overridden: frozenset[str] = frozenset()

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, whatever file they came from."""
        if not isinstance(other, Posterior):
            return NotImplemented
        return (self.digest, self.overridden) == (other.digest, other.overridden)

    def __hash__(self) -> int:
        return hash((self.digest, self.overridden))

    @property
    def in_force(self) -> tuple[str, ...]:
        """The names that are drawn."""
        return tuple(name for name in self.names if name not in self.overridden)

    def without(self, names: frozenset[str]) -> Posterior:
        """The same, leaving these names to the scenario."""
        return replace(self, overridden=self.overridden | names)

    def draw(self, seed: int, draw: int) -> dict[str, float]:
        """One set, chosen by weight, times the place effects of this draw."""
        below = np.cumsum(self.weights)
        luck = _uniform(seed & _M64, draw, _name_key("posterior"))
        row = min(int(np.searchsorted(below, luck * below[-1], side="right")), len(below) - 1)
        found = dict(zip(self.names, self.values[row].tolist(), strict=True))
        for effect in self.place_effects:
            factor = self.place_factor(effect, seed, draw)
            found |= {name: found[name] * factor for name in effect.parameters}
        return {name: found[name] for name in self.in_force}

    @staticmethod
    def place_factor(effect: PlaceEffect, seed: int, draw: int) -> float:
        """The factor of one place effect in one draw."""
        from scipy import special

        luck = _uniform(seed & _M64, draw, _name_key(f"place effect: {effect.name}"))
        return math.exp(effect.sd * float(special.ndtri(luck)))

    def quantiles(self, name: str, shares: Sequence[float] = (0.05, 0.5, 0.95)) -> list[float]:
        """Quantiles of what draws give for one name, the spread of its place effects included."""
        values, weights = self._spread(name)
        order = np.argsort(values)
        values, weights = values[order], weights[order]
        middles = (np.cumsum(weights) - 0.5 * weights) / weights.sum()
        return [float(value) for value in np.interp(shares, middles, values)]

    def marginal(self, name: str, prior: Prior) -> Prior:
        """The belief about one name by itself, as the kind of prior that fits: what it was, if it lies between bounds.

        Others are lognormal with the posterior's median, 5 % and 95 % quantiles, or normal where those are not above 0.
        """
        low, median, high = self.quantiles(name)
        values, weights = self._spread(name)
        mean = float(np.average(values, weights=weights))
        if not low < high:
            return Prior("fixed", median)
        if prior.kind == "beta" and 0.0 < low < mean < high < 1.0:
            found = Prior("beta", mean, low, high)
            try:
                found.ppf(0.5)
            except ValueError:  # too narrow for any beta that is tried
                pass
            else:
                return found
        if low > 0.0:
            return Prior("lognormal", median, low, high)
        return Prior("normal", mean, float(np.sqrt(np.average((values - mean) ** 2, weights=weights))))

    def _spread(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Values and weights of one name, each set spread out by its place effects."""
        from scipy import special

        values = self.values[:, self.names.index(name)]
        sd = math.hypot(*(effect.sd for effect in self.place_effects if name in effect.parameters))
        if sd == 0.0:
            return values, self.weights
        factors = np.exp(sd * special.ndtri((np.arange(_STEPS) + 0.5) / _STEPS))
        return np.outer(values, factors).ravel(), np.repeat(self.weights, _STEPS)


def read_posterior(path: str | Path) -> Posterior:
    """The posterior in a file. Raises Refusal where it cannot be read or is none of this model's parameters."""
    from .posterior_file import read

    return read(Path(path))


def write_posterior(
    path: str | Path,
    names: Sequence[str],
    values: np.ndarray,
    weights: np.ndarray,
    place_effects: Sequence[PlaceEffect] = (),
    told: dict[str, Any] | None = None,
) -> Posterior:
    """Write sets (rows of `values`, to six digits) and their weights; what a reader of the file will get.

    `told` are further entries of the file: plain data. Raises Refusal for what a reader would refuse.
    """
    from .posterior_file import write

    return write(Path(path), names, values, weights, place_effects, told or {})
