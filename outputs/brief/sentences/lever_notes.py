"""What stands below the sentences on levers: what the indices are, and how far they have converged."""

from __future__ import annotations

from ....model.text import Text
from ..findings import FactorSet
from .phrases import count


def what_shares_are(index: str, lang: str) -> str:
    """What the numbers behind the names are."""
    return {
        "ST": Text(
            "括号内为总效应及其95%区间：各因素在试验范围内一并变动时，结果的全部变化中有该因素参与的部分；"
            "因有共同作用，各项之和可超过100%。",
            "In brackets: total effects with 95 % intervals, the part of all variation in which a factor has a hand "
            "when all vary over their ranges; as factors work together, they may add up to more than 100 %.",
        ),
        "pawn": Text(
            "括号内为PAWN指数及其95%区间：固定该因素后结果分布改变的程度，0为无作用，1为最大。",
            "In brackets: PAWN indices with 95 % intervals, how far the distribution of the outcome moves when the "
            "factor is fixed, from 0 to 1.",
        ),
        "mu_star": Text(
            "筛选（Morris法）只用来找出值得细查的因素，不给比重；要得到比重，须对留下的因素作Sobol分析。",
            "Screening (Morris) finds the factors worth a closer look, not their shares; a Sobol analysis of those "
            "that passed would give shares.",
        ),
    }.get(index, Text("", "")).of(lang)  # fmt: skip


def how_sure(found: FactorSet, lang: str) -> str:
    """Whether the indices have converged; nothing of a screening, which does not ask."""
    if found.index == "mu_star" or found.converged:
        return ""
    points = count(found.points, lang)
    if found.converged is None:
        unjudged = f"The indices are from {points} points; whether they have converged was not judged."
        return Text(f"指数用{points}个点算出，未检验是否收敛。", unjudged).of(lang)
    return Text(
        f"指数在{points}个点上尚未收敛，次序和比重只供参考；可用 miaopu extend 加倍。",
        f"The indices have not converged at {points} points: take order and shares as a first look (miaopu extend "
        "doubles the points).",
    ).of(lang)
