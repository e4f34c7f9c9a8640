"""Sets of agents answer as Mesa's own do: the same calls on plain Mesa agents with the same data give the same."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

import mesa
import numpy as np
import pytest

from miaopu.model import Ecosystem, Organization, Street
from miaopu.scenarios import load

SEED = 7


class Plain(mesa.Agent):
    """An organization as a Mesa user would write it: an object with attributes."""

    def __init__(self, model: mesa.Model, values: dict[str, Any]) -> None:
        super().__init__(model)
        for name, value in values.items():
            setattr(self, name, value)


class PlainStreet(Plain):
    """A street, likewise."""


@pytest.fixture
def pair() -> tuple[Ecosystem, mesa.Model]:
    """A town after ten months, and a plain model that holds the same organizations and streets in the same order."""
    town, plain = Ecosystem(load("town"), rng=SEED), mesa.Model(rng=SEED)
    for _ in range(10):
        town.step()
    for kind, twin in ((Organization, Plain), (Street, PlainStreet)):
        for one in town.agents_by_type[kind]:
            twin(plain, {name: getattr(one, name) for name in kind.fields})
    return town, plain


def _ids(agents: Any) -> list[int]:
    return [agent.key for agent in agents]


def _grouped(groups: Any) -> list[tuple[Any, list[int]]]:
    return [(name, _ids(group)) for name, group in groups]


def _told(method: str, **options: Any) -> Callable[[Any], list[int]]:
    def call(agents: Any) -> list[int]:
        told: list[int] = []
        getattr(agents, method)(lambda agent: told.append(agent.key), **options)
        return told

    return call


CALLS: dict[str, Callable[[Any], Any]] = {
    "len": len,
    "first": lambda a: a[0].key,
    "last": lambda a: a[-1].key,
    "slice": lambda a: _ids(a[3:9:2]),
    "contains": lambda a: a[4] in a,
    "iterate": _ids,
    "get": lambda a: a.get("cash"),
    "get several": lambda a: a.get(["age", "cash", "service"]),
    "get or": lambda a: a.get("nonsense", handle_missing="default", default_value=-1),
    "agg sum": lambda a: a.agg("active", sum),
    "agg mean": lambda a: a.agg("age", statistics.mean),
    "agg small mean": lambda a: a.agg("active", statistics.fmean),
    "agg several": lambda a: a.agg("stage", [min, max, len, sum]),
    "agg lambda": lambda a: a.agg("active", lambda values: 100 * sum(values) + 100 * values[0]),
    "agg numpy": lambda a: a.agg("service", np.mean),
    "agg numpy whole": lambda a: int(a.agg("active", np.max)) * 1000,
    "agg numpy product": lambda a: a.agg("active", np.max) * 1000,
    "agg partial": lambda a: a.agg("members", partial(np.percentile, q=90)),
    "select": lambda a: _ids(a.select(lambda one: one.service > 0.2)),
    "select none": lambda a: _ids(a.select(lambda one: False)),
    "select all": lambda a: _ids(a.select()),
    "select at most": lambda a: _ids(a.select(at_most=5)),
    "select share": lambda a: _ids(a.select(at_most=0.3)),
    "select filter at most": lambda a: _ids(a.select(lambda one: one.active == 1, at_most=4)),
    "select filter share": lambda a: _ids(a.select(lambda one: one.active == 1, at_most=0.1)),
    "select nobody": lambda a: _ids(a.select(at_most=0)),
    "select in place": lambda a: _ids(a.select().select(lambda one: one.ladder > 0, inplace=True)),
    "select other kind": lambda a: len(a.select(agent_type=mesa.Model)),
    "sort": lambda a: _ids(a.sort("age")),
    "sort ascending": lambda a: _ids(a.sort("age", ascending=True)),
    "sort by function": lambda a: _ids(a.sort(lambda one: (one.stage, -one.service))),
    "groupby": lambda a: a.groupby("stage").count(),
    "groupby order": lambda a: _grouped(a.groupby("domain")),
    "groupby function": lambda a: _grouped(a.groupby(lambda one: one.age // 12, result_type="list")),
    "groupby agg": lambda a: a.groupby("ladder").agg("active", sum),
    "groupby map": lambda a: a.groupby("ladder").map(lambda group: group.agg("age", max)),
    "groupby len": lambda a: len(a.groupby("ladder")),
    "map": lambda a: a.map(lambda one, more: one.age + more, 3),
    "map method": lambda a: a.map("step"),
    "do": _told("do"),
    "shuffle": lambda a: _ids(a.shuffle()),
    "shuffle_do": _told("shuffle_do"),
    "set": lambda a: a.set("leadership", 0.25).get("leadership"),
    "set some": lambda a: [a.select(at_most=3).set("service", 1.0).agg("service", sum), a.get("service")],
    "remove": lambda a: [a.select(at_most=3).do("remove") is None, len(a), _ids(a)],
    "draw": lambda a: a.random.random(),
}


@pytest.mark.parametrize("name", CALLS)
def test_the_same_call_gives_the_same(pair: tuple[Ecosystem, mesa.Model], name: str) -> None:
    town, plain = pair
    ours, theirs = (CALLS[name](sets) for sets in (town.agents_by_type[Organization], plain.agents_by_type[Plain]))
    assert ours == theirs
    assert type(ours) is type(theirs)


def test_sets_of_all_kinds_behave_alike(pair: tuple[Ecosystem, mesa.Model]) -> None:
    town, plain = pair
    ours = town.agents.select(lambda agent: isinstance(agent, Organization | Street))
    assert _ids(ours) == _ids(plain.agents)
    assert _ids(ours.select(agent_type=Street)) == _ids(plain.agents.select(agent_type=PlainStreet))
    assert ours.groupby(lambda agent: agent.district).count() == plain.agents.groupby("district").count()
    assert _ids(ours.shuffle()) == _ids(plain.agents.shuffle())


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda a: a.get("nonsense"), AttributeError),
        (lambda a: a.get("age", handle_missing="whatever"), ValueError),
        (lambda a: a.agg("nonsense", sum), AttributeError),
        (lambda a: a.sort("nonsense"), AttributeError),
        (lambda a: a.do("nonsense"), AttributeError),
        (lambda a: a[10**6], IndexError),
        (lambda a: a.select(at_most=2).remove(a[5]), KeyError),
    ],
)
def test_the_same_misuse_raises_the_same(
    pair: tuple[Ecosystem, mesa.Model], call: Callable[[Any], Any], error: type[Exception]
) -> None:
    town, plain = pair
    for agents in (town.agents_by_type[Organization], plain.agents_by_type[Plain]):
        with pytest.raises(error):
            call(agents)


def test_a_collector_collects_the_same(pair: tuple[Ecosystem, mesa.Model]) -> None:
    frames = []
    for model, kind in zip(pair, (Organization, Plain), strict=True):
        collector = mesa.DataCollector(
            model_reporters={
                "cash": lambda m, kind=kind: m.agents_by_type[kind].agg("cash", sum),
                "oldest": lambda m, kind=kind: m.agents_by_type[kind].sort("age")[0].key,
            },
            agenttype_reporters={kind: {"key": "key", "age": "age", "twice": lambda agent: 2 * agent.age}},
        )
        collector.collect(model)
        model.agents_by_type[kind].set("age", 5)
        collector.collect(model)
        frames.append((collector.get_model_vars_dataframe(), collector.get_agenttype_vars_dataframe(kind)))
    (ours, our_agents), (theirs, their_agents) = frames
    assert ours.equals(theirs)
    assert our_agents.reset_index(drop=True).equals(their_agents.reset_index(drop=True))


def test_what_a_collector_has_collected_does_not_change_with_the_next_month() -> None:
    town = Ecosystem(load("town"), rng=SEED)
    collector = mesa.DataCollector(agenttype_reporters={Street: {"stock": "stock"}}, agent_reporters={"met": _met})
    for _ in range(3):
        town.step()
        collector.collect(town)
    met = collector.get_agent_vars_dataframe()["met"].dropna()
    by_step = [np.stack(list(values)) for _, values in met.groupby(level="Step")]
    assert len(by_step) == 3
    assert not np.array_equal(by_step[0], by_step[2])
    assert np.array_equal(by_step[2], town.world.communities["met"])


def _met(agent: Any) -> Any:
    return getattr(agent, "met", None)


def test_columns_of_small_numbers_do_not_overflow(pair: tuple[Ecosystem, mesa.Model]) -> None:
    column = pair[0].agents_by_type[Organization].array("ladder")
    assert column.dtype == np.int64
    assert sum(column * 100) == 100 * sum(pair[1].agents_by_type[Plain].get("ladder")) > 127
