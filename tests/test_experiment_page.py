"""The reference pages of the experiment file: every example is sound, and every key has its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaopu.experiments.design.experiment import MONTHS_KEPT, MORE_TABLES, Experiment
from miaopu.experiments.design.grammar import DESIGN, EXPERIMENT, FACTOR, KEEP, METHODS
from miaopu.experiments.design.points import points_of
from miaopu.experiments.design.reading import experiment_of, study_names
from miaopu.experiments.design.size import MOST_RUNS
from miaopu.scenarios.nodes import plain
from miaopu.scenarios.reading import read_text

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = [DOCS / lang / "experiment-file.md" for lang in ("zh", "en")]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(page: Path, kind: str) -> list[str]:
    return [text for found, text in FENCE.findall(page.read_text(encoding="utf-8")) if found == kind]


def experiments(page: Path) -> list[Experiment]:
    """The examples of a page; each is refused where it is not sound."""
    return [experiment_of(plain(read_text(text, page.name))) for text in blocks(page, "yaml")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_the_examples_are_sound_experiments(page: Path) -> None:
    once, everything, rows = experiments(page)
    assert (once.factors, len(everything.factors), len(rows.design.rows)) == ((), 9, 3)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_the_example_with_everything_has_every_key(page: Path) -> None:
    everything = plain(read_text(blocks(page, "yaml")[1], page.name))
    assert list(everything) == list(EXPERIMENT)
    assert list(everything["keep"]) == list(KEEP)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_the_csv_of_a_page_has_the_points_of_its_rows(page: Path, tmp_path: Path) -> None:
    rows = experiments(page)[2]
    (tmp_path / "points.csv").write_text(blocks(page, "csv")[0], encoding="utf-8")
    record = {**rows.record, "design": {"method": "list", "file": "points.csv"}}
    assert experiment_of(record, tmp_path).design.rows == rows.design.rows


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_key_method_and_word_is_told(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    rows = {*EXPERIMENT, *METHODS, *KEEP}
    assert not {name for name in rows if f"| `{name}` |" not in text}
    words = {*DESIGN, *MONTHS_KEPT, *MORE_TABLES, *study_names()}
    assert not {name for name in words if f"`{name}`" not in text}
    assert not {name for name in FACTOR if f"{name}:" not in text}
    assert f"{MOST_RUNS:,}" in text


def test_both_pages_say_the_same_examples() -> None:
    chinese, english = (experiments(page) for page in PAGES)
    for one, other in zip(chinese, english, strict=True):
        for part in ("factors", "constants", "design", "draws", "replicates", "keep", "until", "decide_on", "block"):
            assert getattr(one, part) == getattr(other, part), part


def test_points_of_a_sobol_design_are_as_many_as_the_pages_say() -> None:
    everything = experiments(PAGES[1])[1]
    factors = len(everything.factors) + 1  # the inert one
    assert len(points_of(everything, (64,))) == 64 * (factors + 2)
