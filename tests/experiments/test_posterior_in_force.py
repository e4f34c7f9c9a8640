"""Results know which parameters they were made with, and stand when the shipped posterior has changed since."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from miaopu.experiments import beliefs
from miaopu.experiments.campaign.extending import extend
from miaopu.experiments.campaign.folder import begin, reopen
from miaopu.experiments.campaign.identity import differences
from miaopu.experiments.campaign.plan_tables import draws_table
from miaopu.experiments.campaign.status import status_of
from miaopu.experiments.design.experiment import Experiment
from miaopu.experiments.design.factor import TRIMMED
from miaopu.experiments.design.reading import STUDIES, experiment_of, inputs_of_experiment, read_experiment
from miaopu.experiments.ensemble import run_ensemble
from miaopu.experiments.forecast import forecast, with_settings
from miaopu.experiments.money import spent_by_year
from miaopu.experiments.plain import model_function
from miaopu.experiments.store import Results
from miaopu.experiments.study import go_on, sweep
from miaopu.experiments.verify import verify
from miaopu.model import posterior_choice
from miaopu.model.posterior import PlaceEffect, Posterior, write_posterior
from miaopu.model.simulation import simulate
from miaopu.model.text import Refusal
from miaopu.model.uncertainty import parameters_of_draw
from miaopu.outputs import charts
from miaopu.scenarios.compiling import inputs_of
from miaopu.scenarios.layers import resolve

Call = Callable[..., Any]
NAMES = ("hub_initiative", "hub_order", "registering")
HUBS = PlaceEffect("hubs", 0.4, ("hub_initiative", "hub_order"))


def shipped_at(path: Path, factor: float) -> Posterior:
    """A posterior of three sets; `factor` makes another of it."""
    rows = factor * np.array([[0.011, 4.1, 0.031], [0.012, 4.2, 0.032], [0.013, 4.3, 0.033]])
    return write_posterior(path, NAMES, rows, np.array([0.2, 0.5, 0.3]), [HUBS], {"fit": {"seed": 5}})


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a posterior is shipped, for the while."""
    path = tmp_path / "shipped.json"
    shipped_at(path, 1.0)
    monkeypatch.setattr(posterior_choice, "SHIPPED", path)
    return path


def an_experiment(**said: Any) -> Experiment:
    """Two draws of the town's first months."""
    data = {"name": "n", "scenarios": ["town"], "until": "2026-12", "draws": 2, "design": {"method": "one"}}
    return experiment_of(data | said)


def small_forecast(out: Path) -> Results:
    resolved = resolve("town")
    return forecast(with_settings(inputs_of(resolved), 2, 1, 3), resolved, out, workers=1, grid=False)


@pytest.mark.slow
def test_a_forecast_is_verified_by_its_own_copy_after_the_shipped_posterior_changed(
    shipped: Path, tmp_path: Path
) -> None:
    made = small_forecast(tmp_path / "r")
    digest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["parameters"]["sha256"]
    other = shipped_at(shipped, 1.5)
    assert other.digest != digest
    assert verify(made.folder, workers=1).lines("en") == ["All 15 tables agree."]
    shipped.unlink()
    assert verify(made.folder, workers=1).agrees
    shipped_at(made.folder / beliefs.COPY, 1.5)
    verdict = verify(made.folder, workers=1)
    assert not verdict.agrees and "posterior.json has been changed" in verdict.lines("en")
    (made.folder / beliefs.COPY).unlink()
    with pytest.raises(Refusal, match=r"has no posterior\.json"):
        verify(made.folder, workers=1)


@pytest.mark.slow
def test_a_forecast_from_the_priors_is_verified_where_a_posterior_is_shipped_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posterior_choice, "SHIPPED", tmp_path / "shipped.json")
    made = small_forecast(tmp_path / "r")
    assert made.manifest["parameters"] == {"from": "prior"} and not (made.folder / beliefs.COPY).exists()
    shipped_at(tmp_path / "shipped.json", 1.0)
    assert verify(made.folder, workers=1).agrees


@pytest.mark.slow
def test_any_number_of_workers_draws_the_same_and_gives_the_same(shipped: Path) -> None:
    inputs = with_settings(inputs_of(resolve("town")), 4, 1, 3)
    alone, shared = run_ensemble(inputs, workers=1), run_ensemble(inputs, workers=2)
    assert alone.parameters == shared.parameters == [parameters_of_draw(inputs, 3, draw) for draw in range(4)]
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(alone.kept, shared.kept, strict=True))


def test_the_manifest_of_an_experiment_says_what_was_in_force(shipped: Path, tmp_path: Path) -> None:
    experiment = an_experiment()
    campaign = begin(experiment, inputs_of_experiment(experiment), "sweep", tmp_path / "r")
    said = campaign.manifest["parameters"]
    assert said["from"] == "posterior" and said["sets"] == 3 and said["fit"] == {"seed": 5}
    assert experiment.posterior is not None and said["sha256"] == experiment.posterior.digest
    assert campaign.manifest["experiment"] == experiment.record


def test_an_experiment_goes_on_with_its_own_posterior(shipped: Path, tmp_path: Path) -> None:
    experiment = an_experiment()
    first = begin(experiment, inputs_of_experiment(experiment), "sweep", tmp_path / "r")
    before = draws_table(first)
    shipped_at(shipped, 1.5)
    again = reopen(tmp_path / "r")
    assert differences(again.manifest) == [] and status_of(again).left == 2
    wider = draws_table(extend(again, draws=4))
    for name, column in before.items():
        assert np.array_equal(wider[name][:2], column), name
    assert all(wider["p_registering"][k] in (0.031, 0.032, 0.033) for k in range(4))


def test_two_posteriors_are_never_mixed_in_one_folder(shipped: Path, tmp_path: Path) -> None:
    experiment = an_experiment()
    begin(experiment, inputs_of_experiment(experiment), "sweep", tmp_path / "r")
    shipped_at(shipped, 1.5)
    for other in (an_experiment(), an_experiment(parameters="prior")):
        with pytest.raises(Refusal, match=r"choose another --out"):
            begin(other, inputs_of_experiment(other), "sweep", tmp_path / "r")
    shipped_at(tmp_path / "r" / beliefs.COPY, 1.5)
    with pytest.raises(Refusal, match="not the posterior that its runs were made with"):
        reopen(tmp_path / "r")


def test_the_same_experiment_from_other_parameters_is_told_as_such(shipped: Path, tmp_path: Path) -> None:
    data = {"name": "n", "scenarios": ["town"], "draws": 2, "design": {"method": "one"}}
    one, other = experiment_of(data), experiment_of(data, parameters="prior")
    begin(one, inputs_of_experiment(one), "sweep", tmp_path / "r")
    with pytest.raises(Refusal, match="the same experiment with other parameters"):
        begin(other, inputs_of_experiment(other), "sweep", tmp_path / "r")


def test_a_killed_beginning_may_leave_the_copy(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    shipped_at(tmp_path / "r" / beliefs.COPY, 1.5)
    experiment = an_experiment()
    begin(experiment, inputs_of_experiment(experiment), "sweep", tmp_path / "r")
    assert reopen(tmp_path / "r").experiment.posterior is not None


@pytest.mark.slow
def test_points_win_over_the_draw(shipped: Path, tmp_path: Path) -> None:
    """With everything that the posterior holds fixed, it makes no difference which posterior."""
    fixed = {"hub_initiative": "0.02 per year", "hub_order": "5 per year", "registering": "0.05 per year"}
    said = {"constants": fixed, "keep": {"indicators": ["registered"]}, "until": "2026-12"}
    runs = [
        sweep({"name": "n", "scenarios": ["town"], "draws": 2, **said}, tmp_path / name, parameters, workers=1)
        for name, parameters in (("one", None), ("other", "prior"))
    ]
    one, other = (run.months("registered") for run in runs)
    assert one.equals(other)
    free = an_experiment(keep={"indicators": ["registered"]})
    loose = go_on(begin(free, inputs_of_experiment(free), "sweep", tmp_path / "free"), workers=1)
    assert not loose.months("registered").equals(one)


@pytest.mark.slow
def test_workers_run_the_parameters_that_the_plan_lists(shipped: Path, tmp_path: Path) -> None:
    experiment = an_experiment()
    (inputs,) = inputs_of_experiment(experiment)
    campaign = begin(experiment, (inputs,), "sweep", tmp_path / "r")
    for task in campaign.plan.tasks([0]):
        alone = simulate(inputs, parameters_of_draw(inputs, experiment.seed, task.draw), task.seed)
        assert np.array_equal(campaign.subject(task)["money"]["public_yuan"], spent_by_year(alone.ledger))


def test_a_factor_by_prior_ranges_over_what_is_in_force(shipped: Path) -> None:
    said = {"uncertainties": {"registering": "prior"}, "design": {"method": "morris", "points": 4}, "draws": "central"}
    by_posterior, by_prior = (
        an_experiment(**said, parameters=choice).factors[0].at(np.array([0.0, 1.0]), trimmed=True)
        for choice in ("posterior", "prior")
    )
    low, high = posterior_choice.read(shipped).quantiles("registering", TRIMMED)
    assert np.allclose(by_posterior, [low, high], rtol=1e-9)
    assert by_prior[0] < low < high < by_prior[1]


def test_a_file_of_an_experiment_may_name_its_posterior(shipped: Path, tmp_path: Path) -> None:
    own = shipped_at(tmp_path / "mine.json", 2.0)
    (tmp_path / "e.yaml").write_text("name: n\nscenarios: [town]\nparameters: mine.json\n", encoding="utf-8")
    for asked, digest in ((None, own.digest), ("posterior", posterior_choice.read(shipped).digest), ("prior", None)):
        found = read_experiment(tmp_path / "e.yaml", asked).posterior
        assert (found and found.digest) == digest
    assert experiment_of({"name": "n", "scenarios": ["town"], "parameters": str(tmp_path / "mine.json")}).record[
        "parameters"
    ] == "mine.json"
    with pytest.raises(Refusal, match=r"parameters: .*nowhere\.json"):
        an_experiment(parameters="nowhere.json")


@pytest.mark.parametrize("path", sorted(STUDIES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_studies_stay_with_the_priors_of_their_documents(path: Path, shipped: Path) -> None:
    assert read_experiment(path).posterior is None


@pytest.mark.slow
def test_a_plain_function_takes_parameters_by_choice(shipped: Path) -> None:
    by_choice = [
        model_function("town", ["registered"], seed=2, draw=0, parameters=choice)() for choice in (None, "prior")
    ]
    assert by_choice[0] != by_choice[1]


@pytest.mark.slow
def test_a_forecast_says_which_parameters_it_used(
    miaopu: Call, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "draw_all", lambda *_: None)
    small = ("--draws", "2", "--replicates", "1", "--workers", "1", "--out", tmp_path / "r")
    by_default = miaopu("forecast", "town", *small)
    assert by_default.code == 0 and "Parameters: 3 jointly from the calibrated posterior (3 sets" in by_default.out
    by_prior = miaopu("forecast", "town", *small, "--parameters", "prior", "--lang", "zh")
    assert by_prior.out.count("参数全部取自先验") == 1
    wrong = miaopu("forecast", "town", *small, "--parameters", tmp_path / "nowhere.json")
    assert wrong.code == 2 and "nowhere.json" in wrong.err


def test_the_list_of_parameters_tells_posterior_and_prior(
    miaopu: Call, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = miaopu("parameters", "registering")
    assert "posterior (5–95 %)" in told.out and "0.03213 (0.031 – 0.033)" in told.out
    assert "In force: of those" in told.out
    assert "In force: the priors" in miaopu("parameters", "registering", "--parameters", "prior").out
    assert "后验：中位" in miaopu("explain", "town", "registering", "--lang", "zh").out
    assert "calibration/posterior.json" in miaopu("check", "town", "--all").out
    monkeypatch.setattr(posterior_choice, "SHIPPED", shipped.with_name("none.json"))
    assert "posterior" not in miaopu("parameters", "registering").out
    assert "posterior" not in miaopu("explain", "town", "registering").out
