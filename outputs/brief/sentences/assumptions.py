"""The judged figures on which the answer hangs."""

from __future__ import annotations

import re
from collections import Counter

from ....model.text import Text
from ...words import bracketed, chance, wide
from ..document import Paragraph, Table, plain
from ..findings import AssumptionFinding, Findings
from .assumption_figures import with_range
from .phrases import CHANCE, called, inside, is_clear, joined, said
from .phrases import size as _size

MOST_ROWS = 12
HEADS = Text("假设/取值（范围）/标记/来源/影响的目标/取低值→取高值时的达标概率",
             "assumption/value (range)/mark/source/target moved/probability at low → at high value")  # fmt: skip
WIDTHS, TELLING = (1.7, 1.8, 0.6, 2.4, 1.9, 2.2), 4  # columns that say what is assumed, before what it does
UNTRIED = Text("主要假设", "Main assumptions")
EFFECTS = Text(
    "范围：检验时所变动的范围；概率后括号内为差的百分点及95%区间，“不明显”指区间含0。",
    "Range: over which it was varied. In brackets behind probabilities: the difference in points with its 95 % "
    "interval; not clear where that holds zero.",
)
RANGE = Text("范围：情景或实验所允许的范围，本次未逐项变动检验。",
             "Range: what the scenario or the study allows; it was not varied one by one here.")  # fmt: skip
MARKS = {
    "S": Text("S 官方资料", "S official source"),
    "M": Text("M 转载资料", "M mirror of a source"),
    "D": Text("D 由资料推算", "D derived"),
    "K": Text("K 判断（待核实）", "K judgement, or unverified"),
}
JUDGED = Text("判断", "judgement")
CLAUSE = re.compile(r"(?:SZ|HN)-\w+")


def assumptions(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """How much rests on judgement and which targets it moves; where nothing was examined, how it could be."""
    if not findings.targets:
        return ()
    if all(one.difference is None for one in findings.assumptions):
        return (plain(not_examined(lang)),)
    return (plain(said((judged(findings, lang), moved(findings, lang)), lang)),)


def not_examined(lang: str) -> str:
    """That the assumptions were not varied one against the other, and where they are listed."""
    return Text(
        "本次未检验各项假设对结论的影响；全部假设可用 miaopu explain 情景.yaml 查看。",
        "What the assumptions do to the answer was not examined; miaopu explain SCENARIO.yaml lists them all.",
    ).of(lang)


def judged(findings: Findings, lang: str) -> str:
    """How many assumptions clearly move a target, and how many of these are judgement."""
    moving = list({one.name: one for one in findings.assumptions if is_clear(one.difference)}.values())
    total, kinds = len({one.name for one in findings.assumptions}), Counter(one.mark for one in moving)
    if not moving:
        return Text(f"所列{total}项假设在各自范围内变动，对达标概率的影响都与零无法区分。",
                    f"None of the {total} assumptions listed clearly moves a target's probability over its range.",
                    ).of(lang)  # fmt: skip
    one = len(moving) == 1
    told = Text(f"明显影响达标概率的假设有{total}项", f"{total} assumption{'s' if total > 1 else ''} clearly "
                f"move{'' if total > 1 else 's'} a target's probability")  # fmt: skip
    if len(moving) < total:
        told = Text(f"所列{total}项假设中，{len(moving)}项明显影响达标概率",
                    f"Of the {total} assumptions listed {len(moving)} clearly move{'s' if one else ''} a target's "
                    "probability")  # fmt: skip
    if kinds["K"] == len(moving):
        told = Text(f"{told.zh}，均为判断或尚未核实的数（K）",
                    f"{told.en}, {'and rests' if one else 'and all of them rest'} on judgement (K)")  # fmt: skip
    elif kinds["K"]:
        told = Text(f"{told.zh}，其中{kinds['K']}项为判断或尚未核实的数（K）",
                    f"{told.en}; {kinds['K']} of them rest on judgement (K)")  # fmt: skip
    return Text(told.zh + "。", told.en + ".").of(lang)


def moved(findings: Findings, lang: str) -> str:
    """How many assumptions clearly move each target."""
    counts = Counter(one.target for one in findings.assumptions if is_clear(one.difference) and one.target)
    if len(counts) < 2:
        return ""
    told = [Text(f"{called(findings, key, 'zh')}{number}项", f"{called(findings, key, 'en')} {number}").of(lang)
            for key, number in counts.items()]  # fmt: skip
    listed, names = joined(told, lang), {one.name for one in findings.assumptions if is_clear(one.difference)}
    twice = Text("（有的影响不止一项目标）", " (some move more than one)").of(lang)
    more = twice if counts.total() > len(names) else ""
    return Text(f"按所影响的目标分：{listed}{more}。", f"By the target moved: {listed}{more}.").of(lang)


def assumptions_table(findings: Findings, lang: str) -> Table | None:
    """The assumptions with the largest effects, their sources and marks; None where there are none."""
    if not findings.assumptions:
        return None
    rows = strongest(findings)[:MOST_ROWS]
    examined = any(one.difference is not None for one in findings.assumptions)
    more = len(findings.assumptions) - len(rows)
    left = Text(f"另有{more}项影响较小，未列。", f"{more} more, of smaller effect, are left out.").of(lang)
    legend = Text("；", "; ").of(lang).join(one.of(lang) for one in MARKS.values())
    notes = (
        Text(f"来源标记：{legend}。", f"Marks: {legend}.").of(lang),
        (EFFECTS if examined else RANGE).of(lang),
        *((left,) if more > 0 else ()),
    )  # fmt: skip
    caption = Text("主要假设及其影响", "Main assumptions and what they do") if examined else UNTRIED
    width = len(WIDTHS) if examined else TELLING
    told = list(dict.fromkeys(_row(findings, one, lang)[:width] for one in rows))
    return Table(caption.of(lang), tuple(HEADS.of(lang).split("/"))[:width], tuple(told), WIDTHS[:width], notes)


def _row(findings: Findings, found: AssumptionFinding, lang: str) -> tuple[str, ...]:
    target = called(findings, found.target, lang) if found.target else "—"
    return (found.label.of(lang), with_range(found, lang), found.mark, source(found, lang), target, effect(found, lang))


def strongest(findings: Findings) -> list[AssumptionFinding]:
    """What is clear first, then the largest effect."""
    return sorted(findings.assumptions, key=lambda one: (
        not is_clear(one.difference), -abs(one.difference.value) if one.difference else 0.0))  # fmt: skip


def source(found: AssumptionFinding, lang: str) -> str:
    """Where a figure is from, as the tables say; in Chinese a remark in English gives way to the clauses it names."""
    told = found.source.strip()
    if not told or told == found.mark:
        return JUDGED.of(lang) if found.mark == "K" else "—"
    if lang == "en" or any(wide(letter) for letter in told):
        return told
    clauses = "、".join(dict.fromkeys(CLAUSE.findall(told)))
    return bracketed("见情景文件", clauses, lang) if clauses else "见情景文件"


def effect(found: AssumptionFinding, lang: str) -> str:
    """What the ends do to the probability, and whether that is clear."""
    if found.difference is None or found.at_low != found.at_low:
        return "—"
    ends = f"{chance(found.at_low, lang)} → {chance(found.at_high, lang)}"
    if not is_clear(found.difference):
        return bracketed(ends, Text("不明显", "not clear").of(lang), lang)
    return bracketed(ends, inside(_size(found.difference, CHANCE, lang)), lang)
