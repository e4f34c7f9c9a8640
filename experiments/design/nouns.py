"""What an experiment can vary or fix: levers, funders' budgets, parameters and readings, by the names of the file."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from ...model.inputs import FUNDERS, READINGS
from ...model.text import Text
from ...model.vocabulary import Lever, Parameter, levers, parameters
from ...scenarios.cursor import Cursor
from ...scenarios.settings import basis_of
from ...scenarios.units import BARE, UNITS, number, written

READING_LABELS = {
    "hub_kinds": Text("哪些组织计为枢纽", "which organizations count as hubs"),
    "sessions": Text("培训场次怎样计", "how training sessions count"),
    "exemplars": Text("优秀典型怎样计", "how exemplars count"),
    "rounding": Text("街道数怎样取整", "how numbers of streets are rounded"),
}
_FROM_ZERO = ("lognormal", "halfnormal", "beta")


class Noun(NamedTuple):
    """Something that can be a factor or a constant; numbers in the model's own unit."""

    name: str
    kind: str  # lever, budget, parameter or reading
    label: Text
    unit: str
    low: float = -math.inf
    high: float = math.inf
    words: tuple[str, ...] = ()  # the readings
    basis: str = ""  # per what a lever is meant, where its label says so

    @property
    def role(self) -> str:
        """Whether it is a policy or a fact of the world."""
        return "lever" if self.kind in ("lever", "budget") else "uncertainty"

    @property
    def section(self) -> str:
        """The section of the file in which it varies."""
        return "levers" if self.role == "lever" else "uncertainties"


@cache
def nouns() -> dict[str, Noun]:
    """All of them by name: levers, budgets, parameters, readings."""
    made = [_of_lever(lever) for lever in levers().values()]
    made += [_of_funder(funder) for funder in FUNDERS]
    made += [_of_parameter(row) for row in parameters().values()]
    made += [
        Noun(f"readings.{topic}", "reading", READING_LABELS[topic], "", words=options)
        for topic, options in READINGS.items()
    ]
    return {noun.name: noun for noun in made}


def of_section(section: str) -> dict[str, Noun]:
    """Those that vary in `levers` or in `uncertainties`."""
    return {name: noun for name, noun in nouns().items() if noun.section == section}


def _of_lever(lever: Lever) -> Noun:
    return Noun(lever.name, "lever", lever.label, lever.unit, lever.low, lever.high, basis=basis_of(lever))


def _of_funder(funder: str) -> Noun:
    from ...model.ledger import ACCOUNT_LABELS, ACCOUNTS  # loads the compiler

    label = ACCOUNT_LABELS[ACCOUNTS.index(funder)]
    return Noun(f"funders.{funder}.budget", "budget", Text(f"{label.zh}预算", f"budget: {label.en}"), "yuan per year")


def _of_parameter(row: Parameter) -> Noun:
    low = 0.0 if row.unit == "share" or row.prior.kind in _FROM_ZERO else -math.inf
    high = 1.0 if row.unit == "share" or row.prior.kind == "beta" else math.inf
    return Noun(row.name, "parameter", row.label, row.unit, low, high)


def spelling(noun: Noun) -> str:
    """The unit in which the file writes its numbers; parameters of unknown units are bare numbers."""
    if noun.kind == "parameter" and (noun.unit not in UNITS or noun.unit in BARE):
        return "count"
    return noun.unit


def value_of(cursor: Cursor, noun: Noun) -> float | str | None:
    """The value at the cursor in the noun's unit and range, or one of its words; None after noting what is wrong."""
    if noun.kind == "reading":
        return cursor.choice(noun.words)
    said = cursor.quantity(spelling(noun))
    if said is None:
        return None
    if said.basis and noun.basis and said.basis != noun.basis:
        cursor.wrong(
            f"“{cursor.node.text}”的口径不对；本项是：{noun.label.zh}",
            f"`{cursor.node.text}` is per {said.basis}; this lever is per {noun.basis}",
        )
    return within(cursor, said.value, (noun.low, noun.high), spelling(noun))


def within(cursor: Cursor, value: float, bounds: tuple[float, float], unit: str) -> float | None:
    """`value` if it lies in the bounds, which may be open (infinite); a problem is noted otherwise."""
    low, high = bounds
    if low <= value <= high and math.isfinite(value):
        return value
    least, most = (written(bound, unit) if math.isfinite(bound) else None for bound in bounds)
    if least and most:
        zh, en = f"应在 {least.zh} 与 {most.zh} 之间", f"allowed is {least.en} to {most.en}"
    elif least:
        zh, en = f"应不小于 {least.zh}", f"it should be {least.en} or more"
    else:
        zh, en = "应为有限的数", "it should be a finite number"
    said = cursor.node.text or number(value)
    cursor.wrong(f"“{said}”超出范围；{zh}", f"`{said}` is out of range; {en}")
    return None
