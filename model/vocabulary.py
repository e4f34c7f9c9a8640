"""The words of the model: parameters, levers, indicators and clauses, read from the tables beside this file.

Rules, scenarios, charts, documents, priors and sensitivity ranges all take their names, units, ranges and labels
from here, so that nothing is declared twice.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .priors import Prior
from .text import Text

TABLES = Path(__file__).parent / "tables"
BASES = ("whole", "prefecture", "district", "street", "township", "community", "village")


@dataclass(frozen=True)
class Cost:
    """What a lever costs its payer: yuan per unit of the lever and per place of the `basis`."""

    yuan: float
    basis: str  # what the cost is for: one of BASES
    yearly: bool  # True: per year while in force; the lever's value counts units
    source: str
    mark: str


class Moves(NamedTuple):
    """What a lever is meant to move first, as documented: an indicator and the sign of the change."""

    outcome: str
    sign: int  # 1 up, -1 down

    @classmethod
    def of(cls, written: str) -> Moves:
        """From the table's words, such as "trust +". Raises ValueError for anything else."""
        outcome, _, sign = written.partition(" ")
        if outcome not in indicators() or sign not in ("+", "-"):
            raise ValueError(f"not an indicator with + or -: {written!r}")
        return cls(outcome, 1 if sign == "+" else -1)


@dataclass(frozen=True)
class Lever:
    """Something that a plan can set."""

    name: str
    label: Text
    unit: str
    neutral: float
    low: float
    high: float
    strong: float  # what an ambitious but real plan would set
    moves: Moves
    clauses: tuple[str, ...]
    about: Text
    cost: Cost | None

    @property
    def group(self) -> str:
        """The part of the name before the dot."""
        return self.name.split(".")[0]

    @property
    def field(self) -> str:
        """The lever's name inside the compiled model."""
        return self.name.replace(".", "_")


@dataclass(frozen=True)
class Parameter:
    """Something that holds in the world and that no plan sets."""

    name: str
    label: Text
    unit: str
    prior: Prior
    source: str
    mark: str
    about: Text

    @property
    def value(self) -> float:
        """The central value: the median of the prior."""
        return self.prior.ppf(0.5)

    @property
    def low(self) -> float:
        """5 % quantile of the prior."""
        return self.prior.ppf(0.05)

    @property
    def high(self) -> float:
        """95 % quantile of the prior."""
        return self.prior.ppf(0.95)


@dataclass(frozen=True)
class Indicator:
    """Something that is measured every month: `of` over `per`, each a sum of tallies over districts."""

    name: str
    label: Text
    unit: str
    about: Text
    of: tuple[str, ...]
    per: tuple[str, ...]
    scale: float
    window: int  # months summed up before dividing (12 for a yearly flow), 1 for a stock
    by_district: bool
    group: str
    effective: str  # the indicator that counts the same thing strictly, or ""


@dataclass(frozen=True)
class Clause:
    """A clause of one of the two plans and what became of it in the model."""

    id: str
    plan: str
    kind: str
    phrase: str
    gloss: str
    maps: tuple[str, ...]  # "lever:hubs.slots", "target:shenzhen-2022-2025/hubs", "rule:ladder", …
    reason: Text


def _read(name: str) -> dict[str, Any]:
    return yaml.load((TABLES / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _text(pair: dict[str, str]) -> Text:
    return Text(pair["zh"], pair["en"])


@cache
def levers() -> dict[str, Lever]:
    """Every lever by its full name, in the order of the table."""
    found = {}
    for group, rows in _read("levers.yaml").items():
        for short, row in rows.items():
            name = f"{group}.{short}"
            cost = Cost(**row["cost"]) if "cost" in row else None
            found[name] = Lever(
                name,
                _text(row["label"]),
                row["unit"],
                float(row["neutral"]),
                float(row["range"][0]),
                float(row["range"][1]),
                float(row["strong"]),
                Moves.of(row["moves"]),
                tuple(row["clauses"]),
                _text(row["about"]),
                cost,
            )
    return found


@cache
def parameters() -> dict[str, Parameter]:
    """Every parameter by name, in the order of the table."""
    return {
        name: Parameter(
            name,
            _text(row["label"]),
            row["unit"],
            Prior.of(row["prior"]),
            row["source"],
            row["mark"],
            _text(row["about"]),
        )
        for name, row in _read("parameters.yaml").items()
    }


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by name, in the order of the table."""
    found = {}
    for group, rows in _read("indicators.yaml").items():
        for name, row in rows.items():
            found[name] = Indicator(
                name,
                _text(row["label"]),
                row["unit"],
                _text(row["about"]),
                tuple(row["of"]),
                tuple(row.get("per", ())),
                float(row.get("scale", 1.0)),
                int(row.get("window", 1)),
                bool(row.get("by_district", False)),
                group,
                row.get("effective", ""),
            )
    return found


@cache
def clauses() -> dict[str, Clause]:
    """Every clause of the two plans by id."""
    with (TABLES / "clauses.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            row["id"]: Clause(
                row["id"],
                row["plan"],
                row["kind"],
                row["phrase_zh"],
                row["gloss_en"],
                tuple(filter(None, (part.strip() for part in row["maps"].split(";")))),
                Text(row["reason_zh"], row["reason_en"]),
            )
            for row in csv.DictReader(file)
        }
