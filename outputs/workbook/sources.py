"""The folders that a workbook is made from: forecasts, and the tables of experiments as they lie there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...experiments.beliefs import COPY, sentence
from ...experiments.folder import MANIFEST, made_by_us
from ...experiments.store import Results, open_results
from ...model.text import Problem, Refusal, Text
from .experiment import ExperimentSource, moment, name_of

if TYPE_CHECKING:
    from ..calibration_tables import Calibration

UNDATED = datetime(1980, 1, 1)  # the first day that a ZIP file knows
CALIBRATION_TABLES = ("fit.json", "assumptions.csv", "ranking.csv", "hindcast.csv", "patterns.csv", "rivals.csv")


@dataclass(frozen=True)
class ForecastSource:
    """A forecast."""

    results: Results

    @property
    def manifest(self) -> dict[str, Any]:
        return self.results.manifest

    @property
    def kind(self) -> str:
        return "forecast"

    @property
    def name(self) -> Text:
        return name_of(self.manifest)

    @property
    def run_id(self) -> str:
        """The first digits of the scenario's hash, as charts have it."""
        return str(self.manifest["scenario_sha256"])[:8]

    @property
    def started(self) -> datetime:
        """When the runs began (UTC)."""
        return moment(str(self.manifest["started"]))

    @property
    def size(self) -> tuple[int, int, int, int]:
        """Parameter draws, replicates, runs that succeeded, runs that failed."""
        told = self.manifest
        return int(told["draws"]), int(told["replicates"]), int(told["runs"]), int(told["failed"])


@dataclass(frozen=True)
class CalibrationSource:
    """A calibration: told of, but without sheets of its own; its tables are CSV already."""

    folder: Path

    @cached_property
    def _known(self) -> Calibration:
        from ..calibration_tables import POSTERIOR, read_calibration

        own = self.folder / COPY
        return read_calibration(self.folder, own if own.is_file() else POSTERIOR)

    @property
    def manifest(self) -> dict[str, Any]:
        """With which version it was made."""
        made = self._known.told.get("made_with", {})
        return {"made_with": {"miaopu": str(made.get("miaopu", ""))}}

    @property
    def kind(self) -> str:
        return "calibration"

    @property
    def name(self) -> Text:
        return Text("模型校准", "Calibration of the model")

    @property
    def run_id(self) -> str:
        """As its charts have it."""
        return self._known.digest

    @property
    def started(self) -> datetime:
        """Its tables have no date."""
        return UNDATED

    @property
    def size(self) -> tuple[int, int]:
        """Parameters that were fitted, sets of the posterior."""
        told = self._known.told
        return len(told.get("names", ())), len(told.get("weights", ()))


Source = ForecastSource | ExperimentSource | CalibrationSource


def open_source(given: Path | str | Results | Source) -> Source:
    """The folder of a forecast or of an experiment, or one that is open already. Raises Refusal for any other."""
    if isinstance(given, Source):
        return given
    if isinstance(given, Results):
        return ForecastSource(given)
    folder = Path(given)
    if not (folder / MANIFEST).is_file() and any((folder / name).is_file() for name in CALIBRATION_TABLES):
        return CalibrationSource(folder)
    if not made_by_us(folder):
        return ForecastSource(open_results(folder))  # which says what is wrong
    kind = json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("kind")
    if kind == "forecast":
        return ForecastSource(open_results(folder))
    if kind == "experiment":
        return ExperimentSource(folder)
    raise Refusal([Problem(Text(f"{folder} 里没有可以制表的结果", f"{folder} has no results to make tables of"))])


def parameters_of(source: Source) -> Text:
    """Where the parameters come from, in one sentence."""
    if isinstance(source, CalibrationSource):
        names, sets = source.size
        return Text(f"拟合{names}个参数，后验{sets}组。", f"{names} parameters were fitted; {sets} posterior sets.")
    return sentence(source.manifest)


def labelled(row: Any, key: str, lang: str) -> str:
    """The words of a row in `lang`."""
    return str(row[f"{key}_{lang}"])


def several(given: Iterable[Path | str | Results | Source] | Path | str | Results | Source) -> list[Source]:
    """One source or several."""
    if isinstance(given, Path | str | Results | Source):
        return [open_source(given)]
    return [open_source(one) for one in given]
