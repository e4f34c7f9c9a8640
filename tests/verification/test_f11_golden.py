"""F11, golden runs: whoever changes what a run gives says so. `python tests/verification/update_golden.py "reason"`."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaopu.tests.verification import golden_runs, update_golden
from miaopu.tests.verification.golden_runs import (
    CHANGES,
    RUNS,
    differences,
    digest,
    golden_path,
    noted,
    text_of,
    with_note,
)

SAY = 'golden runs differ; if that is meant: python tests/verification/update_golden.py "reason"'


@pytest.mark.parametrize("scenario", RUNS)
def test_a_run_gives_what_it_gave(scenario: str) -> None:
    """Indicators to eleven digits, counts and money exactly."""
    told = differences(golden_path(scenario).read_text(encoding="utf-8"), text_of(scenario, RUNS[scenario]))
    assert not told, "\n".join([SAY, *told[:20]])


def test_the_list_of_changes_says_why_the_golden_runs_are_what_they_are() -> None:
    notes = noted(CHANGES.read_text(encoding="utf-8"))
    assert notes and notes[0][1] == digest(), SAY
    assert all(reason.strip() for _, _, reason in notes)
    assert [date for date, _, _ in notes] == sorted((date for date, _, _ in notes), reverse=True)


def test_a_changed_count_fen_or_indicator_is_seen_and_rounding_is_not() -> None:
    kept = golden_path("town").read_text(encoding="utf-8")
    assert differences(kept, kept) == []
    parsed = golden_runs.parse(kept)
    for (table, name), values in parsed.items():
        if name not in ("capability", "workers", "organization earned"):
            continue
        line = " | ".join([name, *values])
        number = float(values[-1])
        rounded = f"{number * (1 + 4e-12):.12g}" if table.startswith("indicator") else values[-1]
        moved = f"{number * (1 + 1e-9):.12g}" if table.startswith("indicator") else str(int(number) + 1)
        for value, seen in ((rounded, 0), (moved, 1)):
            other = kept.replace(f"{line}\n", " | ".join([name, *values[:-1], value]) + "\n")
            assert len(differences(kept, other)) == seen, (table, name)


def test_updating_demands_a_reason_and_notes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = tmp_path / "CHANGELOG.md"
    changes.write_text("# Changes\n\n## 0.2.0\n\nMore.\n\n## 0.1.0\n\nThe first.\n", encoding="utf-8")
    for module in (golden_runs, update_golden):
        monkeypatch.setattr(module, "HERE", tmp_path)
        monkeypatch.setattr(module, "RUNS", {"town": 3})
    monkeypatch.setattr(update_golden, "CHANGES", changes)
    before = changes.read_text(encoding="utf-8")
    assert update_golden.main("") == 2
    assert changes.read_text(encoding="utf-8") == before and not (tmp_path / "town.txt").exists()
    assert update_golden.main("A rule was mended") == 0
    text = changes.read_text(encoding="utf-8")
    assert noted(text)[0][1:] == (digest(), "A rule was mended")
    assert text.index("A rule was mended") < text.index("## 0.1.0"), "under the newest version"
    assert update_golden.main("Again") == 0
    assert changes.read_text(encoding="utf-8") == text, "nothing changed, nothing noted"


def test_notes_stand_newest_first() -> None:
    text = with_note("# Changes\n\n## 1\n\nText.\n", "2026-01-01", "0" * 16, "one")
    text = with_note(text, "2026-01-02", "1" * 16, "two")
    assert [reason for _, _, reason in noted(text)] == ["two", "one"]
