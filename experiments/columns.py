"""Tables as plain columns: how they are written, read and compared by value.

A table is a dict of equally long NumPy arrays: whole numbers, float32 or float64, bool, or text (dtype
object, str). Big tables go to Parquet, small ones to CSV that Excel opens with its Chinese intact (UTF-8
with BOM). Numbers in CSV are written with all their digits, so that reading gives back the same value.
"""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

Columns = dict[str, np.ndarray]
_ROWS_AT_ONCE = 10_000  # a summary of many points has millions of rows
_KINDS = {"text": np.object_, "int": np.int64, "float": np.float64, "bool": np.bool_}


def text_column(words: list[str]) -> np.ndarray:
    """A column of text."""
    column = np.empty(len(words), object)
    column[:] = words
    return column


def empty(kinds: Mapping[str, str]) -> Columns:
    """A table without rows; `kinds` as in `read_csv`."""
    return {name: np.empty(0, _KINDS[kind]) for name, kind in kinds.items()}


def table_of(rows: Sequence[tuple[object, ...]], kinds: Mapping[str, str]) -> Columns:
    """Rows as columns; `kinds` as in `read_csv`."""
    if not rows:
        return empty(kinds)
    return {
        name: text_column([str(cell) for cell in column]) if kind == "text" else np.array(column, _KINDS[kind])
        for (name, kind), column in zip(kinds.items(), zip(*rows, strict=True), strict=True)
    }


def rows_of(columns: Columns) -> int:
    """Number of rows."""
    return len(next(iter(columns.values()))) if columns else 0


def write_parquet(path: Path, columns: Columns) -> None:
    """One file, compressed; float columns by byte stream split, the rest by dictionary."""
    import pyarrow as pa
    from pyarrow import parquet

    # without rows a column of text would have no type at all, and could not be put behind one that has
    kinds = {name: pa.string() if column.dtype.kind == "O" else None for name, column in columns.items()}
    arrays = {name: pa.array(column, kinds[name]) for name, column in columns.items()}
    floats = [name for name, column in columns.items() if column.dtype.kind == "f"]
    parquet.write_table(
        pa.table(arrays),
        path,
        compression="zstd",
        use_dictionary=[name for name in columns if name not in floats],  # pyright: ignore[reportArgumentType]
        use_byte_stream_split=floats,  # pyright: ignore[reportArgumentType]
    )


def read_parquet(path: Path) -> Columns:
    """The columns as they were written."""
    from pyarrow import parquet

    table = parquet.read_table(path)
    return {
        name: column.to_numpy(zero_copy_only=False)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }


def write_csv(path: Path, columns: Columns) -> None:
    """A small table for people and programs; an unknown number is an empty field."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for start in range(0, max(map(len, columns.values()), default=0), _ROWS_AT_ONCE):
            fields = (_fields(column[start : start + _ROWS_AT_ONCE]) for column in columns.values())
            writer.writerows(zip(*fields, strict=True))


def _fields(column: np.ndarray) -> list[str]:
    values = column.tolist()
    if column.dtype.kind == "f":
        return ["" if math.isnan(value) else repr(value) for value in values]
    return list(map(str if column.dtype.kind in "iu" else _field, values))


def _field(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    return str(value)


def read_csv(path: Path, kinds: Mapping[str, str]) -> Columns:
    """Read back `write_csv`; `kinds` names the kind of each column ("text", "int", "float", "bool")."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    return {
        name: _parsed([row[place] for row in rows], kinds.get(name, "text"))
        for place, name in enumerate(header)
    }


def _parsed(fields: list[str], kind: str) -> np.ndarray:
    if kind == "text":
        return text_column(fields)
    if kind == "bool":
        return np.array([field == "true" for field in fields], np.bool_)
    numbers = [float(field or "nan") if kind == "float" else int(field) for field in fields]
    return np.array(numbers, _KINDS[kind])


def digest(columns: Columns) -> str:
    """SHA-256 of the values (names, types, contents in order), not of the file's bytes, which may differ."""
    total = hashlib.sha256()
    for name, column in columns.items():
        total.update(f"{name}\0{column_digest(column)}\n".encode())
    return total.hexdigest()


def column_digest(column: np.ndarray) -> str:
    """SHA-256 of one column's type and values; all unknown numbers (nan) are alike."""
    total = hashlib.sha256()
    if column.dtype.kind == "O":
        total.update(b"text\0")
        total.update("".join(f"{len(word)}:{word}" for word in map(str, column)).encode())
    elif column.dtype.kind == "f":
        total.update(f"f{column.dtype.itemsize}\0".encode())
        plain = np.where(np.isnan(column), column.dtype.type(np.nan), column)
        total.update(plain.astype(column.dtype.newbyteorder("<")).tobytes())
    else:
        total.update(f"{'b' if column.dtype.kind == 'b' else 'i'}\0".encode())
        total.update(column.astype("<i8").tobytes())
    return total.hexdigest()
