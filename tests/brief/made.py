"""Small findings made up for tests; every figure can be given by name, the rest says nothing remarkable."""

from __future__ import annotations

from typing import Any

from miaopu.model.text import Text
from miaopu.outputs.brief.findings import (
    AfterFinding,
    AssumptionFinding,
    CalibrationFinding,
    Chance,
    Change,
    FactorFinding,
    FactorSet,
    Findings,
    GridFinding,
    Interaction,
    MoneyFinding,
    OptionFinding,
    Payment,
    Price,
    Source,
    Spread,
    TargetFinding,
)
from miaopu.outputs.experiment_facts import Measure

NOMINAL, EFFECTIVE = "hubs.nominal", "hubs.effective"
COVERS = Text("95% 区间，涵盖参数不确定性与随机性", "95 % interval over parameters and chance")
PARAMETERS = Text("参数全部取自先验（未经校准）。", "All parameters are from their priors (not calibrated).")
HUBS = Text("街道枢纽覆盖率", "street hub coverage")
PLAN, NO_PLAN = Text("示例市计划", "Model city's plan"), Text("不实施计划", "no plan")


def made_chance(
    value: float = 0.94, low: float | None = None, high: float | None = None, draws: int = 100, runs: int = 1000
) -> Chance:
    """A probability; without ends its interval is three points to either side, within 0 and 1."""
    ends = (max(0.0, value - 0.03) if low is None else low, min(1.0, value + 0.03) if high is None else high)
    return Chance(value, *ends, draws, runs, COVERS)


def made_spread(value: float = 0.9, low: float | None = None, high: float | None = None, **more: Any) -> Spread:
    """A median and its range; without ends a tenth of it to either side."""
    ends = (value - abs(value) / 10 if low is None else low, value + abs(value) / 10 if high is None else high)
    return Spread(value, *ends, **more)


def made_change(value: float = 0.1, half: float = 0.02) -> Change:
    """A difference whose interval is `half` to either side."""
    return Change(value, value - half, value + half)


def made_target(**more: Any) -> TargetFinding:
    """Hub coverage, counted nominally, as the target itself says, very likely to be reached."""
    given: dict[str, Any] = {
        "id": "hubs", "counts": "nominal", "own": True, "label": HUBS, "clause": "SZ-01i",
        "indicator": "street_hub_coverage", "unit": "share", "scope": "whole", "sense": ">=", "threshold": 0.85,
        "deadline": "2025-12", "reading": "", "chance": made_chance(), "outcome": made_spread(),
    }  # fmt: skip
    return TargetFinding(**(given | more))


def made_effective(**more: Any) -> TargetFinding:
    """The same target counted by effect, very unlikely to be reached."""
    given: dict[str, Any] = {
        "counts": "effective", "own": False, "indicator": "street_hub_coverage_effective",
        "chance": made_chance(0.02, 0.0, 0.05), "outcome": made_spread(0.65, 0.47, 0.81),
    }  # fmt: skip
    return made_target(**(given | more))


def made_brands(**more: Any) -> TargetFinding:
    """A second target, counted one way, of which nothing can be said."""
    given: dict[str, Any] = {
        "id": "brands", "counts": "all", "label": Text("品牌组织数", "brand organizations"), "clause": "SZ-08c",
        "indicator": "brand_organizations", "unit": "count", "scope": "every district", "threshold": 1.0,
        "chance": made_chance(0.5, 0.41, 0.58), "outcome": made_spread(0.0, 0.0, 10.0),
    }  # fmt: skip
    return made_target(**(given | more))


def made_price(target: str = EFFECTIVE, value: float = 8e6, verdict: str = "price", **more: Any) -> Price:
    """Yuan per additional point."""
    given: dict[str, Any] = {"low": 0.8 * value, "high": 1.2 * value, "why": Text("更好更贵", "better and dearer")}
    return Price(target, value, verdict=verdict, **(given | more))


def made_option(key: str = "operation", about: str = "other", **more: Any) -> OptionFinding:
    """An option for operation; without `chance_changes` it says nothing of its differences."""
    given: dict[str, Any] = {
        "name": Text("加强运营方案", "Operation first"), "chances": {NOMINAL: made_chance()},
        "outcomes": {EFFECTIVE: made_spread(0.66)}, "money": made_spread(4.03e8),
    }  # fmt: skip
    return OptionFinding(key, about=about, **(given | more))


def made_factor(name: str = "lever", value: float = 0.5, half: float = 0.05, **more: Any) -> FactorFinding:
    """A lever whose index is known to within `half`."""
    given: dict[str, Any] = {
        "label": Text(f"杠杆{name}", f"lever {name}"), "role": "lever", "low": value - half, "high": value + half,
        "rises": 1,
    }  # fmt: skip
    return FactorFinding(name, value=value, **(given | more))


def made_interaction(other: str = "另一项", value: float = 0.1, half: float = 0.02) -> Interaction:
    """What two factors do only together."""
    return Interaction(Text(other, f"other {other}"), value, value - half, value + half)


def made_factor_set(target: str = NOMINAL, **more: Any) -> FactorSet:
    """What carries a target: two levers and one unknown, all above the control."""
    given: dict[str, Any] = {
        "kind": "reached", "label": HUBS, "scenario": PLAN, "index": "ST",
        "levers": (made_factor("orders", 0.5), made_factor("money", 0.2)),
        "uncertainties": (made_factor("start", 0.3, role="uncertainty", mark="K", source="判断"),),
        "inert_high": 0.05, "converged": True, "points": 4096, "share_chance": 0.2,
    }  # fmt: skip
    return FactorSet(target, **(given | more))


def made_money(**more: Any) -> MoneyFinding:
    """What is paid with the plan."""
    given: dict[str, Any] = {
        "first_year": 2022, "last_year": 2027, "total": made_spread(3.9e8),
        "payments": (Payment(Text("枢纽补助", "hub grants"), 2.5e8), Payment(Text("创投", "venture projects"), 1.4e8)),
        "baseline": made_spread(1.6e8),
    }  # fmt: skip
    return MoneyFinding(**(given | more))


def made_after(**more: Any) -> AfterFinding:
    """A figure that falls after the deadline."""
    given: dict[str, Any] = {
        "indicator": "street_hub_coverage", "label": HUBS, "unit": "share", "deadline": "2025-12", "end": "2027-12",
        "at_deadline": made_spread(0.95), "at_end": made_spread(0.85), "change": made_change(-0.1),
    }  # fmt: skip
    return AfterFinding(**(given | more))


def made_grid(**more: Any) -> GridFinding:
    """The answer hangs on what is not known."""
    given: dict[str, Any] = {
        "target": NOMINAL, "worst": 0.1, "worst_at": (0.1, 0.05), "best": 1.0, "best_at": (0.5, 0.4), "centre": 0.94,
        "needed": 0.2,
    }  # fmt: skip
    return GridFinding(**(given | more))


def made_assumption(name: str = "order_felt", **more: Any) -> AssumptionFinding:
    """A judged figure that moves the answer."""
    given: dict[str, Any] = {
        "label": Text("考核传导系数", "order felt over order given"), "value": "1", "low": "0.35", "high": "2.2",
        "unit": "factor", "mark": "K", "source": "判断", "target": NOMINAL, "at_low": 0.79, "at_high": 0.99,
        "difference": made_change(0.2, 0.03),
    }  # fmt: skip
    return AssumptionFinding(name, **(given | more))


def made_calibration(**more: Any) -> CalibrationFinding:
    """A calibration of which some came out."""
    given: dict[str, Any] = {
        "figures_fitted": 18, "parameters_fitted": 22, "hindcasts": 6, "hindcasts_won": 4,
        "patterns": {"reproduced": 8, "partly": 2, "not": 1},
        "rivals_excluded": (Text("按需求建设", "hubs by need"),), "rivals_open": (Text("模仿", "imitation"),),
        "rankings_changed": 1, "rankings": 12,
    }  # fmt: skip
    return CalibrationFinding(**(given | more))


def made_source(kind: str = "forecast", **more: Any) -> Source:
    """A folder with many runs."""
    given: dict[str, Any] = {
        "name": PLAN, "run_id": "0a1b2c3d", "date": "2026-11-22", "version": "0.5", "draws": 100, "replicates": 10,
        "runs": 1000, "failed": 0, "seed": 1, "parameters": PARAMETERS, "command": "miaopu forecast town",
    }  # fmt: skip
    return Source(kind, **(given | more))


def made_measures() -> dict[str, Measure]:
    """What the targets' figures are called."""
    return {
        NOMINAL: Measure(HUBS, "share", "measured"),
        EFFECTIVE: Measure(HUBS, "share", "measured"),
        "brands.all": Measure(Text("品牌组织数", "brand organizations"), "count", "measured"),
    }


def made_findings(**more: Any) -> Findings:
    """Findings of one forecast with one target; everything else is empty."""
    given: dict[str, Any] = {
        "plan": PLAN, "baseline": NO_PLAN, "place": Text("示例市", "Model city"), "sources": (made_source(),),
        "targets": (made_target(),), "measures": made_measures(),
    }  # fmt: skip
    return Findings(**(given | more))
