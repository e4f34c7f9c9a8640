"""Read and check an experiment file from top to bottom; everything that is wrong with it is told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...model.posterior import Posterior
from ...model.posterior_choice import Choice, chosen
from ...model.text import Refusal, Text, nearest
from ...scenarios.cursor import Book, Cursor
from ...scenarios.grammar import required
from ...scenarios.layers import Resolved, shown
from ...scenarios.nodes import refuse
from ...scenarios.reading import read
from ...scenarios.world import LARGEST_SEED
from .calendars import note_other_calendars, until_of
from .design_file import design_of
from .experiment import BLOCK, NO_TEXT, Experiment
from .factors_file import constants_of, factors_of
from .grammar import CENTRAL, EXPERIMENT, SEEDS
from .keep_file import decide_on_of, keep_of
from .notes import missing
from .plain_data import node_of
from .recording import record_of
from .scenario_list import given_scenes, inputs_of_experiment, scenarios_of
from .size import note_too_many

STUDIES = Path(__file__).parent.parent / "studies"
MOST = 1_000_000
LARGEST_BLOCK = 100_000

__all__ = ["STUDIES", "experiment_of", "inputs_of_experiment", "read_experiment", "study_names"]


def read_experiment(path: str | Path, parameters: Choice = None) -> Experiment:
    """The experiment in the file at `path`, or the study of that name that comes with the project.

    Scenarios and CSV files are looked up from its folder. `parameters` replaces what the file says of them. Raises
    Refusal with every problem found, each placed.
    """
    given = Path(path)
    found = given if given.is_file() else _shipped(given)
    if found is None:
        raise _missing(given)
    return _experiment(Cursor(read(found, shown(found)), "", Book()), found.parent, parameters)


def experiment_of(
    data: Mapping[str, Any],
    base: str | Path = ".",
    scenarios: Sequence[Resolved] | None = None,
    parameters: Choice = None,
) -> Experiment:
    """The experiment in plain data: as a file says it, with the same checks; `base` stands for the file's folder.

    `scenarios` are taken instead of looking up those that the data name, `parameters` instead of the data's. Raises
    Refusal with every problem found.
    """
    return _experiment(Cursor(node_of(data), "", Book()), Path(base), parameters, scenarios)


def study_names() -> list[str]:
    """The studies that come with the project."""
    return sorted(path.stem for path in STUDIES.glob("*.yaml"))


def _shipped(given: Path) -> Path | None:
    if given.parent != Path():
        return None
    return next((path for name in (given.name, f"{given.name}.yaml") if (path := STUDIES / name).is_file()), None)


def _missing(given: Path) -> Refusal:
    own = [path.name for path in given.parent.glob("*.yaml")] if given.parent.is_dir() else []
    like = nearest(given.name, [*own, *study_names()])
    zh, en = (f"；是否想用 {like}？", f" — did you mean `{like}`?") if like else ("", "")
    return refuse(None, f"找不到实验文件：{given}{zh}", f"no such experiment: {given}{en}")


def _experiment(
    root: Cursor, base: Path, parameters: Choice, given: Sequence[Resolved] | None = None
) -> Experiment:
    root.has_only(EXPERIMENT)
    for key in required(EXPERIMENT):
        if key not in root.value:
            missing(root, key)
    posterior = _posterior(root.at("parameters"), base) if parameters is None else chosen(parameters)
    scenes = scenarios_of(root.at("scenarios"), base, posterior) if given is None else given_scenes(given, posterior)
    until = until_of(root.at("until"), scenes)
    note_other_calendars(scenes, until)
    factors = factors_of(root, scenes)
    keep = keep_of(root.at("keep"))
    design = design_of(root, base, factors)
    experiment = Experiment(
        name=_pair(root, "name"),
        about=_pair(root, "about"),
        scenarios=scenes.resolved,
        factors=tuple(factors.made.values()),
        constants=constants_of(root, factors),
        design=design,
        draws=_draws(root),
        replicates=_count(root, "replicates", 1, MOST, 1),
        seed=_count(root, "seed", 0, LARGEST_SEED, 1),
        seeds=_seeds(root),
        until=until,
        keep=keep,
        block=_count(root, "block", 1, LARGEST_BLOCK, BLOCK),
        decide_on=decide_on_of(root.at("decide_on"), scenes, keep, until),
        posterior=posterior,
        record=record_of(root.node, base),
    )
    note_too_many(root, experiment)
    if root.book.problems:
        raise Refusal(root.book.problems)
    return experiment


def _pair(root: Cursor, key: str) -> Text:
    given = root.at(key)
    return (given.pair() if given else None) or NO_TEXT


def _count(root: Cursor, key: str, low: int, high: int, otherwise: int) -> int:
    given = root.at(key)
    number = given.whole(low, high) if given else None
    return otherwise if number is None else number


def _seeds(root: Cursor) -> str:
    given = root.at("seeds")
    return (given.choice(list(SEEDS)) if given else None) or "common"


def _posterior(given: Cursor | None, base: Path) -> Posterior | None:
    """The posterior that the file asks for, its own files looked up from its folder; None for the priors."""
    said = given.words() if given else None
    if given is None or said is None:
        return chosen()
    try:
        return chosen(said, base)
    except Refusal as refusal:
        for problem in refusal.problems:
            given.wrong(*problem.text)
        return None


def _draws(root: Cursor) -> int | None:
    """How many draws of the other parameters; None where they stay at their medians."""
    given = root.at("draws")
    if given is None or given.value == CENTRAL:
        return None
    if isinstance(given.value, int) and not isinstance(given.value, bool) and 1 <= given.value <= MOST:
        return given.value
    said = given.node.text or "…"
    given.wrong(
        f"“{said}”应为 {CENTRAL}（取中位数），或 1 到 {MOST} 的整数",
        f"`{said}` should be `{CENTRAL}` or a whole number from 1 to {MOST}",
    )
    return None
