"""A comparison read with the plan as its base: `miaopu compare baseline plan` answers the same as the other way round.

The differences are worked out again, between the same pairs of runs; nothing is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ....experiments.analysis.cost import costs
from ....experiments.analysis.outcomes import Outcome
from ....experiments.analysis.paired import differences
from ....experiments.campaign.folder import Campaign
from ....experiments.campaign.results import MONEY
from ....experiments.columns import Columns, text_column
from ....experiments.outcomes_read import Runs, scenario_names
from ....experiments.study import Study
from ....scenarios.differences import difference
from .plan import About, Opened


def with_plan_first(opened: Opened, plan: About) -> Opened:
    """The comparison with `plan` before all others; as it is where it begins with it, or does not have it."""
    places = [place for place, one in enumerate(opened.scenarios) if one.same == plan.same]
    if opened.study is None or not places or places[0] == 0:
        return opened
    first = places[0]
    order = [first, *(place for place in range(len(opened.scenarios)) if place != first)]
    study = _rebased(opened.study, order)
    return replace(
        opened, study=study, scenarios=tuple(opened.scenarios[place] for place in order),
        as_run=opened.study, first=first,
    )  # fmt: skip


def _rebased(study: Study, order: Sequence[int]) -> Study:
    campaign = study.campaign
    scenarios = tuple(campaign.experiment.scenarios[place] for place in order)
    turned = replace(
        campaign, experiment=replace(campaign.experiment, scenarios=scenarios),
        inputs=tuple(campaign.inputs[place] for place in order),
    )  # fmt: skip
    found = [replace(one, values=one.values[list(order)]) for one in study.found]
    return replace(study, campaign=turned, found=found, tables=study.tables | _tables(turned, found))


def _tables(campaign: Campaign, found: list[Outcome]) -> dict[str, Columns]:
    """What is said against the base; paths stand as they are."""
    names, seed = scenario_names(campaign), campaign.experiment.seed
    varies = Runs(campaign, found).varies
    money = next(one for one in found if one.name == MONEY)
    bought = [one for one in found if one.kind == "measured" and one.unit == "share"]
    return {
        "differences": differences(found, names, varies, seed),
        "costs": costs(money, bought, names, varies, seed),
        "changes": _changes(campaign),
    }


def _changes(campaign: Campaign) -> Columns:
    first, *others = campaign.experiment.scenarios
    rows = [(first.path.stem, other.path.stem, one.path, one.before, one.after)
            for other in others for one in difference(first, other)]  # fmt: skip
    heads = ("base", "other", "path", "base_value", "other_value")
    return {head: text_column([row[place] for row in rows]) for place, head in enumerate(heads)}
