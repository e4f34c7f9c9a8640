"""The sample briefs of docs/briefs: both plans against their baselines, in both languages, in every form.

`python -m miaopu.outputs.brief_samples` runs the forecasts and comparisons that they rest on (some twenty minutes on
four cores; what has been run lies in results/ and is taken up), reads the sensitivity analyses that
`miaopu.outputs.study_page` leaves in results/studies/ and the tables of the calibration, and writes the briefs.
`python -m miaopu.outputs.brief_samples --again` only writes them again from the folders that are there.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
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
    forms: tuple[str, ...] = ("docx", "pdf", "html")


SAMPLES = {
    "shenzhen": Sample(
        "shenzhen-2022-2025",
        ("shenzhen-baseline", POLICIES / "shenzhen-orders.yaml", POLICIES / "shenzhen-operation.yaml"),
        300,
        "shenzhen-levers",
        ("docx", "pdf", "html", "xlsx"),
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
    """The sample in both languages; the files written. The charts beside it are left out: documents hold them."""
    out, kept = briefs / name, []
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        for lang in LANGUAGES:
            for path in make_brief(folders_of(name), Path(folder), lang, SAMPLES[name].forms):
                kept.append(Path(shutil.copyfile(path, out / path.name)))
    return kept


def _told(stage: Text, done: int, total: int) -> None:
    if done == total:
        print(f"{stage.en} {done}/{total}", flush=True)


def main() -> None:
    """Renew the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(SAMPLES)}; else all")
    parser.add_argument("--again", action="store_true", help="write from the folders that are there, run nothing")
    parser.add_argument("--workers", type=int)
    asked = parser.parse_args()
    if wrong := [name for name in asked.names if name not in SAMPLES]:
        parser.error(f"no sample {', '.join(wrong)}")
    for name in asked.names or SAMPLES:
        if not asked.again:
            run(name, asked.workers)
        for path in write(name):
            print(path)


if __name__ == "__main__":
    main()
