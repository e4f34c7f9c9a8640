"""Observations of other places beside a forecast: a check of plausibility that says what it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from miaopu.calibration.plausibility import CAVEAT, MEASURES, comparable, compare_with_observations
from miaopu.model.vocabulary import indicators

MONTHS, RUNS = 25, 40


class _Results:
    """Months in which every indicator follows its own line, a little apart from run to run."""

    def __init__(self, lines: dict[str, Any]) -> None:
        run, month = np.repeat(np.arange(RUNS), MONTHS), np.tile(np.arange(MONTHS), RUNS)
        spread = 1 + 0.001 * (run - RUNS / 2) / RUNS
        names = {seen.indicator for seen in comparable()}
        told = {name: lines.get(name, lambda month: 1.0 + 0.0 * month)(month) * spread for name in names}
        self.months = pd.DataFrame({"run": run, "month": month, **told})


def _row(results: Any, place: str, indicator: str) -> pd.Series:
    table = compare_with_observations(results)
    return table[(table["place_en"] == place) & (table["indicator"] == indicator)].iloc[0]


def test_every_observation_names_an_indicator_a_source_and_a_mark() -> None:
    assert len(comparable()) >= 10
    for seen in comparable():
        assert seen.indicator in indicators()
        assert seen.measure in MEASURES
        assert seen.low <= seen.high
        assert seen.source.startswith("http")
        assert seen.mark in {"S", "M", "D"}, "judgement is no observation"
        assert all((*seen.place, *seen.definition, seen.date))


def test_ranges_that_meet_and_ranges_that_do_not() -> None:
    results = _Results({"organizations_per_urban_community": lambda month: 5.0 + month * 14 / (MONTHS - 1)})
    row = _row(results, "Zhejiang", "organizations_per_urban_community")
    assert (row["start_meets"], row["end_meets"]) == (False, True)
    assert row["start_median"] == pytest.approx(5.0, rel=1e-3)
    assert row["start_p05"] < row["start_median"] < row["start_p95"]


def test_an_observation_without_an_upper_end_is_met_from_below() -> None:
    for growth, meets in ((0.1, False), (0.25, True), (0.9, True)):
        results = _Results({"organizations": lambda month, growth=growth: 100.0 * (1 + growth) ** (month / 12)})
        assert _row(results, "Zhejiang", "organizations")["end_meets"] == meets


def test_growth_is_per_year_at_both_ends() -> None:
    def line(month: np.ndarray) -> np.ndarray:
        return 100 * np.where(month <= 12, 1.064 ** (month / 12), 1.064)

    row = _row(_Results({"organizations": line}), "Shandong", "organizations")
    assert row["start_median"] == pytest.approx(0.064, abs=1e-6)
    assert row["end_median"] == pytest.approx(0.0, abs=1e-9)


def test_a_stock_of_nothing_has_no_growth() -> None:
    row = _row(_Results({"organizations": lambda month: 0.0 * month}), "Shandong", "organizations")
    assert np.isnan(row["end_median"])
    assert pd.isna(row["end_meets"]), "unknown, not missed"


def test_a_yearly_flow_starts_with_its_first_full_year() -> None:
    results = _Results({"public_money_per_organization": lambda month: np.where(month < 11, np.nan, 408.0)})
    row = _row(results, "Shandong", "public_money_per_organization")
    assert row["start_median"] == pytest.approx(408.0, rel=1e-3)
    assert row["start_meets"]


def test_the_caveat_says_that_this_is_no_validation() -> None:
    assert "不是对模型的验证" in CAVEAT.zh
    assert "no validation" in CAVEAT.en
