"""What is varied to see how a target hangs on the judged figures: one factor for figures that go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from ...model.priors import Prior
from ...model.text import Text
from ...model.vocabulary import levers
from .listing import Assumption, Plan
from .names import depth_label, place_label
from .region import PREFIX, reach_of
from .settings import Reach, assumption_settings

NOT_JUDGED = "known"  # kind of a factor that varies because forecasts draw it, and is not listed


class Varied(NamedTuple):
    """A factor: figures that are varied together."""

    name: str
    label: Text
    kind: str  # as of an assumption, or NOT_JUDGED
    unit: str
    figures: tuple[Assumption, ...]
    reach: Reach  # of the multiple (or tilt, or value); of a prior 5 % and 95 %
    prior: Prior | None = None
    multiplies: bool = False

    def at(self, u: np.ndarray) -> np.ndarray:
        """Values at coordinates between 0 and 1."""
        if self.prior is not None:
            return np.array([self.prior.ppf(float(one)) for one in u])
        if self.reach.values:
            values = np.array(self.reach.values)
            return values[np.minimum((u * len(values)).astype(np.int64), len(values) - 1)]
        return self.reach.low + (self.reach.high - self.reach.low) * u


def factors(plan: Plan, listed: Iterable[Assumption]) -> list[Varied]:
    """Every factor of a plan: those of the listed figures, and the parameters that are not judgement but are drawn."""
    together: dict[str, list[Assumption]] = {}
    for one in listed:
        if one.factor:
            together.setdefault(one.factor, []).append(one)
    made = [_varied(plan, name, tuple(rows)) for name, rows in together.items()]
    return [*made, *(one for one in _known(plan) if one.name not in together)]


def _known(plan: Plan) -> Iterator[Varied]:
    for name, row in plan.inputs.parameters.items():
        if not row.prior.is_fixed:
            yield Varied(name, row.label, NOT_JUDGED, row.unit, (), Reach(row.low, row.high), row.prior)


def _varied(plan: Plan, name: str, rows: tuple[Assumption, ...]) -> Varied:
    first, multiples = rows[0], assumption_settings().multiples
    if first.kind == "parameter":
        row = plan.inputs.parameters[name]
        if not row.prior.is_fixed:
            return Varied(name, row.label, first.kind, row.unit, rows, Reach(row.low, row.high), row.prior)
        most = 1.0 if row.unit == "share" else float("inf")
        reach = Reach(row.value * multiples["constant"].low, min(most, row.value * multiples["constant"].high))
        return Varied(name, row.label, first.kind, row.unit, rows, reach)
    if first.kind == "region":
        reach = assumption_settings().region[reach_of(name)]
        tilted = not reach.values and reach.low < 0
        unit = "" if tilted else first.unit
        return Varied(name, place_label(name), "region", unit, rows, reach, None, not tilted and not reach.values)
    label = first.label
    if first.kind == "shock":
        label = depth_label(plan.resolved.data["shocks"][int(name.split(".")[1])]["name"])
    if first.unit == "flag":
        return Varied(name, label, first.kind, first.unit, rows, Reach(0.0, 1.0, (0.0, 1.0)))
    return Varied(name, label, first.kind, first.unit, rows, multiples[first.kind], None, True)


def ends(one: Varied) -> tuple[str, str]:
    """The ends of what a factor is varied over: numbers in its unit, or multiples ("×0.5") where figures differ."""
    values = {value for row in one.figures for value in row.values}
    plain = not one.multiplies or (len(values) == 1 and one.kind != "shock")
    if not plain:
        return f"×{one.reach.low:g}", f"×{one.reach.high:g}"
    each = values.pop() if one.multiplies else 1.0
    low, high = one.reach.low * each, one.reach.high * each
    if one.name in levers():
        low, high = max(low, levers()[one.name].low), min(high, levers()[one.name].high)
    if one.name == f"{PREFIX}stations":
        high = min(high, 1.0)
    return f"{low:.6g}", f"{high:.6g}"
