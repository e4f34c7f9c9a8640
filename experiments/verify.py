"""Redo a forecast from its folder alone, and say what differs.

On the same versions and platform every value must be the same, bit for bit. Elsewhere numbers may differ by
the last digits of an exponential: `TOLERANCE`, relative to the larger of the two. A difference that flips a
decision inside a run is beyond any tolerance and is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..model.posterior_choice import PRIOR
from ..model.text import Problem, Refusal, Text
from . import baseline, beliefs, manifest, source
from .ensemble import Progress
from .folder import MANIFEST
from .forecast import compute, with_settings
from .store import open_results
from .table_differences import KINDS, Difference, compare_table

TOLERANCE = 1e-5
_NEEDED = ("scenario", "scenario_sha256", "seed", "draws", "replicates", "made_with", "tables", "grid")
_OTHER_VERSIONS = Text(
    f"版本或平台与当时不同，数值按相对容差 {TOLERANCE:.0e} 比较：",
    f"Other versions or another platform than then; numbers are compared within {TOLERANCE:.0e} (relative):",
)
_DIFFER = Text("与重新计算的结果不一致。", "The results differ from those computed anew.")


class Verdict(NamedTuple):
    """Every difference, versions first, then tables, then columns; and how many tables were compared."""

    differences: list[Difference]
    tables: int

    @property
    def agrees(self) -> bool:
        """Whether every table agrees; versions may differ."""
        return all(difference.kind == "version" for difference in self.differences)

    def lines(self, lang: str) -> list[str]:
        """What to tell people, one line each."""
        told = [difference.text.of(lang) for difference in self.differences]
        if self.differences and self.differences[0].kind == "version":
            told.insert(0, _OTHER_VERSIONS.of(lang))
        agree = Text(f"{self.tables} 张表全部一致。", f"All {self.tables} tables agree.")
        return [*told, (agree if self.agrees else _DIFFER).of(lang)]


def verify(folder: Path | str, workers: int | None = None, progress: Progress | None = None) -> Verdict:
    """Recompute the forecast in `folder` and compare every table by value.

    Raises Refusal if the folder is none of ours, or this version refuses its scenario.
    """
    results = open_results(folder)
    told = results.manifest
    if any(key not in told for key in _NEEDED):
        incomplete = Text(f"{MANIFEST} 不完整，无法核对", f"{MANIFEST} is incomplete: cannot verify")
        raise Refusal([Problem(incomplete)])
    found = list(_versions(told))
    tolerance = TOLERANCE if found else 0.0
    hash_now = source.scenario_hash(told["scenario"])
    if hash_now != told["scenario_sha256"]:
        changed = Text("manifest.json 里的情景被改动过", "the scenario in manifest.json has been changed")
        found.append(Difference("table", MANIFEST, changed))
    without = told["scenario"].get(source.BASELINE)
    if without is not None and source.scenario_hash(without) != (told.get(source.BASELINE) or {}).get("sha256"):
        changed = Text("manifest.json 里的基线情景被改动过", "the baseline in manifest.json has been changed")
        found.append(Difference("table", MANIFEST, changed))
    posterior = beliefs.kept(results.folder, told)
    if beliefs.changed(posterior, told):
        changed = Text(f"{beliefs.COPY} 被改动过", f"{beliefs.COPY} has been changed")
        found.append(Difference("table", beliefs.COPY, changed))
    inputs = source.inputs_from(told["scenario"], posterior or PRIOR)
    inputs = with_settings(inputs, told["draws"], told["replicates"], told["seed"])
    beside = baseline.inputs_recorded(told["scenario"], inputs)
    with_network = told.get("network") is not None
    redone = compute(inputs, hash_now, workers, progress, told["grid"] is not None, None, beside, with_network)
    for name in dict.fromkeys([*redone.tables, *told["tables"]]):
        written = told["tables"].get(name, {}).get("sha256")
        found += compare_table(results.folder, name, written, redone.tables.get(name), tolerance)
    found.sort(key=lambda difference: KINDS.index(difference.kind))
    return Verdict(found, len(redone.tables))


def _versions(told: dict[str, Any]) -> Iterator[Difference]:
    for name, old, new in manifest.changed(told["made_with"], manifest.fingerprint()):
        told_of = Text(f"{name}：当时 {old}，现在 {new}", f"{name}: then {old}, now {new}")
        yield Difference("version", name, told_of)
    if source.place_file_changed(told["scenario"]):  # a baseline is of the same place
        name = told["scenario"]["place_file"]["name"]
        changed = Text(f"地方数据 {name} 已更新", f"the data of the place, {name}, have changed")
        yield Difference("version", name, changed)

