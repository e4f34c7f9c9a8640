"""What would happen without the plan: the scenario's baseline, run on the parameters and the luck of its forecast.

Every parameter draw is run once, as replicate 0, so that run d of the baseline and the forecast's run of draw d and
replicate 0 differ by the plan alone. The plan's targets are judged on it, in the months at which the plan checks them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..model.inputs import Inputs
from ..model.posterior_choice import PRIOR
from ..model.text import Text
from . import source, tables
from .columns import Columns
from .ensemble import Ensemble, Progress, run_ensemble
from .targets import targets_table
from .variants import judged_alike

if TYPE_CHECKING:
    from ..scenarios.layers import Resolved

BASELINE = Text("推演基线（不实施本计划）", "simulating the baseline, without the plan")
MONTHS, TARGETS = "baseline_months.parquet", "baseline_targets.csv"
LEDGER, OUTCOMES = "baseline_ledger.parquet", "baseline_outcomes.parquet"


def inputs_of_baseline(resolved: Resolved, inputs: Inputs) -> Inputs:
    """The baseline as the forecast of `inputs` runs it: its place, seed, draws and targets. Raises Refusal."""
    from ..scenarios.compiling import inputs_of

    found = inputs_of(resolved, inputs.place, inputs.posterior or PRIOR)
    return fitted(found, inputs)


def inputs_recorded(scenario: dict[str, Any], inputs: Inputs) -> Inputs | None:
    """The same from what a manifest keeps of the plan's scenario; None where it keeps no baseline. Raises Refusal."""
    kept = scenario.get(source.BASELINE)
    return None if kept is None else fitted(source.inputs_from(kept, inputs.posterior or PRIOR), inputs)


def fitted(baseline: Inputs, plan: Inputs) -> Inputs:
    """The baseline with the plan's seed, draws and targets, one run for each draw."""
    bare = replace(baseline, targets=(), seed=plan.seed, draws=plan.draws, replicates=1)
    return judged_alike((plan, bare))[1]


def run_baseline(baseline: Inputs, draws: int, workers: int | None, progress: Progress | None) -> Ensemble:
    """Each of `draws` once. Raises Refusal where no run succeeds."""
    return run_ensemble(replace(baseline, draws=draws), workers, progress=progress, stage=BASELINE)


def baseline_tables(ensemble: Ensemble) -> dict[str, Columns]:
    """The tables of the baseline's runs; `run` is the draw."""
    return {
        MONTHS: tables.months_table(ensemble),
        TARGETS: targets_table(ensemble),
        LEDGER: tables.ledger_table(ensemble),
        OUTCOMES: tables.outcomes_table(ensemble),
    }


def told(ensemble: Ensemble) -> dict[str, Any]:
    """What the manifest says of the baseline."""
    inputs = ensemble.inputs
    return {
        "name": {"zh": inputs.name.zh, "en": inputs.name.en},
        "scenario": inputs.scenario,
        "runs": len(ensemble.draw),
        "draws": inputs.draws,
        "failed": len(ensemble.failures),
    }
