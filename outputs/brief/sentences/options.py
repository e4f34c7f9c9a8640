"""Policy options side by side: the table, and (from `option_words`) what is said of it."""

from __future__ import annotations

from ....model.text import Text
from ..document import Table
from ..findings import Findings, OptionFinding
from .money import cost, is_priced, no_price, units
from .option_risk import main_risk
from .option_words import BASE
from .option_words import options as options
from .phrases import YUAN, amount, called, count, signed_size, sure

MOST_TARGETS = 2  # columns of their own; with more of them the options are the columns
CAPTION = Text("各方案对照", "The options side by side")
OPTION, MONEY = Text("方案", "option"), Text("公共资金", "public money")
GAP, PRICE, RISK = (
    Text("公共资金与基准之差（95%区间）", "money: difference to the base (95 %)"),
    Text("单价", "price of a point"),
    Text("主要风险", "main risk"),
)


def options_table(findings: Findings, lang: str) -> Table | None:
    """Options (the base first) with their chances, money, price and main risk; None with fewer than two."""
    if len(findings.options) < 2:
        return None
    keys = _keys(findings)
    heads = [OPTION.of(lang), *(_head(findings, key, lang) for key in keys), *(one.of(lang) for one in
             (MONEY, GAP, PRICE, RISK))]  # fmt: skip
    rows = [_row(findings, option, keys, lang) for option in findings.options]
    if len(keys) <= MOST_TARGETS:
        widths = (2.2, *[1.5] * len(keys), 1.1, 1.6, 2.2, 1.8)
        told = tuple(tuple(row) for row in rows)
        return Table(CAPTION.of(lang), tuple(heads), told, widths, _notes(findings, lang), strong=(0,))
    turned = list(zip(heads, *rows, strict=True))
    widths = (2.0, *[1.6] * len(rows))
    return Table(CAPTION.of(lang), tuple(turned[0]), tuple(turned[1:]), widths, _notes(findings, lang))


def _keys(findings: Findings) -> list[str]:
    """Targets in their own order, then what only the options know."""
    known = [key for option in findings.options for key in option.chances]
    return [key for key in dict.fromkeys([*(one.key for one in findings.targets), *known]) if key in known]


def _head(findings: Findings, key: str, lang: str) -> str:
    name = called(findings, key, lang)
    return Text(f"{name}：达标概率", f"{name}: probability").of(lang)


def _row(findings: Findings, option: OptionFinding, keys: list[str], lang: str) -> list[str]:
    spent = option.money
    chances = [sure(option.chances[key], lang) if key in option.chances else "—" for key in keys]
    money = amount(spent.value, (spent.high - spent.low) / 2, lang) if spent else "—"
    return [_name(option, lang), *chances, money, _gap(option, lang), _price(findings, option, lang),
            main_risk(findings, option, lang)]  # fmt: skip


def _name(option: OptionFinding, lang: str) -> str:
    return BASE.of(lang) if option.about == "base" else option.name.of(lang)


def _gap(option: OptionFinding, lang: str) -> str:
    change = option.money_change
    if change is None:
        return "—"
    return signed_size(change, YUAN, lang)


def _price(findings: Findings, option: OptionFinding, lang: str) -> str:
    """A clear price, the lowest (of the scenario without a plan that of the first target); where none is, why."""
    clear = [one for one in option.prices if is_priced(one)]
    if not clear:
        return no_price(option.prices[0], lang) if option.prices else "—"
    first = clear[0] if option.about == "baseline" else min(clear, key=lambda one: one.value)
    name, per, at = called(findings, first.target, lang), units(findings, [first], lang), cost(first, lang)
    if first.verdict == "saving":
        return Text(f"{name}每降{per}省{at}", f"{name}: saves {at} per {per} lost").of(lang)
    return Text(f"{name}每升{per}花{at}", f"{name}: {at} per {per}").of(lang)


def other_runs(findings: Findings, base: OptionFinding, lang: str) -> str:
    """That the base's chances here are from other runs than the forecast's, where they are."""
    for target in findings.targets:
        found = base.chances.get(target.key)
        if found is not None and found.runs != target.chance.runs:
            here, there = count(found.runs, lang), count(target.chance.runs, lang)
            return Text(
                f"本表概率由比较推演（每个方案{here}次）得出，与结论所用的预测推演（{there}次）略有出入，以结论为准。",
                f"Chances here are from the runs of the comparison ({here} each) and differ a little from those of the "
                f"answer, which are from the forecast ({there}) and go first.",
            ).of(lang)
    return ""


def _notes(findings: Findings, lang: str) -> tuple[str, ...]:
    bases = [one for one in findings.options if one.about == "base"]
    return (
        *(Text(f"基准方案：{one.name.zh}。", f"The base: {one.name.en}.").of(lang) for one in bases),
        *(note for one in bases if (note := other_runs(findings, one, lang))),
        Text(
            "达标概率括号内为95%区间；公共资金为到最后一个目标期限的合计（均值）；"
            "单价为与基准方案相比每升降一个百分点（计数目标为一个单位）的花费，只列一项，"
            "其余见资金部分。",
            "In brackets behind probabilities: 95 % intervals. Public money: mean, up to the last deadline. Price: "
            "what a percentage point (a unit, of what is counted) more costs or less saves against the base; one of "
            "each option, the others under money.",
        ).of(lang),
    )
