"""Parts: what the runs of one block gave, in a folder of its own that appears whole or not at all.

A part's bytes follow from the plan and the model alone: rows in the order of run numbers, no clock, no random name.
Runs that failed have no rows; their errors stand apart, in failures/.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from ..columns import Columns, read_csv, read_parquet, text_column, write_csv, write_parquet
from .plan import Task
from .subject import Subject, Tables

PARTS, FAILURES = "parts", "failures"
RUNS = "runs"  # the table of the runs whose rows a part holds
FAILURE_KINDS = {"run": "int", "error": "text"}
UNFINISHED = ".unfinished-"


class Parts:
    """The parts of an experiment's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = folder / PARTS
        self.failures = folder / FAILURES

    def done(self) -> list[int]:
        """Blocks whose parts are there, in order."""
        return sorted(int(path.name) for path in _folders(self.parts) if path.name.isdigit())

    def put(self, block: int, tables: Tables, failures: Sequence[tuple[int, str]]) -> None:
        """Make a block's part appear; what failed is written before it, so that no part is without its failures."""
        self._note(block, failures)
        made = self.parts / f"{UNFINISHED}{block:06d}"
        shutil.rmtree(made, ignore_errors=True)
        try:
            made.mkdir(parents=True)
            for name, columns in tables.items():
                write_parquet(made / f"{name}.parquet", columns)
                flush(made / f"{name}.parquet")
            flush(made)
            made.rename(self.parts / f"{block:06d}")
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        flush(self.parts)

    def drop(self, block: int) -> None:
        """Take a part away, to have its block done again."""
        gone = self.parts / f"{UNFINISHED}{block:06d}"
        shutil.rmtree(gone, ignore_errors=True)
        (self.parts / f"{block:06d}").rename(gone)
        shutil.rmtree(gone)
        self._failed(block).unlink(missing_ok=True)

    def clear_unfinished(self) -> None:
        """Remove what a killed writer left, and failures of blocks that have no part."""
        for path in _folders(self.parts):
            if path.name.startswith(UNFINISHED):
                shutil.rmtree(path)
        for folder in (self.folder, self.failures):
            for path in folder.glob(f"{UNFINISHED}*"):
                path.unlink()
        done = set(self.done())
        for path in self._failure_files():
            if not path.stem.isdigit() or int(path.stem) not in done:
                path.unlink()

    def table(
        self, name: str, columns: Sequence[str] | None = None, months: Sequence[int] | None = None
    ) -> Columns:
        """One table of all parts, in the order of runs; empty where no part has it.

        Of a table by month only the rows of `months` are held, if they are given: all of them are gigabytes.
        """
        from pyarrow import compute, dataset, parquet

        paths = [self.parts / f"{block:06d}" / f"{name}.parquet" for block in self.done()]
        found = [str(path) for path in paths if path.is_file()]
        if not found:
            return {}
        whole = dataset.dataset(found, schema=parquet.read_schema(found[0]), format="parquet").to_table(
            columns=columns and list(columns),
            filter=None if months is None else compute.field("month").isin(list(months)),
        )  # in the order of the files, whichever is read first
        return {key: whole.column(key).to_numpy(zero_copy_only=False) for key in whole.column_names}

    def failed(self) -> dict[int, str]:
        """The errors of the runs that failed, by run."""
        found: dict[int, str] = {}
        for path in self._failure_files():
            table = read_csv(path, FAILURE_KINDS)
            found |= dict(zip(table["run"].tolist(), table["error"].tolist(), strict=True))
        return found

    def blocks_with_failures(self) -> list[int]:
        """Blocks in which a run failed."""
        return [int(path.stem) for path in self._failure_files()]

    def runs_done(self) -> int:
        """How many runs have their rows in parts."""
        from pyarrow import parquet

        paths = (self.parts / f"{block:06d}" / f"{RUNS}.parquet" for block in self.done())
        return sum(parquet.read_metadata(path).num_rows for path in paths)

    def _failure_files(self) -> list[Path]:
        return sorted(self.failures.glob("[0-9]*.csv"))

    def _failed(self, block: int) -> Path:
        return self.failures / f"{block:06d}.csv"

    def _note(self, block: int, failures: Sequence[tuple[int, str]]) -> None:
        path = self._failed(block)
        if not failures:
            path.unlink(missing_ok=True)
            return
        self.failures.mkdir(parents=True, exist_ok=True)
        made = path.with_name(UNFINISHED + path.name)
        runs, errors = zip(*sorted(failures), strict=True)
        words = text_column([" ".join(error.split()) for error in errors])
        write_csv(made, {"run": np.array(runs, np.int64), "error": words})
        flush(made)
        made.replace(path)
        flush(self.failures)
        flush(self.folder)  # failures/ may be new


def tables_of(subject: Subject, results: Iterable[tuple[Task, Tables]]) -> Tables:
    """The tables of a part: rows of all its runs, in the order given, each with its run's number."""
    done = list(results)
    runs = np.array([task.run for task, _ in done], np.int32)
    tables: Tables = {RUNS: {"run": runs}}
    names = dict.fromkeys(name for _, found in done for name in found)
    for name in names:
        index = {scenario: subject.index(name, scenario) for scenario in {task.scenario for task, _ in done}}
        rows = [{**index[task.scenario], **found[name]} for task, found in done]
        lengths = [len(next(iter(row.values()))) for row in rows]
        tables[name] = {"run": np.repeat(runs, lengths)}
        tables[name] |= {column: np.concatenate([row[column] for row in rows]) for column in rows[0]}
    return tables


def write_whole(path: Path, columns: Columns) -> None:
    """A Parquet table that appears whole; left as it is where it already holds the same values."""
    from ..columns import digest

    if path.is_file():
        try:
            if digest(read_parquet(path)) == digest(columns):
                return
        except (OSError, ValueError):
            pass  # half of a file of somebody else's: write it anew
    made = path.with_name(UNFINISHED + path.name)
    write_parquet(made, columns)
    flush(made)
    made.replace(path)
    flush(path.parent)


def write_csv_whole(path: Path, columns: Columns) -> None:
    """A CSV table that appears whole."""
    made = path.with_name(UNFINISHED + path.name)
    write_csv(made, columns)
    made.replace(path)


def write_text_whole(path: Path, text: str) -> None:
    """A text file that appears whole."""
    made = path.with_name(UNFINISHED + path.name)
    made.write_text(text, encoding="utf-8")
    flush(made)
    made.replace(path)
    flush(path.parent)


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def flush(path: Path) -> None:
    """Have a file or folder on the disk itself before anything that comes after it."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot, and orders renames itself
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
