"""Values of a file with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..model.text import Problem, Refusal, Text


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file: a word, number or truth, a list of nodes, or a mapping of nodes.

    `text` is the scalar as written; `key` is where the key of a mapping's entry stands.
    """

    value: Any
    spot: Spot
    text: str = ""
    key: Spot | None = None

    @property
    def head(self) -> Spot:
        """Where the entry begins: its key, or the value itself in a list."""
        return self.key or self.spot


def refuse(spot: Spot | None, zh: str, en: str) -> Refusal:
    """A refusal with one placed problem."""
    return Refusal([Problem(Text(zh, en), str(spot) if spot else None)])


def plain(node: Node) -> Any:
    """The value of `node` without places."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def leaves(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Every scalar under `node` with its dotted path (`targets.0.by`)."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from leaves(child, f"{path}.{key}" if path else key)
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from leaves(child, f"{path}.{index}")
    else:
        yield path, node
