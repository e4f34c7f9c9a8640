"""Results folders opened for a brief: which kind each is, and of which plan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ....experiments.folder import MAKER, MANIFEST
from ....model.text import Problem, Refusal, Text
from .plan import Opened, about_of

FORECAST_TABLES = ("targets.csv", "runs.parquet", "months.parquet", "ledger.parquet")
CALIBRATION_TABLES = ("assumptions.csv", "ranking.csv", "hindcast.csv", "patterns.csv", "rivals.csv")
KINDS = Text(
    "简报可收录 forecast、compare、sensitivity 和 calibrate 的结果",
    "a brief is made from results of forecast, compare, sensitivity and calibrate",
)


def open_all(folders: Sequence[Path]) -> list[Opened]:
    """Every folder. Raises Refusal with what is wrong with any of them."""
    found: list[Opened] = []
    problems: list[Problem] = []
    if not folders:
        problems.append(Problem(Text(f"没有结果文件夹；{KINDS.zh}", f"no results folder is given; {KINDS.en}")))
    for place, folder in enumerate(folders):
        if any(_same_folder(folder, other) for other in folders[:place]):
            problems.append(Problem(Text(f"{folder} 写了两次", f"{folder} is given twice")))
            continue
        try:
            found.append(_opened(folder))
        except Refusal as refusal:
            problems += refusal.problems
    if problems:
        raise Refusal(problems)
    return found


def _same_folder(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _opened(folder: Path) -> Opened:
    if not folder.is_dir():
        raise _refusal(f"没有文件夹 {folder}", f"there is no folder {folder}")
    told = _manifest(folder)
    if told is None:
        if any((folder / name).is_file() for name in CALIBRATION_TABLES):
            return _calibration(folder)
        raise _refusal(
            f"{folder} 不是本程序的结果文件夹；{KINDS.zh}", f"{folder} holds no results of this program; {KINDS.en}"
        )
    kind = told.get("kind")
    if kind == "forecast":
        return _forecast(folder, told)
    if kind == "experiment" and told.get("purpose") in ("compare", "sensitivity"):
        return _study(folder)
    what = str(told.get("purpose") or kind)
    raise _refusal(f"{folder} 是 {what} 的结果；{KINDS.zh}", f"{folder} holds results of {what}; {KINDS.en}")


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and told.get("made_by") == MAKER else None


def _forecast(folder: Path, told: dict[str, Any]) -> Opened:
    from ....experiments.store import open_results

    missing = [name for name in FORECAST_TABLES if not (folder / name).is_file()]
    if missing or "scenario" not in told:
        named = ", ".join(missing) or MANIFEST
        raise _refusal(
            f"{folder} 不完整（{named}）；请重新推演",
            f"{folder} is incomplete ({named}); run the forecast again",
        )
    return Opened(folder, "forecast", (about_of(told["scenario"]),), results=open_results(folder))


def _study(folder: Path) -> Opened:
    from .study import finished_study

    study = finished_study(folder)
    scenarios = tuple(about_of(scenario) for scenario in study.campaign.manifest["scenarios"])
    return Opened(folder, study.purpose, scenarios, study=study)


def _calibration(folder: Path) -> Opened:
    from ...calibration_tables import POSTERIOR, read_calibration

    own = folder / "posterior.json"
    return Opened(folder, "calibration", (), calibration=read_calibration(folder, own if own.is_file() else POSTERIOR))


def _refusal(zh: str, en: str) -> Refusal:
    return Refusal([Problem(Text(zh, en))])
