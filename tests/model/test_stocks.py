"""Stocks: what there is, is what there was, and what came, less what went; tallies count what is there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import BRAND, FEDERATION, FILED, GROWING, MATURE, REGISTERED, SERVICE_CENTRE, WORKING
from miaopu.model.inputs import Inputs
from miaopu.model.simulation import begin
from miaopu.model.tallies import FLOWS, STOCKS, TALLIES
from miaopu.model.world import World
from miaopu.tests.model import calling
from miaopu.tests.model.invariants import (
    CLASSES,
    assert_every_month_holds,
    assert_hubs_are_counted,
    assert_state_is_possible,
    assert_stocks_follow_from_flows,
    assert_tallies_count_what_is_there,
    months,
    stocks_of,
    tally,
)
from miaopu.tests.model.worlds import at_month, inputs, organizations, place, world


def test_stock_is_what_there_was_and_what_came_less_what_went(town: Inputs) -> None:
    stocks = stocks_of(begin(town, None, 3))
    for step in months(town, None, 3):
        assert_stocks_follow_from_flows(stocks, stocks_of(step.world), step.tallies[step.month])
        stocks = stocks_of(step.world)


def test_tallies_count_what_is_there_and_nothing_impossible_is(town: Inputs) -> None:
    for step in months(town, None, 6):
        assert_tallies_count_what_is_there(step.world, step.tallies[step.month])
        assert_hubs_are_counted(step.world, step.tallies[step.month])
        assert_state_is_possible(step.world)


def test_everything_holds_for_parameters_drawn_from_the_priors(plan: Inputs) -> None:
    from miaopu.model.uncertainty import draw_parameters

    for draw in range(4):
        assert_every_month_holds(plan, draw_parameters(plan.parameters, 11, draw), draw)


def test_every_organization_on_the_books_is_in_exactly_one_support_class(town: Inputs) -> None:
    for step in months(town, None, 7):
        now = step.tallies[step.month]
        np.testing.assert_array_equal(tally(now, *CLASSES), tally(now, "filed", "registered"))


def test_everybody_who_entered_incubation_has_left_it_or_is_inside(plan: Inputs) -> None:
    *_, last = months(plan, None, 1)
    inside = (last.world.organizations["incubating"] > 0).sum()
    counted = tally(last.tallies, "incubated").sum() - tally(last.tallies, "graduated", "left_incubation").sum()
    assert counted == inside


def test_tallies_have_names_of_their_own() -> None:
    assert len(set(TALLIES)) == len(TALLIES) == len(FLOWS) + len(STOCKS)


def _recorded(w: World) -> World:
    calling.run_record(w)
    return w


def test_recording_twice_is_recording_once_and_changes_nothing_but_counts(plan: Inputs) -> None:
    *_, last = months(plan, None, 8)
    w = _recorded(last.world)
    kept = {name: getattr(w, name).copy() for name in ("organizations", "communities", "streets", "hubs", "districts",
                                                       "funders", "tallies", "ledger")}  # fmt: skip
    _recorded(w)
    for name, before in kept.items():
        np.testing.assert_array_equal(getattr(w, name), before, err_msg=name)


def _street_with_hub(**state: Any) -> World:
    """One street with one hub; what a hub needs to be effective, unless `state` says otherwise."""
    w = at_month(world(inputs(place(hub=1), months=24)), 20)
    first = {"status": WORKING, "kind": FEDERATION, "staff": 1, "founded": 0, "quality": 0.5}
    for name, value in (first | {k: v for k, v in state.items() if k != "served"}).items():
        w.hubs[name][0] = value
    w.hubs["served"][0] = state.get("served", 4)  # a month; four contacts a year are one organization
    w.streets["counted"] = 1
    return w


@pytest.mark.parametrize(("state", "effective"), [
    ({}, 1), ({"status": 1}, 0), ({"status": 3}, 0), ({"staff": 0}, 0), ({"served": 3}, 0),
    ({"served": 3, "founded": 18}, 1), ({"served": 3, "founded": 17}, 0),
])  # fmt: skip
def test_a_hub_is_effective_if_it_works_is_staffed_and_serves(state: dict[str, int], effective: int) -> None:
    w = _recorded(_street_with_hub(**state))
    assert w.streets["effective"][0] == tally(w.tallies, "effective")[0] == effective
    assert tally(w.tallies, "counted")[0] == 1
    assert w.streets["first_effective"][0] == (20 if effective else -1)


def test_a_shock_to_service_exempts_from_serving() -> None:
    w = _street_with_hub(served=0)
    w.shocks["service"] = 0.5
    assert _recorded(w).streets["effective"][0] == 1


def test_a_hub_that_does_not_count_makes_no_street_effective() -> None:
    for counting in (0, 1):
        w = _street_with_hub(kind=SERVICE_CENTRE)
        w.parameters["centres_count"] = counting
        assert _recorded(w).streets["effective"][0] == counting


@pytest.mark.parametrize(("numbers", "expected"), [
    ([5.0, 5.0, 5.0], 0.0), ([0.0, 0.0, 9.0], 2 / 3), ([0.0, 0.0], 0.0), ([1.0, 3.0], 0.25), ([4.0], 0.0),
])  # fmt: skip
def test_the_gini_coefficient_of_known_distributions(numbers: list[float], expected: float) -> None:
    assert calling.gini_of(np.array(numbers)) == pytest.approx(expected)


def test_the_gini_coefficient_is_half_the_relative_mean_difference() -> None:
    numbers = np.random.default_rng(3).gamma(1.5, size=60)
    difference = np.abs(numbers[:, None] - numbers[None, :]).mean()
    assert calling.gini_of(numbers) == pytest.approx(difference / (2 * numbers.mean()))


@pytest.mark.parametrize(("state", "support_class"), [
    ({"ladder_months": 11}, "class_filed"), ({"ladder_months": 12}, "nascent"), ({"ladder": REGISTERED}, "nascent"),
    ({"stage": GROWING}, "growing"), ({"stage": MATURE}, "mature"), ({"stage": BRAND}, "mature"),
])  # fmt: skip
def test_the_support_class_follows_stage_and_time_since_filing(state: dict[str, int], support_class: str) -> None:
    w = world(inputs())
    organizations(w, 7, **({"ladder": FILED, "ladder_months": 3} | state))
    counted = {name: int(tally(_recorded(w).tallies, name)[0]) for name in CLASSES}
    assert counted == dict.fromkeys(CLASSES, 0) | {support_class: 7}
    assert tally(w.tallies, "brands")[0] == (7 if state.get("stage") == BRAND else 0)


@pytest.mark.parametrize(("rural", "number", "rich"), [(False, 9, 0), (False, 10, 1), (True, 4, 0), (True, 5, 1)])
def test_a_rich_community_has_the_national_number(rural: bool, number: int, rich: int) -> None:
    w = world(inputs(place(rural=rural)))
    organizations(w, number, ladder=FILED)
    assert tally(_recorded(w).tallies, "rich_communities")[0] == rich


def test_every_place_knows_its_leaders_models_stock_and_queue() -> None:
    w = world(inputs(place(1, 2, 2)))
    organizations(w, 6, community=[0, 0, 1, 2, 2, 2], ladder=[0, 1, 2, 0, 1, 1], stage=[1, 2, 3, 0, 0, 1],
                  active=[1, 1, 1, 0, 1, 1], queue=[0, -1, 3, 2, -1, -1], exemplar=[0, 1, 0, 0, 0, 0])  # fmt: skip
    assert w.communities["stock"].tolist() == [1, 1, 2, 0]
    assert w.communities["leading"] == pytest.approx([1.7, 0.85, 1.7, 0.0]), "one person may lead several"
    assert w.communities["successes"].tolist() == [3.0, 1.0, 0.0, 0.0], "the mature count once, the named twice more"
    for name, counts in {"filed": [1, 2], "registered": [1, 0], "capable": [2, 1], "backlog": [1, 1]}.items():
        assert w.streets[name].tolist() == counts, name
    np.testing.assert_array_equal(w.order[w.first[2] : w.first[3]], [3, 4, 5])


def test_the_best_are_picked_in_order_whether_few_or_many() -> None:
    scores = np.random.default_rng(4).random(300)
    ranked = np.argsort(-scores)
    for count in (0, 1, 5, 12, 13, 100, 300, 999):
        np.testing.assert_array_equal(calling.best(scores, count), ranked[:count])
    assert len(calling.best(np.zeros(0), 5)) == 0
