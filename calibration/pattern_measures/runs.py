"""The runs that patterns are read off, all with the same parameters and the same luck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from ...model.inputs import Inputs
from ...model.tallies import TALLIES
from .histories import History, watched

SCENARIOS = Path(__file__).parents[1] / "scenarios" / "patterns"
NAMES = (
    "usual", "drive", "filing", "support", "funded", "supervision", "clean-up", "quiet", "encouraged", "mandated",
    "assessed", "ordered",
)  # fmt: skip
# the same scenarios where streets look at nobody else: (scenario, parameters that are set)
APART = {
    "quiet without neighbours": ("quiet", {"hub_imitation": 0.0}),
    "ordered without neighbours": ("ordered", {"hub_imitation": 0.0}),
}


@dataclass(frozen=True)
class Run:
    """One run, and who lived in it."""

    inputs: Inputs
    tallies: np.ndarray  # (months, districts, tallies)
    first_hub: np.ndarray  # (streets,) month of the first counted hub, -1 never
    history: History

    def path(self, indicator: str) -> np.ndarray:
        """An indicator of the whole place by month."""
        from ...model.indicators import indicator_values

        return indicator_values(indicator, self.tallies, np.ones((self.tallies.shape[1], 1)))[:, 0]

    def tally(self, name: str) -> np.ndarray:
        """A tally of the whole place by month."""
        return self.tallies[:, :, TALLIES.index(name)].sum(axis=1)

    def month(self, year: int, month: int) -> int:
        """Index of a calendar month."""
        return self.inputs.month_index(year, month)

    @cached_property
    def streets(self) -> int:
        """Streets and townships."""
        return len(self.first_hub)


Runs = Mapping[str, Run]


def pattern_inputs() -> dict[str, Inputs]:
    """The scenarios of the patterns by name. Raises Refusal."""
    from ...scenarios.compiling import load

    return {name: load(SCENARIOS / f"{name}.yaml", parameters="prior") for name in NAMES}


def one_run(inputs: Inputs, parameters: Mapping[str, float], seed: int) -> Run:
    """Runs a scenario to its end and watches its organizations and hubs."""
    from ...model.simulation import begin, go_on, layout_of

    layout = layout_of(inputs)
    world = begin(inputs, parameters, seed)
    tallies = np.zeros((inputs.months, layout.districts, layout.tallies))
    ledgers = np.zeros(layout.ledger_shape, np.int64)
    history = watched(world, inputs.months, lambda end: go_on(world, end, tallies, ledgers))
    return Run(inputs, tallies, world.streets["first_nominal"].copy(), history)
