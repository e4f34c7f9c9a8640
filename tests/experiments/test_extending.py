"""An experiment grows: what was done stays as it is, and what is added is what a larger one would have had."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from miaopu.experiments.campaign.extending import extend
from miaopu.experiments.campaign.folder import Campaign, extended, reopen
from miaopu.experiments.campaign.plan import Extent
from miaopu.experiments.campaign.status import status_of
from miaopu.model.text import Refusal
from miaopu.tests.experiments import cheap

SOBOL: dict[str, Any] = {"design": {"method": "sobol", "points": 2}, "draws": 2, "replicates": 2, "block": 7}
STEPS = ({"replicates": 3}, {"points": 4}, {"draws": 4}, {"points": 8, "replicates": 4})


def by_place(campaign: Campaign) -> dict[tuple[int, ...], list[float]]:
    """The numbers of each run by where it lies, whatever its number."""
    table, columns = campaign.parts.table("numbers"), campaign.plan.columns
    found: dict[tuple[int, ...], list[float]] = {}
    for run, number in zip(table["run"].tolist(), table["number"].tolist(), strict=True):
        place = tuple(int(columns[name][run]) for name in ("scenario", "point", "draw", "replicate"))
        found.setdefault(place, []).append(number)
    return found


@pytest.mark.slow
def test_growing_in_steps_redoes_nothing_and_ends_where_the_large_one_ends(tmp_path: Path) -> None:
    folder, diary = tmp_path / "grown", tmp_path / "diary"
    subject = cheap.Cheap(diary=str(diary))
    cheap.done(folder, cheap.experiment(**SOBOL), subject)
    for step in STEPS:
        before = cheap.contents(folder)
        extend(reopen(folder), **step)
        cheap.done(folder, cheap.experiment(**SOBOL), subject)
        after = cheap.contents(folder)
        assert {name: after[name] for name in before if name.startswith("parts")} == {
            name: content for name, content in before.items() if name.startswith("parts")
        }
    large = SOBOL | {"design": {"method": "sobol", "points": 8}, "draws": 4, "replicates": 4}
    cheap.done(tmp_path / "large", cheap.experiment(**large))
    grown = reopen(folder)
    assert by_place(grown) == by_place(reopen(tmp_path / "large"))
    runs = [line.split()[1] for line in diary.read_text().splitlines()]
    assert len(runs) == len(set(runs)) == len(grown.plan) == 8 * 5 * 4 * 4


def test_extended_before_it_was_finished_it_does_both(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    campaign = cheap.begun(folder)
    extend(campaign, replicates=2)
    status = status_of(reopen(folder))
    assert (status.planned, status.done, status.left, status.complete) == (10, 0, 10, False)
    assert cheap.done(folder).runs == 10
    status = status_of(reopen(folder))
    assert (status.done, status.failed, status.left, status.at_work, status.complete) == (10, 0, 0, False, True)


@pytest.mark.parametrize(
    ("what", "more", "said"),
    [
        ({}, {}, "nothing to add"),
        ({}, {"points": 4}, "5 already, cannot become 4"),
        ({"replicates": 3}, {"replicates": 2}, "3 already, cannot become 2"),
        ({}, {"draws": 4}, "draws: central"),
        (SOBOL, {"points": 6}, "no power of 2"),
        (SOBOL, {"replicates": 10**7}, "at most 5,000,000"),
        (SOBOL, {"points": 2**60}, "at most 5,000,000"),
        ({"design": {"method": "grid", "levels": 2}}, {"points": 9}, "cannot grow"),
    ],
)
def test_what_cannot_be_extended_is_told_and_left_as_it_was(
    what: dict[str, Any], more: dict[str, int], said: str, tmp_path: Path
) -> None:
    campaign = cheap.begun(tmp_path / "folder", cheap.experiment(**what))
    before = cheap.contents(campaign.folder)
    with pytest.raises(Refusal, match=said):
        extend(campaign, **more)
    assert cheap.contents(campaign.folder) == before


def test_an_extension_made_elsewhere_is_neither_lost_nor_overwritten(tmp_path: Path) -> None:
    early = cheap.begun(tmp_path / "folder")
    extend(reopen(tmp_path / "folder"), replicates=2)
    assert early.current().waves == (Extent(5, 1, 1), Extent(5, 1, 2))
    assert extend(early, replicates=3).waves == (Extent(5, 1, 1), Extent(5, 1, 2), Extent(5, 1, 3))
    with pytest.raises(ValueError, match="does not hold"):
        extended(early, Extent(5, 1, 2))
    assert reopen(tmp_path / "folder").waves[-1] == Extent(5, 1, 3)


def test_looking_changes_nothing(tmp_path: Path) -> None:
    cheap.done(tmp_path / "folder", subject=cheap.Cheap(fails=frozenset([2])))
    before = cheap.contents(tmp_path / "folder")
    status = status_of(reopen(tmp_path / "folder"))
    assert (status.done, status.failed, status.left) == (4, 1, 0)
    assert status.bytes >= sum(len(content) for content in before.values() if content)
    assert cheap.contents(tmp_path / "folder") == before


def test_a_file_that_vanishes_while_one_looks_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap.done(tmp_path / "folder")
    (tmp_path / "folder" / "passing").write_text("")
    real = Path.is_file

    def vanishing(path: Path) -> bool:
        found = real(path)
        if path.name == "passing" and found:
            path.unlink()
        return found

    campaign = reopen(tmp_path / "folder")
    monkeypatch.setattr(Path, "is_file", vanishing)
    assert status_of(campaign).done == 5
