"""Both plans forecast with the priors and with the posterior: what the data changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..experiments.columns import Columns, table_of

if TYPE_CHECKING:
    from ..experiments.ensemble import Progress

PLANS = {"shenzhen-2022-2025": (400, 2), "hunan-2021-2023": (150, 2)}  # draws and replicates
KINDS = {
    "plan": "text", "target": "text", "counts": "text", "label_zh": "text", "label_en": "text", "parameters": "text",
    "probability": "float", "low": "float", "high": "float", "median": "float", "p05": "float", "p95": "float",
    "draws": "int", "replicates": "int",
}  # fmt: skip


def forecasts(
    posterior: str,
    plans: dict[str, tuple[int, int]] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Columns:
    """A row for each plan, target, way of counting, and source of parameters: "prior", or the file `posterior`.

    The same seeds and the same luck of all other parameters on both sides. Raises Refusal.
    """
    rows: list[tuple[Any, ...]] = []
    for plan, (draws, replicates) in (plans or PLANS).items():
        for word, source in (("prior", "prior"), ("posterior", posterior)):
            rows += _rows(plan, word, source, draws, replicates, workers, progress)
    return table_of(rows, KINDS)


def _rows(
    plan: str, word: str, source: str, draws: int, replicates: int, workers: int | None, progress: Progress | None
) -> Sequence[tuple[Any, ...]]:
    from ..experiments.ensemble import run_ensemble
    from ..experiments.forecast import with_settings
    from ..experiments.targets import targets_table
    from ..scenarios.compiling import load

    inputs = with_settings(load(plan, parameters=source), draws, replicates, None)
    found = targets_table(run_ensemble(inputs, workers, progress=progress))
    names = ("probability", "probability_low", "probability_high", "median", "p05", "p95")
    about = ("target", "counts", "label_zh", "label_en")
    return [
        (
            plan, *(found[name][k] for name in about), word,
            *(float(found[name][k]) for name in names), draws, replicates,
        )
        for k in range(len(found["target"]))
    ]  # fmt: skip
