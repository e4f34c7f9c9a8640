"""Tables of experiments made up in a moment, laid out like those of the analysis: to draw without simulating."""

from __future__ import annotations

import numpy as np
import pandas as pd

from miaopu.model import vocabulary
from miaopu.model.text import Text
from miaopu.outputs.experiment_facts import Aim, ExperimentFacts, Measure

BASE, DRAFT, STRICT, MONEY = "shenzhen-baseline", "shenzhen-2022-2025", "strict", "money"
NAMES = {
    BASE: Text("深圳市社区社会组织基线情景（延续2022年以前做法）", "Shenzhen as it was before the plan (baseline)"),
    DRAFT: Text(
        "深圳市社区社会组织培育发展专项行动计划（2022-2025年，征求意见稿）",
        "Shenzhen action plan for community social organizations 2022-2025 (draft)",
    ),
    STRICT: Text("考核加码，不增经费", "stronger orders without money"),
    MONEY: Text("增加经费，不加考核", "more money without orders"),
}
LEVERS = [
    "assessment.order_strength",
    "hubs.social_workers",
    "hubs.commissioned_share",
    "funding.venture_budget",
    "incubation.beneficiary_priority",
    "evaluation.coverage",
    "incubation.party_priority",
]
UNCERTAIN = ["start_coverage", "order_felt", "hub_order", "start_registered_share", "start_party"]
HUB = Text("街道（乡镇）枢纽覆盖率达到85%", "street hub coverage of 85 %")


def _named(name: str, what: str) -> Measure:
    kinds = {"nominal": Text("名义口径", "nominal"), "effective": Text("实效口径", "effective")}
    more = {
        "reached": Text("达标概率", "probability"),
        "measured": Text("期限时的值", "value at the deadline"),
        "date": Text("首次达标时间", "first reached after"),
    }[what]
    unit = "months" if what == "date" else "share"
    kind = kinds[name]
    return Measure(Text(f"{HUB.zh}（{kind.zh}）：{more.zh}", f"{HUB.en} ({kind.en}): {more.en}"), unit, what)


MEASURES = {
    f"hubs.{kind}.{what}": _named(kind, what)
    for kind in ("nominal", "effective")
    for what in ("reached", "measured", "date")
}
INDICATORS = [
    "organizations",
    "focus_needs_met",
    "capability",
    "public_money",
    "brand_organizations",
    "organizations_per_rural_community",
    "capable_hubs_with_social_worker",
]


def facts(scenarios: int = 2, points: int = 1, draws: int | None = 200) -> ExperimentFacts:
    """The facts of an experiment with the first so many scenarios."""
    aims = [
        Aim(f"hubs.{kind}.reached", "street_hub_coverage", HUB, 0.85, (2025, 12)) for kind in ("nominal", "effective")
    ]
    far = Aim(
        "brands.all.reached",
        "brand_organizations",
        Text("每区至少一个品牌", "a brand in every district"),
        1.0,
        (2025, 12),
        "every district",
    )
    kept = dict(list(NAMES.items())[:scenarios])
    return ExperimentFacts(
        Text("加强考核与增加经费的比较", "Orders against money"),
        kept,
        points,
        draws,
        4,
        800 * scenarios,
        0,
        "5e1d0c9b",
        "2026-11-22",
        "0.4.0",
        (*aims, far),
        decide_on=("hubs.nominal.reached", "hubs.effective.measured"),
    )


def paths(scenarios: int = 2, months: int = 72) -> pd.DataFrame:
    """Coverage, nominal and effective, and organizations; policies start to act in 2023."""
    rows = []
    for place, key in enumerate(list(NAMES)[:scenarios]):
        for name, top, unit in (
            ("street_hub_coverage", 0.9, 1),
            ("street_hub_coverage_effective", 0.6, 1),
            ("organizations", 0.9, 26000),
        ):
            for month in range(months):
                grown = 0.3 + (0.15 + 0.2 * place) * (1 - np.exp(-max(0, month - 11) / 20)) * top
                low, high = grown * (1 - 0.004 * month), min(1.0, grown * (1 + 0.004 * month))
                rows.append(
                    (
                        key,
                        name,
                        month,
                        2022 + month // 12,
                        month % 12 + 1,
                        unit * grown,
                        unit * low,
                        unit * grown,
                        unit * high,
                    )
                )
    names = ["scenario", "indicator", "month", "year", "month_of_year", "mean", "p05", "median", "p95"]
    return pd.DataFrame(rows, columns=names)


def differences(scenarios: int = 2) -> pd.DataFrame:
    """Every other scenario against the baseline."""
    rows = []
    for place, key in enumerate(list(NAMES)[1:scenarios], 1):
        for name, said in MEASURES.items():
            base = {"reached": 0.04, "measured": 0.52, "date": 70.3}[said.kind] * (0.7 if "effective" in name else 1)
            gain = {"reached": 0.31, "measured": 0.21, "date": -12.6}[said.kind] * (1 - 0.35 * place)
            half = {"reached": 0.07, "measured": 0.013, "date": 1.9}[said.kind]
            rows.append((BASE, key, name, *said.label, said.unit, said.kind, base, gain, half))
        for name in INDICATORS:
            known = vocabulary.indicators()[name]
            value = {"share": 0.4, "score": 0.36, "count": 12000.0, "yuan per year": 6.3e8}.get(known.unit, 3.0)
            for year in (2024, 2025):
                label = (f"{known.label.zh}（{year}年12月底）", f"{known.label.en} (end of December {year})")
                shift = {"brand_organizations": 0.0, "public_money": -0.1}.get(name, 0.13)
                rows.append(
                    (
                        BASE,
                        key,
                        f"{name}@{year}-12",
                        *label,
                        known.unit,
                        "indicator",
                        value,
                        shift * value * (1 - 0.3 * place),
                        0.03 * value,
                    )
                )
    table = pd.DataFrame(
        rows,
        columns=[
            "base",
            "other",
            "outcome",
            "label_zh",
            "label_en",
            "unit",
            "kind",
            "base_value",
            "difference",
            "half",
        ],
    )
    table["other_value"] = table["base_value"] + table["difference"]
    for side in ("base", "other"):
        wide = np.minimum(table["half"], table[f"{side}_value"].abs() * 0.6)
        table[f"{side}_low"], table[f"{side}_high"] = table[f"{side}_value"] - wide, table[f"{side}_value"] + wide
    table["difference_low"], table["difference_high"] = (
        table["difference"] - table["half"],
        table["difference"] + table["half"],
    )
    table["variance_ratio"] = np.linspace(1.1, 17.3, len(table))
    return table.drop(columns="half").assign(draws=200, replicates=4, covers="bootstrap_over_draws")
