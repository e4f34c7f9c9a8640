"""Rival rules and stylised facts, run with what the calibration has found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..experiments.columns import table_of
from .checks.uniformity import SMALL_ESS
from .observations import measured
from .patterns import measure_patterns
from .patterns import table as patterns_table
from .ranking import ranking
from .ranking_tables import ranking_table, survival_table, swaps_table
from .rivals import OWN, models, posterior_under, rivals_table, under
from .weighing import ess

if TYPE_CHECKING:
    from ..experiments.columns import Columns
    from ..model.inputs import Inputs
    from ..model.posterior import Posterior
    from .bank import Bank
    from .calibrating import Calibration

PLANS = {"shenzhen-2022-2025": 100, "hunan-2021-2023": 24}  # parameter draws of a ranking
PATTERN_DRAWS = 100


def rival_tables(work: Calibration) -> dict[str, Columns]:
    """rivals.csv, and for both plans ranking.csv, survival.csv and swaps.csv, under the posterior of each rule."""
    banks = rival_banks(work)
    found = {"rivals.csv": rivals_table(banks, measured())}
    posteriors = rival_posteriors(work, banks)
    ranked = [
        ranking(plan, draws=draws, replicates=1, workers=work.workers, progress=work.progress, posteriors=posteriors)
        for plan, draws in PLANS.items()
    ]
    for name, make in (("ranking", ranking_table), ("survival", survival_table), ("swaps", swaps_table)):
        found[f"{name}.csv"] = _stacked([make(one) for one in ranked])
    return found


def rival_banks(work: Calibration) -> dict[str, Bank]:
    """A bank for each model, the model's own first; made where they are not in the folder."""
    found = {OWN: work.bank()}
    for rule in models():
        if rule != OWN:
            found[rule] = work.bank(under(rule), f"bank-{rule}", work.settings.rival_bank)
    return found


def rival_posteriors(work: Calibration, banks: Mapping[str, Bank]) -> dict[str, Posterior]:
    """The posterior that each model's bank gives; none for a rule under which hardly a simulation agrees with the data.

    Such a rule's few weighted sets would be a fit to luck: it is run with the priors.
    """
    effects = work.settings.place_effects
    found = {rule: posterior_under(bank, measured(), effects) for rule, bank in banks.items()}
    return {rule: told for rule, told in found.items() if ess(told.weights / told.weights.sum()) >= SMALL_ESS}


def pattern_tables(work: Calibration) -> dict[str, Columns]:
    """patterns.csv, what the model shows of the stylised facts with the posterior; rival_patterns.csv, its rivals."""
    found = measure_patterns(FromPosterior(work.posterior(), {}), PATTERN_DRAWS, work.workers, work.progress)
    rows = [(OWN, one.pattern, one.median, one.share, one.verdict) for one in found]
    posteriors = rival_posteriors(work, rival_banks(work))
    for rule in models():
        if rule != OWN:
            drawn = FromPosterior(posteriors.get(rule), under(rule))
            seen = measure_patterns(drawn, PATTERN_DRAWS, work.workers, work.progress)
            rows += [(rule, one.pattern, one.median, one.share, one.verdict) for one in seen]
    kinds = {"rule": "text", "pattern": "text", "median": "float", "share": "float", "verdict": "text"}
    return {"patterns.csv": patterns_table(found), "rival_patterns.csv": table_of(rows, kinds)}


@dataclass(frozen=True)
class FromPosterior:
    """Draws what was fitted from a posterior (if there is one), the rest from the priors, but for what a rule fixes."""

    posterior: Posterior | None
    rule: dict[str, float]

    def __call__(self, inputs: Inputs, seed: int, draw: int) -> Mapping[str, float]:
        """Parameters of one draw; what a scenario of a pattern fixes stays fixed."""
        from ..model.uncertainty import draw_parameters

        found = draw_parameters(inputs.parameters, seed, draw)
        told = self.posterior.draw(seed, draw) if self.posterior is not None else {}
        return found | {name: told[name] for name in told if not inputs.parameters[name].prior.is_fixed} | self.rule


def _stacked(parts: list[Columns]) -> Columns:
    """Tables with the same columns under each other."""
    import numpy as np

    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
