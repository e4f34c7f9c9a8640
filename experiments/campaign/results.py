"""What the parts of an experiment say, as arrays over its axes: scenario, point, parameter draw, replicate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ...model.inputs import Inputs, Target
from ...model.text import Text
from ...model.vocabulary import indicators
from ..analysis.outcomes import Outcome
from ..columns import Columns
from ..single import target_rows
from .folder import Campaign
from .subject import kept_months

MEASURES = ("reached", "measured", "date")
ALL = "all"  # stands for the way of counting where a target has only one
MONEY = "public_money"
_WAYS = {"nominal": Text("名义口径", "nominal"), "effective": Text("实效口径", "effective"), "": Text("", "")}


def target_name(target: Target, measure: str) -> str:
    """The name of a target's outcome: "hubs.nominal.reached"."""
    return f"{target.id}.{target.counts or ALL}.{measure}"


def month_name(indicator: str, inputs: Inputs, month: int) -> str:
    """The name of an indicator's outcome: "street_hub_coverage@2025-12"."""
    year, number = inputs.year_month(month)
    return f"{indicator}@{year}-{number:02d}"


def outcomes_of(campaign: Campaign) -> list[Outcome]:
    """Every outcome: targets (reached, measured, date), indicators at year ends and at the end, public money."""
    place = _Placing(campaign)
    return [*_targets(campaign, place), *_indicators(campaign, place), *_money(campaign, place)]


def indicator_paths(campaign: Campaign, indicator: str) -> np.ndarray:
    """An indicator of the whole place by month: float32 (scenarios, points, draws, replicates, months), nan if not run.

    Months are those that were kept of the first scenario.
    """
    place = _Placing(campaign)
    table = campaign.parts.table("months", ["run", indicator])
    months = len(kept_months(campaign.inputs[0], campaign.experiment.keep))
    found = np.full((*place.shape, months), np.nan, np.float32)
    if table:
        values = table[indicator].reshape(-1, months)
        found.reshape(-1, months)[place.flat[table["run"][::months]]] = values
    return found


class _Placing:
    """Where a run lies in the arrays."""

    def __init__(self, campaign: Campaign) -> None:
        plan = campaign.plan
        _, draws, replicates = np.max(np.array(campaign.waves), axis=0).tolist()
        self.shape = (len(campaign.inputs), len(plan.points), draws, replicates)
        axes = tuple(plan.columns[name] for name in ("scenario", "point", "draw", "replicate"))
        self.flat = np.ravel_multi_index(axes, self.shape)

    def spread(self, runs: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Values of some runs in an array over all axes."""
        found = np.full(int(np.prod(self.shape)), np.nan)
        found[self.flat[runs]] = values
        return found.reshape(self.shape)


def _targets(campaign: Campaign, place: _Placing) -> Iterator[Outcome]:
    table = campaign.parts.table("outcomes")
    if not table:
        return
    targets = _all_targets(campaign.inputs)
    for target in targets:
        rows = (table["target"] == target.id) & (table["counts"] == target.counts)
        runs = table["run"][rows]
        ended = np.array([inputs.months for inputs in campaign.inputs])[campaign.plan.columns["scenario"][runs]]
        first = table["first"][rows]
        values = {
            "reached": table["reached"][rows].astype(np.float64),
            "measured": table["measured"][rows],
            "date": np.where(first < 0, ended, first).astype(np.float64),
        }
        for measure in MEASURES if target.by is not None else MEASURES[:2]:
            label, unit = _told(target, measure, targets)
            spread = place.spread(runs, values[measure])
            yield Outcome(target_name(target, measure), label, unit, measure, spread)


def _all_targets(inputs: tuple[Inputs, ...]) -> list[Target]:
    """The rows of targets of all scenarios, each once."""
    rows = {(row.id, row.counts): row for one in reversed(inputs) for row in target_rows(one)}
    order = dict.fromkeys((row.id, row.counts) for one in inputs for row in target_rows(one))
    return [rows[key] for key in order]


def target_words(target: Target, targets: list[Target]) -> Text:
    """What a row of targets is called; targets of one name are told apart by their ids."""
    way, named = _WAYS[target.counts], target.label
    if any(other.label == named and other.id != target.id for other in targets):
        named = Text(f"{named.zh}〔{target.id}〕", f"{named.en} [{target.id}]")
    return Text(named.zh + (f"（{way.zh}）" if way.zh else ""), named.en + (f" ({way.en})" if way.en else ""))


def _told(target: Target, measure: str, targets: list[Target]) -> tuple[Text, str]:
    """Label and unit of a target's outcome."""
    zh, en = target_words(target, targets)
    if measure == "reached":
        return Text(f"{zh}：达标概率", f"{en}: probability of reaching it"), "share"
    if measure == "date":
        return Text(f"{zh}：首次达标所需月数", f"{en}: months until first reached"), "months"
    return Text(f"{zh}：考核时的数值", f"{en}: figure at the check"), indicators()[target.indicator].unit


def _indicators(campaign: Campaign, place: _Placing) -> Iterator[Outcome]:
    inputs, keep = campaign.inputs[0], campaign.experiment.keep
    if not keep.indicators:
        return
    told = _told_months(inputs, kept_months(inputs, keep))
    table = campaign.parts.table("months", ["run", "month", *keep.indicators], told)
    if not table:
        return
    for month in told:
        rows = table["month"] == month
        runs = table["run"][rows]
        year, number = inputs.year_month(month)
        for name in keep.indicators:
            row = indicators()[name]
            label = Text(f"{row.label.zh}（{year}年{number}月）", f"{row.label.en}, {year}-{number:02d}")
            values = place.spread(runs, table[name][rows].astype(np.float64))
            yield Outcome(month_name(name, inputs, month), label, row.unit, "indicator", values)


def _told_months(inputs: Inputs, kept: np.ndarray) -> list[int]:
    """Kept months that end a year, and the last."""
    last = inputs.months - 1
    return [int(month) for month in kept if inputs.year_month(int(month))[1] == 12 or month == last]


def _money(campaign: Campaign, place: _Placing) -> Iterator[Outcome]:
    """Public money up to the year of the last deadline."""
    table: Columns = campaign.parts.table("money")
    if not table:
        return
    last = spent_until(campaign.inputs)
    spent = np.where(table["year"] <= last, table["public_yuan"], 0.0)
    runs, owner = np.unique(table["run"], return_inverse=True)
    label = Text(f"各级公共资金支出合计（至{last}年）", f"public money spent up to {last}")
    yield Outcome(MONEY, label, "yuan", "money", place.spread(runs, np.bincount(owner, weights=spent)))


def spent_until(scenarios: Sequence[Inputs]) -> int:
    """The year up to which money is counted: that of the last deadline of any scenario, else the first's last year."""
    deadlines = [target.by for inputs in scenarios for target in inputs.targets if target.by is not None]
    first = scenarios[0]
    return first.year_month(max(deadlines) if deadlines else first.months - 1)[0]
