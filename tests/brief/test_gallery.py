"""The gallery: every chart that can be drawn has its question and how to read it, and the pages show it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from miaopu.model.text import LANGUAGES, Text
from miaopu.outputs import calibration_charts, gallery_page, gallery_pictures
from miaopu.outputs.charts import CHARTS
from miaopu.outputs.experiment_charts import plan
from miaopu.outputs.gallery import ASSUMPTIONS, ENTRIES, SCREENING, Entry, belongs, caption, entry
from miaopu.outputs.gallery_page import DOCS, anchor, heading, page, picture, shown
from miaopu.outputs.style import EFFECTIVE, NOMINAL
from miaopu.tests import synthetic_experiment as made
from miaopu.tests import synthetic_sensitivity as analysed
from miaopu.tests.synthetic import make


def names() -> Iterator[tuple[str, str]]:
    """Kind and name of every chart that the program draws."""
    yield from (("forecast", name) for name in CHARTS)
    yield from (("calibration", name) for name in calibration_charts.CHARTS)
    known, summary, points = made.facts(4), *analysed.sweep()
    compared = {"paths": made.paths(4), "differences": made.differences(4)}
    tables = {"indices": analysed.indices(), "chance": analysed.chance(), "convergence": analysed.convergence(),
              "response": analysed.response()}  # fmt: skip
    swept = {"summary": summary, "points": points, "response": analysed.response()}
    for kind, given in (("compare", compared), ("sensitivity", tables), ("sweep", swept)):
        yield from ((kind, name) for name in plan(kind, given, known, "en"))


def test_there_are_charts_of_every_kind() -> None:
    found = set(names())
    assert {kind for kind, _ in found} == {"forecast", "calibration", "compare", "sensitivity", "sweep"}
    assert {("compare", "differences"), ("sensitivity", "levers")} <= found
    assert any(name.startswith("map_") for kind, name in found if kind == "sweep")


def test_every_chart_has_an_entry() -> None:
    for kind, name in names():
        one = entry(name, kind)
        assert one.kind == kind and belongs(name, one)
    assert {ASSUMPTIONS, SCREENING} <= {one.kind for one in ENTRIES}


def test_a_chart_without_an_entry_is_told() -> None:
    with pytest.raises(KeyError, match="weather of compare"):
        entry("weather", "compare")
    with pytest.raises(KeyError):
        caption("differences", "forecast")


def test_a_caption_goes_by_the_kind_of_the_folder() -> None:
    assert caption("targets", "forecast") != caption("targets", "compare")
    assert caption("indices_hubs_nominal_reached", "sensitivity") == entry("indices", "sensitivity").title
    assert caption("coverage") == caption("coverage", "forecast")


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.file)
def test_an_entry_is_whole_in_both_languages(one: Entry) -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    for text in one[2:]:
        assert isinstance(text, Text) and han.search(text.zh) and not han.search(text.en)
    assert one.question.zh.endswith("？") and one.question.en.endswith("?")
    assert len(one.title.zh) <= 20 and len(one.title.en) <= 50
    assert not re.search(r"\d", one.title.zh + one.title.en)  # a caption holds no figures
    assert len(one.reading.zh) >= 50 and len(one.reading.en) >= 100


def test_no_two_entries_have_one_title_or_one_picture() -> None:
    for lang in LANGUAGES:
        assert len({heading(one, lang) for one in ENTRIES}) == len(ENTRIES)
    assert len({(one.kind == "calibration", one.file) for one in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_every_chart(lang: str) -> None:
    text = (DOCS / lang / "gallery.md").read_text(encoding="utf-8")
    wanted = [entry(name, kind) for kind, name in names()]
    wanted += [one for one in ENTRIES if one.kind in (ASSUMPTIONS, SCREENING)]
    for one in dict.fromkeys(wanted):
        part = text.split(f"### {heading(one, lang)}\n", 1)
        assert len(part) == 2, f"{one.kind} {one.name}: run python -m miaopu.outputs.gallery_page with its folder"
        mine = part[1].split("\n#")[0]
        assert one.question.of(lang) in mine and one.reading.of(lang) in mine
        assert f"](../{picture(one, lang).relative_to(DOCS).as_posix()})" in mine
        assert f"](#{anchor(heading(one, lang))})" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_the_one_that_is_written(lang: str) -> None:
    assert (DOCS / lang / "gallery.md").read_text(encoding="utf-8") == page(lang)


def test_pictures_are_small_and_say_which_run_they_are_of() -> None:
    drawn = [picture(one, lang) for one in shown() for lang in LANGUAGES if picture(one, lang).parent.name == "gallery"]
    assert drawn and sorted(drawn) == sorted((DOCS / "images" / "gallery").glob("*.png"))
    for path in drawn:
        with Image.open(path) as image:
            assert image.width > 1300 and re.match(r"run [0-9a-f]{8}, \d{4}-\d\d-\d\d", image.info["Description"])
        assert path.stat().st_size <= gallery_pictures.MOST_BYTES, path


def test_fewer_colours_leave_those_with_a_meaning_as_they_are() -> None:
    large = Image.effect_noise((400, 400), 90).convert("RGB")  # as hard as can be
    for place, colour in enumerate((NOMINAL, EFFECTIVE)):
        large.paste(Image.new("RGB", (60, 12), colour), (20, 40 + 40 * place))
    buffer = io.BytesIO()
    large.save(buffer, "PNG")
    with Image.open(io.BytesIO(gallery_pictures.small(buffer.getvalue()))) as less:
        seen = [less.convert("RGB").getpixel((40, 46 + 40 * place)) for place in (0, 1)]
    assert len(buffer.getvalue()) > gallery_pictures.MOST_BYTES
    for pixel, colour in zip(seen, (NOMINAL, EFFECTIVE), strict=True):
        assert isinstance(pixel, tuple)
        assert max(abs(part - int(colour[k : k + 2], 16)) for part, k in zip(pixel, (1, 3, 5), strict=True)) <= 12


@pytest.mark.slow
def test_the_generator_draws_what_a_folder_has_and_writes_both_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = make(tmp_path / "made", draws=12, replicates=2)
    monkeypatch.setattr(gallery_page, "DOCS", tmp_path / "docs")
    for lang in LANGUAGES:
        (tmp_path / "docs" / lang).mkdir(parents=True)
    monkeypatch.setattr("miaopu.outputs.charts.CHARTS", {name: CHARTS[name] for name in ("coverage", "grid")})
    written = gallery_page.write({"forecast": [results.folder]})
    names = [path.relative_to(tmp_path / "docs").as_posix() for path in written]
    images = [f"images/gallery/{name}-{lang}.png" for name in ("coverage", "grid") for lang in LANGUAGES]
    assert sorted(names) == sorted([*images, "en/gallery.md", "zh/gallery.md"])
    for lang in LANGUAGES:
        text = (tmp_path / "docs" / lang / "gallery.md").read_text(encoding="utf-8")
        assert text.count("\n### ") == 2 and entry("coverage").reading.of(lang) in text
