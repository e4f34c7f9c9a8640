"""The pages of the two real studies: their generated parts, and what makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaopu.experiments.comparison import compare
from miaopu.experiments.study import Study, sensitivity
from miaopu.model.text import LANGUAGES
from miaopu.outputs import study_page
from miaopu.outputs.study_page import ANALYSED, DOCS, PART, PICTURES, rewritten

NAMES = [*(name for names in ANALYSED.values() for name in names), *(f"{place}-compare" for place in ANALYSED)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_study_has_its_part_and_its_pictures(lang: str) -> None:
    text = (DOCS / lang / "studies.md").read_text(encoding="utf-8")
    parts = {found[1]: found[0] for found in PART.finditer(text)}
    assert sorted(parts) == sorted(NAMES)
    assert all(part.count("\n| ") > 3 for part in parts.values())
    for name, pictures in PICTURES.items():
        for picture in pictures:
            assert (DOCS / "images" / f"{name}-{picture.replace('_', '-')}-{lang}.png").is_file()


def test_only_the_parts_that_were_made_are_replaced() -> None:
    text = "a\n<!-- generated: one -->\nold\n<!-- end -->\nb\n<!-- generated: two -->\nkept\n<!-- end -->\n"
    assert rewritten(text, {"one": "new"}) == text.replace("old", "new")


@pytest.fixture(scope="module")
def levers(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return sensitivity("town-sobol", tmp_path_factory.mktemp("studies") / "town", workers=1)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_of_indices_names_every_factor(levers: Study, lang: str) -> None:
    table = study_page._levers(levers, lang)
    for factor in levers.campaign.plan.points.factors:
        assert f"| {factor.label.of(lang)} |" in table
    assert table.count("| ---") >= 2  # the indices, and how sure they are


@pytest.mark.slow
def test_a_comparison_tells_targets_and_costs(tmp_path: Path) -> None:
    study = compare(["town-baseline", "town"], 20, tmp_path / "compared", workers=1)
    told = study_page._compare(study, "en")
    assert "Qingshi three-year plan" in told
    assert "more public money" in told
    assert "plan.hubs" not in told  # what the scenarios say is in the table of changes
    assert repr(study).startswith("<compare 'Comparison: town-baseline / town': 40 runs, 0 failed; in ")
