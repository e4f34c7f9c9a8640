"""Growth (process 13): capabilities saturate and erode, money comes and goes, leaders leave."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import FILED, GROUP, GROWING, NASCENT, REGISTERED
from miaopu.model.ledger import EARNED, ORGANIZATION, RUNNING_COST, TAX
from miaopu.model.processes.growth import dependence, grown
from miaopu.model.world import World
from miaopu.tests.model.calling import run_growth
from miaopu.tests.model.worlds import (
    agrees,
    held,
    inputs,
    nothing_lost,
    organizations,
    place,
    set_levers,
    values,
    world,
)

COUNT = 4000
PARTS = ("governance", "service", "finance", "leadership")
SETTLED = {"leader_turnover": 0.0}


def _world(count: int = COUNT, **state: Any) -> World:
    w = world(inputs(place(1, 1, 4)))
    organizations(w, count, **({"ladder": FILED} | state))
    return w


def _level(w: World, part: str) -> float:
    return float(w.organizations[part][0])


def test_a_capability_settles_where_learning_balances_erosion() -> None:
    for push, erosion in ((0.3, 0.15), (0.0, 0.2), (2.0, 0.1)):
        for level in (0.0, 0.5, 1.0):
            for _ in range(1500):
                level = float(grown.py_func(level, push, erosion))
            assert level == pytest.approx(push / (push + erosion), abs=1e-4)


def test_capability_stays_between_nothing_and_all_whatever_pushes_it() -> None:
    for push in (0.0, 1.0, 1e6):
        for erosion in (0.0, 1.0, 1e6):
            for level in (0.0, 0.3, 1.0):
                assert 0.0 <= grown.py_func(level, push, erosion) <= 1.0


def test_all_four_capabilities_stay_shares_under_the_strongest_support() -> None:
    w = set_levers(_world(50, gift=1.9, support=1.0, trained=1.0, mentored=99, mentor_level=1.0, public12=1e9,
                          party=2, activity=50.0), evaluation_supervision=1.0, hubs_service_lines=1.0,
                   incubation_stage_matching=1.0, rural_staff=10.0, party_instructors=20.0)  # fmt: skip
    w.districts["rules"] = w.districts["licensed"] = 1.0
    w.districts["talent"] = 500.0
    for _ in range(60):
        run_growth(w)
        for part in PARTS:
            assert w.organizations[part].min() >= 0.0 and w.organizations[part].max() <= 1.0


@pytest.mark.parametrize(("helped", "parts"), [
    ({"support": 1.0}, {"governance", "service", "finance"}),
    ({"trained": 1.0}, set(PARTS)),
    ({"mentored": 12, "mentor_level": 0.9}, {"service", "finance", "leadership"}),
    ({"activity": 0.0}, set()),
    ({"public12": 1e5, "own12": 1e9}, {"service"}),
    ({"ladder": REGISTERED}, {"governance", "service", "finance"}),
])  # fmt: skip
def test_what_helps_an_organization_helps_the_capabilities_that_it_concerns(
    helped: dict[str, Any], parts: set[str]
) -> None:
    usual, better = _world(1), _world(1, **helped)
    for w in (usual, better):
        w.parameters["leader_turnover"] = 0.0
        run_growth(w)
    gained = {part for part in PARTS if _level(better, part) > _level(usual, part)}
    assert gained == parts


def test_no_mentor_pulls_anybody_down() -> None:
    usual, taught = _world(1), _world(1, mentored=12, mentor_level=0.1)
    for w in (usual, taught):
        run_growth(w)
    assert all(_level(usual, part) == _level(taught, part) for part in PARTS)


def test_rules_help_the_recognised_and_self_management_the_groups() -> None:
    def governance(ladder: int, rules: float, self_management: float) -> float:
        w = set_levers(_world(1, ladder=ladder), ladder_self_management=self_management)
        w.districts["rules"] = rules
        run_growth(w)
        return _level(w, "governance")

    assert governance(FILED, 1.0, 0.0) > governance(FILED, 0.0, 0.0) == governance(FILED, 0.0, 1.0)
    assert governance(GROUP, 0.0, 1.0) > governance(GROUP, 0.0, 0.0) == governance(GROUP, 1.0, 0.0)


def test_matched_support_teaches_the_growing_to_earn() -> None:
    finance = {}
    for stage in (NASCENT, GROWING):
        w = set_levers(_world(1, stage=stage, support=1.0), incubation_stage_matching=1.0)
        run_growth(w)
        finance[stage] = _level(w, "finance")
    assert finance[GROWING] > finance[NASCENT]


def test_those_who_live_on_grants_forget_how_to_earn() -> None:
    finance = []
    for share in (0.0, 0.5, 0.69, 0.75, 0.9, 1.0):
        w = _world(1, public12=share * 1e6, own12=(1 - share) * 1e6)
        w.parameters["earned_filed"] = 0.0
        run_growth(w)
        finance.append(_level(w, "finance"))
    assert finance[0] == finance[1] == finance[2] > finance[3] > finance[4] > finance[5], (
        "up to 70 % of public money does no harm"
    )
    for public, own, share in ((0.0, 0.0, 0.0), (0.0, 5.0, 0.0), (3.0, 1.0, 0.75)):
        assert dependence.py_func(SimpleNamespace(public12=public, own12=own)) == share


@pytest.mark.parametrize(("ladder", "name"), [(GROUP, "group"), (FILED, "filed"), (REGISTERED, "registered")])
def test_income_follows_skill_and_tax_is_due_from_the_registered_only(ladder: int, name: str) -> None:
    p = values()
    w = set_levers(_world(10, ladder=ladder, finance=0.5, cash=0), social_pooling=1.0, funding_tax_relief=0.25)
    before = held(w)
    run_growth(w)
    income = round(p[f"earned_{name}"] * (0.3 + 1.4 * 0.5) * 1.3 / 12 * 100)
    assert w.ledger[ORGANIZATION, EARNED] == 10 * income
    assert w.ledger[ORGANIZATION, TAX] == 10 * (int(income * p["tax"] * 0.75) if ladder == REGISTERED else 0)
    assert nothing_lost(w, before)


def test_full_relief_leaves_no_tax() -> None:
    w = set_levers(_world(10, ladder=REGISTERED), funding_tax_relief=1.0)
    run_growth(w)
    assert w.ledger[ORGANIZATION, TAX] == 0


def test_nobody_spends_what_is_not_there_and_project_money_is_worked_off() -> None:
    cash = np.array([0, 1, 5000, 10**6, 10**9])
    w = _world(5, cash=cash)
    before = held(w)
    for month in range(48):
        run_growth(w)
        assert (w.organizations["cash"] >= 0).all(), month
    assert w.organizations["cash"][4] < 10**7, "a large purse is worked off within about a year"
    assert w.ledger[ORGANIZATION, RUNNING_COST] > 9 * 10**8
    assert nothing_lost(w, before)


def test_money_of_long_ago_fades_from_the_year_s_account() -> None:
    w = _world(1, public12=1200.0, own12=0.0)
    w.parameters["earned_filed"] = 0.0
    for _ in range(12):
        run_growth(w)
    assert w.organizations["public12"][0] == pytest.approx(1200 * (11 / 12) ** 12)


@pytest.mark.parametrize(("committee", "recruitment", "held_back"), [(0, 0.0, 1.0), (1, 0.0, 0.7), (0, 1.0, 0.8)])
def test_leaders_leave_with_the_stated_rate_and_take_something_along(
    committee: int, recruitment: float, held_back: float
) -> None:
    w = set_levers(_world(leader_committee=committee, trained=0.8, leadership=0.5), party_recruitment=recruitment)
    w.parameters["leader_turnover"], w.parameters["leader_loss"] = 9.0, 0.4
    run_growth(w)
    left = w.organizations["trained"] == 0.0
    assert agrees(left.sum(), COUNT, 1 - np.exp(-9.0 * held_back / 12))
    stayed, gone = w.organizations["leadership"][~left], w.organizations["leadership"][left]
    assert gone == pytest.approx(0.6 * stayed[0])
    assert not w.organizations["leader_committee"][left].any()


def test_a_pool_of_talent_softens_the_loss() -> None:
    w = _world(trained=0.8)
    w.parameters["leader_turnover"], w.districts["backbone"] = 1e9, 1e9
    run_growth(w)
    assert w.organizations["trained"] == pytest.approx(0.4)
    assert w.organizations["leadership"].min() > 0.4 * (1 - values()["leader_loss"])


def test_a_model_charter_leads_as_far_as_its_own_standard() -> None:
    def gain(governance: float) -> float:
        without, ruled = (_world(ladder=FILED, governance=governance) for _ in range(2))
        ruled.districts["rules"] = 1.0
        for w in (without, ruled):
            w.parameters["charter_level"] = 0.6
            run_growth(w)
        return float((ruled.organizations["governance"] - without.organizations["governance"]).mean())

    assert gain(0.1) > gain(0.3) > gain(0.5) > 0.0 and gain(0.6) == gain(0.9) == 0.0


def test_able_leaders_are_taken_into_sub_committees_with_the_stated_rate() -> None:
    able = np.arange(COUNT) % 2 == 0
    w = set_levers(_world(leadership=np.where(able, 0.45, 0.35)), committee_co_option=0.8)
    w.parameters["leader_turnover"], w.parameters["co_option"] = 0.0, 2.0
    run_growth(w)
    seated = w.organizations["leader_committee"] == 1
    assert not seated[~able].any()
    assert agrees(seated.sum(), able.sum(), 1 - np.exp(-2.0 * 0.8 / 12))


def test_everybody_grows_older_by_a_month() -> None:
    w = _world(10, age=np.arange(10), mentored=np.arange(10), active=np.arange(10) % 2)
    run_growth(w)
    assert w.organizations["age"].tolist() == list(range(1, 11))
    assert w.organizations["mentored"].tolist() == [0, *range(9)]


def test_the_dormant_neither_learn_nor_lose_their_leader() -> None:
    w = _world(10, active=0, trained=0.5, mentored=3, mentor_level=0.9)
    before = w.organizations.copy()
    w.parameters["leader_turnover"] = 1e9
    run_growth(w)
    for part in (*PARTS, "trained", "members"):
        np.testing.assert_array_equal(w.organizations[part], before[part])


def test_the_dormant_earn_nothing() -> None:
    w = _world(10, active=0, cash=0)
    run_growth(w)
    assert not w.ledger.any()


def test_members_come_slowly_where_service_is_good() -> None:
    w = _world(2, service=np.array([0.1, 0.9]), members=30.0)
    w.communities["trust"] = 0.5
    for _ in range(240):
        w.organizations["service"] = [0.1, 0.9]
        run_growth(w)
    assert w.organizations["members"] == pytest.approx([15 + 2.5 + 5, 15 + 22.5 + 5], abs=0.4)
