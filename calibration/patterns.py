"""Pattern-oriented modelling: what is known of the world in general, written down before any fitting, and by how much
the model shows it.

Each pattern of `patterns.csv` has one figure that small scenarios give (`scenarios/patterns/`), a range in which the
facts lead one to expect it, and the reason for that range. A pattern whose fact has also set a prior (`prior`) is
weaker evidence when it is reproduced.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..model.inputs import Inputs
from ..model.text import Text
from ..model.uncertainty import draw_parameters, run_seed

if TYPE_CHECKING:
    from ..experiments.columns import Columns
    from ..experiments.ensemble import Progress
    from .pattern_measures.runs import Runs

TABLE = Path(__file__).parent / "patterns.csv"
LEVELS = {
    "individual": Text("单个组织", "single organizations"),
    "organization": Text("组织之间", "between organizations"),
    "hub": Text("枢纽", "hubs"),
    "place": Text("全地", "places"),
}
VERDICTS = {
    "reproduced": Text("重现", "reproduced"),
    "partly": Text("部分重现", "partly reproduced"),
    "not": Text("未重现", "not reproduced"),
}
SEED = 20181205
_HALF, _TENTH = 0.5, 0.1
MEASURING = Text("检验规律", "measuring patterns")

Drawn = Callable[[Inputs, int, int], Mapping[str, float]]  # drawn(inputs, seed, draw): parameters by name


class Pattern(NamedTuple):
    """A stylised fact, the figure that stands for it, and where the facts expect that figure to be.

    `mark` is that of the fact, `range_mark` that of the range: K where it is judged. `prior` names the parameters whose
    priors the same fact has set.
    """

    id: str
    level: str
    statement: Text
    source: str
    mark: str
    quantity: Text
    low: float
    high: float
    range_mark: str
    why: Text
    strength: str
    prior: tuple[str, ...]


class Reproduced(NamedTuple):
    """How far the model shows a pattern, over draws of parameters: a row of results/calibration/patterns.csv."""

    pattern: str
    statement_zh: str
    statement_en: str
    source: str
    mark: str
    quantity_zh: str
    quantity_en: str
    expected_low: float
    expected_high: float
    p05: float
    median: float
    p95: float
    share: float  # of the draws inside the expected range
    verdict: str  # one of VERDICTS


NUMBERS = ("expected_low", "expected_high", "p05", "median", "p95", "share")  # its columns that are no text


class _Shared(NamedTuple):
    """What all workers have."""

    scenarios: dict[str, Inputs]
    drawn: Drawn


@cache
def patterns() -> tuple[Pattern, ...]:
    """The whole table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_pattern(row) for row in csv.DictReader(file))


def _pattern(row: dict[str, str]) -> Pattern:
    both = {name: Text(row[f"{name}_zh"], row[f"{name}_en"]) for name in ("statement", "quantity", "why")}
    return Pattern(
        row["id"], row["level"], both["statement"], row["source"], row["mark"], both["quantity"],
        float(row["expected_low"]), float(row["expected_high"]), row["range_mark"], both["why"], row["strength"],
        tuple(row["prior"].split()),
    )  # fmt: skip


def measures() -> dict[str, Callable[[Runs], float]]:
    """By pattern, the function that reads its figure off the runs."""
    from .pattern_measures import of_hubs, of_lives, of_stocks

    return of_hubs.MEASURES | of_stocks.MEASURES | of_lives.MEASURES


def from_priors(inputs: Inputs, seed: int, draw: int) -> Mapping[str, float]:
    """Parameters from the priors."""
    return draw_parameters(inputs.parameters, seed, draw)


def measure_patterns(
    drawn: Drawn = from_priors, draws: int = 100, workers: int | None = None, progress: Progress | None = None
) -> list[Reproduced]:
    """How far the model shows each pattern over `draws` draws; `drawn` must be picklable.

    A draw in which a figure is undefined, as where no hub was effective when the money ended, is not inside any range.
    Raises Refusal where no draw succeeds.
    """
    figures = pattern_figures(drawn, draws, workers, progress)
    return [reproduced(pattern, figures[pattern.id]) for pattern in patterns()]


def pattern_figures(
    drawn: Drawn = from_priors, draws: int = 100, workers: int | None = None, progress: Progress | None = None
) -> dict[str, np.ndarray]:
    """Each pattern's figure by draw, of the draws that succeeded. Raises Refusal where none did."""
    from ..experiments.ensemble import simulate_all
    from .pattern_measures.runs import pattern_inputs

    shared = _Shared(pattern_inputs(), drawn)
    found, _ = simulate_all(figures_of_draw, shared, range(draws), MEASURING, workers, progress)
    return {pattern.id: np.array([row[pattern.id] for row in found.values()]) for pattern in patterns()}


def figures_of_draw(shared: _Shared, draw: int) -> dict[str, float]:
    """All figures under one draw of parameters: what a worker does. All scenarios have the same luck."""
    from .pattern_measures.runs import APART, one_run

    luck = run_seed(SEED, draw, 0)
    runs = {name: one_run(inputs, shared.drawn(inputs, SEED, draw), luck) for name, inputs in shared.scenarios.items()}
    for name, (scenario, fixed) in APART.items():
        inputs = shared.scenarios[scenario]
        runs[name] = one_run(inputs, {**shared.drawn(inputs, SEED, draw), **fixed}, luck)
    return {pattern: measure(runs) for pattern, measure in measures().items()}


def reproduced(pattern: Pattern, figures: np.ndarray) -> Reproduced:
    """The row of a pattern from its figures, one a draw (nan: undefined)."""
    inside = (figures >= pattern.low) & (figures <= pattern.high)
    defined = figures[np.isfinite(figures)]
    p05, median, p95 = np.quantile(defined, (0.05, 0.5, 0.95)).tolist() if len(defined) else (math.nan,) * 3
    share = float(inside.mean())
    return Reproduced(
        pattern.id, *pattern.statement, pattern.source, pattern.mark, *pattern.quantity, pattern.low, pattern.high,
        p05, median, p95, share, verdict(pattern.low <= median <= pattern.high, share),
    )  # fmt: skip


def verdict(median_inside: bool, share: float) -> str:
    """Reproduced where the median and at least half the draws are inside; not where less than a tenth is."""
    if median_inside and share >= _HALF:
        return "reproduced"
    return "partly" if share >= _TENTH else "not"


def table(rows: list[Reproduced]) -> Columns:
    """The rows as columns, for `experiments.columns.write_csv`."""
    from ..experiments.columns import table_of

    return table_of(rows, {name: "float" if name in NUMBERS else "text" for name in Reproduced._fields})
