"""Record (process 17): what is counted, what makes a hub effective, and that counting changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import BRAND, FEDERATION, FILED, GROWING, MATURE, REGISTERED, SERVICE_CENTRE, WORKING
from miaopu.model.inputs import Inputs
from miaopu.model.world import World
from miaopu.tests.model import calling
from miaopu.tests.model.invariants import CLASSES, months, tally
from miaopu.tests.model.worlds import at_month, inputs, organizations, place, world


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
    for name, value in (first | {k: v for k, v in state.items() if k not in ("served", "clients")}).items():
        w.hubs[name][0] = value
    w.hubs["served"][0] = state.get("served", 4)  # a month; four contacts a year are one organization
    w.streets["counted"] = 1
    organizations(w, state.get("clients", 12), ladder=FILED)
    return w


@pytest.mark.parametrize(("state", "effective"), [
    ({}, 1), ({"status": 1}, 0), ({"status": 3}, 0), ({"staff": 0}, 0), ({"served": 3}, 0),
    ({"served": 3, "founded": 18}, 1), ({"served": 3, "founded": 17}, 0), ({"clients": 9}, 0), ({"clients": 10}, 1),
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
