"""What a point costs: the ratio with its interval, and when it is not told."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from miaopu.experiments.analysis.cost import KINDS, WHY, costs, fieller
from miaopu.experiments.analysis.outcomes import Outcome
from miaopu.experiments.columns import Columns
from miaopu.model.text import Text


def _outcome(name: str, unit: str, kind: str, values: np.ndarray) -> Outcome:
    return Outcome(name, Text(name, name), unit, kind, values[:, None])


def _found(cost: float, gain: float, seed: int = 1, kind: str = "measured", unit: str = "share", **more) -> Columns:
    """Two policies, 60 draws of 2 replicates; the second costs so much more and covers so much more."""
    rng = np.random.default_rng(seed)
    money = rng.normal(1e7, 1e6, (1, 60, 2)).repeat(2, axis=0)
    share = rng.normal(0.6, 0.1, (1, 60, 2)).repeat(2, axis=0)
    money[1] += cost + rng.normal(0, 1e5, (60, 2))
    share[1] += gain + rng.normal(0, 0.01, (60, 2))
    return costs(
        _outcome("money", "yuan", "money", money), [_outcome("coverage", unit, kind, share)], ["a", "b"], True, **more
    )


def test_the_price_is_the_ratio_of_the_differences_per_percentage_point() -> None:
    found = _found(1e6, 0.05)
    assert found["verdict"][0] == "price"
    assert found["price"][0] == pytest.approx(found["cost_difference"][0] / found["difference"][0] / 100)
    assert found["price"][0] == pytest.approx(200_000, rel=0.05)
    assert found["price_low"][0] < found["price"][0] < found["price_high"][0]
    assert found["per"][0] == 0.01
    assert list(found) == list(KINDS)


def test_fieller_limits_are_where_the_t_test_turns() -> None:
    """At each limit r, mean(top - r bottom) lies just Student's reach from 0: that is what the interval is."""
    rng = np.random.default_rng(2)
    bottom = rng.normal(2, 1, 30)
    top = 3 * bottom + rng.normal(1, 2, 30)
    for limit in fieller(top, bottom):
        rest = top - limit * bottom
        assert abs(rest.mean()) / (rest.std(ddof=1) / np.sqrt(30)) == pytest.approx(stats.t.ppf(0.975, 29))
    assert np.isnan(fieller(top, bottom - bottom.mean())).all()
    assert np.isnan(fieller(top[:1], bottom[:1])).all()


def test_the_interval_of_the_price_holds_its_promise() -> None:
    """Nominal 95 %. With 2,000 cases a true coverage of .95 is seen outside .937 to .963 once in 100 tests."""
    rng, held = np.random.default_rng(3), 0
    for _ in range(2000):
        bottom = rng.normal(0.05, 0.05, 40)
        low, high = fieller(4 * bottom + rng.normal(0, 0.1, 40), bottom)
        held += low <= 4 <= high
    assert 0.937 <= held / 2000 <= 0.963


@pytest.mark.parametrize("cost", [-1e6, 1e6])
def test_no_price_is_told_where_the_outcome_may_be_no_different(cost: float) -> None:
    found = _found(cost, 0.0)
    assert found["difference_low"][0] <= 0 <= found["difference_high"][0]
    assert found["verdict"][0] == "unsure"
    assert np.isnan([found[name][0] for name in ("price", "price_low", "price_high")]).all()
    assert "0" in found["why_zh"][0]


def test_no_price_is_told_of_a_probability_whose_own_interval_holds_nought() -> None:
    """4 draws of 40 gain the target: Student's interval excludes 0, that of the table of differences does not."""
    reached = np.stack([np.zeros((40, 1)), (np.arange(40) < 4)[:, None] * 1.0])
    money = np.stack([np.ones((40, 1)), 2 + np.arange(40)[:, None] / 40])
    assert np.isfinite(fieller(money[1, :, 0] - 1, reached[1, :, 0])).all()
    outcome = _outcome("x", "share", "reached", reached)
    assert costs(_outcome("money", "yuan", "money", money), [outcome], ["a", "b"], True)["verdict"][0] == "unsure"


@pytest.mark.parametrize(
    ("cost", "gain", "verdict", "told"),
    [
        (-1e6, 0.05, "better_and_cheaper", False),
        (1e6, -0.05, "worse_and_dearer", False),
        (-1e6, -0.05, "saving", True),
        (0.0, 0.05, "price_cost_unsure", True),
        (0.0, -0.05, "saving_cost_unsure", True),
    ],
)
def test_each_quarter_of_the_plane_has_its_own_words(cost: float, gain: float, verdict: str, told: bool) -> None:
    found = _found(cost, gain)
    assert found["verdict"][0] == verdict
    assert np.isfinite(found["price"][0]) == told
    assert (found["why_zh"][0], found["why_en"][0]) == WHY[verdict]


def test_an_earlier_date_is_better() -> None:
    found = _found(1e6, -3.0, kind="date", unit="months")
    assert found["verdict"][0] == "price"
    assert found["price"][0] == pytest.approx(1e6 / 3, rel=0.05)
    assert found["per"][0] == 1
    named = _found(1e6, -3.0, unit="count", fewer_is_better=("coverage",))
    assert named["price"][0] == found["price"][0]


def test_a_run_without_money_or_outcome_is_left_out_of_both() -> None:
    money = np.array([[[1.0], [1.0], [1.0], [1.0]], [[2.0], [3.0], [np.nan], [90.0]]])
    share = np.array([[[0.0], [0.0], [0.0], [0.0]], [[0.5], [0.6], [0.7], [np.nan]]])
    found = costs(
        _outcome("money", "yuan", "money", money), [_outcome("x", "share", "measured", share)], ["a", "b"], True
    )
    assert found["dropped"][0] == 2
    assert found["cost_difference"][0] == 1.5
    assert found["difference"][0] == 0.55


def test_nothing_is_said_of_one_run() -> None:
    money, share = np.array([[[1.0]], [[2.0]]]), np.array([[[0.1]], [[0.2]]])
    found = costs(
        _outcome("money", "yuan", "money", money), [_outcome("x", "share", "measured", share)], ["a", "b"], False
    )
    assert found["verdict"][0] == "nothing"
