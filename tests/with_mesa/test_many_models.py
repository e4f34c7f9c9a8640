"""Memory does not grow with the number of models that were built, run, looked at and discarded."""

from __future__ import annotations

import gc
import tracemalloc

import mesa
import pytest

from miaopu.model import Ecosystem, Organization, Street
from miaopu.model.inputs import Inputs
from miaopu.scenarios import load

LEAST_LEAK = 2_000  # bytes a model; a model that is kept holds over 300,000


class Noted(Ecosystem):
    """Uses what could keep models alive: views, sets, collectors, refused agents, rules in the middle."""

    def __init__(self, inputs: Inputs, rng: int) -> None:
        super().__init__(inputs, rng=rng)
        self.collector = mesa.DataCollector(
            model_reporters={"trust": lambda model: model.indicator("trust")},
            agenttype_reporters={Street: {"hubs": "hubs", "stock": lambda street: street.stock}},
        )

    def after_month(self) -> None:
        self.collector.collect(self)

    def mid_month(self) -> None:
        self.kept = [*self.agents_by_type[Street], self.agents_by_type[Organization][0]]
        self.everyone = self.agents


def _live(inputs: Inputs, number: int) -> None:
    town = Noted(inputs, rng=number)
    for _ in range(3):
        town.step()
    town.kept[-1].remove()
    town.agents.shuffle().select(at_most=3).groupby("unique_id").count()
    with pytest.raises(TypeError):
        mesa.Agent(town)


def _held() -> tuple[int, int]:
    """Bytes and objects after collection of garbage."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0], len(gc.get_objects())


@pytest.mark.slow
def test_a_thousand_models_hold_no_more_than_two_hundred() -> None:
    inputs = load("town")
    tracemalloc.start()
    try:
        figures = []
        for number in range(1000):
            _live(inputs, number)
            if number in (199, 999):
                figures.append(_held())
    finally:
        tracemalloc.stop()
    (bytes_before, objects_before), (bytes_after, objects_after) = figures
    assert bytes_after - bytes_before < 800 * LEAST_LEAK
    assert objects_after - objects_before < 800, "not one object a model"
