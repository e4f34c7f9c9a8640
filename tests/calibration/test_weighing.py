"""How agreement with observations becomes a weight."""

from __future__ import annotations

import math

import numpy as np
import pytest

from miaopu.calibration.observations import by_id
from miaopu.calibration.weighing import Aim, aims, ess, log_likelihood, residual, weights

POINT, BAND, BOUND = Aim(2.0, 2.0, 0.5), Aim(0.45, 0.5, 0.05), Aim(0.21, math.inf, 0.02)


def test_a_residual_counts_tolerances_from_the_nearer_end() -> None:
    np.testing.assert_allclose(residual(np.array([1.0, 2.0, 3.0]), POINT), [-2.0, 0.0, 2.0])
    np.testing.assert_allclose(residual(np.array([0.40, 0.47, 0.60]), BAND), [-1.0, 0.0, 2.0])
    np.testing.assert_allclose(residual(np.array([0.17, 0.21, 9.0]), BOUND), [-2.0, 0.0, 0.0])


def test_the_likelihood_is_averaged_within_a_place_and_multiplied_over_places() -> None:
    one, same, other = by_id("zj_urban"), by_id("zj_rural"), by_id("nb_hubs")
    held = {"zj_urban": Aim(0, 0, 1), "zj_rural": Aim(0, 0, 1), "nb_hubs": Aim(0, 0, 1)}
    figures = {
        "zj_urban": np.array([[0.0, 1.0]]), "zj_rural": np.array([[2.0, 0.0]]), "nb_hubs": np.array([[3.0]])
    }  # fmt: skip
    wanted = 0.5 * (math.exp(-2.0) + math.exp(-0.5)) * math.exp(-4.5)
    found = log_likelihood(figures, (one, same, other), held)
    assert found == pytest.approx([math.log(wanted)])
    assert log_likelihood(figures, (other,), held) == pytest.approx([-4.5])


def test_a_perfect_simulation_has_likelihood_one_and_none_has_more() -> None:
    seen = (by_id("zj_urban"), by_id("nb_hubs"))
    assert log_likelihood({"zj_urban": np.array([[19.0]]), "nb_hubs": np.array([[0.47]])}, seen) == pytest.approx([0.0])
    anything = np.random.default_rng(3).normal(19, 30, (200, 4))
    assert (log_likelihood({"zj_urban": anything, "nb_hubs": anything / 40}, seen) <= 0.0).all()


def test_more_replicates_leave_the_likelihood_unbiased() -> None:
    """The mean over simulations does not hang on the number of replicates (300,000 draws, four standard errors)."""
    seen, rng = (by_id("zj_urban"),), np.random.default_rng(1)
    held = {"zj_urban": Aim(0.0, 0.0, 1.0)}
    exact = 1.0 / math.sqrt(2.0)  # E exp(-x²/2) of a standard normal x
    for replicates in (1, 3, 10):
        found = np.exp(log_likelihood({"zj_urban": rng.normal(size=(300_000 // replicates, replicates))}, seen, held))
        assert found.mean() == pytest.approx(exact, abs=4 * found.std() / math.sqrt(len(found)))


def test_weights_add_up_and_their_effective_number_lies_between_one_and_all() -> None:
    weight = weights(np.array([-1000.0, -1000.0, -1001.0]))
    assert weight.sum() == pytest.approx(1.0)
    assert 1.0 <= ess(weight) <= 3.0
    assert ess(np.full(50, 1 / 50)) == pytest.approx(50)
    assert ess(np.array([1.0, 0.0, 0.0])) == 1.0


def test_an_observation_is_its_own_aim() -> None:
    assert aims((by_id("sd_hubs"),)) == {"sd_hubs": Aim(0.285, 0.285, by_id("sd_hubs").tolerance)}
