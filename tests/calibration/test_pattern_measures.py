"""What stands behind the patterns' figures has known answers on made-up data, and follows the runs truly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from miaopu.calibration.pattern_measures.figures import (
    first_over_fastest,
    gini,
    growth,
    logit_speed,
    ratio,
    relative_risk,
    risk,
    top_share,
)
from miaopu.calibration.pattern_measures.of_hubs import rush
from miaopu.calibration.pattern_measures.runs import one_run, pattern_inputs
from miaopu.calibration.patterns import SEED, from_priors
from miaopu.model.simulation import simulate
from miaopu.model.uncertainty import run_seed

MONTHS = np.arange(241)


def logistic(start: float, rate: float) -> np.ndarray:
    """Coverage by month from `start`, its logit rising by `rate` a year."""
    return 1.0 / (1.0 + (1.0 / start - 1.0) * np.exp(-rate * MONTHS / 12))


@pytest.mark.parametrize("rate", [0.1, 0.6, 1.0])
def test_a_logistic_curve_gives_its_own_rate(rate: float) -> None:
    assert logit_speed(logistic(0.02, rate), 96, 1000) == pytest.approx(rate)


def test_none_and_all_count_as_half_a_street_from_the_end() -> None:
    from_none_to_all = np.append(np.zeros(19), 1.0)
    assert logit_speed(from_none_to_all, 19, 80) == pytest.approx(2 * math.log(159) * 12 / 19)
    assert logit_speed(np.zeros(20), 19, 80) == 0.0


def test_an_s_starts_slowly_and_a_curve_without_imitation_does_not() -> None:
    assert first_over_fastest(logistic(0.01, 0.6), 36) == pytest.approx(0.11, abs=0.01)
    assert first_over_fastest(1.0 - np.exp(-0.1 * MONTHS / 12), 36) == 1.0
    assert math.isnan(first_over_fastest(np.zeros(240), 36))


def test_growth_is_per_year_and_undefined_from_nothing() -> None:
    path = 50.0 * 1.21 ** (MONTHS / 12)
    assert growth(path, 0, 60) == pytest.approx(0.21)
    assert growth(path, 71, 95) == pytest.approx(0.21)
    assert math.isnan(growth(np.zeros(61), 0, 60))
    assert math.isnan(ratio(1.0, 0.0))


def test_the_tenth_that_gets_most() -> None:
    assert top_share(np.ones(50), 0.1) == pytest.approx(0.1)
    assert top_share(np.array([0.0] * 19 + [7.0]), 0.1) == 1.0
    assert top_share(np.arange(1.0, 5.0), 0.1) == pytest.approx(0.4)  # at least one of them
    assert math.isnan(top_share(np.zeros(5), 0.1))
    assert math.isnan(top_share(np.empty(0), 0.1))


def test_the_gini_coefficient_of_equals_and_of_one_who_has_all() -> None:
    assert gini(np.full(20, 3.0)) == pytest.approx(0.0)
    assert gini(np.array([0.0, 5.0, 0.0, 0.0])) == pytest.approx(0.75)
    assert gini(np.array([1.0, 3.0])) == pytest.approx(0.25)
    assert math.isnan(gini(np.zeros(3)))


def test_a_relative_risk_is_not_fooled_by_who_is_where() -> None:
    """Young ones have twice the risk of old ones at either rung; nearly all of them are where risk is high."""
    cells = [(0, True, 1000, 400), (0, False, 100, 20), (1, True, 100, 10), (1, False, 1000, 50)]
    stratum = np.concatenate([np.full(n, rung) for rung, _, n, _ in cells])
    young = np.concatenate([np.full(n, exposed) for _, exposed, n, _ in cells])
    stopped = np.concatenate([np.arange(n) < events for _, _, n, events in cells])
    assert relative_risk(stopped, young, stratum) == pytest.approx(2.0)
    crude = stopped[young].mean() / stopped[~young].mean()
    assert crude > 5.0
    only_young = np.ones(5, bool)
    assert math.isnan(relative_risk(only_young, only_young, np.zeros(5)))


def test_a_risk_is_per_year() -> None:
    events = np.arange(1200) < 5
    assert risk(events, np.ones(1200, bool)) == pytest.approx(0.05)
    assert math.isnan(risk(events, np.zeros(1200, bool)))


def test_a_rush_is_a_higher_rate_among_the_streets_that_are_left() -> None:
    """Six of ten streets have no hub in month 0. Two found one in month 10, two in month 35, two never."""
    first_hub = np.array([0, 0, 0, 0, 10, 10, 35, 35, -1, -1])
    early = 2 / (6 * 10 + 4 * 19)  # months 1-10 and 11-29
    late = 2 / (4 * 6)
    assert rush(first_hub, 36) == pytest.approx(late / early)
    assert rush(np.array([0, 15, -1]), 36) == 0.0
    assert math.isnan(rush(np.array([0, 35, -1]), 36))


@pytest.fixture(scope="module")
def inputs():
    return pattern_inputs()


@pytest.mark.slow
def test_a_watched_run_is_the_run(inputs) -> None:
    parameters = from_priors(inputs["clean-up"], SEED, 0)
    run = one_run(inputs["clean-up"], parameters, run_seed(SEED, 0, 0))
    plain = simulate(inputs["clean-up"], parameters, run_seed(SEED, 0, 0))
    assert run.tallies.tobytes() == plain.tallies.tobytes()
    assert run.first_hub.tobytes() == plain.street_first_nominal.tobytes()


@pytest.mark.slow
def test_histories_lose_those_whom_the_months_count_as_dissolved(inputs) -> None:
    run = one_run(inputs["clean-up"], from_priors(inputs["clean-up"], SEED, 1), run_seed(SEED, 1, 0))
    lives = run.history.lives
    assert lives.gone[lives.ladder > 0].sum() == pytest.approx(run.tally("dissolved").sum(), abs=3)  # filed, then gone
    assert lives.gone.sum() == run.tally("dissolved").sum() + run.tally("dissolved_groups").sum()
    at_start = run.history.street_stock.sum() * 10  # ten communities each
    assert (lives.ladder > 0).sum() == pytest.approx(at_start + run.path("organizations")[:-1].sum())
    assert not (lives.stopped & ~lives.at_work).any()
    assert (lives.funded <= lives.ever_funded).all()


@pytest.mark.slow
def test_hubs_are_noted_when_they_are_founded(inputs) -> None:
    run = one_run(inputs["assessed"], from_priors(inputs["assessed"], SEED, 1), run_seed(SEED, 1, 0))
    born, months = run.history, np.arange(run.inputs.months)
    first = (run.first_hub[:, None] == months).sum(axis=0)[1:]
    assert first.sum() > 10
    assert (born.newborn_hubs[1:] >= first).all()  # a street may have closed its first hub and founded another
    assert (born.newborn_nominal <= born.newborn_hubs).all()
