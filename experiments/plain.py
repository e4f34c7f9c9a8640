"""The model as a plain function from parameters to outcomes, for EMA workbench, SALib, Optuna or any other driver."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from ..model.inputs import Inputs
from ..model.posterior_choice import Choice
from .campaign.results import month_name, target_name
from .design.applying import Setting, applied
from .single import judged, target_rows

DOT = "__"  # Python's names hold no dots: hubs__slots is the lever hubs.slots


def model_function(
    scenario: str | Path,
    indicators: Sequence[str] = (),
    seed: int = 1,
    replicates: int = 1,
    draw: int | None = None,
    names: Mapping[str, str] | None = None,
    parameters: Choice = None,
) -> Callable[..., dict[str, float]]:
    """A function of levers and parameters, by name, that gives the mean outcomes of some replicates.

    What is not given stays as in the scenario; other parameters keep their medians, or have the values of parameter
    draw `draw`, by the posterior or the priors (`parameters` as in scenarios.load). `hubs__slots` stands for the lever
    `hubs.slots`; `names` may give other spellings. The result has "<target>.<nominal|effective|all>.reached" and
    ".measured", and "<indicator>@YYYY-MM" at the end of the calendar for each of `indicators`. Equal arguments give
    equal results. The function raises ValueError for unknown names.
    """
    from ..model.uncertainty import central_parameters, parameters_of_draw, run_seed
    from ..scenarios.compiling import load

    inputs, spelling = load(scenario, parameters=parameters), dict(names or {})
    drawn = draw is not None
    beliefs = parameters_of_draw(inputs, seed, draw) if drawn else central_parameters(inputs.parameters)
    seeds = [run_seed(seed, draw or 0, replicate) for replicate in range(replicates)]

    def run(**values: float | str) -> dict[str, float]:
        settings = tuple(Setting(spelling.get(name, name.replace(DOT, ".")), value) for name, value in values.items())
        at_point, fixed = applied(inputs, settings)
        found = [_figures(at_point, beliefs | fixed, one, indicators) for one in seeds]
        return {name: float(np.mean([figures[name] for figures in found])) for name in found[0]}

    return run


def _figures(inputs: Inputs, parameters: dict[str, float], seed: int, indicators: Sequence[str]) -> dict[str, float]:
    """Outcomes of one run by name."""
    from ..model.indicators import indicator_values
    from ..model.simulation import simulate

    tallies = simulate(inputs, parameters, seed).tallies
    found = {}
    for row, figure, reached in zip(target_rows(inputs), *judged(inputs, tallies), strict=True):
        found[target_name(row, "reached")] = float(reached)
        found[target_name(row, "measured")] = float(figure)
    whole = np.ones((tallies.shape[1], 1))
    for name in indicators:
        found[month_name(name, inputs, inputs.months - 1)] = float(indicator_values(name, tallies, whole)[-1, 0])
    return found
