"""Drive an experiment to its end, analyse it, and hand its findings over: for commands and for notebooks alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.posterior_choice import Choice
from ..model.text import Problem, Refusal, Text
from .analysing import analyse, widening
from .analysis.outcomes import Outcome
from .campaign.carrying_out import Progress, carry_out
from .campaign.folder import Campaign, begin, extended
from .campaign.identity import differences, refuse_if_different
from .campaign.parts import write_csv_whole, write_text_whole
from .campaign.results import indicator_paths, outcomes_of
from .columns import Columns
from .design.experiment import Experiment
from .design.points import SPREAD
from .design.reading import experiment_of, inputs_of_experiment, read_experiment

if TYPE_CHECKING:
    import pandas as pd

ANALYSING = Text("汇总分析", "analysing")
STOPPING = "stopping.json"  # by which rule the draws were added, and how sure the outcomes are
MAIN = {"compare": "differences", "sweep": "summary", "sensitivity": "indices"}
Finish = Callable[["Study", Progress | None], None]


@dataclass(frozen=True, repr=False)
class Study:
    """An experiment that has been run, and its tables; they lie in the folder as CSV too."""

    campaign: Campaign
    tables: dict[str, Columns]  # by name, without ".csv"
    failed: int  # runs
    notes: dict[str, Any]  # how far it went, and by which rule
    found: list[Outcome]  # every outcome, as the tables were made from them

    def __repr__(self) -> str:
        runs, tables = f"{len(self.campaign.plan):,} runs", ", ".join(self.tables)
        return f"<{self.purpose} {self.name.en!r}: {runs}, {self.failed} failed; in {self.folder}; tables {tables}>"

    @property
    def folder(self) -> Path:
        """Where everything lies."""
        return self.campaign.folder

    @property
    def purpose(self) -> str:
        """compare, sweep or sensitivity."""
        return self.campaign.purpose

    @property
    def name(self) -> Text:
        """What the experiment is called."""
        return self.campaign.experiment.name

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """Every outcome by name: label, unit, and values over (scenario, point, draw, replicate)."""
        return {one.name: one for one in self.found}

    @property
    def labels(self) -> dict[str, Text]:
        """What each outcome is called, in both languages."""
        return {name: one.label for name, one in self.outcomes.items()}

    @property
    def units(self) -> dict[str, str]:
        """The unit of each outcome."""
        return {name: one.unit for name, one in self.outcomes.items()}

    def to_pandas(self, table: str | None = None) -> pd.DataFrame:
        """A table as a frame; without a name the main one of this kind of study."""
        import pandas as pd

        return pd.DataFrame(self.tables[table or MAIN[self.purpose]])

    def points(self) -> pd.DataFrame:
        """The points of the design: `point`, `f_<factor>`, and `u_<factor>` where points were spread."""
        import pandas as pd

        return pd.DataFrame(self.campaign.plan.points.table())

    def months(self, indicator: str) -> pd.DataFrame:
        """An indicator of the whole place, one column per run (scenario, point, draw, replicate), one row per month."""
        import pandas as pd

        paths = indicator_paths(self.campaign, indicator)
        names = ("scenario", "point", "draw", "replicate")
        columns = pd.MultiIndex.from_product([range(n) for n in paths.shape[:-1]], names=names)
        return pd.DataFrame(paths.reshape(-1, paths.shape[-1]).T, columns=columns)


def go_on(
    campaign: Campaign,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    retry: bool = False,
    anyway: bool = False,
    finish: Finish | None = None,
) -> Study:
    """Do what is left of an experiment, extend it while its own rule asks for more, analyse it and write its tables.

    `finish` is called with the study at the end (charts are drawn there). Raises identity.NotTheSame where runs are
    left and code, packages or inputs are not those of the beginning (unless `anyway`), and Refusal where no run
    succeeded.
    """
    with campaign.alone():
        campaign = campaign.current()
        if retry or len(campaign.parts.done()) < campaign.plan.blocks:
            _check_conditions(campaign, anyway)
        study = _worked_out(campaign, workers, scheduler, progress, retry, anyway)
        if finish is not None:
            finish(study, progress)
        return study


def _check_conditions(campaign: Campaign, anyway: bool) -> None:
    """Before runs are added: they must come of the same code, packages and inputs, or it is noted that they do not."""
    if not anyway:
        refuse_if_different(campaign.manifest)
    for text in differences(campaign.manifest):
        campaign.note(f"goes on although conditions differ: {text.en}")


def _worked_out(
    campaign: Campaign,
    workers: int | None,
    scheduler: str | None,
    progress: Progress | None,
    retry: bool,
    anyway: bool,
) -> Study:
    while True:
        done = carry_out(campaign, workers, scheduler=scheduler, progress=progress, retry=retry)
        retry = False
        if done.failed == len(campaign.plan):
            raise _nothing_succeeded(campaign)
        if progress is not None:
            progress(ANALYSING, 0, 1)
        outcomes = outcomes_of(campaign)
        tables, notes = analyse(campaign, outcomes)
        wider = widening(campaign, notes)
        if wider is None:
            break
        _check_conditions(campaign, anyway)
        campaign.note(f"extends to {wider.points} points, {wider.draws} draws, {wider.replicates} replicates")
        campaign = extended(campaign, wider)
    for name, columns in tables.items():
        write_csv_whole(campaign.folder / f"{name}.csv", columns)
    if "stopping" in notes:
        write_text_whole(campaign.folder / STOPPING, json.dumps(notes["stopping"], ensure_ascii=False, indent=1) + "\n")
    return Study(campaign, tables, done.failed, notes, outcomes)


def check_purpose(experiment: Experiment, purpose: str) -> None:
    """Raise Refusal where an experiment's design cannot answer what is asked of it."""
    method = experiment.design.method
    if purpose == "sensitivity" and method not in SPREAD:
        raise Refusal([Problem(Text(
            f"敏感性分析需要 sobol、morris 或 latin 设计，这里是 {method}（批量推演请用 miaopu sweep）",
            f"sensitivity needs a design of sobol, morris or latin; this is {method} (miaopu sweep runs it)",
        ))])  # fmt: skip


def sweep(
    experiment: Experiment | Mapping[str, Any] | str | Path,
    out: Path | str | None = None,
    parameters: Choice = None,
    **how: Any,
) -> Study:
    """Run an experiment (checked, as plain data, or a file) and sum up each point of its design.

    `parameters` ("posterior", "prior" or the file of a posterior) replaces what plain data or a file say of them; `how`
    are the options of `go_on`. Results lie in `out`, else in results/<name of the file>. Raises Refusal for bad input.
    Tables: summary (main), response.
    """
    return _run("sweep", experiment, out, parameters, how)


def sensitivity(
    experiment: Experiment | Mapping[str, Any] | str | Path,
    out: Path | str | None = None,
    parameters: Choice = None,
    **how: Any,
) -> Study:
    """Run an experiment of a spread design and tell which factors its outcomes depend on.

    As `sweep`. Tables: indices (main), chance, response and, for Sobol's design, convergence.
    """
    return _run("sensitivity", experiment, out, parameters, how)


def _run(
    purpose: str,
    given: Experiment | Mapping[str, Any] | str | Path,
    out: Path | str | None,
    parameters: Choice,
    how: dict[str, Any],
) -> Study:
    if isinstance(given, Experiment):
        if parameters is not None:  # ranges of its factors may hang on them
            raise ValueError("parameters are chosen where an experiment is read, not afterwards")
        experiment = given
    elif isinstance(given, Mapping):
        experiment = experiment_of(given, parameters=parameters)
    else:
        experiment = read_experiment(given, parameters)
    check_purpose(experiment, purpose)
    folder = out or Path("results") / (Path(given).stem if isinstance(given, str | Path) else purpose)
    return go_on(begin(experiment, inputs_of_experiment(experiment), purpose, folder), **how)


def _nothing_succeeded(campaign: Campaign) -> Refusal:
    from .ensemble import nothing_succeeded

    errors = campaign.parts.failed()
    return nothing_succeeded(len(errors), errors[min(errors)])
