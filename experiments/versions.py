"""What two fingerprints differ in: what makes another result, and what may change its last digits only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..model.text import Problem, Refusal, Text

_NAMES = {
    "miaopu": Text("苗圃版本", "miaopu"),
    "model_sources": Text("模型源码", "model sources"),
    "python": Text("Python", "Python"),
    "platform.system": Text("操作系统", "system"),
    "platform.machine": Text("机器架构", "machine"),
    "platform.processor": Text("处理器", "processor"),
}
_NOTHING = Text("没有", "none")


class OtherVersions(Refusal):
    """Work begun with some versions would go on with others."""

    exit_code = 5


class Difference(NamedTuple):
    """One thing that is not the same; None where a side lacks it."""

    name: str
    ours: str | None
    theirs: str | None

    @property
    def text(self) -> Text:
        """What it is, and what it is on either side."""
        name = _NAMES.get(self.name, Text(self.name, self.name))
        ours, theirs = (_NOTHING if value is None else Text(value, value) for value in self[1:])
        return Text(
            f"{name.zh}：本机为 {ours.zh}，对方为 {theirs.zh}", f"{name.en}: {ours.en} here, {theirs.en} there"
        )


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """What forbids mixing results: miaopu, the model's sources, packages, and Python's minor version.

    Both are fingerprints of `manifest.fingerprint`.
    """
    return _unlike(_decisive(ours), _decisive(theirs))


def other_machines(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """What is allowed but should be known: another processor may change the last digits."""
    return _unlike(_platform(ours), _platform(theirs))


def joined(found: Iterable[Difference]) -> Text:
    """All differences in one line."""
    texts = [difference.text for difference in found]
    return Text("；".join(text.zh for text in texts), "; ".join(text.en for text in texts))


def refusal(found: Mapping[str, Text]) -> OtherVersions:
    """A refusal that names each worker and what is wrong with it."""
    return OtherVersions(
        Problem(Text(
            f"工作进程 {worker} 与本机不一致，不能参加推演：{what.zh}",
            f"worker {worker} is not like this machine and may not compute: {what.en}",
        ))
        for worker, what in sorted(found.items())
    )  # fmt: skip


def _decisive(fingerprint: Mapping[str, Any]) -> dict[str, str]:
    found = {name: str(fingerprint[name]) for name in ("miaopu", "model_sources") if name in fingerprint}
    minor = ".".join(str(fingerprint.get("python", "")).split(".")[:2])
    return {**found, "python": minor, **fingerprint.get("packages", {})}


def _platform(fingerprint: Mapping[str, Any]) -> dict[str, str]:
    return {f"platform.{name}": value for name, value in fingerprint.get("platform", {}).items()}


def _unlike(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[Difference]:
    names = [*ours, *(name for name in theirs if name not in ours)]
    return [
        Difference(name, ours.get(name), theirs.get(name)) for name in names if ours.get(name) != theirs.get(name)
    ]
