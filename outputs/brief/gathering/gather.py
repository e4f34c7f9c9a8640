"""From results folders to findings: every figure of a brief, gathered once.

Folders are told apart by what lies in them. The plan is the scenario of the first forecast, else the first scenario
with a plan of the first comparison, else that of the first sensitivity analysis; all folders must be about it. Nothing
is run and nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ....model.text import Text
from ..findings import (
    AfterFinding,
    AssumptionFinding,
    FactorSet,
    Findings,
    MoneyFinding,
    OptionFinding,
    Source,
    TargetFinding,
)
from . import (
    from_calibration,
    from_comparison,
    from_forecast,
    from_forecasts,
    from_sensitivity,
    what_remains,
)
from .charts import charts
from .folders import open_all
from .measures import measures
from .plan import About, Opened, check_one_plan, of_kind, place_name, plan_of
from .rebase import with_plan_first
from .study import finished_study

__all__ = ["finished_study", "gather"]


def gather(folders: Sequence[Path]) -> Findings:
    """The findings of forecasts, comparisons, sensitivity analyses and calibrations of one plan.

    Further forecasts of the same place are options beside the first. Raises Refusal with everything that is wrong with
    any of the folders.
    """
    opened = open_all([Path(folder) for folder in folders])
    plan = plan_of(opened)
    check_one_plan(opened, plan)
    if plan is not None:
        opened = [with_plan_first(one, plan) if one.kind == "compare" else one for one in opened]
    targets, options = _targets(opened), _options(opened)
    factors = _factors(opened, plan)
    first = of_kind(opened, "forecast")[:1]
    found = Findings(
        plan=from_calibration.NAME if plan is None else plan.name,
        baseline=_baseline(opened, options),
        place=_place(opened),
        sources=tuple(map(_source, opened)),
        targets=targets,
        options=options,
        factors=factors,
        money=_money(first),
        after=_after(opened),
        grid=next((from_forecast.grid(one.results) for one in first if one.results is not None), None),
        assumptions=_assumptions(opened, plan, factors),
        calibration=next(
            (from_calibration.finding(one.calibration, plan.stem if plan else "")
             for one in opened if one.calibration is not None), None,
        ),
        charts=tuple(charts(opened)),
    )  # fmt: skip
    return replace(found, measures=measures(found, [one.study for one in opened if one.study is not None]))


def _targets(opened: Sequence[Opened]) -> tuple[TargetFinding, ...]:
    """The forecast's targets, else the comparison's; what it is without the plan from either."""
    compared = [target for one in of_kind(opened, "compare")[:1] for target in from_comparison.targets(one)]
    results = next((one.results for one in of_kind(opened, "forecast") if one.results is not None), None)
    if results is None:
        return tuple(compared)
    beside = {target.key: target for target in compared}
    return tuple(_with_baseline(target, beside.get(target.key)) for target in from_forecast.targets(results))


def _with_baseline(target: TargetFinding, other: TargetFinding | None) -> TargetFinding:
    if target.baseline is not None or other is None:
        return target
    return replace(target, baseline=other.baseline, baseline_outcome=other.baseline_outcome)


def _options(opened: Sequence[Opened]) -> tuple[OptionFinding, ...]:
    """Those of the comparisons, then those of further forecasts; each scenario once, the base first."""
    found: dict[str, OptionFinding] = {}
    forecasts = of_kind(opened, "forecast")
    made = [from_comparison.options(one) for one in of_kind(opened, "compare")]
    if len(forecasts) > 1:
        made.append(from_forecasts.options(forecasts))
    for one in (one for some in made for one in some):
        found.setdefault(one.key, one)
    return tuple(found.values())


def _baseline(opened: Sequence[Opened], options: Sequence[OptionFinding]) -> Text | None:
    """The name of the scenario without the plan."""
    for one in of_kind(opened, "forecast")[:1]:
        told = one.results.manifest.get("baseline") if one.results is not None else None
        if told:
            return Text(told["name"]["zh"], told["name"]["en"])
    return next((one.name for one in options if one.about == "baseline"), None)


def _place(opened: Sequence[Opened]) -> Text:
    for one in opened:
        if one.study is not None:
            return one.study.campaign.inputs[0].place.name
        if one.results is not None:
            return place_name(one.results.manifest["scenario"])
    return Text("", "")


def _source(one: Opened) -> Source:
    if one.results is not None:
        return from_forecast.source(one.results)
    if one.study is not None:
        return from_comparison.source(one.study)
    if one.calibration is None:
        raise ValueError(f"{one.folder} has not been opened")
    return from_calibration.source(one.calibration)


def _money(first: Sequence[Opened]) -> MoneyFinding | None:
    return next((from_forecast.money(one.results) for one in first if one.results is not None), None)


def _after(opened: Sequence[Opened]) -> tuple[AfterFinding, ...]:
    """What remains in the first forecast, else in the base of the first comparison."""
    for one in of_kind(opened, "forecast"):
        if one.results is not None:
            return what_remains.of_forecast(one.results)
    for one in of_kind(opened, "compare"):
        if (study := one.as_run or one.study) is not None:
            return what_remains.of_comparison(study, one.first)
    return ()


def _factors(opened: Sequence[Opened], plan: About | None) -> tuple[FactorSet, ...]:
    return tuple(
        found
        for one in of_kind(opened, "sensitivity")
        if one.study is not None and plan is not None
        for found in from_sensitivity.factors(one.study, plan.stem)
    )


def _assumptions(
    opened: Sequence[Opened], plan: About | None, factors: Sequence[FactorSet]
) -> tuple[AssumptionFinding, ...]:
    """Of the calibration's log, else the unknowns of a sensitivity analysis, else the two that nobody has observed."""
    if plan is None:
        return ()
    for one in of_kind(opened, "calibration"):
        if found := from_calibration.assumptions(one.folder, plan.stem):
            return found
    for one in of_kind(opened, "sensitivity"):
        if one.study is not None and (found := from_sensitivity.assumptions(one.study, factors)):
            return found
    return from_calibration.unobserved()
