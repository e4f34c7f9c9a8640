"""The same run from the same seed, whatever else happens: nothing but seed, inputs and parameters decides."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from miaopu.model.inputs import Inputs
from miaopu.model.simulation import Outcome, begin, go_on, simulate
from miaopu.model.uncertainty import central_parameters, parameter_record
from miaopu.model.world import World
from miaopu.tests.model.invariants import living
from miaopu.tests.model.worlds import inputs, one_place_less, place, run_tables, values

PROGRAM = (
    "import sys\n"
    "from miaopu.scenarios import load\n"
    "from miaopu.model.simulation import simulate\n"
    "from miaopu.tests.model.test_determinism import digest\n"
    "print(digest(simulate(load('town'), None, 99)))\n"
)


def digest(outcome: Outcome) -> str:
    """A fingerprint of everything that a run leaves."""
    found = hashlib.sha256()
    for array in outcome:
        found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()


def test_the_same_seed_gives_the_same_run_and_another_seed_another(town: Inputs) -> None:
    fingerprints = [digest(simulate(town, None, seed)) for seed in (1, 1, 2, 3)]
    assert fingerprints[0] == fingerprints[1] and len(set(fingerprints)) == 3


def test_no_parameters_are_the_central_ones(plan: Inputs) -> None:
    assert digest(simulate(plan, central_parameters(plan.parameters), 1)) == digest(simulate(plan, None, 1))


def test_parameters_given_in_another_order_are_the_same_parameters() -> None:
    backwards = dict(reversed(list(values().items())))
    assert parameter_record(backwards).dtype == parameter_record(values()).dtype


@pytest.mark.parametrize("seed", [0, 2**63, 2**63 + 1, 2**64 - 1])
def test_seeds_of_all_64_bits_work_and_differ(plan: Inputs, seed: int) -> None:
    outcome = simulate(plan, None, seed)
    assert outcome.tallies[-1].any() and np.isfinite(outcome.tallies).all()
    assert digest(outcome) != digest(simulate(plan, None, seed ^ (1 << 63)))


def _run(told: Inputs, seed: int, stops: list[int], look: Callable[[World], object] = bool) -> Outcome:
    """A run that is stopped after these months and looked at."""
    w = begin(told, None, seed)
    tallies, ledgers = run_tables(told)
    for stop in [*stops, told.months]:
        go_on(w, stop, tallies, ledgers)
        look(w)
    return Outcome(tallies, w.streets["first_nominal"].copy(), w.streets["first_effective"].copy(), ledgers)


@pytest.mark.parametrize("stops", [[1], [7], [5, 6, 7], [30, 31], list(range(1, 60))])
def test_a_run_that_is_stopped_and_resumed_is_the_run_without_a_stop(town: Inputs, stops: list[int]) -> None:
    assert digest(_run(town, 5, stops)) == digest(simulate(town, None, 5))


def test_looking_at_the_world_changes_nothing(plan: Inputs) -> None:
    def look(w: World) -> None:
        for name in World.ARRAYS:
            np.array(getattr(w, name)).sum if getattr(w, name).dtype.names is None else getattr(w, name).copy()
        living(w)["cash"].sum()

    assert digest(_run(plan, 6, list(range(1, 60)), look)) == digest(simulate(plan, None, 6))


def test_what_is_kept_of_a_run_does_not_change_it(plan: Inputs) -> None:
    """Whether somebody keeps the tallies of earlier months or wipes them out."""
    tallies, ledgers = run_tables(plan)
    w = begin(plan, None, 7)
    for month in range(plan.months):
        go_on(w, month + 1, tallies, ledgers)
        tallies[:month] = np.nan
    whole = simulate(plan, None, 7)
    np.testing.assert_array_equal(tallies[-1], whole.tallies[-1])
    np.testing.assert_array_equal(ledgers, whole.ledger)


def test_runs_do_not_share_anything(plan: Inputs) -> None:
    """Two worlds of one scenario go on in turn as each would alone."""
    alone = [digest(simulate(plan, None, seed)) for seed in (8, 9)]
    worlds = [begin(plan, None, seed) for seed in (8, 9)]
    kept = [run_tables(plan) for _ in worlds]
    for month in range(plan.months):
        for w, (tallies, ledgers) in zip(worlds, kept, strict=True):
            go_on(w, month + 1, tallies, ledgers)
    ends = [
        Outcome(tallies, w.streets["first_nominal"], w.streets["first_effective"], ledgers)
        for w, (tallies, ledgers) in zip(worlds, kept, strict=True)
    ]
    assert [digest(end) for end in ends] == alone


def test_a_run_leaves_its_inputs_as_they_were(plan: Inputs) -> None:
    before = [array.copy() for array in (plan.timetable, plan.shocks, plan.clean_up, plan.place.residents)]
    simulate(plan, None, 10)
    for array, kept in zip((plan.timetable, plan.shocks, plan.clean_up, plan.place.residents), before, strict=True):
        np.testing.assert_array_equal(array, kept)


@pytest.mark.parametrize("missing", [0, 3, 8])
def test_one_community_more_changes_nobody_elses_start(missing: int) -> None:
    """One line more in a roster: the other communities have the same organizations, name by name."""
    where = place(1, 3, 3, hub=-1, filed=np.nan, registered=np.nan, groups=np.nan)
    with_all, with_less = begin(inputs(where), None, 4), begin(inputs(one_place_less(where, missing)), None, 4)
    gone = where.community_key[missing]
    keys = np.array(with_all.communities["key"])
    others = living(with_all)[keys[living(with_all)["community"]] != gone]
    same = living(with_less)
    order, same_order = np.argsort(others["key"]), np.argsort(same["key"])
    for name in (field for field in same.dtype.names or () if field != "community"):
        np.testing.assert_array_equal(others[name][order], same[name][same_order], err_msg=name)
    for name in ("rank", "residents", "base_births", "trust", "known"):
        kept = with_all.communities[name][keys != gone]
        np.testing.assert_array_equal(kept, with_less.communities[name])
    np.testing.assert_array_equal(with_all.streets["counted"], with_less.streets["counted"])
    np.testing.assert_array_equal(with_all.districts["effect"], with_less.districts["effect"])


def test_a_lever_of_one_district_leaves_a_district_without_ties_alone() -> None:
    """Locality: two districts that share neither neighbours nor a funder do not feel each other's plan."""
    told = inputs(place(2, 3, 2, neighbours=True, hub=-1, filed=np.nan, groups=np.nan), 36,
                  money={"district_bureau": 1e6})  # fmt: skip
    changed = inputs(told.place, 36, money={"district_bureau": 1e6})
    changed.timetable["assessment_order_strength"][:, 0] = 0.5
    changed.timetable["funding_venture_budget"][:, 0] = 5e5
    changed.timetable["needs_visits"][:, 0] = 2.0
    usual, touched = (simulate(case, None, 12).tallies for case in (told, changed))
    np.testing.assert_array_equal(usual[:, 1], touched[:, 1])
    assert (usual[:, 0] != touched[:, 0]).any()


@pytest.mark.slow
def test_python_hash_seed_changes_nothing(plan: Inputs) -> None:
    here = digest(simulate(plan, None, 99))
    for seed in ("0", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, check=True, capture_output=True, text=True
        )
        assert done.stdout.strip() == here
