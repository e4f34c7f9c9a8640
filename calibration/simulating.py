"""All places of the calibration under one proposal: what would have been observed?

Whatever is not proposed is drawn anew in every simulation: what holds everywhere once, what belongs to a place for each
place by itself. So the posterior of what is proposed has that ignorance in it. The luck of a simulation, seeds and
drawn parameters alike, is a hash of the proposal: a proposal gives the same figures wherever and whenever it is tried,
two proposals have nothing in common, and no seed is fitted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..model.inputs import Inputs
from ..model.priors import Prior
from ..model.text import Text
from ..model.uncertainty import draw_parameters, run_seed
from ..model.vocabulary import Parameter
from .observations import Observation, measured
from .settings import Settings, settings

SCENARIOS = Path(__file__).parent / "scenarios"


class Simulated(NamedTuple):
    """One simulation of all places."""

    figures: dict[str, float]  # by observation
    drawn: dict[str, float]  # what was drawn, by name; of a place as name@scenario


@dataclass(frozen=True)
class Simulator:
    """The calibration's places, ready to be simulated; goes to workers as a whole."""

    settings: Settings
    observations: tuple[Observation, ...]
    places: dict[str, Inputs]  # by scenario
    fixed: dict[str, float]  # parameters that stay at one value: rules of a rival model

    @property
    def names(self) -> tuple[str, ...]:
        """What is proposed, in the order of proposals."""
        return self.settings.fitted

    def __call__(self, values: Mapping[str, float]) -> dict[str, float]:
        """The figure of every observation under proposed `values`, in its own unit. Raises where a run fails."""
        return self.simulated(values).figures

    def simulated(self, values: Mapping[str, float]) -> Simulated:
        """The same, with what was drawn beside the proposal."""
        from ..model.simulation import simulate

        luck = luck_of(self.settings.seed, [values[name] for name in self.names])
        figures: dict[str, float] = {}
        drawn: dict[str, float] = {}
        for scenario, inputs in self.places.items():
            found = self._parameters(scenario, inputs, values, luck, drawn)
            sized = self._sized(scenario, inputs, luck, drawn)
            outcome = simulate(sized, found, run_seed(luck, key_of_scenario(scenario), 0))
            for seen in self.observations:
                if seen.scenario == scenario:
                    figures[seen.id] = figure_of(seen, outcome.tallies, inputs)
        return Simulated({seen.id: figures[seen.id] for seen in self.observations}, drawn)

    def _parameters(
        self, scenario: str, inputs: Inputs, values: Mapping[str, float], luck: int, drawn: dict[str, float]
    ) -> dict[str, float]:
        """Common parameters by the simulation's luck, those of the place by its own; the proposal; place effects."""
        own = run_seed(luck, key_of_scenario(scenario), 1)
        found = draw_parameters(inputs.parameters, luck, 0)
        apart = [name for name in self.settings.of_place if name in found]
        found |= draw_parameters({name: inputs.parameters[name] for name in apart}, own, 0)
        found |= {name: values[name] for name in self.names}
        for name, value in found.items():
            drawn[f"{name}@{scenario}" if name in apart else name] = value
        found |= self.fixed
        for effect in self.settings.place_effects:
            factor = math.exp(_drawn(effect.name, Prior("normal", 0.0, effect.sd), own))
            drawn[f"{effect.name}@{scenario}"] = factor
            found |= {name: found[name] * factor for name in effect.parameters}
        return found

    def _sized(self, scenario: str, inputs: Inputs, luck: int, drawn: dict[str, float]) -> Inputs:
        """The place with all its levers larger or smaller, where nobody knows how large they were."""
        from ..experiments.variants import levers_times

        if scenario in self.settings.policy_known:
            return inputs
        own = run_seed(luck, key_of_scenario(scenario), 1)
        size = _drawn("policy_size", self.settings.policy_size, own)
        drawn[f"policy_size@{scenario}"] = size
        return levers_times(inputs, size)


def load_simulator(chosen: Settings | None = None, fixed: Mapping[str, float] | None = None) -> Simulator:
    """The simulator of all measured observations; `fixed` parameters are never drawn. Raises Refusal."""
    from ..scenarios.compiling import load

    seen = measured()
    scenarios = sorted({one.scenario for one in seen})
    places = {name: load(SCENARIOS / f"{name}.yaml") for name in scenarios}
    return Simulator(chosen or settings(), seen, places, dict(fixed or {}))


def only(simulator: Simulator, scenarios: tuple[str, ...]) -> Simulator:
    """The same with some of the places, and what was observed there."""
    places = {name: simulator.places[name] for name in scenarios}
    seen = tuple(one for one in simulator.observations if one.scenario in places)
    return replace(simulator, places=places, observations=seen)


def luck_of(seed: int, values: list[float]) -> int:
    """A whole number of 64 bits that hangs on the proposal alone."""
    import hashlib

    written = np.array([seed, *np.array(values, np.float64).view(np.uint64)], np.uint64).tobytes()
    return int.from_bytes(hashlib.sha256(written).digest()[:8], "little")


def _drawn(name: str, prior: Prior, seed: int) -> float:
    """One value that no table of parameters has."""
    return draw_parameters({name: Parameter(name, Text("", ""), "", prior, "", "K", Text("", ""))}, seed, 0)[name]


def key_of_scenario(name: str) -> int:
    """A number for a name, small enough to stand for a draw's."""
    import zlib

    return zlib.crc32(name.encode())


def figure_of(seen: Observation, tallies: np.ndarray, inputs: Inputs) -> float:
    """The observation's figure in a run: a level, or a growth per year. nan where it is undefined."""
    year, month = (int(part) for part in seen.month.split("-"))
    at = inputs.month_index(year, month)
    over, _, under = seen.indicator.partition("/")
    path = _path(over, tallies)
    if under:
        path = path / _path(under, tallies)
    if seen.measure == "growth":
        return float(path[at] / path[at - 12] - 1.0)
    if seen.measure == "mean_growth":
        return float((path[at] / path[0]) ** (12.0 / at) - 1.0)
    return float(path[at])


def _path(indicator: str, tallies: np.ndarray) -> np.ndarray:
    """An indicator of the whole place by month."""
    from ..model.indicators import indicator_values

    with np.errstate(divide="ignore", invalid="ignore"):
        return indicator_values(indicator, tallies, np.ones((tallies.shape[1], 1)))[:, 0]
