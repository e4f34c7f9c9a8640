"""Rival rules as data, and what observations say for each of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from miaopu.calibration.bank import Bank, make_bank
from miaopu.calibration.observations import Observation
from miaopu.calibration.rivals import MECHANISMS, OWN, RULES, models, posterior_under, rivals_table, under
from miaopu.calibration.simulating import load_simulator, only
from miaopu.model.posterior import PlaceEffect
from miaopu.model.text import Text
from miaopu.model.vocabulary import parameters

NOWHERE = Text("某地", "somewhere")
HUBS = ("hunan-stations-2018-2019", "ningbo-2010-2018")


def _seen(name: str, value: float, role: str = "fit", scenario: str = "here") -> Observation:
    return Observation(name, NOWHERE, "2020", role, name, "level", value, value, 1.0, scenario, "", NOWHERE, "", "K")


def _bank(fitted: list[float], held_out: list[float]) -> Bank:
    values = np.arange(float(len(fitted)))[:, None]
    figures = {"fitted": np.array(fitted)[:, None], "held_out": np.array(held_out)[:, None]}
    return Bank(("hub_order",), values, {"hub_order": values[:, 0]}, {}, figures, len(fitted))


def _cell(table, rule: str, quantity: str) -> tuple[float, float, float]:
    (row,) = np.flatnonzero((table["rule"] == rule) & (table["quantity"] == quantity))
    return table["value"][row], table["low"][row], table["high"][row]


def test_the_first_rule_of_each_mechanism_is_what_the_model_does_unless_told_otherwise() -> None:
    usual = {name: parameters()[name].value for name in ("hub_rule", "founding_rule")}
    for mechanism in MECHANISMS:
        first, *rivals = mechanism.rules
        assert under(first.id) == usual
        assert rivals and all(under(rival.id) != usual for rival in rivals)
    assert len({tuple(under(rule).values()) for rule in RULES}) == len(models()) == len(RULES) - 1


def test_only_models_that_differ_are_to_be_simulated_and_the_own_one_always() -> None:
    assert models() == ("both", "pressure", "imitation", "need")
    assert models(["need"]) == models(["saturation", "need"]) == ("both", "need")


def test_evidence_is_the_mean_weight_and_figures_are_weighted_by_what_is_fitted() -> None:
    """Own: half of the simulations agree, half are a tolerance away; the rival's are all two tolerances away."""
    own = _bank([5.0, 6.0] * 50, [0.0, 10.0] * 50)
    rival = _bank([7.0] * 100, list(np.arange(100.0)))
    seen = [_seen("fitted", 5.0), _seen("held_out", 999.0, "check")]
    table = rivals_table({"both": own, "pressure": rival}, seen)
    mean = (1 + math.exp(-0.5)) / 2
    assert _cell(table, "both", "log_evidence")[0] == pytest.approx(math.log(mean))
    value, low, high = _cell(table, "pressure", "log_evidence_over_own")
    assert value == pytest.approx(-2.0 - math.log(mean)) and low < value < high
    assert _cell(table, "pressure", "log_evidence") == pytest.approx((-2.0, -2.0, -2.0))
    assert _cell(table, "pressure", "log_evidence@here") == pytest.approx((-2.0, -2.0, -2.0))
    assert _cell(table, "pressure", "ess")[0] == pytest.approx(100.0)
    assert _cell(table, "pressure", "held_out") == pytest.approx((49.5, 4.5, 94.5), abs=0.6)
    assert _cell(table, "both", "held_out")[0] < 5.0, "what agrees weighs more"
    assert set(table["mechanism"]) == {"hubs"} and list(table["rule"]).count("both") == 5


def test_the_models_own_rule_stands_beside_the_rivals_of_each_mechanism() -> None:
    bank, seen = _bank([5.0, 6.0], [1.0, 2.0]), [_seen("fitted", 5.0)]
    table = rivals_table(dict.fromkeys(models(), bank), seen)
    told = dict.fromkeys(zip(table["mechanism"], table["rule"], strict=True))
    assert list(told) == [(mechanism.id, rule.id) for mechanism in MECHANISMS for rule in mechanism.rules]
    over = table["value"][np.char.startswith(table["quantity"].astype(str), "log_evidence_over_own")]
    assert len(over) == 6 and not over.any(), "the same simulations speak for none"


def test_a_rules_posterior_draws_its_own_simulations_by_their_weight() -> None:
    bank = _bank([5.0, 5.0, 50.0, 50.0], [0.0] * 4)
    found = posterior_under(bank, [_seen("fitted", 5.0)], [PlaceEffect("hubs", 0.0, ("hub_order",))])
    drawn = {found.draw(1, draw)["hub_order"] for draw in range(40)}
    assert drawn == {0.0, 1.0}


@pytest.mark.slow
def test_rivals_are_simulated_with_the_same_parameters_and_luck_and_differ_where_their_claims_do() -> None:
    """Hunan's stations came by order where there had been none: that is what imitation alone cannot do."""
    banks = {rule: make_bank(only(load_simulator(fixed=under(rule)), HUBS), 3, workers=1) for rule in models()}
    plain = make_bank(only(load_simulator(), HUBS), 3, workers=1)
    for name, figure in plain.figures.items():
        np.testing.assert_array_equal(banks[OWN].figures[name], figure)
    for bank in banks.values():
        np.testing.assert_array_equal(bank.values, plain.values)
    stations = {rule: bank.figures["hn_stations"] for rule, bank in banks.items()}
    assert (stations["imitation"] <= stations[OWN]).all() and stations["imitation"].mean() < stations[OWN].mean()
    alone, seen = (banks[rule].figures["nb_hubs"] for rule in ("pressure", OWN))
    assert (alone <= seen).all() and alone.mean() < seen.mean()
