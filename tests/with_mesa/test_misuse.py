"""What Mesa allows and an Ecosystem cannot: a clear word, and nothing done by halves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest

from miaopu.model import Community, Ecosystem, Funder, Hub, Organization
from miaopu.scenarios import load


def _subclass(base: type) -> None:
    type("Choir", (base,), {})


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda town: mesa.Agent(town), TypeError, "keep others beside it"),
        (lambda town: Organization(town), TypeError, "the months found organizations and hubs"),
        (lambda town: Organization.create_agents(town, 3), TypeError, "the months found organizations and hubs"),
        (lambda town: _subclass(Organization), TypeError, "as functions of an agent"),
        (lambda town: town.remove_all_agents(), TypeError, "do('remove')"),
        (lambda town: town.deregister_agent(town.agents[0]), TypeError, "dissolves"),
        (lambda town: setattr(town.agents[0], "notebook", 1), AttributeError, "notes of your own in a dictionary"),
        (lambda town: town.agents_by_type[Organization].set("notebook", 1), AttributeError, "in a dictionary"),
        (lambda town: setattr(town.agents_by_type[Community][0], "births", 9), AttributeError, "fixed"),
        (lambda town: town.draw(town.agents_by_type[Funder][0], "prize"), TypeError, "draw for a district"),
        (lambda town: town.draw(town.agents_by_type[Funder], "prize"), TypeError, "draw for a district"),
        (lambda town: Ecosystem(town.inputs, rng=1, seed=1), ValueError, "two names of one thing"),
        (lambda town: Ecosystem(town.inputs, parameters="exit_group"), TypeError, "a list of such maps"),  # type: ignore[arg-type]
    ],
)
def test_a_clear_word(call: Callable[[Ecosystem], Any], error: type[Exception], said: str) -> None:
    town = Ecosystem(load("town"), rng=1)
    town.step()
    size = len(town.agents)
    with pytest.raises(error) as caught:
        call(town)
    assert said in str(caught.value)
    assert len(town.agents) == size


def test_a_field_of_several_numbers_is_written_as_a_whole() -> None:
    town = Ecosystem(load("town"), rng=1)
    town.step()
    community = town.agents_by_type[Community][0]
    with pytest.raises(ValueError, match="read-only"):
        community.met[3] = 0.5
    community.met = np.full(10, 0.5)
    assert town.world.communities["met"][0].tolist() == [0.5] * 10
    with pytest.raises(ValueError, match="met takes numbers"):
        community.met = np.full(10, np.nan)


def test_only_money_that_is_there_is_paid_and_only_where_it_may_go() -> None:
    town = Ecosystem(load("town"), rng=1)
    for _ in range(8):
        town.step()
    purse, organization = town.agents_by_type[Funder].sort("cash")[0], town.agents_by_type[Organization][0]
    hub = town.agents_by_type[Hub][0]
    for receiver, amount, instrument, error in (
        (purse, 1, "award", TypeError),
        (Ecosystem(town.inputs).agents_by_type[Organization][0], 1, "award", TypeError),
        (organization, -1, "award", ValueError),
        (organization, 0.5, "award", ValueError),
        (organization, 1, "hub_support", ValueError),
        (organization, 1, "prize", ValueError),
        (hub, 1, "custody_fee", ValueError),
    ):
        with pytest.raises(error):
            purse.pay(receiver, amount, instrument)
    held = purse.cash
    assert purse.pay(organization, held + 1) == held and purse.cash == 0
    assert purse.pay(organization, 1) == 0
    town.run()
    with pytest.raises(RuntimeError, match="no month is left"):
        purse.pay(town.agents_by_type[Organization][0], 1)
