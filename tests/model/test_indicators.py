"""Indicators: sums over months and districts, divided as the table says."""

from __future__ import annotations

import re

import numpy as np
import pytest

from miaopu.model.indicators import indicator_by_district, indicator_table, indicator_values
from miaopu.model.inputs import Inputs
from miaopu.model.simulation import simulate
from miaopu.model.tallies import STOCKS, TALLIES
from miaopu.model.vocabulary import indicators

UNITS = {"share", "count", "yuan", "yuan per year", "per year", "per month", "persons", "score"}


def _tallies(months: int = 24, districts: int = 3, **columns: np.ndarray | float) -> np.ndarray:
    """Tallies that are all zero but for these columns (months, districts)."""
    found = np.zeros((months, districts, len(TALLIES)))
    for name, values in columns.items():
        found[..., TALLIES.index(name)] = values
    return found


@pytest.mark.parametrize("name", indicators())
def test_every_indicator_counts_tallies_that_exist_and_is_complete(name: str) -> None:
    indicator = indicators()[name]
    assert indicator.of and {*indicator.of, *indicator.per} <= set(TALLIES)
    assert indicator.unit in UNITS and indicator.window in (1, 12) and indicator.scale > 0
    assert all((*indicator.label, *indicator.about)) and re.search("[\u4e00-\u9fff]", indicator.label.zh)
    if indicator.effective:
        strict = indicators()[indicator.effective]
        assert strict.unit == indicator.unit and strict.by_district == indicator.by_district
    if indicator.unit == "share":
        assert indicator.per, "a share is a share of something"
    if indicator.window == 1 and not indicator.per:
        assert set(indicator.of) <= set(STOCKS), "a flow is counted over a year"


def test_a_share_is_of_the_whole_and_not_the_mean_of_the_districts() -> None:
    tallies = _tallies(counted=[1.0, 0.0, 9.0], streets=[1.0, 10.0, 9.0])
    assert indicator_table(tallies)["street_hub_coverage"][0] == pytest.approx(0.5)
    by_district = indicator_by_district(tallies, ["street_hub_coverage"])["street_hub_coverage"]
    assert by_district[0].tolist() == [1.0, 0.0, 1.0]


def test_a_yearly_flow_sums_twelve_months_and_is_unknown_before() -> None:
    tallies = _tallies(founded=np.arange(24.0)[:, None])
    founded = indicator_table(tallies)["founded"]
    assert np.isnan(founded[:11]).all()
    assert founded[11] == 3 * sum(range(12)) and founded[23] == 3 * sum(range(12, 24))


def test_a_yearly_rate_is_the_years_flow_over_the_mean_stock() -> None:
    tallies = _tallies(dissolved=1.0, filed=np.linspace(100, 146, 24)[:, None])
    rate = indicator_table(tallies)["exit_rate"]
    assert rate[11] == pytest.approx(12 / np.linspace(100, 146, 24)[:12].mean())


def test_a_share_of_nothing_is_undefined() -> None:
    values = indicator_table(_tallies())
    assert all(np.isnan(values[name]).all() for name, indicator in indicators().items() if indicator.per)
    assert (values["organizations"] == 0).all()


def test_capability_is_the_mean_of_four_parts() -> None:
    tallies = _tallies(governance=3.0, service=4.0, finance=2.0, leadership=3.0, active=10.0)
    assert indicator_table(tallies)["capability"] == pytest.approx(0.3)


def test_groups_of_districts_are_summed_before_dividing() -> None:
    tallies = _tallies(counted=[1.0, 3.0, 0.0], streets=[2.0, 6.0, 5.0])
    groups = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    assert indicator_values("street_hub_coverage", tallies, groups)[0].tolist() == [0.5, 0.0]


def test_a_horizon_shorter_than_a_year_has_no_yearly_flow() -> None:
    values = indicator_table(_tallies(5, founded=1.0))
    assert len(values["founded"]) == 5 and np.isnan(values["founded"]).all()


def test_shares_of_real_runs_lie_between_nothing_and_all(town: Inputs) -> None:
    tallies = simulate(town, None, 2).tallies
    for values in (indicator_table(tallies), indicator_by_district(tallies)):
        for name, series in values.items():
            if indicators()[name].unit in ("share", "score"):
                known = series[~np.isnan(series)]
                assert ((known >= 0) & (known <= 1 + 1e-9)).all(), name
            assert not np.isinf(series).any() and (series[~np.isnan(series)] >= 0).all(), name


def test_what_counts_strictly_is_never_more(town: Inputs) -> None:
    values = indicator_table(simulate(town, None, 3).tallies)
    for name, indicator in indicators().items():
        if indicator.effective:
            assert (values[indicator.effective] <= values[name] + 1e-9).all(), name


def test_the_whole_is_the_sum_of_its_districts(town: Inputs) -> None:
    tallies = simulate(town, None, 4).tallies
    whole, each = indicator_table(tallies), indicator_by_district(tallies)
    for name, series in each.items():
        if not indicators()[name].per:
            np.testing.assert_allclose(series.sum(axis=1), whole[name], err_msg=name)
