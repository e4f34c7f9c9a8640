"""The ranking of policies under rival rules: its runs are paired, its tables say what changes places."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.calibration.policies import Policy, inputs_under, policies
from miaopu.calibration.ranking import Ranking, ranking
from miaopu.calibration.ranking_tables import ranking_table, survival_table, swaps_table
from miaopu.calibration.rivals import under
from miaopu.experiments.variants import until
from miaopu.model.indicators import indicator_values
from miaopu.model.simulation import simulate
from miaopu.model.text import Text
from miaopu.model.uncertainty import draw_parameters, run_seed
from miaopu.model.vocabulary import levers
from miaopu.scenarios.compiling import load

TOWN = "town"
NOBODY_ORDERS = (("assessment.order_strength", 0.0), ("guidance.local_plans", 0.0), ("hubs.work_plan", 0.0))
CHOSEN = (
    Policy("plan", Text("计划", "plan")),
    Policy("no_plan", Text("无计划", "no plan"), "scenarios/town-baseline.yaml"),
    Policy("examples", Text("典型", "examples"), levers=(("guidance.good_practice", 1.0), *NOBODY_ORDERS)),
    Policy("no_examples", Text("无典型", "none"), levers=(("guidance.good_practice", 0.0), *NOBODY_ORDERS)),
)


@pytest.fixture(scope="module")
def town() -> Ranking:
    return ranking(TOWN, draws=6, replicates=2, workers=1, chosen=CHOSEN)


def test_every_plan_has_its_policies_with_levers_that_are_there() -> None:
    assert set(policies()) == {"shenzhen-2022-2025", "hunan-2021-2023"}
    for plan in policies().values():
        assert plan[0].id == "plan" and not plan[0].scenario and not plan[0].levers
        assert len({policy.id for policy in plan}) == len(plan)
        for policy in plan[1:]:
            assert bool(policy.scenario) != bool(policy.levers)
            for name, value in policy.levers:
                assert levers()[name].low <= value <= levers()[name].high


@pytest.mark.parametrize("plan", [*policies()])
def test_every_policy_has_the_plans_luck_place_and_targets_and_is_another(plan: str) -> None:
    found = inputs_under(plan, policies()[plan])
    first = found[0]
    assert first.months == load(plan).deadline + 1
    for inputs in found:
        assert (inputs.seed, inputs.months, inputs.place.streets) == (first.seed, first.months, first.place.streets)
        assert [target.id for target in inputs.targets] == [target.id for target in first.targets]
    assert len({inputs.timetable.tobytes() for inputs in found}) == len(found)


@pytest.mark.slow
def test_a_run_is_the_scenarios_own_with_the_rule_held_fixed(town: Ranking) -> None:
    inputs = load(TOWN, parameters="prior")
    whole = np.ones((inputs.place.districts, 1))
    for place, rule in enumerate(town.models):
        drawn = draw_parameters(inputs.parameters, inputs.seed, 4) | under(rule)
        tallies = simulate(until(inputs, inputs.deadline), drawn, run_seed(inputs.seed, 4, 1)).tallies
        for k, name in enumerate(town.outcomes[:4]):
            assert town.values[place, 0, 4, 1, k] == indicator_values(name, tallies, whole)[-1, 0]
    assert np.isfinite(town.values).all()


@pytest.mark.slow
def test_workers_change_nothing(town: Ranking) -> None:
    again = ranking(TOWN, ["pressure"], 3, 1, workers=2, chosen=CHOSEN[:2])
    assert again.models == ("both", "pressure")
    np.testing.assert_array_equal(again.values, town.values[:2, :2, :3, :1])


@pytest.mark.slow
def test_by_pressure_alone_examples_move_no_hub_and_tie(town: Ranking) -> None:
    """Bit for bit, run by run; by the model's own rule they move some."""
    hubs = [town.outcomes.index(name) for name in ("street_hub_coverage", "street_hub_coverage_effective")]
    own, pressure = (town.values[town.models.index(rule), 2:][..., hubs] for rule in ("both", "pressure"))
    np.testing.assert_array_equal(*pressure)
    assert (own[0] != own[1]).any()
    table = ranking_table(town)
    told = (table["rule"] == "pressure") & (table["outcome"] == "street_hub_coverage")
    ranks = dict(zip(table["policy"][told], table["rank"][told], strict=True))
    assert ranks["examples"] == ranks["no_examples"]


@pytest.mark.slow
def test_what_is_fitted_comes_from_a_rules_posterior_where_it_has_one(town: Ranking) -> None:
    class Nothing:
        def draw(self, seed: int, draw: int) -> dict[str, float]:
            return dict.fromkeys(("hub_initiative", "hub_imitation", "hub_order"), 0.0)

    still = ranking(TOWN, ["imitation"], 3, 1, 1, chosen=CHOSEN[:1], posteriors={"imitation": Nothing()})
    np.testing.assert_array_equal(still.values[0], town.values[0, :1, :3, :1])
    hubs = still.outcomes.index("street_hub_coverage")
    assert still.values[1, ..., hubs].mean() < still.values[0, ..., hubs].mean()


def _made(rival: list[float], spread: float, draws: int = 40) -> Ranking:
    """Three policies that the model's own rule puts at 3, 2 and 1; the rival where it is told."""
    luck = np.random.default_rng(1).normal(size=(2, 3, draws, 1, 1))
    level = np.array([[3.0, 2.0, 1.0], rival])[:, :, None, None, None]
    some = tuple(Policy(name, Text(name, name)) for name in "abc")
    return Ranking("plan", some, ("both", "pressure"), ("organizations",), level + spread * luck)


def test_ranks_go_from_the_highest_and_equal_ones_share() -> None:
    table = ranking_table(_made([1.0, 2.0, 2.0], 0.0))
    assert list(table["rank"]) == [1, 2, 3, 3, 1, 1]
    assert list(table["rule"]) == ["both"] * 3 + ["pressure"] * 3


@pytest.mark.parametrize(("rival", "swapped", "tau", "best"), [
    ([9.0, 5.0, 0.0], 0, 1.0, True), ([1.0, 2.0, 3.0], 3, -1.0, False), ([3.0, 1.0, 2.0], 1, 1 / 3, True),
])  # fmt: skip
def test_pairs_that_change_places_are_counted(rival: list[float], swapped: int, tau: float, best: bool) -> None:
    found = survival_table(_made(rival, 0.01))
    assert found["tau"][0] == pytest.approx(tau) and found["pairs"][0] == 3
    assert found["swapped"][0] == found["surely_swapped"][0] == swapped
    assert found["best_kept"][0] == best


def test_a_swap_is_sure_only_where_both_differences_leave_out_zero() -> None:
    """With a spread of 1 over 40 draws a gap of 1 is sure and one of 0.01 is not."""
    swaps = swaps_table(_made([3.0, 1.0, 1.01], 0.0))
    assert (swaps["better"][0], swaps["worse"][0]) == ("b", "c") and swaps["sure"][0]
    assert swaps["own"][0] == pytest.approx(1.0) and swaps["rival"][0] == pytest.approx(-0.01)
    vague = _made([3.0, 1.0, 1.01], 1.0)
    vague.values[1, 1] = vague.values[1, 1] - vague.values[1, 1].mean() + vague.values[1, 2].mean() - 0.01
    swaps = swaps_table(vague)
    told = (swaps["better"] == "b") & (swaps["worse"] == "c")
    assert told.sum() == 1 and not swaps["sure"][told].any()
    assert (swaps["own_low"][told] > 0).all() and (swaps["rival_high"][told] > 0).all()
