"""The sample briefs of docs/briefs: both plans against their baselines, in both languages, in every form.

`python -m miaopu.outputs.brief_samples` runs the forecasts and comparisons that they rest on (some twenty minutes on
four cores; what has been run lies in results/ and is taken up), reads the sensitivity analyses that
`miaopu.outputs.study_page` leaves in results/studies/ and the tables of the calibration, and writes the briefs.
`python -m miaopu.outputs.brief_samples --again` only writes them again from the folders that are there.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

from ..experiments.comparison import compare
from ..experiments.forecast import forecast
from ..model.text import LANGUAGES, Text
from ..scenarios.compiling import inputs_of
from ..scenarios.layers import resolve
from .brief.making import make_brief
from .calibration_tables import DATA

ROOT = Path(__file__).parent.parent
BRIEFS = ROOT / "docs" / "briefs"
POLICIES = ROOT / "experiments" / "studies" / "policies"
RESULTS = Path("results")


class Sample(NamedTuple):
    """What a sample brief rests on: the plan, what it is compared with on how many pairs, the study of its factors."""

    scenario: str
    others: tuple[str | Path, ...]
    pairs: int
    study: str


SAMPLES = {
    "shenzhen": Sample(
        "shenzhen-2022-2025",
        ("shenzhen-baseline", POLICIES / "shenzhen-orders.yaml", POLICIES / "shenzhen-operation.yaml"),
        300,
        "shenzhen-levers",
    ),
    "hunan": Sample("hunan-2021-2023", ("hunan-baseline", POLICIES / "hunan-operation.yaml"), 100, "hunan-screening"),
}


def folders_of(name: str) -> list[Path]:
    """The folders that a sample is written from, the most important first."""
    sample = SAMPLES[name]
    return [RESULTS / sample.scenario, RESULTS / "briefs-compared" / name, RESULTS / "studies" / sample.study, DATA]


def run(name: str, workers: int | None = None) -> None:
    """The forecast and the comparison of a sample, anew or taken up."""
    sample = SAMPLES[name]
    predicted, compared, *_ = folders_of(name)
    resolved = resolve(sample.scenario)
    forecast(inputs_of(resolved), resolved, predicted, workers=workers, progress=_told)
    compare((sample.scenario, *sample.others), sample.pairs, compared, workers=workers, progress=_told)


def write(name: str, briefs: Path = BRIEFS) -> list[Path]:
    """The sample in both languages; the files written."""
    return [path for lang in LANGUAGES for path in make_brief(folders_of(name), briefs / name, lang)]


def _told(stage: Text, done: int, total: int) -> None:
    if done == total:
        print(f"{stage.en} {done}/{total}", flush=True)


def main() -> None:
    """Renew the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*SAMPLES, []], default=list(SAMPLES))
    parser.add_argument("--again", action="store_true", help="write from the folders that are there, run nothing")
    parser.add_argument("--workers", type=int)
    asked = parser.parse_args()
    for name in asked.names or SAMPLES:
        if not asked.again:
            run(name, asked.workers)
        for path in write(name):
            print(path)


if __name__ == "__main__":
    main()
