"""How far the data narrow a parameter, and which parameters only together."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from miaopu.calibration.checks.contraction import contraction, in_z, pairs
from miaopu.calibration.checks.moved import moved
from miaopu.calibration.checks.runs import weigh_runs
from miaopu.model.priors import Prior
from miaopu.tests.calibration.toy import BOTH, NAMES, posterior, seen, weighted, world

NORMAL = {name: Prior("normal", 0.0, 1.0) for name in NAMES}
UNITS: dict[str, str] = {name: "per year" for name in NAMES}
PRIORS = [
    Prior("normal", 2.0, 0.5),
    Prior("lognormal", 4.5, 3.0, 8.0),  # not symmetric in logarithms
    Prior("uniform", -1.0, 3.0),
    Prior("halfnormal", 0.4),
    Prior("beta", 0.3, 0.05, 0.6),
]


@pytest.mark.parametrize("prior", PRIORS, ids=lambda prior: prior.kind)
def test_scores_undo_the_prior(prior: Prior) -> None:
    z = np.linspace(-4.5, 4.5, 37)
    values = np.array([prior.ppf(float(u)) for u in special.ndtr(z)])
    assert in_z(values, prior) == pytest.approx(z, abs=2e-4)


def test_a_fixed_parameter_has_no_scale() -> None:
    with pytest.raises(ValueError, match="fixed"):
        in_z(np.ones(3), Prior("fixed", 1.0))


@pytest.fixture(scope="module")
def fitted() -> tuple[np.ndarray, np.ndarray]:
    bank = world(40_000)
    return bank.values, weighted(bank)


def test_contraction_and_correlation_are_those_of_bayes_rule(fitted: tuple[np.ndarray, np.ndarray]) -> None:
    mean, covariance = posterior()
    table = contraction(NAMES, *fitted, NORMAL, UNITS)
    assert table["posterior_median"] == pytest.approx(mean, abs=0.04)
    assert table["contraction"] == pytest.approx(1 - np.diag(covariance), abs=0.02)
    assert np.all(table["contraction"] > table["noise"])
    assert table["prior_p95"] == pytest.approx([1.645] * 2, abs=1e-3)
    pair = pairs(NAMES, *fitted, NORMAL)
    exact = covariance[0, 1] / covariance[0, 0]
    assert pair["correlation"][0] == pytest.approx(exact, abs=0.03)
    assert abs(pair["correlation"][0]) > pair["noise"][0]


def test_one_figure_of_a_sum_leaves_the_two_tied_to_each_other() -> None:
    bank = world(40_000)
    weight = weighted(bank, (seen("sum", 1.0, 1.0, 0.1),))
    assert pairs(NAMES, bank.values, weight, NORMAL)["correlation"][0] < -0.8


def test_data_that_say_nothing_pass_the_noise_once_in_a_hundred() -> None:
    rng = np.random.default_rng(1)
    passed = np.zeros(3)
    for _ in range(1000):
        values, weight = rng.normal(size=(60, 2)), np.full(60, 1 / 60)
        table, pair = contraction(NAMES, values, weight, NORMAL, UNITS), pairs(NAMES, values, weight, NORMAL)
        passed += [*(table["contraction"] > table["noise"]), abs(pair["correlation"][0]) > pair["noise"][0]]
    assert np.all(passed >= 1) and np.all(passed <= 24)  # 10 expected; outside for one seed in about 1,000


def test_what_contradicts_the_prior_on_both_sides_widens_it() -> None:
    values = np.random.default_rng(2).choice([-2.0, 2.0], size=(400, 2))
    assert np.all(contraction(NAMES, values, np.full(400, 1 / 400), NORMAL, UNITS)["contraction"] < -2)


def test_a_nuisance_that_the_data_speak_of_has_moved_and_others_have_not() -> None:
    rng = np.random.default_rng(3)
    bank = world(4000)
    common = {f"inert_{place}": rng.normal(size=4000) for place in range(300)}
    common |= {f"word_{place}": rng.integers(0, 3, size=4000).astype(float) for place in range(300)}
    weight, fixed = weighted(bank), {"fixed": np.ones(4000)}
    table = moved(common | bank.common | fixed, weight, ("pull",))
    assert table["parameter"][0] == "push"
    assert len(table["parameter"]) == 602, "neither what is fitted nor what is fixed"
    passed = table["parameter"][table["distance"] > table["noise"]]
    assert "push" in passed
    assert len(passed) - 1 <= 14  # at most 6 expected of 601 inert ones; more for one seed in about 1,000


def test_a_places_own_luck_is_held_against_the_weights_of_its_runs() -> None:
    rng = np.random.default_rng(4)
    bank = world(20_000)
    inert = {f"inert_{place}@sum": rng.normal(size=(20_000, 3)) for place in range(200)}
    table = moved({}, weighted(bank), (), bank.local | inert, weigh_runs(weighted(bank), bank.figures, BOTH, BOTH))
    passed = table["parameter"][table["distance"] > table["noise"]]
    assert "luck@sum" in passed
    assert len(passed) <= 10  # at most 2 of the inert and 2 lucks expected; more for fewer than one seed in 1,000
