"""Two layers of uncertainty, kept apart: parameters are drawn once for each draw, chance anew for each replicate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from .vocabulary import Parameter

if TYPE_CHECKING:
    from .inputs import Inputs

DERIVED = ("filing_rate", "per_purse", "per_activity")
_M64 = (1 << 64) - 1


def _mix(x: int) -> int:
    """SplitMix64's finaliser in plain integers."""
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _M64
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _M64
    return x ^ (x >> 31)


def _uniform(*parts: int) -> float:
    state = 0
    for part in parts:
        state = _mix((state ^ part) + 0x9E3779B97F4A7C15 & _M64)
    return ((state >> 11) + 0.5) * 2.0**-53


def _name_key(name: str) -> int:
    import hashlib

    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")


def draw_parameters(parameters: Mapping[str, Parameter], seed: int, draw: int) -> dict[str, float]:
    """One draw from the priors; each parameter's luck hangs on its own name, so that one more changes no other."""
    return {
        name: parameter.prior.ppf(_uniform(seed & _M64, draw, _name_key(name)))
        for name, parameter in parameters.items()
    }


def parameters_of_draw(inputs: Inputs, seed: int, draw: int) -> dict[str, float]:
    """One draw for a run of `inputs`: what a posterior holds jointly from one of its sets, all else from the priors.

    What comes from the priors has the same values with and without a posterior.
    """
    if inputs.posterior is None:
        return draw_parameters(inputs.parameters, seed, draw)
    fitted = inputs.posterior.draw(seed, draw)
    others = {name: parameter for name, parameter in inputs.parameters.items() if name not in fitted}
    found = draw_parameters(others, seed, draw) | fitted
    return {name: found[name] for name in inputs.parameters}


def central_parameters(parameters: Mapping[str, Parameter]) -> dict[str, float]:
    """The median of every parameter: of its prior, or of the posterior where one is in force."""
    return {name: parameter.value for name, parameter in parameters.items()}


def run_seed(seed: int, draw: int, replicate: int) -> int:
    """The seed of one run: a function of scenario seed, draw and replicate, so that policies are paired."""
    return _mix(_mix(_mix(seed & _M64) ^ (draw + 1)) ^ ((replicate + 1) << 32))


def parameter_record(values: Mapping[str, float]) -> np.ndarray:
    """The compiled model's record (an array of one) of parameters, with what follows from them."""
    known = values["start_group_ratio"] * max(0.1, values["start_known_groups"])
    full = dict(values) | {
        "filing_rate": values["filing_flow"] / known,
        "per_purse": 0.01 / values["comfortable_purse"],  # share of a comfortable purse that a fen makes
        "per_activity": 1.0 / values["activities"],
    }
    record = np.zeros(1, np.dtype([(name, np.float64) for name in sorted(full)]))
    for name, value in full.items():
        record[name] = value
    return record
