"""What an experiment's results follow from, and what differs when somebody goes on with it elsewhere or later."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from ...model.text import Problem, Refusal, Text
from .. import beliefs, manifest, source
from ..design.experiment import Experiment
from .plan import Extent

KIND, FORMAT = "experiment", 1
PACKAGE = Path(__file__).resolve().parents[2]
# The model has its own digest; these folders decide how it is called and what is kept of it.
DECIDES = ("experiments/*.py", "experiments/campaign/*.py", "experiments/design/*.py", "scenarios/*.py")


class NotTheSame(Refusal):
    """An experiment cannot be resumed as it stands: code, packages or inputs differ from those that began it."""

    exit_code = 5


@cache
def code_digest() -> str:
    """A digest of the sources outside the model that results pass through (16 hexadecimal digits)."""
    digest = hashlib.sha256()
    for pattern in DECIDES:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def fingerprint() -> dict[str, Any]:
    """Everything outside the experiment itself that its parts may depend on."""
    return {**manifest.fingerprint(), "code": code_digest()}


def told(
    experiment: Experiment, purpose: str, waves: tuple[Extent, ...], until_sure: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The manifest: no clock in it and no path of a machine, so that equal experiments have equal ones."""
    scenarios = [source.record(resolved) for resolved in experiment.scenarios]
    return {
        "made_by": manifest.MAKER,
        "kind": KIND,
        "format": FORMAT,
        "purpose": purpose,
        "name": {"zh": experiment.name.zh, "en": experiment.name.en},
        "experiment": experiment.record,
        "experiment_sha256": digest_of(experiment.record),
        beliefs.KEY: beliefs.record(experiment.posterior),
        "scenarios": scenarios,
        "scenario_sha256": [source.scenario_hash(scenario) for scenario in scenarios],
        "waves": [list(wave) for wave in waves],
        "until_sure": until_sure,
        "made_with": fingerprint(),
    }


def digest_of(data: Any) -> str:
    """SHA-256 of plain data."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def differences(then: dict[str, Any]) -> list[Text]:
    """What differs between a manifest and the program and files of today, told one by one."""
    found = [
        Text(f"{name}：当时 {old}，现在 {new}", f"{name}: then {old}, now {new}")
        for name, old, new in manifest.changed(then["made_with"], fingerprint())
    ]
    for scenario, digest in zip(then["scenarios"], then["scenario_sha256"], strict=True):
        if source.scenario_hash(scenario) != digest:
            name = scenario["file"]
            found.append(Text(f"清单里的情景 {name} 被改动过", f"the scenario {name} in the manifest has been changed"))
        if source.place_file_changed(scenario):
            name = scenario["place_file"]["name"]
            found.append(Text(f"地方数据 {name} 已更新", f"the data of the place, {name}, have changed"))
    if digest_of(then["experiment"]) != then["experiment_sha256"]:
        found.append(Text("清单里的实验方案被改动过", "the experiment in the manifest has been changed"))
    return found


def refuse_if_different(then: dict[str, Any]) -> None:
    """Raise NotTheSame, with everything that differs, unless nothing does."""
    found = differences(then)
    if found:
        raise NotTheSame([
            Problem(Text(
                "与开始时的条件不同，续算的结果不能与已有部分并用；确认无碍可加 --anyway：",
                "Conditions differ from those of the beginning; what would be added may not fit what is there "
                "(--anyway goes on all the same):",
            )),
            *(Problem(text) for text in found),
        ])  # fmt: skip


def same_experiment(then: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether two manifests are of the same experiment; versions and extensions aside."""
    keys = ("purpose", "experiment_sha256", "scenario_sha256", "until_sure")
    return all(then.get(key) == now.get(key) for key in keys) and beliefs.same(then, now)
