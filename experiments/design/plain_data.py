"""Plain data (of a manifest, or from Python) as nodes without places, so that one checker serves files and data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from ...scenarios.nodes import Node, Spot


@dataclass(frozen=True, slots=True)
class Nowhere(Spot):
    """A value that stands in no file; lines only keep the order of problems."""

    def __str__(self) -> str:
        return ""


def node_of(data: Any) -> Node:
    """`data` as nodes: mappings, lists, text, numbers, truths; NumPy's scalars and paths are turned into these."""
    return _node(data, count(1))


def _node(data: Any, lines: Iterator[int]) -> Node:
    spot = Nowhere("", next(lines), 1)
    if isinstance(data, Mapping):
        return Node({str(key): _node(value, lines) for key, value in data.items()}, spot, "", spot)
    if isinstance(data, list | tuple):
        return Node([_node(value, lines) for value in data], spot, "", spot)
    if hasattr(data, "item") and not isinstance(data, str):
        data = data.item()
    if isinstance(data, Path):
        data = str(data)
    text = "" if data is None else str(data).lower() if isinstance(data, bool) else str(data)
    return Node(data if isinstance(data, bool | int | float | str) or data is None else text, spot, text, spot)
