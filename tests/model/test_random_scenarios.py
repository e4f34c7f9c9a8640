"""Whatever the levers, parameters, places, budgets and shocks: every month's accounts and stocks add up."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miaopu.model.inputs import FUNDERS, SHOCKS, FunderPlan, Inputs
from miaopu.model.uncertainty import draw_parameters
from miaopu.model.vocabulary import levers, parameters
from miaopu.tests.model.invariants import assert_every_month_holds
from miaopu.tests.model.worlds import inputs, place

MONTHS = 18


@st.composite
def places(draw: st.DrawFn) -> Any:
    """Up to three districts of up to three streets of up to three communities, towns and villages."""
    districts, streets, communities = (draw(st.integers(1, 3)) for _ in range(3))
    count = districts * streets * communities
    known = draw(st.sampled_from(["all", "some", "none"]))
    counts = {
        name: np.nan if known == "none" or (known == "some" and name != "filed") else float(draw(st.integers(0, 12)))
        for name in ("filed", "registered", "groups")
    }
    return place(
        districts, streets, communities, neighbours=draw(st.booleans()), hub=draw(st.sampled_from([-1, 0, 1])),
        station=draw(st.booleans()), prefectures=draw(st.integers(0, districts)),
        rural=[draw(st.booleans()) for _ in range(count)], residents=draw(st.floats(0, 60_000)),
        foreign=draw(st.floats(0, 0.1)), elderly=draw(st.floats(0, 0.5)), **counts,
    )  # fmt: skip


@st.composite
def scenarios(draw: st.DrawFn) -> Inputs:
    """A small scenario with any levers inside their ranges, which change half-way, any budgets and any shocks."""
    where = draw(places())
    chosen = draw(st.lists(st.sampled_from(sorted(levers())), max_size=40, unique=True))
    money = {
        name: FunderPlan(
            np.where(np.arange(MONTHS) < draw(st.integers(0, MONTHS)), *(draw(st.floats(0, 1e7)) for _ in range(2))),
            draw(st.integers(1, 12)), draw(st.booleans()), draw(st.floats(0, 1)),
        )
        for name in FUNDERS
    }  # fmt: skip
    told = inputs(
        where, MONTHS, first_month=draw(st.integers(1, 12)), plan_from=draw(st.integers(-1, 6)),
        deadline=draw(st.integers(-1, MONTHS - 1)),
        checks=tuple(draw(st.lists(st.integers(0, MONTHS - 1), max_size=3))),
        readings={"hub_kinds": draw(st.sampled_from(["federations_only", "federations_and_centres"]))}, funders=money,
    )  # fmt: skip
    for name in chosen:
        lever = levers()[name]
        for half in (slice(0, 9), slice(9, None)):
            told.timetable[lever.field][half] = draw(st.floats(lever.low, lever.high))
    for name in draw(st.lists(st.sampled_from(SHOCKS), max_size=3, unique=True)):
        told.shocks[name][draw(st.integers(0, MONTHS - 1)) :] = draw(st.floats(0, 5))
    told.clean_up[draw(st.integers(0, MONTHS - 1))] = draw(st.floats(0, 1))
    return told


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(told=scenarios(), draw=st.integers(0, 10**6), seed=st.integers(0, 2**64 - 1))
def test_accounts_stocks_ranges_and_tallies_hold_in_every_month(told: Inputs, draw: int, seed: int) -> None:
    assert_every_month_holds(told, draw_parameters(parameters(), 17, draw), seed)
