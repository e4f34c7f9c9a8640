"""From an experiment's outcomes to the tables of its purpose, and whether more runs are due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .analysis.outcomes import Outcome
from .campaign.folder import Campaign
from .campaign.plan import Extent
from .compare_tables import compare_tables
from .outcomes_read import Found, Runs
from .sensitivity_tables import sensitivity_tables, sweep_tables

_BY_PURPOSE: dict[str, Callable[[Runs], Found]] = {
    "compare": compare_tables,
    "sweep": sweep_tables,
    "sensitivity": sensitivity_tables,
}


def analyse(campaign: Campaign, outcomes: list[Outcome]) -> Found:
    """The tables of an experiment by its purpose, and what the run of the work depends on."""
    return _BY_PURPOSE[campaign.purpose](Runs(campaign, outcomes))


def widening(campaign: Campaign, notes: dict[str, Any]) -> Extent | None:
    """How far the experiment reaches next, if its own rule asks for more and allows it."""
    now = campaign.waves[-1]
    up_to = campaign.experiment.design.up_to
    if notes.get("converged") is False and up_to is not None and 2 * now.points <= up_to:
        return now._replace(points=2 * now.points)
    units = notes.get("next_units")
    if units is None:
        return None
    return now._replace(draws=units) if campaign.experiment.draws is not None else now._replace(replicates=units)
