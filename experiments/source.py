"""What a manifest keeps of a scenario, so that a forecast can be redone without the planner's files."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from ..model.inputs import Inputs
from ..model.posterior_choice import Choice
from ..scenarios.compiling import inputs_of
from ..scenarios.layers import SHIPPED, Resolved, inside
from ..scenarios.reading import read_text, refuse

BASELINE = "baseline"


def record(resolved: Resolved, baseline: Resolved | None = None) -> dict[str, Any]:
    """The scenario as plain data, its layers merged, and the file that describes its place.

    A file of the planner's own is kept with its content; of a shipped one its digest is enough. The key that names a
    baseline changes nothing in the scenario's own runs and is left out; what a forecast needs is the `baseline` itself,
    kept in the same way.
    """
    data = {key: value for key, value in resolved.data.items() if key != BASELINE}
    kept = {"file": resolved.path.name, "data": data, "place_file": _place_file(resolved)}
    return kept if baseline is None else kept | {BASELINE: record(baseline)}


def scenario_hash(scenario: dict[str, Any]) -> str:
    """SHA-256 of what the scenario says, file names and its baseline left aside."""
    content = {"data": scenario["data"], "place": (scenario["place_file"] or {}).get("sha256")}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def inputs_from(scenario: dict[str, Any], parameters: Choice) -> Inputs:
    """The model's inputs from what `record` kept. Raises Refusal if this version refuses the scenario."""
    with tempfile.TemporaryDirectory(prefix="miaopu-") as folder:
        return inputs_of(resolved_from(scenario, Path(folder)), parameters=parameters)


def resolved_from(scenario: dict[str, Any], folder: Path) -> Resolved:
    """The scenario as `record` kept it; a planner's own roster is laid into `folder`. Raises Refusal."""
    place_file = scenario["place_file"] or {}
    if "content" in place_file:
        path = Path(folder, place_file["name"]).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise refuse(None, "manifest.json 里的文件名不对", "a file name in manifest.json is not valid")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(place_file["content"], encoding="utf-8")
    root = read_text(json.dumps(scenario["data"], ensure_ascii=False), "manifest.json")
    return Resolved(Path(folder, scenario["file"]), root)


def place_file_changed(scenario: dict[str, Any]) -> bool:
    """Whether the shipped file that describes the place is no longer the one of the forecast."""
    place_file = scenario["place_file"]
    if place_file is None or "content" in place_file:
        return False
    found = inside(place_file["name"], SHIPPED)
    return found is None or _digest(found.read_bytes()) != place_file["sha256"]


def _place_file(resolved: Resolved) -> dict[str, str] | None:
    """The region or roster, looked for where the layer that names it lies, then beside the scenario."""
    node = resolved.root.value.get("place")
    if node is not None and isinstance(node.value, dict):
        node = node.value.get("roster")
    if node is None:
        return None
    name = node.text
    written = Path(node.spot.file)
    folders = [written.parent] if written.is_file() else []
    found = (inside(name, folder) for folder in [*folders, resolved.path.parent])
    path = next((path for path in found if path is not None), None)
    if path is None:
        return None
    kept = {"name": name, "sha256": _digest(path.read_bytes())}
    if not path.is_relative_to(SHIPPED.resolve()):
        kept["content"] = _text(path.read_bytes())
    return kept


def _text(content: bytes) -> str:
    """Rosters may come from Excel in GB18030."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
