"""Compare policies on common luck: each draw of the parameters and each seed is run under every scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..model.posterior_choice import Choice
from .campaign.carrying_out import Progress
from .campaign.folder import begin
from .design.experiment import Experiment
from .design.reading import experiment_of, inputs_of_experiment
from .study import Finish, Study, go_on

MAIN_INDICATORS = (  # those a planner asks about first
    "street_hub_coverage", "street_hub_coverage_effective", "organizations", "active_organizations", "registered",
    "capability", "brand_organizations", "needs_met", "trust", "public_money",
)  # fmt: skip
RUNS = 100  # pairs, each with a parameter draw of its own
SURE_HALF_WIDTH = 0.05
SURE_MOST = 800


def compare(
    scenarios: Sequence[str | Path],
    runs: int | None = None,
    out: Path | str | None = None,
    replicates: int = 1,
    seed: int | None = None,
    until_sure: dict[str, Any] | bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    anyway: bool = False,
    finish: Finish | None = None,
    parameters: Choice = None,
) -> Study:
    """The first scenario against each other, paired: the same parameters and the same luck on both sides.

    `runs` is the number of parameter draws, the unit of every interval; each is run `replicates` times. With
    `until_sure` draws are added until all differences in P(target) are sure; a dict may name `half_width`, `threshold`
    and `most` of the rule (see analysis/stopping.py), and a `precision` to which the mean figures of targets must be
    known (analysis/look_ahead.py). `parameters` are "posterior" (the shipped one), "prior" or the file of a posterior.
    Results lie in `out`, else in results/compare-<names>. Raises Refusal for bad input. Tables: differences (main),
    costs, paths, changes.
    """
    rule = sure_rule(until_sure)
    experiment = comparison_of(scenarios, rule["start"] if rule else runs or RUNS, replicates, seed, parameters)
    folder = Path(out) if out is not None else default_folder(experiment)
    campaign = begin(experiment, inputs_of_experiment(experiment), "compare", folder, rule)
    return go_on(campaign, workers, scheduler, progress, anyway=anyway, finish=finish)


def comparison_of(
    scenarios: Sequence[str | Path],
    runs: int = RUNS,
    replicates: int = 1,
    seed: int | None = None,
    parameters: Choice = None,
) -> Experiment:
    """The experiment that a comparison is: one point, many draws. Raises Refusal with every problem."""
    names = [str(scenario) for scenario in scenarios]
    stems = " / ".join(Path(name).stem for name in names)
    data: dict[str, Any] = {
        "name": {"zh": f"方案比较：{stems}", "en": f"Comparison: {stems}"},
        "scenarios": names,
        "design": {"method": "one"},
        "draws": runs,
        "replicates": replicates,
        "keep": {"indicators": list(MAIN_INDICATORS), "months": "all"},
    }
    if seed is not None:
        data["seed"] = seed
    return experiment_of(data, ".", parameters=parameters)


def default_folder(experiment: Experiment) -> Path:
    """results/compare-<names of the scenarios>."""
    return Path("results") / "-".join(["compare", *(resolved.path.stem for resolved in experiment.scenarios)])


def sure_rule(asked: dict[str, Any] | bool) -> dict[str, Any] | None:
    """The stopping rule as plain data for the manifest; None where a fixed number of runs was asked for."""
    from .analysis.stopping import START

    if asked is False:
        return None
    given = {} if asked is True else dict(asked)
    standard: dict[str, Any] = {"half_width": SURE_HALF_WIDTH, "threshold": 0.0, "most": SURE_MOST, "start": START}
    return standard | given
