"""Read figures of a region file: a number with its source and mark, checked where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .cursor import Book, Cursor
from .region import Figure

MARKS = ("S", "M", "D", "K")


@dataclass
class Figures:
    """Reads figures and remembers them by dotted path."""

    book: Book
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    found: dict[str, Figure] = field(default_factory=dict)

    def read_sources(self, at: Cursor) -> None:
        """The list of sources: a title, where possible an address, and a date, by short name."""
        if not at.is_mapping():
            return
        for name, source in at.entries():
            if source.has_only(("title", "address", "date"), ("title", "date")):
                self.sources[name] = {key: part.node.text for key, part in source.entries()}

    def figure(self, at: Cursor | None, low: float, high: float, whole: bool = False) -> Figure | None:
        """{value: …, source: …, mark: …}, the value from `low` to `high`; None after noting what is wrong."""
        if at is None or not at.has_only(("value", "source", "mark"), ("value", "source", "mark")):
            return None
        value = self.number(at.at("value"), low, high, whole)
        source, mark = self.source_and_mark(at)
        if value is None or source is None or mark is None:
            return None
        self.found[at.path] = Figure(value, source, mark)
        return self.found[at.path]

    def number(self, at: Cursor | None, low: float, high: float, whole: bool) -> float | None:
        """A bare number from `low` to `high`."""
        if at is None:
            return None
        value = at.value
        right = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
        if right and (not whole or float(value).is_integer()):
            return value
        said = at.node.text or "…"
        if whole:
            at.wrong(
                f"“{said}”应为 {low:.0f} 到 {high:.0f} 的整数",
                f"`{said}` should be a whole number from {low:.0f} to {high:.0f}",
            )
        else:
            at.wrong(
                f"“{said}”应为 {low:g} 到 {high:g} 的数",
                f"`{said}` should be a number from {low:g} to {high:g}",
            )
        return None

    def source_and_mark(self, at: Cursor) -> tuple[str | None, str | None]:
        """The source and mark of a mapping that holds both."""
        source, mark = at.at("source"), at.at("mark")
        known = source.choice(list(self.sources)) if source else None
        return known, mark.choice(MARKS) if mark else None

    def group(
        self,
        at: Cursor | None,
        names: Iterable[str],
        required: Iterable[str],
        low: float,
        high: float,
        whole: bool = False,
    ) -> dict[str, Figure]:
        """A mapping of figures by name."""
        names = tuple(names)
        if at is None or not at.has_only(names, required):
            return {}
        read = {name: self.figure(part, low, high, whole) for name in names if (part := at.at(name))}
        return {name: figure for name, figure in read.items() if figure}
