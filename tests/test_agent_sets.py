"""Sets of agents: Mesa's verbs agree with NumPy on the arrays."""

from __future__ import annotations

import numpy as np
import pytest
from mesa.agent import AgentSet

from miaopu.model import Community, Ecosystem, Hub, Organization, Street
from miaopu.model.agent_sets import RowSet
from miaopu.model.agents import AGENT_TYPES
from miaopu.model.codes import FILED, GROUP, REGISTERED
from miaopu.model.inputs import Inputs
from miaopu.scenarios import load


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return load("town")


@pytest.fixture
def town(inputs: Inputs) -> Ecosystem:
    made = Ecosystem(inputs, rng=7)
    for _ in range(10):
        made.step()
    return made


@pytest.fixture
def organizations(town: Ecosystem) -> RowSet:
    return town.agents_by_type[Organization]


@pytest.fixture
def rows(town: Ecosystem) -> np.ndarray:
    """The records of the living organizations."""
    used = town.world.organizations[: town.world.clock["organizations"][0]]
    return used[used["alive"] == 1]


def test_sets_hold_everyone_that_exists(town: Ecosystem, organizations: RowSet, rows: np.ndarray) -> None:
    assert isinstance(organizations, AgentSet)
    assert len(organizations) == len(rows) == len(list(organizations))
    assert len(town.agents) == sum(len(town.agents_by_type[kind]) for kind in AGENT_TYPES)
    assert {type(agent) for agent in town.agents} == set(AGENT_TYPES)
    assert organizations[2] in organizations and town.agents_by_type[Street][0] not in organizations
    assert organizations[-1] == organizations.to_list()[-1] and len(organizations[3:7]) == 4


def test_get_and_array_are_columns(town: Ecosystem, organizations: RowSet, rows: np.ndarray) -> None:
    assert organizations.get("cash") == rows["cash"].tolist()
    assert organizations.get(["age", "cash"]) == np.stack([rows["age"], rows["cash"]], axis=1).tolist()
    assert np.array_equal(organizations.array("members"), rows["members"])
    assert town.agents_by_type[Community].array("need").shape == (len(town.inputs.place.residents), 10)
    assert organizations.get("unique_id") == rows["key"].tolist()
    assert organizations.get("nonsense", handle_missing="default", default_value=3) == [3] * len(rows)
    with pytest.raises(AttributeError, match="nonsense"):
        organizations.get("nonsense")
    with pytest.raises(AttributeError, match="did you mean 'members'"):
        organizations.array("mebmers")
    with pytest.raises(TypeError, match="one kind"):
        town.agents.array("cash")


def test_select_and_where_agree_with_masks(organizations: RowSet, rows: np.ndarray) -> None:
    able = rows["service"] > 0.2
    assert organizations.select(lambda one: one.service > 0.2).get("key") == rows["key"][able].tolist()
    assert organizations.where(organizations.array("service") > 0.2).get("key") == rows["key"][able].tolist()
    recognised = np.isin(rows["ladder"], (FILED, REGISTERED)) & (rows["active"] == 1)
    assert organizations.where(ladder=(FILED, REGISTERED), active=1).get("key") == rows["key"][recognised].tolist()
    filed = organizations.where(ladder=FILED)
    assert len(filed.where(active=0)) == ((rows["ladder"] == FILED) & (rows["active"] == 0)).sum()
    assert organizations.select(at_most=5).get("key") == rows["key"][:5].tolist()
    assert len(organizations.select(at_most=0.5)) == len(rows) // 2
    assert len(organizations.select(lambda one: one.ladder == FILED, at_most=3)) == 3
    assert len(organizations.where(ladder=99).array("cash")) == 0


def test_select_by_type(town: Ecosystem) -> None:
    hubs = town.agents.select(agent_type=Hub)
    assert hubs == town.agents_by_type[Hub] and hubs.types == (Hub,)
    assert hubs.array("quality").tolist() == town.agents_by_type[Hub].get("quality")
    assert len(town.agents.select(lambda agent: agent.row == 0, agent_type=Street)) == 1


def test_agg_and_groupby_agree_with_numpy(organizations: RowSet, rows: np.ndarray) -> None:
    assert organizations.agg("service", np.mean) == rows["service"].mean()
    assert organizations.agg("cash", [min, max, np.sum]) == [rows["cash"].min(), rows["cash"].max(), rows["cash"].sum()]
    groups = organizations.groupby("ladder")
    assert set(groups.groups) == {GROUP, FILED, REGISTERED}
    assert groups.count() == {rung: (rows["ladder"] == rung).sum() for rung in groups.groups}
    assert groups.agg("cash", np.sum) == {rung: rows["cash"][rows["ladder"] == rung].sum() for rung in groups.groups}
    old = organizations.groupby(lambda one: one.age >= 24, result_type="list")
    assert len(old.groups[True]) == (rows["age"] >= 24).sum()
    assert old.agg("age", min)[True] >= 24
    assert {len(group) for _, group in groups} == set(groups.map(len).values())


def test_sort_and_shuffle(town: Ecosystem, organizations: RowSet, rows: np.ndarray) -> None:
    assert organizations.sort("cash").get("cash") == sorted(rows["cash"].tolist(), reverse=True)
    assert organizations.sort(lambda one: one.age, ascending=True).get("age") == sorted(rows["age"].tolist())
    shuffled = town.agents.shuffle()
    assert shuffled.get("unique_id") != town.agents.get("unique_id")
    assert shuffled == town.agents, "the same members"
    order = organizations.copy()
    assert order.shuffle(inplace=True) is order
    assert order.get("key") != organizations.get("key") and order == organizations


def test_set_writes_every_row(town: Ecosystem, organizations: RowSet) -> None:
    organizations.where(ladder=FILED).set("custodian", -2)
    used = town.world.organizations[: town.world.clock["organizations"][0]]
    assert (used["custodian"][(used["alive"] == 1) & (used["ladder"] == FILED)] == -2).all()
    organizations.set("leadership", np.linspace(0, 1, len(organizations)))
    assert organizations.array("leadership")[-1] == 1.0
    with pytest.raises(ValueError, match="from 0 to 2"):
        organizations.set("ladder", 3)
    town.agents.select(lambda agent: agent.number in (2, 3)).set("rural", 1)
    assert town.agents_by_type[Street].array("rural").all() and town.agents_by_type[Community].array("rural").all()


def test_do_and_shuffle_do_call_for_each(organizations: RowSet, rows: np.ndarray) -> None:
    seen: list[int] = []
    assert organizations.do(lambda one, more: seen.append(one.age + more), 1) is organizations
    assert seen == (rows["age"] + 1).tolist()
    again: list[int] = []
    organizations.shuffle_do(lambda one: again.append(one.key))
    assert again != rows["key"].tolist() and sorted(again) == sorted(rows["key"].tolist())
    assert organizations.map("__hash__") == [hash(one) for one in organizations]


def test_who_vanishes_on_the_way_is_left_out(organizations: RowSet) -> None:
    first, second, third = organizations[:3]
    met = []

    def visit(one: Organization) -> None:
        met.append(one)
        if one == first:
            second.remove()

    organizations.select(at_most=3).do(visit)
    assert met == [first, third]


def test_live_sets_gain_members_and_others_only_lose_them(town: Ecosystem, organizations: RowSet) -> None:
    copied, views = organizations.copy(), organizations.to_list()
    for _ in range(7):
        town.step()
    assert len(organizations) == town.outcome().tallies[-1].sum(axis=0)[_stock_columns()].sum()
    assert copied.to_list() == [view for view in views if view.exists]
    assert len(copied) < len(views), "some have dissolved, and nothing of them is left in the set"
    assert set(organizations.get("key")) > set(copied.get("key"))


def _stock_columns() -> list[int]:
    from miaopu.model.tallies import FILED_THERE, GROUPS, REGISTERED_THERE

    return [GROUPS, FILED_THERE, REGISTERED_THERE]


def test_sets_take_in_and_leave_out(town: Ecosystem, organizations: RowSet) -> None:
    some = organizations.select(at_most=3)
    extra, first = organizations[10], some[0]
    some.add(extra)
    some.add(extra)
    some.discard(first)
    assert len(some) == 3 and extra in some and first not in some
    with pytest.raises(KeyError):
        some.remove(first)
    street = town.agents_by_type[Street][0]
    assert len(some | [street]) == 4 and street in (some | [street])
    assert (some & organizations) == some and len(some - some) == 0
    assert len(organizations) > 3 and first in organizations, "the model's own sets are not touched"
