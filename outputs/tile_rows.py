"""The tiles of the tile map: streets in blocks by district or prefecture, and how large they can be on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..experiments.store import Results
from . import style
from .street_rows import short_names

LABEL, PANEL, GUTTER = 19.0, 69.5, 6.0  # mm: names of blocks, width of a panel, between the panels
LETTERS = 6.0  # points: names of streets
BAR, NAME, BETWEEN = 3.2, 3.0, 2.2  # mm: a named tile's height, its name's, between blocks
TALLEST = 176.0  # mm between key and footer
MOST_NAMED, MOST_BLOCKS = 150, 40
SIDES = (6.0, 5.0, 4.2, 3.6, 3.2, 2.8, 2.5, 2.3, 2.1, 1.9, 1.7, 1.5, 1.3)  # mm: tiles without names


@dataclass(frozen=True)
class Layout:
    """Where each street's tile stands in a panel, in mm from its upper left."""

    blocks: list[str]  # names of districts or prefectures, "" where all stand together
    names: list[str]  # of the streets
    block_of: np.ndarray  # (streets,) the block of each street
    x: np.ndarray  # (streets,)
    y: np.ndarray
    tops: list[float]  # of the blocks
    wide: float  # of a tile
    deep: float
    named: bool
    high: float = field(default=0.0)  # of the whole


def lay_out(results: Results, lang: str) -> Layout:
    """Streets of one block together in rows; named tiles where they fit on a page, else small squares."""
    blocks, block_of, names = _blocks(results, lang)
    if len(names) <= MOST_NAMED:
        widest = max(style.breadth(name, LETTERS) for name in names)
        columns = max(1, int(PANEL // (max(widest, 8.0) + 1.2)))
        found = _placed(blocks, block_of, names, columns, PANEL / columns, BAR + NAME, True)
        if found.high <= TALLEST:
            return found
    tried = (_placed(blocks, block_of, names, int(PANEL // side), side, side, False) for side in SIDES)
    return next((found for found in tried if found.high <= TALLEST), _in_one(names))


def _blocks(results: Results, lang: str) -> tuple[list[str], np.ndarray, list[str]]:
    """Names of the blocks, the block of each street, and the streets' own names, in the order of the folder."""
    places = {name: part.sort_values("index") for name, part in results.places.groupby("level")}
    column = f"name_{lang}"
    parent = places["street"]["parent"].to_numpy()
    names = short_names(places["street"][column].astype(str).tolist(), lang)
    level = "district"
    if len(places["district"]) > MOST_BLOCKS // 2 and "prefecture" in places:
        parent, level = places["district"]["parent"].to_numpy()[parent], "prefecture"
    if len(places[level]) > MOST_BLOCKS:
        return [""], np.zeros(len(parent), np.int64), names
    return places[level][column].astype(str).tolist(), parent, names


def _in_one(names: list[str]) -> Layout:
    """All streets as one block of the smallest squares."""
    side = SIDES[-1]
    return _placed([""], np.zeros(len(names), np.int64), names, int(PANEL // side), side, side, False)


def _placed(
    blocks: list[str], block_of: np.ndarray, names: list[str], columns: int, wide: float, deep: float, named: bool
) -> Layout:
    x, y, tops, top = np.zeros(len(names)), np.zeros(len(names)), [], 0.0
    for place, block in enumerate(blocks):
        inside = np.flatnonzero(block_of == place)
        across, down = np.arange(len(inside)) % columns, np.arange(len(inside)) // columns
        lines = len(style.broken(block, LABEL - 2, LETTERS + 1, "bold")) if block else 0
        tops.append(top)
        x[inside], y[inside] = across * wide, top + down * deep
        rows = -(-len(inside) // columns)
        top += max(rows * deep, lines * 3.4) + BETWEEN
    return Layout(blocks, names, block_of, x, y, tops, wide, deep, named, top - BETWEEN)


def half_by(first: pd.DataFrame, column: str, streets: int, months: int) -> np.ndarray:
    """The first month by whose end half of the runs or more have had the hub, for each street; `months` for never."""
    runs = first["run"].nunique()
    when = first[column].to_numpy()
    counts = np.zeros((streets, months))
    kept = (when >= 0) & (when < months)
    np.add.at(counts, (first["street"].to_numpy()[kept], when[kept]), 1.0)
    reached = 2 * counts.cumsum(axis=1) >= runs
    return np.where(reached.any(axis=1), reached.argmax(axis=1), months)


def by_deadline(first: pd.DataFrame, column: str, streets: int, deadline: int) -> np.ndarray:
    """Share of runs in which each street has had its hub by the end of the month."""
    there = (first[column] >= 0) & (first[column] <= deadline)
    return np.bincount(first["street"][there], minlength=streets) / first["run"].nunique()
