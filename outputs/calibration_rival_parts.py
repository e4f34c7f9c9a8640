"""Generated parts on rival rules: what the data say for each, and whether the order of policies hangs on them."""

from __future__ import annotations

import math

import pandas as pd

from ..calibration.checks.uniformity import SMALL_ESS
from ..calibration.observations import measured
from ..model.text import Text
from .calibration_figures import DASH, between, markdown, plain, seen_figure
from .calibration_tables import Calibration
from .calibration_words import (
    MECHANISMS,
    QUANTITIES,
    VERDICTS,
    labelled,
    observation_label,
    of_word,
    outcome_label,
    policy_label,
    rule_label,
    scenario_label,
)
from .words import bracketed

YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}


def rivals(known: Calibration, lang: str) -> str | None:
    """Evidence for each rule, and how well each fits where that is told."""
    table = known.get("rivals")
    if table is None:
        return None
    quantities = list(dict.fromkeys(table["quantity"]))
    keys = list(dict.fromkeys(zip(table["mechanism"], table["rule"], strict=True)))
    whole = [name for name in quantities if observation_label(name, lang) == name and "@" not in name]
    parts = [_rules(table, whole, lang), *_by_place(table, keys, quantities, lang)]
    rest = [name for name in quantities if observation_label(name, lang) != name]
    if rest:
        table = _supported(table)
        heads = [Text("观测", "observation").of(lang), *(rule_label(table, *key, lang) for key in keys)]
        rows = [[observation_label(name, lang), *(_cell(table, *key, name, lang) for key in keys)] for name in rest]
        heads[0] += Text("（后验中位数，90%范围）", " (posterior median, 90 % range)").of(lang)
        parts.append(markdown(heads, rows))
    return "\n\n".join(parts)


def _by_place(table: pd.DataFrame, keys: list[tuple[str, str]], quantities: list[str], lang: str) -> list[str]:
    """The evidence of each place by itself, where it is told."""
    told = [name for name in quantities if name.startswith("log_evidence@")]
    if not told:
        return []
    heads = [
        Text("对数证据，分地方", "log evidence by place").of(lang),
        *(rule_label(table, *key, lang) for key in keys),
    ]
    rows = [
        [scenario_label(name.partition("@")[2], lang), *(_cell(table, *key, name, lang) for key in keys)]
        for name in told
    ]
    return [markdown(heads, rows)]


def _supported(table: pd.DataFrame) -> pd.DataFrame:
    """Without what rules say of observations whose posterior rests on hardly any simulation."""
    sizes = table[table["quantity"] == "ess"].set_index("rule")["value"]
    few = table["rule"].map(sizes) < SMALL_ESS
    return table[~few | (table["quantity"] == "ess")]


def _rules(table: pd.DataFrame, quantities: list[str], lang: str) -> str:
    heads = Text("机制/规则", "mechanism/rule").of(lang).split("/")
    rows = [
        [of_word(mechanism, MECHANISMS, lang), rule_label(table, mechanism, rule, lang),
         *(_cell(table, mechanism, rule, name, lang) for name in quantities)]
        for mechanism, rule in dict.fromkeys(zip(table["mechanism"], table["rule"], strict=True))
    ]  # fmt: skip
    return markdown([*heads, *(of_word(name, QUANTITIES, lang) for name in quantities)], rows)


def _cell(table: pd.DataFrame, mechanism: str, rule: str, quantity: str, lang: str) -> str:
    here = (table["mechanism"] == mechanism) & (table["rule"] == rule) & (table["quantity"] == quantity)
    if not here.any():
        return DASH
    row = table[here].iloc[0]
    seen = next((one for one in measured() if one.id == quantity), None)
    value, low, high = (
        plain(float(row[name])) if seen is None else seen_figure(float(row[name]), seen.indicator, seen.measure, lang)
        for name in ("value", "low", "high")
    )
    return value if low == DASH else bracketed(value, between(low, high, lang), lang)


def patterns(known: Calibration, lang: str) -> str | None:
    """How many stylised facts each rule shows, and those on which rules differ."""
    table = known.get("rival_patterns")
    if table is None:
        return None
    heads = [Text("规则", "rule").of(lang), *(word.of(lang) for word in VERDICTS.values())]
    rules = list(dict.fromkeys(table["rule"]))
    named = {rule: _named(known, rule, lang) for rule in rules}
    rows = [
        [named[rule], *(str(int(((table["rule"] == rule) & (table["verdict"] == word)).sum())) for word in VERDICTS)]
        for rule in rules
    ]
    verdicts = table.pivot(index="pattern", columns="rule", values="verdict")[rules]
    apart = verdicts[verdicts.nunique(axis=1) > 1]
    parts = [markdown(heads, rows)]
    if len(apart):
        heads = [Text("结论随规则而异的事实", "facts on which rules differ").of(lang), *named.values()]
        said = [[_quantity(known, str(name), lang), *(of_word(word, VERDICTS, lang) for word in row)]
                for name, row in zip(apart.index, apart.to_numpy(), strict=True)]  # fmt: skip
        parts.append(markdown(heads, said))
    return "\n\n".join(parts)


def _named(known: Calibration, rule: str, lang: str) -> str:
    from ..calibration.rivals import MECHANISMS as MECHANISMS_OF_RULES
    from ..calibration.rivals import OWN

    mechanism = next(one.id for one in MECHANISMS_OF_RULES if rule in {other.id for other in one.rules})
    return (
        Text("本模型", "this model").of(lang) if rule == OWN else rule_label(known.get("rivals"), mechanism, rule, lang)
    )


def _quantity(known: Calibration, pattern: str, lang: str) -> str:
    table = known.get("patterns")
    if table is None:
        return pattern
    return labelled(table[table["pattern"] == pattern].iloc[0], lang, "statement")


def ranking(known: Calibration, lang: str) -> str | None:
    """For every rival rule and outcome: does the order of policies stand, and does the best policy stay the best?"""
    table = known.get("survival")
    if table is None:
        return None
    heads = Text("计划/结果/规则/次序相关（τ）/互换的对数/确实互换/首选政策不变",
                 "plan/outcome/rule/agreement of the order (τ)/pairs that change places/surely/"
                 "best policy kept")  # fmt: skip
    rows = []
    for _, row in table.iterrows():
        rule = rule_label(known.get("rivals"), row["mechanism"], row["rule"], lang)
        tau = DASH if math.isnan(row["tau"]) else f"{row['tau'] + 0.0:.2f}".replace("-", "−")
        rows.append([policy_label(row["plan"], lang), outcome_label(known, row["plan"], row["outcome"], lang), rule,
                     tau, f"{int(row['swapped'])} / {int(row['pairs'])}", str(int(row["surely_swapped"])),
                     YES_NO[bool(row["best_kept"])].of(lang)])  # fmt: skip
    kept, swapped, pairs = int(table["best_kept"].sum()), int(table["surely_swapped"].sum()), int(table["pairs"].sum())
    said = Text(
        f"与本模型的规则相比，首选政策不变的：{kept}项（共{len(table)}项）；{pairs}对政策中确实互换次序的：{swapped}对。",
        f"Against the model's own rule the best policy is kept in {kept} of {len(table)} comparisons; of {pairs} pairs "
        f"of policies {swapped} surely change places.",
    )
    return markdown(heads.of(lang).split("/"), rows) + "\n\n" + said.of(lang)
