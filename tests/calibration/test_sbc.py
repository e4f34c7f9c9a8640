"""Simulation-based calibration lets a right posterior pass and catches a wrong one."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.calibration.checks.blur import blurred, least_blur
from miaopu.calibration.checks.luck import uniforms
from miaopu.calibration.checks.sbc import AGREEMENT, Ranks, sbc_ranks
from miaopu.calibration.checks.synthetic import Likelihood, publish, truth
from miaopu.calibration.checks.uniformity import SMALL_ESS, p_value, sbc_counts, sbc_curve, sbc_summary
from miaopu.calibration.weighing import ess, log_likelihood
from miaopu.tests.calibration.toy import BOTH, DIFFERENCE, MORE, NAMES, SUM, world


def _told(times: float = 1.0, off: float = 0.0) -> Likelihood:
    """The likelihood with other tolerances, and with data that are off by so many of them."""

    def likelihood(figures: object, observations: object, held: dict) -> np.ndarray:
        wrong = {name: aim._replace(low=aim.low - off * aim.tolerance, high=aim.high - off * aim.tolerance,
                                    tolerance=times * aim.tolerance) for name, aim in held.items()}  # fmt: skip
        return log_likelihood(figures, observations, wrong)  # type: ignore[arg-type]

    return likelihood  # type: ignore[return-value]


def _found(seed: int = 1, likelihood: Likelihood = log_likelihood, rows: int = 2000, blur: float = 1.0) -> Ranks:
    bank = world(rows, seed)
    return sbc_ranks(NAMES, bank.values, bank.figures, blurred(BOTH, blur), seed, likelihood=likelihood)


def _p_values(found: Ranks) -> dict[str, float]:
    table = sbc_summary(found)
    return dict(zip(table["parameter"], table["p_value"], strict=True))


def test_a_right_posterior_passes() -> None:
    smallest = [min(_p_values(_found(seed, rows=2000)).values()) for seed in range(1, 6)]
    # five times three p-values: the smallest is below 0.0006 for fewer than one choice of seeds in 100
    assert min(smallest) > 0.0006
    assert np.median(smallest) > 0.03


@pytest.mark.parametrize(
    ("likelihood", "caught"),
    [
        (_told(0.5), NAMES),  # too sure: half as wide as it should be
        (_told(off=1.0), NAMES[:1]),  # off by a tolerance in each figure, so push by much
        (_told(3.0), (AGREEMENT,)),  # not sure enough
        (lambda figures, *_: np.zeros(len(figures["sum"])), (AGREEMENT,)),  # the prior, which passes for parameters
    ],
    ids=["too_narrow", "shifted", "too_wide", "prior"],
)
def test_a_wrong_posterior_is_caught(likelihood: Likelihood, caught: tuple[str, ...]) -> None:
    found = _p_values(_found(2, likelihood))
    assert all(found[name] < 0.001 for name in caught)


def test_too_narrow_a_posterior_piles_truths_at_both_ends() -> None:
    found = _found(3, _told(0.5))
    counts, curve = sbc_counts(found), sbc_curve(found)
    push = counts["count"][counts["parameter"] == "push"]
    assert push[0] + push[-1] > 60, "of 200, 40 belong there"
    assert np.any(push > counts["high"][0])
    outside = (curve["difference"] > curve["high"]) | (curve["difference"] < curve["low"])
    assert outside[curve["parameter"] == "push"].any()


def test_every_dataset_is_counted_also_where_few_simulations_agree() -> None:
    found = _found(4, rows=500, blur=0.3)
    counts, summary = sbc_counts(found), sbc_summary(found)
    assert summary["ess_small"].tolist() == [int(np.sum(found.ess < SMALL_ESS))] * 3
    assert summary["ess_small"][0] > 50
    assert [counts["count"][counts["parameter"] == name].sum() for name in found.names] == [200] * 3


def test_too_small_a_bank_fails_and_wider_tolerances_mend_it() -> None:
    bank = world(400, 5)
    narrow = blurred(BOTH, 0.1)
    assert min(_p_values(sbc_ranks(NAMES, bank.values, bank.figures, narrow, 5)).values()) < 0.001
    factor = least_blur(bank.figures, narrow, 5)
    assert factor > 1
    wide = sbc_ranks(NAMES, bank.values, bank.figures, blurred(narrow, factor), 5)
    assert min(_p_values(wide).values()) > 0.001  # three p-values: wrong for 3 seeds in 1,000
    assert least_blur(world(4000).figures, BOTH, 5, 40) == 1.0


def test_a_truth_is_not_its_own_neighbour_and_its_errors_hang_on_it_alone() -> None:
    figures = world(300).figures
    fewer = {name: column[:200] for name, column in figures.items()}
    one = truth(figures, BOTH, 7, seed=1)
    assert one.weights[7] == 0
    assert one.weights.sum() == pytest.approx(1)
    assert one.held == truth(fewer, BOTH, 7, seed=1).held == publish(figures, BOTH, 7, 1)
    assert one.held != publish(figures, BOTH, 7, 2)
    assert ess(one.weights) > 1


def test_made_data_stray_from_the_truth_by_the_tolerance() -> None:
    figures = world(2000).figures
    off = [publish(figures, [DIFFERENCE], row, 1)["difference"].low - figures["difference"][row] for row in range(2000)]
    nearest = np.abs(off).min(axis=1)
    assert np.std(off) == pytest.approx(np.hypot(0.8, np.sqrt(0.5) * 0.2), rel=0.05)  # of two runs one is the truth
    assert nearest.max() < 4 * 0.8


def test_made_data_of_a_bound_are_a_value() -> None:
    figures = world(300).figures
    assert publish(figures, [MORE], 3, 1) == publish(figures, [SUM], 3, 1)


def test_the_same_seed_gives_the_same_ranks() -> None:
    one, same, other = _found(1, rows=400), _found(1, rows=400), _found(2, rows=400)
    assert np.array_equal(one.ranks, same.ranks)
    assert not np.array_equal(one.ranks, other.ranks)
    assert len(set(one.rows.tolist())) == 200, "no simulation is the truth twice"


def test_ties_fall_evenly() -> None:
    """Of a parameter with two values that the data do not touch, ranks are uniform all the same."""
    coin = np.where(uniforms(1, "coin", 4000, 1) < 0.5, 0.0, 1.0)
    found = sbc_ranks(("coin",), coin, world(4000).figures, BOTH, 1)
    assert _p_values(found)["coin"] > 0.001  # wrong for one seed in 1,000


def test_a_bank_holds_more_simulations_than_truths() -> None:
    with pytest.raises(ValueError, match="200 datasets"):
        _found(rows=200)


def test_simulations_without_a_figure_are_refused() -> None:
    with pytest.raises(ValueError, match="every figure"):
        publish({"sum": np.full((2, 3), np.nan)}, [SUM], 0, 1)


@pytest.mark.parametrize(("datasets", "draws"), [(100, 19), (200, 39)])
def test_uniform_ranks_fail_once_in_a_hundred(datasets: int, draws: int) -> None:
    rng = np.random.default_rng(6)
    sets = [rng.integers(0, draws + 1, size=datasets) for _ in range(2000)]
    p_values = np.array([p_value(ranks, draws) for ranks in sets])
    assert 6 <= np.sum(p_values <= 0.01) <= 36  # 20 expected; outside for one seed in about 2,000
    assert abs(np.mean(p_values <= 0.5) - 0.5) < 0.06


def test_leaning_to_either_side_is_judged_alike() -> None:
    ranks = np.random.default_rng(8).integers(0, 20, size=(100, 50))
    assert [p_value(row, 19) for row in ranks] == pytest.approx([p_value(19 - row, 19) for row in ranks], abs=1e-12)


def test_the_bands_hold_what_they_promise() -> None:
    rng = np.random.default_rng(7)
    names = tuple(f"set {place}" for place in range(1000))
    found = Ranks(names, rng.integers(0, 20, size=(200, 1000)), 19, np.arange(200), np.full(200, 100.0))
    curve, counts = sbc_curve(found), sbc_counts(found)
    outside = (curve["difference"] > curve["high"] + 1e-12) | (curve["difference"] < curve["low"] - 1e-12)
    anywhere = outside.reshape(1000, 19).any(axis=1)
    assert anywhere.sum() <= 22  # 10 expected at most; more for one seed in 1,000
    judged = sbc_summary(found)["p_value"]
    assert np.all(judged[anywhere] <= 0.02), "the band and the p-value agree"
    beyond = (counts["count"] < counts["low"]) | (counts["count"] > counts["high"])
    assert 0.001 < beyond.mean() <= 0.0125  # each bin by itself: at most 1 in 100, and some


def test_bins_hold_equally_many_ranks() -> None:
    found = Ranks(("x",), np.arange(20)[:, None], 19, np.arange(20), np.full(20, 100.0))
    assert sbc_counts(found)["count"].tolist() == [2] * 10
    with pytest.raises(ValueError, match="bins"):
        sbc_counts(found, 7)
