"""Party building (process 14): branches of their own, joint ones, instructors and recruitment, each at its rate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import FILED, GROUP, JOINT_BRANCH, NO_PARTY, OWN_BRANCH
from miaopu.model.world import World
from miaopu.tests.model.calling import run_party
from miaopu.tests.model.worlds import agrees, inputs, organizations, place, set_levers, values, world

COUNT = 6000


def _world(**state: Any) -> World:
    w = world(inputs(place()), own_branch=0.8, recruitment=0.6)
    organizations(w, COUNT, **({"ladder": FILED} | state))
    return w


def _chance(rate: float) -> float:
    return 1 - np.exp(-rate / 12)


@pytest.mark.parametrize("cells", [0.0, 1.0])
def test_branches_of_their_own_come_with_the_stated_rate_where_they_can_be_formed(cells: float) -> None:
    ready = np.arange(COUNT) % 2
    w = set_levers(_world(party_ready=ready), party_cells_at_filing=cells)
    run_party(w)
    own = w.organizations["party"] == OWN_BRANCH
    assert not own[ready == 0].any()
    assert agrees(own.sum(), ready.sum(), _chance(0.8 * (1 + 4 * cells)))


@pytest.mark.parametrize(("levers", "quality", "pays"), [
    ({"funding_party_priority": 1.0}, 0.0, 1.0), ({"incubation_party_priority": 1.0}, 0.5, 0.5),
    ({"incubation_party_priority": 1.0}, 0.0, 0.0),
])  # fmt: skip
def test_more_form_a_branch_where_it_counts_for_money_or_for_a_hubs_slots(
    levers: dict[str, float], quality: float, pays: float
) -> None:
    w = set_levers(_world(party_ready=1), **levers)
    w.streets["hub_quality"] = quality
    run_party(w)
    own = (w.organizations["party"] == OWN_BRANCH).sum()
    assert agrees(own, COUNT, _chance(0.8 * (1 + values()["priority_pull"] * pays)))


def test_groups_form_no_branch_of_their_own() -> None:
    w = _world(party_ready=1, ladder=GROUP)
    run_party(w)
    assert (w.organizations["party"] == NO_PARTY).all()


def test_joint_branches_come_with_the_lever_only() -> None:
    for lever in (0.0, 0.5, 1.0):
        w = set_levers(_world(), party_joint_branches=lever)
        run_party(w)
        joint = (w.organizations["party"] == JOINT_BRANCH).sum()
        assert agrees(joint, COUNT, _chance(values()["joint_branch"] * lever)) and (lever > 0 or joint == 0)


@pytest.mark.parametrize("instructors", [60.0, 600.0, 6000.0])
def test_instructors_reach_as_many_organizations_as_they_can(instructors: float) -> None:
    p = values()
    w = set_levers(_world(), party_instructors=instructors)
    run_party(w)
    reached = min(1.0, instructors * p["clients_per_instructor"] / COUNT)
    joint = (w.organizations["party"] == JOINT_BRANCH).sum()
    assert agrees(joint, COUNT, _chance(p["by_instructor"] * reached))


def test_a_joint_branch_may_become_one_of_its_own_and_no_branch_is_given_up() -> None:
    w = set_levers(_world(party=np.arange(COUNT) % 3, party_ready=1), party_joint_branches=1.0)
    before = w.organizations["party"].copy()
    run_party(w)
    after = w.organizations["party"]
    assert (after >= before).all()
    assert agrees((after[before == JOINT_BRANCH] == OWN_BRANCH).sum(), COUNT // 3, _chance(0.8))


def test_leaders_become_members_with_the_stated_rate_and_can_then_form_a_branch() -> None:
    w = set_levers(_world(), party_recruitment=1.0)
    run_party(w)
    members = w.organizations["leader_party"] == 1
    assert agrees(members.sum(), COUNT, _chance(0.6))
    np.testing.assert_array_equal(w.organizations["party_ready"] == 1, members)


@pytest.mark.parametrize("state", [{"active": 0}, {"alive": 0}])
def test_nothing_is_built_among_the_dormant(state: dict[str, int]) -> None:
    w = set_levers(_world(party_ready=1, **state), party_joint_branches=1.0, party_recruitment=1.0)
    run_party(w)
    assert not w.organizations["party"].any() and not w.organizations["leader_party"].any()
