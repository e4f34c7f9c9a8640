"""What the history of a fit belongs to: a history is never gone on with under other conditions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import Any

from ...experiments import manifest, versions
from ...model.priors import Prior
from ...model.text import Text
from ..observations import Observation
from .refusals import differs

FORMAT = 1
_NAMES = {
    "format": Text("拟合格式", "format of the fit"),
    "names": Text("拟合的参数", "fitted parameters"),
    "priors": Text("先验", "priors"),
    "data_sha256": Text("观测数据", "observations"),
    "settings": Text("拟合设置", "settings of the fit"),
    "subject": Text("推演的内容", "what is simulated"),
}


def marker_of(
    names: Sequence[str],
    priors: Mapping[str, Prior],
    observations: Sequence[Observation],
    settings: Mapping[str, float],
    subject: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Plain data: everything that decides what a fit finds. No clock in it and no path."""
    told = {
        "made_by": manifest.MAKER,
        "kind": "fit",
        "format": FORMAT,
        "made_with": made_with(),
        "names": list(names),
        "priors": {name: list(priors[name]) for name in names},
        "data_sha256": data_digest(observations),
        "settings": dict(settings),
        "subject": dict(subject or {}),
    }
    return json.loads(json.dumps(told))


def made_with() -> dict[str, Any]:
    """The fingerprint of results, with the library of the fit."""
    found = manifest.fingerprint()
    return {**found, "packages": {**found["packages"], "pyabc": metadata.version("pyabc")}}


def data_digest(observations: Sequence[Observation]) -> str:
    """SHA-256 of what a fit takes from observations: their words, dates and sources may be corrected without harm."""
    data = [
        (seen.id, seen.indicator, seen.measure, seen.low, seen.high, seen.tolerance, seen.scenario, seen.month)
        for seen in observations
    ]
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()


def refuse_if_different(then: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Raise OtherFit, with everything that differs, unless nothing does that decides results."""
    found = [
        Text(f"{name.zh}：当时 {_short(then.get(key))}，现在 {_short(now[key])}",
             f"{name.en}: then {_short(then.get(key))}, now {_short(now[key])}")
        for key, name in _NAMES.items() if then.get(key) != now[key]
    ]  # fmt: skip
    for one in versions.differences(now["made_with"], then.get("made_with", {})):
        zh, en = f"{one.name}：当时 {one.theirs}，现在 {one.ours}", f"{one.name}: then {one.theirs}, now {one.ours}"
        found.append(Text(zh, en))
    if found:
        raise differs(found)


def _short(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 300 else f"{written[:300]}…"
