"""Rival rules (7.5 and 7.6 of the description): hubs by pressure or by imitation alone, founding by unmet need."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from miaopu.model.codes import BY_BOTH, BY_IMITATION, BY_NEED, BY_PRESSURE, BY_ROOM
from miaopu.model.processes.founding import MOST_BIRTHS
from miaopu.model.simulation import simulate
from miaopu.model.vocabulary import parameters
from miaopu.model.world import World
from miaopu.tests.model.calling import run_count_births, run_hubs, run_pressure
from miaopu.tests.model.worlds import (
    ERROR_RATE,
    agrees,
    at_month,
    inputs,
    organizations,
    place,
    set_levers,
    values,
    world,
)

ALIKE = {"street_spread": 0.0, "district_spread": 0.0, "finance_spread": 0.0}
STILL = {"hub_initiative": 0.0, "hub_imitation": 0.0, "hub_order": 0.0}  # nobody decides for a hub
HUB_RULES = (BY_BOTH, BY_PRESSURE, BY_IMITATION)
COMMUNITIES, BASE = 6000, 24.0  # foundings a year with no policy


def _streets(districts: int = 1, streets: int = 4000, **changed: float) -> World:
    return world(inputs(place(districts, streets), months=36), 1, **(ALIKE | changed))


def _communities(rule: int) -> World:
    w = world(inputs(place(1, 1, COMMUNITIES)), founding_rule=rule)
    organizations(w, 0)
    w.communities["base_births"], w.communities["trust"] = BASE, 0.5
    return w


def _births(w: World) -> np.ndarray:
    run_count_births(w)
    return w.communities["births"].copy()


def _as_stated(births: np.ndarray, mean: float) -> bool:
    """A Poisson sample with this mean."""
    total, expected = int(births.sum()), len(births) * mean
    return bool(2 * min(stats.poisson.cdf(total, expected), stats.poisson.sf(total - 1, expected)) > ERROR_RATE)


def test_a_run_follows_the_models_own_rules_unless_told_otherwise() -> None:
    rules = parameters()["hub_rule"], parameters()["founding_rule"]
    assert all(rule.prior.is_fixed for rule in rules)
    assert [rule.value for rule in rules] == [BY_BOTH, BY_ROOM]


@pytest.mark.parametrize(("learning", "commitment"), [(0.0, 0.8), (0.5, 0.0), (0.5, 0.2)])
def test_by_imitation_alone_an_order_hastens_only_the_copying_of_what_is_seen(
    learning: float, commitment: float
) -> None:
    p, w = values(), _streets(hub_initiative=0.05, hub_rule=BY_IMITATION)
    w.streets["learning"], w.streets["commitment"] = learning, commitment
    run_hubs(w)
    rate = 0.05 + learning * (p["hub_imitation"] + p["hub_order"] * commitment)
    assert agrees((w.streets["pending"] > 0).sum(), 4000, 1 - np.exp(-rate / 12))


@pytest.mark.parametrize(("learning", "commitment", "same"), [
    (1.0, 1.0, True), (1.0, 0.3, True), (0.4, 0.0, True), (0.4, 0.3, False), (0.0, 0.3, False),
])  # fmt: skip
def test_imitation_alone_is_the_models_own_rule_where_all_is_seen_or_nothing_ordered(
    learning: float, commitment: float, same: bool
) -> None:
    """Bit for bit: so the rates, and their priors, mean the same under both rules."""
    decided = []
    for rule in (BY_BOTH, BY_IMITATION):
        w = _streets(hub_rule=rule)
        w.streets["learning"], w.streets["commitment"] = learning, commitment
        run_hubs(w)
        decided.append(w.streets["pending"].copy())
    assert np.array_equal(*decided) is same


def test_by_pressure_alone_nobody_looks_at_neighbours_or_pilots() -> None:
    """Orders are felt as by a street that has no neighbours."""
    basis = {"order_felt": 1.0} | ALIKE
    there = [(True, BY_BOTH), (True, BY_PRESSURE), (False, BY_BOTH)]
    courses = []
    for neighbours, rule in there:
        told = inputs(place(1, 4, neighbours=neighbours), 24, {"assessment.order_strength": 0.4})
        w = set_levers(world(told, 1, **basis, hub_rule=rule), guidance_good_practice=1.0)
        w.streets["counted"] = 1
        for month in range(12):
            run_pressure(at_month(w, month))
        courses.append((w.streets["learning"].copy(), w.streets["commitment"].copy()))
    (seen, hurried), (nothing, pressed), (_, lonely) = courses
    assert (seen > 0.9).all() and not nothing.any()
    np.testing.assert_array_equal(pressed, lonely)
    assert (hurried > pressed).all() and (pressed > 0.0).all()


@pytest.mark.parametrize(("rule", "ordered"), list(zip(HUB_RULES, (True, True, False), strict=True)))
def test_nobody_orders_all_hubs_at_once_where_they_come_by_imitation_alone(rule: int, ordered: bool) -> None:
    w = _streets(districts=100, streets=3, order_event_rate=1e6, hub_rule=rule, **STILL)
    w.districts["order"] = 1.0
    run_hubs(w)
    under_way = w.streets["pending"] >= 0
    assert under_way.all() == under_way.any() == ordered


@pytest.mark.parametrize("rule", HUB_RULES)
def test_a_work_plan_delivers_under_every_rule(rule: int) -> None:
    w = at_month(set_levers(_streets(1, 20, hub_rule=rule, **STILL), hubs_work_plan=0.5), 2, 3)
    w.funders["cash"] = 10**13
    run_hubs(w)
    assert (w.streets["pending"] > 0).sum() == 10


@pytest.mark.parametrize(("rule", "spreads"), list(zip(HUB_RULES, (True, True, False), strict=True)))
@pytest.mark.parametrize("first", [0, 1])
def test_the_fullest_order_spreads_nothing_by_imitation_alone_where_nothing_is_seen(
    rule: int, spreads: bool, first: int
) -> None:
    """Two districts that do not see each other: one street of the first may have a hub, all others have none."""
    where = place(2, 10, neighbours=True)
    where.street_hub[:] = 0
    where.street_hub[0] = first
    told = inputs(where, 60, {"assessment.order_strength": 1.0})
    still = ALIKE | {"hub_initiative": 0.0, "hub_closing": 0.0, "order_felt": 1.0, "hub_rule": rule}
    founded = simulate(told, values(**still), 5).street_first_nominal >= 0
    assert founded[10:].any() == spreads
    assert founded[1:10].any() == (spreads or first == 1)


@pytest.mark.parametrize("met", [0.02, 0.4, 0.9])
def test_by_unmet_need_founding_goes_with_what_is_left_unmet(met: float) -> None:
    w = _communities(BY_NEED)
    w.communities["met"] = met
    assert _as_stated(_births(w), BASE / 12 * (1 - met) / 0.98)


def test_by_unmet_need_it_counts_how_many_people_have_a_need() -> None:
    w = _communities(BY_NEED)
    w.communities["need"], w.communities["met"] = 0.0, 0.0
    w.communities["need"][:, :2] = 300.0, 100.0
    w.communities["met"][:, 0] = 0.5
    assert _as_stated(_births(w), BASE / 12 * (1 - 0.375) / 0.98)


def test_by_unmet_need_leaders_never_run_short_and_nobody_founds_where_all_is_met() -> None:
    w = _communities(BY_NEED)
    usual = _births(w)
    w.communities["leading"] = 1e6
    np.testing.assert_array_equal(_births(w), usual)
    w.communities["met"] = 1.0
    assert usual.any() and not _births(w).any()


def test_both_rules_are_one_at_the_start_where_no_leader_is_in_office() -> None:
    """Common random numbers: the same communities found the same numbers."""
    np.testing.assert_array_equal(_births(_communities(BY_NEED)), _births(_communities(BY_ROOM)))


@pytest.mark.parametrize("rule", [BY_ROOM, BY_NEED])
def test_caps_hold_under_both_rules(rule: int) -> None:
    p, w = values(), _communities(rule)
    w.streets["commitment"], w.streets["hub_quality"] = 100.0, 1.0
    assert _as_stated(_births(w), BASE / 12 * (1 + p["found_cap"]))
    w.communities["base_births"] = 12 * 60.0
    assert _births(w).max() == MOST_BIRTHS
