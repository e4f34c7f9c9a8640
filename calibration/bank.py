"""A bank: many simulations from the priors, made once and used by every check.

Weighted by how well each agrees with the observations, the same simulations give the posterior without any search, what
it would have been with other observations, and what it would be were the data those of one of the simulations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..model.text import Text
from ..model.uncertainty import draw_parameters, run_seed
from ..model.vocabulary import parameters

if TYPE_CHECKING:
    from ..experiments.ensemble import Progress
    from .simulating import Simulated, Simulator

SIMULATING = Text("按先验推演校准各地", "simulating the calibration's places from the priors")


@dataclass(frozen=True)
class Bank:
    """Simulations from the priors, one a row; those that failed or left a figure undefined are not in it."""

    names: tuple[str, ...]  # what is fitted
    values: np.ndarray  # (rows, names)
    common: dict[str, np.ndarray]  # (rows,) of every parameter that holds everywhere and varies
    local: dict[str, np.ndarray]  # (rows, replicates) of what belongs to a place, as name@scenario
    figures: dict[str, np.ndarray]  # (rows, replicates) by observation
    asked: int  # simulations asked for


def make_bank(simulator: Simulator, rows: int, workers: int | None = None, progress: Progress | None = None) -> Bank:
    """`rows` simulations with everything drawn from its prior. Raises Refusal where none succeeds."""
    from ..experiments.ensemble import simulate_all

    priors = {name: parameters()[name] for name in simulator.names}
    seed = run_seed(simulator.settings.seed, 0, 0)
    tasks = [draw_parameters(priors, seed, row) for row in range(rows)]
    found, _ = simulate_all(simulate_one, simulator, tasks, SIMULATING, workers, progress)
    values = np.array([[tasks[row][name] for name in simulator.names] for row in found])
    return _whole(simulator.names, values, list(found.values()), rows)


def simulate_one(simulator: Simulator, values: dict[str, float]) -> Simulated:
    """What a worker does."""
    return simulator.simulated(values)


def _whole(names: tuple[str, ...], values: np.ndarray, found: Sequence[Simulated], asked: int) -> Bank:
    """Columns of the simulations in which every figure is defined."""
    figures = {name: np.stack([one.figures[name] for one in found]) for name in found[0].figures}
    local = {name: np.stack([one.local[name] for one in found]) for name in found[0].local}
    common = {name: np.array([one.common[name] for one in found]) for name in found[0].common}
    kept = np.all([np.isfinite(column).all(axis=1) for column in figures.values()], axis=0)
    return Bank(
        names,
        values[kept],
        {name: column[kept] for name, column in common.items() if np.ptp(column) > 0.0},
        {name: column[kept] for name, column in local.items() if np.ptp(column) > 0.0},
        {name: column[kept] for name, column in figures.items()},
        asked,
    )


def write_bank(bank: Bank, path: Path, told: dict[str, Any]) -> None:
    """One Parquet file: parameters as p_NAME, what belongs to places as l_NAME and figures as s_NAME, by replicate."""
    import json

    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {f"p_{name}": column for name, column in bank.common.items()}
    for sign, parts in (("l", bank.local), ("s", bank.figures)):
        columns |= {f"{sign}_{name}.{k}": part[:, k] for name, part in parts.items() for k in range(part.shape[1])}
    heading = {"miaopu": json.dumps(told | {"names": bank.names, "asked": bank.asked}, sort_keys=True)}
    written = path.with_suffix(".tmp")
    pq.write_table(pa.table(columns).replace_schema_metadata(heading), written, compression="zstd")
    written.replace(path)


def read_bank(path: Path, told: dict[str, Any] | None = None) -> Bank | None:
    """The bank in a file; None where there is none, or it was made of something else than `told`."""
    import json

    import pyarrow.parquet as pq

    if not path.is_file():
        return None
    table = pq.read_table(path)
    heading = json.loads(table.schema.metadata[b"miaopu"])
    names, asked = tuple(heading.pop("names")), heading.pop("asked")
    if told is not None and heading != json.loads(json.dumps(told)):
        return None
    columns = {name: table[name].to_numpy() for name in table.column_names}
    common = {name[2:]: column for name, column in columns.items() if name.startswith("p_")}
    values = np.stack([common[name] for name in names], axis=1)
    return Bank(names, values, common, _by_replicate(columns, "l_"), _by_replicate(columns, "s_"), asked)


def _by_replicate(columns: dict[str, np.ndarray], sign: str) -> dict[str, np.ndarray]:
    """Columns NAME.0, NAME.1 … put side by side."""
    names = dict.fromkeys(name.rsplit(".", 1)[0] for name in columns if name.startswith(sign))
    parts: dict[str, np.ndarray] = {}
    for name in names:
        count = sum(1 for column in columns if column.rsplit(".", 1)[0] == name)
        parts[name[2:]] = np.stack([columns[f"{name}.{k}"] for k in range(count)], axis=1)
    return parts
