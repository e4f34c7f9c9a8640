"""How the calibration's documents name observations, parameters and rules, and write their figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ..calibration.checks.series import SERIES as _SERIES
from ..calibration.observations import MEASURES, Observation, by_id, measured
from ..calibration.patterns import VERDICTS as VERDICTS
from ..calibration.rivals import MECHANISMS as _MECHANISMS
from ..calibration.rivals import RULES
from ..model.text import Text
from ..model.vocabulary import indicators, parameters
from .calibration_tables import ROOT, Calibration
from .outcome_words import unit_name
from .words import bracketed

if TYPE_CHECKING:
    import pandas as pd

EFFECTS = {
    "policy_size": Text("政策力度系数", "size of the policy"),
    "hubs": Text("地区效应（枢纽）", "place effect on hubs"),
    "log_kernel": Text("与数据的吻合程度", "agreement with the data"),
}
SERIES = {one.name: one.label for one in _SERIES}  # of the hindcasts
FORECASTS = {
    "model": Text("模型", "model"),
    "last_value": Text("沿用上期值", "last value"),
    "trend": Text("趋势外推", "trend"),
    "logistic": Text("逻辑斯蒂曲线", "logistic curve"),
}
MECHANISMS = {one.id: one.label for one in _MECHANISMS}
COUNTS = {"nominal": Text("名义口径", "nominal"), "effective": Text("实效口径", "effective")}
QUANTITIES = {
    "log_evidence": Text("对数证据", "log evidence"),
    "log_evidence_over_own": Text("对数证据：与本模型之差", "log evidence over this model's own"),
    "ess": Text("有效样本量", "effective sample size"),
}

PLANS = {
    "shenzhen-2022-2025": Text("深圳计划", "Shenzhen plan"),
    "hunan-2021-2023": Text("湖南方案", "Hunan plan"),
    "shenzhen-baseline": Text("深圳：不实施计划", "Shenzhen, no plan"),
    "hunan-baseline": Text("湖南：不实施方案", "Hunan, no plan"),
    "shenzhen": Text("深圳", "Shenzhen"),
    "hunan": Text("湖南", "Hunan"),
}
POLICIES = (ROOT / "scenarios", ROOT / "experiments" / "studies" / "policies")


def of_word(word: str, known: Mapping[str, Text], lang: str) -> str:
    """A table's word for people; as it stands where nothing better is known."""
    return known[word].of(lang) if word in known else word.replace("_", " ")


def labelled(row: Mapping[str, Any], lang: str, stem: str = "label") -> str:
    """The text of two columns such as label_zh and label_en."""
    return str(row[f"{stem}_{lang}"])


def indicator_label(name: str, lang: str) -> str:
    """An indicator, or one over another."""
    over, _, under = name.partition("/")
    labels = [indicators()[one].label.of(lang) if one in indicators() else one for one in (over, under) if one]
    return " / ".join(labels)


def seen_label(seen: Observation, lang: str) -> str:
    """An observation in a line: where, when and what."""
    what = indicator_label(seen.indicator, lang)
    if seen.measure != "level":
        how = MEASURES[seen.measure]
        what = Text(f"{what}（{how.zh}）", f"{what}, {how.en}").of(lang)
    date = seen.date.replace("/", "–" if lang == "en" else "～")
    return Text(f"{seen.place.zh}{date}：{what}", f"{seen.place.en} {date}: {what}").of(lang)


def observation_label(name: str, lang: str) -> str:
    """The same by the observation's id."""
    try:
        return seen_label(by_id(name), lang)
    except KeyError:
        return name


def parameter_label(name: str, lang: str) -> str:
    """A parameter; name@scenario is what one place has of it."""
    plain, _, scenario = name.partition("@")
    known = parameters().get(plain)
    label = known.label.of(lang) if known else of_word(plain, EFFECTS, lang)
    return bracketed(label, scenario_label(scenario, lang), lang) if scenario else label


def scenario_label(name: str, lang: str) -> str:
    """A place of the calibration with its years."""
    place = next((seen.place.of(lang) for seen in measured() if seen.scenario == name), name)
    years = re.search(r"(\d{4})-(\d{4})$", name)
    if not years:
        return place
    return Text(f"{place}{years[1]}～{years[2]}年", f"{place} {years[1]}–{years[2]}").of(lang)


def unit_label(unit: str, lang: str) -> str:
    """A parameter's unit."""
    return "1" if unit == "power" else unit_name(unit, lang).strip() or unit


def rule_label(rivals: pd.DataFrame | None, mechanism: str, rule: str, lang: str) -> str:
    """A rule by the label that the table of rivals has for it."""
    if rivals is not None and "label_en" in rivals:
        mine = rivals[(rivals["mechanism"] == mechanism) & (rivals["rule"] == rule)]
        if len(mine):
            return labelled(mine.iloc[0], lang)
    return RULES[rule].label.of(lang) if rule in RULES else rule


@cache
def policy_names() -> dict[str, Text]:
    """Scenarios and policies of the studies by file name."""
    import yaml

    found = {}
    for folder in POLICIES:
        for path in sorted(folder.glob("*.yaml")):
            name = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("name")
            if isinstance(name, dict):
                found[path.stem] = Text(name["zh"], name["en"])
    return found


def policy_label(name: str, lang: str) -> str:
    """A plan or a policy: what its file says, else its name."""
    return of_word(name, policy_names() | PLANS, lang)


def outcome_label(known: Calibration, plan: str, name: str, lang: str) -> str:
    """An outcome by the label of its indicator or target: "organizations", "target:hubs:nominal" or the like."""
    words = name.replace(":", ".").split(".")
    words = words[1:] if words[0] == "target" else words
    label = indicator_label(words[0], lang)
    table = known.get("forecasts")
    if table is not None:
        mine = table[(table["plan"] == plan) & (table["target"] == words[0])]
        label = labelled(mine.iloc[0], lang) if len(mine) else label
    kind = next((COUNTS[word].of(lang) for word in words if word in COUNTS), "")
    label = bracketed(label, kind, lang) if kind and kind not in label else label
    return Text(f"{label}：达标概率", f"{label}: probability").of(lang) if len(words) > 1 else label
