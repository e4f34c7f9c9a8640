"""What a manifest keeps of an experiment file: all that it says, so that it can be taken up without the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...scenarios.nodes import Node, plain
from .points_file import as_written


def record_of(root: Node, base: Path) -> dict[str, Any]:
    """The file as plain data. The points of a CSV stand in it as `rows`; of an absolute path only the name is kept."""
    record = plain(root)
    if _absolute(record.get("parameters")):
        record["parameters"] = Path(record["parameters"]).name
    scenarios, design = record.get("scenarios"), record.get("design")
    if isinstance(scenarios, list):
        record["scenarios"] = [Path(name).name if _absolute(name) else name for name in scenarios]
    if isinstance(design, dict) and isinstance(design.get("file"), str):
        rows = as_written(base / design.pop("file"))
        design["rows"] = rows
    return record


def _absolute(name: Any) -> bool:
    return isinstance(name, str) and Path(name).is_absolute()
