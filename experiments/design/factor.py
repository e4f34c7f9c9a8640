"""A factor: something that an experiment varies, and how a number between 0 and 1 becomes its value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model.priors import Prior
from ...model.text import Text

ROLES = ("lever", "uncertainty", "inert")
KINDS = ("real", "integer", "choice", "flag")
INERT = "inert"
INERT_LABEL = Text("惰性对照因子", "inert factor (control)")
# Designs whose coordinates touch 0 and 1 take a prior between these quantiles, for its ends may lie at infinity.
TRIMMED = (0.05, 0.95)


@dataclass(frozen=True)
class Factor:
    """A lever, an uncertainty or the inert control, with the values it may take.

    `real` lies from `low` to `high`, or is drawn by its `prior`; `integer` is a whole number from `low` to `high`, both
    included; `choice` is one of `values` (numbers or words); `flag` is 0 or 1. With `times` the value multiplies what
    the scenario says instead of replacing it. Numbers are in the model's own `unit`.
    """

    name: str  # a lever, a parameter, "funders.<kind>.budget", "readings.<topic>" or INERT
    role: str  # one of ROLES
    kind: str  # one of KINDS
    label: Text
    unit: str
    low: float = 0.0
    high: float = 1.0
    prior: Prior | None = None
    values: tuple[float | str, ...] = ()
    times: bool = False

    def at(self, u: np.ndarray, trimmed: bool = False) -> np.ndarray:
        """The factor's values at the coordinates `u` (0 to 1): float64, or text (dtype object) for words."""
        if self.prior is not None:
            low, high = TRIMMED if trimmed else (0.0, 1.0)
            return np.array([self.prior.ppf(low + (high - low) * float(x)) for x in u])
        if self.kind == "real":
            return self.low + (self.high - self.low) * np.asarray(u, np.float64)
        choices = self._choices()
        place = np.minimum((np.asarray(u) * len(choices)).astype(np.int64), len(choices) - 1)
        return choices[place]

    def levels(self, count: int) -> np.ndarray:
        """At most `count` values that span the factor; all of them where there are no more."""
        if self.prior is not None:
            return self.at((np.arange(count) + 0.5) / count)
        if self.kind == "real":
            return np.linspace(self.low, self.high, count)
        choices = self._choices()
        if self.kind == "integer" and len(choices) > count:
            return choices[np.unique(np.round(np.linspace(0, len(choices) - 1, count)).astype(np.int64))]
        return choices

    def _choices(self) -> np.ndarray:
        if self.kind == "flag":
            return np.array([0.0, 1.0])
        if self.kind == "integer":
            return np.arange(self.low, self.high + 1.0)
        words = any(isinstance(value, str) for value in self.values)
        return np.array(self.values, object if words else np.float64)


def inert_factor() -> Factor:
    """The control that is in every sensitivity analysis and that nothing depends on."""
    return Factor(INERT, "inert", "real", INERT_LABEL, "")
