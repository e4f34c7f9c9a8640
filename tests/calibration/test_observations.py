"""What the model is held against: sourced, defined, and used for one thing only."""

from __future__ import annotations

import csv
import math

import pytest

from miaopu.calibration.observations import MEASURES, ROLES, TABLE, by_id, fitted, measured, observations
from miaopu.calibration.settings import settings
from miaopu.calibration.simulating import SCENARIOS
from miaopu.model.vocabulary import indicators
from miaopu.scenarios.compiling import load


def test_every_observation_has_a_definition_a_source_a_mark_and_one_role() -> None:
    seen = observations()
    assert len({one.id for one in seen}) == len(seen) >= 15
    for one in seen:
        assert one.role in ROLES
        assert one.measure in MEASURES
        assert one.low <= one.high
        assert one.mark in {"S", "M", "D", "K"}
        assert one.source
        assert all((*one.place, *one.definition, one.date))
        assert all(name in indicators() for name in one.indicator.split("/"))


def test_judgement_is_never_fitted() -> None:
    assert {one.mark for one in fitted()} <= {"S", "M", "D"}


def test_a_planned_figure_is_neither_fitted_nor_held_out() -> None:
    plans = [one for one in observations() if one.role == "plan"]
    assert [one.id for one in plans] == ["nb_plan"]
    assert not any(one.scenario or math.isfinite(one.tolerance) for one in plans)


def test_figures_behind_a_prior_are_not_used_again() -> None:
    assert {one.id for one in observations() if one.role == "prior"}.isdisjoint(one.id for one in measured())


@pytest.mark.parametrize("one", measured(), ids=lambda one: one.id)
def test_what_is_measured_has_a_tolerance_and_a_month_of_its_scenario(one) -> None:
    assert one.tolerance > 0
    inputs = load(SCENARIOS / f"{one.scenario}.yaml")
    year, month = (int(part) for part in one.month.split("-"))
    at = inputs.month_index(year, month)
    assert 0 <= at < inputs.months
    if one.measure != "level":
        assert at >= 12


def test_the_stock_of_zhejiang_adds_up() -> None:
    """19 per urban community and 9 per village over the derived numbers of both give the published 262,000."""
    urban, rural = by_id("zj_urban"), by_id("zj_rural")
    assert 5263 * urban.low + 18011 * rural.low == pytest.approx(262_000, rel=0.001)
    assert by_id("zj_registered").low == pytest.approx(18_600 / 262_000, abs=0.001)
    place = load(SCENARIOS / "zhejiang-2016-2021.yaml").place
    assert (~place.community_rural).sum() * 40 == pytest.approx(5263, rel=0.01)
    assert place.community_rural.sum() * 40 == pytest.approx(18011, rel=0.01)


def test_shares_derived_from_counts() -> None:
    assert by_id("sd_hubs").low == pytest.approx(529 / 1853, abs=0.001)
    assert by_id("sd_growth").low == pytest.approx(11_000 / (183_400 - 11_000), abs=0.001)
    assert by_id("sd_money").low == pytest.approx(74.88e6 / 183_400, abs=1)
    assert by_id("cn_young").low == pytest.approx(50_774 / 900_914, abs=0.0001)


def test_only_a_handful_is_fitted_and_nothing_of_a_place() -> None:
    chosen = settings()
    assert len(chosen.fitted) <= 6 < len(fitted()) + 1
    assert set(chosen.fitted).isdisjoint(chosen.of_place)
    assert not any(name.startswith("start_") for name in chosen.fitted)


def test_the_table_is_plain_csv() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == len(observations()) + 1
