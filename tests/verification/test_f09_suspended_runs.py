"""F9, split runs: a run that is suspended in any month, saved and resumed is the run without a stop, bit for bit."""

from __future__ import annotations

import copy
import hashlib
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from miaopu.model.inputs import Inputs
from miaopu.model.month import TIDY_EVERY
from miaopu.model.simulation import begin, go_on
from miaopu.model.world import World
from miaopu.scenarios import load
from miaopu.tests.model.worlds import inputs, place, run_tables, values
from miaopu.tests.verification import saving
from miaopu.tests.verification.saving import restore, save, state_of

MANY = {"founding_balance": 200.0, "leaders_among_elders": 1.0}


def _crowded() -> Inputs:
    """A place whose arrays must grow, in most months twice before they are sorted anew."""
    return inputs(place(2, 2, 5, residents=50_000.0, filed=2.0, groups=2.0), 24)


def _end(w: World, told: Inputs, tallies: np.ndarray, ledgers: np.ndarray) -> str:
    go_on(w, told.months, tallies, ledgers)
    return hashlib.sha256(state_of(w) + tallies.tobytes() + ledgers.tobytes()).hexdigest()


def _whole(told: Inputs, seed: int, parameters: dict[str, float] | None = None) -> str:
    return _end(begin(told, parameters, seed), told, *run_tables(told))


def _saved_after(told: Inputs, month: int, path: Path, parameters: dict[str, float] | None, seed: int) -> int:
    w = begin(told, parameters, seed)
    tallies, ledgers = run_tables(told)
    rows = len(w.organizations)
    go_on(w, month, tallies, ledgers)
    save(w, tallies, ledgers, path)
    return len(w.organizations) - rows


@pytest.mark.parametrize("scenario", ["town", "town-baseline"])
def test_a_run_saved_to_disk_in_any_month_and_resumed_is_the_run_without_a_stop(scenario: str, tmp_path: Path) -> None:
    told = load(scenario)
    whole = _whole(told, 5)
    for month in range(told.months + 1):
        _saved_after(told, month, tmp_path / "run", None, 5)
        w, tallies, ledgers = restore(tmp_path / "run")
        assert w.clock["month"][0] == month
        assert _end(w, told, tallies, ledgers) == whole, month


def test_a_run_saved_and_resumed_every_month_is_the_run_without_a_stop(tmp_path: Path) -> None:
    told = load("town")
    w = begin(told, None, 6)
    tallies, ledgers = run_tables(told)
    for month in range(told.months):
        save(w, tallies, ledgers, tmp_path / "run")
        w, tallies, ledgers = restore(tmp_path / "run")
        go_on(w, month + 1, tallies, ledgers)
    assert _end(w, told, tallies, ledgers) == _whole(told, 6)


def test_resuming_reaches_across_arrays_that_grow_and_rows_that_are_sorted(tmp_path: Path) -> None:
    told = _crowded()
    whole = _whole(told, 1, values(**MANY))
    grown = []
    for month in range(told.months):
        grown.append(_saved_after(told, month, tmp_path / "run", values(**MANY), 1))
        w, tallies, ledgers = restore(tmp_path / "run")
        assert _end(w, told, tallies, ledgers) == whole, month
    growing = {month for month in range(1, told.months) if grown[month] > grown[month - 1]}
    assert len(growing) >= 3, "some months enlarge the arrays"
    assert any(month % TIDY_EVERY for month in growing), "and some of them long before rows are sorted anew"


def _by_pickle(w: World) -> World:
    return pickle.loads(pickle.dumps(w))


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, _by_pickle])
def test_a_copy_of_a_world_is_a_world_of_its_own_or_refused(copied: Callable[[World], World]) -> None:
    """A copy must never run in the memory of its original."""
    told = load("town")
    w = begin(told, None, 2)
    tallies, ledgers = run_tables(told)
    go_on(w, 7, tallies, ledgers)
    before = state_of(w)
    try:
        other = copied(w)
    except TypeError:
        return
    end = _end(other, told, tallies.copy(), ledgers.copy())
    assert state_of(w) == before, "the original stays where it was"
    assert end == _end(w, told, tallies, ledgers) == _whole(told, 2)


@pytest.mark.slow
def test_another_process_goes_on_with_a_saved_run(tmp_path: Path) -> None:
    told = load("town")
    _saved_after(told, 31, tmp_path / "run", None, 8)
    program = [sys.executable, saving.__file__ or "", str(tmp_path / "run"), "town"]
    done = subprocess.run(program, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == _whole(told, 8)
