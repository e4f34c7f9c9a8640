"""Policy options side by side: what each does better or worse than the base, and what that costs."""

from __future__ import annotations

from typing import NamedTuple

from ....model.text import Text
from ...likelihood import degree, favourable
from ..document import Paragraph, plain
from ..findings import Change, Findings, OptionFinding
from .phrases import CHANCE, YUAN, called, figure_of, headed, is_clear, is_few, joined, quoted, said, size
from .phrases import targets_by_key as _targets

BASE = Text("基准方案", "the base")
STILL = Text("，仍可望达标", ", still likely to be reached")


class Verdict(NamedTuple):
    """Targets on which an option is clearly better or worse than the base, and the sign of its cost (0: not clear)."""

    better: tuple[str, ...]
    likelier: bool  # whether a probability is among what is better
    worse: tuple[str, ...]
    unsure: tuple[str, ...]
    cost: int


def options(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """How the options differ from the base; nothing where there is nothing to compare."""
    base = next((one for one in findings.options if one.about == "base"), None)
    others = [one for one in findings.options if one.about == "other"]
    without = [one for one in findings.options if one.about == "baseline"]
    if base is None or not others + without:
        return ()
    told = (_against(base, others or without, lang), only_compared(without if others else [], lang), few(base, lang))
    return (plain(said(told, lang)), *(_option(findings, one, lang) for one in others))


def only_compared(without: list[OptionFinding], lang: str) -> str:
    """That the scenario without a plan is no option; what the plan itself does is said with the answer."""
    if not without:
        return ""
    names = joined([quoted(one.name, lang) for one in without], lang)
    verb = "serve" if len(without) > 1 else "serves"
    return Text(f"{names}只作对照，列入下表。", f"{names} {verb} for comparison only, in the table.").of(lang)


def _against(base: OptionFinding, others: list[OptionFinding], lang: str) -> str:
    name = quoted(base.name, lang)
    zh = "以下方案均" if len(others) > 1 else quoted(others[0].name, "zh")
    en = "The options below are" if len(others) > 1 else f"{quoted(others[0].name, 'en')} is"
    apart = Text("，方案彼此之间未直接比较", "; options are not compared with one another").of(lang)
    return Text(
        f"{zh}与{name}（下称基准方案）在相同参数、相同随机数下成对比较{apart if len(others) > 1 else ''}。"
        "只有95%区间不含0的差别才认定为差别。",
        f"{en} compared with {name} (the base) pair by pair, on the same parameters and the same luck"
        f"{apart if len(others) > 1 else ''}. A difference counts only where its 95 % interval excludes zero.",
    ).of(lang)


def few(option: OptionFinding, lang: str) -> str:
    """A warning where each side has few runs."""
    found = next(iter(option.chances.values()), None)
    if found is None or not is_few(found.draws, found.runs):
        return ""
    return Text(
        f"每个方案只推演{found.runs}次（参数抽样{found.draws}组），次数偏少，小的差别看不出来。",
        f"Each option has only {found.runs} runs ({found.draws} parameter draws): small differences do not show.",
    ).of(lang)


def verdict(findings: Findings, option: OptionFinding) -> Verdict:
    """What is clear of an option. A target counts by its probability, else by its figure at the check."""
    better, worse, unsure = [], [], []
    for key in dict.fromkeys((*option.chance_changes, *option.outcome_changes)):
        sign = _sign(findings, option, key)
        if sign:
            (better if sign > 0 else worse).append(key)
        elif not _figure_sign(findings, option, key):
            unsure.append(key)
    change = option.money_change
    cost = 0 if change is None or not is_clear(change) else 1 if change.value > 0 else -1
    likelier = any(is_clear(option.chance_changes.get(key)) for key in better)
    return Verdict(tuple(better), likelier, tuple(worse), tuple(unsure), cost)


def _sign(findings: Findings, option: OptionFinding, key: str) -> int:
    chance = option.chance_changes.get(key)
    if chance is not None and is_clear(chance):
        return 1 if chance.value > 0 else -1
    return 0 if _spared(findings, option, key) else _figure_sign(findings, option, key)


def _figure_sign(findings: Findings, option: OptionFinding, key: str) -> int:
    figure, target = option.outcome_changes.get(key), _targets(findings).get(key)
    if figure is None or not is_clear(figure):
        return 0
    less = target is not None and target.sense == "<="
    return 1 if (figure.value > 0) is not less else -1


def _spared(findings: Findings, option: OptionFinding, key: str) -> bool:
    """Whether a figure is worse and the target likely all the same: no loss that counts."""
    found = option.chances.get(key)
    return _figure_sign(findings, option, key) < 0 and found is not None and favourable(degree(found.low, found.high))


def _option(findings: Findings, option: OptionFinding, lang: str) -> Paragraph:
    found = verdict(findings, option)
    told = (chances(findings, option, lang), figures(findings, option, lang), unclear(findings, found, lang),
            money_change(option.money_change, lang), conclusion(found, lang))  # fmt: skip
    return headed(quoted(option.name, lang), said(told, lang), lang)


def chances(findings: Findings, option: OptionFinding, lang: str) -> str:
    """Probabilities that clearly differ."""
    changes = {key: one for key, one in option.chance_changes.items() if is_clear(one)}
    if not changes:
        return ""
    told = {"higher": [], "lower": []}
    for key, one in changes.items():
        name, by = called(findings, key, lang), size(one, CHANCE, lang)
        told[_way(one, "en")].append(Text(f"{name}{_way(one, 'zh')}{by}", f"for {name} by {by}").of(lang))
    if lang == "zh":
        return f"达标概率方面，{'；'.join((*told['higher'], *told['lower']))}。"
    return f"The probability is {'; '.join(f'{way} {joined(one, lang)}' for way, one in told.items() if one)}."


def figures(findings: Findings, option: OptionFinding, lang: str) -> str:
    """Figures at the check that clearly differ where the probability does not."""
    told = []
    for key, change in option.outcome_changes.items():
        if is_clear(change) and not is_clear(option.chance_changes.get(key)):
            name, by = called(findings, key, lang), size(change, figure_of(findings, key), lang)
            still = STILL.of(lang) if _spared(findings, option, key) else ""
            way = _way(change, lang)
            told.append(Text(f"{name}{way}{by}{still}", f"{name} is {way} by {by}{still}").of(lang))
    if not told:
        return ""
    listed = Text("；", "; ").of(lang).join(told)
    return Text(
        f"达标概率看不出差别、但考核时的数值不同的有：{listed}。",
        f"Where the probability shows no difference but the figure when judged does, {listed}.",
    ).of(lang)


def _way(change: Change, lang: str) -> str:
    return (Text("高", "higher") if change.value > 0 else Text("低", "lower")).of(lang)


def unclear(findings: Findings, found: Verdict, lang: str) -> str:
    """Targets on which nothing can be told apart."""
    if not found.unsure:
        return ""
    names = joined([called(findings, key, lang) for key in found.unsure], lang)
    return Text(f"{names}的差别与零无法区分。", f"Not told apart from zero: {names}.").of(lang)


def money_change(change: Change | None, lang: str) -> str:
    """How much more or less public money an option takes up to the last deadline."""
    if change is None:
        return ""
    if not is_clear(change):
        alike = "Its public money cannot be told apart from that of the base."
        return Text("公共资金之差与零无法区分。", alike).of(lang)
    by = size(change, YUAN, lang)
    if change.value > 0:
        return Text(f"公共资金多用{by}。", f"It takes {by} more public money.").of(lang)
    return Text(f"公共资金少用{by}。", f"It takes {by} less public money.").of(lang)


def conclusion(found: Verdict, lang: str) -> str:
    """What follows: dominated, dominating, a trade-off, or nothing to choose between."""
    if found.better and found.worse:
        return Text("有得有失，取决于更看重哪一项。", "A trade-off: it depends on which target weighs more.").of(lang)
    effect = (LIKELIER if found.likelier else 1) if found.better else -1 if found.worse else 0
    return CONCLUSIONS[(effect, found.cost)].of(lang)


LIKELIER = 2
# by effect (likelier, better only in the figure, worse, no clear difference) and cost (dearer, cheaper, not clear)
CONCLUSIONS = {
    (2, 1): Text("达标把握更大、花费更多，取舍看单价。",
                 "Likelier to succeed and dearer: whether it is worth it depends on the price."),
    (2, 0): Text("达标把握更大，花费看不出差别，优于基准方案。",
                 "Likelier to succeed, at a cost that cannot be told from the base's: it is to be preferred."),
    (2, -1): Text("达标把握更大而且更省钱，优于基准方案。",
                  "Likelier to succeed and cheaper than the base: it is to be preferred."),
    (1, 1): Text("只见数值改进，未见达标把握增大，花费更多，取舍看单价。",
                 "Better figures but no clear gain in probability, and dearer: it depends on the price."),
    (1, 0): Text("只见数值改进，未见达标把握增大，花费看不出差别。",
                 "Better figures but no clear gain in probability, at a cost that cannot be told from the base's."),
    (1, -1): Text("数值有改进而且更省钱，优于基准方案。",
                  "Better figures, and cheaper than the base: it is to be preferred."),
    (-1, 1): Text("效果更差而且更费钱，可以排除。", "Worse and dearer: it can be ruled out."),
    (-1, 0): Text("效果更差，花费看不出差别，不宜选用。",
                  "Worse, at a cost that cannot be told from the base's: not to be chosen."),
    (-1, -1): Text("效果较差而花费较少，是以目标换资金。", "Worse and cheaper: it trades targets for money."),
    (0, 1): Text("多花了钱，各项目标上却看不出改进。", "It costs more and shows no gain on any target."),
    (0, 0): Text("与基准方案看不出差别。", "It cannot be told apart from the base."),
    (0, -1): Text("省了钱，各项目标上看不出下降。", "It costs less and shows no loss on any target."),
}  # fmt: skip
