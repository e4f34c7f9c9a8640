"""Pressure (process 3): orders rise and fade at their pace; a gap never raises them, a met quota lowers effort."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from miaopu.model.processes.pressure import nearness, quota
from miaopu.model.world import World
from miaopu.tests.model.calling import run_pressure
from miaopu.tests.model.worlds import at_month, inputs, place, set_levers, values, world

ORDER = {"assessment.order_strength": 0.4}


def _world(months: int = 24, streets: int = 4, neighbours: bool = False, **changed: float) -> World:
    basis = {"order_felt": 1.0, "chain_gain": 0.5, "order_rise_months": 3.0, "order_half_life": 8.0}
    return world(inputs(place(1, streets, neighbours=neighbours), months=months, levers=ORDER), **(basis | changed))


def _push(w: World, month: int = 0) -> float:
    run_pressure(at_month(w, month))
    return float(w.districts["push"][0])


def test_an_order_is_felt_step_by_step_up_to_its_strength() -> None:
    w = _world()
    for month in range(12):
        run_pressure(at_month(w, month))
        assert w.districts["order"][0] == pytest.approx(0.4 * (1 - np.exp(-(month + 1) / 3.0)))


def test_an_order_that_nobody_repeats_halves_within_its_half_life() -> None:
    w = set_levers(_world(), assessment_order_strength=0.0)
    w.districts["order"] = 0.8
    for month in range(16):
        run_pressure(at_month(w, month))
    assert w.districts["order"][0] == pytest.approx(0.8 / 4)


def test_a_weaker_order_is_sunk_to_and_never_undercut() -> None:
    w = set_levers(_world(), assessment_order_strength=0.3)
    w.districts["order"] = 0.5
    levels = []
    for month in range(24):
        run_pressure(at_month(w, month))
        levels.append(float(w.districts["order"][0]))
    assert levels == sorted(levels, reverse=True) and levels[-1] == 0.3


def test_the_responsibility_chain_strengthens_an_order_up_to_one() -> None:
    for strength, chain, felt in ((0.4, 0.0, 0.4), (0.4, 1.0, 0.6), (0.9, 1.0, 1.0)):
        w = set_levers(
            _world(order_rise_months=0.01), assessment_order_strength=strength, assessment_responsibility_chain=chain
        )
        run_pressure(w)
        assert w.districts["order"][0] == pytest.approx(felt)


@pytest.mark.parametrize(("asked", "markup", "streets", "needed"), [
    (0.85, 1.0, 74, 63), (0.85, 1.05, 74, 67), (1.0, 1.3, 10, 10), (0.0, 1.2, 10, 0), (0.01, 1.0, 6, 1),
    (0.5, 1.0, 6, 3),
])  # fmt: skip
def test_a_quota_is_rounded_up_and_is_never_more_than_there_are_streets(
    asked: float, markup: float, streets: int, needed: int
) -> None:
    levers = SimpleNamespace(assessment_quota=asked, assessment_quota_markup=markup)
    assert quota.py_func(levers, streets) == needed


def test_a_gap_never_raises_the_push_and_a_met_quota_switches_it_down() -> None:
    """No thermostat: with 0, 1 or 2 of 3 streets the push is the same; at the quota 0.2 of it is left."""
    pushes = []
    for achieved in (0.0, 0.25, 0.5, 0.75, 1.0):
        w = set_levers(_world(), assessment_quota=0.7)  # 3 of 4 streets
        w.districts["achieved"] = achieved
        pushes.append(_push(w))
    assert pushes[0] == pushes[1] == pushes[2] > 0.0
    assert pushes[3] == pushes[4] == pytest.approx(0.2 * pushes[0])


def test_without_a_quota_nothing_counts_as_met() -> None:
    w, other = _world(), _world()
    other.districts["achieved"] = 1.0
    assert _push(w) == _push(other) > 0.0


def test_effort_gathers_before_checks_reports_and_inspections() -> None:
    p = SimpleNamespace(**values())

    def near(to_check: float, month: int = 6, inspections: float = 0.0) -> float:
        return float(nearness.py_func(to_check, month, inspections, p))

    assert near(0.0) == 1.0
    away = [near(float(months)) for months in range(60)]
    assert away == sorted(away, reverse=True)
    assert near(1000.0) == pytest.approx(p.calm + (1 - p.calm) * 0.6 * np.exp(-3.0))
    assert near(1000.0, month=12) > near(1000.0, month=11) > near(1000.0, month=1)
    assert near(1000.0, month=1, inspections=4.0) > near(1000.0, month=1, inspections=1.0) > near(1000.0, month=1)
    assert all(p.calm <= near(t, m, i) <= 1.0 for t in (0.0, 5.0, 1e3) for m in range(1, 13) for i in (0.0, 12.0))


def test_nobody_asks_and_nothing_is_committed() -> None:
    w = set_levers(_world(), assessment_order_strength=0.0, assessment_quota=0.85, assessment_inspections=12.0)
    for month in range(12):
        run_pressure(at_month(w, month))
    assert not w.districts["push"].any() and not w.streets["commitment"].any()


def test_commitment_follows_push_and_money_with_its_time_constant() -> None:
    w = _world(commitment_months=4.0, order_rise_months=1e-3)
    w.streets["commitment"] = 0.0
    run_pressure(w)
    street = w.streets[0]
    target = w.districts["push"][0] * street["money"]
    assert street["commitment"] == pytest.approx(target * (1 - np.exp(-1 / 4.0)))


def test_a_plan_of_its_own_yields_commitment_without_any_order() -> None:
    w = set_levers(_world(), assessment_order_strength=0.0, guidance_local_plans=1.0)
    for month in range(24):
        run_pressure(at_month(w, month))
    assert w.districts["plan"][0] > 0.9
    assert 0.0 < w.streets["commitment"][0] <= values()["plan_commitment"]


def test_money_for_a_hub_runs_from_what_an_unpaid_order_does_to_one() -> None:
    w = _world(own_means=0.0, unpaid=0.3)
    run_pressure(w)
    assert w.streets["money"] == pytest.approx(0.3)
    set_levers(w, hubs_startup_grant=10_000_000.0)
    run_pressure(w)
    assert w.streets["money"] == pytest.approx(0.3), "a promise that no purse backs is worth nothing"
    w.funders["budget"][1] = 10**13
    run_pressure(w)
    assert w.streets["money"] == pytest.approx(1.0), "what counts is the year's budget, not what is left of it"


def test_streets_learn_from_neighbours_with_a_lag_and_from_pilots_where_practice_is_spread() -> None:
    w = _world(neighbours=True)
    w.streets["counted"] = [0, 1, 1, 1]
    for month in range(24):
        run_pressure(at_month(w, month))
        if month == 0:
            assert w.streets["learning"][0] == pytest.approx(1 / 3)
    assert w.streets["learning"] == pytest.approx([1.0, 2 / 3, 2 / 3, 2 / 3], abs=1e-3)
    alone = _world()
    alone.districts["achieved"] = 1.0
    for pilot, practice, learnt in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 1.0, 0.5)):
        alone.streets["learning"] = 0.0
        set_levers(alone, guidance_pilot=pilot, guidance_good_practice=practice)
        for month in range(24):
            run_pressure(at_month(alone, month))
        assert alone.streets["learning"] == pytest.approx(learnt, abs=1e-3)
