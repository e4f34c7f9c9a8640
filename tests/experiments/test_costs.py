"""What `--dry-run` promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaopu.experiments.campaign.carrying_out import carry_out
from miaopu.experiments.campaign.costs import costs_of
from miaopu.experiments.campaign.folder import begin
from miaopu.experiments.design.reading import experiment_of, inputs_of_experiment

FILE = {
    "name": {"zh": "小实验", "en": "a small experiment"},
    "scenarios": ["town"],
    "levers": {"assessment.order_strength": {"low": 0, "high": 0.6}},
    "design": {"method": "grid", "levels": 5},
    "draws": 8,
    "replicates": 2,
    "keep": {"indicators": ["street_hub_coverage", "organizations", "capability"], "months": "all"},
}


@pytest.mark.slow
def test_a_dry_run_counts_right_and_tells_the_size_within_a_third(tmp_path: Path) -> None:
    experiment = experiment_of(FILE)
    inputs = inputs_of_experiment(experiment)
    told = costs_of(experiment, inputs, workers=2)
    assert not list(tmp_path.iterdir())
    assert (told.runs, told.points, told.draws, told.replicates, told.blocks) == (80, 5, 8, 2, 2)
    assert told.seconds > 0
    campaign = begin(experiment, inputs, "sweep", tmp_path / "done")
    carry_out(campaign, workers=1)
    true = sum(path.stat().st_size for path in campaign.folder.glob("parts/*/*"))
    assert told.bytes == pytest.approx(true, rel=0.33)
