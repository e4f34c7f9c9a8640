"""What the rules' sources say: which parameters and levers a process reads, who writes a state variable.

The ODD quotes it, so that the document cannot drift from the code unnoticed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..model import state
from ..model.vocabulary import levers, parameters

MODEL = Path(state.__file__).parent
HELPERS = {"hubs": ("hub_life",), "calls": ("awarding", "custody")}  # files of a process besides its own
KINDS = {**state.KINDS, "Prefecture": state.PREFECTURE, "Clock": state.CLOCK}
_BY_NAME = {
    "org": "Organization", "pupil": "Organization", "place": "Community", "street": "Street", "hub": "Hub",
    "district": "District", "funder": "Funder", "prefecture": "Prefecture", "now": "Clock",
}  # fmt: skip
_BY_ARRAY = {
    "organizations": "Organization", "communities": "Community", "streets": "Street", "hubs": "Hub",
    "districts": "District", "funders": "Funder", "prefectures": "Prefecture", "clock": "Clock",
}  # fmt: skip


def paths(process: str) -> list[Path]:
    """The files of a process, its own first."""
    return [MODEL / "processes" / f"{name}.py" for name in (process, *HELPERS.get(process, ()))]


def summary(process: str) -> str:
    """The first sentence of what a process's file says of itself, without the process's name and number."""
    said = " ".join((ast.get_docstring(_tree(paths(process)[0])) or "").split("\n\n")[0].split())
    _, _, sentence = said.partition(": ")
    return sentence.rstrip(".")


def parameters_read(process: str) -> list[str]:
    """Names of the parameters that a process reads, in the order of the table."""
    read = {name for path in paths(process) for name in _parameters_in(path)}
    return [name for name in parameters() if name in read]


def levers_read(process: str) -> list[str]:
    """Names of the levers that a process reads, in the order of the table."""
    read = {name for path in paths(process) for name in _attributes(path)}
    return [lever.name for lever in levers().values() if lever.field in read]


def parameters_of_start() -> list[str]:
    """Names of the parameters that the start of a run reads."""
    tree = _tree(MODEL / "start.py")
    quoted = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    read = quoted | set(_parameters_in(MODEL / "start.py"))
    return [name for name in parameters() if name in read]


def writers(kind: str, name: str) -> list[str]:
    """Stems of the files whose rules write a state variable; none where it is set at the start for good."""
    files = [*sorted((MODEL / "processes").glob("*.py")), MODEL / "grouping.py", MODEL / "month.py"]
    return [path.stem for path in files if (kind, name) in _written(path)]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _attributes(path: Path) -> frozenset[str]:
    return frozenset(node.attr for node in ast.walk(_tree(path)) if isinstance(node, ast.Attribute))


def _parameters_in(path: Path) -> Iterator[str]:
    """Attributes of `p` or of `w.parameters[0]`."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("p", "w.parameters[0]"):
            yield node.attr


@cache
def _written(path: Path) -> frozenset[tuple[str, str]]:
    """(kind, variable) of everything that the rules of a file assign."""
    found = set()
    for node in ast.walk(_tree(path)):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AugAssign):
            targets = [node.target]
        found.update(owned for target in targets for owned in _owned(target))
    return frozenset(found)


def _owned(target: ast.expr) -> Iterator[tuple[str, str]]:
    """The state variables that one target of an assignment stands for."""
    if isinstance(target, ast.Tuple):
        for part in target.elts:
            yield from _owned(part)
    elif isinstance(target, ast.Subscript):
        yield from _owned(target.value)
    elif isinstance(target, ast.Attribute):
        owner = target.value
        if isinstance(owner, ast.Name) and owner.id in _BY_NAME:
            yield _BY_NAME[owner.id], target.attr
        elif isinstance(owner, ast.Subscript) and isinstance(owner.value, ast.Attribute):
            array = owner.value.attr
            if array in _BY_ARRAY:
                yield _BY_ARRAY[array], target.attr
