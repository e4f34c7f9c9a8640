"""What a policy costs more than the first one, and what each additional point of an outcome costs.

The price is a ratio of two mean differences, with Fieller's interval (both sides of the ratio are uncertain, and they
share their luck). It is told only where the interval of the outcome's difference excludes 0, and only for a policy that
is not both better and cheaper, or both worse and dearer: there one number would hide which is which.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...model.text import Text
from ..columns import Columns, table_of
from .estimates import Estimate, difference_of, t_half, unit_means, value_of
from .outcomes import Outcome

KINDS = {
    "base": "text", "other": "text", "outcome": "text", "label_zh": "text", "label_en": "text", "unit": "text",
    "base_cost": "float", "base_cost_low": "float", "base_cost_high": "float", "other_cost": "float",
    "other_cost_low": "float", "other_cost_high": "float", "cost_difference": "float", "cost_difference_low": "float",
    "cost_difference_high": "float", "difference": "float", "difference_low": "float", "difference_high": "float",
    "price": "float", "price_low": "float", "price_high": "float", "per": "float", "verdict": "text",
    "why_zh": "text", "why_en": "text", "covers": "text", "dropped": "int",
}  # fmt: skip

WHY = {
    "price": Text(
        "效果更好、花费更多：每多一点的花费见此", "better and dearer: this is what each additional point costs"
    ),
    "price_cost_unsure": Text(
        "效果更好，花费多少尚看不出差别：区间含 0", "better, at a cost that may be no different: the interval holds 0"
    ),
    "saving": Text(
        "效果较差、花费更少：此为每少一点所节省的钱", "worse and cheaper: this is what each point given up saves"
    ),
    "saving_cost_unsure": Text(
        "效果较差，花费多少尚看不出差别：区间含 0", "worse, at a cost that may be no different: the interval holds 0"
    ),
    "better_and_cheaper": Text("效果更好而且更省钱，无须计算单价", "better and cheaper: there is no price to pay"),
    "worse_and_dearer": Text("效果更差而且更费钱，没有单价可言", "worse and dearer: money buys nothing here"),
    "unsure": Text(
        "效果差别的区间含 0，分母可能为零，不计算单价",
        "the interval of the outcome's difference includes 0, so that the price may be anything: it is not told",
    ),
    "nothing": Text("成功的推演太少，无从估计", "too few runs succeeded: nothing can be said"),
}
_PRICED = ("price", "price_cost_unsure", "saving", "saving_cost_unsure")


def costs(
    money: Outcome,
    outcomes: Sequence[Outcome],
    scenarios: Sequence[str],
    varies: bool,
    seed: int = 0,
    level: float = 0.95,
    fewer_is_better: Sequence[str] = (),
) -> Columns:
    """One row per other scenario and outcome, with the columns of `KINDS`; `verdict` is a key of `WHY`.

    `money` is the public money of each run until the deadline, yuan. The price is in yuan per `per` of the outcome:
    0.01 (a percentage point) of a share or a probability, else 1. Of the outcomes named in `fewer_is_better`, and of
    every date, less is better; the price is then that of one point or month less.
    """
    own = [value_of(one, money.kind, varies, level, seed) for one in money.values]
    rows = []
    for place in range(1, len(scenarios)):
        for outcome in outcomes:
            less = outcome.kind == "date" or outcome.name in fewer_is_better
            found = _compared(money, outcome, place, varies, level, -1.0 if less else 1.0)
            named = (outcome.name, outcome.label.zh, outcome.label.en, outcome.unit)
            rows.append((scenarios[0], scenarios[place], *named, *own[0][:3], *own[place][:3], *found))
    return table_of(rows, KINDS)


def fieller(top: np.ndarray, bottom: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Fieller's interval for mean(top) / mean(bottom) of pairs; nan unless that of mean(bottom) excludes 0."""
    n = len(top)
    if n < 2:
        return np.nan, np.nan
    reach = float(t_half(np.array(1.0), np.array(n), level)) ** 2  # t² / n
    (vt, vtb), (_, vb) = reach * np.cov(top, bottom, ddof=1)
    x, y = top.mean(), bottom.mean()
    a, b, c = y**2 - vb, x * y - vtb, x**2 - vt
    if a <= 0:
        return np.nan, np.nan
    root = np.sqrt(max(b**2 - a * c, 0.0))
    return float((b - root) / a), float((b + root) / a)


def _compared(
    money: Outcome, outcome: Outcome, place: int, varies: bool, level: float, sign: float
) -> tuple[object, ...]:
    """Both differences over the runs that have both figures on both sides, the price, and what to say of it."""
    spent, found = money.values, outcome.values
    whole = ~np.isnan(spent[0] + spent[place] + found[0] + found[place])
    blank = np.where(whole, 0.0, np.nan)
    cost = difference_of(spent[0] + blank, spent[place] + blank, money.kind, varies, level)
    gain = difference_of(found[0] + blank, found[place] + blank, outcome.kind, varies, level)
    top = unit_means(spent[place] - spent[0] + blank, varies)[0]
    bottom = sign * unit_means(found[place] - found[0] + blank, varies)[0]
    low, high = fieller(top, bottom, level)
    what = _verdict(cost, gain, sign, np.isnan(low))
    per = 0.01 if outcome.kind == "reached" or outcome.unit == "share" else 1.0
    price = (top.mean() / bottom.mean(), low, high) if what in _PRICED else (np.nan,) * 3
    return (
        *cost[:3], *gain[:3], *(float(x) * per for x in price), per, what, WHY[what].zh, WHY[what].en, gain.covers,
        int((~whole).sum()),
    )  # fmt: skip


def _verdict(cost: Estimate, gain: Estimate, sign: float, no_interval: bool) -> str:
    """Which of `WHY` holds."""
    if gain.units < 2:
        return "nothing"
    if gain.low <= 0 <= gain.high or no_interval:
        return "unsure"
    better = sign * gain.value > 0
    if cost.low <= 0 <= cost.high:
        return "price_cost_unsure" if better else "saving_cost_unsure"
    if better:
        return "better_and_cheaper" if cost.value < 0 else "price"
    return "saving" if cost.value < 0 else "worse_and_dearer"
