"""An experiment with its outcomes, as the tables of its analysis are made from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .analysis.outcomes import Outcome
from .campaign.folder import Campaign
from .columns import Columns
from .tables import varying

Tables = dict[str, Columns]
Found = tuple[Tables, dict[str, Any]]
ABOUT_TARGETS = ("reached", "measured")


@dataclass(frozen=True)
class Runs:
    """An experiment and its outcomes."""

    campaign: Campaign
    outcomes: list[Outcome]

    @cached_property
    def scenarios(self) -> list[str]:
        return scenario_names(self.campaign)

    @property
    def varies(self) -> bool:
        """Whether parameters are drawn."""
        drawn = self.campaign.experiment.draws is not None
        return drawn and any(varying(inputs) for inputs in self.campaign.inputs)

    def about_targets(self) -> list[Outcome]:
        return [one for one in self.outcomes if one.kind in ABOUT_TARGETS]

    def decisive(self) -> list[Outcome]:
        """The outcomes by which convergence is judged: those that the file names, else the targets' figures."""
        named = self.campaign.experiment.decide_on
        if named:
            return [one for one in self.outcomes if one.name in named]
        return [one for one in self.outcomes if one.kind == "measured"]


def scenario_names(campaign: Campaign) -> list[str]:
    """What the scenarios are called in tables: the names of their files."""
    return [resolved.path.stem for resolved in campaign.experiment.scenarios]
