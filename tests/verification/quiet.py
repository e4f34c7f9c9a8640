"""Worlds in which all but one thing stands still, and whole months run by the engine itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from miaopu.model.inputs import Inputs
from miaopu.model.simulation import go_on
from miaopu.model.state import ORGANIZATION, record
from miaopu.model.world import World
from miaopu.tests.model.worlds import organizations, run_tables, world

NOTHING_LEARNT = dict.fromkeys(
    ("habit", "practice", "professional", "support_gain", "training_gain", "mentor_gain", "money_gain", "rules_gain",
     "erosion", "dependence_loss", "leader_turnover", "co_option"), 0.0)  # fmt: skip
NOBODY_FOUNDS = {"founding_balance": 0.0, "imitation": 0.0}
NOBODY_RISES = {"filing_flow": 0.0, "registering": 0.0, "branding": 0.0, "ledger_rate": 0.0, "census_rate": 0.0}
NOBODY_LEAVES = dict.fromkeys(
    ("exit_group", "exit_filed", "exit_registered", "reviving", "group_vanishing", "verification"), 0.0
)
NO_NEW_HUBS = {"hub_initiative": 0.0, "hub_imitation": 0.0, "hub_order": 0.0}
HUBS_LAST = {"hub_awakening": 0.0, "hub_idling": 0.0, "hub_closing": 0.0, "staff_turnover": 0.0, "hiring": 0.0}
ALIKE = {"street_spread": 0.0, "district_spread": 0.0, "finance_spread": 0.0, "gift_spread": 0.0}
NO_CAPABILITY = dict.fromkeys(("governance", "service", "finance", "leadership"), 0.0)
STILL = NOTHING_LEARNT | NOBODY_FOUNDS | NOBODY_RISES | NOBODY_LEAVES | NO_NEW_HUBS | HUBS_LAST | ALIKE
FADING = 1.2 * 1.1  # factor on the rate of falling dormant where there is no capability at all


def still_world(told: Inputs, seed: int, changed: dict[str, float], count: int = 0, **state: Any) -> World:
    """A world where nothing happens but what `changed` parameters bring about, with `count` organizations alike."""
    w = world(told, seed, **(STILL | changed))
    organizations(w, count, **state)
    return w


def month_by_month(w: World, told: Inputs, until: int | None = None) -> Iterator[World]:
    """The world after each month, from the month of its clock on."""
    tallies, ledgers = run_tables(told)
    for month in range(int(w.clock["month"][0]), told.months if until is None else until):
        go_on(w, month + 1, tallies, ledgers)
        yield w


def there(w: World) -> np.ndarray:
    """Living organizations, sorted by key."""
    rows = w.organizations[: w.clock["organizations"][0]]
    rows = rows[rows["alive"] == 1]
    return rows[np.argsort(rows["key"])]


def add_organization(w: World, like: np.void, key: int) -> None:
    """One organization more, a copy of another but for its key; it is felt from the next month on."""
    count = int(w.clock["organizations"][0])
    if count == len(w.organizations):
        for name in ("organizations", "order"):
            old = getattr(w, name)
            w.put(name, np.concatenate([old, np.zeros(64, old.dtype)]))
    row = np.zeros(1, record(ORGANIZATION))
    row[0] = like
    row["key"] = np.uint64(key)
    w.organizations[count : count + 1] = row
    w.clock["organizations"] = count + 1
