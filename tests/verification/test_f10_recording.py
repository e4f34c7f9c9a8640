"""F10, recording: nothing that is recorded is ever read by a rule."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from miaopu.model.inputs import Inputs
from miaopu.model.simulation import begin, go_on
from miaopu.model.world import World
from miaopu.scenarios import load
from miaopu.tests.model.worlds import run_tables
from miaopu.tests.verification.saving import fields

RECORDED = {"tallies", "ledger"}


def _state(w: World) -> bytes:
    """Everything in the world but what is recorded."""
    count = int(w.clock["organizations"][0])
    used = {name: getattr(w, name) for name in World.ARRAYS if name not in RECORDED | {"order"}}
    used["organizations"] = w.organizations[:count]
    return b"".join(fields(used[name]) for name in sorted(used))


def _spoil_tallies(w: World, tallies: np.ndarray, ledgers: np.ndarray) -> None:
    tallies[:] = np.nan
    w.tallies[:] = np.nan


def _spoil_ledgers(w: World, tallies: np.ndarray, ledgers: np.ndarray) -> None:
    ledgers += 10**9
    w.ledger[:] = -(10**9)


@pytest.mark.parametrize("spoil", [_spoil_tallies, _spoil_ledgers])
@pytest.mark.parametrize("scenario", ["town", "town-baseline"])
def test_spoiling_what_was_recorded_every_month_changes_nothing_that_happens(
    scenario: str, spoil: Callable[[World, np.ndarray, np.ndarray], None]
) -> None:
    told: Inputs = load(scenario)
    worlds = [begin(told, None, 4) for _ in range(2)]
    tables = [run_tables(told) for _ in worlds]
    for month in range(told.months):
        for w, recorded in zip(worlds, tables, strict=True):
            go_on(w, month + 1, *recorded)
        assert _state(worlds[0]) == _state(worlds[1]), month
        spoil(worlds[1], *tables[1])


def test_how_often_a_run_hands_over_its_records_changes_nothing() -> None:
    told = load("town")
    ends = []
    for every in (1, 5, 12, told.months):
        w = begin(told, None, 4)
        recorded = run_tables(told)
        for month in range(every, told.months + 1, every):
            go_on(w, month, *recorded)
        ends.append((_state(w), recorded[0].tobytes(), recorded[1].tobytes()))
    assert all(end == ends[0] for end in ends)
