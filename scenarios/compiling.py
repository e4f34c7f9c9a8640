"""From a scenario file to the model's inputs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..model.inputs import FunderPlan, Inputs
from ..model.place import Place
from ..model.posterior import Posterior
from ..model.posterior_choice import Choice, chosen
from ..model.text import Refusal
from .aims import scope_of
from .baseline import baseline_of, note_baseline
from .beliefs import in_force
from .checking import document_of
from .document import Document
from .layers import Resolved, resolve
from .place_choice import place_of
from .places import Gazetteer
from .timetable import budget_of, shocks_of, timetable_of


def load(path: str | Path, place: Place | None = None, parameters: Choice = None) -> Inputs:
    """The model's inputs from the scenario at `path`, or from a shipped one by its name.

    `place` replaces the scenario's own place. `parameters` is "posterior" (the shipped one), "prior", or a posterior or
    its file; by default the shipped posterior, if there is one. What the scenario itself says of a parameter goes
    before. Raises Refusal with every problem found, each placed.
    """
    return inputs_of(resolve(path), place, parameters)


def check(path: str | Path) -> Resolved:
    """Check a scenario without keeping its inputs. Raises Refusal with every problem found."""
    resolved = resolve(path)
    inputs = inputs_of(resolved)
    baseline = baseline_of(resolved)
    if baseline is not None:
        inputs_of(baseline, inputs.place)
    return resolved


def inputs_of(resolved: Resolved, place: Place | None = None, parameters: Choice = None) -> Inputs:
    """The model's inputs from a resolved scenario, as `load` gives them. Raises Refusal."""
    posterior = chosen(parameters)
    document, book = document_of(resolved)
    note_baseline(resolved, book)
    found = place or place_of(document, resolved, book)
    if found is None:
        raise Refusal(book.problems)
    gazetteer = Gazetteer(found)
    _note_scopes(document, found)
    for where in (part.where for part in (*document.phases, *document.districts, *document.shocks)):
        gazetteer.districts_in(where)
    if document.calendar.first is None:
        raise Refusal(book.problems)
    table = timetable_of(document, gazetteer)
    shocks, struck = shocks_of(document, gazetteer)
    if book.problems:
        raise Refusal(book.problems)
    return _assembled(document, resolved, found, (table, shocks, struck), posterior)


def _note_scopes(document: Document, place: Place) -> None:
    """A target that asks for more districts or prefectures than there are can never be reached."""
    counts = {"every district": place.districts, "every prefecture": len(place.prefectures)}
    for given in document.scopes:
        scope, count = scope_of(given)
        most = counts.get(scope)
        if most == 0:
            given.wrong("这个地方不分市州", "this place has no prefectures")
        elif most is not None and count is not None and not 1 <= count <= most:
            given.wrong(
                f"“{given.node.text}”超出范围；这里共有 {most} 个",
                f"`{given.node.text}` is out of range; there are {most} here",
            )


def _assembled(
    document: Document,
    resolved: Resolved,
    place: Place,
    arrays: tuple[np.ndarray, np.ndarray, np.ndarray],
    posterior: Posterior | None,
) -> Inputs:
    first, last = document.calendar.first or 0, document.calendar.last or 0
    table, shocks, struck = arrays
    deadline, checks = _assessment(document, table)
    posterior = None if posterior is None else posterior.without(frozenset(document.parameters))
    return Inputs(
        name=document.name,
        scenario=resolved.path.stem,
        first_year=first // 12,
        first_month=first % 12 + 1,
        months=last - first + 1,
        place=place,
        timetable=table,
        shocks=shocks,
        clean_up=struck,
        funders={
            name: FunderPlan(
                budget_of(funder.budgets, document.calendar),
                funder.fiscal_month,
                funder.carry_over,
                funder.share,
            )
            for name, funder in document.funders.items()
        },
        parameters=in_force(document.parameters, posterior),
        plan_from=_plan_from(document),
        deadline=deadline,
        checks=checks,
        readings=document.readings,
        targets=document.targets,
        draws=document.draws,
        replicates=document.replicates,
        seed=document.seed,
        origin=resolved.origins,
        posterior=posterior,
    )


def _plan_from(document: Document) -> int:
    """First month of the plan, its phases and single districts; -1 without any."""
    first, last = document.calendar.first or 0, document.calendar.last or 0
    policies = [
        *document.plan,
        *(setting for phase in (*document.phases, *document.districts) for setting in phase.settings),
    ]
    starts = [
        dated.span.first for setting in policies for dated in setting.values if dated.span.first is not None
    ]
    if not starts or min(starts) > last:
        return -1
    return max(min(starts) - first, 0)


def _assessment(document: Document, table: np.ndarray) -> tuple[int, tuple[int, ...]]:
    """The assessment's last month and its dated checks, as month indices; without orders there is neither."""
    first = document.calendar.first or 0
    ordered = np.flatnonzero((table["assessment_order_strength"] > 0).any(axis=1))
    if not len(ordered):
        return -1, ()
    deadline = int(ordered[-1]) if document.deadline is None else document.deadline - first
    if document.checks is not None:
        return deadline, tuple(month - first for month in document.checks)
    ends = {int(month) for month in ordered if (first + int(month)) % 12 == 11}
    return deadline, tuple(sorted(ends | {deadline}))
