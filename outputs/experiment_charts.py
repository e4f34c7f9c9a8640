"""The charts of an experiment: which belong to it, drawn and written with their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from ..model import vocabulary
from .chart_comparison import draw_paths
from .chart_convergence import draw_convergence
from .chart_costs import draw_costs
from .chart_differences import draw_differences
from .chart_interactions import draw_interactions
from .chart_lever_table import draw_levers_by_outcome
from .chart_morris import draw_morris
from .chart_response import draw_response
from .chart_sensitivity import draw_indices
from .chart_sweep_map import draw_map
from .chart_target_table import draw_target_table
from .charts import DRAWING, FOLDER, Progress, finished, prepare, write
from .experiment_facts import ExperimentFacts, measure
from .fan import Drawing

KINDS = ("compare", "sweep", "sensitivity")
MOST_PATHS, MOST_OUTCOMES = 4, 3  # indicators over time; outcomes that get charts of their own
ORDER = ("reached", "measured", "indicator", "money", "date")
Draw = Callable[[], Drawing | None]
Tables = Mapping[str, pd.DataFrame]


def draw_experiment(
    folder: Path | str,
    kind: str,
    tables: Tables,
    known: ExperimentFacts,
    lang: str,
    progress: Progress | None = None,
) -> list[Path]:
    """Draw every chart of an experiment that `tables` has numbers for into charts/ of `folder`, in `lang`.

    `kind` is one of KINDS. `tables` by name, any of them missing or empty: paths, differences, costs, indices, chance,
    convergence, response, summary, and points (a row per point with columns f_<factor>). Each chart becomes a PNG, an
    SVG and a CSV (the numbers drawn). Returns the files written; equal tables give equal bytes. `progress` is told
    (stage, done, total).
    """
    prepare(progress)
    planned = plan(kind, tables, known, lang)
    written: list[Path] = []
    for done, (name, draw) in enumerate(planned.items()):
        if progress is not None:
            progress(DRAWING, done, len(planned))
        drawing = finished(draw)
        if drawing is not None:
            written += write(drawing, Path(folder) / FOLDER, name, known.marks(lang))
    if progress is not None:
        progress(DRAWING, len(planned), len(planned))
    return written


def plan(kind: str, tables: Tables, known: ExperimentFacts, lang: str) -> dict[str, Draw]:
    """The charts of an experiment by their file names, in the order in which they are read. Raises KeyError for a kind
    that is not one of KINDS."""
    there = {name: table for name, table in tables.items() if not table.empty}
    return {"compare": _compare, "sweep": _sweep, "sensitivity": _sensitivity}[kind](there, known, lang)


def _compare(tables: Tables, known: ExperimentFacts, lang: str) -> dict[str, Draw]:
    """Targets by scenarios, paths of the indicators that have targets, differences, what they cost."""
    found: dict[str, Draw] = {}
    if "differences" in tables and (tables["differences"]["kind"] == "reached").any():
        found["targets"] = lambda: draw_target_table(tables["differences"], known, lang)
    if "paths" in tables:
        paths, differences = tables["paths"], tables.get("differences")
        for place, name in enumerate(_indicators(paths, known)):
            key = "paths" if place == 0 else f"paths_{name}"
            found[key] = lambda name=name: draw_paths(paths, differences, known, lang, name)
    if "differences" in tables:
        found["differences"] = lambda: draw_differences(tables["differences"], known, lang)
    if "costs" in tables and "differences" in tables:
        found["costs"] = lambda: draw_costs(tables["differences"], tables["costs"], known, lang)
    return found


def _indicators(paths: pd.DataFrame, known: ExperimentFacts) -> list[str]:
    """Indicators to draw over time: those of the targets first; one that counts strictly stands beside its twin."""
    there = list(dict.fromkeys(map(str, paths["indicator"])))
    words = vocabulary.indicators()
    strict = {words[name].effective for name in there if name in words}
    wanted = [name for name in dict.fromkeys([*(aim.indicator for aim in known.aims), *there]) if name in there]
    return [name for name in wanted if name not in strict][:MOST_PATHS]


def _sweep(tables: Tables, known: ExperimentFacts, lang: str) -> dict[str, Draw]:
    """Maps of a grid of two factors, then responses to each factor."""
    found: dict[str, Draw] = {}
    for table, drawn in (("summary", "map"), ("response", "response")):
        if table not in tables or (drawn == "map" and "points" not in tables):
            continue
        for key, scenario, outcome in _each(tables[table], known):
            if drawn == "map":
                found[f"map_{key}"] = lambda s=scenario, o=outcome: draw_map(
                    tables["summary"], tables["points"], known, lang, o, s
                )
            else:
                found[f"response_{key}"] = lambda s=scenario, o=outcome: draw_response(
                    tables["response"], known, lang, o, s
                )
    return found


def _sensitivity(tables: Tables, known: ExperimentFacts, lang: str) -> dict[str, Draw]:
    """Levers by outcomes, indices and interactions of the main outcomes, whether they have converged, responses."""
    found: dict[str, Draw] = {}
    if "indices" in tables:
        indices, chance, convergence = tables["indices"], tables.get("chance"), tables.get("convergence")
        known_ones = indices[indices["value"].notna()]  # the others are the same at all points
        outcomes = ranked(known_ones, known)
        for number, scenario in _scenarios(indices, known):
            found[f"levers{number}"] = lambda s=scenario: draw_levers_by_outcome(
                indices, convergence, known, lang, outcomes, s
            )
        for key, scenario, outcome in _each(known_ones, known):
            draw = draw_morris if _screened(indices, scenario, outcome) else draw_indices
            found[f"indices_{key}"] = lambda d=draw, s=scenario, o=outcome: d(
                indices, chance, convergence, known, lang, o, s
            )
        second = indices[(indices["index"] == "S2") & indices["value"].notna()]
        for key, scenario, outcome in _each(second, known):
            found[f"interactions_{key}"] = lambda s=scenario, o=outcome: draw_interactions(
                indices, chance, known, lang, o, s
            )
        stages = tables.get("stages", indices)
        if convergence is not None:  # judged by some outcomes, which need not be the first
            for key, scenario, outcome in _each(convergence[np.isfinite(convergence["widest"])], known):
                found[f"convergence_{key}"] = lambda s=scenario, o=outcome: draw_convergence(
                    stages, convergence, known, lang, o, s
                )
    if "response" in tables:
        moving = tables["response"].groupby(["scenario", "outcome"])["mean"].transform("nunique") > 1
        found |= _sweep({"response": tables["response"][moving]}, known, lang)
    return found


def _screened(indices: pd.DataFrame, scenario: str, outcome: str) -> bool:
    rows = indices[(indices["scenario"] == scenario) & (indices["outcome"] == outcome)]
    return "mu_star" in set(rows["index"]) and "ST" not in set(rows["index"])


def ranked(table: pd.DataFrame, known: ExperimentFacts) -> list[str]:
    """Outcomes of a table, the most important first: those decided on, then probabilities, values, indicators at their
    last month, money, dates."""
    there = list(dict.fromkeys(map(str, table["outcome"])))
    last = {
        name.partition("@")[0]: max(other for other in there if other.partition("@")[0] == name.partition("@")[0])
        for name in there
    }
    first = [name for name in known.decide_on if name in there]
    rest = [name for name in there if name not in first and ("@" not in name or last[name.partition("@")[0]] == name)]
    kinds = {name: measure(known, name, table).kind for name in rest}
    return [*first, *sorted(rest, key=lambda name: ORDER.index(kinds[name]) if kinds[name] in ORDER else len(ORDER))]


def _scenarios(table: pd.DataFrame, known: ExperimentFacts) -> Iterable[tuple[str, str]]:
    """What tells a scenario's files from another's (nothing where there is one), and the scenario."""
    there = set(map(str, table["scenario"]))
    order = [key for key in dict.fromkeys([*known.scenarios, *map(str, table["scenario"])]) if key in there]
    return [("" if len(order) == 1 else f"_{place + 1}", key) for place, key in enumerate(order)]


def _each(table: pd.DataFrame, known: ExperimentFacts) -> Iterable[tuple[str, str, str]]:
    """File name, scenario and outcome of charts that show one outcome each."""
    for outcome in ranked(table, known)[: len(known.decide_on) or MOST_OUTCOMES]:
        for number, scenario in _scenarios(table, known):
            yield re.sub(r"[^0-9A-Za-z_-]+", "_", outcome) + number, scenario, outcome
