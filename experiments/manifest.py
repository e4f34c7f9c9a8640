"""manifest.json: what a results folder was made from, with what, and the digests of its tables."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from .. import __version__
from ..model.inputs import Inputs
from .columns import Columns, digest, rows_of
from .folder import MAKER
from .intervals import FEW_DRAWS, RESAMPLES

FORMAT = 1
PACKAGES = ("numpy", "numba", "llvmlite", "scipy", "pandas", "pyarrow", "joblib", "pyyaml", "mesa", "SALib")
INTERVALS = {
    "zh": "推演分两层：抽取参数（参数不确定性）与重复推演（随机性）。"
    "targets.csv 每行的 covers 列说明概率区间涵盖哪一层；"
    f"区间以参数抽样为单位，至少 {FEW_DRAWS} 组时用整群自助法（重抽 {RESAMPLES} 次），否则用 Wilson 区间。"
    "_error 列是分位数的蒙特卡洛标准误。",
    "en": "Two layers: parameters are drawn (ignorance) and runs repeated (chance). The column covers of "
    "targets.csv says which layers the interval of a probability covers; its unit is the parameter draw: a "
    f"cluster bootstrap ({RESAMPLES} resamples) with {FEW_DRAWS} draws or more, Wilson's below. The "
    "_error columns are Monte Carlo standard errors of the quantiles.",
}


def versions() -> dict[str, str]:
    """The packages that a result may depend on, those that are installed."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, str]:
    """The platform without the machine's name; the processor may decide the last digits of a result."""
    from llvmlite import binding

    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "processor": binding.get_host_cpu_name(),
    }


def fingerprint() -> dict[str, Any]:
    """Everything outside the scenario that results may depend on."""
    from ..model.compiled import source_hash

    return {
        "miaopu": __version__,
        "model_sources": source_hash(),
        "python": platform.python_version(),
        "packages": versions(),
        "platform": machine(),
    }


def changed(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Name, old and new value of everything in which two fingerprints differ."""
    old, new = _flat(then), _flat(now)
    names = dict.fromkeys([*old, *new])
    both = ((name, old.get(name, "—"), new.get(name, "—")) for name in names)
    return [(name, before, after) for name, before, after in both if before != after]


def _flat(tree: Mapping[str, Any], path: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        flat |= _flat(value, f"{path}{key}.") if isinstance(value, dict) else {f"{path}{key}": str(value)}
    return flat


def summary(tables: Mapping[str, Columns]) -> dict[str, Any]:
    """Rows and digest of the values of every table, by file name."""
    return {name: {"rows": rows_of(columns), "sha256": digest(columns)} for name, columns in tables.items()}


def settings(inputs: Inputs) -> dict[str, Any]:
    """The forecast's own settings, which may differ from the scenario's."""
    return {"seed": inputs.seed, "draws": inputs.draws, "replicates": inputs.replicates}


def command_line(arguments: Sequence[str] | None = None) -> list[str]:
    """The command as typed, without absolute paths; empty where no command was typed."""
    typed = list(sys.argv if arguments is None else ["miaopu", *arguments])
    if not typed or Path(typed[0]).stem not in ("miaopu", "__main__"):
        return []
    return ["miaopu", *(_without_folders(word) for word in typed[1:])]


def _without_folders(word: str) -> str:
    option, sign, value = word.partition("=") if word.startswith("--") else ("", "", word)
    return option + sign + (Path(value).name if Path(value).is_absolute() else value)


def heading(inputs: Inputs) -> dict[str, Any]:
    """Who made this, and of what."""
    return {
        "made_by": MAKER,
        "kind": "forecast",
        "format": FORMAT,
        "name": {"zh": inputs.name.zh, "en": inputs.name.en},
        "intervals": INTERVALS,
    }
