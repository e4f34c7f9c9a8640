"""Mesa's batch_run: replicates without a seed differ, with a seed they repeat, in one process or in two."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterable
from typing import Any

import mesa
import pytest

from miaopu.docs.examples.newspaper_prize import PrizeTown
from miaopu.model import Ecosystem, Street
from miaopu.scenarios import load

TAKES_SEEDS = "rng" in inspect.signature(mesa.batch_run).parameters
TOWNS: dict[str, Any] = {"scenario": "town", "prize": [False, True]}


def _batch(seeds: Iterable[int] | None, replicates: int = 3, kind: type = PrizeTown, **options: Any) -> list[dict]:
    """As a user of this version of Mesa would call it."""
    parameters = dict(options.pop("parameters", TOWNS))
    if TAKES_SEEDS:
        options["rng"] = [None] * replicates if seeds is None else seeds
    elif seeds is None:
        options["iterations"] = replicates
    else:
        parameters["rng"] = seeds
    return mesa.batch_run(kind, parameters, display_progress=False, **options)


def _told(rows: list[dict], *names: str) -> list[tuple]:
    return sorted(tuple(row[name] for name in names) for row in rows)


def test_without_a_seed_replicates_differ() -> None:
    rows = _batch(None)
    assert len(rows) == 6
    assert len({row["capability"] for row in rows}) == 6


def test_the_older_way_of_asking_for_replicates_gives_different_ones_too() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        rows = mesa.batch_run(PrizeTown, TOWNS, iterations=3, display_progress=False)
    assert len({row["capability"] for row in rows}) == 6


def test_with_seeds_they_repeat_and_policies_share_their_luck() -> None:
    first, again = _batch([1, 2]), _batch([1, 2])
    names = ("rng", "prize", "capability", "members", "winners")
    assert _told(first, *names) == _told(again, *names)
    assert len({row["capability"] for row in first}) == 4
    alone = PrizeTown(prize=False, rng=2)
    alone.run()
    assert (2, False, alone.indicator("capability")) in _told(first, "rng", "prize", "capability")


@pytest.mark.slow
def test_two_processes_give_what_one_gives() -> None:
    names = ("rng", "prize", "Step", "capability", "members", "winners")
    one, two = (_batch([1, 2], data_collection_period=12, number_processes=n) for n in (1, 2))
    assert len(one) >= 4 * 5
    assert _told(one, *names) == _told(two, *names)


class Streets(Ecosystem):
    """A class that takes the inputs themselves, with Mesa's older name of the seed, and tells of agents."""

    def __init__(self, inputs: Any, seed: int | None = None, parameters: Any = None) -> None:
        super().__init__(inputs, parameters=parameters, seed=seed)
        self.datacollector = mesa.DataCollector(
            model_reporters={"month": "month"},
            agent_reporters={"hubs": lambda agent: getattr(agent, "hubs", None)},
        )

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


def test_inputs_parameters_and_agents_in_a_batch() -> None:
    inputs = load("town")
    given = {"inputs": inputs, "seed": 3, "parameters": [{}, {}]}
    given["parameters"] = [_central(inputs) | {"exit_group": rate} for rate in (0.1, 0.3)]
    seed: dict[str, Any] = {"rng": 3} if TAKES_SEEDS else {}
    rows = mesa.batch_run(Streets, given, max_steps=7, data_collection_period=1, display_progress=False, **seed)
    towns = {row["RunId"] for row in rows}
    assert len(towns) == 2
    assert max(row["month"] for row in rows) == (7 if TAKES_SEEDS else 8), "up to Mesa 3.3 one step more than max_steps"
    streets = {agent.unique_id for agent in Ecosystem(inputs).agents_by_type[Street]}
    assert streets <= {row.get("AgentID") for row in rows}


def _central(inputs: Any) -> dict[str, float]:
    from miaopu.model.uncertainty import central_parameters

    return dict(central_parameters(inputs.parameters))


def test_a_batch_without_a_collector_says_what_is_missing() -> None:
    with pytest.raises(AttributeError, match="datacollector"):
        _batch([1], kind=Ecosystem, parameters={"inputs": load("town")})
