"""What a comparison found: paired differences, costs, paths, what the scenarios say; and whether that is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model.text import Text
from .analysis.outcomes import Outcome
from .campaign.results import MONEY, indicator_paths
from .campaign.subject import kept_months
from .columns import text_column
from .outcomes_read import Found, Runs

if TYPE_CHECKING:
    from .analysis.stopping import Rule, Verdict


def compare_tables(runs: Runs) -> Found:
    """Differences of all outcomes, costs, paths and changes; notes of `--until-sure`."""
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


def _worth_money(runs: Runs) -> list[Outcome]:
    """Figures of targets that are shares: what money may buy points of."""
    return [one for one in runs.outcomes if one.kind == "measured" and one.unit == "share"]


def _enough(runs: Runs) -> dict[str, Any]:
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


def _precise_means(runs: Runs, rule: Rule, precision: float) -> list[tuple[Outcome, int, Verdict]]:
    """The look-ahead rule on the mean figure of every target, in every scenario."""
    from .analysis.estimates import unit_means
    from .analysis.look_ahead import verdict_of_mean

    found = []
    for one in (one for one in runs.outcomes if one.kind == "measured"):
        for place in range(len(runs.scenarios)):
            means = unit_means(one.values[place], runs.varies)[0]
            found.append((one, place, verdict_of_mean(means, rule.most, precision, unit=one.unit)))
    return found
