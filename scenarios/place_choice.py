"""Which place a scenario is about: a shipped region, a region file of one's own, or a roster."""

from __future__ import annotations

from pathlib import Path

from ..model.place import Place
from ..model.text import Refusal, Text, nearest
from .cursor import Book, Cursor
from .document import Document
from .layers import SHIPPED, Resolved, inside
from .layers import shown as shown_name
from .place import load_place

_KINDS = (".yaml", ".yml", ".csv")


def place_of(document: Document, resolved: Resolved, book: Book) -> Place | None:
    """The place that the scenario names; None where a problem was noted instead."""
    given = document.place
    if given is None:
        return None
    named = given.at("name") if isinstance(given.value, dict) else None
    title = named.pair() if named else None
    path = file_of(given, resolved)
    return _loaded(path, title, book) if path else None


def file_of(given: Cursor, resolved: Resolved) -> Path | None:
    """The file that a scenario's `place` names; None where a problem was noted instead."""
    name = given.at("roster") if isinstance(given.value, dict) else given
    written = None if name is None else name.words()
    return None if name is None or written is None else _file(name, written, resolved)


def _file(given: Cursor, name: str, resolved: Resolved) -> Path | None:
    """The file that `given` names, from the folder of the layer that wrote it."""
    for folder in (_folder(given, resolved), resolved.path.parent):
        try:
            found = inside(name, folder, resolved.path.parent)
        except ValueError:
            given.wrong(
                "地方文件不能离开情景所在文件夹和随附情景",
                "may not leave the scenario's own folder and the shipped ones",
            )
            return None
        if found and found.suffix.lower() in _KINDS:
            return found
    like = nearest(name, _places(resolved.path.parent))
    zh, en = (f"；是否想写 {like}？", f" — did you mean `{like}`?") if like else ("", "")
    given.wrong(f"找不到地方文件“{name}”{zh}", f"no such place: `{name}`{en}")
    return None


def _folder(given: Cursor, resolved: Resolved) -> Path:
    """The folder of the layer that names the place: a base in a folder of its own speaks from there."""
    written = Path(given.node.spot.file)
    return written.parent if written.is_file() else resolved.path.parent


def _places(folder: Path) -> list[str]:
    shipped = [f"regions/{path.name}" for path in (SHIPPED / "regions").glob("*.yaml")]
    own = [
        path.relative_to(folder).as_posix()
        for kind in ("*.csv", "regions/*.yaml")
        for path in folder.glob(kind)
    ]
    return sorted({*shipped, *own})


def _loaded(path: Path, title: Text | None, book: Book) -> Place | None:
    try:
        return load_place(path, shown_name(path), title)
    except Refusal as refusal:
        for problem in refusal.problems:
            book.pass_on(problem)
        return None
