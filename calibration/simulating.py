"""All places of the calibration under one proposal: what would have been observed?

Whatever is not proposed is drawn anew: what holds everywhere once in a simulation, what belongs to a place (its start,
its effects, the size of its policy, its chance) once in each of several replicates of that place. Places are
independent given what they share, so that averaging the likelihood over replicates place by place, and multiplying,
is an unbiased estimate of it, and far less noisy than that of single runs.

The luck of a simulation, seeds and drawn parameters alike, is a hash of the proposal: a proposal gives the same figures
wherever and whenever it is tried, two proposals have nothing in common, and no seed is fitted.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..model.inputs import Inputs
from ..model.priors import Prior
from ..model.text import Text
from ..model.uncertainty import draw_parameters, run_seed
from ..model.vocabulary import Parameter, parameters
from .observations import Observation, measured
from .settings import Settings, settings

SCENARIOS = Path(__file__).parent / "scenarios"


class Simulated(NamedTuple):
    """One simulation of all places."""

    figures: dict[str, np.ndarray]  # (replicates,) by observation
    common: dict[str, float]  # parameters that hold everywhere, proposed or drawn
    local: dict[str, np.ndarray]  # (replicates,) of what belongs to a place, as name@scenario


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

    def __call__(self, values: Mapping[str, float]) -> dict[str, np.ndarray]:
        """Every observation's figure under `values`, (replicates,) in its own unit. Raises where a run fails."""
        return self.simulated(values).figures

    def simulated(self, values: Mapping[str, float]) -> Simulated:
        """The same, with what was drawn beside the proposal."""
        luck = luck_of(self.settings.seed, [values[name] for name in self.names])
        common = self._common(values, luck)
        figures: dict[str, np.ndarray] = {}
        local: dict[str, np.ndarray] = {}
        for scenario in self.places:
            runs = [self._run(scenario, common, luck, k) for k in range(self.settings.replicates[scenario])]
            for name in runs[0][0]:
                figures[name] = np.array([told[name] for told, _ in runs])
            for name in runs[0][1]:
                local[f"{name}@{scenario}"] = np.array([drawn[name] for _, drawn in runs])
        return Simulated({seen.id: figures[seen.id] for seen in self.observations}, common, local)

    def _common(self, values: Mapping[str, float], luck: int) -> dict[str, float]:
        """What holds everywhere: the proposal, and the rest from its priors."""
        others = {name: row for name, row in parameters().items() if name not in self.settings.of_place}
        drawn = draw_parameters(others, luck, 0)
        return drawn | {name: values[name] for name in self.names} | self.fixed

    def _run(
        self, scenario: str, common: Mapping[str, float], luck: int, replicate: int
    ) -> tuple[dict[str, float], dict[str, float]]:
        """One run of one place: its figures, and what was drawn for it."""
        from ..model.simulation import simulate

        inputs = self.places[scenario]
        own = run_seed(luck, scenario_key(scenario), replicate)
        found = draw_parameters({name: inputs.parameters[name] for name in self.settings.of_place}, own, 0)
        found |= {name: value for name, value in self.fixed.items() if name in found}
        inputs = self._sized(scenario, inputs, own, found)
        rates = self._with_effects(common, own, found)
        known = {name: found[name] for name in self.settings.of_place}
        outcome = simulate(inputs, {**rates, **known}, run_seed(own, 0, 0))
        told = {
            seen.id: figure_of(seen, outcome.tallies, inputs) for seen in self.observations if seen.scenario == scenario
        }
        return told, found

    def _with_effects(self, common: Mapping[str, float], own: int, found: dict[str, float]) -> dict[str, float]:
        """Common parameters times what this place adds to them."""
        rates = dict(common)
        for effect in self.settings.place_effects:
            found[effect.name] = math.exp(_drawn(effect.name, Prior("normal", 0.0, effect.sd), own))
            rates |= {name: rates[name] * found[effect.name] for name in effect.parameters}
        return rates

    def _sized(self, scenario: str, inputs: Inputs, own: int, found: dict[str, float]) -> Inputs:
        """The place with all its levers larger or smaller, where nobody knows how large they were."""
        from ..experiments.variants import levers_times

        if scenario in self.settings.policy_known:
            return inputs
        found["policy_size"] = _drawn("policy_size", self.settings.policy_size, own)
        return levers_times(inputs, found["policy_size"])


def load_simulator(chosen: Settings | None = None, fixed: Mapping[str, float] | None = None) -> Simulator:
    """The simulator of all measured observations; `fixed` parameters are never drawn. Raises Refusal."""
    from ..scenarios.compiling import load

    seen = measured()
    scenarios = sorted({one.scenario for one in seen})
    places = {name: load(SCENARIOS / f"{name}.yaml", parameters="prior") for name in scenarios}
    return Simulator(chosen or settings(), seen, places, dict(fixed or {}))


def only(simulator: Simulator, scenarios: Sequence[str]) -> Simulator:
    """The same with some of the places, and what was observed there."""
    places = {name: simulator.places[name] for name in scenarios}
    seen = tuple(one for one in simulator.observations if one.scenario in places)
    return replace(simulator, places=places, observations=seen)


def luck_of(seed: int, values: Sequence[float]) -> int:
    """A whole number of 64 bits that hangs on the proposal alone."""
    written = np.array([seed, *np.array(values, np.float64).view(np.uint64)], np.uint64).tobytes()
    return int.from_bytes(hashlib.sha256(written).digest()[:8], "little")


def scenario_key(name: str) -> int:
    """A number for a scenario's name, in place of a draw's."""
    return zlib.crc32(name.encode())


def _drawn(name: str, prior: Prior, seed: int) -> float:
    """One value that no table of parameters has."""
    return draw_parameters({name: Parameter(name, Text("", ""), "", prior, "", "K", Text("", ""))}, seed, 0)[name]


def figure_of(seen: Observation, tallies: np.ndarray, inputs: Inputs) -> float:
    """The observation's figure in a run: a level, or a growth per year. nan where it is undefined."""
    year, month = (int(part) for part in seen.month.split("-"))
    at = inputs.month_index(year, month)
    over, _, under = seen.indicator.partition("/")
    path = _path(over, tallies)
    if under:
        with np.errstate(divide="ignore", invalid="ignore"):
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
