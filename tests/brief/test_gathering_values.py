"""Small rules of gathering: which way a factor works, and where on the grid the answer turns."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from miaopu.outputs.brief.gathering.from_forecast import NEEDED, grid
from miaopu.outputs.brief.gathering.from_sensitivity import direction

from .. import synthetic


@pytest.mark.parametrize(
    ("means", "sign"),
    [
        ((0.1, 0.3, 0.6), 1),
        ((0.6, 0.3, 0.1), -1),
        ((0.1, 0.12, 0.13), 0),  # the ends are not told apart
        ((0.1, 0.9, 0.4), 0),  # up, then surely down again
        ((0.5, 0.1, 0.9), 0),
        ((0.4,), 0),
    ],
)
def test_a_direction_is_told_only_where_the_ends_are_apart_and_nothing_lies_beyond(
    means: tuple[float, ...], sign: int
) -> None:
    rows = pd.DataFrame({"low": [mean - 0.02 for mean in means], "high": [mean + 0.02 for mean in means]})
    assert direction(rows) == sign


def test_the_grid_names_its_ends_and_the_start_from_which_reaching_is_likely(tmp_path: Path) -> None:
    results = synthetic.make(tmp_path / "forecast", draws=4, replicates=2)
    found, rows = grid(results), results.grid
    assert found is not None and found.target == "hubs.nominal"
    assert (found.worst, found.best) == (rows["probability"].min(), rows["probability"].max())
    for value, at in ((found.worst, found.worst_at), (found.best, found.best_at)):
        here = rows[(rows["start_coverage"] == at[0]) & (rows["order_strength"] == at[1])]
        assert here["probability"].item() == value
    likely = rows[(rows["start_coverage"] == found.needed) & (rows["probability"] >= NEEDED)]
    assert found.needed != found.needed or len(likely)


def test_without_a_grid_nothing_is_said_of_one(tmp_path: Path) -> None:
    assert grid(synthetic.make(tmp_path / "forecast", draws=4, replicates=2, aims=False)) is None
