"""The charts of a study, in its folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from .. import __version__
from ..experiments.campaign.folder import MANIFEST
from ..experiments.campaign.results import target_name
from ..experiments.outcomes_read import scenario_names
from ..experiments.single import target_rows
from ..experiments.study import Study
from ..model.text import Text
from ..model.vocabulary import indicators
from .experiment_charts import draw_experiment
from .experiment_facts import Aim, ExperimentFacts, Measure

Progress = Callable[[Text, int, int], None]


def drawing(lang: str) -> Callable[[Study, Progress | None], None]:
    """What `go_on` is to call at the end so that the study has its charts, in `lang` ("zh" or "en")."""

    def finish(study: Study, progress: Progress | None) -> None:
        draw(study, lang, progress)

    return finish


def draw(study: Study, lang: str, progress: Progress | None = None) -> list[Path]:
    """Draw every chart that the study has numbers for into charts/ of its folder, in `lang`; the files written."""
    return draw_experiment(study.folder, study.purpose, tables_of(study), facts(study), lang, progress)


def tables_of(study: Study) -> dict[str, Any]:
    """The study's tables and its points as frames, by name."""
    return {name: study.to_pandas(name) for name in study.tables} | {"points": study.points()}


def facts(study: Study) -> ExperimentFacts:
    """What the charts need to know besides the tables."""
    campaign = study.campaign
    names = dict(zip(scenario_names(campaign), (inputs.name for inputs in campaign.inputs), strict=True))
    now = campaign.waves[-1]
    return ExperimentFacts(
        name=study.name,
        scenarios=names,
        points=len(campaign.plan.points),
        draws=None if campaign.experiment.draws is None else now.draws,
        replicates=now.replicates,
        runs=len(campaign.plan) - study.failed,
        failed=study.failed,
        run_id=str(campaign.manifest["experiment_sha256"])[:8],
        date=datetime.fromtimestamp((campaign.folder / MANIFEST).stat().st_mtime).strftime("%Y-%m-%d"),
        version=__version__,
        aims=_aims(study),
        measures={name: Measure(one.label, one.unit, one.kind) for name, one in study.outcomes.items()},
        factors={factor.name: factor for factor in campaign.plan.points.factors},
        decide_on=campaign.experiment.decide_on,
    )


def _aims(study: Study) -> tuple[Aim, ...]:
    inputs = study.campaign.inputs[0]
    found = []
    for row in target_rows(inputs):
        effective = indicators()[row.indicator].effective
        indicator = effective if row.counts == "effective" and effective else row.indicator
        by = None if row.by is None else inputs.year_month(row.by)
        found.append(Aim(target_name(row, "reached"), indicator, row.label, row.threshold, by, row.scope, row.sense))
    return tuple(found)
