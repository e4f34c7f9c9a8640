"""Priors: what is believed of a parameter before any data of the place have been seen."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

KINDS = {
    "fixed": ("value",),
    "lognormal": ("median", "low", "high"),
    "uniform": ("low", "high"),
    "beta": ("mean", "low", "high"),
    "halfnormal": ("scale",),
    "normal": ("mean", "sd"),
}
_Z95 = 1.6448536269514722


class Prior(NamedTuple):
    """A distribution by name: `lognormal` and `beta` are given by centre and 90 % range."""

    kind: str
    a: float
    b: float = 0.0
    c: float = 0.0

    @classmethod
    def of(cls, row: dict[str, Any] | float) -> Prior:
        """Read {kind: numbers}, e.g. {lognormal: [4.5, 3, 8]}; a bare number is a fixed value."""
        if isinstance(row, int | float):
            return cls("fixed", float(row))
        ((kind, numbers),) = row.items()
        values = numbers if isinstance(numbers, list) else [numbers]
        if kind not in KINDS or len(values) != len(KINDS[kind]):
            raise ValueError(f"a prior is one of {', '.join(KINDS)}: {row}")
        return cls(kind, *(float(value) for value in values))

    @property
    def is_fixed(self) -> bool:
        """Whether nothing is drawn."""
        return self.kind == "fixed"

    def ppf(self, u: float) -> float:
        """The value below which a share `u` of the belief lies."""
        from scipy import special

        if self.kind == "fixed":
            return self.a
        if self.kind == "uniform":
            return self.a + u * (self.b - self.a)
        if self.kind == "normal":
            return self.a + self.b * float(special.ndtri(u))
        if self.kind == "halfnormal":
            return self.a * float(special.ndtri(0.5 + 0.5 * u))
        if self.kind == "lognormal":
            return _lognormal(self, u)
        alpha, beta = _beta_shape(self.a, self.b, self.c)
        return float(special.betaincinv(alpha, beta, u))


def _lognormal(prior: Prior, u: float) -> float:
    """Median `a`; below it the spread fits the 5 % quantile `b`, above it the 95 % quantile `c`."""
    import math

    from scipy import special

    z = float(special.ndtri(u))
    spread = math.log(prior.c / prior.a) if z > 0 else math.log(prior.a / prior.b)
    return prior.a * math.exp(spread * z / _Z95)


@cache
def _beta_shape(mean: float, low: float, high: float) -> tuple[float, float]:
    """The Beta with this mean whose 90 % range is as wide as `high - low`."""
    from scipy import optimize, special

    def excess(log_size: float) -> float:
        size = 2.718281828**log_size
        alpha, beta = mean * size, (1 - mean) * size
        width = special.betaincinv(alpha, beta, 0.95) - special.betaincinv(alpha, beta, 0.05)
        return float(width - (high - low))

    size = 2.718281828 ** float(optimize.brentq(excess, -3.0, 9.0))
    return mean * size, (1 - mean) * size
