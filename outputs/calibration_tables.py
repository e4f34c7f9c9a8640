"""What a calibration left behind, as tables: the CSV files of docs/data/calibration and the posterior's own file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ..model.text import Text

ROOT = Path(__file__).parent.parent
DATA = ROOT / "docs" / "data" / "calibration"
POSTERIOR = ROOT / "calibration" / "posterior.json"
NAMES = (
    "generations", "screening", "agreement", "predictive", "contraction", "pairs", "moved", "recovery", "sbc",
    "sbc_summary", "hindcast", "rivals", "ranking", "survival", "patterns", "rival_patterns", "forecasts",
)  # fmt: skip
BESIDE = ("coverage", "sbc_curve", "swaps")  # tables that belong to the data and that no page shows


@dataclass(frozen=True)
class Calibration:
    """Tables by name, those that exist and hold rows; and what the posterior's file tells, if there is one."""

    tables: dict[str, pd.DataFrame]
    told: dict[str, Any]
    digest: str  # the first digits of a hash of everything read

    def get(self, name: str) -> pd.DataFrame | None:
        """A table, or nothing where it has not been made."""
        return self.tables.get(name)

    @property
    def sets(self) -> pd.DataFrame | None:
        """The posterior's parameter sets, a column for each name and `weight`."""
        if "sets" not in self.told:
            return None
        return pd.DataFrame(self.told["sets"], columns=self.told["names"]).assign(weight=self.told["weights"])

    def origin(self, lang: str) -> list[str]:
        """Footer of charts: how large the fit was, and which data are drawn."""
        fit, version = self.told.get("fit", {}), self.told.get("made_with", {}).get("miaopu", "")
        zh, en = [f"校准数据 {self.digest}"], [f"calibration data {self.digest}"]
        if "simulations" in fit:
            zh.append(f"拟合推演{int(fit['simulations']):,}次")
            en.append(f"fit of {int(fit['simulations']):,} simulations")
        if "weights" in self.told:
            zh.append(f"后验参数{len(self.told['weights']):,}组")
            en.append(f"{len(self.told['weights']):,} posterior parameter sets")
        if version:
            zh.append(f"苗圃{version}")
            en.append(f"Miaopu {version}")
        return [Text("；".join(zh), "; ".join(en)).of(lang)]

    def marks(self, title: str) -> dict[str, str]:
        """What pictures say of themselves inside their files."""
        made = self.told.get("made_with", {})
        return {"title": title, "run": self.digest, "version": str(made.get("miaopu", "")), "date": "calibration"}


def read_calibration(folder: Path = DATA, posterior: Path = POSTERIOR) -> Calibration:
    """Everything that is there; a table without rows counts as not made."""
    mixed, tables = hashlib.sha256(), {}
    for name in NAMES:
        path = folder / f"{name}.csv"
        if path.is_file():
            mixed.update(path.read_bytes())
            table = pd.read_csv(path, encoding="utf-8-sig")
            if "counts" in table:  # of targets that are counted one way only, empty
                table["counts"] = table["counts"].fillna("")
            if len(table):
                tables[name] = table
    told: dict[str, Any] = {}
    if posterior.is_file():
        mixed.update(posterior.read_bytes())
        told = json.loads(posterior.read_text(encoding="utf-8"))
    return Calibration(tables, told, mixed.hexdigest()[:8])
