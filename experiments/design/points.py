"""The points of a design: for each, the value of every factor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..columns import Columns, text_column
from .applying import Setting
from .experiment import Design, Experiment
from .factor import INERT, Factor, inert_factor
from .sampling import block_rows, unit_points

SPREAD = ("latin", "sobol", "morris")  # methods that spread points over the unit cube; the inert factor joins them
FACTOR_PREFIX = "f_"
UNIT_PREFIX = "u_"


@dataclass(frozen=True)
class Points:
    """Points of a design, one row each; `unit` are coordinates from 0 to 1, without columns where there are none."""

    factors: tuple[Factor, ...]
    unit: np.ndarray  # (points, factors) or (points, 0)
    values: dict[str, np.ndarray]  # by factor, (points,)

    def __len__(self) -> int:
        return len(self.unit)

    def settings_at(self, point: int, constants: dict[str, float | str]) -> tuple[Setting, ...]:
        """What is set at a point, the constants included."""
        fixed = [Setting(name, value) for name, value in constants.items()]
        at_point = [Setting(f.name, self.values[f.name][point], f.times) for f in self.factors]
        return (*fixed, *at_point)

    def table(self) -> Columns:
        """One row per point: `point`, the coordinates `u_<factor>` and the values `f_<factor>`."""
        columns: Columns = {"point": np.arange(len(self), dtype=np.int64)}
        for k, factor in enumerate(self.factors if self.unit.shape[1] else ()):
            columns[UNIT_PREFIX + factor.name] = self.unit[:, k]
        for factor in self.factors:
            column = self.values[factor.name]
            words = column.dtype.kind == "O"
            columns[FACTOR_PREFIX + factor.name] = text_column(column.tolist()) if words else column
        return columns


def varied(experiment: Experiment) -> tuple[Factor, ...]:
    """The factors of the design, the inert control included where points are spread."""
    named = tuple(factor for factor in experiment.factors if factor.name != INERT)
    return (*named, inert_factor()) if experiment.design.method in SPREAD else named


def rows_per_point(experiment: Experiment) -> int:
    """Points that one more of `design.points` brings: a block of Saltelli's, a trajectory, or 1."""
    design = experiment.design
    if design.method not in SPREAD:
        return 1
    return block_rows(design.method, len(varied(experiment)), design.second_order)


def first_points(experiment: Experiment) -> int:
    """How many of `design.points` the experiment begins with."""
    design = experiment.design
    if design.method == "one":
        return 1
    if design.method == "list":
        return len(design.rows)
    if design.method == "grid":
        return int(np.prod([len(factor.levels(design.levels)) for factor in experiment.factors]))
    return design.points


def points_of(experiment: Experiment, ends: tuple[int, ...]) -> Points:
    """All points up to the last of `ends`: the numbers of `design.points` at which the experiment was extended."""
    factors, design = varied(experiment), experiment.design
    if design.method in SPREAD:
        return _spread(factors, design, ends)
    if design.method == "grid":
        return _grid(factors, design)
    if design.method == "list":
        values = {factor.name: _listed(factor, design) for factor in factors}
        return Points(factors, np.zeros((len(design.rows), 0)), values)
    return Points((), np.zeros((1, 0)), {})


def _spread(factors: tuple[Factor, ...], design: Design, ends: tuple[int, ...]) -> Points:
    starts = (0, *ends[:-1])
    unit = np.concatenate([
        unit_points(design.method, len(factors), start, end, design.seed, design.second_order, design.levels)
        for start, end in zip(starts, ends, strict=True)
    ])
    trimmed = design.method == "morris"
    return Points(factors, unit, {factor.name: factor.at(unit[:, k], trimmed) for k, factor in enumerate(factors)})


def _grid(factors: tuple[Factor, ...], design: Design) -> Points:
    levels = [factor.levels(design.levels) for factor in factors]
    places = np.indices([len(level) for level in levels]).reshape(len(levels), -1)
    values = {factor.name: level[place] for factor, level, place in zip(factors, levels, places, strict=True)}
    return Points(factors, np.zeros((places.shape[1], 0)), values)


def _listed(factor: Factor, design: Design) -> np.ndarray:
    column = [row[factor.name] for row in design.rows]
    words = any(isinstance(value, str) for value in column)
    return np.array(column, object if words else np.float64)
