"""What a ranking of policies under rival rules says: ranks, whether they survive, and which pairs change places.

Two policies are *swapped* by a rival where it puts them in the other order than the model's own rule; *surely* where
the differences under both have 95 % intervals that leave out zero. Under a rule that makes a policy do nothing at all
it ties with the plan, which swaps nothing.
"""

from __future__ import annotations

from itertools import combinations, product

import numpy as np

from ..experiments.columns import Columns, table_of
from .ranking import TARGET, Ranking
from .rivals import mechanisms, stands_for

KINDS = {
    "mechanism": "text", "rule": "text", "plan": "text", "policy": "text", "label_zh": "text", "label_en": "text",
    "outcome": "text", "value": "float", "low": "float", "high": "float", "rank": "int",
}  # fmt: skip
SURVIVAL_KINDS = {
    "mechanism": "text", "rule": "text", "plan": "text", "outcome": "text", "tau": "float", "pairs": "int",
    "swapped": "int", "surely_swapped": "int", "best_kept": "bool",
}  # fmt: skip
SWAP_KINDS = {
    "mechanism": "text", "rule": "text", "plan": "text", "outcome": "text", "better": "text", "worse": "text",
    "own": "float", "own_low": "float", "own_high": "float", "rival": "float", "rival_low": "float",
    "rival_high": "float", "sure": "bool",
}  # fmt: skip


def ranking_table(found: Ranking) -> Columns:
    """Rows of ranking.csv: each policy's outcome under each rule with its 95 % interval, and its rank (1 the best)."""
    from ..experiments.analysis.estimates import value_of

    rows = []
    for mechanism, rule, place in _rules(found):
        for k, outcome in enumerate(found.outcomes):
            runs = found.values[place, :, :, :, k]
            own = [value_of(one[None], _kind(outcome), found.values.shape[2] > 1) for one in runs]
            ranks = _ranks(_means(found, place, k))
            for policy, seen, rank in zip(found.policies, own, ranks, strict=True):
                about = (mechanism, rule, found.plan, policy.id, policy.label.zh, policy.label.en, outcome)
                rows.append((*about, seen.value, seen.low, seen.high, rank))
    return table_of(rows, KINDS)


def survival_table(found: Ranking) -> Columns:
    """For each rival rule and outcome: Kendall's tau-b with the model's own ranking, and how many pairs it swaps.

    tau is nan where a rule tells no policies apart; `best_kept` where one of the own best policies is a best one still.
    """
    from scipy.stats import kendalltau

    swaps = swaps_table(found)
    rows = []
    for mechanism, rule, place in _rules(found):
        for k, outcome in enumerate(found.outcomes):
            if place == 0:
                continue
            own, rival = _means(found, 0, k), _means(found, place, k)
            told = (swaps["mechanism"] == mechanism) & (swaps["rule"] == rule) & (swaps["outcome"] == outcome)
            kept = bool(set(np.flatnonzero(own == own.max())) & set(np.flatnonzero(rival == rival.max())))
            pairs = len(own) * (len(own) - 1) // 2
            tau, _ = kendalltau(own, rival)
            sure = int(swaps["sure"][told].sum())
            rows.append((mechanism, rule, found.plan, outcome, tau, pairs, int(told.sum()), sure, kept))
    return table_of(rows, SURVIVAL_KINDS)


def swaps_table(found: Ranking) -> Columns:
    """Every pair of policies that a rival rule puts in the other order: by how much the one that is better by the
    model's own rule leads there (above 0) and under the rival (below 0), with 95 % intervals of paired differences.
    """
    rows = []
    for mechanism, rule, place in _rules(found):
        for (k, outcome), pair in product(enumerate(found.outcomes), combinations(range(len(found.policies)), 2)):
            better, worse = pair if _lead(found, 0, *pair, k)[0] > 0 else pair[::-1]
            own, rival = _lead(found, 0, better, worse, k), _lead(found, place, better, worse, k)
            if own[0] > 0.0 > rival[0]:
                names = found.policies[better].id, found.policies[worse].id
                sure = own[1] > 0.0 > rival[2]
                rows.append((mechanism, rule, found.plan, outcome, *names, *own, *rival, sure))
    return table_of(rows, SWAP_KINDS)


def _lead(found: Ranking, place: int, one: int, other: int, k: int) -> tuple[float, float, float]:
    """By how much policy `one` is above `other`, with its 95 % interval over draws."""
    from ..experiments.analysis.estimates import difference_of

    runs = found.values[place, :, :, :, k]
    gap = difference_of(runs[other][None], runs[one][None], _kind(found.outcomes[k]), found.values.shape[2] > 1)
    return gap.value, gap.low, gap.high


def _rules(found: Ranking) -> list[tuple[str, str, int]]:
    """Mechanism, rule and place among the models of everything that the tables tell of."""
    told = [(one.id, rule.id) for one, rules in mechanisms(found.models) for rule in rules]
    return [(mechanism, rule, found.models.index(stands_for(rule))) for mechanism, rule in told]


def _means(found: Ranking, place: int, k: int) -> np.ndarray:
    """An outcome's mean of each policy; minus infinity where no run succeeded."""
    runs = found.values[place, :, :, :, k].reshape(len(found.policies), -1)
    return np.array([row[~np.isnan(row)].mean() if (~np.isnan(row)).any() else -np.inf for row in runs])


def _ranks(values: np.ndarray) -> list[int]:
    """1 for the highest; equal ones share the better rank."""
    return [1 + int((values > value).sum()) for value in values]


def _kind(outcome: str) -> str:
    from ..experiments.analysis.estimates import REACHED

    return REACHED if outcome.startswith(TARGET) else "mean"
