"""The calibration from end to end, on two places and few simulations; and the posterior that comes with the project."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from miaopu.calibration.calibrating import POSTERIOR, USUAL, Calibration, calibrate, install, small
from miaopu.calibration.fitting.marker import data_digest
from miaopu.calibration.observations import fitted
from miaopu.calibration.settings import settings
from miaopu.commands.run import run as main
from miaopu.model.posterior import read_posterior
from miaopu.model.posterior_choice import SHIPPED
from miaopu.model.text import Refusal

CHECKS = (
    "predictive", "contraction", "pairs", "moved", "agreement", "recovery", "coverage", "sbc", "sbc_curve",
    "sbc_summary", "hindcast",
)  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    """A small calibration, whole."""
    return calibrate(small(tmp_path_factory.mktemp("calibration"), workers=2))


def _rows(work: Calibration, name: str) -> list[dict[str, str]]:
    with (work.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_a_small_calibration_leaves_a_posterior_and_every_table(done: Calibration) -> None:
    posterior = done.posterior()
    assert posterior.names == settings().fitted
    assert len(posterior.values) == done.settings.particles
    assert all(_rows(done, name) is not None for name in ("screening", "generations", *CHECKS))
    assert [row["parameter"] for row in _rows(done, "contraction")] == list(settings().fitted)


@pytest.mark.slow
def test_a_fit_ends_at_temperature_one_and_tells_its_budget_acceptance_and_effective_size(done: Calibration) -> None:
    generations = _rows(done, "generations")
    assert float(generations[-1]["temperature"]) == 1.0
    for row in generations:
        assert int(row["simulations"]) >= int(row["accepted"]) > 0
        assert float(row["acceptance_rate"]) == pytest.approx(int(row["accepted"]) / int(row["simulations"]), rel=1e-6)
        assert 1.0 <= float(row["ess"]) <= int(row["accepted"]) + 1e-6


@pytest.mark.slow
def test_what_was_done_is_not_done_again(done: Calibration, monkeypatch: pytest.MonkeyPatch) -> None:
    from miaopu.calibration import simulating

    before = done.posterior().digest
    monkeypatch.setattr(simulating.Simulator, "simulated", lambda *_: pytest.fail("simulated again"))
    again = calibrate(Calibration(done.folder, done.settings, 1, None, done.scenarios), USUAL)
    assert again.posterior().digest == before


@pytest.mark.slow
def test_made_data_are_fitted_by_the_whole_search(done: Calibration, monkeypatch: pytest.MonkeyPatch) -> None:
    from miaopu.calibration import recovering

    monkeypatch.setattr(recovering, "DATASETS", 1)
    calibrate(done, ("recovery",))
    fits = [row for row in _rows(done, "recovery") if row["method"] == "smc"]
    assert [row["parameter"] for row in fits] == list(settings().fitted)
    for row in fits:
        assert float(row["p05"]) < float(row["median"]) < float(row["p95"])
        assert float(row["truth"]) == pytest.approx(done.bank().common[row["parameter"]][0])


@pytest.mark.slow
def test_a_fit_of_something_else_is_not_gone_on_with(done: Calibration) -> None:
    other = replace(done.settings, seed=done.settings.seed + 1)
    with pytest.raises(Refusal) as refused:
        calibrate(Calibration(done.folder, other, 1, None, done.scenarios), ("fit",))
    assert refused.value.exit_code == 5


@pytest.mark.slow
def test_the_posterior_of_a_calibration_is_drawn_from_by_a_forecast(done: Calibration, tmp_path: Path, capsys) -> None:
    file = str(done.folder / POSTERIOR)
    arguments = ["forecast", "town", "--parameters", file, "--draws", "4", "--replicates", "1", "--workers", "1"]
    assert main([*arguments, "--out", str(tmp_path / "town"), "--lang", "en"]) == 0
    assert "posterior" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "word"), [("zh", "收缩"), ("en", "contraction")])
def test_the_command_tells_what_the_data_say(done: Calibration, lang: str, word: str, capsys) -> None:
    arguments = ["calibrate", "--small", "--stage", "checks", "--out", str(done.folder), "--workers", "2"]
    assert main([*arguments, "--lang", lang]) == 0
    told = capsys.readouterr().out
    assert word in told
    assert all(name in told for name in settings().fitted)


def test_a_stage_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no such stage: `fitt`"):
        calibrate(small(tmp_path), ("fitt",))
    assert not list(tmp_path.iterdir())


def test_what_was_made_on_a_small_scale_is_not_installed(tmp_path: Path, capsys) -> None:
    assert main(["calibrate", "--small", "--install", "--out", str(tmp_path), "--lang", "en"]) == 2
    assert SHIPPED.exists() or not list(tmp_path.iterdir())


def test_nothing_is_installed_where_nothing_was_fitted(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        install(Calibration(tmp_path, settings()))


def test_the_posterior_that_comes_with_the_project_is_of_its_data_and_settings() -> None:
    shipped = read_posterior(SHIPPED)
    assert shipped.names == settings().fitted
    assert shipped.place_effects == settings().place_effects
    assert shipped.told["data_sha256"] == data_digest(fitted()), "observations have changed: miaopu calibrate --install"
    now = Calibration(Path("unused"), settings()).subject
    then = shipped.told["settings"]["subject"]
    for part in ("scenarios", "measured", "settings", "simulator"):
        assert then[part] == now[part], f"{part} changed since the fit: miaopu calibrate --install"
    assert shipped.told["made_with"]["miaopu"]
    assert shipped.told["fit"]["temperature"] == 1.0
    assert shipped.told["fit"]["ess"] >= 100


def test_the_shipped_posterior_has_weights_and_values_in_the_priors_reach() -> None:
    from miaopu.model.vocabulary import parameters

    shipped = read_posterior(SHIPPED)
    assert (shipped.weights > 0).all()
    for name, column in zip(shipped.names, shipped.values.T, strict=True):
        prior = parameters()[name].prior
        assert np.all((column > prior.ppf(1e-6)) & (column < prior.ppf(1 - 1e-6)))
