"""Which factors can be told from the control and from one another."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.text import Text
from ...words import bracketed, chance, percent
from ..findings import FactorFinding, FactorSet, Findings, Interaction

MOST_SETS = 4
TINY = 0.005  # shares below are written as less than one per cent
MINOR = 0.05  # levers whose share is surely below are not named
ORDER = ("ST", "pawn", "mu_star")  # the better index goes first
KINDS = ("reached", "measured")


def told_apart(found: FactorSet, role: str = "") -> list[FactorFinding]:
    """Factors (of a role) whose interval lies above the control's, the greatest first."""
    mine = [*(found.levers if role != "uncertainty" else ()), *(found.uncertainties if role != "lever" else ())]
    clear = [one for one in mine if one.low > found.inert_high and one.high >= one.value]  # nan is not clear
    return sorted(clear, key=lambda one: -one.value)


def chosen_sets(findings: Findings) -> list[FactorSet]:
    """For each target (without targets: each that was analysed) the most telling set.

    The best index goes first, and the probability before the figure at the check.
    """
    chosen = []
    keys = [one.key for one in findings.targets] or [one.target for one in findings.factors if one.target]
    for key in dict.fromkeys(keys):
        mine = [one for one in findings.factors if one.target == key and one.kind in KINDS]
        if mine:
            chosen.append(min(mine, key=_rank))
    return sorted(chosen, key=lambda one: not told_apart(one))[:MOST_SETS]


def _rank(found: FactorSet) -> tuple[bool, int, int]:
    index = ORDER.index(found.index) if found.index in ORDER else len(ORDER)
    return not told_apart(found), index, KINDS.index(found.kind)


def groups(factors: Sequence[FactorFinding]) -> list[list[FactorFinding]]:
    """Factors in falling order, together where their interval reaches that of the first of the group."""
    found: list[list[FactorFinding]] = []
    for factor in factors:
        if found and factor.high >= found[-1][0].low:
            found[-1].append(factor)
        else:
            found.append([factor])
    return found


def is_minor(factor: FactorFinding, index: str) -> bool:
    """Whether a share is told from nothing and yet surely small."""
    return index == "ST" and factor.high < MINOR


def share(factor: FactorFinding | Interaction, index: str, lang: str) -> str:
    """A total effect as per cent, another index as a number, with its interval."""
    ends = (factor.value, factor.low, factor.high)
    if index == "ST" and factor.high < TINY:
        return chance(TINY / 2, lang)
    if index == "ST":
        middle, low, high = (percent(min(max(end, 0.0), 1.0), lang) for end in ends)
    else:
        middle, low, high = (f"{max(end, 0.0):.2f}" if abs(end) < 10 else f"{end:.1f}" for end in ends)
    between = Text(f"{low}～{high}", f"{low.removesuffix(' %') if high.endswith(' %') else low}–{high}").of(lang)
    return bracketed(middle, between, lang)
