"""The look-ahead rule for means: against the same rule written as a plain loop, and what it guards from."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from miaopu.experiments.analysis.look_ahead import further, needed, next_number, running_precision, verdict_of_mean


def _by_hand(values: np.ndarray, precision: float, k_limit: int) -> int | None:
    """Every number in turn, each with all its later ones."""

    def precise(n: int) -> bool:
        return stats.t.ppf(0.975, n - 1) * values[:n].std(ddof=1) / np.sqrt(n) <= precision * abs(values[:n].mean())

    for n in range(3, len(values) + 1):
        ahead = k_limit if n <= 100 else k_limit * n // 100
        if n + ahead <= len(values) and all(precise(m) for m in range(n, n + ahead + 1)):
            return n
    return None


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("spread", "k_limit"), [(0.1, 5), (0.3, 5), (0.3, 0), (0.6, 10), (3.0, 5)])
def test_the_number_needed_is_that_of_the_plain_loop(seed: int, spread: float, k_limit: int) -> None:
    values = np.random.default_rng(seed).normal(1.0, spread, 700)
    assert needed(values, 0.05, k_limit) == _by_hand(values, 0.05, k_limit)


def test_how_far_ahead_grows_with_the_number() -> None:
    assert further(5, np.array([3, 100, 150, 250])).tolist() == [5, 5, 7, 12]
    assert [next_number(n, 260) for n in (10, 250, 260)] == [15, 260, None]


def test_a_mean_precise_by_luck_alone_does_not_pass() -> None:
    """Three equal values look perfectly known; the fourth shows that they were not."""
    values = np.array([1.0, 1.0, 1.0, 3.0, 0.0, 2.5, 0.5, 2.0, 1.0, 1.0])
    assert needed(values, 0.05, 0) == 3
    assert needed(values, 0.05, 5) is None


@pytest.mark.parametrize("after", [4, 5, 6])
def test_precision_has_to_last_to_the_end_of_the_look_ahead(after: int) -> None:
    """Three equal values, five more to be added: the first to differ is the 4th, 5th or 6th of those that follow."""
    values = np.ones(9)
    values[2 + after :] = 4.0
    assert needed(values[: 3 + after], 0.05, 5) == (3 if after > 5 else None)
    assert needed(np.ones(7), 0.05, 5) is None
    assert needed(np.ones(8), 0.05, 5) == 3


def test_precision_is_told_even_where_values_are_large() -> None:
    """A spread of 1 on a mean of a thousand million keeps its digits."""
    rng = np.random.default_rng(1)
    values = 1e9 + rng.normal(0, 1, 50)
    assert running_precision(values)[-1] == pytest.approx(
        stats.t.ppf(0.975, 49) * values.std(ddof=1) / np.sqrt(50) / values.mean(), rel=1e-6
    )


def test_the_verdict_tells_number_and_precision() -> None:
    values = np.random.default_rng(2).normal(100.0, 20.0, 200)
    values[3] = np.nan
    found = verdict_of_mean(values, 1000, unit="count")
    assert (found.sure, found.why, found.n) == (True, "steady", _by_hand(values[~np.isnan(values)], 0.05, 5))
    assert found.half_width <= 0.05 * found.value
    assert "为均值的" in found.reason.zh


@pytest.mark.parametrize(
    ("values", "most", "why"),
    [
        ([1.0, 9.0, 2.0, 30.0], 4, "spent"),
        ([1.0, 9.0, 2.0, 30.0], 9, "going_on"),
        ([1.0], 9, "nothing"),
        ([], 9, "nothing"),
    ],
)
def test_too_few_is_not_sure(values: list[float], most: int, why: str) -> None:
    found = verdict_of_mean(np.array(values), most)
    assert (found.sure, found.why, found.n) == (False, why, len(values))


def test_a_mean_of_nought_is_never_precise_unless_nothing_varies() -> None:
    assert needed(np.tile([1.0, -1.0], 100)) is None
    assert needed(np.zeros(20)) == 3
