"""The model as a plain function: what a sweep finds at the same point with the same luck."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from miaopu.experiments import model_function
from miaopu.experiments.campaign.carrying_out import carry_out
from miaopu.experiments.campaign.folder import begin
from miaopu.experiments.campaign.results import outcomes_of
from miaopu.experiments.design.reading import inputs_of_experiment
from miaopu.tests.experiments import cheap

KEPT = ["street_hub_coverage", "organizations"]
POINTS = [{"hubs.base_slots": 0, "start_coverage": 0.2}, {"hubs.base_slots": 9, "start_coverage": 0.6}]
ROWS = [{"hubs.base_slots": 0, "start_coverage": "20 %"}, {"hubs.base_slots": 9, "start_coverage": "60 %"}]


@pytest.mark.slow
@pytest.mark.parametrize("draws", ["central", 2])
def test_it_gives_what_a_sweep_finds_at_the_same_point(draws: str | int, tmp_path: Path) -> None:
    what = cheap.experiment(
        levers={"hubs.base_slots": {"low": 0, "high": 12}},
        uncertainties={"start_coverage": {"low": "0 %", "high": "100 %"}},
        design={"method": "list", "rows": ROWS},
        draws=draws,
        replicates=2,
        seed=11,
        keep={"indicators": KEPT, "months": "last"},
    )
    campaign = begin(what, inputs_of_experiment(what), "sweep", tmp_path / "folder")
    carry_out(campaign, workers=1)
    swept = {one.name: one.values[0] for one in outcomes_of(campaign)}
    for draw in range(1 if draws == "central" else 2):
        function = model_function("town", KEPT, 11, 2, None if draws == "central" else draw)
        for point, values in enumerate(POINTS):
            found = function(**{name.replace(".", "__"): value for name, value in values.items()})
            assert set(found) <= set(swept) and len(found) >= 2 * len(KEPT)
            for name, figure in found.items():
                kept = np.float32 if "@" in name else np.float64  # indicators are kept in single precision
                wanted = float(np.mean(swept[name][point, draw]))
                assert figure == pytest.approx(wanted, rel=float(np.finfo(kept).eps) * 4, nan_ok=True), name
    assert (swept["organizations@2028-12"][0] != swept["organizations@2028-12"][1]).any()


@pytest.mark.slow
def test_names_may_be_spelt_otherwise_and_equal_arguments_give_equal_results() -> None:
    function = model_function("town", KEPT, 3, names={"started": "start_coverage"})
    first = function(started=0.2)
    assert first == function(start_coverage=0.2)
    assert first != function(started=0.6)


@pytest.mark.parametrize("name", ["slots", "hubs__slot", "funders__city__budget", "readings__nothing", "draw"])
def test_unknown_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name.replace("__", ".")):
        model_function("town")(**{name: 1.0})
