"""The results folder: written whole, read lazily. Whatever comes after a forecast reads only this."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.text import Problem, Refusal, Text
from . import grid, targets
from .columns import Columns, empty, read_csv, read_parquet, write_csv, write_parquet
from .folder import MANIFEST, made_by_us
from .network_kinds import LINK_KINDS, NODE_KINDS

if TYPE_CHECKING:
    import pandas as pd

CSV_KINDS: dict[str, Mapping[str, str]] = {
    "places.csv": {"level": "text", "index": "int", "name_zh": "text", "name_en": "text", "parent": "int"},
    "failures.csv": {"run": "int", "draw": "int", "replicate": "int", "seed": "int", "error": "text"},
    "targets.csv": targets.KINDS,
    "grid.csv": grid.KINDS,
    "baseline_targets.csv": targets.KINDS,
    "network_nodes.csv": NODE_KINDS,
    "network_links.csv": LINK_KINDS,
}
_RUN = {"run": "int", "month": "int", "year": "int", "month_of_year": "int"}
_LEDGER = {"run": "int", "year": "int", "payer": "text", "instrument": "text", "yuan": "float"}
_OUTCOMES = {"run": "int", "target": "text", "counts": "text", "measured": "float", "reached": "bool"}


def write_tables(folder: Path, tables: Mapping[str, Columns]) -> None:
    """Each table in the file of its name."""
    for name, columns in tables.items():
        (write_csv if name.endswith(".csv") else write_parquet)(folder / name, columns)


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Last of all: a folder with a manifest is complete."""
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_table(folder: Path, name: str) -> Columns:
    """One table as columns, typed as they were written."""
    path = folder / name
    return read_csv(path, CSV_KINDS[name]) if name in CSV_KINDS else read_parquet(path)


def open_results(folder: Path | str) -> Results:
    """A results folder. Raises Refusal where there is none."""
    folder = Path(folder)
    if not made_by_us(folder):
        raise Refusal([Problem(Text(
            f"{folder} 不是推演结果文件夹（没有本程序写的 {MANIFEST}）",
            f"{folder} is not a results folder (no {MANIFEST} of this program)",
        ))])  # fmt: skip
    return Results(folder)


class Results:
    """A forecast on disk. Tables are read when first asked for, as pandas frames."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the forecast was made from; see docs."""
        return json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))

    @cached_property
    def runs(self) -> pd.DataFrame:
        """run, scenario_hash, draw, replicate, seed, version, p_<parameter>…"""
        return self._frame("runs.parquet")

    @cached_property
    def months(self) -> pd.DataFrame:
        """run, month, year, month_of_year, one column per indicator."""
        return self._frame("months.parquet")

    @cached_property
    def districts(self) -> pd.DataFrame:
        """run, month, year, month_of_year, district, indicators; Decembers and the last month."""
        return self._frame("districts.parquet")

    @cached_property
    def streets(self) -> pd.DataFrame:
        """run, street, first_nominal, first_effective (month index, -1 never)."""
        return self._frame("streets.parquet")

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """run, year, payer, instrument, yuan."""
        return self._frame("ledger.parquet")

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """run, target, counts, measured, reached."""
        return self._frame("outcomes.parquet")

    @cached_property
    def targets(self) -> pd.DataFrame:
        """targets.csv: one row per target and way of counting."""
        return self._frame("targets.csv")

    @cached_property
    def places(self) -> pd.DataFrame:
        """level, index, name_zh, name_en, parent."""
        return self._frame("places.csv")

    @cached_property
    def failures(self) -> pd.DataFrame:
        """Runs that failed, with their errors."""
        return self._frame("failures.csv")

    @cached_property
    def grid(self) -> pd.DataFrame:
        """grid.csv; without rows where the scenario has no hub target or no grid was asked for."""
        return self._frame_or_empty("grid.csv", grid.KINDS)

    @cached_property
    def baseline_months(self) -> pd.DataFrame:
        """As `months`, of the baseline's runs, where `run` is the parameter draw; without rows where there is none."""
        from ..model.vocabulary import indicators

        return self._frame_or_empty("baseline_months.parquet", _RUN | dict.fromkeys(indicators(), "float"))

    @cached_property
    def baseline_targets(self) -> pd.DataFrame:
        """As `targets`: the plan's targets, judged on the baseline's runs; without rows where there is none."""
        return self._frame_or_empty("baseline_targets.csv", targets.KINDS)

    @cached_property
    def baseline_ledger(self) -> pd.DataFrame:
        """As `ledger`, of the baseline's runs; without rows where there is none."""
        return self._frame_or_empty("baseline_ledger.parquet", _LEDGER)

    @cached_property
    def baseline_outcomes(self) -> pd.DataFrame:
        """As `outcomes`, of the baseline's runs; without rows where there is none."""
        return self._frame_or_empty("baseline_outcomes.parquet", _OUTCOMES)

    @cached_property
    def network_nodes(self) -> pd.DataFrame:
        """Funders, hubs and organizations of one run (manifest: network); without rows in older folders."""
        return self._frame_or_empty("network_nodes.csv", NODE_KINDS)

    @cached_property
    def network_links(self) -> pd.DataFrame:
        """source, target, relation, amount: who pays, incubates, mentors or holds money for whom in that run."""
        return self._frame_or_empty("network_links.csv", LINK_KINDS)

    def _frame_or_empty(self, name: str, kinds: Mapping[str, str]) -> pd.DataFrame:
        if (self.folder / name).is_file():
            return self._frame(name)
        return _frame_of(empty(kinds))

    def _frame(self, name: str) -> pd.DataFrame:
        return _frame_of(read_table(self.folder, name))


def _frame_of(columns: Columns) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(columns)
