"""Which levers carry a target, beside what no plan sets and chance; the table and the sentences of it."""

from __future__ import annotations

from ....model.text import Text
from ..document import Paragraph, Table, plain
from ..findings import FactorFinding, FactorSet, Findings
from .factor_groups import MOST_SETS, chosen_sets, is_minor, share, told_apart
from .lever_notes import how_sure, what_shares_are
from .lever_words import about
from .phrases import called

MOST_LEVERS, MOST_UNKNOWN = 5, 4
LEVER, UNKNOWN = Text("措施", "lever"), Text("未知因素", "unknown")
RISES = {1: Text("正向", "raises"), -1: Text("反向", "lowers")}
INDEX = {
    "ST": Text("占结果变化的比重（95%区间）", "share of the variation (95 %)"),
    "pawn": Text("PAWN指数（95%区间）", "PAWN index (95 %)"),
    "mu_star": Text("筛选指标μ*（95%区间）", "screening measure μ* (95 %)"),
}


def levers(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """A paragraph per target, and what the figures are; where nothing was examined, how it could be."""
    if not (findings.targets or findings.factors):
        return ()
    if not findings.factors:
        return (plain(not_examined(lang)),)
    sets = chosen_sets(findings)
    told = [about(one, called(findings, one.target, lang), lang) for one in sets]
    notes = [line for one in dict.fromkeys(found.index for found in sets) if (line := what_shares_are(one, lang))]
    notes += dict.fromkeys(how_sure(one, lang) for one in sets)
    return (*told, *(plain(line, "note") for line in notes if line))


def not_examined(lang: str) -> str:
    """That no sensitivity analysis was given, and the command that makes one."""
    return Text(
        "哪些措施起主要作用，本次未作检验；可写一份敏感性实验文件，运行 miaopu sensitivity 实验文件.yaml，"
        "再与本结果一并生成简报。",
        "Which levers carry the targets was not examined; miaopu sensitivity EXPERIMENT.yaml would, and its folder can "
        "be given to the brief together with this one.",
    ).of(lang)


def levers_table(findings: Findings, lang: str) -> Table | None:
    """Factors by targets: how much of each target hangs on each; None where nothing was told from the control."""
    sets = [one for one in chosen_sets(findings) if told_apart(one)]
    sets = [one for one in sets if one.index == sets[0].index][:MOST_SETS]
    if not sets:
        return None
    rows = [
        (factor.label.of(lang), kind.of(lang), *(_cell(one, factor.name, lang) for one in sets))
        for kind, role, most in ((LEVER, "lever", MOST_LEVERS), (UNKNOWN, "uncertainty", MOST_UNKNOWN))
        for factor in _first(sets, role, most)
    ]
    outcomes = (_head(findings, one, lang) for one in sets)
    heads = (Text("因素", "factor").of(lang), Text("类别", "kind").of(lang), *outcomes)
    caption = Text(f"各因素的作用：{INDEX[sets[0].index].zh}", f"What carries the targets: {INDEX[sets[0].index].en}")
    widths = (2.2, 1.0, *[2.0] * len(sets))
    return Table(caption.of(lang), heads, tuple(rows), widths, _notes(sets[0].index, lang))


def _head(findings: Findings, found: FactorSet, lang: str) -> str:
    name = called(findings, found.target, lang)
    if found.kind == "reached":
        return Text(f"{name}：达标概率", f"{name}: probability").of(lang)
    return Text(f"{name}：考核时的数值", f"{name}: figure when judged").of(lang)


def _first(sets: list[FactorSet], role: str, most: int) -> list[FactorFinding]:
    """The factors that carry most anywhere, each once."""
    best: dict[str, FactorFinding] = {}
    for found in sets:
        for factor in told_apart(found, role):
            if not is_minor(factor, found.index) and (
                factor.name not in best or factor.value > best[factor.name].value
            ):
                best[factor.name] = factor
    return sorted(best.values(), key=lambda factor: -factor.value)[:most]


def _cell(found: FactorSet, name: str, lang: str) -> str:
    factor = next((one for one in told_apart(found) if one.name == name), None)
    if factor is None:
        return "—"
    way = RISES[factor.rises].of(lang) if factor.rises in RISES else ""
    return share(factor, found.index, lang) + (Text("，", ", ").of(lang) + way if way else "")


def _notes(index: str, lang: str) -> tuple[str, ...]:
    measure = Text(
        "μ*：该因素在其范围内变动时结果平均变动多少，与结果同单位；只作筛选，不是比重。",
        "μ*: how far the outcome moves on average as the factor moves over its range, in the outcome's own unit; it "
        "screens and is no share.",
    ).of(lang)  # fmt: skip
    return (*((measure,) if index == "mu_star" else ()), _marks(lang))


def _marks(lang: str) -> str:
    return Text(
        "“—”：与不起作用的对照因子分不开，或未列入。正向：取值越高，结果越高；反向：取值越高，结果越低；未注明的方向不明。",
        '"—": not told from the control, which does nothing, or not among the factors. Raises, lowers: what a higher '
        "value does; not said where the direction is not clear.",
    ).of(lang)
