"""What every figure of a brief is called, and its unit: by key of the target, and by name of other outcomes."""

from __future__ import annotations

from collections.abc import Iterable

from ....experiments.study import Study
from ....model.text import Text
from ....model.vocabulary import indicators
from ...experiment_facts import Measure
from ...words import counted
from ..findings import ALL, Findings, TargetFinding

PUBLIC_MONEY = "public_money"


def measures(findings: Findings, studies: Iterable[Study]) -> dict[str, Measure]:
    """For each target its key (the figure) and key.reached, key.measured; indicators; outcomes of studies; money."""
    found: dict[str, Measure] = {}
    for target in findings.targets:
        name = _name(target)
        found[target.key] = Measure(name, target.unit, "measured")
        found[f"{target.key}.measured"] = Measure(
            Text(f"{name.zh}：考核时的数值", f"{name.en}: figure at the check"), target.unit, "measured"
        )
        found[f"{target.key}.reached"] = Measure(
            Text(f"{name.zh}：达标概率", f"{name.en}: probability of reaching it"), "share", "reached"
        )
    for one in findings.after:
        found[one.indicator] = Measure(one.label, one.unit, "indicator")
    for study in studies:
        for name, one in study.outcomes.items():
            if one.kind == "indicator":  # one for each year: `after` has those that a brief tells
                continue
            found.setdefault(name, Measure(one.label, one.unit, one.kind))
            if one.kind == "measured":  # the target itself, where no forecast tells of it
                bare = Text(one.label.zh.rpartition("：")[0], one.label.en.rpartition(": ")[0])
                found.setdefault(name.removesuffix(".measured"), Measure(bare, one.unit, one.kind))
    money = indicators().get(PUBLIC_MONEY)
    if money is not None and any(option.money is not None for option in findings.options):
        found.setdefault(PUBLIC_MONEY, Measure(money.label, "yuan", "money"))
    return found


def _name(target: TargetFinding) -> Text:
    if target.counts == ALL:
        return target.label
    way = counted(target.counts)
    return Text(f"{target.label.zh}（{way.zh}）", f"{target.label.en} ({way.en})")
