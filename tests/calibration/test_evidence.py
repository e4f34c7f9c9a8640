"""Which of two rules foresaw the observations better, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from miaopu.calibration.checks.evidence import difference, interval, log_evidence
from miaopu.calibration.weighing import log_likelihood
from miaopu.tests.calibration.toy import BOTH, world


def _told(rows: int = 4000, seed: int = 1, off: float = 0.0) -> np.ndarray:
    figures = world(rows, seed).figures
    return log_likelihood(figures | {"sum": figures["sum"] + off}, BOTH)


def _exact(off: float = 0.0) -> float:
    """Log density of the observed figures, without the constant of the normal errors that the kernel leaves out."""
    variance = np.array([2 + 0.3**2 + 0.5**2, 2 + 0.2**2 + 0.8**2])
    density = stats.norm.logpdf([1.0 - off, -0.5], 0, np.sqrt(variance)).sum()
    return float(density + np.log(2 * np.pi * 0.5 * 0.8))


def test_evidence_is_the_density_of_the_data_and_its_error_holds() -> None:
    found = [log_evidence(_told(seed=seed)) for seed in range(200)]
    scores = np.array([(one.value - _exact()) / one.error for one in found])
    assert np.mean([one.value for one in found]) == pytest.approx(_exact(), abs=0.01)
    assert 0.8 < scores.std() < 1.2  # of 200 standard normal numbers outside for fewer than one seed in 1,000


def test_the_smallest_likelihoods_do_not_vanish() -> None:
    far = log_evidence(np.array([-5000.0, -5001.0]))
    assert far.value == pytest.approx(-5000 + np.log((1 + np.exp(-1)) / 2))
    assert log_evidence(np.array([0.0, -np.inf])).value == pytest.approx(-np.log(2))


def test_a_rule_that_is_off_loses_by_what_the_formula_says() -> None:
    found = difference(_told(seed=1), _told(seed=2, off=-2.0))
    assert abs(found.value - (_exact() - _exact(-2.0))) < 4 * found.error  # wrong for one seed in 15,000
    assert found.value > 4 * found.error


def test_common_luck_makes_a_difference_surer() -> None:
    one, other = _told(), _told(off=-0.2)
    paired, apart = difference(one, other, paired=True), difference(one, other)
    assert paired.value == apart.value
    assert paired.error < 0.5 * apart.error
    assert difference(one, one, paired=True) == (0.0, 0.0)


def test_paired_errors_hold_too() -> None:
    exact = _exact() - _exact(-1.0)
    found = [difference(_told(seed=seed), _told(seed=seed, off=-1.0), True) for seed in range(200)]
    scores = np.array([(one.value - exact) / one.error for one in found])
    assert 0.8 < scores.std() < 1.2


def test_a_rule_that_is_off_has_an_interval_below_zero() -> None:
    pressure, imitation = _told(), _told(off=-2.0)
    over = difference(imitation, pressure, paired=True)
    assert interval(over)[2] < 0
    assert interval(over)[0] == pytest.approx(log_evidence(imitation).value - log_evidence(pressure).value)
