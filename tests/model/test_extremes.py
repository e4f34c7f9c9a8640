"""Extremes: nothing, everything, one of each, and more births than anybody reserved room for."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.model.inputs import Inputs, lever_dtype
from miaopu.model.ledger import APPROPRIATION, DONATION, PUBLIC
from miaopu.model.simulation import begin, go_on, simulate
from miaopu.model.vocabulary import levers
from miaopu.tests.model.invariants import assert_every_month_holds, living, months, tally
from miaopu.tests.model.worlds import ERROR_RATE, NEVER, agrees, inputs, make_room, place, run_tables, values, world

NO_RATES = (
    "founding_balance", "imitation", "registering", "exit_group", "exit_filed", "exit_registered",
    "reviving", "group_vanishing", "verification", "hub_initiative", "hub_imitation", "hub_order", "hub_awakening",
    "hub_idling", "hub_closing", "staff_turnover", "hiring", "custody_by_hub", "custody_by_partner", "misuse",
    "branding", "ledger_rate", "census_rate", "leader_turnover", "co_option", "own_branch", "joint_branch",
    "by_instructor", "recruitment",
)  # fmt: skip
EVERY_FUNDER = {"city": 1e7, "district_bureau": 1e7, "street": 1e6, "lottery": 1e6, "livelihood_projects": 1e5,
                "community_fund": 1e5}  # fmt: skip


def _all_at(end: str, months_: int = 18, **told: object) -> Inputs:
    """A scenario with every lever at one end of its range."""
    ends = {lever.name: getattr(lever, end) for lever in levers().values()}
    basis = {"plan_from": 0, "deadline": 11, "checks": (5, 11), "money": EVERY_FUNDER}
    where = place(2, 2, 2, neighbours=True, hub=-1, filed=np.nan, registered=np.nan, groups=np.nan, foreign=0.02,
                  rural=[False, True] * 4)  # fmt: skip
    return inputs(where, months_, ends, **(basis | told))  # type: ignore[arg-type]


def test_where_every_rate_is_zero_nothing_is_born_nothing_rises_and_nothing_dies() -> None:
    told = inputs(place(2, 3, 3, hub=1, filed=6.0, registered=2.0, groups=5.0), 36, money=EVERY_FUNDER)
    still = values(filing_flow=1e-12, **dict.fromkeys(NO_RATES, 0.0))
    first = begin(told, still, 1)
    before = np.sort(living(first)[["key", "ladder", "active", "community", "party"]])
    flows = ("founded", "brought_in", "newly_filed", "newly_registered", "dissolved", "dissolved_groups")
    flowed = 0.0
    for step in months(told, still, 1):
        there = np.sort(living(step.world)[["key", "ladder", "active", "community", "party"]])
        assert (there == before).all() and len(there) == len(before)
        np.testing.assert_array_equal(step.world.hubs["status"], first.hubs["status"])
        flowed += tally(step.tallies[step.month], *flows).sum()
    assert flowed == 0


def test_where_nobody_ever_files_the_start_is_still_possible() -> None:
    assert_every_month_holds(inputs(place(1, 1, 2, filed=5.0, groups=5.0), 3), values(filing_flow=0.0), 1)


def test_where_every_exit_is_certain_nobody_is_left() -> None:
    told = inputs(place(1, 2, 2, filed=10.0, groups=10.0), 13)
    sure = dict.fromkeys(("exit_group", "exit_filed", "exit_registered", "group_vanishing"), 1e9)
    gone = values(verification=1.0, reviving=0.0, founding_balance=0.0, imitation=0.0, **sure)
    last = assert_every_month_holds(told, gone, 1)
    assert len(living(last.world)) == 0
    assert tally(last.tallies, "dissolved").sum() == 40


def test_where_filing_is_certain_no_known_group_stays_one() -> None:
    told = inputs(place(1, 2, 2, groups=10.0), 6, {"ladder.filing_months": 0.0, "ladder.filing_staff": 10.0})
    stay = dict.fromkeys(("exit_group", "exit_filed", "exit_registered", "leader_turnover"), 0.0)
    sure = values(filing_flow=1e9, ledger_rate=1e9, filings_per_staff=1e9, founding_balance=0.0, **stay)
    last = assert_every_month_holds(told, sure, 1)
    assert (living(last.world)["ladder"] >= 1).all() and len(living(last.world)) == 40


def test_without_money_no_public_money_is_paid_whatever_the_plan() -> None:
    told = _all_at("high", money={})
    last = assert_every_month_holds(told, None, 2)
    assert not last.ledgers[:, :6].any() and not last.ledgers[:, :, list(PUBLIC)].any()
    assert not tally(last.tallies, "public_paid", "sessions_city", "sessions_district", "sessions_street").any()
    assert living(last.world)["since_grant"].min() == NEVER


def test_without_funds_nothing_comes_in_and_without_levers_nothing_goes_to_organizations() -> None:
    told = inputs(place(1, 2, 2, filed=5.0), 24, money=EVERY_FUNDER)
    last = assert_every_month_holds(told, None, 2)
    assert last.ledgers[:, :, APPROPRIATION].any() and not last.ledgers[:, :, [DONATION, *PUBLIC]].any()


def test_a_place_without_any_organization_runs_and_may_found_some() -> None:
    told = inputs(place(2, 2, 3), 24, {"needs.committee_discovery": 1.0})
    last = assert_every_month_holds(told, values(found_committee=0.3), 1)
    assert len(living(begin(told, None, 1))) == 0
    assert tally(last.tallies, "founded").sum() > 0


@pytest.mark.parametrize(("districts", "streets", "communities"), [(1, 1, 1), (1, 1, 9), (1, 9, 1), (9, 1, 1)])
def test_one_of_each_is_enough(districts: int, streets: int, communities: int) -> None:
    where = place(districts, streets, communities, hub=-1, filed=np.nan, groups=np.nan)
    last = assert_every_month_holds(inputs(where, 24, {"hubs.base_slots": 5.0}, EVERY_FUNDER), None, 1)
    assert (tally(last.tallies, "communities") == streets * communities).all()


def test_a_community_where_nobody_lives_founds_nothing() -> None:
    told = inputs(place(1, 1, 3, residents=0.0, filed=np.nan, groups=np.nan), 24)
    last = assert_every_month_holds(told, None, 1)
    assert len(living(last.world)) == 0


@pytest.mark.parametrize("coverage", [0.0, 1.0])
def test_start_coverage_of_none_and_of_all(coverage: float) -> None:
    told = inputs(place(3, 20, 1, hub=-1), 12)
    outcome = simulate(told, values(start_coverage=coverage, hub_initiative=0.0, hub_order=0.0, hub_imitation=0.0), 1)
    assert tally(outcome.tallies[0], "counted").sum() == pytest.approx(60 * coverage, abs=2)
    assert (outcome.street_first_nominal == (0 if coverage else -1)).all()


def test_start_coverage_between_is_a_share_of_streets() -> None:
    w = world(inputs(place(1, 3000, 1, hub=-1)), start_coverage=0.4)
    assert agrees(w.streets["counted"].sum(), 3000, 0.4)


def test_a_horizon_of_one_month() -> None:
    last = assert_every_month_holds(_all_at("high", 1, deadline=0, checks=(0,)), None, 1)
    assert last.tallies.shape[0] == 1 and last.tallies.any()


@pytest.mark.parametrize("end", ["low", "high"])
def test_every_lever_at_an_end_of_its_range(end: str) -> None:
    for seed in range(2):
        assert_every_month_holds(_all_at(end), None, seed)


@pytest.mark.parametrize("quantile", [0.02, 0.98])
def test_every_parameter_far_out_in_its_prior(quantile: float) -> None:
    told = _all_at("high")
    assert_every_month_holds(told, {n: p.prior.ppf(quantile) for n, p in told.parameters.items()}, 1)


@pytest.mark.parametrize("multiplier", [0.0, 5.0])
def test_shocks_to_everything_all_the_time(multiplier: float) -> None:
    told = _all_at("high")
    for name in told.shocks.dtype.names or ():
        told.shocks[name] = multiplier
    assert_every_month_holds(told, None, 1)


def test_more_births_than_room_was_reserved_for_go_on_and_change_nothing() -> None:
    told = inputs(place(2, 2, 5, residents=50_000.0, filed=2.0, groups=2.0), 24)
    many = values(founding_balance=200.0, leaders_among_elders=1.0)
    last = assert_every_month_holds(told, many, 1)
    reserved = len(begin(told, many, 1).organizations)
    assert len(last.world.organizations) > 2 * reserved
    roomy = begin(told, many, 1)
    make_room(roomy, 100_000)
    tallies, ledgers = run_tables(told)
    go_on(roomy, told.months, tallies, ledgers)
    np.testing.assert_array_equal(tallies, last.tallies)
    np.testing.assert_array_equal(ledgers, last.ledgers)


def test_levers_at_their_ends_really_are_at_their_ends() -> None:
    told = _all_at("high")
    assert lever_dtype().names is not None and 0 < ERROR_RATE < 0.01
    for lever in levers().values():
        assert (told.timetable[lever.field] == lever.high).all()
