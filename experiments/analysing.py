"""From the parts of an experiment to its tables: differences, summaries, sensitivity; and whether more runs are due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..model.text import Text
from ..model.vocabulary import indicators
from .analysis.outcomes import Outcome
from .analysis.rows import table
from .campaign.folder import Campaign
from .campaign.plan import Extent
from .campaign.results import MONEY, indicator_paths
from .campaign.subject import kept_months
from .columns import Columns, text_column
from .design.points import SPREAD, rows_per_point
from .design.sampling import independent_rows
from .tables import varying

if TYPE_CHECKING:
    from .analysis.stopping import Rule, Verdict

Tables = dict[str, Columns]
Found = tuple[Tables, dict[str, Any]]
ABOUT_TARGETS = ("reached", "measured")


@dataclass(frozen=True)
class _Runs:
    """An experiment and its outcomes."""

    campaign: Campaign
    outcomes: list[Outcome]

    @cached_property
    def scenarios(self) -> list[str]:
        return scenario_names(self.campaign)

    @property
    def varies(self) -> bool:
        """Whether parameters are drawn."""
        drawn = self.campaign.experiment.draws is not None
        return drawn and any(varying(inputs) for inputs in self.campaign.inputs)

    def about_targets(self) -> list[Outcome]:
        return [one for one in self.outcomes if one.kind in ABOUT_TARGETS]

    def decisive(self) -> list[Outcome]:
        """The outcomes by which convergence is judged: those that the file names, else the targets' figures."""
        named = self.campaign.experiment.decide_on
        if named:
            return [one for one in self.outcomes if one.name in named]
        return [one for one in self.outcomes if one.kind == "measured"]


def scenario_names(campaign: Campaign) -> list[str]:
    """What the scenarios are called in tables: the names of their files."""
    return [resolved.path.stem for resolved in campaign.experiment.scenarios]


def analyse(campaign: Campaign, outcomes: list[Outcome]) -> Found:
    """The tables of an experiment by its purpose, and what the run of the work depends on."""
    return _BY_PURPOSE[campaign.purpose](_Runs(campaign, outcomes))


def widening(campaign: Campaign, notes: dict[str, Any]) -> Extent | None:
    """How far the experiment reaches next, if its own rule asks for more and allows it."""
    now = campaign.waves[-1]
    up_to = campaign.experiment.design.up_to
    if notes.get("converged") is False and up_to is not None and 2 * now.points <= up_to:
        return now._replace(points=2 * now.points)
    units = notes.get("next_units")
    if units is None:
        return None
    return now._replace(draws=units) if campaign.experiment.draws is not None else now._replace(replicates=units)


def _compare(runs: _Runs) -> Found:
    from ..scenarios.differences import difference
    from .analysis.cost import costs
    from .analysis.paired import differences
    from .analysis.paths import paths

    campaign, names, varies = runs.campaign, runs.scenarios, runs.varies
    seed = campaign.experiment.seed
    inputs, keep = campaign.inputs[0], campaign.experiment.keep
    money = next(one for one in runs.outcomes if one.name == MONEY)
    by_month = {name: indicator_paths(campaign, name) for name in keep.indicators}
    by_month = {name: path.reshape(len(names), -1, path.shape[-1]) for name, path in by_month.items()}
    first, *others = campaign.experiment.scenarios
    changes = [(other.path.stem, change) for other in others for change in difference(first, other)]
    tables = {
        "differences": differences(runs.outcomes, names, varies, seed),
        "costs": costs(money, _worth_money(runs), names, varies, seed),
        "paths": paths(by_month, names, kept_months(inputs, keep), (inputs.first_year, inputs.first_month)),
        "changes": {
            "base": text_column([first.path.stem] * len(changes)),
            "other": text_column([name for name, _ in changes]),
            "path": text_column([change.path for _, change in changes]),
            "base_value": text_column([change.before for _, change in changes]),
            "other_value": text_column([change.after for _, change in changes]),
        },
    }
    return tables, _enough(runs)


def _worth_money(runs: _Runs) -> list[Outcome]:
    """Figures of targets that are shares: what money may buy points of."""
    return [one for one in runs.outcomes if one.kind == "measured" and one.unit == "share"]


def _enough(runs: _Runs) -> dict[str, Any]:
    """What `--until-sure` says of the targets' differences (of their probabilities, with one scenario)."""
    from .analysis.stopping import Rule, next_number, record, sentence, verdict

    told = dict(runs.campaign.manifest.get("until_sure") or {})
    if not told:
        return {}
    precision = told.pop("precision", None)
    rule = Rule(**told)
    compared = range(1, len(runs.scenarios)) or range(1)
    against = 0 if len(runs.scenarios) > 1 else None
    found = [
        (one, place, verdict(rule, one, place, against, runs.varies, runs.campaign.experiment.seed))
        for one in runs.outcomes
        if one.kind == "reached"
        for place in compared
    ]
    found += [] if precision is None else _precise_means(runs, rule, precision)
    now = runs.campaign.waves[-1]
    units = now.draws if runs.campaign.experiment.draws is not None else now.replicates
    enough = all(one.sure for _, _, one in found)
    said = [
        {"scenario": runs.scenarios[place], "outcome": one.name, "precision": precision, **record(rule, reached)}
        for one, place, reached in found
    ]
    lines: list[Text] = []
    for one, place, reached in found:
        line, name = sentence(rule, reached, runs.varies), runs.campaign.inputs[place].name
        if one.kind == "reached" and against is not None:
            base = runs.campaign.inputs[against].name
            name = Text(f"{name.zh}减{base.zh}", f"{name.en} less {base.en}")
        lines.append(Text(f"{one.label.zh}（{name.zh}）：{line.zh}", f"{one.label.en} ({name.en}): {line.en}"))
    return {"next_units": None if enough else next_number(rule, units), "stopping": said, "said": lines}


def _precise_means(runs: _Runs, rule: Rule, precision: float) -> list[tuple[Outcome, int, Verdict]]:
    """The look-ahead rule on the mean figure of every target, in every scenario."""
    from .analysis.estimates import unit_means
    from .analysis.look_ahead import verdict_of_mean

    found = []
    for one in (one for one in runs.outcomes if one.kind == "measured"):
        for place in range(len(runs.scenarios)):
            means = unit_means(one.values[place], runs.varies)[0]
            found.append((one, place, verdict_of_mean(means, rule.most, precision, unit=one.unit)))
    return found


def _sweep(runs: _Runs) -> Found:
    from .analysis.summary import summary

    tables = {"summary": summary(runs.outcomes, runs.scenarios, runs.varies)}
    if runs.campaign.experiment.factors:
        tables["response"] = _response(runs)
    return tables, {}


def _sensitivity(runs: _Runs) -> Found:
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


def _by_scenario(runs: _Runs, outcomes: list[Outcome]) -> Iterator[tuple[str, Outcome, np.ndarray]]:
    """Scenario, outcome and its values (points, draws, replicates)."""
    for place, name in enumerate(runs.scenarios):
        for one in outcomes:
            yield name, one, one.values[place]


def _indices(runs: _Runs) -> Iterator[tuple[str, Outcome, list[Any]]]:
    from .analysis.chance import point_means
    from .analysis.indices import indices

    points, design = runs.campaign.plan.points, runs.campaign.experiment.design
    for name, one, values in _by_scenario(runs, [one for one in runs.outcomes if one.kind != "money"]):
        yield name, one, indices(design, points.factors, points.unit, point_means(values))


def _stages(runs: _Runs) -> Iterator[tuple[str, Outcome, list[Any]]]:
    """The indices of decisive outcomes on growing parts of the design, the whole last."""
    from .analysis.chance import point_means
    from .analysis.convergence import stages_of
    from .analysis.indices import indices

    points, design = runs.campaign.plan.points, runs.campaign.experiment.design
    rows = rows_per_point(runs.campaign.experiment)
    for name, one, values in _by_scenario(runs, runs.decisive()):
        y = point_means(values)
        for n in stages_of(len(y) // rows):
            found = indices(design, points.factors, points.unit[: n * rows], y[: n * rows])
            yield name, one, [row for row in found if row.index in ("S1", "ST")]


def _convergence(runs: _Runs) -> Iterator[tuple[str, Outcome, list[Any]]]:
    from .analysis.chance import point_means
    from .analysis.convergence import convergence

    points, design = runs.campaign.plan.points, runs.campaign.experiment.design
    for name, one, values in _by_scenario(runs, runs.decisive()):
        yield name, one, convergence(design, points.factors, point_means(values))


def _chance(runs: _Runs) -> Iterator[tuple[str, Outcome, list[Any]]]:
    from .analysis.chance import shares

    points, experiment = runs.campaign.plan.points, runs.campaign.experiment
    design = experiment.design
    plain = independent_rows(design.method, len(points.factors), len(points), design.second_order)
    for name, one, values in _by_scenario(runs, runs.outcomes):
        yield name, one, [shares(values[plain], experiment.seeds)]


def _response(runs: _Runs) -> Columns:
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


_BY_PURPOSE: dict[str, Callable[[_Runs], Found]] = {
    "compare": _compare,
    "sweep": _sweep,
    "sensitivity": _sensitivity,
}
MAIN_INDICATORS = (
    "street_hub_coverage", "street_hub_coverage_effective", "organizations", "active_organizations", "registered",
    "capability", "brand_organizations", "needs_met", "trust", "public_money",
)  # fmt: skip


def kept_by_default(names: tuple[str, ...] = MAIN_INDICATORS) -> list[str]:
    """The indicators that a comparison keeps: those a planner asks about first."""
    return [name for name in names if name in indicators()]
