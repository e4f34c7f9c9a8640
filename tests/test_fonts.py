"""The house font: true to its source, made once, whole or not at all."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from miaopu.model.text import Text
from miaopu.outputs import fonts
from miaopu.outputs.font_cutting import cut

SAMPLE = "深圳市街道枢纽栟茶埇桥硚口垟Agj80%—≥，。 é"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A font of few letters, made quickly, in a cache of its own."""
    monkeypatch.setattr(fonts, "characters", lambda: {ord(letter) for letter in SAMPLE})
    monkeypatch.setenv("MIAOPU_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    fonts._recipe_hash.cache_clear()
    yield tmp_path / "cache"
    fonts._recipe_hash.cache_clear()


def test_the_repertoire_holds_gbk_and_symbols() -> None:
    wanted = fonts.characters()
    assert len(wanted) > 22_000
    assert all(ord(letter) in wanted for letter in SAMPLE + "≤−×‰→·–…№㙦㮾镕堃")


@pytest.mark.parametrize(("style", "weight"), fonts.WEIGHTS.items())
def test_cut_glyphs_equal_those_of_fonttools(tmp_path: Path, style: str, weight: int) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    with TTFont(fonts.source_font()) as source:
        cutter = subset.Subsetter(subset.Options())
        cutter.populate(text=SAMPLE)
        cutter.subset(source)
        truth = instancer.instantiateVariableFont(source, {"wght": weight})
        kept = io.BytesIO()
        truth.save(kept)
    truth = TTFont(io.BytesIO(kept.getvalue()))
    (path,) = cut(fonts.source_font(), map(ord, SAMPLE), {style: weight}, "Trial", tmp_path)
    mine = TTFont(path)
    for letter in SAMPLE:
        one, other = truth.getBestCmap()[ord(letter)], mine.getBestCmap()[ord(letter)]
        assert truth["hmtx"][one] == mine["hmtx"][other]
        a, b = truth["glyf"][one], mine["glyf"][other]
        assert a.numberOfContours == b.numberOfContours
        if a.numberOfContours:
            assert a.endPtsOfContours == b.endPtsOfContours
            assert list(a.flags & 1 for a.flags in a.flags) == list(b.flags & 1 for b.flags in b.flags)
            assert max(abs(p - q) for p, q in zip(a.coordinates.array, b.coordinates.array, strict=True)) <= 1
    assert mine["name"].getDebugName(1) == "Trial" and mine["OS/2"].usWeightClass == weight
    assert "Open Font License" in (mine["name"].getDebugName(13) or "")


def test_fonts_are_made_once_and_equal_each_time(few: Path, tmp_path: Path) -> None:
    told: list[Text] = []
    paths = fonts.house_fonts(told.append)
    assert told == [fonts.MAKING] and [path.name for path in paths] == [
        "MiaopuSans-Regular.ttf", "MiaopuSans-Bold.ttf",
    ]  # fmt: skip
    assert all(few in path.parents and (path.parent / "OFL.txt").is_file() for path in paths)
    assert fonts.house_fonts(told.append) == paths and len(told) == 1
    again = fonts._cut(tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in paths]
    assert [path.name for path in few.glob("fonts/*")] == [
        paths[0].parent.name
    ]  # nothing is left lying about


def test_a_cache_that_cannot_be_written_is_done_without(few: Path) -> None:
    few.write_text("a file where a folder is wanted", encoding="utf-8")
    paths = fonts.house_fonts()
    assert all(path.is_file() and few not in path.parents for path in paths)
    assert fonts.house_fonts() == paths


def test_two_processes_at_once(tmp_path: Path) -> None:
    code = (
        "from miaopu.outputs import fonts\n"
        "fonts.characters = lambda: set(range(0x4e00, 0x4f00))\n"
        "print(all(path.stat().st_size > 1000 for path in fonts.house_fonts()))"
    )
    environment = {"MIAOPU_CACHE": str(tmp_path), "PATH": ""}
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [process.communicate(timeout=120)[0].strip() for process in started] == ["True"] * 3
    (folder,) = (tmp_path / "fonts").iterdir()
    assert {path.name for path in folder.iterdir()} == {
        "MiaopuSans-Regular.ttf",
        "MiaopuSans-Bold.ttf",
        "OFL.txt",
    }


def test_use_house_fonts_sets_the_default_and_a_bold_that_is_bold() -> None:
    import matplotlib
    from matplotlib.font_manager import FontProperties, fontManager

    with matplotlib.rc_context():
        fonts.use_house_fonts()
        fonts.use_house_fonts()
        assert matplotlib.rcParams["font.family"][0] == fonts.FAMILY
        files = [
            fontManager.findfont(FontProperties(family=fonts.FAMILY, weight=weight))
            for weight in ("normal", "bold")
        ]
    assert [Path(file).stem.split("-")[1] for file in files] == ["Regular", "Bold"]
    assert len([entry for entry in fontManager.ttflist if entry.name == fonts.FAMILY]) == 2
