"""Rival rules for the mechanisms that carry the forecasts, and what the observations say for each.

A mechanism has the model's own rule and its rivals; a rule is one or two parameters held fixed, nothing else differs.
Every rule gets a bank of simulations of its own from the same priors with the same luck. Evidence is the mean
likelihood of a bank's simulations (checks/evidence.py): how well a rule foresaw the observations, not how far it can be
bent to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..experiments.columns import Columns, table_of
from ..model.codes import BY_BOTH, BY_IMITATION, BY_NEED, BY_PRESSURE, BY_ROOM
from ..model.text import Text
from .checks.evidence import difference, interval, log_evidence
from .checks.runs import weigh_runs
from .checks.weighted import quantiles
from .observations import fitted
from .weighing import ess, log_likelihood, weights

if TYPE_CHECKING:
    from ..model.posterior import PlaceEffect, Posterior
    from .bank import Bank
    from .observations import Observation

KINDS = {
    "mechanism": "text", "rule": "text", "label_zh": "text", "label_en": "text", "quantity": "text",
    "value": "float", "low": "float", "high": "float",
}  # fmt: skip


class Rule(NamedTuple):
    """One way in which a mechanism may work."""

    id: str
    label: Text
    hub_rule: int = BY_BOTH
    founding_rule: int = BY_ROOM


class Mechanism(NamedTuple):
    """What the rules are about; the first is the model's own."""

    id: str
    label: Text
    rules: tuple[Rule, ...]


MECHANISMS = (
    Mechanism("hubs", Text("枢纽如何扩散", "how hubs spread"), (
        Rule("both", Text("压力与模仿并行（本模型）", "pressure and imitation (this model)")),
        Rule("pressure", Text("只靠压力", "pressure alone"), hub_rule=BY_PRESSURE),
        Rule("imitation", Text("只靠模仿，考核仅促其加快", "imitation, hastened by orders"), hub_rule=BY_IMITATION),
    )),
    Mechanism("founding", Text("新建受什么制约", "what limits founding"), (
        Rule("saturation", Text("受带头人数量制约（本模型）", "the leaders that are left (this model)")),
        Rule("need", Text("随未满足的需求而定", "the needs that are left unmet"), founding_rule=BY_NEED),
    )),
)  # fmt: skip
RULES = {rule.id: rule for mechanism in MECHANISMS for rule in mechanism.rules}
OWN = MECHANISMS[0].rules[0].id


def under(rule: str) -> dict[str, float]:
    """The parameters that a rule holds fixed. Raises KeyError for a rule that is none."""
    return {"hub_rule": float(RULES[rule].hub_rule), "founding_rule": float(RULES[rule].founding_rule)}


def stands_for(rule: str) -> str:
    """The first rule that is the same model as this one: the model's own rules are one and the same."""
    return next(other for other in RULES if under(other) == under(rule))


def models(rules: Sequence[str] = tuple(RULES)) -> tuple[str, ...]:
    """One rule for each model among `rules`, the model's own first: for these, simulations have to be made."""
    return tuple(dict.fromkeys((OWN, *map(stands_for, rules))))


def mechanisms(rules: Sequence[str]) -> list[tuple[Mechanism, tuple[Rule, ...]]]:
    """The mechanisms of which `rules` name a rival, each with its own rule and the rivals named."""
    found = []
    for one in MECHANISMS:
        rivals = tuple(rule for rule in one.rules[1:] if rule.id in rules)
        if rivals:
            found.append((one, (one.rules[0], *rivals)))
    return found


def rivals_table(banks: Mapping[str, Bank], observations: Sequence[Observation]) -> Columns:
    """Rows of rivals.csv, from a bank for each of `models` that is to be told of, the model's own among them.

    For every rule `log_evidence`, `log_evidence_over_own` (above 0 speaks for the rival), the same with @SCENARIO for
    each fitted place by itself, all with a 95 % interval of Monte Carlo error; `ess`; and by its id what the rule says
    of each observation once fitted: the median, 5 % and 95 % of the simulated figures. Evidence and weights are by the
    observations that are fitted; those held out are told of alike.
    """
    used = fitted(observations)
    rows: list[tuple[object, ...]] = []
    for mechanism, rules in mechanisms(tuple(banks)):
        for rule in rules:
            about = (mechanism.id, rule.id, rule.label.zh, rule.label.en)
            bank, own = banks[stands_for(rule.id)], None if rule is rules[0] else banks[OWN]
            rows += [(*about, *row) for row in _evidence(bank, own, used)]
            for place in dict.fromkeys(seen.scenario for seen in used):
                there = [seen for seen in used if seen.scenario == place]
                rows += [(*about, f"{row[0]}@{place}", *row[1:]) for row in _evidence(bank, own, there)]
            weight = _weights(bank, used)
            rows.append((*about, "ess", ess(weight), np.nan, np.nan))
            rows += [(*about, *row) for row in _figures(bank, weight, used, observations)]
    return table_of(rows, KINDS)


def posterior_under(bank: Bank, observations: Sequence[Observation], effects: Sequence[PlaceEffect]) -> Posterior:
    """The posterior that a rule's own bank gives, to be drawn from in a ranking."""
    from ..model.posterior import Posterior

    weight = _weights(bank, fitted(observations))
    digest = hashlib.sha256(bank.values.tobytes() + weight.tobytes()).hexdigest()  # by which posteriors are told apart
    return Posterior(bank.names, bank.values, weight, tuple(effects), digest, {})


def _evidence(bank: Bank, own: Bank | None, used: Sequence[Observation]) -> list[tuple[object, ...]]:
    found = log_likelihood(bank.figures, used)
    rows: list[tuple[object, ...]] = [("log_evidence", *interval(log_evidence(found)))]
    if own is not None:
        paired = np.array_equal(bank.values, own.values)
        over = difference(found, log_likelihood(own.figures, used), paired)
        rows.append(("log_evidence_over_own", *interval(over)))
    return rows


def _figures(
    bank: Bank, weight: np.ndarray, used: Sequence[Observation], told: Sequence[Observation]
) -> list[tuple[object, ...]]:
    runs = weigh_runs(weight, bank.figures, used, told)
    rows: list[tuple[object, ...]] = []
    for seen in told:
        low, median, high = quantiles(bank.figures[seen.id].ravel(), runs[seen.scenario].ravel())
        rows.append((seen.id, median, low, high))
    return rows


def _weights(bank: Bank, used: Sequence[Observation]) -> np.ndarray:
    return weights(log_likelihood(bank.figures, used))
