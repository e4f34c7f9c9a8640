"""The assumptions log as a table: every judged figure of a plan, and what each target's chance makes of it.

`python -m miaopu.calibration.assumptions.table` runs both plans as settings.yaml says and writes
results/calibration/assumptions.csv and assumption-targets.csv; with `--documents` also the copies in docs/data that
the pages of the documents are made from.
"""

from __future__ import annotations

import argparse
import csv
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ...experiments.campaign.results import target_name, target_words
from ...experiments.single import target_rows
from ...model.text import Text
from .factors import NOT_JUDGED, Varied, ends
from .influence import beyond_chance, influence, noise
from .listing import Assumption, assumptions, plan_of
from .runs import Answers, run
from .settings import assumption_settings

RESULTS = Path("results") / "calibration"
DOCUMENTS = Path(__file__).parents[2] / "docs" / "data" / "calibration"
NAMES = ("assumptions.csv", "assumption-targets.csv")
COLUMNS = (
    "plan", "figure", "label_zh", "label_en", "value", "unit", "source", "mark", "where", "low", "high", "outcome",
    "at_low", "at_high", "difference", "difference_low", "difference_high", "share", "kind", "figures", "clear",
)  # fmt: skip
TARGETS = ("plan", "outcome", "label_zh", "label_en", "probability", "points", "failed", "factors", "noise",
           "parameters", "seed")  # fmt: skip


def rows_of(found: Answers, listed: Sequence[Assumption]) -> Iterator[dict[str, Any]]:
    """Rows of assumptions.csv: for each target the factors, then what is not varied.

    First stand those whose share is beyond chance, the greatest difference first; then the others in the same way.
    """
    targets = target_rows(plan_of(found.plan).inputs)
    judged = [(k, one) for k, one in enumerate(found.factors) if one.kind != NOT_JUDGED]
    points, everyone = len(found.values), len(judged)
    for place, target in enumerate(targets):
        name = target_name(target, "reached")
        told = []
        for k, one in judged:
            seen = influence(found.values[:, k], found.figures[:, place], found.reached[:, place])
            figures = (f"{value:.4f}" for value in seen)
            clear = beyond_chance(seen, points, everyone)
            answers = zip(COLUMNS[12:18], figures, strict=True)
            row = _factor_row(found.plan, one, name) | dict(answers) | {"clear": clear}
            told.append(((not clear, -abs(seen.difference), -seen.share), row))
        yield from (row for _, row in sorted(told, key=lambda pair: pair[0]))
    yield from (_plain_row(found.plan, one) for one in listed if not one.factor)


def _factor_row(plan: str, one: Varied, outcome: str) -> dict[str, Any]:
    low, high = ends(one)
    rows = one.figures
    return _row(plan, one.name, one.label, rows) | {
        "unit": one.unit, "kind": one.kind, "low": low, "high": high, "outcome": outcome,
    }  # fmt: skip


def _plain_row(plan: str, one: Assumption) -> dict[str, Any]:
    return _row(plan, one.figure, one.label, (one,)) | {"unit": one.unit, "kind": one.kind}


def _row(plan: str, figure: str, label: Text, rows: Sequence[Assumption]) -> dict[str, Any]:
    """What holds of a factor whatever it does: its figures, their sources and where they stand."""
    empty = dict.fromkeys(COLUMNS, "")
    values = list(dict.fromkeys(said for row in rows for said in sizes(row)))
    return empty | {
        "plan": plan, "figure": figure, "label_zh": label.zh, "label_en": label.en, "mark": "K",
        "value": "/".join(values) if len(values) <= 4 else f"{values[0]}/…/{values[-1]}",
        "source": "; ".join(dict.fromkeys(row.source for row in rows)), "where": whereabouts(rows),
        "figures": len(rows),
    }  # fmt: skip


def sizes(row: Assumption) -> list[str]:
    """A figure's own value, or its word; of a prior its median."""
    if row.word:
        return [row.word]
    values = row.values[1:2] if row.kind in ("parameter", "definition") and len(row.values) == 3 else row.values
    return [f"{value:.7g}" for value in values]


def whereabouts(rows: Sequence[Assumption]) -> str:
    """Lines by file: "a.yaml:3, 5; b.yaml:7", and the first and last where there are many."""
    lines: dict[str, list[int]] = {}
    for row in rows:
        file, line = row.where.rsplit(":", 1)
        if int(line) not in lines.setdefault(file, []):
            lines[file].append(int(line))
    said = {file: sorted(found) for file, found in lines.items()}
    shown = {
        file: ", ".join(map(str, found)) if len(found) < 7 else f"{found[0]}–{found[-1]}"
        for file, found in said.items()
    }
    return "; ".join(f"{file}:{text}" for file, text in shown.items())


def targets_of(found: Answers) -> Iterator[dict[str, Any]]:
    """Rows of assumption-targets.csv: the chance of each target over everything that varies."""
    rows = target_rows(plan_of(found.plan).inputs)
    for place, target in enumerate(rows):
        label = target_words(target, rows)
        listed = sum(one.kind != NOT_JUDGED for one in found.factors)
        yield dict(zip(TARGETS, (
            found.plan, target_name(target, "reached"), label.zh, label.en, f"{found.reached[:, place].mean():.4f}",
            len(found.values), found.failed, listed, f"{noise(len(found.values)):.4f}", found.parameters, found.seed,
        ), strict=True))  # fmt: skip


def write(path: Path, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """A table as CSV in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def make(plans: Sequence[str], folder: Path, points: int | None = None, workers: int | None = None) -> None:
    """Run the plans and write both tables into `folder`."""
    rows: list[dict[str, Any]] = []
    targets: list[dict[str, Any]] = []
    for name in plans:
        found = run(name, points, workers, _told)
        rows += rows_of(found, assumptions(name))
        targets += targets_of(found)
    write(folder / NAMES[0], COLUMNS, rows)
    write(folder / NAMES[1], TARGETS, targets)


def _told(stage: Text, done: int, total: int) -> None:
    if done == total or done % 500 == 0:
        print(f"{stage.en} {done}/{total}", flush=True)


def main() -> None:
    """Run and write."""
    known = list(assumption_settings().plans)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plans", nargs="*", help=f"by default all: {', '.join(known)}")
    parser.add_argument("--points", type=int)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--documents", action="store_true", help="copy the tables into docs/data/calibration as well")
    asked = parser.parse_args()
    make(asked.plans or known, RESULTS, asked.points, asked.workers)
    for name in NAMES if asked.documents else ():
        DOCUMENTS.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(RESULTS / name, DOCUMENTS / name)


if __name__ == "__main__":
    main()
