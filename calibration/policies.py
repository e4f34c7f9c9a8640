"""The policies that are ranked under rival rules, read from the table beside this file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ..model.inputs import Inputs
from ..model.text import Text

FILE = Path(__file__).with_suffix(".yaml")
PROJECT = Path(__file__).parent.parent


class Policy(NamedTuple):
    """A scenario, or the plan (no scenario) with `levers` set."""

    id: str
    label: Text
    scenario: str = ""  # path within the project
    levers: tuple[tuple[str, float], ...] = ()


@cache
def policies() -> dict[str, tuple[Policy, ...]]:
    """The policies of each plan, the plan itself first."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {plan: tuple(_policy(name, row) for name, row in rows.items()) for plan, rows in found.items()}


def inputs_under(plan: str, chosen: Sequence[Policy]) -> tuple[Inputs, ...]:
    """The inputs of each policy until the plan's deadline, all judged by the plan's targets on the plan's luck.

    Raises Refusal for a scenario that has problems, ValueError for one of another calendar.
    """
    from ..experiments.variants import judged_alike, until, with_levers
    from ..scenarios.compiling import load

    first = load(plan, parameters="prior")
    end = first.deadline if first.deadline >= 0 else first.months - 1
    found = []
    for policy in chosen:
        inputs = (
            load(PROJECT / policy.scenario, parameters="prior")
            if policy.scenario
            else with_levers(first, dict(policy.levers))
        )
        if (inputs.first_year, inputs.first_month) != (first.first_year, first.first_month):
            raise ValueError(f"{policy.id}: another calendar than {plan}")
        found.append(replace(inputs, seed=first.seed))
    own, *others = judged_alike((first, *found))
    named = [target.id for target in own.targets]
    return tuple(until(_only(inputs, named), end) for inputs in others)


def _only(inputs: Inputs, named: Sequence[str]) -> Inputs:
    """The scenario judged by these targets alone, in this order."""
    known = {target.id: target for target in inputs.targets}
    return replace(inputs, targets=tuple(known[name] for name in named))


def _policy(name: str, row: dict[str, Any]) -> Policy:
    levers = tuple((lever, float(value)) for lever, value in row.get("levers", {}).items())
    return Policy(name, Text(**row["label"]), row.get("scenario", ""), levers)
