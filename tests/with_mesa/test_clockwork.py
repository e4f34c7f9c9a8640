"""Mesa's own ways of running and timing a model."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
import pytest

from miaopu.model import Ecosystem, Organization, Street
from miaopu.model.simulation import simulate
from miaopu.scenarios import load

NEWER = pytest.mark.skipif(not hasattr(mesa.Model, "run_for"), reason="Mesa 3.5 brought events of the model's own")


def test_run_model_runs_to_the_end() -> None:
    town = Ecosystem(load("town"), rng=5)
    town.run_model()
    assert town.steps == town.month == town.inputs.months and not town.running
    assert np.array_equal(town.outcome().tallies, simulate(town.inputs, None, 5).tallies)


def test_seed_is_another_name_of_rng() -> None:
    inputs = load("town")
    assert Ecosystem(inputs, seed=5).seed == Ecosystem(inputs, rng=5).seed == 5


def test_a_shuffle_does_not_touch_the_run_but_repeats_with_the_seed() -> None:
    orders = []
    for _ in range(2):
        town = Ecosystem(load("town"), rng=5)
        orders.append(town.agents_by_type[Street].shuffle().get("key"))
        town.reset_rng(1)
        town.run()
        assert np.array_equal(town.outcome().tallies, simulate(town.inputs, None, 5).tallies)
    assert orders[0] == orders[1]


@NEWER
def test_run_for_and_recurring_events_work() -> None:
    from mesa.time import Schedule  # type: ignore[import-not-found]

    town: Any = Ecosystem(load("town"), rng=5)
    closed: list[int] = []

    def inspect() -> None:
        town.agents_by_type[Organization].sort("cash")[-1].remove()
        closed.append(town.month)

    town.schedule_recurring(inspect, Schedule(interval=12, start=12))
    town.run_for(30)
    assert (town.month, town.time, closed) == (30, 30.0, [12, 24])
    assert not np.array_equal(town.outcome().tallies, simulate(town.inputs, None, 5).tallies[:30])
    with pytest.raises(RuntimeError, match="come to its end"):
        town.run_for(31)
