"""What is paid, for what, and what one more point of a target costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ....model.text import Text
from ...outcome_words import capital
from ...words import bracketed, percent
from ..document import Paragraph, plain
from ..findings import Change, Findings, MoneyFinding, OptionFinding, Price
from .phrases import YUAN, amount, amount_with_range, called, figure_of, headed, is_clear, joined, quoted, said, size

PRICED = ("price", "saving")  # verdicts under which the figure is clear
MOST_PAYMENTS = 3
COST = Text("计划的花费", "What it costs")


def money(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """All that is said of money; nothing where the folders hold no ledger and compare nothing."""
    told = [line for line in (*_paid(findings, lang), *prices(findings, lang)) if line]
    return tuple(plain(line) for line in told)


def of_the_plan(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """What the plan costs, for the first page: against no plan, with one clear price; else what is paid in all."""
    change = _plan_costs(findings)
    if change is not None:
        without = next(one for one in findings.options if one.about == "baseline")
        first = replace(without, prices=tuple(one for one in without.prices if is_priced(one))[:1])
        told = said((plan_costs(change, lang), _priced(findings, first, lang)), lang)
    elif findings.money is not None:
        told = total(findings.money, lang)
    else:
        return ()
    return (headed(COST.of(lang), told, lang),)


def _paid(findings: Findings, lang: str) -> Iterator[str]:
    if findings.money:
        yield said((total(findings.money, lang), baseline(findings, lang)), lang)
        yield payments(findings.money, lang)
    else:
        yield baseline(findings, lang)


def total(found: MoneyFinding, lang: str) -> str:
    """What is paid over all years, and in a year."""
    years = found.last_year - found.first_year + 1
    sum_, yearly = amount_with_range(found.total, lang), amount(found.total.value / years, found.total.error, lang)
    each = Text(f"，年均{yearly}", f", {yearly} a year").of(lang) if years > 1 else ""
    span = Text(f"{found.first_year}～{found.last_year}年", f"From {found.first_year} to {found.last_year}")
    if years == 1:
        span = Text(f"{found.first_year}年", f"In {found.first_year}")
    return Text(
        f"{span.zh}各级公共资金支出合计预计{sum_}{each}（取全部推演的中位数，括号内为90%范围）。",
        f"{span.en} the funders pay {sum_}{each} (median of the runs; in brackets the range of 90 % of them).",
    ).of(lang)


def baseline(findings: Findings, lang: str) -> str:
    """What would be paid without the plan, and the paired difference where a comparison tells it."""
    told, without = "", findings.money.baseline if findings.money else None
    if without:
        sum_ = amount_with_range(without, lang)
        told = Text(f"不实施计划时为{sum_}。", f"Without the plan it would be {sum_}.").of(lang)
    change = _plan_costs(findings)
    return told if change is None else said((told, plan_costs(change, lang)), lang)


def plan_costs(change: Change, lang: str) -> str:
    """The paired difference between the plan and no plan, up to the last deadline."""
    if not is_clear(change):
        alike = "Up to the last deadline the plan and no plan cannot be told apart in money."
        return Text("到最后一个目标的期限为止，实施与不实施计划的支出之差与零无法区分。", alike).of(lang)
    gap, less = size(change, YUAN, lang), change.value < 0
    return Text(
        f"到最后一个目标的期限为止，成对比较，实施计划比不实施{'少' if less else '多'}用{gap}。",
        f"Up to the last deadline the plan takes {gap} {'less' if less else 'more'} than no plan, pair by pair.",
    ).of(lang)


def _plan_costs(findings: Findings) -> Change | None:
    """What the base costs more than the scenario without a plan."""
    without = next((one for one in findings.options if one.about == "baseline" and one.money_change), None)
    if without is None or without.money_change is None:
        return None
    other = without.money_change
    return Change(-other.value, -other.high, -other.low)


def payments(found: MoneyFinding, lang: str) -> str:
    """For what most is paid."""
    whole = sum(one.yuan for one in found.payments)
    if not whole > 0:
        return ""
    first, rest = found.payments[:MOST_PAYMENTS], found.payments[MOST_PAYMENTS:]
    names = [bracketed(one.label.of(lang), percent(one.yuan / whole, lang), lang) for one in first]
    left = sum(one.yuan for one in rest)
    more = ""
    if rest and left > 0:
        share = percent(left / whole, lang)
        items = f"the other {len(rest)} items are" if len(rest) > 1 else "one other item is"
        more = Text(f"其余{len(rest)}项合计占{share}", f"{items} {share}").of(lang)
    return Text(
        f"支出最多的是{joined(names, lang)}{'；' if more else ''}{more}。",
        f"Most is paid for {joined(names, lang)}{'; ' if more else ''}{more}.",
    ).of(lang)


def prices(findings: Findings, lang: str) -> Iterator[str]:
    """What an additional point costs, option by option."""
    base = next((one for one in findings.options if one.about == "base"), None)
    for option in findings.options:
        if base and option is not base and option.prices:
            yield said((_priced(findings, option, lang), _unpriced(findings, option, lang)), lang)


def _priced(findings: Findings, option: OptionFinding, lang: str) -> str:
    clear = [one for one in option.prices if is_priced(one)]
    if not clear:
        return ""
    what = [f"{called(findings, one.target, lang)}{Text('', ' ').of(lang)}{cost(one, lang)}" for one in clear]
    per = units(findings, clear, lang)
    listed = Text("；", "; ").of(lang).join(what)
    name, saves = quoted(option.name, lang), clear[0].verdict == "saving"
    if option.about == "baseline" and saves:
        return Text(f"与不实施相比，计划每提高{per}所花的钱：{listed}。",
                    f"Against no plan, each {per} that the plan gains costs: {listed}.").of(lang)  # fmt: skip
    if saves:
        given_up = Text(f"{name}每降低{per}所省的钱：{listed}。", f"{name} saves for each {per} given up: {listed}.")
        return given_up.of(lang)
    return Text(f"{name}每多提高{per}所花的钱：{listed}。", f"Each {per} more costs in {name}: {listed}.").of(lang)


def units(findings: Findings, found: list[Price], lang: str) -> str:
    """Of what the prices are the prices: a percentage point, or one of whatever is counted."""
    shares = {figure_of(findings, one.target).unit == "share" for one in found}
    words = Text("1个百分点（或1个单位）", "percentage point (or unit)")
    if len(shares) == 1:
        words = Text("1个百分点", "percentage point") if shares.pop() else Text("1个单位", "unit")
    return words.of(lang)


def _unpriced(findings: Findings, option: OptionFinding, lang: str) -> str:
    """Targets for which there is no price, by the reason."""
    reasons: dict[str, list[str]] = {}
    for one in option.prices:
        if not is_priced(one):
            reasons.setdefault(no_price(one, lang), []).append(called(findings, one.target, lang))
    name = quoted(option.name, lang) + Text("：", ": ").of(lang)
    told = [Text(f"{joined(which, 'zh')}：{why}。", f"{capital(joined(which, 'en'))}: {why}.").of(lang)
            for why, which in reasons.items()]  # fmt: skip
    lead = "" if any(is_priced(one) for one in option.prices) or not told else name
    return lead + said(told, lang)


def is_priced(found: Price) -> bool:
    """Whether the price is a clear figure, with an interval."""
    return found.verdict in PRICED and found.low == found.low and found.high == found.high


def cost(found: Price, lang: str) -> str:
    """A price with its interval."""
    return size(Change(found.value, found.low, found.high), YUAN, lang)


def no_price(found: Price, lang: str) -> str:
    """Why there is no price, in a few words."""
    return {
        "better_and_cheaper": Text("效果更好而且更省钱，不计单价", "better and cheaper, so there is no price"),
        "worse_and_dearer": Text("效果更差而且更费钱，没有单价可言", "worse and dearer, so money buys nothing"),
        "price_cost_unsure": Text("效果更好，花费之差与零无法区分，不计单价",
                                  "better, at a cost that cannot be told from none"),
        "saving_cost_unsure": Text("效果较差，花费之差与零无法区分，不计单价",
                                   "worse, and what it saves cannot be told from nothing"),
        "nothing": Text("成功的推演太少，无从估计", "too few runs succeeded to say"),
    }.get(found.verdict, Text("效果之差与零无法区分，不计单价",
                              "the difference cannot be told from zero, so there is no price")).of(lang)  # fmt: skip
