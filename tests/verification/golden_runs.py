"""Golden runs in text: what three runs give, to be compared by eye and by test when the engine is changed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np

from miaopu.model.indicators import indicator_table
from miaopu.model.inputs import Inputs
from miaopu.model.ledger import ACCOUNTS, INSTRUMENTS
from miaopu.model.simulation import Outcome, simulate
from miaopu.model.tallies import FLOWS, TALLIES
from miaopu.scenarios import load

HERE = Path(__file__).resolve().parent / "golden"
CHANGES = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
RUNS = {"town": 1, "town-baseline": 1, "shenzhen-2022-2025": 1}  # scenario: seed
COUNTS = ("groups", "filed", "registered", "active", "counted", "effective", "hubs", "hubs_working", "workers",
          "waiting", "incubating", "in_custody", "party_covered", "mature", "brands", *FLOWS[:-1])  # fmt: skip
HEADING = "### Golden runs"
LINE = re.compile(r"^- (\d{4}-\d{2}-\d{2}) `([0-9a-f]{16})` (.+)$", re.MULTILINE)
DIGITS = 12


def text_of(scenario: str, seed: int) -> str:
    """One run in text: indicators each December, counts each December, the year's ledger in fen."""
    told = load(scenario, parameters="prior")  # a new calibration leaves golden runs as they are
    outcome = simulate(told, None, seed)
    years = [str(year) for year in told.years]
    parts = [
        f"scenario {scenario}, seed {seed}, central parameters, {told.months} months\n",
        _table("indicator, each December", years, _indicators(told, outcome)),
        _table("count, each December (flows: of the year)", years, _counts(told, outcome)),
        _table("ledger of the year, fen", years, _ledger(outcome)),
    ]
    return "\n".join(parts)


def _december(told: Inputs) -> list[int]:
    """Last month of each year of the horizon."""
    return [min(told.months - 1, told.month_index(year, 12)) for year in told.years]


def _table(title: str, years: list[str], rows: dict[str, list[str]]) -> str:
    lines = [" | ".join([title, *years])]
    lines += [" | ".join([name, *values]) for name, values in rows.items()]
    return "\n".join(lines) + "\n"


def _indicators(told: Inputs, outcome: Outcome) -> dict[str, list[str]]:
    table = indicator_table(outcome.tallies)
    return {name: [f"{values[t]:.{DIGITS}g}" for t in _december(told)] for name, values in table.items()}


def _counts(told: Inputs, outcome: Outcome) -> dict[str, list[str]]:
    whole = outcome.tallies.sum(axis=1)
    ends = _december(told)
    rows: dict[str, list[str]] = {}
    for name in COUNTS:
        column = whole[:, TALLIES.index(name)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        values = [column[a : b + 1].sum() if name in FLOWS else column[b] for a, b in zip(starts, ends, strict=True)]
        rows[name] = [f"{value:.0f}" for value in values]
    return rows


def _ledger(outcome: Outcome) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for a, account in enumerate(ACCOUNTS):
        for i, instrument in enumerate(INSTRUMENTS):
            if outcome.ledger[:, a, i].any():
                rows[f"{account} {instrument.name}"] = [str(fen) for fen in outcome.ledger[:, a, i]]
    return rows


def parse(text: str) -> dict[tuple[str, str], list[str]]:
    """Cells by table and row."""
    found: dict[tuple[str, str], list[str]] = {}
    table = ""
    for line in text.splitlines()[1:]:
        cells = line.split(" | ")
        if not line:
            table = ""
        elif not table:
            table = cells[0]
        else:
            found[table, cells[0]] = cells[1:]
    return found


def differences(kept: str, now: str) -> list[str]:
    """What differs: indicators beyond rounding in the eleventh digit (another processor may round otherwise), and
    every count and fen."""
    one, other = parse(kept), parse(now)
    told = [f"{key}: only in one of them" for key in sorted(one.keys() ^ other.keys())]
    for key in (key for key in one if key in other):
        same = one[key] == other[key]
        if key[0].startswith("indicator") and len(one[key]) == len(other[key]):
            same = np.allclose(np.array(one[key], float), np.array(other[key], float), 1e-10, 1e-12, equal_nan=True)
        if not same:
            told.append(f"{key[1]}: {' '.join(one[key])} → {' '.join(other[key])}")
    return told


def golden_path(scenario: str) -> Path:
    """Where a golden run is kept."""
    return HERE / f"{scenario}.txt"


def digest() -> str:
    """Digest of the golden files as they lie there."""
    found = hashlib.sha256()
    for scenario in RUNS:
        found.update(golden_path(scenario).read_bytes())
    return found.hexdigest()[:16]


def noted(changes: str) -> list[tuple[str, str, str]]:
    """Date, digest and reason of every line in the list of golden runs, the newest first."""
    if HEADING not in changes:
        return []
    part = changes.split(HEADING, 1)[1].split("\n#", 1)[0]
    return [(date, found, reason) for date, found, reason in LINE.findall(part)]


def with_note(changes: str, date: str, found: str, reason: str) -> str:
    """The list of changes with one line more, the newest first; with the list itself where there is none yet."""
    line = f"- {date} `{found}` {reason}\n"
    if HEADING in changes:
        before, after = changes.split(f"{HEADING}\n\n", 1)
        return f"{before}{HEADING}\n\n{line}{after}"
    versions = [match.start() for match in re.finditer(r"^## ", changes, re.MULTILINE)]
    end = versions[1] if len(versions) > 1 else len(changes)
    return changes[:end].rstrip("\n") + f"\n\n{HEADING}\n\n{line}" + ("\n" + changes[end:] if changes[end:] else "")
