"""Is a parameter found again that made the data? The whole search, on data made by simulations of the bank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..experiments.columns import Columns, read_csv, table_of
from .checks.recovery import RECOVERY, recovered
from .checks.synthetic import publish
from .observations import fitted

if TYPE_CHECKING:
    from .calibrating import Calibration

DATASETS = 3
SHARE = 0.4  # of the fit's own particles: it is the search that is tried


def recovered_fits(work: Calibration) -> Columns:
    """Rows of recovery.csv for the first simulations of the bank, each fitted in a folder of its own."""
    bank, rows = work.bank(), []
    seen = fitted(work.observations)
    particles, early = (max(10, int(SHARE * n)) for n in (work.settings.particles, work.settings.early_particles))
    for row in range(DATASETS):
        held = publish(bank.figures, seen, row, work.settings.seed)
        made = [one._replace(low=held[one.id].low, high=held[one.id].high) for one in seen]
        found = work.search(made, work.settings.seed + row + 1, particles, early, work.folder / f"recovery-{row}")
        if found.converged:
            rows += recovered(row, "smc", found.names, bank.values[row], found.values, found.weights)
    return table_of(rows, RECOVERY)


def with_fits(known: Columns, path: Path) -> Columns:
    """The table of recovery with the rows of the searches under it."""
    fits = read_csv(path, RECOVERY)
    return {name: np.concatenate([column, fits[name]]) for name, column in known.items()}
