"""What a fit found is written down as it is, and only a posterior is called one."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from miaopu.calibration.checks.weighted import quantiles
from miaopu.calibration.fitting.history import Fitted, Generation
from miaopu.calibration.fitting.stored import generations_table, parameter_rows, store
from miaopu.model.priors import Prior
from miaopu.model.text import Text

PRIORS = {"a": Prior("uniform", 0.0, 10.0)}
GENERATIONS = (
    Generation(1, math.inf, 400, 400, 1.0, 400.0, 3),
    Generation(2, 1.0, 1234, 400, 400 / 1234, 201.23456789, 0),
)


def _fitted() -> Fitted:
    values = np.array([[4.0], [1.0], [2.0], [3.0]])
    weights = np.array([0.04, 0.01, 0.9, 0.05])
    return Fitted(("a",), values, values, weights, {}, weights, GENERATIONS, {"subject": {}}, None)


def test_quantiles_are_those_of_the_weight() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.25, 0.25, 0.5])
    found = quantiles(values, weights, (0.0, 0.25, 0.26, 0.75, 0.76, 1.0))
    np.testing.assert_array_equal(found, [1, 1, 2, 2, 3, 3])


def test_a_parameter_is_told_before_and_after() -> None:
    assert parameter_rows(_fitted(), PRIORS, {"a": "per year"}) == {
        "a": {"unit": "per year", "prior": [0.5, 5.0, 9.5], "posterior": [2.0, 2.0, 3.0]}
    }


def test_the_table_of_generations_has_one_row_each() -> None:
    table = generations_table(_fitted())
    assert list(table) == ["generation", "temperature", "simulations", "accepted", "acceptance_rate", "ess", "failed"]
    rows = zip(*(column.tolist() for column in table.values()), strict=True)
    assert [Generation(*row) for row in rows] == list(GENERATIONS)


def test_what_did_not_reach_temperature_one_is_no_posterior(tmp_path: Path) -> None:
    short = replace(_fitted(), generations=GENERATIONS[:1], note=Text("推演次数用完", "the limit was reached"))
    with pytest.raises(ValueError, match="no posterior: the limit was reached"):
        store(tmp_path / "posterior.json", short, ())
    assert not list(tmp_path.iterdir())
