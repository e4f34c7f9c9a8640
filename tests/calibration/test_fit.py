"""The fit finds a known posterior, repeats exactly, goes on where it was interrupted, and tells what it left out."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from miaopu.calibration.fitting.fit import FitSettings, fit
from miaopu.calibration.fitting.history import Fitted
from miaopu.calibration.fitting.refusals import OtherFit
from miaopu.model.text import Refusal, Text
from miaopu.tests.calibration.linear import PRIORS, Linear, observations, posterior

SMALL = FitSettings(seed=5, particles=40, early_particles=30, generations=3)


def _fit(folder: Path, settings: FitSettings = SMALL, simulator: Linear | None = None, **how: Any) -> Fitted:
    how = {"workers": 1, **how}
    return fit(simulator or Linear(), PRIORS, observations(), settings, folder, **how)


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    """The small fit, in one go and in this process."""
    return _fit(tmp_path_factory.mktemp("uninterrupted"))


def _same(one: Fitted, other: Fitted) -> None:
    np.testing.assert_array_equal(one.values, other.values)
    np.testing.assert_array_equal(one.weights, other.weights)
    assert one.generations == other.generations
    for name, figures in one.figures.items():
        np.testing.assert_array_equal(figures, other.figures[name])


@pytest.mark.slow
def test_the_posterior_of_a_linear_model_is_found(tmp_path: Path) -> None:
    """Means within 4 standard errors, spreads too: a right fit fails with fewer than one seed in a thousand."""
    found = _fit(tmp_path, FitSettings(seed=11, particles=400, early_particles=200, generations=4))
    mean, covariance = posterior()
    spread, ess = np.sqrt(np.diag(covariance)), found.generations[-1].ess
    assert found.converged and ess > 150
    at = found.weights @ found.z
    assert np.abs(at - mean).max() < (4 * spread / math.sqrt(ess)).max()
    np.testing.assert_allclose(np.sqrt(found.weights @ (found.z - at) ** 2), spread, rtol=4 / math.sqrt(2 * ess))
    assert abs(_correlation(found) - covariance[0, 1] / spread.prod()) < 4 / math.sqrt(ess)


def _correlation(found: Fitted) -> float:
    covariance = np.cov(found.z.T, aweights=found.weights)
    return float(covariance[0, 1] / math.sqrt(covariance[0, 0] * covariance[1, 1]))


def test_values_are_those_of_z_under_the_priors(uninterrupted: Fitted) -> None:
    for column, name in enumerate(uninterrupted.names):
        prior = PRIORS[name]
        np.testing.assert_allclose(uninterrupted.values[:, column], prior.a + prior.b * uninterrupted.z[:, column])


def test_the_particles_carry_the_figures_they_were_accepted_with(uninterrupted: Fitted) -> None:
    simulator = Linear()
    for row, values in enumerate(uninterrupted.values):
        again = simulator(dict(zip(uninterrupted.names, values, strict=True)))
        for name, figures in uninterrupted.figures.items():
            np.testing.assert_allclose(figures[row], again[name])


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "chunk"), [(2, None), (3, 7)])
def test_any_number_of_workers_finds_the_same(
    workers: int, chunk: int | None, tmp_path: Path, uninterrupted: Fitted
) -> None:
    _same(_fit(tmp_path, workers=workers, chunk=chunk), uninterrupted)


def test_another_seed_finds_other_particles(tmp_path: Path, uninterrupted: Fitted) -> None:
    other = _fit(tmp_path, replace(SMALL, seed=6))
    assert not np.isin(other.values, uninterrupted.values).any()


@pytest.mark.slow
def test_an_interrupted_fit_goes_on_to_the_same_result(tmp_path: Path, uninterrupted: Fitted) -> None:
    def interrupt(stage: Text, done: int, total: int) -> None:
        if "generation 3" in stage.en and done > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _fit(tmp_path, progress=interrupt)
    _same(_fit(tmp_path, resume=True), uninterrupted)


@pytest.mark.slow
def test_a_spent_budget_is_told_and_a_larger_one_goes_on(tmp_path: Path, uninterrupted: Fitted) -> None:
    enough = sum(one.simulations for one in uninterrupted.generations[:2])
    short = replace(SMALL, max_simulations=enough + 10)
    found = _fit(tmp_path, short)
    assert not found.converged and found.temperature > 1 and len(found.generations) == 2
    assert found.note and "limit of simulations" in found.note.en and "推演次数用完" in found.note.zh
    _same(_fit(tmp_path, resume=True), uninterrupted)


def test_a_generation_that_accepts_too_little_ends_the_fit(tmp_path: Path) -> None:
    found = _fit(tmp_path, replace(SMALL, min_acceptance=0.9))
    assert not found.converged and len(found.generations) == 1
    assert found.note and "fewer were accepted" in found.note.en


def test_a_budget_below_the_first_generation_gives_no_fit(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="did not suffice"):
        _fit(tmp_path, FitSettings(seed=5, max_simulations=30))


@pytest.mark.slow
def test_a_finished_fit_is_read_again_without_simulating(tmp_path: Path, uninterrupted: Fitted) -> None:
    _fit(tmp_path)
    stages: list[Text] = []
    _same(_fit(tmp_path, resume=True, progress=lambda stage, done, total: stages.append(stage)), uninterrupted)
    assert stages == []


def test_failing_simulations_are_counted_and_leave_a_gap(tmp_path: Path) -> None:
    found = _fit(tmp_path, simulator=Linear(fails_above=0.5))
    assert found.converged and all(0 < one.failed < one.simulations for one in found.generations)
    assert found.z[:, 0].max() <= 0.5


def test_where_everything_fails_the_first_error_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"all failed.*ArithmeticError: too high"):
        _fit(tmp_path, simulator=Linear(fails_above=-99.0))


def test_a_history_is_never_mixed_with_another(tmp_path: Path) -> None:
    short = replace(SMALL, max_simulations=100)
    _fit(tmp_path, short, subject={"scenario": "one"})
    with pytest.raises(Refusal, match="holds the history of a fit"):
        _fit(tmp_path)
    with pytest.raises(OtherFit, match="observations") as refused:
        fit(Linear(), PRIORS, observations(0.1), SMALL, tmp_path, 1, resume=True, subject={"scenario": "one"})
    assert refused.value.exit_code == 5
    with pytest.raises(OtherFit, match="settings of the fit"):
        _fit(tmp_path, replace(SMALL, seed=6), resume=True)
    with pytest.raises(OtherFit, match=r'what is simulated: then \{"scenario": "one"\}, now \{"scenario": "two"\}'):
        _fit(tmp_path, resume=True, subject={"scenario": "two"})
    with pytest.raises(Refusal, match="no fit that could be resumed"):
        _fit(tmp_path / "elsewhere", resume=True)


def test_without_the_library_it_is_said_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyabc", None)
    with pytest.raises(Refusal, match=r'pip install "miaopu\[calibrate\]"') as refused:
        _fit(tmp_path)
    assert "尚未安装" in refused.value.problems[0].text.zh
    assert not list(tmp_path.iterdir())


def test_the_library_says_nothing_and_leaves_numpy_as_it_was(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    np.random.seed(3)
    expected = np.random.random()
    np.random.seed(3)
    stages: list[str] = []
    _fit(tmp_path, progress=lambda stage, done, total: stages.append(stage.en))
    assert capfd.readouterr() == ("", "") and not recwarn.list
    assert np.random.random() == expected
    told = [stage for stage in dict.fromkeys(stages) if stage.startswith("fit")]
    assert told[0] == "fit, generation 1 of 3 (priors)" and len(told) == 3
    assert told[2] == "fit, generation 3 of 3 (temperature 1)"


@pytest.mark.parametrize("temperature", [1.0, 5.0])
def test_the_norm_keeps_the_share_asked_for(temperature: float) -> None:
    """Of residuals scattered widely, weights from accepting at the norm leave the effective share, within 2 points."""
    from miaopu.calibration.fitting.tempering import norm_of  # here, for pyabc is slow to import

    rng = np.random.default_rng(8)
    kernels = -0.5 * (rng.uniform(-20, 20, (400_000, 3)) ** 2).sum(axis=1)
    follow = np.exp(kernels / temperature)
    norm = norm_of(kernels, follow / follow.sum(), temperature, 0.6)
    chance = np.exp((kernels - norm) / temperature)
    accepted = rng.uniform(size=len(kernels)) < chance
    carried = np.maximum(chance[accepted], 1.0)
    assert carried.sum() ** 2 / (carried**2).sum() / len(carried) == pytest.approx(0.6, abs=0.02)
    plain = float(follow.mean())
    assert accepted.mean() > 4 * plain


@pytest.mark.parametrize(("kernel", "weight"), [(-1.0, math.exp(1.0)), (-3.0, 1.0)])
def test_what_is_accepted_beyond_certainty_is_carried_as_a_weight(kernel: float, weight: float) -> None:
    """Norm -3 at temperature 2: a particle two above it stands for exp(2/2) particles."""
    from miaopu.calibration.fitting.tempering import LogLikelihood, Temperatures, WithNorm

    temperatures = Temperatures(5, 0.25, 0.6, [9.0, 2.0])
    temperatures.norms[1] = -3.0
    acceptor = WithNorm()
    figures = {f"figure {k}": np.array([one.low]) for k, one in enumerate(observations())}
    figures["figure 0"] = figures["figure 0"] + math.sqrt(-2.0 * kernel)
    told = acceptor(LogLikelihood(observations()), temperatures, figures, {}, 1, None)
    assert told.accept and told.distance == pytest.approx(kernel) and told.weight == pytest.approx(weight)
