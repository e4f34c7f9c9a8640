"""Two versions of a table, compared by value: what differs, by table and column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..model.text import Text
from .columns import Columns, column_digest, digest, rows_of
from .store import read_table

KINDS = ("version", "table", "column")  # in this order they are told


class Difference(NamedTuple):
    """One thing that differs: a version (which alone is no failure), a table, or a column of a table."""

    kind: str
    name: str
    text: Text


def compare_table(
    folder: Path, name: str, written: str | None, redone: Columns | None, tolerance: float
) -> Iterator[Difference]:
    """What differs between the table on disk, its digest when written, and the table made anew."""
    try:
        stored = read_table(folder, name)
    except FileNotFoundError:
        yield Difference("table", name, Text(f"{name} 不见了", f"{name} is missing"))
        return
    except (OSError, ValueError, KeyError, IndexError):
        yield Difference("table", name, Text(f"{name} 无法读取", f"{name} cannot be read"))
        return
    if redone is None:
        yield Difference(
            "table", name, Text(f"{name} 不是这次推演的表", f"{name} is no table of this forecast")
        )
        return
    columns = list(_columns(name, stored, redone, tolerance))
    if columns:
        yield Difference(
            "table", name, Text(f"{name} 与重算结果不同", f"{name} differs from the table made anew")
        )
        yield from columns
    if digest(stored) != written:
        yield Difference(
            "table", name, Text(f"{name} 写入后被改动过", f"{name} has been changed since it was written")
        )


def _columns(name: str, stored: Columns, redone: Columns, tolerance: float) -> Iterator[Difference]:
    if rows_of(stored) != rows_of(redone):
        rows = (rows_of(stored), rows_of(redone))
        yield Difference(
            "column",
            name,
            Text("{}：{} 行，重算 {} 行".format(name, *rows), "{}: {} rows, {} anew".format(name, *rows)),
        )
        return
    for column in dict.fromkeys([*stored, *redone]):
        full = f"{name}/{column}"
        if column not in stored or column not in redone:
            where = Text("重算结果", "the table made anew") if column in stored else Text("文件", "the file")
            yield Difference(
                "column", full, Text(f"{full}：{where.zh}里没有此列", f"{full}: not in {where.en}")
            )
        elif column_digest(stored[column]) != column_digest(redone[column]):
            yield from _values(full, stored[column], redone[column], tolerance)


def _values(full: str, stored: np.ndarray, redone: np.ndarray, tolerance: float) -> Iterator[Difference]:
    """Values of one column that differ by more than the tolerance."""
    if stored.dtype.kind == redone.dtype.kind == "f":
        old, new = stored.astype(np.float64), redone.astype(np.float64)
        gap = np.abs(old - new) / np.maximum(np.maximum(np.abs(old), np.abs(new)), 1e-300)
        gap[np.isnan(old) & np.isnan(new)] = 0.0
        gap[np.isnan(old) != np.isnan(new)] = np.inf
        count, worst = int((gap > tolerance).sum()), float(gap.max())
        detail = Text(f"，最大相对差 {worst:.1e}", f", the largest relative difference is {worst:.1e}")
    else:
        count, detail = int((stored != redone).sum()), Text("", "")
    if count:
        zh = f"{full}：{len(stored)} 个值中有 {count} 个不同{detail.zh}"
        yield Difference(
            "column", full, Text(zh, f"{full}: {count} of {len(stored)} values differ{detail.en}")
        )
