"""F4, limiting cases of the spread of hubs: own initiative alone, and imitation where every street sees every other."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from miaopu.model.codes import NEW
from miaopu.model.world import World
from miaopu.tests.model.worlds import ERROR_RATE, inputs, place
from miaopu.tests.verification.quiet import month_by_month, still_world

# Readiness is one half everywhere and always: its cap is met, streets are alike, and staff are as many as needed.
READY = 0.5
ONE_ROUTE = {
    "readiness_cap": READY, "staff_need": 0.5, "route_sign": 0.0, "route_upgrade": 0.0, "federation_if_asked": 1.0,
}  # fmt: skip
DELAYS = np.arange(4, 9)  # months from the decision to a newly registered hub, equally likely
STREETS, MONTHS, SEEDS = 400, 120, 20


def _covered(w: World) -> float:
    return float(w.streets["counted"].mean())


@cache
def _by_initiative(rate: float) -> tuple[np.ndarray, np.ndarray]:
    """Streets that have decided, and streets with a hub, by seed and month."""
    told = inputs(place(1, STREETS), MONTHS)
    decided, founded = np.zeros((SEEDS, MONTHS), int), np.zeros((SEEDS, MONTHS), int)
    for seed in range(SEEDS):
        w = still_world(told, seed, ONE_ROUTE | {"hub_initiative": rate / READY})
        for month, _ in enumerate(month_by_month(w, told)):
            decided[seed, month] = ((w.streets["pending"] >= 0) | (w.streets["counted"] == 1)).sum()
            founded[seed, month] = w.streets["counted"].sum()
        assert (w.streets["pending_route"][w.streets["counted"] == 1] == NEW).all()
    return decided, founded


def _decided(rate: float, months: np.ndarray) -> np.ndarray:
    return 1 - np.exp(-rate * np.maximum(0, months) / 12)


@pytest.mark.parametrize("rate", [0.08, 0.6])
def test_by_initiative_alone_streets_decide_as_one_less_an_exponential(rate: float) -> None:
    decided = _by_initiative(rate)[0].sum(axis=0)
    chance = _decided(rate, np.arange(1, MONTHS + 1))
    for month in range(MONTHS):
        assert stats.binomtest(int(decided[month]), SEEDS * STREETS, chance[month]).pvalue > ERROR_RATE / MONTHS, month


@pytest.mark.parametrize("rate", [0.08, 0.6])
def test_by_initiative_alone_hubs_follow_the_decisions_by_the_time_of_their_route(rate: float) -> None:
    founded = _by_initiative(rate)[1]
    months = np.arange(MONTHS)
    chance = np.mean([_decided(rate, months - delay + 1) for delay in DELAYS], axis=0)
    for month in months:
        total = int(founded[:, month].sum())
        assert stats.binomtest(total, SEEDS * STREETS, chance[month]).pvalue > ERROR_RATE / MONTHS, month
    at = 40
    spread = (SEEDS - 1) * founded[:, at].var(ddof=1) / (STREETS * chance[at] * (1 - chance[at]))
    assert ERROR_RATE / 2 < stats.chi2.cdf(spread, SEEDS - 1) < 1 - ERROR_RATE / 2


def _mixed(streets: int, months: int, own: float, copied: float, seed: int) -> np.ndarray:
    """Share of streets with a hub by month, all of them neighbours of each other."""
    told = inputs(place(1, streets, neighbours=True), months)
    rates = {"hub_initiative": own / READY, "hub_imitation": copied / READY, "practice_gain": 0.0}
    w = still_world(told, seed, ONE_ROUTE | rates)
    return np.array([_covered(w) for _ in month_by_month(w, told)])


def _mean_field(months: int, own: float, copied: float) -> np.ndarray:
    """The same with infinitely many streets: lag of what is seen, chance of a decision, time of the route."""
    undecided, learnt = 1.0, 0.0
    decisions, share = np.zeros(months + 9), np.zeros(months)
    for t in range(months):
        before = share[t - 1] if t else 0.0
        learnt += (before - learnt) / 3.0
        decisions[t] = undecided * (1 - np.exp(-(own + copied * learnt) / 12))
        undecided -= decisions[t]
        share[t] = before + sum(decisions[t - delay] for delay in DELAYS if t >= delay) / len(DELAYS)
    return share


def _bass(months: int, own: float, copied: float) -> np.ndarray:
    """Bass (1969): share of adopters where innovation and imitation act at once and everybody sees everybody."""
    fade = np.exp(-(own + copied) * np.arange(1, months + 1) / 12)
    return (1 - fade) / (1 + copied / own * fade)


@pytest.mark.slow
def test_imitation_among_many_streets_becomes_the_mean_field_as_they_grow_in_number() -> None:
    """The largest gap over eight years falls as one over the root of the number of streets."""
    expected = _mean_field(MONTHS, 0.05, 0.8)
    gaps = {}
    for streets in (144, 784):
        courses = np.array([_mixed(streets, 96, 0.05, 0.8, seed) for seed in range(20)])
        gaps[streets] = np.abs(courses - expected[:96]).max(axis=1).mean()
    assert np.abs(courses.mean(axis=0) - expected[:96]).max() < 0.03, "some three standard errors"
    assert 1.4 < gaps[144] / gaps[784] < 3.7, "about 2.3, the root of how many times more"


def test_slow_imitation_is_the_curve_of_bass() -> None:
    """Lag and route take some nine months; against that the gap to Bass's curve vanishes as all becomes slower."""
    gaps = []
    for slower in (1, 4, 16):
        months, own, copied = MONTHS * slower, 0.05 / slower, 0.8 / slower
        gaps.append(float(np.abs(_mean_field(months, own, copied) - _bass(months, own, copied)).max()))
    assert gaps[0] > 0.1 and gaps[2] < 0.03
    assert all(3.0 < early / late < 4.5 for early, late in pairwise(gaps)), "first order in the lag"


@pytest.mark.slow
def test_many_slow_streets_follow_the_curve_of_bass() -> None:
    """The engine itself: so slow that the lag is small, with as many streets as leave chance little to do."""
    months, own, copied = 1920, 0.005, 0.05
    mean = np.mean([_mixed(600, months, own, copied, seed) for seed in range(4)], axis=0)
    assert np.abs(mean - _bass(months, own, copied)).max() < 0.09, "0.03 for the lag, the rest four standard errors"
