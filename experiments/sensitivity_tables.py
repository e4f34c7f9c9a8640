"""What a sweep or a sensitivity analysis found: summaries, indices, chance, convergence, responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .analysis.outcomes import Outcome
from .analysis.rows import table
from .columns import Columns
from .design.points import SPREAD, rows_per_point
from .design.sampling import independent_rows
from .outcomes_read import Found, Runs


def sweep_tables(runs: Runs) -> Found:
    """Every outcome at every point, and along each factor."""
    from .analysis.summary import summary

    tables = {"summary": summary(runs.outcomes, runs.scenarios, runs.varies)}
    if runs.campaign.experiment.factors:
        tables["response"] = _response(runs)
    return tables, {}


def sensitivity_tables(runs: Runs) -> Found:
    """Indices, chance, responses and, of Sobol's design, convergence."""
    from .analysis.chance import Chance
    from .analysis.convergence import Convergence, has_converged
    from .analysis.indices import Index

    tables = {
        "indices": table(Index, _indices(runs), labels=True),
        "chance": table(Chance, _chance(runs)),
    }
    method = runs.campaign.experiment.design.method
    if method != "morris":  # the points of few trajectories differ in all factors at once: their means mislead
        tables["response"] = _response(runs)
    if method != "sobol":
        return tables, {}
    judged = list(_convergence(runs))
    tables["convergence"] = table(Convergence, judged)
    tables["stages"] = table(Index, _stages(runs), labels=True)
    return tables, {"converged": has_converged(rows for _, _, rows in judged)}


def _by_scenario(runs: Runs, outcomes: list[Outcome]) -> Iterator[tuple[str, Outcome, np.ndarray]]:
    """Scenario, outcome and its values (points, draws, replicates)."""
    for place, name in enumerate(runs.scenarios):
        for one in outcomes:
            yield name, one, one.values[place]


def _indices(runs: Runs) -> Iterator[tuple[str, Outcome, list[Any]]]:
    from .analysis.chance import point_means
    from .analysis.indices import indices

    points, design = runs.campaign.plan.points, runs.campaign.experiment.design
    for name, one, values in _by_scenario(runs, [one for one in runs.outcomes if one.kind != "money"]):
        yield name, one, indices(design, points.factors, points.unit, point_means(values))


def _stages(runs: Runs) -> Iterator[tuple[str, Outcome, list[Any]]]:
    """The indices of decisive outcomes on growing parts of the design, the whole last."""
    from .analysis.chance import point_means
    from .analysis.convergence import stages_of
    from .analysis.indices import variance_based

    points, design = runs.campaign.plan.points, runs.campaign.experiment.design
    rows = rows_per_point(runs.campaign.experiment)
    for name, one, values in _by_scenario(runs, runs.decisive()):
        y = point_means(values)
        for n in stages_of(len(y) // rows):
            found = variance_based(design, points.factors, points.unit[: n * rows], y[: n * rows])
            yield name, one, [row for row in found if row.index in ("S1", "ST")]


def _convergence(runs: Runs) -> Iterator[tuple[str, Outcome, list[Any]]]:
    from .analysis.chance import point_means
    from .analysis.convergence import convergence

    points, design = runs.campaign.plan.points, runs.campaign.experiment.design
    for name, one, values in _by_scenario(runs, runs.decisive()):
        yield name, one, convergence(design, points.factors, point_means(values))


def _chance(runs: Runs) -> Iterator[tuple[str, Outcome, list[Any]]]:
    from .analysis.chance import shares

    points, experiment = runs.campaign.plan.points, runs.campaign.experiment
    design = experiment.design
    plain = independent_rows(design.method, len(points.factors), len(points), design.second_order)
    for name, one, values in _by_scenario(runs, runs.outcomes):
        yield name, one, [shares(values[plain], experiment.seeds)]


def _response(runs: Runs) -> Columns:
    from .analysis.chance import point_means
    from .analysis.response import Response, response

    points, experiment = runs.campaign.plan.points, runs.campaign.experiment
    block = rows_per_point(experiment) if experiment.design.method in SPREAD else 1
    wanted = {one.name: one for one in [*runs.about_targets(), *runs.decisive()]}
    return table(
        Response,
        (
            (name, one, response(points.factors, points.values, point_means(values), block))
            for name, one, values in _by_scenario(runs, list(wanted.values()))
        ),
    )
