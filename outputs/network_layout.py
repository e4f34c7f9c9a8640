"""Where everything of a network stands: hubs in rows by district, around each hub its organizations; all in mm."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import style
from .network_facts import hosts_of

LABEL, BUREAU, FIRST = 21.0, 24.5, 29.0  # mm: names, the bureau's square, where hubs begin
DOT, CORE, APART, LOW = 0.7, 1.3, 2.6, 1.6  # mm: between organizations, a hub's radius, between discs and rows
GOLDEN = math.pi * (3 - math.sqrt(5))
TALLEST = 165.0


@dataclass(frozen=True)
class Places:
    """Positions by node id, the rows of districts, and the scale of the discs."""

    at: dict[str, tuple[float, float]]
    rows: list[tuple[int, list[tuple[float, list[str]]]]]  # district; its lines: height of the bus, hubs on it
    core: float  # radius of a hub's mark
    high: float


def place(nodes: pd.DataFrame, links: pd.DataFrame, width: float) -> Places:
    """All positions, the same for the same tables; dots stand closer where a page would not hold them."""
    tried = (_placed(nodes, links, width, dot) for dot in (DOT, 0.62, 0.52, 0.44, 0.37, 0.3))
    return next((found for found in tried if found.high <= TALLEST), _placed(nodes, links, width, 0.24))


def _placed(nodes: pd.DataFrame, links: pd.DataFrame, width: float, dot: float) -> Places:
    host, stage = hosts_of(links), dict(zip(nodes["node"], nodes["stage"], strict=True))
    first = set(links.loc[links["relation"] == "incubates", "target"])
    order = {name: k for k, name in enumerate(("brand", "mature", "growing", "nascent"))}
    guests: dict[str, list[str]] = {}
    for guest, hub in host.items():
        guests.setdefault(hub, []).append(guest)
    at, rows, top = {}, [], 0.0
    hubs = nodes[nodes["kind"] == "hub"]
    for district, part in hubs.groupby("district", sort=True):
        lines = []
        for line in _lines(list(part["node"]), guests, width, dot):
            reach = max(_radius(len(guests.get(hub, ())), dot) for hub in line)
            x, middle = FIRST, top + reach
            for hub in line:
                radius = _radius(len(guests.get(hub, ())), dot)
                x += radius
                at[hub] = (x, middle)
                inner = sorted(guests.get(hub, ()), key=lambda one: (one not in first, order.get(stage[one], 9), one))
                at |= {one: _around(x, middle, k, dot) for k, one in enumerate(inner)}
                x += radius + APART
            lines.append((middle + reach + 0.5, line))
            top += 2 * reach + LOW
        at[f"district:{district}"] = (BUREAU, lines[0][0])
        rows.append((int(str(district)), lines))
        top += 0.8
    for node in nodes.loc[(nodes["kind"] == "organization") & ~nodes["node"].isin(list(at)), "node"]:
        at[node] = (math.nan, math.nan)  # tied to no hub: a mentor or somebody mentored
    return Places(at, rows, CORE, top)


def _radius(guests: int, dot: float) -> float:
    return max(CORE + 0.9, CORE + dot * math.sqrt(guests) + 0.3)


def _around(x: float, y: float, k: int, dot: float) -> tuple[float, float]:
    """The k-th place on a spiral around a hub, as seeds stand in a sunflower."""
    radius = CORE + 0.15 + dot * (math.sqrt(k + 1.0) - 0.5)
    return x + radius * math.cos(k * GOLDEN), y + radius * math.sin(k * GOLDEN)


def _lines(hubs: list[str], guests: dict[str, list[str]], width: float, dot: float) -> list[list[str]]:
    """The hubs of a district in lines no wider than the sheet, those with most organizations first."""
    lines, x = [[]], FIRST
    for hub in sorted(hubs, key=lambda one: -len(guests.get(one, ()))):
        wide = 2 * _radius(len(guests.get(hub, ())), dot) + APART
        if lines[-1] and x + wide > width:
            lines.append([])
            x = FIRST
        lines[-1].append(hub)
        x += wide
    return lines


def names_of(blocks: pd.DataFrame, lang: str) -> list[list[str]]:
    """Names of districts in lines, in the order of their index."""
    ordered = blocks.sort_values("index")[f"name_{lang}"].astype(str)
    return [style.broken(name, LABEL - 1, style.FOOT + 0.5, "bold") for name in ordered]


def sizes_of(nodes: pd.DataFrame, links: pd.DataFrame) -> np.ndarray:
    """How many links each node has, in the order of the table."""
    ends = pd.concat([links["source"], links["target"]]).value_counts()
    return nodes["node"].map(ends).fillna(0).to_numpy(np.int64)
