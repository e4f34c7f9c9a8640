"""Agents: attributes read and write rows, and a view finds its agent again."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
import pytest

from miaopu.model import Community, Ecosystem, Funder, Hub, Organization, Street
from miaopu.model.agents import AGENT_TYPES
from miaopu.model.codes import FILED, NO_HUB
from miaopu.model.inputs import Inputs
from miaopu.model.ledger import ACCOUNTS, ORGANIZATION, WOUND_UP, balances
from miaopu.model.state import KINDS
from miaopu.model.tallies import TALLIES
from miaopu.model.views import RowAgent
from miaopu.scenarios import load

SEED = 2024


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return load("town")


def _town(inputs: Inputs, months: int = 8) -> Ecosystem:
    town = Ecosystem(inputs, rng=SEED)
    for _ in range(months):
        town.step()
    return town


def _count(town: Ecosystem, *names: str) -> np.ndarray:
    """Sum of tallies over districts, by month."""
    return town.outcome().tallies[:, :, [TALLIES.index(name) for name in names]].sum(axis=(1, 2))


def _cash(town: Ecosystem) -> np.ndarray:
    """Cash that agents hold, by account."""
    held = np.bincount(town.world.funders["kind"], town.world.funders["cash"], len(ACCOUNTS)).astype(np.int64)
    held[ACCOUNTS.index("hub")] = town.world.hubs["cash"].sum()
    held[ACCOUNTS.index("organization")] = town.agents_by_type[Organization].array("cash").sum()
    return held


def test_every_declared_field_is_an_attribute_that_reads_its_row(inputs: Inputs) -> None:
    town = _town(inputs)
    assert {kind.__name__ for kind in AGENT_TYPES} == set(KINDS)
    for kind in AGENT_TYPES:
        agents = town.agents_by_type[kind]
        rows = getattr(town.world, kind.array)
        for agent in (agents[0], agents[len(agents) // 2], agents[-1]):
            for field in KINDS[kind.__name__]:
                assert np.array_equal(getattr(agent, field.name), rows[agent.row][field.name])
                assert field.meaning in str(getattr(kind, field.name).__doc__)


def test_no_field_hides_what_mesa_gives_an_agent() -> None:
    ours = {"row", "exists", "name", "fields", "array", "number", "keys", "locate", "present"}
    taken = {name for name in dir(mesa.Agent) if not name.startswith("_")} | {"model", "unique_id"} | ours
    for kind in AGENT_TYPES:
        assert not taken & set(kind.fields)


def test_names_are_the_place_s(inputs: Inputs) -> None:
    town = _town(inputs, 0)
    assert [street.name for street in town.agents_by_type[Street]] == list(inputs.place.street_name)
    assert town.agents_by_type[Community][3].name == inputs.place.community_name(3)


def test_what_is_written_stands_in_the_row_and_changes_the_run(inputs: Inputs) -> None:
    town, twin = _town(inputs), _town(inputs)
    for agent in town.agents_by_type[Organization]:
        agent.service = 0.9
        agent.active = True
    for community in town.agents_by_type[Community]:
        community.trust = 1.0
        community.met = np.where(np.arange(10) == 3, 0.5, community.met)
    assert set(town.agents_by_type[Organization].array("service")) == {0.9}
    assert (town.world.communities["met"][:, 3] == 0.5).all()
    for one in (town, twin):
        one.step()
    assert town.indicator("service_capability") > twin.indicator("service_capability") + 0.1
    assert town.indicator("active_share") > twin.indicator("active_share")
    assert town.indicator("trust") > twin.indicator("trust")


@pytest.mark.parametrize(
    ("kind", "name", "value", "error", "said"),
    [
        (Organization, "key", 1, AttributeError, "key of Organization is fixed"),
        (Organization, "community", 0, AttributeError, "community of Organization is fixed"),
        (Organization, "alive", 0, AttributeError, r"fixed; remove\(\) dissolves"),
        (Funder, "kind", 1, AttributeError, "kind of Funder is fixed"),
        (Organization, "domain", 10, ValueError, "domain takes whole numbers from 0 to 9, not 10"),
        (Organization, "ladder", -1, ValueError, "from 0 to 2"),
        (Organization, "active", 2, ValueError, "from 0 to 1"),
        (Organization, "cash", -1, ValueError, "cash takes whole numbers from 0"),
        (Organization, "cash", 0.5, ValueError, "cash takes whole numbers"),
        (Organization, "custodian", 10**6, ValueError, "custodian takes whole numbers from -2"),
        (Organization, "idle_months", 2**31, ValueError, "idle_months takes whole numbers"),
        (Organization, "service", float("nan"), ValueError, "service takes numbers"),
        (Organization, "service", "high", ValueError, "service takes numbers, not 'high'"),
        (Street, "pending_route", 3, ValueError, "from 0 to 2"),
        (Organization, "cahs", 1, AttributeError, "no field 'cahs' that could be written; did you mean 'cash'"),
        (Organization, "unique_id", 1, AttributeError, "no field 'unique_id'"),
    ],
)
def test_what_would_lead_rules_astray_is_refused(
    inputs: Inputs, kind: type[RowAgent], name: str, value: Any, error: type[Exception], said: str
) -> None:
    town = _town(inputs, 1)
    before = getattr(town.world, kind.array).copy()
    with pytest.raises(error, match=said):
        setattr(town.agents_by_type[kind][0], name, value)
    assert np.array_equal(getattr(town.world, kind.array), before)


def test_money_given_and_taken_by_hand_is_in_the_ledger(inputs: Inputs) -> None:
    town = _town(inputs, 0)
    at_first = _cash(town)
    for month in range(1, 15):
        town.step()
        first, second = town.agents_by_type[Organization][:2]
        first.cash += 100_000
        second.cash = 0
        town.agents_by_type[Funder].set("cash", 5_000_00)
        town.agents_by_type[Hub].set("cash", 77 * month)
        moved = balances(town.outcome().ledger.sum(axis=0))
        assert np.array_equal(_cash(town), at_first + moved)


def test_a_view_finds_its_row_again(inputs: Inputs) -> None:
    town = _town(inputs, 0)
    everyone = town.agents_by_type[Organization]
    views = {agent.key: (agent, agent.gift, agent.row) for agent in everyone}
    moved = gone = 0
    while town.running:
        town.step()
        rows = town.world.organizations[: town.world.clock["organizations"][0]]
        alive = {int(row["key"]): number for number, row in enumerate(rows) if row["alive"]}
        for key, (agent, gift, row) in views.items():
            if key in alive:
                assert (agent.row, agent.gift, agent.key) == (alive[key], gift, key)
                moved += agent.row != row
            else:
                gone += 1
                assert not agent.exists
                with pytest.raises(ReferenceError, match=f"Organization {key} is no more: it has dissolved"):
                    _ = agent.cash
    assert moved > 100 and gone > 100, "rows have moved and organizations have dissolved"


def test_views_survive_that_the_arrays_are_enlarged(inputs: Inputs) -> None:
    town, twin = _town(inputs, 0), _town(inputs, 0)
    used = int(town.world.clock["organizations"][0])
    town.world.put("organizations", town.world.organizations[:used].copy())
    town.world.put("order", town.world.order[:used].copy())
    first = town.agents_by_type[Organization][0]
    before = first.age
    town.step()
    twin.step()
    assert len(town.world.organizations) > used, "the newborn needed room"
    assert first.age == before + 1
    assert np.array_equal(town.outcome().tallies, twin.outcome().tallies)


def test_views_of_one_agent_are_equal_and_ids_unique(inputs: Inputs) -> None:
    town, twin = _town(inputs), _town(inputs)
    one, same, other = (town.agents_by_type[Organization][k] for k in (0, 0, 1))
    assert one is not same and one == same and hash(one) == hash(same)
    assert one != other and one != twin.agents_by_type[Organization][0]
    ids = town.agents.get("unique_id")
    assert len(set(ids)) == len(ids)
    assert ids == twin.agents.get("unique_id"), "the same agents have the same ids in every run"


def test_a_removed_organization_is_dissolved_and_its_money_entered(inputs: Inputs) -> None:
    town, twin = _town(inputs), _town(inputs)
    gone = town.agents_by_type[Organization].where(ladder=FILED).sort("cash")[0]
    cash, size = gone.cash, len(town.agents_by_type[Organization])
    wound_up = town.outcome().ledger[:, ORGANIZATION, WOUND_UP].sum()
    assert cash > 0
    gone.remove()
    assert len(town.agents_by_type[Organization]) == size - 1
    assert town.outcome().ledger[:, ORGANIZATION, WOUND_UP].sum() == wound_up + cash
    with pytest.raises(ReferenceError, match="it has dissolved"):
        gone.remove()
    for one in (town, twin):
        one.step()
    assert _count(town, "dissolved")[-1] == _count(twin, "dissolved")[-1] + 1
    assert _count(town, "filed", "registered")[-1] < _count(twin, "filed", "registered")[-1]


def test_stock_is_previous_plus_founded_less_dissolved_with_removals_too(inputs: Inputs) -> None:
    town = _town(inputs, 1)
    while town.month < 30:
        town.agents_by_type[Organization].shuffle().select(at_most=2).do("remove")
        town.step()
    stock = _count(town, "groups", "filed", "registered")
    came, left = _count(town, "founded", "brought_in"), _count(town, "dissolved", "dissolved_groups")
    assert np.array_equal(np.diff(stock), (came - left)[1:])
    assert left[1:].min() >= 2


def test_what_cannot_be_removed(inputs: Inputs) -> None:
    town = _town(inputs)
    with pytest.raises(TypeError, match="a street cannot be taken out of a run, only an organization can"):
        town.agents_by_type[Street][0].remove()
    town.run()
    with pytest.raises(RuntimeError, match="come to its end"):
        town.agents_by_type[Organization][0].remove()


def test_a_closed_hub_is_no_more(inputs: Inputs) -> None:
    town = _town(inputs)
    hubs = town.agents_by_type[Hub]
    count, first = len(hubs), hubs[0]
    assert count == (town.world.hubs["status"] != NO_HUB).sum()
    town.world.hubs["status"][first.row] = NO_HUB
    town.changes += 1
    assert len(hubs) == count - 1 and first not in hubs
    with pytest.raises(ReferenceError, match=r"Hub \d+ is no more: it has closed"):
        _ = first.quality
