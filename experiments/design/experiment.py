"""An experiment as it was checked: scenarios, factors, design, draws and replicates, what is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...model.posterior import Posterior
from ...model.text import Text
from ...scenarios.layers import Resolved
from .factor import Factor

METHODS = ("one", "grid", "list", "latin", "sobol", "morris")
MONTHS_KEPT = ("all", "year_ends", "last")
MORE_TABLES = ("districts", "streets", "ledger")
BLOCK = 40  # runs in a block: some seconds of work, some hundred kilobytes
NO_TEXT = Text("", "")


@dataclass(frozen=True)
class Design:
    """How the points are laid out in the space of the factors.

    `one`: a single point, no factor varies. `grid`: every combination, with `levels` values of each real factor.
    `list`: the `rows` as written (or of a CSV). `latin`: a Latin hypercube of `points`. `sobol`: Saltelli's design on
    `points` base points, a power of two. `morris`: `points` trajectories on a grid of `levels`.
    """

    method: str = "one"
    points: int = 1
    up_to: int | None = None  # sobol: double the base points until the indices have converged, at most up to this many
    levels: int = 4
    second_order: bool = False
    rows: tuple[dict[str, float | str], ...] = ()
    seed: int = 1


@dataclass(frozen=True)
class Keep:
    """What is kept of every run; targets always are."""

    indicators: tuple[str, ...] = ()
    months: str = "all"  # one of MONTHS_KEPT
    tables: tuple[str, ...] = ()  # of MORE_TABLES


@dataclass(frozen=True)
class Experiment:
    """Scenarios × points of the design × parameter draws × replicates; the axes are kept apart.

    Without `draws` all parameters that are no factor stay at their medians. `seeds` tells whether a
    replicate has the same luck at every point (`common`) or luck of each point's own (`own`).
    """

    name: Text
    scenarios: tuple[Resolved, ...]
    factors: tuple[Factor, ...] = ()
    constants: dict[str, float | str] = field(default_factory=dict)
    design: Design = field(default_factory=Design)
    draws: int | None = None
    replicates: int = 1
    seed: int = 1
    seeds: str = "common"
    until: tuple[int, int] | None = None  # (year, month) with which runs end, if sooner than the scenarios
    keep: Keep = field(default_factory=Keep)
    block: int = BLOCK
    decide_on: tuple[str, ...] = ()  # names of outcomes by which convergence is judged; all targets' figures if empty
    about: Text = NO_TEXT
    posterior: Posterior | None = None  # from which the parameters that it holds are taken; others from their priors
    record: dict[str, Any] = field(default_factory=dict)  # the file as plain data, for the manifest
