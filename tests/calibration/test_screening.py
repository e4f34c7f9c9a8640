"""Screening tells a parameter that moves a figure from one that does not."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.calibration.checks.screening import noise, screening
from miaopu.tests.calibration.toy import seen

ROWS = 20_000
Y = seen("y", 0.0, 0.0, 1.0)


def _shares(common: dict[str, np.ndarray], y: np.ndarray, bins: int = 20) -> dict[str, float]:
    table = screening(common, {"y": y.reshape(len(y), -1)}, [Y], bins=bins)
    return dict(zip(table["parameter"], table["share"], strict=True))


def test_half_of_a_sum_of_two_is_explained_by_either() -> None:
    rng = np.random.default_rng(1)
    one, other = rng.normal(size=(2, ROWS))
    found = _shares({"one": one, "other": other}, one + other)
    exact = 12 * np.arcsin(0.25) / (2 * np.pi)  # variance of E[rank | one] over that of ranks, for normal numbers
    assert list(found.values()) == pytest.approx([exact] * 2, abs=0.02)


@pytest.mark.parametrize("response", [np.exp, np.square, lambda x: -np.abs(x - 0.5), lambda x: x > 1])
def test_any_shape_of_response_is_seen(response: object) -> None:
    assert callable(response)
    x = np.random.default_rng(2).normal(size=ROWS)
    assert _shares({"x": x}, np.asarray(response(x), np.float64))["x"] > 0.8


def test_the_scale_of_figures_and_parameters_does_not_matter() -> None:
    rng = np.random.default_rng(3)
    x, chance = rng.normal(size=(2, ROWS))
    plain = _shares({"x": x}, x + chance)["x"]
    assert _shares({"x": np.exp(5 * x)}, np.exp(9 * (x + chance)))["x"] == pytest.approx(plain, abs=1e-12)


@pytest.mark.parametrize(("rows", "bins"), [(400, 10), (2000, 20)])
def test_an_inert_parameter_passes_the_noise_once_in_a_hundred(rows: int, bins: int) -> None:
    rng = np.random.default_rng(4)
    inert = {f"inert_{place}": rng.normal(size=rows) for place in range(1500)}
    found = np.array(list(_shares(inert, rng.normal(size=rows), bins).values()))
    # 15 expected; outside these bounds for one seed in about 5,000
    assert 3 <= np.sum(found > noise(rows, bins)) <= 31
    assert abs(found.mean()) < 4 * found.std() / np.sqrt(len(found))


def test_a_share_is_of_one_run_however_many_replicates_there_are() -> None:
    rng = np.random.default_rng(6)
    x = rng.normal(size=ROWS)
    one, many = (_shares({"x": x}, x[:, None] + rng.normal(size=(ROWS, runs)))["x"] for runs in (1, 6))
    assert one == pytest.approx(many, abs=0.02)


@pytest.mark.parametrize("shared", [0.0, 1.0, 3.0])
def test_noise_holds_with_replicates_that_have_much_or_little_in_common(shared: float) -> None:
    rng = np.random.default_rng(7)
    inert = {f"inert_{place}": rng.normal(size=600) for place in range(1500)}
    own = {f"inert_{place}@y": rng.normal(size=(600, 4)) for place in range(300)}
    y = shared * rng.normal(size=(600, 1)) + rng.normal(size=(600, 4))
    table = screening(inert, {"y": y}, [Y], own)
    passed = table["share"] > table["noise"]
    assert 3 <= passed[:1500].sum() <= 31  # as above
    assert passed[1500:].sum() <= 11  # 3 expected; more for one seed in about 3,000


def test_what_belongs_to_a_place_is_held_against_its_own_figures() -> None:
    rng = np.random.default_rng(8)
    x, luck = rng.normal(size=2000), rng.normal(size=(2000, 3))
    y = x[:, None] + luck
    table = screening({"x": x}, {"y": y, "z": -y}, [Y, seen("z", 0.0, 0.0, 1.0)], {"luck@y": luck})
    assert table["parameter"].tolist() == ["x", "luck@y", "x"]
    assert table["share"] == pytest.approx([0.48] * 3, abs=0.05)


def test_what_never_varies_says_nothing() -> None:
    x = np.arange(200.0)
    assert list(_shares({"x": x, "fixed": np.ones(200)}, x)) == ["x"]
    assert np.isnan(_shares({"x": x}, np.ones(200))["x"])


def test_rows_are_observation_by_observation() -> None:
    rng = np.random.default_rng(5)
    a, b = rng.normal(size=(2, 1000))
    table = screening({"a": a, "b": b}, {"y": a[:, None], "z": b[:, None]}, [Y, seen("z", 0.0, 0.0, 1.0)])
    large = table["share"] > table["noise"]
    told = [*zip(table["observation"], table["parameter"], large.tolist(), strict=True)]
    assert told == [("y", "a", True), ("y", "b", False), ("z", "a", False), ("z", "b", True)]


def test_too_few_simulations_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        noise(99, 20)
