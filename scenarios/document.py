"""What a checked scenario says, before it meets its place: typed, dated, in the model's units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..model.inputs import Target
from ..model.text import Text
from ..model.vocabulary import Lever, Parameter
from .cursor import Cursor


class Span(NamedTuple):
    """First and last month, both included, as year × 12 + month − 1; None where a side is open."""

    first: int | None = None
    last: int | None = None

    def within(self, outer: Span) -> Span:
        """This span, its open sides closed by `outer`."""
        return Span(
            outer.first if self.first is None else self.first,
            outer.last if self.last is None else self.last,
        )


OPEN = Span()
NAMELESS = Text("", "")


class Dated(NamedTuple):
    """A value for a time, built up over `ramp` months from what was before."""

    value: float
    span: Span
    ramp: int
    cursor: Cursor


class Setting(NamedTuple):
    """A lever and its dated values."""

    lever: Lever
    values: tuple[Dated, ...]
    cursor: Cursor


class Named(NamedTuple):
    """A place by its name as written, in a value or (for single districts) in a key."""

    name: str
    cursor: Cursor
    in_key: bool = False


class Where(NamedTuple):
    """Names of places, and those left out; empty lists mean everywhere."""

    prefectures: tuple[Named, ...] = ()
    districts: tuple[Named, ...] = ()
    left_out: Where | None = None


class Phase(NamedTuple):
    """Settings for a time in some places."""

    settings: tuple[Setting, ...]
    where: Where
    cursor: Cursor


class Funder(NamedTuple):
    """A funder's dated budgets in yuan per year and unit, and its rules."""

    budgets: tuple[Dated, ...]
    fiscal_month: int
    carry_over: bool
    share: float


class Shock(NamedTuple):
    """What is multiplied, and the share struck off, for a time in some places."""

    span: Span
    where: Where
    multiply: dict[str, float]
    clean_up: float


@dataclass
class Document:
    """A checked scenario."""

    name: Text = NAMELESS
    calendar: Span = OPEN
    place: Cursor | None = None
    plan_span: Span = OPEN
    existing: tuple[Setting, ...] = ()
    plan: tuple[Setting, ...] = ()
    phases: tuple[Phase, ...] = ()
    districts: tuple[Phase, ...] = ()
    checks: tuple[int, ...] | None = None
    deadline: int | None = None
    funders: dict[str, Funder] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    scopes: tuple[Cursor, ...] = ()  # what the targets' `in` say, to be held against the place
    shocks: tuple[Shock, ...] = ()
    readings: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    draws: int = 100
    replicates: int = 10
    seed: int = 1
