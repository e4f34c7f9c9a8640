"""F5, dose and response on common random numbers, over whole runs in which no budget, slot or queue is shared.

What more of a thing does to each organization, community or street is compared one by one, never on average: the same
seed with a larger dose. Orders that hold only on average are told in docs/verification.md.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaopu.model.codes import FILED, GROUP, NO_CUSTODIAN, REGISTERED, WORKING
from miaopu.model.inputs import Inputs
from miaopu.model.world import World
from miaopu.tests.model.worlds import inputs, organizations, place, values, world
from miaopu.tests.verification.quiet import (
    HUBS_LAST,
    NO_NEW_HUBS,
    NOBODY_FOUNDS,
    NOBODY_LEAVES,
    NOBODY_RISES,
    month_by_month,
    there,
)

MONTHS = 24
CLOSED = NOBODY_FOUNDS | NOBODY_RISES | NO_NEW_HUBS | HUBS_LAST | {"reviving": 0.0, "misuse": 0.0}
RICH = {"district_bureau": 1e9, "city": 1e9}
HELP = {"training.district_sessions": 6.0, "training.seats": 1000.0, "committee.liaison_posts": 0.5,
        "hubs.service_lines": 0.5, "needs.visits": 1.0, "ladder.simple_rules": 0.5}  # fmt: skip
PARTS = ("governance", "service", "finance", "leadership")
Look = Callable[[World], np.ndarray]


def _courses(look: Look, levers: dict[str, float], seed: int, state: dict[str, Any], **changed: float) -> np.ndarray:
    """What is looked at, month by month, in a closed world of 120 organizations of both kinds."""
    told = inputs(place(1, 2, 3, hub=1), MONTHS, HELP | levers, RICH)
    w = world(told, seed, **(CLOSED | changed))
    w.hubs["status"][:4:2], w.hubs["staff"][:4:2], w.hubs["quality"][:4:2] = WORKING, 1, 0.6
    ladder = np.where(np.arange(120) % 3 == 0, REGISTERED, FILED)
    organizations(w, 120, **({"ladder": ladder, "gift": 0.6 + 0.8 * np.arange(120) / 120} | state))
    return np.array([look(w).copy() for _ in month_by_month(w, told)])


def _by_key(w: World, name: str) -> np.ndarray:
    """One column of the 120 organizations (rows are sorted anew now and then), zero for those that are gone."""
    keys = np.sort(np.random.default_rng(20240101).integers(0, 2**64, 120, np.uint64))  # as `organizations` gives
    rows = there(w)
    found = np.zeros(120, rows[name].dtype)
    found[np.searchsorted(keys, rows["key"])] = rows[name]
    return found


def _capabilities(w: World) -> np.ndarray:
    return np.array([_by_key(w, part) for part in PARTS])


def _at_work(w: World) -> np.ndarray:
    return _by_key(w, "active")


def _on_the_books(w: World) -> np.ndarray:
    return _by_key(w, "alive")


def _known(w: World) -> np.ndarray:
    return np.array(w.communities["known"])


def _met(w: World) -> np.ndarray:
    return np.array([*w.communities["met"].ravel(), *w.communities["trust"]])


def _custody(w: World) -> np.ndarray:
    return _by_key(w, "custodian") != NO_CUSTODIAN


BETTER = ("habit", "practice", "professional", "support_gain", "training_gain", "rules_gain", "session_effect",
          "training_memory", "advice", "stage_gain")  # fmt: skip
LEARNT = [(name, 1) for name in BETTER] + [("erosion", -1), ("reporting_burden", -1)]


@pytest.mark.parametrize(("parameter", "sign"), LEARNT)
@given(seed=st.integers(0, 2**63), factors=st.tuples(st.floats(0.0, 3.0), st.floats(0.0, 3.0)))
@settings(max_examples=6)
def test_whatever_teaches_more_leaves_nobody_less_able(
    parameter: str, sign: int, seed: int, factors: tuple[float, float]
) -> None:
    doses = sorted(factor * values()[parameter] + 1e-6 for factor in factors)
    less, more = (_courses(_capabilities, {}, seed, {}, **(NOBODY_LEAVES | {parameter: dose})) for dose in doses)
    assert (sign * (more - less) >= -1e-12).all()


@pytest.mark.parametrize(("name", "sign"), LEARNT)
def test_each_of_these_doses_really_reaches_somebody(name: str, sign: int) -> None:
    levers = {"assessment.inspections": 6.0, "incubation.stage_matching": 0.5}
    doses = [NOBODY_LEAVES | {name: factor * values()[name]} for factor in (0.5, 1.5)]
    low, high = (_courses(_capabilities, levers, 1, {}, **dose) for dose in doses)
    assert (sign * (high - low)).max() > 1e-4


FATAL = ("exit_filed", "exit_registered", "newness", "purse_protects")


@pytest.mark.parametrize("parameter", FATAL)
@given(seed=st.integers(0, 2**63), doses=st.tuples(st.floats(0.0, 3.0), st.floats(0.0, 3.0)))
@settings(max_examples=6)
def test_whatever_kills_more_saves_nobody(parameter: str, seed: int, doses: tuple[float, float]) -> None:
    state = {"age": np.arange(120) // 2, "cash": 10**8}
    less, more = (_courses(_at_work, {}, seed, state, **{parameter: dose}) for dose in sorted(doses))
    assert (more <= less).all()


@pytest.mark.parametrize("parameter", FATAL)
def test_each_of_these_rates_really_kills(parameter: str) -> None:
    state = {"age": np.arange(120) // 2, "cash": 10**8}
    dead = [_courses(_at_work, {}, 4, state, **{parameter: dose})[-1].sum() for dose in (0.1, 0.5, 2.0)]
    assert dead == sorted(dead, reverse=True) and dead[0] > dead[-1]


@pytest.mark.parametrize("verification", [False, True])
def test_more_striking_off_leaves_nobody_on_the_books_who_was_struck_off_by_less(verification: bool) -> None:
    state = {"active": np.arange(120) % 2}
    courses = []
    for dose in (0.0, 0.2, 0.5, 1.0):
        if verification:
            courses.append(_courses(_on_the_books, {}, 2, state, verification=dose))
            continue
        told = inputs(place(1, 2, 3), MONTHS, clean_up=np.full((MONTHS, 1), dose / 12))
        w = world(told, 2, **CLOSED)
        organizations(w, 120, ladder=FILED, **state)
        courses.append(np.array([_on_the_books(w) for _ in month_by_month(w, told)]))
    for less, more in pairwise(courses):
        assert (more <= less).all() and more.sum() < less.sum()


@pytest.mark.parametrize("lever", ["needs.visits", "needs.surveys", "needs.online_channels", "platform.reach",
                                   "needs.committee_discovery"])  # fmt: skip
@pytest.mark.parametrize("look", [_known, _met])
def test_looking_harder_for_needs_never_leaves_less_known_or_less_met(lever: str, look: Look) -> None:
    courses = [_courses(look, {lever: dose}, 6, {}, **NOBODY_LEAVES) for dose in (0.0, 0.3, 0.7, 1.0)]
    for less, more in pairwise(courses):
        assert (more >= less - 1e-12).all()
    assert (courses[-1][-1] > courses[0][-1] + 1e-6).any()


def _custody_courses(dose: float, seed: int) -> np.ndarray:
    told = inputs(place(1, 8, 1, hub=1), MONTHS, {"custody.hub_custody": dose}, RICH)
    w = world(told, seed, **(CLOSED | NOBODY_LEAVES))
    w.hubs["status"][:16:2], w.hubs["registered"][:16:2] = WORKING, 1
    organizations(w, 120, ladder=FILED)
    return np.array([_custody(w) for _ in month_by_month(w, told)])


def test_more_hubs_that_offer_custody_leave_nobody_without_who_had_it() -> None:
    for seed in range(3):
        courses = [_custody_courses(dose, seed) for dose in (0.0, 0.3, 0.6, 1.0)]
        for less, more in pairwise(courses):
            assert (more >= less).all()
        assert not courses[0].any() and courses[-1][-1].sum() > 60


@pytest.mark.parametrize("parameter", ["money_gain", "custody_fee"])
def test_more_subsidy_costs_no_survivor(parameter: str) -> None:
    """Public money that reaches all alike, from a purse that never runs dry."""
    alive = []
    for yuan in (0.0, 2000.0, 10_000.0, 50_000.0):
        levers = {"funding.activity_subsidy": yuan}
        state = {"age": np.arange(120) // 4, "ladder": REGISTERED}
        alive.append(_courses(_at_work, levers, 3, state, exit_registered=1.5, **{parameter: 0.1}))
    for less, more in pairwise(alive):
        assert (more >= less).all()
    assert alive[-1][-1].sum() > alive[0][-1].sum()


def _decided(dose: dict[str, float], levers: dict[str, float], seed: int) -> np.ndarray:
    told = inputs(place(2, 60), 36, levers, plan_from=0, deadline=35, checks=(11, 23, 35))
    w = world(told, seed, **(CLOSED | {"hub_order": 0.5} | dose))
    return np.array([(w.streets["pending"] >= 0) | (w.streets["counted"] == 1) for _ in month_by_month(w, told)])


@pytest.mark.parametrize("parameter", ["hub_initiative", "hub_order", "assessment.order_strength"])
def test_more_will_or_a_stronger_order_lets_no_street_decide_later(parameter: str) -> None:
    """Decisions, not foundings: an earlier decision may meet a longer route."""
    courses = []
    for dose in (0.05, 0.2, 0.5):
        lever = parameter.startswith("assessment")
        levers = {"assessment.order_strength": dose if lever else 0.3}
        courses.append(_decided({} if lever else {parameter: dose}, levers, 5))
    for less, more in pairwise(courses):
        assert (more >= less).all() and more.sum() > less.sum()


def test_a_fuller_ledger_and_a_stronger_drive_file_no_group_later() -> None:
    """With staff for all, so that nobody waits behind another."""
    courses = []
    for census, drive in ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (1.0, 1.0)):
        told = inputs(place(1, 2, 3), 36, {"guidance.census": census, "ladder.filing_drive": drive}, RICH)
        w = world(told, 9, **(NOBODY_FOUNDS | NO_NEW_HUBS | NOBODY_LEAVES | {"filings_per_staff": 1e9, "paper": 0.0}))
        organizations(w, 120, ladder=GROUP, known=0)
        courses.append(np.array([_by_key(w, "ladder") > GROUP for _ in month_by_month(w, told)]))
    for less, more in pairwise(courses):
        assert (more >= less).all() and more.sum() > less.sum()


def test_a_shock_to_service_never_helps() -> None:
    courses = []
    for shock in (1.0, 0.7, 0.3, 0.0):
        told: Inputs = inputs(place(1, 2, 3), MONTHS, HELP, RICH)
        told.shocks["service"][6:12] = shock
        w = world(told, 1, **(CLOSED | NOBODY_LEAVES))
        organizations(w, 120, ladder=FILED)
        courses.append(np.array([_met(w) for _ in month_by_month(w, told)]))
    for mild, hard in pairwise(courses):
        assert (hard <= mild + 1e-12).all() and hard.sum() < mild.sum()
