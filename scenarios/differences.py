"""What changed between two scenarios, line by line."""

from __future__ import annotations

from typing import NamedTuple

from ..model.text import Text
from .layers import Resolved
from .nodes import Node, leaves


class Change(NamedTuple):
    """One value that differs; an empty side means that it is not said there."""

    path: str
    before: str
    after: str
    where_before: str
    where_after: str

    @property
    def line(self) -> Text:
        """The change as a line for people."""
        if not self.before:
            return Text(
                f"{self.path}：新增 {self.after}（{self.where_after}）",
                f"{self.path}: added {self.after} ({self.where_after})",
            )
        if not self.after:
            return Text(
                f"{self.path}：删去 {self.before}（{self.where_before}）",
                f"{self.path}: removed {self.before} ({self.where_before})",
            )
        return Text(
            f"{self.path}：{self.before} → {self.after}（{self.where_before} → {self.where_after}）",
            f"{self.path}: {self.before} → {self.after} ({self.where_before} → {self.where_after})",
        )


def difference(before: Resolved, after: Resolved) -> list[Change]:
    """Every value that differs between two resolved scenarios, in the order of the second, removals last.

    Values count as the same when they are written the same; `extends` is not compared.
    """
    old, new = _values(before), _values(after)
    paths = list(new) + [path for path in old if path not in new]
    changes = []
    for path in paths:
        a, b = old.get(path), new.get(path)
        if (a.text if a else None) != (b.text if b else None):
            changes.append(Change(path, a.text if a else "", b.text if b else "", _spot(a), _spot(b)))
    return changes


def _values(resolved: Resolved) -> dict[str, Node]:
    return {path: node for path, node in leaves(resolved.root) if path != "extends"}


def _spot(node: Node | None) -> str:
    return f"{node.spot.file}:{node.spot.line}" if node else ""
