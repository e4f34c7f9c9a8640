"""Outcomes of an experiment as arrays over its four axes: scenario, point, parameter draw, replicate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model.text import Text


@dataclass(frozen=True)
class Outcome:
    """One figure of every run; a run that failed or has not been done is nan.

    `kind` is `reached` (1 or 0), `measured` (what is compared with the threshold), `date` (months from the start until
    the target is first reached; the number of months simulated where it never is), `indicator` (the whole place at the
    end of a month) or `money` (yuan).
    """

    name: str  # "hubs.nominal.reached", "street_hub_coverage@2025-12"
    label: Text
    unit: str
    kind: str
    values: np.ndarray  # float64 (scenarios, points, draws, replicates)
