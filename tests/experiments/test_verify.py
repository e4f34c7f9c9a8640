"""A folder is checked by computing it again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from miaopu.experiments import columns, folder, forecast, store
from miaopu.experiments.forecast import with_settings
from miaopu.experiments.store import Results
from miaopu.experiments.verify import verify
from miaopu.scenarios.compiling import inputs_of
from miaopu.scenarios.layers import resolve


def test_an_untouched_folder_verifies(made: Results) -> None:
    verdict = verify(made.folder, workers=2)
    assert verdict.agrees
    assert verdict.differences == []
    assert verdict.lines("zh") == ["16 张表全部一致。"]


def test_an_edited_value_names_its_table_and_column(copied: Path) -> None:
    months = columns.read_parquet(copied / "months.parquet")
    months["organizations"] = months["organizations"].copy()
    months["organizations"][7] += 1
    columns.write_parquet(copied / "months.parquet", months)
    targets = (copied / "targets.csv").read_text(encoding="utf-8-sig").replace("2026-12", "2027-12", 1)
    (copied / "targets.csv").write_text(targets, encoding="utf-8-sig")
    verdict = verify(copied, workers=1)
    assert not verdict.agrees
    told = [(difference.kind, difference.name) for difference in verdict.differences]
    assert told[:4] == [("table", "months.parquet")] * 2 + [("table", "targets.csv")] * 2
    assert told[4:] == [("column", "months.parquet/organizations"), ("column", "targets.csv/deadline")]
    assert "1 of 360 values differ" in verdict.lines("en")[4]


def test_missing_and_broken_tables_are_told(copied: Path) -> None:
    (copied / "streets.parquet").unlink()
    (copied / "ledger.parquet").write_bytes(b"no parquet")
    (copied / "places.csv").write_text("level,index\ndistrict,first\n", encoding="utf-8-sig")
    told = {difference.name: difference.text.en for difference in verify(copied, workers=1).differences}
    assert told == {
        "streets.parquet": "streets.parquet is missing",
        "ledger.parquet": "ledger.parquet cannot be read",
        "places.csv": "places.csv cannot be read",
    }


def test_versions_are_told_first_and_are_no_failure(copied: Path) -> None:
    manifest = json.loads((copied / folder.MANIFEST).read_text(encoding="utf-8"))
    manifest["made_with"]["packages"]["numpy"] = "1.0"
    store.write_manifest(copied, manifest)
    verdict = verify(copied, workers=1)
    assert verdict.agrees
    assert [difference.name for difference in verdict.differences] == ["packages.numpy"]
    assert verdict.lines("en")[1].startswith("packages.numpy: then 1.0, now ")


def test_an_edited_scenario_is_told(copied: Path) -> None:
    manifest = json.loads((copied / folder.MANIFEST).read_text(encoding="utf-8"))
    manifest["scenario"]["data"]["plan"]["hubs"]["slots"] = 9
    store.write_manifest(copied, manifest)
    verdict = verify(copied, workers=1)
    assert verdict.differences[0][:2] == ("table", folder.MANIFEST)


def test_a_roster_of_ones_own_verifies_without_its_files(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    roster = (
        "区县,街道乡镇,类型,居民数,社区村数,有枢纽型组织,备案数,登记数\n"
        "甲区,一街道,街道,30000,4,是,20,3\n甲区,二镇,镇,20000,3,否,12,1\n"
    )
    (own / "名册.csv").write_bytes(roster.encode("gb18030"))
    (own / "mine.yaml").write_text(
        "extends: town-baseline.yaml\nname: 我的区\nplace: {roster: 名册.csv}\n"
        "targets:\n  - {id: a, indicator: organizations, at_least: 1, by: 2025-12}\n",
        encoding="utf-8",
    )
    resolved = resolve(own / "mine.yaml")
    inputs = with_settings(inputs_of(resolved), 1, 2, None)
    forecast.forecast(inputs, resolved, tmp_path / "out", workers=1)
    shutil.rmtree(own)
    assert verify(tmp_path / "out", workers=1).differences == []
