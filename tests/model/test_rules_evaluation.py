"""Evaluation (process 11): once a year, of the stated share; awards, exemplars and festivals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import FILED, GROUP, REGISTERED
from miaopu.model.ledger import AWARD, BUREAU
from miaopu.model.tallies import EVALUATED, NAMED
from miaopu.model.world import World
from miaopu.tests.model.calling import run_evaluation
from miaopu.tests.model.worlds import (
    agrees,
    at_month,
    held,
    inputs,
    nothing_lost,
    organizations,
    place,
    set_levers,
    values,
    world,
)

COUNT = 4000
EXCELLENT = {"governance": 0.8, "service": 0.8, "finance": 0.8, "leadership": 0.8, "age": 24}


def _world(count: int = COUNT, districts: int = 1, prefectures: int = 0, month: int = 11, **state: Any) -> World:
    w = at_month(world(inputs(place(districts, 4, 1, prefectures=prefectures))), 0, month)
    organizations(w, count, **({"ladder": REGISTERED} | state))
    return set_levers(w, evaluation_coverage=1.0)


@pytest.mark.parametrize("coverage", [0.0, 0.35, 1.0])
def test_the_stated_share_is_evaluated_each_november(coverage: float) -> None:
    for month in range(1, 13):
        w = set_levers(_world(month=month), evaluation_coverage=coverage)
        run_evaluation(w)
        rated = (w.organizations["rating"] >= 0).sum()
        assert rated == w.tallies[0, EVALUATED]
        assert agrees(rated, COUNT, coverage) if month == 11 else rated == 0


@pytest.mark.parametrize("state", [{"ladder": GROUP}, {"alive": 0}])
def test_only_recognised_organizations_on_the_books_are_evaluated(state: dict[str, int]) -> None:
    w = _world(**state)
    run_evaluation(w)
    assert w.tallies[0, EVALUATED] == 0 and (w.organizations["rating"] == -1.0).all()


def test_ratings_lie_between_zero_and_one_and_err_a_little() -> None:
    for level, clean in ((0.0, 0), (0.5, 1), (1.0, 1)):
        w = _world(governance=level, service=level, finance=level, leadership=level, clean=clean, party=2)
        run_evaluation(w)
        rating = w.organizations["rating"]
        assert rating.min() >= 0.0 and rating.max() <= 1.0
        if level == 0.5:
            assert 0.05 < np.ptp(rating) <= 0.1 + 1e-9


@pytest.mark.parametrize("better", [{"governance": 0.6}, {"service": 0.6}, {"finance": 0.6}, {"leadership": 0.6},
                                    {"party": 1}, {"activity": 2.5}])  # fmt: skip
def test_every_dimension_counts(better: dict[str, float]) -> None:
    usual, other = _world(activity=1.0), _world(**({"activity": 1.0} | better))
    for w in (usual, other):
        run_evaluation(w)
    assert (other.organizations["rating"] > usual.organizations["rating"]).all()


def test_misuse_lowers_the_rating() -> None:
    usual, unclean = _world(), _world(clean=0)
    for w in (usual, unclean):
        run_evaluation(w)
    assert unclean.organizations["rating"] == pytest.approx(usual.organizations["rating"] - 0.3)


def test_an_evaluation_is_a_lesson_in_governance() -> None:
    w = _world(governance=0.5)
    run_evaluation(w)
    assert w.organizations["governance"] == pytest.approx(0.5 + 0.5 * values()["evaluation_lesson"])


@pytest.mark.parametrize(("weight", "gate", "stake"), [(0.5, 0.0, 0.5), (0.0, 0.5, 0.5), (0.8, 0.8, 1.0)])
def test_an_evaluation_teaches_more_where_something_hangs_on_it(weight: float, gate: float, stake: float) -> None:
    w = set_levers(_world(governance=0.5), funding_performance_weight=weight, evaluation_gate=gate)
    run_evaluation(w)
    lesson = values()["evaluation_lesson"] * (1 + values()["stakes"] * stake)
    assert w.organizations["governance"] == pytest.approx(0.5 + 0.5 * lesson)


def test_able_organizations_put_their_record_right_under_the_eyes_of_evaluators() -> None:
    w = _world(clean=0, service=np.where(np.arange(COUNT) % 2, 0.9, 0.1), governance=0.9, finance=0.9, leadership=0.9)
    run_evaluation(w)
    np.testing.assert_array_equal(w.organizations["clean"] == 1, w.organizations["rating"] > 0.5)
    assert 0 < w.organizations["clean"].sum() < COUNT


@pytest.mark.parametrize("purse", [0, 10_500, 10**9])
def test_awards_go_to_the_best_rated_as_far_as_there_is_money(purse: int) -> None:
    w = set_levers(_world(300, **EXCELLENT), funding_award=50.0)
    w.funders["cash"][1] = purse
    before = held(w)
    run_evaluation(w)
    won = w.organizations["public12"] > 0
    assert won.sum() == min(2, purse // 5000), "half an award for each of four streets"
    assert w.ledger[BUREAU, AWARD] == 5000 * won.sum()
    np.testing.assert_array_equal(w.organizations["exemplar"] == 1, won, "winners are made known")
    if won.any():
        assert w.organizations["rating"][won].min() >= w.organizations["rating"][~won].max() - 1e-3
    assert nothing_lost(w, before)


@pytest.mark.parametrize("state", [{"clean": 0}, {"active": 0}, {"ladder": FILED}])
def test_awards_are_public_money_and_ask_for_access(state: dict[str, int]) -> None:
    w = set_levers(_world(300, **(EXCELLENT | {"governance": 0.1, "service": 0.3} | state)), funding_award=50.0)
    w.funders["cash"][1] = 10**9
    run_evaluation(w)
    assert w.ledger[BUREAU, AWARD] == 0


def test_exemplars_are_named_by_prefecture_among_those_that_meet_the_standard() -> None:
    able = np.arange(COUNT) % 100 < 5
    w = _world(districts=4, prefectures=2, age=36, **{part: np.where(able, 0.8, 0.2) for part in list(EXCELLENT)[:4]})
    run_evaluation(set_levers(w, training_exemplars=12.0))
    named = w.organizations["exemplar"] == 1
    assert not named[~able].any() and w.tallies[:, NAMED].sum() == named.sum()
    assert np.bincount(w.districts["prefecture"][w.organizations["district"][named]]).tolist() == [12, 12]


@pytest.mark.parametrize("lacking", [{"age": 23}, {"clean": 0}, {"active": 0}, {"leadership": 0.0, "service": 0.3},
                                     {"ladder": GROUP}])  # fmt: skip
def test_nobody_is_named_to_fill_a_number(lacking: dict[str, Any]) -> None:
    w = set_levers(_world(**(EXCELLENT | lacking)), training_exemplars=10.0, evaluation_coverage=0.0)
    run_evaluation(w)
    assert w.tallies[0, NAMED] == 0 and not w.organizations["exemplar"].any()


def test_last_years_exemplars_are_not_this_years() -> None:
    w = _world(exemplar=1)
    run_evaluation(w)
    assert not w.organizations["exemplar"].any()


@pytest.mark.parametrize("festivals", [0.0, 1.0, 4.0])
def test_festivals_are_held_as_often_as_planned_and_bring_attention(festivals: float) -> None:
    w = set_levers(_world(0), activities_festivals=festivals)
    w.districts["due_festival"] = 0.0
    held_in = []
    for month in range(1, 13):
        w.districts["publicity"] = 0.0
        run_evaluation(at_month(w, 0, month))
        held_in.append(float(w.districts["publicity"][0]) / 0.25)
    assert sum(held_in) == festivals
    w.districts["publicity"], w.districts["due_festival"] = 0.9, 1.0
    run_evaluation(w)
    assert w.districts["publicity"][0] <= 1.0
