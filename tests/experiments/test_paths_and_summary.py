"""Tables of many runs, against NumPy's own figures run by run."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.experiments.analysis import paths as by_month
from miaopu.experiments.analysis import summary as by_point
from miaopu.experiments.analysis.estimates import mean_interval, unit_means
from miaopu.experiments.analysis.outcomes import Outcome
from miaopu.experiments.columns import rows_of
from miaopu.experiments.intervals import COVERS, wilson
from miaopu.model.text import Text


def _paths(values: np.ndarray, months: list[int], start: tuple[int, int]) -> dict[str, np.ndarray]:
    return by_month.paths({"x": values, "y": 2 * values}, ["a", "b"], np.array(months), start)


def test_paths_hold_the_figures_of_each_month() -> None:
    values = np.random.default_rng(1).random((2, 50, 3))
    found = _paths(values, [0, 2, 13], (2022, 12))
    assert list(found) == list(by_month.KINDS)
    assert found["scenario"].tolist() == ["a"] * 6 + ["b"] * 6
    assert found["indicator"].tolist() == (["x"] * 3 + ["y"] * 3) * 2
    dates = zip(found["month"].tolist(), found["year"].tolist(), found["month_of_year"].tolist(), strict=True)
    assert list(dates)[:3] == [(0, 2022, 12), (2, 2023, 2), (13, 2024, 1)]
    assert found["mean"][9:] == pytest.approx(2 * values[1].mean(axis=0))
    assert found["p05"][:3] == pytest.approx(np.quantile(values[0], 0.05, axis=0))
    assert found["median"][6:9] == pytest.approx(np.median(values[1], axis=0))
    assert found["p95"][3:6] == pytest.approx(2 * np.quantile(values[0], 0.95, axis=0))


@pytest.mark.parametrize("whole", [True, False])
def test_paths_leave_out_what_failed(whole: bool) -> None:
    values = np.random.default_rng(2).random((2, 9, 3))
    values[0, 4, slice(None) if whole else 1] = np.nan
    values[1] = np.nan
    found = _paths(values, [0, 1, 2], (2022, 1))
    assert found["median"][:3] == pytest.approx(np.nanmedian(values[0], axis=0))
    assert found["p95"][:3] == pytest.approx(np.nanquantile(values[0], 0.95, axis=0))
    assert np.isnan(found["mean"][6:]).all()


def _outcome(values: np.ndarray, kind: str, name: str = "x") -> Outcome:
    return Outcome(name, Text("", ""), "share", kind, values)


@pytest.mark.parametrize("draws", [1, 5])
def test_a_summary_holds_the_figures_of_each_point(draws: int) -> None:
    rng = np.random.default_rng(3)
    real = rng.normal(size=(2, 30, draws, 4))
    real[rng.random(real.shape) < 0.2] = np.nan
    real[1, 7] = np.nan
    yes = np.where(np.isnan(real), np.nan, real > 0)
    found = by_point.summary([_outcome(real, "measured"), _outcome(yes, "reached", "y")], ["a", "b"], draws > 1)
    assert list(found) == list(by_point.KINDS)
    assert rows_of(found) == 2 * 30 * 2
    for row in range(rows_of(found)):
        place = "ab".index(found["scenario"][row]), int(found["point"][row])
        values = (yes if found["outcome"][row] == "y" else real)[place]
        known = values[~np.isnan(values)]
        assert found["runs"][row] == len(known)
        if not len(known):
            assert np.isnan(found["value"][row])
            assert found["covers"][row] == "nothing"
            continue
        means = unit_means(values[None], draws > 1)[0]
        if found["outcome"][row] == "y":
            assert found["value"][row] == pytest.approx(known.mean())
            expected = wilson(float(known.mean()), len(means))
        else:
            assert found["value"][row] == pytest.approx(means.mean())
            expected = mean_interval(means)
        assert (found["low"][row], found["high"][row]) == pytest.approx(expected, nan_ok=True)
        assert [found[name][row] for name in ("p05", "median", "p95")] == pytest.approx(
            np.quantile(known, [0.05, 0.5, 0.95])
        )
        assert found["covers"][row] in COVERS


@pytest.mark.slow
def test_a_large_sweep_is_summarised_point_by_point() -> None:
    """14,336 points by 20 outcomes: every row is there, in order, with all its runs."""
    rng = np.random.default_rng(4)
    outcomes = [_outcome(rng.random((1, 14_336, 1, 4)), "measured", f"o{place}") for place in range(20)]
    found = by_point.summary(outcomes, ["a"], False)
    assert rows_of(found) == 14_336 * 20
    assert (found["runs"] == 4).all()
    row = 20 * 9_000 + 13
    assert (found["outcome"][row], found["point"][row]) == ("o13", 9_000)
    assert found["median"][row] == pytest.approx(np.median(outcomes[13].values[0, 9_000]))
