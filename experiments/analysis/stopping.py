"""When there are enough runs (`--until-sure`): an interval narrow enough, or wholly on one side of what decides.

Looks are taken at numbers fixed beforehand, each double the last. Looking often gives luck more chances to deceive, so
the interval that is held against the threshold has the level 1 - 0.05/looks (Bonferroni): over all looks together, at
most one study in twenty ends on the wrong side. Counting how alike successive looks are would allow a lower level;
Bonferroni assumes nothing of them. The schedule belongs to the question: a larger `most` set later is a new rule with
another level. The level of the interval whose width is judged is not corrected: no claim hangs on where it lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from ...model.text import Text
from .estimates import REACHED, Estimate, difference_of, strict_probability, value_of
from .outcomes import Outcome
from .saying import POINTS, as_written

START = 20


@dataclass(frozen=True)
class Rule:
    """What is enough: half a width, a threshold to be excluded, or either; and the `most` units to be spent.

    Units are parameter draws, or replicates where no parameter is drawn. Raises ValueError if nothing could stop it.
    """

    half_width: float | None  # in the outcome's own unit; of the 95 % interval
    threshold: float | None  # what decides: 0 for a difference, 0.5 for "more likely than not"
    most: int
    start: int = START  # units at the first look
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.half_width is None and self.threshold is None:
            raise ValueError("a rule needs a half width or a threshold")
        if self.half_width is not None and not self.half_width > 0:
            raise ValueError("half a width is more than 0")
        if self.most < 2 or self.start < 2:
            raise ValueError("a rule needs at least two units")


class Verdict(NamedTuple):
    """Whether that is enough, and why. The interval is that which the verdict rests on, at `level`.

    `why` is `excluded`, `narrow`, `steady` (a mean that held), `spent` (no more units), `going_on` or `nothing`.
    `n` counts the units with a value.
    """

    sure: bool
    why: str
    reason: Text
    n: int
    value: float
    half_width: float
    low: float
    high: float
    level: float


def looks(rule: Rule) -> list[int]:
    """The numbers of units at which the rule looks: doubling from the start, `most` at the end."""
    numbers = []
    n = rule.start
    while n < rule.most:
        numbers.append(n)
        n *= 2
    return [*numbers, rule.most]


def next_number(rule: Rule, n: int) -> int | None:
    """How many units in all to have at the next look after `n`; None when they are spent."""
    return next((number for number in looks(rule) if number > n), None)


def strict_level(rule: Rule) -> float:
    """The level of the interval held against the threshold at every look."""
    return 1 - (1 - rule.level) / len(looks(rule))


def verdict(
    rule: Rule, outcome: Outcome, place: int, against: int | None = None, varies: bool = True, seed: int = 0
) -> Verdict:
    """The rule applied to scenario `place`, or to its difference from scenario `against` (`place` less `against`).

    The number of units asked for so far is read from the outcome's axes; failed ones (nan) count against `most`.
    """
    draws, replicates = outcome.values.shape[2:]
    spent = (draws if varies and draws > 1 else draws * replicates) >= rule.most
    unit = "share" if outcome.kind == REACHED else outcome.unit
    plain, strict = (
        _estimate(outcome, place, against, varies, seed, level) for level in (rule.level, strict_level(rule))
    )
    if against is None and outcome.kind == REACHED and strict.units:
        low, high = strict_probability(outcome.values[place], varies, strict_level(rule))
        strict = strict._replace(low=low, high=high)
    return judged(rule, plain, strict, spent, unit, against is not None)


def _estimate(outcome: Outcome, place: int, against: int | None, varies: bool, seed: int, level: float) -> Estimate:
    if against is None:
        return value_of(outcome.values[place], outcome.kind, varies, level, seed)
    return difference_of(outcome.values[against], outcome.values[place], outcome.kind, varies, level)


def judged(rule: Rule, plain: Estimate, strict: Estimate, spent: bool, unit: str = "", gap: bool = False) -> Verdict:
    """The rule applied to an estimate at its own level (`plain`) and at `strict_level` (`strict`)."""
    half = (plain.high - plain.low) / 2
    excluded = rule.threshold is not None and not strict.low <= rule.threshold <= strict.high
    excluded = excluded and strict.low == strict.low  # an unknown interval (nan) excludes nothing
    narrow = rule.half_width is not None and half <= rule.half_width
    if excluded:
        why = "excluded"
    elif narrow:
        why = "narrow"
    elif half != half:
        why = "nothing"
    else:
        why = "spent" if spent else "going_on"
    stands_on_strict = excluded or (rule.half_width is None and not narrow)
    found, level = (strict, strict_level(rule)) if stands_on_strict else (plain, rule.level)
    return Verdict(
        excluded or narrow, why, _reason(rule, why, found, level, unit, gap), found.units, found.value,
        (found.high - found.low) / 2, found.low, found.high, level,
    )  # fmt: skip


def _reason(rule: Rule, why: str, found: Estimate, level: float, unit: str, gap: bool) -> Text:
    """Why to stop, or why not."""
    if why == "nothing":
        return Text("推演太少，尚不能给出区间", "too few runs for an interval")
    low, high = as_written(found.low, unit, gap), as_written(found.high, unit, gap)
    if gap and unit == "share":  # the unit once
        low = Text(low.zh.removesuffix(POINTS.zh), low.en.removesuffix(POINTS.en))
    zh = f"{100 * level:.4g}% 区间为 {low.zh} 至 {high.zh}"
    en = f"the {100 * level:.4g} % interval is {low.en} to {high.en}"
    if why == "excluded":
        limit = as_written(rule.threshold or 0.0, unit, gap)
        return Text(f"{zh}，不含判断界限 {limit.zh}", f"{en} and excludes the deciding threshold {limit.en}")
    if why == "narrow":
        half = as_written(rule.half_width or 0.0, unit, gap)
        return Text(f"{zh}，半宽不超过 {half.zh}", f"{en}, no wider than {half.en} to each side")
    if why == "spent":
        return Text(f"{zh}，已用完允许的推演次数，仍不确定", f"{en}; the runs allowed are spent and it is not yet sure")
    return Text(f"{zh}，尚不确定，继续推演", f"{en}; not yet sure, more runs are needed")


def record(rule: Rule, found: Verdict) -> dict[str, Any]:
    """Rule, number and precision reached, as plain data for a manifest; unknown figures are None."""
    figures = {name: getattr(found, name) for name in ("value", "half_width", "low", "high")}
    return {
        "half_width": rule.half_width,
        "threshold": rule.threshold,
        "most": rule.most,
        "looks": looks(rule),
        "correction": "bonferroni",
        "strict_level": strict_level(rule),
        "sure": found.sure,
        "why": found.why,
        "units": found.n,
        "reached": {name: None if x != x else x for name, x in figures.items()} | {"level": found.level},
    }


def sentence(rule: Rule, found: Verdict, varies: bool = True) -> Text:
    """Number and precision for a planner: how many were run, what was found, whether that is enough."""
    what = Text("组参数", "parameter draws") if varies else Text("次推演", "runs")
    state = Text("已可下结论", "Sure enough") if found.sure else Text("尚不能下结论", "Not yet sure")
    return Text(
        f"{state.zh}：推演 {found.n} {what.zh}（上限 {rule.most}），{found.reason.zh}。",
        f"{state.en}: after {found.n} {what.en} (at most {rule.most}), {found.reason.en}.",
    )
