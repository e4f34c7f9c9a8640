"""The tables of an experiment as they lie in its folder, whatever has become of the code since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...experiments.folder import MANIFEST
from ...model.text import Text

if TYPE_CHECKING:
    import pandas as pd

LOG = "log.txt"  # of an experiment: its first line says when the runs began
WORDS = ("note", "word", "other", "covers", "path")  # columns that are never numbers
VALUES = ("base_value", "other_value")  # what scenarios say in the table of changes, figures in all others


@dataclass(frozen=True)
class ExperimentSource:
    """An experiment (compare, sweep or sensitivity) as its folder has it, whatever has become of the code since."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))

    @property
    def kind(self) -> str:
        return str(self.manifest["purpose"])

    @property
    def name(self) -> Text:
        return name_of(self.manifest)

    @property
    def run_id(self) -> str:
        return str(self.manifest["experiment_sha256"])[:8]

    @property
    def started(self) -> datetime:
        """When the runs began (UTC): the log's first line, else the manifest's file."""
        try:
            return moment((self.folder / LOG).read_text(encoding="utf-8").split()[0])
        except (OSError, ValueError, IndexError):
            return datetime.fromtimestamp((self.folder / MANIFEST).stat().st_mtime, UTC).replace(tzinfo=None)

    @property
    def size(self) -> tuple[int, int, int, int]:
        """Parameter draws, replicates, runs that succeeded, runs that failed."""
        _, draws, replicates = self.manifest["waves"][-1]
        failed = sum(
            max(0, len(path.read_text(encoding="utf-8").splitlines()) - 1)
            for path in (self.folder / "failures").glob("*.csv")
        )
        return int(draws), int(replicates), self._planned - failed, failed

    @property
    def drawn(self) -> bool:
        """Whether parameters are drawn; else those that are no factor stay at their medians."""
        return self.manifest["experiment"].get("draws") != "central"

    @property
    def points(self) -> int:
        """How many points the design has."""
        import pyarrow.parquet as parquet

        return parquet.read_metadata(self.folder / "points.parquet").num_rows

    @property
    def _planned(self) -> int:
        import pyarrow.parquet as parquet

        return parquet.read_metadata(self.folder / "runs.parquet").num_rows

    def scenario(self, key: str, lang: str) -> str:
        """A scenario's name for people."""
        for told in self.manifest["scenarios"]:
            if Path(told["file"]).stem == key:
                return name_of(told["data"]).of(lang)
        return key

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables; without rows where the folder has none."""
        import pandas as pd

        path = self.folder / f"{name}.csv"
        if not path.is_file():
            return pd.DataFrame()
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        words = WORDS + VALUES if name == "changes" else WORDS
        for column in table.columns:
            if column not in words and not str(column).endswith(("_zh", "_en")):
                table[column] = _figures(table[column])
        return table


def _figures(column: pd.Series) -> pd.Series:
    """Numbers, nan where nothing is written; words stay words."""
    import pandas as pd

    try:
        return pd.to_numeric(column.where(column != ""))
    except ValueError:
        return column


def name_of(told: dict[str, Any]) -> Text:
    return Text(str(told["name"]["zh"]), str(told["name"]["en"]))


def moment(written: str) -> datetime:
    """A moment of an ISO date, without its zone: what a document's properties take."""
    return datetime.fromisoformat(written).astimezone(UTC).replace(tzinfo=None)
