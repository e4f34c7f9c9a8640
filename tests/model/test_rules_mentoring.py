"""Mentoring (process 9): registered organizations of standing help filed ones; mature ones are brought in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import FILED, GROUP, GROWING, MATURE, OUTSIDE, REGISTERED
from miaopu.model.tallies import BROUGHT_IN, MENTORED
from miaopu.model.world import World
from miaopu.tests.model.calling import run_mentoring
from miaopu.tests.model.worlds import at_month, inputs, make_room, organizations, place, set_levers, values, world


def _world(mentors: int = 5, pupils: int = 200, districts: int = 1, pairs: float = 24.0, **state: Any) -> World:
    """So many possible mentors and pupils in every district."""
    w = world(inputs(place(districts, 1, 1), months=36))
    each = mentors + pupils
    is_mentor = np.tile(np.arange(each) < mentors, districts)
    basis = {"ladder": np.where(is_mentor, REGISTERED, FILED), "stage": np.where(is_mentor, MATURE, GROWING)}
    organizations(w, each * districts, **(basis | state))
    w.districts["due_pairs"] = w.districts["due_outside"] = 0.0
    return set_levers(w, mentoring_pairs=pairs)


def _run(w: World, months: int) -> World:
    for month in range(months):
        run_mentoring(at_month(w, month))
    return w


def test_as_many_pairs_are_formed_as_the_plan_wants() -> None:
    w = _run(_world(mentors=12, districts=2), 12)
    assert w.tallies[:, MENTORED].tolist() == [24.0, 24.0]
    taught = w.organizations[w.organizations["mentored"] > 0]
    assert len(taught) == 48 and (taught["ladder"] == FILED).all()


def test_no_pairs_without_the_lever() -> None:
    w = _run(_world(pairs=0.0), 24)
    assert not w.tallies[:, MENTORED].any() and not w.organizations["mentored"].any()


@pytest.mark.parametrize("state", [{"active": 0}, {"ladder": GROUP}, {"ladder": FILED}, {"stage": GROWING}])
def test_without_a_mentor_of_standing_there_is_no_pair(state: dict[str, int]) -> None:
    w = _run(_world(**state), 6)
    assert not w.tallies[:, MENTORED].any()
    assert w.districts["due_pairs"][0] <= 24.0, "what cannot be done is not saved up for ever"


def test_a_mentor_takes_at_most_two_at_once() -> None:
    w = _world(mentors=3, pairs=500.0)
    w.districts["due_pairs"] = 100.0
    run_mentoring(w)
    taught = w.organizations[w.organizations["mentored"] > 0]
    teachers, counts = np.unique(taught["mentor"], return_counts=True)
    assert counts.tolist() == [2, 2, 2]
    mentors = w.organizations[w.organizations["ladder"] == REGISTERED]
    np.testing.assert_array_equal(np.sort(mentors["key"]), teachers)


def test_a_mentor_with_two_pupils_takes_no_third_one_in_the_months_after() -> None:
    w = _run(_world(mentors=5), 12)
    assert w.tallies[0, MENTORED] == 10
    assert (np.unique(w.organizations["mentor"][w.organizations["mentored"] > 0], return_counts=True)[1] == 2).all()


def test_a_pair_lasts_a_year_and_the_pupil_knows_its_mentors_level() -> None:
    w = _run(_world(governance=0.8, service=0.6, finance=0.4, leadership=0.2), 1)
    taught = w.organizations[w.organizations["mentored"] > 0]
    assert (taught["mentored"] == 12).all() and taught["mentor_level"] == pytest.approx(0.5)


def test_who_has_a_mentor_gets_no_second_one() -> None:
    w = _world(mentors=50, pupils=10, pairs=500.0)
    w.districts["due_pairs"] = 100.0
    _run(w, 3)
    assert w.tallies[0, MENTORED] == 10


def _with_room(yearly: float, districts: int = 2) -> World:
    w = world(inputs(place(districts, 2, 3), months=36))
    organizations(w, 0)
    make_room(w, 1000)
    w.districts["due_outside"] = 0.0
    return set_levers(w, mentoring_outside_organizations=yearly)


@pytest.mark.parametrize("yearly", [0.0, 2.0, 20.0])
def test_as_many_organizations_are_brought_in_as_the_plan_wants(yearly: float) -> None:
    w = _run(_with_room(yearly), 12)
    assert w.tallies[:, BROUGHT_IN].tolist() == [yearly, yearly]
    assert w.clock["organizations"][0] == 2 * yearly


def test_who_is_brought_in_is_registered_mature_active_and_of_its_own_identity() -> None:
    w = _run(_with_room(20.0), 24)
    w.districts["push"] = 1.0
    there = w.organizations[: w.clock["organizations"][0]]
    for name, value in {"origin": OUTSIDE, "ladder": REGISTERED, "stage": MATURE, "active": 1, "alive": 1}.items():
        assert (there[name] == value).all()
    assert len(np.unique(there["key"])) == len(there) == 80
    parts = [there[name] for name in ("governance", "service", "finance", "leadership")]
    assert values()["mature_level"] <= np.mean(parts) < 0.7, "able, and not perfect"
    np.testing.assert_array_equal(there["district"], w.communities["district"][there["community"]])
    assert len(np.unique(there["community"])) == 12, "they settle all over their district"


def test_who_is_brought_in_may_mentor_at_once() -> None:
    w = _world(mentors=5, stage=GROWING, origin=OUTSIDE)
    assert _run(w, 1).tallies[0, MENTORED] == 2.0
