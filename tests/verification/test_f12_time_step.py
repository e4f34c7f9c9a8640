"""F12, refinement of the time step: what the month's step costs each continuous rule alone, and that finer converges.

Chances need no such test: a rate acts with 1 − exp(−rate / 12), which is exact for any step. `gap` is the largest
difference in any of sixty months, as a share of how far the variable moves.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from miaopu.model.world import World
from miaopu.tests.model.calling import run_forgetting, run_needs, run_pressure, run_training
from miaopu.tests.model.worlds import at_month, inputs, organizations, place, set_levers, values, world
from miaopu.tests.verification.steps import RULES, euler, exact, gap, rule

MONTHS = 60
TOLERANCE = {
    "capabilities": 0.025, "members": 0.01, "activity": 0.02, "trust": 0.01, "volunteering": 0.02,
    "hub quality": 0.01, "venue": 0.035, "licences": 0.01, "talent": 0.02, "own plan": 0.03, "publicity": 0.075,
    "filing staff": 0.075,
}  # fmt: skip


@cache
def _gaps(name: str) -> list[float]:
    of = rule(name)
    solution = exact(of, MONTHS)
    return [gap(euler(of, MONTHS, steps), solution) for steps in (1, 4, 16)]


@pytest.mark.parametrize("name", RULES)
def test_the_months_step_differs_from_the_continuous_rule_by_no_more_than_stated(name: str) -> None:
    assert 0.0 < _gaps(name)[0] < TOLERANCE[name]


@pytest.mark.parametrize("name", RULES)
def test_finer_steps_converge_at_first_order(name: str) -> None:
    """A quarter of the step leaves about a quarter of the difference."""
    month, quarter, sixteenth = _gaps(name)
    assert 3.7 < month / quarter < 4.9 and 3.8 < quarter / sixteenth < 4.3


@pytest.mark.parametrize("name", RULES)
def test_the_engines_months_are_the_steps_that_were_refined(name: str) -> None:
    """The rule run month after month by the engine, only its own variable moving, is Euler's course."""
    of, course = rule(name), []
    for _ in range(12):
        kept = {kind: getattr(of.w, kind).copy() for kind in ("organizations", "communities", "streets", "districts")}
        hubs = of.w.hubs.copy()
        of.process(of.w)
        course.append(of.read())
        for kind, rows in (kept | {"hubs": hubs}).items():
            getattr(of.w, kind)[:] = rows
        of.write(course[-1])
    np.testing.assert_allclose(course, euler(rule(name), 12, 1)[1:], rtol=1e-12)


FINDING = ("find_anyway", "find_by_visit", "forgetting")


def _known(steps: int) -> np.ndarray:
    """What a committee knows at each month's end, its rates shared out over so many steps a month."""
    p = values()
    w = world(inputs(place()), 1, **{name: p[name] / steps for name in FINDING})
    set_levers(w, needs_visits=2.0)
    w.communities["known"] = 0.0
    course = [0.0]
    for _ in range(MONTHS):
        for _ in range(steps):
            run_needs(w)
        course.append(float(w.communities["known"][0]))
    return np.array(course)


def test_knowledge_of_needs_converges_at_first_order_to_finding_and_forgetting_at_once() -> None:
    p = values()
    found = p["find_anyway"] + p["find_by_visit"] * np.sqrt(2.0)
    rest, speed = found / (found + p["forgetting"]), found + p["forgetting"]
    solution = rest * (1 - np.exp(-speed * np.arange(MONTHS + 1) / 12))
    gaps = [gap(_known(steps), solution) for steps in (1, 4, 16)]
    assert 0.0 < gaps[0] < 0.02
    assert 3.5 < gaps[0] / gaps[1] < 4.5 and 3.7 < gaps[1] / gaps[2] < 4.3


def _pressed(steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Order and commitment at each month's end under a constant order, time constants stretched over more steps."""
    p = values()
    slow = {name: p[name] * steps for name in ("order_rise_months", "commitment_months", "plan_lag")}
    w = set_levers(world(inputs(place(), MONTHS), 1, **slow), assessment_order_strength=0.5)
    order, commitment = [0.0], [0.0]
    for _ in range(MONTHS):
        for _ in range(steps):
            run_pressure(at_month(w, 0, 6))
        order.append(float(w.districts["order"][0]))
        commitment.append(float(w.streets["commitment"][0]))
    return np.array(order), np.array(commitment)


def test_an_order_is_felt_alike_at_every_step() -> None:
    p, months = values(), np.arange(MONTHS + 1)
    solution = min(1.0, 0.5 * p["order_felt"]) * (1 - np.exp(-months / p["order_rise_months"]))
    for steps in (1, 4, 16):
        np.testing.assert_allclose(_pressed(steps)[0], solution, rtol=1e-9, atol=1e-12)


def test_commitment_follows_an_order_that_is_rising_at_first_order() -> None:
    """Both lags together: the month's street hears of the month's order at once, half a month too early."""
    p, months = values(), np.arange(MONTHS + 1)
    rise, follow = p["order_rise_months"], p["commitment_months"]
    assert rise != pytest.approx(follow)
    share = 1 - (follow * np.exp(-months / follow) - rise * np.exp(-months / rise)) / (follow - rise)
    gaps = []
    for steps in (1, 4, 16):
        commitment = _pressed(steps)[1]
        gaps.append(gap(commitment / commitment[-1], share))
    assert 0.0 < gaps[0] < 0.1
    assert 3.4 < gaps[0] / gaps[1] < 4.6 and 3.6 < gaps[1] / gaps[2] < 4.4


def test_commitment_to_what_is_asked_already_is_alike_at_every_step() -> None:
    courses = []
    for steps in (1, 4, 16):
        w = set_levers(world(inputs(place(), MONTHS), 1, order_rise_months=1e-6, learning_push=0.0,
                             commitment_months=values()["commitment_months"] * steps),
                       assessment_order_strength=0.5)  # fmt: skip
        for _ in range(6 * steps):
            run_pressure(at_month(w, 0, 6))
        courses.append(float(w.streets["commitment"][0]))
    assert courses[0] > 0.0 and courses == pytest.approx([courses[0]] * 3, rel=1e-9)


def _staff(steps: int) -> float:
    p = values()
    told = {"staff_session_effect": p["staff_session_effect"] / steps, "training_memory": p["training_memory"] * steps}
    w: World = set_levers(world(inputs(place()), 1, **told), training_staff_sessions=6.0)
    for _ in range(24 * steps):
        run_training(w)
    return float(w.districts["staff_skill"][0])


def test_what_staff_learn_and_forget_converges() -> None:
    p = values()
    learnt, lost = p["staff_session_effect"] * 6.0, 12.0 / p["training_memory"]
    solution = learnt / (learnt + lost) * (1 - np.exp(-(learnt + lost) * 2.0))
    gaps = [abs(_staff(steps) / solution - 1) for steps in (1, 4, 16)]
    assert 0.0 < gaps[0] < 0.03
    assert 3.4 < gaps[0] / gaps[1] < 4.6 and 3.6 < gaps[1] / gaps[2] < 4.4


def test_what_leaders_keep_of_training_is_alike_at_every_step() -> None:
    memory = values()["training_memory"]
    for steps in (1, 4, 16):
        w = world(inputs(place()), 1, training_memory=memory * steps)
        organizations(w, 1, trained=0.8)
        for _ in range(36 * steps):
            run_forgetting(w)
        assert w.organizations["trained"][0] == pytest.approx(0.8 * np.exp(-36 / memory), rel=1e-12)
