"""The scenarios of an experiment: found, loaded once, of one place, and where their runs end."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...model.inputs import Inputs
from ...model.posterior import Posterior
from ...model.posterior_choice import PRIOR
from ...model.text import Problem, Refusal, nearest
from ...scenarios.compiling import inputs_of
from ...scenarios.cursor import Cursor
from ...scenarios.layers import DEFAULTS, SHIPPED, Resolved, resolve, scenario_names
from ..variants import until as cut
from .experiment import Experiment

REMEMBERED = 16
_compiled: OrderedDict[tuple[int, str], tuple[Resolved, Inputs]] = OrderedDict()


@dataclass(frozen=True)
class Scenes:
    """The scenarios that could be loaded; not `complete` if some others could not."""

    resolved: tuple[Resolved, ...] = ()
    inputs: tuple[Inputs, ...] = ()
    items: tuple[Cursor, ...] = ()  # where each stands in the list
    complete: bool = False
    one_place: bool = True


def inputs_of_experiment(experiment: Experiment) -> tuple[Inputs, ...]:
    """The model's inputs of each scenario, ended with the experiment's `until`. Raises Refusal."""
    inputs = tuple(compiled(resolved, experiment.posterior) for resolved in experiment.scenarios)
    if experiment.until is None:
        return inputs
    return tuple(cut(one, one.month_index(*experiment.until)) for one in inputs)


def compiled(resolved: Resolved, posterior: Posterior | None) -> Inputs:
    """The inputs of a resolved scenario, remembered for as long as few others follow. Raises Refusal."""
    key = (id(resolved), "" if posterior is None else posterior.digest)
    known = _compiled.get(key)
    if known is None or known[0] is not resolved:
        known = (resolved, inputs_of(resolved, parameters=posterior or PRIOR))
    _compiled[key] = known
    _compiled.move_to_end(key)
    while len(_compiled) > REMEMBERED:
        _compiled.popitem(last=False)
    return known[1]


def scenarios_of(cursor: Cursor | None, base: Path, posterior: Posterior | None) -> Scenes:
    """The scenarios that the list names, looked up from `base` and then among the shipped ones."""
    if cursor is None or not cursor.is_list():
        return Scenes()
    if not cursor.value:
        cursor.wrong("列表是空的；至少写一个情景", "the list is empty; name at least one scenario")
        return Scenes()
    found: list[tuple[Cursor, Resolved, Inputs]] = []
    taken: dict[str, tuple[Path, int]] = {}
    told: set[Problem] = set()
    sound = True
    for index, item in enumerate(cursor.items()):
        path = _path(item, base)
        sound &= path is not None
        if path is None or _taken(item, path, taken, index):
            continue
        try:
            resolved = resolve(path)
            found.append((item, resolved, compiled(resolved, posterior)))
        except Refusal as refusal:
            sound = False
            for problem in refusal.problems:
                if problem not in told:
                    told.add(problem)
                    cursor.book.pass_on(problem)
    same = _of_one_place(found)
    resolved, inputs = tuple(one for _, one, _ in found), tuple(one for _, _, one in found)
    return Scenes(resolved, inputs, tuple(item for item, _, _ in found), sound, same)


def given_scenes(resolved: Sequence[Resolved], posterior: Posterior | None) -> Scenes:
    """Scenarios that are at hand already. Raises Refusal where one cannot be used."""
    return Scenes(tuple(resolved), tuple(compiled(one, posterior) for one in resolved), complete=True)


def _path(item: Cursor, base: Path) -> Path | None:
    name = item.words()
    if name is None:
        return None
    places = [base / name]
    if Path(name).parent == Path() and name not in (DEFAULTS, Path(DEFAULTS).stem):
        places += [base / f"{name}.yaml", SHIPPED / name, SHIPPED / f"{name}.yaml"]
    try:
        here = next((place for place in places if place.is_file()), None)
    except (OSError, ValueError):  # a name that no file can have
        here = None
    if here is None:
        names = [*scenario_names(base), *(path.stem for path in SHIPPED.glob("*.yaml") if path.name != DEFAULTS)]
        like = nearest(name, names)
        zh, en = (f"；是否想写 {like}？", f" — did you mean `{like}`?") if like else ("", "")
        item.wrong(f"找不到情景“{name}”{zh}", f"no such scenario: `{name}`{en}")
    return here


def _taken(item: Cursor, path: Path, taken: dict[str, tuple[Path, int]], index: int) -> bool:
    """Whether the scenario, or another of the same name, stands in the list already; a problem is noted."""
    known = taken.setdefault(path.stem, (path.resolve(), index))
    if known[1] == index:
        return False
    first = known[1] + 1
    if known[0] == path.resolve():
        item.wrong(
            f"情景“{item.node.text}”重复（已列为第 {first} 个）",
            f"the scenario `{item.node.text}` is listed already (number {first})",
        )
    else:
        item.wrong(
            f"与第 {first} 个情景同名（{path.stem}），结果无法区分；请改文件名",
            f"has the name of scenario number {first} ({path.stem}); rename one of the files",
        )
    return True


def _of_one_place(found: list[tuple[Cursor, Resolved, Inputs]]) -> bool:
    """Whether all are about the place of the first; those that are not are noted."""
    alike = True
    for item, _, inputs in found[1:]:
        first, other = found[0][2].place, inputs.place
        same = all(
            np.array_equal(getattr(first, keys), getattr(other, keys), equal_nan=keys == "residents")
            for keys in ("district_key", "street_key", "community_key", "residents")
        )
        alike &= same
        if not same:
            item.wrong(
                f"地方是“{other.name.zh}”，与第一个情景的“{first.name.zh}”不同；一次实验只能是同一个地方",
                f"is about {other.name.en}, the first scenario about {first.name.en}; "
                "an experiment is about one place",
            )
    return alike
