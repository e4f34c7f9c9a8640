"""A forecast: draw the parameters, run the ensemble, write the folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..model.inputs import Inputs
from ..model.text import Text
from . import baseline, beliefs, manifest, source, tables
from .analysis.outcomes import Outcome
from .columns import Columns
from .ensemble import Ensemble, Progress, run_ensemble
from .folder import check_free, whole
from .grid import probability_grid
from .network import network_of
from .single import target_rows
from .store import Results, open_results, write_manifest, write_tables
from .targets import targets_table

if TYPE_CHECKING:
    from ..scenarios.layers import Resolved
    from .analysis.stopping import Rule, Verdict

WRITING = Text("写入结果", "writing results")


@dataclass(frozen=True)
class Computed:
    """The tables of a forecast by file name, and what the manifest says of them."""

    tables: dict[str, Columns]
    notes: dict[str, Any]


def forecast(
    inputs: Inputs,
    resolved: Resolved,
    out: Path | str,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    grid: bool = True,
    arguments: Sequence[str] | None = None,
    finish: Callable[[Results], None] | None = None,
    until_sure: Rule | None = None,
) -> Results:
    """Simulate, estimate and leave everything in the folder `out`, which appears whole or not at all.

    Where the scenario names a baseline, every parameter draw is run once without the plan too.

    `draws`, `replicates` and `seed` replace the scenario's; with the rule `until_sure` draws are added until every
    target's probability is sure, and the manifest tells the rule and what it came to. `arguments` are those of the
    command line, for the manifest. `finish` is called with the finished tables before the folder takes its name
    (charts go there); where it fails, the folder appears all the same, and then its error is raised. Raises Refusal
    where `out` cannot be used or no run succeeds; runs that fail are in `Results.failures`.
    """
    from ..scenarios.baseline import baseline_of

    out = Path(out)
    check_free(out)
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.perf_counter()
    inputs = with_settings(inputs, draws, replicates, seed)
    without = baseline_of(resolved)
    beside = None if without is None else baseline.inputs_of_baseline(without, inputs)
    scenario = source.record(resolved, without)
    ensemble, stopping = ensemble_until_sure(inputs, until_sure, workers, progress)
    inputs = ensemble.inputs
    computed = compute(inputs, source.scenario_hash(scenario), workers, progress, grid, ensemble, beside)
    computed.notes["until_sure"] = stopping
    told = manifest.heading(inputs) | manifest.settings(inputs) | computed.notes
    told |= {beliefs.KEY: beliefs.record(inputs.posterior)}
    told |= {"scenario": scenario, "scenario_sha256": source.scenario_hash(scenario)}
    if told[source.BASELINE] is not None:
        told[source.BASELINE]["sha256"] = source.scenario_hash(scenario[source.BASELINE])
    told |= {"made_with": manifest.fingerprint(), "command": manifest.command_line(arguments)}
    told |= {"tables": manifest.summary(computed.tables), "started": started}
    if progress is not None:
        progress(WRITING, 0, 1)
    with whole(out) as folder:
        write_tables(folder, computed.tables)
        if inputs.posterior is not None:
            (folder / beliefs.COPY).write_text(beliefs.copy_text(inputs.posterior), encoding="utf-8", newline="\n")
        write_manifest(folder, told | {"seconds": round(time.perf_counter() - clock, 1)})
        failure = _finished(finish, Results(folder))
    if failure is not None:
        raise failure
    if progress is not None:
        progress(WRITING, 1, 1)
    return open_results(out)


def _finished(finish: Callable[[Results], None] | None, results: Results) -> Exception | None:
    """What went wrong in `finish`, if anything: the runs are worth more than their charts and are kept."""
    try:
        if finish is not None:
            finish(results)
    except Exception as error:
        return error
    return None


def ensemble_until_sure(
    inputs: Inputs, rule: Rule | None, workers: int | None, progress: Progress | None
) -> tuple[Ensemble, list[dict[str, Any]] | None]:
    """The ensemble, its draws added by the rule until every target is sure or they are spent; what the rule says."""
    from .analysis.stopping import next_number, verdict
    from .tables import varying

    if rule is None:
        return run_ensemble(inputs, workers, progress=progress), None
    draws: int | None = rule.start
    ensemble: Ensemble | None = None
    while True:
        inputs = replace(inputs, draws=draws)
        ensemble = run_ensemble(inputs, workers, progress=progress, earlier=ensemble)
        varies = bool(varying(inputs))
        found = [(one, verdict(rule, one, 0, None, varies, inputs.seed)) for one in _reached(ensemble)]
        draws = next_number(rule, inputs.draws)
        if draws is None or all(one.sure for _, one in found):
            return ensemble, [_told(rule, one, reached, varies) for one, reached in found]


def _told(rule: Rule, outcome: Outcome, reached: Verdict, varies: bool) -> dict[str, Any]:
    """What the manifest says of one target: the rule, what it came to, and that in words."""
    from .analysis.stopping import record, sentence

    said = sentence(rule, reached, varies)
    words = {"zh": f"{outcome.label.zh}：{said.zh}", "en": f"{outcome.label.en}: {said.en}"}
    return {"target": outcome.name, **record(rule, reached), "said": words}


def _reached(ensemble: Ensemble) -> list[Outcome]:
    """Whether each target is reached, by run, as outcomes of one scenario at one point."""
    from .campaign.results import target_name, target_words

    inputs = ensemble.inputs
    values = np.full((len(ensemble.draw), ensemble.kept.reached.shape[1]), np.nan)
    values[ensemble.run] = ensemble.kept.reached
    shape = (1, 1, inputs.draws, inputs.replicates)
    rows = target_rows(inputs)
    return [
        Outcome(target_name(row, "reached"), target_words(row, rows), "share", "reached", values[:, k].reshape(shape))
        for k, row in enumerate(rows)
    ]


def with_settings(inputs: Inputs, draws: int | None, replicates: int | None, seed: int | None) -> Inputs:
    """The scenario with other numbers of draws and replicates, or another seed."""
    return replace(
        inputs,
        draws=inputs.draws if draws is None else draws,
        replicates=inputs.replicates if replicates is None else replicates,
        seed=inputs.seed if seed is None else seed,
    )


def compute(
    inputs: Inputs,
    scenario_hash: str,
    workers: int | None,
    progress: Progress | None,
    with_grid: bool,
    ensemble: Ensemble | None = None,
    without: Inputs | None = None,
    with_network: bool = True,
) -> Computed:
    """All tables of a forecast, in memory; of the `ensemble`, where it has been run already, and of the baseline
    `without` the plan, where there is one.
    """
    ensemble = ensemble or run_ensemble(inputs, workers, progress=progress)
    made: dict[str, Columns] = {
        "runs.parquet": tables.runs_table(ensemble, scenario_hash),
        "months.parquet": tables.months_table(ensemble),
        "districts.parquet": tables.districts_table(ensemble),
        "streets.parquet": tables.streets_table(ensemble),
        "ledger.parquet": tables.ledger_table(ensemble),
        "outcomes.parquet": tables.outcomes_table(ensemble),
        "targets.csv": targets_table(ensemble),
        "places.csv": tables.places_table(inputs),
        "failures.csv": tables.failures_table(ensemble),
    }
    notes: dict[str, Any] = {"runs": len(ensemble.draw), "failed": len(ensemble.failures), "grid": None}
    notes |= {source.BASELINE: None, "network": None}
    if without is not None:
        beside = baseline.run_baseline(without, inputs.draws, workers, progress)
        made |= baseline.baseline_tables(beside)
        notes[source.BASELINE] = baseline.told(beside)
    if with_network:
        tied = network_of(ensemble)
        made |= tied.tables
        notes["network"] = tied.told
    found = probability_grid(inputs, workers, progress) if with_grid else None
    if found is not None:
        made["grid.csv"] = found.table
        notes["grid"] = {
            "target": found.target.id,
            "counts": found.target.counts,
            "indicator": found.target.indicator,
            "failed": len(found.failures),
        }
    return Computed(made, notes)
