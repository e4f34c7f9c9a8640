"""Ladder (process 15): asking, waiting, filing, registering; stages that follow capability up and down."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.codes import (
    BRAND,
    FILED,
    GROUP,
    GROWING,
    LEGAL_PARTNER,
    MATURE,
    NASCENT,
    NO_CUSTODIAN,
    OWN_BRANCH,
    PAPER,
    REGISTERED,
)
from miaopu.model.tallies import NEWLY_FILED, NEWLY_REGISTERED
from miaopu.model.world import World
from miaopu.tests.model.calling import regroup, run_ladder
from miaopu.tests.model.worlds import agrees, at_month, inputs, organizations, place, set_levers, values, world

COUNT = 6000
LEVEL = 0.4  # mean capability of the organizations here


def _world(count: int = COUNT, staff: float = 1e9, **state: Any) -> World:
    """Groups of one street, with so many people who handle filings."""
    w = world(inputs(place(1, 1, 4), months=48), ledger_rate=0.0)
    organizations(w, count, **state)
    w.streets["filing_staff"] = staff
    return set_levers(w, ladder_filing_staff=staff, ladder_filing_months=0.0, ladder_registration_months=0.0)


def _chance(rate: float) -> float:
    return 1 - np.exp(-rate / 12)


def _asking(w: World) -> int:
    return int((w.organizations["queue"] >= 0).sum())


def _usual_rate() -> float:
    p = values()
    filing_rate = p["filing_flow"] / (p["start_group_ratio"] * p["start_known_groups"])
    return filing_rate * (0.4 + 1.2 * min(1.0, 0.5 * LEVEL / p["start_capability"]))


def test_known_groups_ask_to_be_filed_with_the_stated_rate() -> None:
    w = _world()
    run_ladder(w)
    assert agrees(_asking(w), COUNT, _chance(_usual_rate()))
    assert w.tallies[0, NEWLY_FILED] == 0, "nobody is filed in the month of asking"


@pytest.mark.parametrize(("drive", "commitment", "push", "month", "factor"), [
    (1.0, 0.0, 0.0, 1, 3.5), (0.0, 1.0, 0.0, 1, 2.25), (1.0, 1.0, 0.0, 1, 3.5), (0.0, 0.0, 1.0, 9, 1.0),
    (0.0, 0.0, 1.0, 11, 3.0),
])  # fmt: skip
def test_drives_pressure_and_the_last_quarter_multiply_asking(
    drive: float, commitment: float, push: float, month: int, factor: float
) -> None:
    w = set_levers(at_month(_world(), 0, month), ladder_filing_drive=drive)
    w.parameters["filing_drive"] = 3.5
    w.streets["commitment"], w.districts["push"] = commitment, push
    run_ladder(w)
    assert agrees(_asking(w), COUNT, _chance(_usual_rate() * factor))


@pytest.mark.parametrize(
    ("reach", "lines", "rules", "factor"), [(1.0, 1.0, 0.0, 1.5), (1.0, 0.0, 1.0, 1.3), (0.0, 1.0, 0.0, 1.0)]
)
def test_advice_and_clear_rules_help_to_ask(reach: float, lines: float, rules: float, factor: float) -> None:
    w = set_levers(_world(30_000), hubs_service_lines=lines, ladder_filing_drive=1.0)
    w.streets["hub_reach"], w.districts["rules"] = reach, rules
    run_ladder(w)
    assert agrees(_asking(w), 30_000, _chance(_usual_rate() * values()["filing_drive"] * factor))


def test_filing_under_clear_rules_starts_with_better_governance() -> None:
    w = _world(50, queue=5, governance=0.4)
    w.districts["rules"] = 0.5
    run_ladder(w)
    assert w.organizations["governance"] == pytest.approx(0.45)


@pytest.mark.parametrize("state", [{"known": 0}, {"active": 0}, {"alive": 0}])
def test_unknown_and_dormant_groups_do_not_ask(state: dict[str, int]) -> None:
    w = set_levers(_world(**state), ladder_filing_drive=1.0)
    run_ladder(w)
    assert _asking(w) == 0


def test_groups_on_paper_are_filed_all_the_same() -> None:
    w = _world(active=0, origin=PAPER)
    run_ladder(w)
    assert _asking(w) > 0


@pytest.mark.parametrize(("months", "rules"), [(0.0, 0.0), (3.0, 0.0), (3.0, 1.0), (6.0, 0.5)])
def test_nobody_is_filed_before_the_set_time(months: float, rules: float) -> None:
    w = set_levers(_world(300, queue=0), ladder_filing_months=months)
    w.districts["rules"] = rules
    waited = next(month for month in range(1, 20) if not run_ladder(w) and (w.organizations["ladder"] == FILED).any())
    assert waited == max(1, np.ceil(months * (1 - 0.4 * rules)))
    assert (w.organizations["ladder"] == FILED).all() and w.tallies[0, NEWLY_FILED] == 300
    assert (w.organizations["queue"] == -1).all() and (w.organizations["ladder_months"] == 0).all()


@pytest.mark.parametrize(
    ("staff", "skill", "shock"), [(2.0, 0.0, 1.0), (2.0, 1.0, 1.0), (2.0, 0.0, 0.5), (0.0, 0.0, 1.0)]
)
def test_the_queue_is_worked_off_no_faster_than_staff_can(staff: float, skill: float, shock: float) -> None:
    w = _world(staff=staff, queue=5)
    w.districts["staff_skill"] = skill
    w.shocks["filing"] = shock
    run_ladder(w)
    share = staff * values()["filings_per_staff"] / 12 * (1 + 0.5 * skill) * shock / COUNT
    assert agrees(w.tallies[0, NEWLY_FILED], COUNT, share) if share else w.tallies[0, NEWLY_FILED] == 0


def test_a_long_queue_shrinks_by_about_what_staff_can_do_each_month() -> None:
    w = _world(600, staff=1.0, queue=5)
    for month in range(36):
        run_ladder(at_month(w, month, 1 + month % 6))
        regroup(w)
    able = 36 * values()["filings_per_staff"] / 12
    assert w.tallies[0, NEWLY_FILED] == pytest.approx(able, abs=4 * np.sqrt(able))
    assert w.streets["backlog"][0] == 600 - w.tallies[0, NEWLY_FILED]


def test_filing_staff_follow_the_plan_and_the_streets_commitment() -> None:
    w = set_levers(_world(0, staff=0.0), ladder_filing_staff=2.0)
    w.streets["commitment"] = 0.5
    staff = []
    for _ in range(40):
        run_ladder(w)
        staff.append(float(w.streets["filing_staff"][0]))
    assert staff == sorted(staff) and staff[-1] == pytest.approx(2.5)


def test_ready_organizations_form_a_branch_on_filing_as_often_as_the_lever_says() -> None:
    ready = np.arange(COUNT) % 2
    w = set_levers(_world(queue=5, party_ready=ready), party_cells_at_filing=0.6)
    run_ladder(w)
    own = w.organizations["party"] == OWN_BRANCH
    assert agrees(own.sum(), ready.sum(), 0.6) and not own[ready == 0].any()


@pytest.mark.parametrize("census", [0.0, 0.5, 1.0])
def test_unknown_groups_are_found_by_ledgers_and_by_surveys(census: float) -> None:
    w = set_levers(_world(known=0), guidance_census=census)
    w.parameters["ledger_rate"] = 0.6
    run_ladder(w)
    assert agrees(w.organizations["known"].sum(), COUNT, _chance(0.6 + values()["census_rate"] * census))


ABLE = {"ladder": FILED, "stage": GROWING, "governance": 0.5}


@pytest.mark.parametrize(("drive", "rules"), [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)])
def test_able_filed_organizations_are_recommended_for_registration_with_the_stated_rate(
    drive: float, rules: float
) -> None:
    p = values()
    w = set_levers(_world(**ABLE), ladder_registration_drive=drive)
    w.parameters["registering"] = 0.5
    w.districts["rules"] = rules
    run_ladder(w)
    rate = 0.5 * (1 + (p["registration_drive"] - 1) * drive) * (1 + 0.3 * rules)
    assert agrees(_asking(w), COUNT, _chance(rate)) and w.tallies[0, NEWLY_REGISTERED] == 0


@pytest.mark.parametrize(
    ("rating", "gate", "factor"), [(0.9, 0.0, 1.0), (0.9, 1.0, 1.8), (0.0, 1.0, 0.1), (-1.0, 1.0, 1.0)]
)
def test_a_rating_opens_or_bars_the_way_to_registration_as_far_as_it_is_a_gate(
    rating: float, gate: float, factor: float
) -> None:
    w = set_levers(_world(**ABLE, rating=rating), evaluation_gate=gate)
    w.parameters["registering"] = 0.5
    run_ladder(w)
    assert agrees(_asking(w), COUNT, _chance(0.5 * factor))


def test_who_is_registered_needs_no_custodian_any_more() -> None:
    w = _world(50, **ABLE, queue=0, custodian=LEGAL_PARTNER)
    run_ladder(w)
    assert (w.organizations["ladder"] == REGISTERED).all()
    assert (w.organizations["custodian"] == NO_CUSTODIAN).all()


@pytest.mark.parametrize(
    "lacking", [{"stage": NASCENT, "age": 3}, {"governance": 0.29}, {"active": 0}, {"ladder": GROUP}]
)
def test_who_lacks_a_condition_is_not_registered(lacking: dict[str, Any]) -> None:
    w = _world(**(ABLE | {"known": 0} | lacking))
    w.parameters["registering"] = 100.0
    for _ in range(2):
        run_ladder(w)
    assert not (w.organizations["ladder"] == REGISTERED).any()


def test_registration_takes_its_time() -> None:
    w = set_levers(_world(200, **ABLE, queue=0), ladder_registration_months=6.0)
    for month in range(1, 7):
        assert not (w.organizations["ladder"] == REGISTERED).any(), month
        run_ladder(w)
    assert (w.organizations["ladder"] == REGISTERED).all() and w.tallies[0, NEWLY_REGISTERED] == 200


def _stage(level: float, **state: Any) -> int:
    w = _world(1, governance=level, service=level, finance=level, leadership=level, **({"ladder": FILED} | state))
    w.parameters["branding"] = 1e9
    run_ladder(w)
    return int(w.organizations["stage"][0])


def test_stages_follow_capability_upwards_with_time() -> None:
    p = values()
    growing, mature, brand = p["growing_level"] + 1e-6, p["mature_level"] + 1e-6, p["brand_level"] + 1e-6
    assert _stage(growing) == GROWING and _stage(growing, age=11) == NASCENT and _stage(growing - 1e-3) == NASCENT
    assert _stage(mature, stage=GROWING) == MATURE and _stage(mature, stage=GROWING, age=29) == GROWING
    assert _stage(mature, stage=GROWING, ladder=GROUP) == GROWING, "a group in a ledger is not mature"
    assert _stage(brand, stage=MATURE) == BRAND and _stage(brand - 1e-3, stage=MATURE) == MATURE
    assert _stage(0.9) == GROWING, "no stage is left out"


def test_stages_fall_only_when_capability_is_clearly_lost() -> None:
    p = values()
    for stage, level, margin in (
        (GROWING, p["growing_level"], 0.1),
        (MATURE, p["mature_level"], 0.1),
        (BRAND, p["brand_level"], 0.15),
    ):
        assert _stage(level - margin + 1e-6, stage=stage) == stage
        assert _stage(level - margin - 1e-6, stage=stage) == stage - 1


def test_the_dormant_keep_their_stage() -> None:
    assert _stage(0.9, active=0) == NASCENT


@pytest.mark.parametrize(("support", "publicity", "exemplar"), [(0.0, 0.0, 0), (1.0, 0.0, 0), (0.0, 0.5, 1)])
def test_able_mature_organizations_become_brands_with_the_stated_rate(
    support: float, publicity: float, exemplar: int
) -> None:
    p = values()
    state = dict.fromkeys(("governance", "service", "finance", "leadership"), 0.7)
    w = set_levers(_world(ladder=FILED, stage=MATURE, exemplar=exemplar, **state), activities_brand_projects=support)
    w.districts["publicity"] = publicity
    run_ladder(w)
    ahead = (0.7 - p["brand_level"] + 0.1) / 0.2
    rate = p["branding"] * (1 + p["brand_gain"] * support) * (1 + publicity + exemplar) * ahead
    assert agrees((w.organizations["stage"] == BRAND).sum(), COUNT, _chance(rate))
