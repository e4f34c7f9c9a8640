"""A plan at a point of the design: its region, levers, budgets, shocks and prices as the point has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...model.inputs import Inputs
from ...model.vocabulary import levers
from ...scenarios.document import Dated, Document, Phase, Setting
from ...scenarios.place import build_place
from ...scenarios.places import Gazetteer
from ...scenarios.timetable import budget_of, shocks_of, timetable_of
from .listing import Plan, assumptions, plan_of
from .region import PREFIX, moved

PRICE = "price."


class _Ready(NamedTuple):
    plan: Plan
    judged: frozenset[tuple[str, int]]  # places of figures that a factor multiplies: file and line
    last: int  # last month that a target looks at


def inputs_at(name: str, values: Mapping[str, float]) -> Inputs:
    """The plan's inputs at a point: region, levers, budgets and shocks; ended with the last month that counts."""
    from ...experiments.variants import until

    ready = _ready(name)
    plan = ready.plan
    inputs = plan.inputs
    if any(key.startswith(PREFIX) for key in values):
        inputs = replace(inputs, place=build_place(moved(plan.region, values)))
    document, gazetteer = _changed(plan.document, values, ready.judged), Gazetteer(inputs.place)
    shocks, struck = shocks_of(document, gazetteer)
    funders = {
        kind: row._replace(budget_yuan=budget_of(document.funders[kind].budgets, document.calendar))
        for kind, row in inputs.funders.items()
    }
    table = timetable_of(document, gazetteer)
    return until(replace(inputs, timetable=table, shocks=shocks, clean_up=struck, funders=funders), ready.last)


@lru_cache(maxsize=4)
def _ready(name: str) -> _Ready:
    """A plan and what of it is judged, read once in each process."""
    from ...model.targets import months_checked

    plan = plan_of(name)
    places = {(file, int(line)) for one in assumptions(name) if one.factor for file, line in [one.where.rsplit(":", 1)]}
    deadlines = [target.by for target in plan.inputs.targets if target.by is not None]
    last = max(deadlines) if deadlines else max(max(months_checked(one, plan.inputs)) for one in plan.inputs.targets)
    return _Ready(plan, frozenset(places), last)


def _changed(document: Document, values: Mapping[str, float], judged: frozenset[tuple[str, int]]) -> Document:
    """The document with its judged levers, budgets and shocks at the point's multiples."""

    def dated(rows: tuple[Dated, ...], multiple: float, low: float, high: float, flag: bool) -> tuple[Dated, ...]:
        return tuple(
            row._replace(value=multiple if flag else min(high, max(low, row.value * multiple)))
            if (row.cursor.node.spot.file, row.cursor.node.spot.line) in judged
            else row
            for row in rows
        )

    def settings(rows: tuple[Setting, ...]) -> tuple[Setting, ...]:
        return tuple(
            row._replace(values=dated(row.values, values[row.lever.name], row.lever.low, row.lever.high,
                                      row.lever.unit == "flag"))
            if row.lever.name in values else row
            for row in rows
        )  # fmt: skip

    def phases(rows: tuple[Phase, ...]) -> tuple[Phase, ...]:
        return tuple(row._replace(settings=settings(row.settings)) for row in rows)

    funders = {
        kind: row._replace(budgets=dated(row.budgets, values.get(f"funders.{kind}.budget", 1.0), 0.0, np.inf, False))
        for kind, row in document.funders.items()
    }
    shocks = tuple(
        row._replace(
            multiply={hit: max(0.0, 1.0 - (1.0 - factor) * values.get(f"shocks.{k}", 1.0))
                      for hit, factor in row.multiply.items()},
            clean_up=min(1.0, row.clean_up * values.get(f"shocks.{k}", 1.0)),
        )
        for k, row in enumerate(document.shocks)
    )  # fmt: skip
    return replace(
        document, existing=settings(document.existing), plan=settings(document.plan), phases=phases(document.phases),
        districts=phases(document.districts), funders=funders, shocks=shocks,
    )  # fmt: skip


@contextmanager
def prices(values: Mapping[str, float]) -> Iterator[None]:
    """Levers cost the point's multiples ("price.<lever>") of what the table says, while this lasts in this process."""
    known = levers()
    before = dict(known)
    try:
        for name, lever in before.items():
            multiple = values.get(f"{PRICE}{name}")
            if lever.cost and multiple is not None:
                known[name] = replace(lever, cost=replace(lever.cost, yuan=lever.cost.yuan * multiple))
        yield
    finally:
        known.update(before)
