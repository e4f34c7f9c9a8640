"""The scenario without the plan: what `baseline:` names, and whether it can stand beside this one.

A baseline is of the same place, calendar and seed, so that run by run only the plan differs. For the same reason what
the scenario itself says of the world and of how clauses are read (`start`, `parameters`, `readings`) holds in it too.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..model.text import Refusal, nearest
from .cursor import Book, Cursor
from .grammar import BASELINE, SCENARIO, required
from .layers import SHIPPED, Resolved, inside, resolve, scenario_names, shown
from .place_choice import file_of

SHARED = ("start", "parameters", "readings")  # beliefs: they hold with and without the plan


def baseline_of(resolved: Resolved) -> Resolved | None:
    """The scenario's baseline with all its layers; None where it has none. Raises Refusal where it cannot be used."""
    book = Book()
    found = note_baseline(resolved, book)
    if book.problems:
        raise Refusal(book.problems)
    return found


def note_baseline(resolved: Resolved, book: Book) -> Resolved | None:
    """As `baseline_of`, the problems noted in `book`.

    A baseline that only a layer below names is left out where it is this very scenario, or does not fit its place or
    calendar: whoever lays a place of his own over a plan did not write the key.
    """
    given = Cursor(resolved.root, "", book).at(BASELINE)
    if given is None or (name := given.words()) is None:
        return None
    own = given.node.spot.file == shown(resolved.path)
    path = _file(given, name, resolved)
    if path is None:
        return None
    if path.resolve() == resolved.path.resolve():
        if own:
            given.wrong("基线不能是本情景自己", "a scenario cannot be its own baseline")
        return None
    try:
        found = resolve(path)
    except Refusal as refusal:
        for problem in refusal.problems:
            book.pass_on(problem)
        return None
    if not _is_scenario(given, name, found):
        return None
    checks = (_calendar, _place, _seed) if own else (_calendar, _place)  # a forecast lends a baseline its seed anyway
    said = given if own else replace(given, book=Book())
    fits = all([check(said, resolved, found) for check in checks])
    return _with_beliefs(found, resolved) if fits else None


def _file(given: Cursor, name: str, resolved: Resolved) -> Path | None:
    """The file that `given` names, from the folder of the layer that wrote it."""
    home = resolved.path.parent
    places = [Path(given.node.spot.file), SHIPPED.parent / given.node.spot.file]
    written = next((place.parent for place in places if place.is_file()), home)
    try:
        found = inside(name, written, home)
    except ValueError:
        given.wrong(
            f"基线不能离开本情景所在文件夹和随附情景：{name}",
            f"may not leave the scenario's own folder and the shipped ones: {name}",
        )
        return None
    if found is None:
        like = nearest(name, scenario_names(written))
        zh, en = (f"；是否想写 {like}？", f" — did you mean `{like}`?") if like else ("", "")
        given.wrong(f"没有这个情景：{name}{zh}", f"no such scenario: {name}{en}")
    return found


def _is_scenario(given: Cursor, name: str, found: Resolved) -> bool:
    missing = [key for key in required(SCENARIO) if key not in found.root.value]
    if missing:
        given.wrong(
            f"{name} 不是情景文件：缺少 {'、'.join(missing)}",
            f"{name} is not a scenario: it has no {', '.join(f'`{key}`' for key in missing)}",
        )
    return not missing


def _calendar(given: Cursor, resolved: Resolved, found: Resolved) -> bool:
    ours, theirs = _months(resolved), _months(found)
    if None in ours or ours == theirs:
        return True
    here, there = (_written(side, "calendar", ("from", "until")) for side in (resolved, found))
    given.wrong(
        f"基线的起止月份（{'至'.join(there)}）与本情景（{'至'.join(here)}）不同",
        f"the baseline runs from {' to '.join(there)}, this scenario from {' to '.join(here)}: they must be the same",
    )
    return False


def _place(given: Cursor, resolved: Resolved, found: Resolved) -> bool:
    ours, theirs = _place_file(resolved), _place_file(found)
    if ours is None or (theirs is not None and (ours == theirs or ours.read_bytes() == theirs.read_bytes())):
        return True
    here, there = shown(ours), shown(theirs) if theirs else "…"
    given.wrong(
        f"基线的地方（{there}）与本情景（{here}）不同",
        f"the baseline is of another place ({there}) than this scenario ({here})",
    )
    return False


def _seed(given: Cursor, resolved: Resolved, found: Resolved) -> bool:
    (here,), (there,) = (_written(side, "runs", ("seed",)) for side in (resolved, found))
    if here == there:
        return True
    given.wrong(
        f"基线的随机种子（{there}）与本情景（{here}）不同",
        f"the baseline has another seed ({there}) than this scenario ({here})",
    )
    return False


def _months(resolved: Resolved) -> list[int | None]:
    calendar = Cursor(resolved.root, "", Book()).at("calendar")
    ends = [calendar.at(key) if calendar else None for key in ("from", "until")]
    return [end.month() if end else None for end in ends]


def _place_file(resolved: Resolved) -> Path | None:
    given = Cursor(resolved.root, "", Book()).at("place")
    return None if given is None else file_of(given, resolved)


def _written(resolved: Resolved, key: str, parts: tuple[str, ...]) -> list[str]:
    group = Cursor(resolved.root, "", Book()).at(key)
    found = [group.at(part) if group else None for part in parts]
    return [part.node.text if part else "…" for part in found]


def _with_beliefs(baseline: Resolved, resolved: Resolved) -> Resolved:
    """The baseline, with what the scenario itself believes of the world in the place of its own."""
    own = {key: node for key, node in baseline.root.value.items() if key not in SHARED}
    shared = {key: node for key, node in resolved.root.value.items() if key in SHARED and node.value}
    return Resolved(baseline.path, replace(baseline.root, value=own | shared))
