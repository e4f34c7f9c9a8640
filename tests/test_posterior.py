"""A posterior: sets are drawn whole, by weight; everything else is drawn as if it were not there."""

from __future__ import annotations

import json
import math
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from miaopu.model import posterior_choice
from miaopu.model.inputs import Inputs
from miaopu.model.posterior import PlaceEffect, Posterior, read_posterior, write_posterior
from miaopu.model.posterior_file import text_of
from miaopu.model.text import Refusal
from miaopu.model.uncertainty import central_parameters, draw_parameters, parameters_of_draw
from miaopu.model.vocabulary import parameters
from miaopu.scenarios import load

NAMES = ("hub_initiative", "hub_order", "registering", "start_active_share")
SETS = np.array([[0.011, 4.1, 0.031, 0.81], [0.012, 4.2, 0.032, 0.82], [0.013, 4.3, 0.033, 0.83]])
WEIGHTS = np.array([0.2, 0.5, 0.3])
HUBS = PlaceEffect("hubs", 0.4, ("hub_initiative", "hub_order"))
DRAWS = 3000
UNLIKELY = 1e-3  # how often a test by chance would fail if its seed were not fixed


@pytest.fixture
def told(tmp_path: Path) -> Posterior:
    return write_posterior(tmp_path / "p.json", NAMES, SETS, WEIGHTS, told={"fit": {"generations": 7}})


@pytest.fixture
def placed(tmp_path: Path) -> Posterior:
    """The same with a place effect."""
    return write_posterior(tmp_path / "placed.json", NAMES, SETS, WEIGHTS, [HUBS])


@pytest.fixture
def bare() -> Inputs:
    return load("town", parameters="prior")


@pytest.fixture
def layered(tmp_path: Path) -> Path:
    """The town, with one of the posterior's parameters fixed and the belief about another its own."""
    path = tmp_path / "own.yaml"
    own = "parameters:\n  hub_order: 6 per year\n  registering: {low: 0.5 per year, high: 0.6 per year}\n"
    path.write_text("extends: town.yaml\n" + own, encoding="utf-8")
    return path


def test_a_draw_takes_one_set_whole(told: Posterior) -> None:
    drawn = {tuple(told.draw(3, draw).values()) for draw in range(200)}
    assert drawn == {tuple(row) for row in SETS.tolist()}


def test_sets_come_as_often_as_their_weights_say(told: Posterior) -> None:
    drawn = [told.draw(11, draw)["hub_order"] for draw in range(DRAWS)]
    counts = [drawn.count(value) for value in SETS[:, 1]]
    assert stats.chisquare(counts, WEIGHTS * DRAWS).pvalue > UNLIKELY


def test_draws_hang_on_seed_and_draw_alone(placed: Posterior) -> None:
    sent = pickle.loads(pickle.dumps(placed))
    backwards = [sent.draw(5, draw) for draw in reversed(range(50))]
    assert backwards[::-1] == [placed.draw(5, draw) for draw in range(50)]
    assert placed.draw(5, 1) != placed.draw(6, 1)


def test_all_other_parameters_are_drawn_bit_for_bit_as_without(bare: Inputs, placed: Posterior) -> None:
    fitted = load("town", parameters=placed)
    for draw in range(20):
        without, found = draw_parameters(bare.parameters, 9, draw), parameters_of_draw(fitted, 9, draw)
        assert list(found) == list(without)
        assert {name for name in found if found[name] != without[name]} == set(NAMES)
    assert parameters_of_draw(bare, 9, 0) == draw_parameters(bare.parameters, 9, 0)


def test_what_the_scenario_says_of_a_parameter_goes_before_the_posterior(layered: Path, placed: Posterior) -> None:
    inputs, bare = load(layered, parameters=placed), load(layered, parameters="prior")
    found = [parameters_of_draw(inputs, 2, draw) for draw in range(30)]
    assert {one["hub_order"] for one in found} == {6.0}
    assert [one["registering"] for one in found] == [
        draw_parameters(bare.parameters, 2, draw)["registering"] for draw in range(30)
    ]
    assert all(one["start_active_share"] in SETS[:, 3] for one in found)
    assert inputs.parameters["hub_order"] == bare.parameters["hub_order"]


def test_a_place_effect_has_its_spread_and_is_one_factor_for_all_its_parameters(placed: Posterior) -> None:
    plain = replace(placed, place_effects=())
    logs = []
    for draw in range(DRAWS):
        with_it, without = placed.draw(4, draw), plain.draw(4, draw)
        factors = [with_it[name] / without[name] for name in HUBS.parameters]
        assert math.isclose(*factors, rel_tol=1e-12)
        assert all(with_it[name] == without[name] for name in NAMES if name not in HUBS.parameters)
        logs.append(math.log(factors[0]))
    low, high = stats.chi2(DRAWS).interval(1 - UNLIKELY)
    assert low < np.sum(np.square(logs)) / HUBS.sd**2 < high
    assert stats.kstest(logs, stats.norm(0.0, HUBS.sd).cdf).pvalue > UNLIKELY


def test_a_set_and_the_place_effect_are_independent(placed: Posterior) -> None:
    """For each set the factors have median 1: signs are fair coins."""
    plain = replace(placed, place_effects=())
    above = {value: [0, 0] for value in SETS[:, 1].tolist()}
    for draw in range(DRAWS):
        value = plain.draw(8, draw)["hub_order"]
        above[value][placed.draw(8, draw)["hub_order"] > value] += 1
    for low, high in above.values():
        assert stats.binomtest(high, low + high).pvalue > UNLIKELY / 3


def test_central_values_and_ranges_are_those_of_the_draws(placed: Posterior) -> None:
    """Quantiles of draws, within four standard errors of a binomial share."""
    inputs = load("town", parameters=placed)
    drawn = [parameters_of_draw(inputs, 1, draw) for draw in range(DRAWS)]
    for name in HUBS.parameters:
        prior = inputs.parameters[name].prior
        for share in (0.05, 0.5, 0.95):
            below = np.mean([one[name] <= prior.ppf(share) for one in drawn])
            assert abs(below - share) < 4 * math.sqrt(share * (1 - share) / DRAWS), (name, share)
    assert central_parameters(inputs.parameters)["hub_order"] == inputs.parameters["hub_order"].prior.ppf(0.5)


def test_a_marginal_of_a_share_stays_a_share(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    values = rng.beta(40, 3, (400, 1))
    found = write_posterior(tmp_path / "p.json", ["start_active_share"], values, np.ones(400))
    assert parameters()["start_active_share"].prior.kind == "beta"
    belief = found.marginal("start_active_share", parameters()["start_active_share"].prior)
    assert belief.kind == "beta" and 0 < belief.ppf(1e-9) < belief.ppf(1 - 1e-9) < 1
    for share, value in zip((0.05, 0.5, 0.95), found.quantiles("start_active_share"), strict=True):
        assert abs(belief.ppf(share) - value) < 0.02


def test_one_set_alone_is_a_fixed_value(tmp_path: Path) -> None:
    found = write_posterior(tmp_path / "p.json", ["hub_order"], np.array([[4.2]]), np.ones(1))
    assert found.marginal("hub_order", parameters()["hub_order"].prior).is_fixed


def test_a_file_says_the_same_however_it_is_laid_out(placed: Posterior, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps(json.loads(text_of(placed)), indent=4), encoding="utf-8")
    again = read_posterior(other)
    assert (again.digest, again.names, again.place_effects) == (placed.digest, NAMES, (HUBS,))
    assert np.array_equal(again.values, SETS) and text_of(again) == text_of(placed)


def test_another_value_is_another_digest(told: Posterior, placed: Posterior, tmp_path: Path) -> None:
    nudged = SETS.copy()
    nudged[0, 0] += 1e-6
    other = write_posterior(tmp_path / "other.json", NAMES, nudged, WEIGHTS, told={"fit": {"generations": 7}})
    assert len({told.digest, placed.digest, other.digest}) == 3


def _without(key: str) -> Callable[[dict[str, Any]], Any]:
    return lambda data: {name: value for name, value in data.items() if name != key}


def _with(**said: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda data: data | said


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without("weights"), "weights"),
        (_with(format=2), "format"),
        (_with(names=["hub_initiative", "hub_odor", "registering", "start_active_share"]), "hub_odor"),
        (_with(names=["hub_order", "hub_order", "registering", "start_active_share"]), "twice"),
        (_with(sets=SETS[:, :3].tolist()), "size"),
        (_with(sets=[[*SETS[0, :3], float("nan")], *SETS[1:].tolist()]), "finite"),
        (_with(sets=[[*SETS[0, :3], 1.5], *SETS[1:].tolist()]), "start_active_share"),
        (_with(sets=[[-0.01, *SETS[0, 1:]], *SETS[1:].tolist()]), "hub_initiative"),
        (_with(sets=[[True, *SETS[0, 1:]], *SETS[1:].tolist()]), "finite"),
        (_with(weights=[0.5, 0.6, -0.1]), "above 0"),
        (_with(weights=[0.2, 0.5, 0.5]), "add up"),
        (_with(place_effects=[{"name": "hubs", "sd": 0.4}]), "place_effects"),
        (_with(place_effects=[{"name": "hubs", "sd": 0.4, "parameters": ["found_cap"]}]), "hubs"),
        (_with(place_effects=[{"name": "hubs", "sd": -1, "parameters": ["hub_order"]}]), "sd"),
        (lambda _: [1, 2], "entries"),
    ],
)
def test_a_spoilt_file_is_refused_in_one_line_of_both_languages(
    placed: Posterior, tmp_path: Path, spoil: Callable[[dict[str, Any]], Any], said: str
) -> None:
    path = tmp_path / "spoilt.json"
    path.write_text(json.dumps(spoil(json.loads(text_of(placed)))), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        read_posterior(path)
    (problem,) = refused.value.problems
    assert said in problem.text.en and all("spoilt.json" in text and "\n" not in text for text in problem.text)


def test_what_is_no_file_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.json").write_text("dear all", encoding="utf-8")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "words.json", tmp_path / "bytes.json", tmp_path / "missing.json", tmp_path):
        with pytest.raises(Refusal, match=path.name):
            read_posterior(path)


def test_nothing_is_written_that_could_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        write_posterior(tmp_path / "p.json", ["hub_order"], np.array([[-1.0]]), np.ones(1))
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_posterior_is_the_default_where_there_is_one(
    told: Posterior, placed: Posterior, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posterior_choice, "SHIPPED", tmp_path / "none.json")
    assert load("town").posterior is None
    with pytest.raises(Refusal, match="no posterior is shipped"):
        load("town", parameters="posterior")
    monkeypatch.setattr(posterior_choice, "SHIPPED", tmp_path / "p.json")
    for choice in (None, "posterior", tmp_path / "p.json", told):
        found = load("town", parameters=choice).posterior
        assert found is not None and found.digest == told.digest
    assert load("town", parameters="prior").posterior is None
    other = load("town", parameters=str(tmp_path / "placed.json")).posterior
    assert other is not None and other.digest == placed.digest
