"""Targets: whether a run reaches one, under every scope, sense, date and reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from miaopu.model.inputs import Inputs, Target
from miaopu.model.tallies import TALLIES
from miaopu.model.targets import measured, months_checked, reached
from miaopu.model.text import Text
from miaopu.tests.model.worlds import inputs, place

STREETS = (10, 24, 40)  # of three districts; 85 % of 74 is 63, of each district rounded up 9 + 21 + 34 = 64


def _inputs(months: int = 36, first_month: int = 1, prefectures: int = 0, **told: Any) -> Inputs:
    where = place(3, 1, 1, prefectures=prefectures)
    where = replace(where, street_district=np.repeat(np.arange(3), STREETS))
    return inputs(where, months, first_month=first_month, **({"plan_from": 0, "deadline": months - 1} | told))


def _target(indicator: str = "street_hub_coverage", threshold: float = 0.85, **told: Any) -> Target:
    basis: dict[str, Any] = {
        "id": "t", "label": Text("目标", "target"), "clause": "SZ-01i", "indicator": indicator, "sense": ">=",
        "threshold": threshold, "by": 35, "every_year": False, "scope": "whole", "scope_count": None,
        "counts": "", "reading": "",
    }  # fmt: skip
    return Target(**(basis | told))


def _tallies(months: int = 36, **columns: Any) -> np.ndarray:
    found = np.zeros((months, 3, len(TALLIES)))
    found[..., TALLIES.index("streets")] = STREETS
    for name, values in columns.items():
        found[..., TALLIES.index(name)] = values
    return found


@pytest.mark.parametrize(
    ("hubs", "met"), [((8, 20, 35), True), ((8, 20, 34), False), ((10, 24, 40), True), ((0, 24, 40), True)]
)
def test_85_percent_of_74_streets_is_63_streets(hubs: tuple[int, ...], met: bool) -> None:
    tallies = _tallies(counted=hubs)
    assert reached(_target(), tallies, _inputs()) == met
    assert measured(_target(), tallies, _inputs()) == pytest.approx(sum(hubs) / 74)


@pytest.mark.parametrize(("hubs", "met"), [((9, 21, 34), True), ((8, 24, 40), False), ((10, 20, 40), False)])
def test_rounded_up_in_each_district_it_is_64_and_each_must_have_its_own(hubs: tuple[int, ...], met: bool) -> None:
    assert reached(_target(reading="each_district"), _tallies(counted=hubs), _inputs()) == met


def test_nominal_and_effective_are_counted_apart() -> None:
    tallies = _tallies(counted=(10, 24, 40), effective=(1, 2, 3))
    assert reached(_target(counts="nominal"), tallies, _inputs())
    assert not reached(_target(counts="effective"), tallies, _inputs())
    assert not reached(_target(), tallies, _inputs(), counts="effective")
    assert measured(_target(counts="effective"), tallies, _inputs()) == pytest.approx(6 / 74)
    each = _target(reading="each_district")
    assert reached(each, tallies, _inputs()) and not reached(each, tallies, _inputs(), counts="effective")


def test_only_the_month_of_the_deadline_counts() -> None:
    when = np.arange(36)[:, None]
    late = _tallies(counted=np.where(when >= 20, STREETS, 0))
    assert [reached(_target(by=by), late, _inputs()) for by in (19, 20, 35)] == [False, True, True]
    lost = _tallies(counted=np.where(when < 35, STREETS, 0))
    assert not reached(_target(), lost, _inputs()), "what was reached earlier and lost does not count"


@pytest.mark.parametrize(("count", "met"), [(None, False), (3, False), (2, True), (1, True)])
def test_each_district_or_so_many_of_them(count: int | None, met: bool) -> None:
    target = _target("brand_organizations", 1.0, scope="every district", scope_count=count)
    tallies = _tallies(brands=(4, 0, 1))
    assert reached(target, tallies, _inputs()) == met
    assert measured(target, tallies, _inputs()) == (0.0 if not met else (1.0 if count == 2 else 4.0))


def test_each_prefecture_is_the_sum_of_its_districts() -> None:
    told = _inputs(prefectures=2)  # the first two districts and the third
    target = _target("brand_organizations", 4.0, scope="every prefecture")
    assert told.place.district_prefecture.tolist() == [0, 0, 1]
    assert reached(target, _tallies(brands=(4, 0, 4)), told)
    assert not reached(target, _tallies(brands=(8, 0, 3)), told)


def test_at_most_is_the_other_way_round() -> None:
    target = _target("brand_organizations", 2.0, sense="<=", scope="every district")
    assert reached(target, _tallies(brands=(2, 0, 1)), _inputs())
    assert not reached(target, _tallies(brands=(3, 0, 1)), _inputs())
    assert measured(target, _tallies(brands=(3, 0, 1)), _inputs()) == 3.0


def test_every_year_means_every_full_year_of_the_plan() -> None:
    yearly = _target("leader_training_sessions", 2.0, every_year=True, by=None)
    assert months_checked(yearly, _inputs()) == [11, 23, 35]
    assert months_checked(yearly, _inputs(first_month=7)) == [17, 29], "half a year is not a year"
    assert months_checked(yearly, _inputs(plan_from=12, deadline=30)) == [23]
    assert months_checked(_target(by=None), _inputs()) == []


def test_the_worst_year_decides() -> None:
    sessions = np.zeros((36, 3))
    sessions[[3, 9], 0] = 1.0
    sessions[[15, 16, 20], 1] = 1.0
    sessions[[30], 2] = 1.0
    target = _target("leader_training_sessions", 2.0, every_year=True, by=None)
    tallies = _tallies(sessions_district=sessions)
    assert measured(target, tallies, _inputs()) == 1.0 and not reached(target, tallies, _inputs())
    assert measured(target, tallies, _inputs(deadline=25)) == 2.0 and reached(target, tallies, _inputs(deadline=25))


@pytest.mark.parametrize(
    ("reading", "figure"), [("all_tiers_together", 7.0), ("city_level_only", 1.0), ("each_tier", 1.0)]
)
def test_sessions_count_together_or_by_tier(reading: str, figure: float) -> None:
    city, district = np.zeros((36, 3)), np.zeros((36, 3))
    city[5, 0] = 1.0
    district[7] = (1.0, 2.0, 3.0)
    target = _target("leader_training_sessions", 2.0, by=11, reading=reading)
    assert measured(target, _tallies(sessions_city=city, sessions_district=district), _inputs()) == figure


def test_each_tier_hangs_on_the_laziest_district() -> None:
    city, district = np.zeros((36, 3)), np.zeros((36, 3))
    city[5, 0] = 4.0
    district[7] = (2.0, 0.0, 3.0)
    target = _target("leader_training_sessions", 2.0, by=11, reading="each_tier")
    assert measured(target, _tallies(sessions_city=city, sessions_district=district), _inputs()) == 0.0


@pytest.mark.parametrize(("reading", "figure"), [("together", 9.0), ("each", 2.0)])
def test_excellent_organizations_and_leaders_count_together_or_each(reading: str, figure: float) -> None:
    target = _target("excellent_organizations", 10.0, reading=reading)
    tallies = _tallies(excellent=(3, 4, 0), excellent_leaders=(1, 0, 1))
    assert measured(target, tallies, _inputs()) == figure


def test_an_undefined_figure_reaches_nothing() -> None:
    assert np.isnan(measured(_target("mature_share"), _tallies(), _inputs()))
    assert not reached(_target("mature_share", 0.0), _tallies(), _inputs())
    assert not reached(_target("mature_share", 1.0, sense="<="), _tallies(), _inputs())
    assert not reached(_target("founded", 0.0, by=5), _tallies(), _inputs()), "a year has not passed"


def test_a_hair_below_the_threshold_by_rounding_is_reached() -> None:
    tallies = _tallies(counted=(3, 0, 0))
    tallies[..., TALLIES.index("streets")] = (10, 0, 0)
    assert reached(_target(threshold=0.1 + 0.2), tallies, _inputs())
