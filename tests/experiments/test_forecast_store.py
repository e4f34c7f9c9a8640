"""A results folder is whole or absent, and its tables come back as they went."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from miaopu.experiments import columns, folder, forecast
from miaopu.experiments.store import Results, open_results
from miaopu.model.inputs import Inputs
from miaopu.model.text import Refusal
from miaopu.scenarios.layers import Resolved


def test_nothing_half_written_when_something_goes_wrong(
    town: tuple[Inputs, Resolved], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(forecast, "write_manifest", full)
    with pytest.raises(OSError, match="No space"):
        forecast.forecast(*town, tmp_path / "out", workers=1, grid=False)
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_result_stays_when_the_next_fails_and_goes_when_it_succeeds(
    town: tuple[Inputs, Resolved], copied: Path
) -> None:
    def interrupted(results: Results) -> None:
        assert len(results.targets)
        raise KeyboardInterrupt

    earlier = (copied / folder.MANIFEST).read_bytes()
    with pytest.raises(KeyboardInterrupt):
        forecast.forecast(*town, copied, seed=99, workers=1, grid=False, finish=interrupted)
    assert (copied / folder.MANIFEST).read_bytes() == earlier
    later = forecast.forecast(*town, copied, seed=99, workers=1, grid=False)
    assert later.manifest["seed"] == 99
    assert not (copied / "grid.csv").exists()
    assert [path.name for path in copied.parent.iterdir()] == ["copied"]


def test_a_chart_that_fails_does_not_take_the_runs_with_it(
    town: tuple[Inputs, Resolved], copied: Path, tmp_path: Path
) -> None:
    def fails(results: Results) -> None:
        raise ValueError("no such colour")

    with pytest.raises(ValueError, match="no such colour"):
        forecast.forecast(*town, copied, seed=99, workers=1, grid=False, finish=fails)
    assert forecast.open_results(copied).manifest["seed"] == 99
    assert [path.name for path in copied.parent.iterdir()] == ["copied"]


def test_what_is_not_ours_is_never_replaced(
    town: tuple[Inputs, Resolved], copied: Path, tmp_path: Path
) -> None:
    (copied / "我的笔记.txt").write_text("重要", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        forecast.forecast(*town, copied, workers=1)
    assert "我的笔记.txt" in refused.value.problems[0].text.zh
    assert "will not be replaced" in refused.value.problems[0].text.en
    (tmp_path / "file").write_text("x")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(Refusal):
            forecast.forecast(*town, out, workers=1)
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    (stranger / "runs.parquet").write_bytes(b"somebody else's")
    with pytest.raises(Refusal):
        folder.check_free(stranger)


def test_only_our_folders_open(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not a results folder"):
        open_results(tmp_path)


def _sample() -> columns.Columns:
    return {
        "name": columns.text_column(["南山区", 'a "quoted", word', ""]),
        "count": np.array([1, -2, 3]),
        "value": np.array([0.1, np.nan, 1e-300]),
        "yes": np.array([True, False, True]),
    }


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_tables_come_back_as_they_went(tmp_path: Path, kind: str) -> None:
    path, sample = tmp_path / f"sample.{kind}", _sample()
    if kind == "csv":
        columns.write_csv(path, sample)
        back = columns.read_csv(path, {"name": "text", "count": "int", "value": "float", "yes": "bool"})
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    else:
        columns.write_parquet(path, sample)
        back = columns.read_parquet(path)
    assert columns.digest(back) == columns.digest(sample)


def test_digest_sees_values_types_names_and_order() -> None:
    sample = _sample()
    changed = [
        sample | {"value": np.array([0.1, 0.0, 1e-300])},
        sample | {"value": sample["value"].astype(np.float32)},
        sample | {"name": columns.text_column(["南山区", 'a "quoted", word', " "])},
        dict(reversed(sample.items())),
        {("other" if name == "count" else name): column for name, column in sample.items()},
    ]
    assert len({columns.digest(table) for table in [sample, *changed]}) == 6
    other_nan = sample | {"value": np.array([0.1, -np.float64("nan"), 1e-300])}
    assert columns.digest(other_nan) == columns.digest(sample)
