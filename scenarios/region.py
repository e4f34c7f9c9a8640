"""What a region file says: the names and figures of a place, each figure with its source and mark."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model.place import LevelNames
from ..model.text import Text

KINDS = ("street", "town", "township")
PLURAL = {"street": "streets", "town": "towns", "township": "townships"}
SHARES = ("elderly", "children", "difficulty", "foreign", "party_members")
SUFFIX = {"street": Text("街道", " Street"), "town": Text("镇", " Town"), "township": Text("乡", " Township")}


@dataclass(frozen=True)
class Figure:
    """A number with its source (a key of the file's list of sources) and mark (S, M, D or K)."""

    value: float
    source: str
    mark: str


@dataclass(frozen=True)
class Unit:
    """A street, town or township."""

    name: Text
    kind: str


@dataclass(frozen=True)
class District:
    """A district or county with its streets."""

    name: Text
    prefecture: int  # -1 without prefectures
    population: Figure
    about: bool  # the population is rounded, and scaled to the prefecture's
    communities: Figure | None
    shares: dict[str, Figure]
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Prefecture:
    """A prefecture-level city above the counties."""

    name: Text
    population: Figure


@dataclass(frozen=True)
class Rules:
    """How what is not known in detail is spread: all judgement, and replaceable in the file."""

    spread: dict[str, Figure]  # of streets and communities: standard deviation of log residents
    weights: dict[str, Figure]  # residents of a unit relative to others of its district
    shares: dict[tuple[str, bool], Figure]  # (share, rural)
    stations: dict[str, Figure]  # share of units with a social-work station, by kind


@dataclass(frozen=True)
class RegionData:
    """A region file, checked."""

    name: Text
    level_names: LevelNames
    sources: dict[str, dict[str, str]]
    population: Figure
    villages: Figure
    communities: Figure
    urban_per_town: Figure | None
    prefectures: tuple[Prefecture, ...]
    districts: tuple[District, ...]
    rules: Rules
    figures: dict[str, Figure] = field(default_factory=dict)  # every figure by its dotted path
