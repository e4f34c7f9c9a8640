"""The assumptions log in words: values, ranges, targets and kinds of figures, for tables and charts."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from ..model.text import Text
from ..scenarios.units import UNITS, number, shown
from .outcome_words import unit_name
from .tables import reading_label
from .words import chance

KINDS = {
    "parameter": Text("参数：社会如何运行", "Parameters: how the world works"),
    "lever": Text("政策力度：文件没有写明的", "Sizes of levers that the plan leaves open"),
    "budget": Text("预算", "Budgets"),
    "shock": Text("外部冲击", "Shocks"),
    "region": Text("地区数据", "Figures of the region"),
    "price": Text("单价", "Prices"),
    "definition": Text(
        "口径和定义（是约定，不是可查的数，不参与变动）", "Definitions (agreed on, not found out; not varied)"
    ),
    "constant": Text("程序中的常数（未变动）", "Constants of the code (not varied)"),
}
SEVERAL = Text("各处不一", "various")

Row = dict[str, str]


class Log(NamedTuple):
    """The two tables of the assumptions log of one plan."""

    rows: list[Row]  # assumptions.csv
    targets: list[Row]  # assumption-targets.csv


def read_log(folder: Path, plan: str) -> Log:
    """What the tables in `folder` say of a plan; empty where they say nothing."""
    found = []
    for name in ("assumptions.csv", "assumption-targets.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            found.append([row for row in csv.DictReader(file) if row["plan"] == plan])
    return Log(*found)


def label(row: Row, lang: str) -> str:
    """What a figure or target is called."""
    return row[f"label_{lang}"]


def value(row: Row, lang: str) -> str:
    """The value that a forecast takes; several where several figures go together."""
    parts = row["value"].split("/") if row["value"] else []
    if not parts:
        return "—"
    if row["kind"] == "constant":
        return row["value"]
    if row["kind"] == "definition" and row["figure"].startswith("readings."):
        return reading_label(row["value"]).of(lang)
    if "…" in parts or len(parts) > 3:
        return SEVERAL.of(lang)
    return Text("、", ", ").of(lang).join(_shown(float(part), row, lang) for part in parts)


def reach(row: Row, lang: str) -> str:
    """From where to where the figure was varied; "—" if it was not."""
    if not row["low"]:
        return "—"
    ends = [end if end.startswith("×") else _shown(float(end), row, lang) for end in (row["low"], row["high"])]
    joined = Text("～", " to ").of(lang).join(ends)
    return joined.replace("-", "−") if not row["unit"] else joined


def _shown(number_: float, row: Row, lang: str) -> str:
    """A number with its unit, to three digits."""
    unit, rounded = row["unit"], float(f"{number_:.3g}") if abs(number_) < 100 else round(number_)
    if unit in UNITS:
        return shown(rounded, unit).of(lang)
    name = unit_name(unit, lang) if unit in ("years",) else ""
    return number(rounded) + (f" {name}" if name else "")


def chances(row: Row, lang: str) -> tuple[str, str]:
    """The target's chance at a low and at a high figure."""
    return chance(float(row["at_low"]), lang), chance(float(row["at_high"]), lang)


def points(row: Row, lang: str) -> str:
    """The difference in percentage points with its 95 % interval."""
    middle, low, high = (_signed(float(row[f"difference{end}"])) for end in ("", "_low", "_high"))
    return Text(f"{middle}（{low}～{high}）", f"{middle} ({low} to {high})").of(lang)


def _signed(share: float) -> str:
    said = f"{100 * share:+.0f}"
    return "0" if said in ("+0", "-0") else said.replace("-", "−")


def strongest(log: Log) -> list[Row]:
    """Of each varied figure the row of the target that it moves most, the greatest first; what is clear comes first."""
    best: dict[str, Row] = {}
    for row in (row for row in log.rows if row["outcome"]):
        if row["figure"] not in best or weight(row) < weight(best[row["figure"]]):
            best[row["figure"]] = row
    return sorted(best.values(), key=weight)


def weight(row: Row) -> tuple[bool, float, float]:
    """By which rows are ranked: beyond chance or not, then the difference, then the share."""
    return row["clear"] != "True", -abs(float(row["difference"])), -float(row["share"])


def runs(log: Log, lang: str) -> str:
    """How the figures came about, for notes below tables and charts."""
    one = log.targets[0]
    drawn = Text("先验", "priors") if one["parameters"] == "prior" else Text("后验", "posterior")
    count, listed, failed = int(one["points"]), int(one["factors"]), int(one["failed"])
    lost = Text(f"（另有{failed}个失败）", f" ({failed} more failed)").of(lang) if failed else ""
    return Text(
        f"拉丁超立方{count:,}个点{lost}，每点推演一次；{listed}项假设同时变动，参数取自{drawn.zh}；种子{one['seed']}",
        f"Latin hypercube of {count:,} points{lost}, one run each; {listed} assumptions vary at once, parameters from "
        f"their {drawn.en}; seed {one['seed']}",
    ).of(lang)
