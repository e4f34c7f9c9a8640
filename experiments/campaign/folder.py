"""The folder of an experiment: made with its plan before the first run, opened again to go on or to read.

    manifest.json            what the experiment is and what its results follow from; no clock
    points.parquet           the points of the design
    runs.parquet             every run that is planned
    draws.parquet            the parameters of every draw, where parameters are drawn
    parts/000000/*.parquet   what the runs of a block gave
    failures/000000.csv      runs of a block that failed, with their errors
    inputs/0/                rosters of the planner's own, by scenario
    posterior.json           the posterior that parameters are taken from, where there is one
    log.txt                  when what was done
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ...model.inputs import Inputs
from ...model.posterior_choice import PRIOR
from ...model.text import Problem, Refusal, Text
from .. import beliefs, source
from ..design.experiment import Experiment
from ..folder import MAKER, MANIFEST, OF_THE_DESKTOP
from ..variants import judged_alike
from . import identity
from .lock import LOCK, alone_in
from .parts import PARTS, UNFINISHED, Parts, flush, write_text_whole, write_whole
from .plan import Extent, Plan, first_extent
from .plan_tables import draws_table, runs_table
from .subject import ModelSubject, model_subject

POINTS, RUNS, DRAWS, LOG, INPUTS = "points.parquet", "runs.parquet", "draws.parquet", "log.txt", "inputs"


@dataclass(frozen=True)
class Campaign:
    """An experiment in its folder."""

    folder: Path
    purpose: str  # compare, sweep or sensitivity
    experiment: Experiment
    inputs: tuple[Inputs, ...]
    waves: tuple[Extent, ...]

    @cached_property
    def plan(self) -> Plan:
        """Every run, in order."""
        return Plan(self.experiment, self.waves)

    @cached_property
    def parts(self) -> Parts:
        """What has been done."""
        return Parts(self.folder)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest as it is written; see identity.py."""
        return read_manifest(self.folder)

    @property
    def subject(self) -> ModelSubject:
        """The model under this experiment's scenarios, for the workers."""
        return model_subject(self.experiment, self.inputs, self.plan)

    def write_plan(self) -> None:
        """Points, runs and draws on disk; left as they are where nothing is new."""
        write_whole(self.folder / POINTS, self.plan.points.table())
        write_whole(self.folder / RUNS, runs_table(self))
        if self.experiment.draws is not None:
            write_whole(self.folder / DRAWS, draws_table(self))

    def note(self, words: str) -> None:
        """A dated line in the log."""
        with (self.folder / LOG).open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {words}\n")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder; raises Refusal where another process works in it. A killed one holds nothing."""
        with alone_in(self.folder):
            yield

    def current(self) -> Campaign:
        """The campaign as its manifest has it now; another process may have extended it since it was opened."""
        return replace(self, waves=_waves(read_manifest(self.folder)))


def begin(
    experiment: Experiment,
    inputs: tuple[Inputs, ...],
    purpose: str,
    out: Path | str,
    until_sure: dict[str, Any] | None = None,
) -> Campaign:
    """The experiment's folder, made if it is not there; of the same experiment, it is taken up where it stands.

    `until_sure` is the rule (analysis/stopping.py) by which draws are added. Raises Refusal where `out` holds anything
    else.
    """
    out = Path(out)
    waves = (first_extent(experiment),)
    now = identity.told(experiment, purpose, waves, until_sure)
    if not (out / MANIFEST).is_file():
        _check_free(out)
        if not out.is_dir():
            out.mkdir(parents=True)
            flush(out.parent)
        with alone_in(out):
            if not (out / MANIFEST).is_file():  # nor has another process begun here in the meantime
                _check_free(out)
                (out / PARTS).mkdir(exist_ok=True)
                if experiment.posterior is not None:
                    write_text_whole(out / beliefs.COPY, beliefs.copy_text(experiment.posterior))
                _write_manifest(out, now)
    then = read_manifest(out)
    if identity.same_experiment(then, now | {beliefs.KEY: then.get(beliefs.KEY)}) and not beliefs.same(then, now):
        raise _refusal(
            f"{out} 里是同一实验、但参数来源不同的结果，不能混用：请换一个 --out（接着做原来的用 miaopu resume {out}）",
            f"{out} holds the same experiment with other parameters, which cannot be mixed: choose another --out "
            f"(to go on with the one there: miaopu resume {out})",
        )
    if not identity.same_experiment(then, now):
        raise _refusal(
            f"{out} 里是另一个实验的结果：请换一个 --out（接着做原来的实验用 miaopu resume {out}）",
            f"{out} holds the results of another experiment: choose another --out "
            f"(to go on with the one there: miaopu resume {out})",
        )
    return Campaign(out, purpose, experiment, judged_alike(inputs), _waves(then))


def reopen(folder: Path | str) -> Campaign:
    """The experiment in a folder, from its manifest alone. Raises Refusal where there is none."""
    from ..design.reading import experiment_of, inputs_of_experiment

    folder = Path(folder)
    then = read_manifest(folder)
    scenarios = tuple(
        source.resolved_from(scenario, folder / INPUTS / str(place))  # two may have rosters of one name
        for place, scenario in enumerate(then["scenarios"])
    )
    posterior = beliefs.kept(folder, then)
    if beliefs.changed(posterior, then):
        raise _refusal(
            f"{folder} 里的 {beliefs.COPY} 被改动过，与已有推演所用的后验参数不同",
            f"{beliefs.COPY} in {folder} has been changed: it is not the posterior that its runs were made with",
        )
    experiment = experiment_of(then["experiment"], folder / INPUTS, scenarios, posterior or PRIOR)
    inputs = judged_alike(inputs_of_experiment(experiment))
    return Campaign(folder, then["purpose"], experiment, inputs, _waves(then))


def extended(campaign: Campaign, extent: Extent) -> Campaign:
    """The campaign with one wave more, told in its manifest. The plan on disk follows when the work begins.

    Raises ValueError where an axis would shrink, Refusal where another process works in the folder.
    """
    with campaign.alone():
        told = read_manifest(campaign.folder)
        waves = (*_waves(told), extent)
        if any(new < old for new, old in zip(extent, waves[-2], strict=True)):
            raise ValueError(f"{extent} does not hold all of {waves[-2]}")
        _write_manifest(campaign.folder, told | {"waves": [list(wave) for wave in waves]})
        return replace(campaign, waves=waves)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an experiment's folder. Raises Refusal where there is none."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = None
    if not isinstance(told, dict) or told.get("made_by") != MAKER or told.get("kind") != identity.KIND:
        raise _refusal(
            f"{folder} 不是实验结果文件夹（没有本程序写的 {MANIFEST}）",
            f"{folder} is not the folder of an experiment (no {MANIFEST} of this program)",
        )
    return told


def _waves(told: dict[str, Any]) -> tuple[Extent, ...]:
    return tuple(Extent(*wave) for wave in told["waves"])


def _write_manifest(folder: Path, told: dict[str, Any]) -> None:
    write_text_whole(folder / MANIFEST, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _check_free(folder: Path) -> None:
    """A new experiment begins in a folder that does not exist or is empty."""
    if folder.is_dir() and any(not _may_lie_there(path) for path in folder.iterdir()):
        raise _refusal(
            f"文件夹 {folder} 里已有别的内容，不会覆盖：请换一个 --out",
            f"{folder} holds other things and will not be touched: choose another --out",
        )
    if folder.exists() and not folder.is_dir():
        raise _refusal(
            f"{folder} 是文件，不是文件夹：请换一个 --out",
            f"{folder} is a file, not a folder: choose another --out",
        )


def _may_lie_there(path: Path) -> bool:
    """What a beginning that was killed leaves, and what desktops put into every folder."""
    if path.name == PARTS:
        return path.is_dir() and not any(path.iterdir())
    ours = (MANIFEST, beliefs.COPY)
    return path.name in (LOCK, beliefs.COPY, *(UNFINISHED + name for name in ours)) or path.name in OF_THE_DESKTOP


def _refusal(zh: str, en: str) -> Refusal:
    return Refusal([Problem(Text(zh, en))])
