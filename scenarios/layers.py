"""Layers: `extends` lays one scenario over another, and every value remembers the file and line it came from.

Mappings are merged, lists and values replaced; an empty value takes away what the layer below says.
Under every scenario lies `defaults.yaml`, so that what a planner leaves unsaid has a place too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..model.inputs import Origin
from ..model.text import Refusal, nearest
from .nodes import Node, leaves, plain, refuse
from .reading import read

SHIPPED = Path(__file__).parent
DEFAULTS = "defaults.yaml"


@dataclass(frozen=True)
class Resolved:
    """A scenario with all its layers laid over one another."""

    path: Path
    root: Node

    @property
    def data(self) -> dict[str, Any]:
        """Plain data, the defaults included."""
        return plain(self.root)

    @property
    def origins(self) -> dict[str, Origin]:
        """Dotted path → where that value was written."""
        return {
            path: Origin(node.spot.file, node.spot.line, node.spot.column, node.text)
            for path, node in leaves(self.root)
        }


def resolve(path: str | Path) -> Resolved:
    """Read the scenario at `path` (or a shipped one by its name) with everything that it extends.

    Raises Refusal with the first error of reading, placed.
    """
    given = Path(path)
    found = given if given.is_file() else _shipped(given)
    if found is None:
        raise _missing(given)
    root = _layered(found, ())
    return Resolved(found, merge(_defaults(), root))


def merge(below: Node, over: Node) -> Node:
    """`over` laid over `below`."""
    if not (isinstance(below.value, dict) and isinstance(over.value, dict)):
        return over
    merged = dict(below.value)
    for key, child in over.value.items():
        if key in merged and child.value is None:
            del merged[key]
        elif key in merged:
            merged[key] = merge(merged[key], child)
        else:
            merged[key] = child
    return Node(merged, over.spot, over.text, over.key)


def shown(path: Path) -> str:
    """How messages call a file: from the working folder if it lies there; shipped ones from the project."""
    real = path.resolve()
    for base in (Path.cwd(), SHIPPED.parent):
        if real.is_relative_to(base.resolve()):
            return real.relative_to(base.resolve()).as_posix()
    return path.as_posix()


def inside(name: str, folder: Path, home: Path | None = None) -> Path | None:
    """The file that `name` names from `folder` or among the shipped ones; None where there is none.

    Raises ValueError for a path that leaves both `home` (by default the folder) and the shipped ones.
    """
    if not name or "\0" in name:
        return None
    places = [(base.resolve() / name).resolve() for base in (folder, SHIPPED)]
    homes = [base.resolve() for base in (home or folder, SHIPPED)]
    allowed = [place for place in places if any(place.is_relative_to(base) for base in homes)]
    if not allowed or Path(name).is_absolute():
        raise ValueError(name)
    return next((place for place in allowed if place.is_file()), None)


def scenario_names(folder: Path) -> list[str]:
    """The scenario files in `folder`, one level below and among the shipped ones, as `extends` names them."""
    own = {
        path.relative_to(folder).as_posix() for kind in ("*.yaml", "*/*.yaml") for path in folder.glob(kind)
    }
    return sorted((own | {path.name for path in SHIPPED.glob("*.yaml")}) - {DEFAULTS})


@cache
def _defaults() -> Node:
    return read(SHIPPED / DEFAULTS, f"scenarios/{DEFAULTS}")


def _shipped(given: Path) -> Path | None:
    if given.parent != Path():
        return None
    names = (given.name, f"{given.name}.yaml")
    return next((SHIPPED / name for name in names if name != DEFAULTS and (SHIPPED / name).is_file()), None)


def _missing(given: Path) -> Refusal:
    like = nearest(given.name, scenario_names(given.parent))
    hint_zh, hint_en = (f"；是否想用 {like}？", f" — did you mean `{like}`?") if like else ("", "")
    return refuse(None, f"找不到情景文件：{given}{hint_zh}", f"no such scenario: {given}{hint_en}")


def _layered(path: Path, above: tuple[Path, ...]) -> Node:
    """The scenario at `path` over its bases; `above` are the layers over it, the planner's own first."""
    root = read(path, shown(path))
    extends = root.value.get("extends")
    if extends is None or extends.value is None:
        return root
    chain = (*above, path.resolve())
    base = _base(extends, path, chain[0].parent)
    if base in chain:
        circle = " → ".join(link.name for link in (*chain[chain.index(base) :], base))
        raise refuse(
            extends.spot, f"extends 绕成了一圈：{circle}", f"extends goes round in a circle: {circle}"
        )
    return merge(_layered(base, chain), root)


def _base(extends: Node, path: Path, home: Path) -> Path:
    name = extends.value
    if not isinstance(name, str):
        raise refuse(
            extends.spot, "extends 应为一个情景文件名", "extends takes the name of one scenario file"
        )
    try:
        base = inside(name, path.parent, home)
    except ValueError:
        raise refuse(
            extends.spot,
            f"extends 不能离开本情景所在文件夹和随附情景：{name}",
            f"extends may not leave the scenario's own folder and the shipped ones: {name}",
        ) from None
    if base is None:
        like = nearest(name, scenario_names(path.parent))
        hint_zh, hint_en = (f"；是否想写 {like}？", f" — did you mean `{like}`?") if like else ("", "")
        raise refuse(extends.spot, f"没有这个情景：{name}{hint_zh}", f"no such scenario: {name}{hint_en}")
    return base
