"""What is said of the factors that carry one target."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.text import Text
from ...outcome_words import capital
from ...words import percent
from ..document import Paragraph
from ..findings import FactorFinding, FactorSet, Interaction
from .factor_groups import groups, is_minor, share, told_apart
from .phrases import headed, joined, said

MOST_NAMES = 4  # in one sentence
MOST_PAIRS = 2


def about(found: FactorSet, target: str, lang: str) -> Paragraph:
    """Levers, unknowns, interplay and chance, of one target."""
    head = {
        "reached": Text(f"{target}的达标概率", f"{target}, probability"),
        "measured": Text(f"{target}考核时的数值", f"{target}, figure when judged"),
    }.get(found.kind, Text(target, target))
    if found.index == "mu_star":
        told = (screened(found, lang),)
    else:
        told = (first_levers(found, lang), directions(found, lang), further_levers(found, lang), unknowns(found, lang),
                together(found, lang), chance(found, lang))  # fmt: skip
    return headed(capital(head.of(lang)), said(told, lang), lang)


def first_levers(found: FactorSet, lang: str) -> str:
    """The levers that carry most, not ranked where their intervals overlap."""
    grouped = groups(told_apart(found, "lever"))
    if not grouped:
        return Text("没有一项措施的作用能与对照因子区分。", "No lever is told from the control.").of(lang)
    first = grouped[0]
    names = _names(first, found.index, lang)
    if len(first) == 1:
        return Text(f"作用最大的措施是{names}。", f"The lever that carries most is {names}.").of(lang)
    return Text(
        f"作用最大的措施是{names}，区间重叠，不分先后。",
        f"The levers that carry most are {names}; their intervals overlap, so they are not ranked.",
    ).of(lang)


def directions(found: FactorSet, lang: str) -> str:
    """Which way the first levers work, where that is known."""
    first = (groups(told_apart(found, "lever")) or [[]])[0][:MOST_NAMES]
    what = Text("达标概率", "the probability") if found.kind == "reached" else Text("该数值", "the figure")
    told = []
    for sign, zh, en in ((1, "高", "raise"), (-1, "低", "lower")):
        mine = [one.label.of(lang) for one in first if one.rises == sign]
        if mine:
            names = joined(mine, lang)
            told.append(Text(f"{names}取值越高，{what.zh}越{zh}", f"Higher values of {names} {en} {what.en}").of(lang))
    return Text("；", ". ").of(lang).join(told) + Text("。", ".").of(lang) if told else ""


def further_levers(found: FactorSet, lang: str) -> str:
    """The next group, how little the others matter, and how many are told from nothing at all."""
    clear = told_apart(found, "lever")
    grouped, nothing = groups(clear), len(found.levers) - len(clear)
    told, named = [], 1
    if len(grouped) > 1 and not is_minor(grouped[1][0], found.index):
        named = 2
        names = _names(grouped[1], found.index, lang)
        told.append(Text(f"其次是{names}", f"next comes {names}" if len(grouped[1]) == 1 else f"next come {names}"))
    rest = [one for group in grouped[named:] for one in group]
    if rest:
        most = max(one.high for one in rest)
        limit = (lambda which: percent(most, which, 1)) if found.index == "ST" else (lambda which: f"{most:.2f}")
        told.append(Text(f"另有{len(rest)}项作用可辨，但都不超过{limit('zh')}",
                         f"{len(rest)} more can be told from nothing, none above {limit('en')}"))  # fmt: skip
    if nothing and clear:
        told.append(Text(f"其余{nothing}项与对照因子分不开", f"the other {nothing} cannot be told from the control"))
    if not told:
        return ""
    line = Text("；", "; ").of(lang).join(one.of(lang) for one in told)
    return Text(line + "。", capital(line) + ".").of(lang)


def unknowns(found: FactorSet, lang: str) -> str:
    """What no plan sets and matters most, against the first levers."""
    grouped, levers = groups(told_apart(found, "uncertainty")), told_apart(found, "lever")
    if not grouped:
        return ""
    names = _names(grouped[0], found.index, lang)
    told = Text(f"计划无法左右的因素中，{names}作用最大", f"Of what no plan sets, most hangs on {names}")
    first = grouped[0][0]
    against = Text("", "")
    if levers:
        if first.low > levers[0].high:
            against = Text("，大于任何一项措施", ", more than on any lever")
        elif levers[0].low > first.high:
            against = Text("，但小于首要措施", ", less than on the first lever")
        else:
            against = Text("，与首要措施不分大小", ", and cannot be ranked against the first lever")
    return Text(told.zh + against.zh + "。", told.en + against.en + ".").of(lang)


def together(found: FactorSet, lang: str) -> str:
    """What works only with others: clear pairs, else a first lever that does little by itself."""
    clear = told_apart(found)
    pairs = {}
    for one in clear:
        for pair in one.interactions:
            if pair.low > 0:
                pairs.setdefault(frozenset((one.label, pair.other)), (one, pair))
    best = sorted(pairs.values(), key=lambda pair: -pair[1].value)[:MOST_PAIRS]
    if best:
        names = [Text(f"{one.label.zh}与{pair.other.zh}", f"{one.label.en} with {pair.other.en} ").of(lang)
                 + _in_brackets(pair, found.index, lang) for one, pair in best]  # fmt: skip
        return Text(f"有一部分作用须二者并用才有：{'；'.join(names)}。",
                    f"Part of the effect comes only from both together: {'; '.join(names)}.").of(lang)  # fmt: skip
    first = next(iter(told_apart(found, "lever")), None)
    if first is None or found.index != "ST" or not first.alone < first.low:
        return ""
    alone = percent(max(first.alone, 0.0), lang)
    return Text(f"{first.label.zh}单独变动只占{alone}，其余要与别的因素配合才起作用。",
                f"By itself {first.label.en} accounts for {alone}; the rest it does together with other factors.",
                ).of(lang)  # fmt: skip


def chance(found: FactorSet, lang: str) -> str:
    """How much of a single run is luck."""
    if found.share_chance != found.share_chance:
        return ""
    part = percent(found.share_chance, lang)
    told = Text(f"单次推演之间的差异中，随机性占{part}。", f"Of the differences between single runs, {part} is chance.")
    return told.of(lang)


def screened(found: FactorSet, lang: str) -> str:
    """What a screening lets through; it says nothing of shares or ranks."""
    passed = {role: told_apart(found, role) for role in ("lever", "uncertainty")}
    if not any(passed.values()):
        nothing = Text("筛选未见任何因素的作用能与对照因子区分。", "The screening tells no factor from the control.")
        return nothing.of(lang)
    told = []
    for role, name in (("lever", Text("措施", "lever")), ("uncertainty", Text("未知因素", "unknown"))):
        if passed[role]:
            number, first = len(passed[role]), [one.label.of(lang) for one in passed[role][:MOST_NAMES]]
            some = Text("居前的是", "foremost ").of(lang) if len(first) < number else ""
            names = Text(f"（{some}{joined(first, lang)}）", f" ({some}{joined(first, lang)})")
            told.append(Text(f"{name.zh}{number}项{names.zh}",
                             f"{number} {name.en}{'s' if number > 1 else ''}{names.en}").of(lang))  # fmt: skip
    listed = Text("；", "; ").of(lang).join(told)
    return Text(f"只作了筛选，留下{listed}；不作排名。", f"Screened only. What passes: {listed}; not ranked.").of(lang)


def _names(factors: Sequence[FactorFinding], index: str, lang: str) -> str:
    """Names with their shares; the first few where there are many."""
    names, more = [f"{one.label.of(lang)}{Text('', ' ').of(lang)}{_in_brackets(one, index, lang)}"
                   for one in factors[:MOST_NAMES]], len(factors) - MOST_NAMES  # fmt: skip
    if more > 0:
        return Text("、".join(names) + f"等{len(factors)}项", ", ".join(names) + f" and {more} more").of(lang)
    return joined(names, lang)


def _in_brackets(factor: FactorFinding | Interaction, index: str, lang: str) -> str:
    """（45%，40%～50%）"""
    inner = share(factor, index, lang)
    return Text(f"（{inner[:-1].replace('（', '，')}）", f"({inner[:-1].replace(' (', ', ')})").of(lang)
