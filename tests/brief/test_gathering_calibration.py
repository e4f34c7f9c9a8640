"""What a calibration's tables say, in numbers that can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from miaopu.model.vocabulary import parameters
from miaopu.outputs.brief.gathering.from_calibration import MOST, assumptions, finding, unobserved
from miaopu.outputs.calibration_tables import Calibration

PLAN = "shenzhen-2022-2025"


def known(**tables: pd.DataFrame) -> Calibration:
    return Calibration(tables, {"names": ["a", "b"]}, "12345678")


def rivals(*highs: tuple[str, float]) -> pd.DataFrame:
    rows = [("hubs", "both", "本模型", "this model", "log_evidence", -7.0, -7.2, -6.8)]
    rows += [("hubs", rule, f"{rule}规则", f"the {rule} rule", "log_evidence_over_own", high - 1, high - 2, high)
             for rule, high in highs]  # fmt: skip
    return pd.DataFrame(rows, columns=["mechanism", "rule", "label_zh", "label_en", "quantity", "value", "low", "high"])


def test_a_rival_is_excluded_only_where_the_whole_interval_speaks_against_it() -> None:
    found = finding(known(rivals=rivals(("copying", -3.1), ("pressure", -2.9), ("need", 0.5))), PLAN)
    assert [label.en for label in found.rivals_excluded] == ["the copying rule"]
    assert [label.en for label in found.rivals_open] == ["the pressure rule", "the need rule"]


def test_rankings_count_under_open_rules_and_for_this_plan_alone() -> None:
    columns = ["rule", "plan", "pairs", "surely_swapped"]
    rows = [("copying", PLAN, 28, 9), ("need", PLAN, 28, 1), ("need", PLAN, 28, 0), ("need", "hunan", 28, 5)]
    tables = {"rivals": rivals(("copying", -50.0), ("need", 0.1)), "survival": pd.DataFrame(rows, columns=columns)}
    found = finding(known(**tables), PLAN)
    assert (found.rankings_changed, found.rankings) == (1, 56)


def test_a_hindcast_is_won_against_every_naive_forecast() -> None:
    rows = [("one", "model", 2.0), ("one", "last", 3.0), ("one", "trend", 2.1),
            ("two", "model", 2.0), ("two", "last", 3.0), ("two", "trend", 1.9)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["series", "forecast", "crps"])
    found = finding(known(hindcast=table), PLAN)
    assert (found.hindcasts, found.hindcasts_won) == (2, 1)


def test_facts_are_counted_by_verdict_and_figures_by_use() -> None:
    tables = {
        "patterns": pd.DataFrame({"verdict": ["not", "reproduced", "reproduced"]}),
        "predictive": pd.DataFrame({"role": ["fit", "fit", "check"]}),
    }
    found = finding(known(**tables), PLAN)
    assert found.patterns == {"reproduced": 2, "not": 1}
    assert (found.figures_fitted, found.parameters_fitted) == (2, 2)


def test_without_tables_nothing_is_claimed() -> None:
    found = finding(Calibration({}, {}, ""), PLAN)
    assert (found.hindcasts, found.rankings, found.figures_fitted, found.rivals_open) == (0, 0, 0, ())


def log(folder: Path, rows: list[dict[str, object]]) -> Path:
    """An assumptions log of these rows."""
    usual = {
        "plan": PLAN, "figure": "one", "label_zh": "某数", "label_en": "a figure", "value": "1", "unit": "share",
        "source": "判断", "mark": "K", "where": "x", "low": "0", "high": "2", "outcome": "hubs.nominal.reached",
        "at_low": 0.2, "at_high": 0.4, "difference": 0.2, "difference_low": 0.1, "difference_high": 0.3, "share": 0.1,
        "kind": "parameter", "figures": 1, "clear": "True",
    }  # fmt: skip
    table = pd.DataFrame([usual | row for row in rows])
    table.to_csv(folder / "assumptions.csv", index=False)
    table[["plan", "outcome"]].to_csv(folder / "assumption-targets.csv", index=False)
    return folder


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, True),
        ({"clear": "False"}, False),
        ({"plan": "hunan-2021-2023"}, False),
        ({"outcome": ""}, False),
        ({"difference": -0.2, "difference_low": -0.3, "difference_high": -0.1}, True),
        ({"difference": 0.02, "difference_low": -0.01, "difference_high": 0.05}, False),
    ],
)
def test_only_clear_effects_on_this_plan_are_told(tmp_path: Path, row: dict[str, object], told: bool) -> None:
    assert bool(assumptions(log(tmp_path, [row]), PLAN)) is told


def test_the_largest_effect_comes_first_whatever_its_sign(tmp_path: Path) -> None:
    sizes = (0.1, -0.5, 0.3)
    rows = [{"figure": f"f{size}", "difference": size, "difference_low": size - 0.01, "difference_high": size + 0.01}
            for size in sizes]  # fmt: skip
    rows += [{"figure": "other", "outcome": "brands.all.reached"}]
    found = assumptions(log(tmp_path, rows), PLAN)
    assert [one.name for one in found] == ["f-0.5", "f0.3", "f0.1", "other"]
    assert [one.target for one in found] == ["hubs.nominal"] * 3 + ["brands.all"]


def test_no_target_has_more_assumptions_than_a_page_holds(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"figure": f"f{place}"} for place in range(MOST + 5)]
    assert len(assumptions(log(tmp_path, rows), PLAN)) == MOST


def test_no_log_no_assumptions(tmp_path: Path) -> None:
    assert assumptions(tmp_path, PLAN) == ()


def test_what_nobody_has_observed_is_told_with_its_source() -> None:
    found = unobserved()
    assert {one.name for one in found} == {"start_coverage", "order_felt"}
    for one in found:
        assert one.mark == parameters()[one.name].mark and one.source
        assert float(one.low) < float(one.value) < float(one.high)
