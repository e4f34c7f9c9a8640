"""Stocks: what there is, is what there was, and what came, less what went; tallies count what is there."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.model.inputs import Inputs
from miaopu.model.simulation import begin
from miaopu.model.tallies import FLOWS, STOCKS, TALLIES
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
from miaopu.tests.model.worlds import inputs, organizations, place, world


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
