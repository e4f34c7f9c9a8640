"""The measured effects of the levers as a table: means, intervals, verdicts; written to and read from a file.

A lever is *alive* if the outcome that it is documented to move first moves in the documented direction, by more than
`FLOOR` of its value, and beyond Monte Carlo error at 5 % for all levers together (Holm's correction of paired t tests).
The intervals that are shown are 95 % intervals of each mean alone.
"""

from __future__ import annotations

import ast
import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..model.vocabulary import indicators, levers, parameters
from ..scenarios.layers import SHIPPED
from .liveness import OUTCOMES, Effect

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "docs" / "data" / "lever_effects.csv"
FLOOR = 0.0005  # of the outcome's value without the lever, or of its distance from one if that is less
ERROR = 0.05  # that any lever at all is called alive though its outcome does not move
COLUMNS = ("lever", "outcome", "scenario", "without", "change", "error", "low", "high", "spread", "p")
PLANS = ("shenzhen-baseline", "shenzhen-2022-2025", "hunan-baseline", "hunan-2021-2023")


class Row(NamedTuple):
    """The effect of a lever on an outcome."""

    lever: str
    outcome: str
    scenario: str
    without: float  # mean of the runs without the lever
    change: float  # paired mean difference
    error: float  # its standard error
    low: float  # 95 % interval
    high: float
    spread: float  # standard deviation over the runs without the lever: parameters and chance
    p: float  # two-sided, of the paired t test; 1 where nothing moves


def rows_of(effect: Effect) -> list[Row]:
    """The table's rows of one lever; outcomes that the place has not are left out."""
    from scipy.stats import t

    count = len(effect.change)
    wide = float(t.ppf(0.975, count - 1))
    rows = []
    for k, outcome in enumerate(OUTCOMES):
        change, without = effect.change[:, k], effect.without[:, k]
        if np.isnan(change).any():
            continue
        mean, error = float(change.mean()), float(change.std(ddof=1)) / count**0.5
        p = 2.0 * float(t.sf(abs(mean) / error, count - 1)) if error > 0.0 else float(mean == 0.0)
        rows.append(Row(
            effect.lever, outcome, effect.scenario, float(without.mean()), mean, error, mean - wide * error,
            mean + wide * error, float(without.std(ddof=1)), p,
        ))  # fmt: skip
    return rows


def first_moved(rows: Iterable[Row]) -> dict[str, Row]:
    """Of each lever, the row of the outcome that it is documented to move first."""
    return {row.lever: row for row in rows if levers()[row.lever].moves.outcome == row.outcome}


def sizable(row: Row) -> bool:
    """Whether the change is more than the floor."""
    room = abs(row.without)
    if indicators()[row.outcome].unit in ("share", "score"):
        room = min(room, 1.0 - room)
    return abs(row.change) > FLOOR * room


def beyond_error(rows: Sequence[Row]) -> set[str]:
    """Levers whose row moves beyond Monte Carlo error, all rows taken together (Holm)."""
    beyond: set[str] = set()
    for rank, row in enumerate(sorted(rows, key=lambda row: row.p)):
        if row.p > ERROR / (len(rows) - rank):
            break
        beyond.add(row.lever)
    return beyond


def verdicts(rows: Iterable[Row]) -> dict[str, str]:
    """Of each lever: alive, dead or wrong way."""
    first = first_moved(rows)
    beyond = beyond_error(list(first.values()))
    told = {}
    for name, row in first.items():
        moved = name in beyond and sizable(row)
        told[name] = ("alive" if row.change * levers()[name].moves.sign > 0 else "wrong way") if moved else "dead"
    return told


def basis() -> str:
    """A digest of all that the table follows from: rules, levers, priors, the two plans (16 hexadecimal digits).

    Comments, docstrings, labels and sources count for nothing.
    """
    digest = hashlib.sha256()
    model = HERE.parent / "model"
    for path in [*sorted((model / "processes").glob("*.py")), model / "start.py", model / "month.py"]:
        digest.update(_code(path).encode())
    values = [(one.name, one.neutral, one.strong, one.moves, one.cost and one.cost.yuan) for one in levers().values()]
    priors = [(one.name, list(one.prior)) for one in parameters().values()]
    digest.update(json.dumps([values, priors, OUTCOMES]).encode())
    for plan in PLANS:
        digest.update(_settings(SHIPPED / f"{plan}.yaml").encode())
    return digest.hexdigest()[:16]


def _code(path: Path) -> str:
    """A file of rules without comments and docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            first.value = ast.Constant("")
    return ast.unparse(tree)


def _settings(path: Path) -> str:
    """A scenario file without its comments, and without the name of its baseline, which no run of it reads."""
    import yaml

    told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return json.dumps({key: value for key, value in told.items() if key != "baseline"}, default=str)


def write(path: Path, effects: Iterable[Effect], runs: int) -> None:
    """The table as CSV; its first line tells what it follows from."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# basis {basis()} runs {runs}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for effect in effects:
            for row in rows_of(effect):
                writer.writerow([*row[:3], *(f"{value:.5g}" for value in row[3:])])


def _row(line: dict[str, str]) -> Row:
    return Row(line["lever"], line["outcome"], line["scenario"], *(float(line[name]) for name in COLUMNS[3:]))


class Table(NamedTuple):
    """The table as it was written."""

    basis: str
    runs: int
    rows: list[Row]


def read(path: Path = TABLE) -> Table:
    """The table from its file."""
    with path.open(encoding="utf-8", newline="") as file:
        _, _, basis_then, _, runs = file.readline().split()
        rows = [_row(line) for line in csv.DictReader(file)]
    return Table(basis_then, int(runs), rows)
