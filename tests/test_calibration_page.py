"""The calibration's documents: made from tables, complete in both languages, and equal to the committed data."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from miaopu.calibration.observations import observations
from miaopu.calibration.settings import settings
from miaopu.model.text import LANGUAGES
from miaopu.outputs import calibration_page, charts, style
from miaopu.outputs.calibration_charts import CHARTS, drawable, file_name
from miaopu.outputs.calibration_figures import plain
from miaopu.outputs.calibration_page import PAGE, page, parts, write_pages
from miaopu.outputs.calibration_parts import NOT_YET, PARTS, part
from miaopu.outputs.calibration_tables import NAMES, Calibration, read_calibration
from miaopu.outputs.fonts import characters
from miaopu.outputs.row_chart import END
from miaopu.outputs.study_page import DOCS
from miaopu.tests import synthetic_calibration

# a glyph that no font has, a layout that does not fit: whatever matplotlib warns of is an error here
pytestmark = pytest.mark.filterwarnings("error")
SKELETON = re.compile(r"^## |^<!-- generated: .*$|^- |^\d+\. |^> \*\*|^\| [GHM]\d|^!\[|^```sh", re.MULTILINE)
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables and a posterior, made up."""
    return synthetic_calibration.make(tmp_path_factory.mktemp("calibration") / "data")


@pytest.fixture(scope="module")
def known(folder: Path) -> Calibration:
    return read_calibration(folder, folder / "posterior.json")


@pytest.mark.slow
def test_one_call_makes_both_pages_and_every_picture_that_they_show(folder: Path, tmp_path: Path) -> None:
    charts.prepare()
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
        shutil.copyfile(DOCS / lang / PAGE, tmp_path / lang / PAGE)
    written = write_pages(folder, folder / "posterior.json", tmp_path)
    shown = set()
    for lang in LANGUAGES:
        text = (tmp_path / lang / PAGE).read_text(encoding="utf-8")
        assert NOT_YET.of(lang) not in text
        found = [(tmp_path / lang / one).resolve() for one in PICTURE.findall(text)]
        assert len(found) == len(CHARTS)
        assert all(picture.is_file() and picture.stat().st_size > 10_000 for picture in found)
        shown |= set(found)
    assert shown == {path.resolve() for path in written if path.suffix == ".png"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_fits_on_a_page(known: Calibration, name: str, lang: str) -> None:
    drawing = charts.finished(lambda: CHARTS[name].draw(known, lang))
    assert drawing is not None
    with matplotlib.rc_context(style.theme()):
        FigureCanvasAgg(drawing.figure).draw()
    width, height = drawing.figure.get_size_inches() * 25.4
    assert width == pytest.approx(style.WIDTH)
    assert height <= style.FULL_PAGE
    _all_can_be_read(drawing.figure)


def _all_can_be_read(figure: Figure) -> None:
    """Every text that is seen lies on the sheet, and the house font has all its letters."""
    for axes in figure.axes:
        if axes.get_xlim() == (0.0, END):  # a sheet in mm shrinks where something is too wide for it
            assert axes.get_position().width > 0.98 * END / style.WIDTH
    sheet, letters = figure.bbox, characters() | {ord("\n")}
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and (text.axes is None or text in text.axes.texts):
            assert {ord(letter) for letter in text.get_text()} <= letters, text.get_text()
            box = text.get_window_extent()
            assert sheet.x0 - 1 <= box.x0 and box.x1 <= sheet.x1 + 1, text.get_text()
            assert sheet.y0 - 1 <= box.y0 and box.y1 <= sheet.y1 + 1, text.get_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_of_a_table_stands_in_the_page(known: Calibration, lang: str) -> None:
    made = parts(known, lang)
    rows = {name: len(re.findall(r"^\| (?!---)", text, re.MULTILINE)) - 1 for name, text in made.items()}
    assert rows["observations"] == len(observations())
    assert rows["fitted"] == rows["contraction"] == rows["sbc"] - 1 == len(settings().fitted)
    for name in ("generations", "predictive", "hindcast", "patterns"):
        assert rows[name] == len(known.tables[name])
    assert rows["forecasts"] == len(known.tables["forecasts"]) / 2
    assert rows["screening"] == known.tables["screening"]["observation"].nunique()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_of_the_tables_stand_in_the_page(known: Calibration, lang: str) -> None:
    made = parts(known, lang)
    for _, row in known.tables["contraction"].iterrows():
        for column in ("posterior_p05", "posterior_median", "posterior_p95"):
            assert plain(float(row[column])) in made["contraction"]
    assert all(plain(float(score)) in made["hindcast"] for score in known.tables["hindcast"]["crps"])
    assert all(f"{value:.2f}" in made["predictive"] for value in known.tables["predictive"]["posterior_tail"])
    assert "61" in made["forecasts"] and "+19" in made["forecasts"]


@pytest.mark.parametrize(("lang", "word"), [("zh", "培训场次"), ("en", "sessions held")])
def test_a_target_that_is_counted_one_way_only_is_not_forgotten(known: Calibration, lang: str, word: str) -> None:
    assert parts(known, lang)["forecasts"].count(f"| {word} |") == 2


def test_both_languages_have_the_same_sections_and_parts() -> None:
    told = []
    for lang in LANGUAGES:
        text = (DOCS / lang / PAGE).read_text(encoding="utf-8")
        told.append(SKELETON.findall(text))
    for one in told:
        assert [name[16:-4] for name in one if name.startswith("<!-- gen")] == list(PARTS)
    outside = [[item for item in one if item != "![" and item != "- "] for one in told]
    assert outside[0] == outside[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_say_what_the_committed_tables_say(lang: str) -> None:
    text = (DOCS / lang / PAGE).read_text(encoding="utf-8")
    assert page(text, read_calibration(), lang) == text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_are_committed_for_all_that_the_page_shows(lang: str) -> None:
    shown = PICTURE.findall((DOCS / lang / PAGE).read_text(encoding="utf-8"))
    assert len(shown) == len(drawable(read_calibration()))
    assert all((DOCS / lang / one).is_file() for one in shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_that_has_not_been_made_is_said_to_be_missing(tmp_path: Path, lang: str) -> None:
    nothing = read_calibration(tmp_path, tmp_path / "posterior.json")
    assert drawable(nothing) == []
    needing = set(PARTS) - {"in-figures", "observations", "fitted", "places"}
    assert {name for name in PARTS if part(name, nothing, lang) == NOT_YET.of(lang)} == needing


def test_no_coverage_is_told_of_fewer_than_ten(known: Calibration) -> None:
    found = part("recovery", known, "en")
    assert "4 / 4 |" in found or "3 / 4 |" in found
    assert "%" not in "".join(line for line in found.splitlines() if "sequential" in line)
    told = part("hindcast", known, "en")
    assert "nothing is claimed on coverage" in told
    once = known.tables["hindcast"]
    more = pd.concat([once, once.assign(series="another_" + once["series"])])
    many = Calibration({"hindcast": more}, {}, "")
    assert "the 90 % range holds the figure in" in part("hindcast", many, "en")


def test_rivals_that_turn_the_order_round_are_seen(known: Calibration) -> None:
    told = part("ranking", known, "en")
    rows = known.tables["survival"]
    assert told.count("| 2 / 28 | 1 | no |") == (~rows["best_kept"]).sum() > 0
    assert f"kept in {rows['best_kept'].sum()} of {len(rows)} comparisons" in told


def test_a_fit_that_disagrees_with_the_bank_is_seen(known: Calibration) -> None:
    assert f"differ beyond chance (99 %): 1 of {len(settings().fitted)}" in part("agreement", known, "en")
    same = known.tables["agreement"].assign(fit_mean=known.tables["agreement"]["bank_mean"])
    assert "beyond chance (99 %): 0 of" in part("agreement", Calibration({"agreement": same}, {}, ""), "en")


def test_every_table_is_read(folder: Path) -> None:
    there = {path.stem for path in folder.glob("*.csv")}
    assert there == set(NAMES)
    assert set(read_calibration(folder, folder / "posterior.json").tables) == there


def test_tables_are_taken_over_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    made = shutil.copytree(folder, tmp_path / "made")
    (made / "swaps.csv").write_text("a\n1\n", encoding="utf-8")
    (made / "notes.csv").write_text("a\n1\n", encoding="utf-8")
    taken = calibration_page.take_tables(made, tmp_path / "data")
    assert {path.stem for path in taken} == {*NAMES, "swaps"}
    assert {path.name for path in (tmp_path / "data").iterdir()} == {path.name for path in taken}


def test_other_data_change_the_digest_in_the_footers(folder: Path, tmp_path: Path) -> None:
    other = shutil.copytree(folder, tmp_path / "other")
    text = (other / "sbc.csv").read_text(encoding="utf-8")
    (other / "sbc.csv").write_text(text.replace(",40,", ",41,"), encoding="utf-8")
    digests = {read_calibration(one, one / "posterior.json").digest for one in (folder, other)}
    assert len(digests) == 2
    assert calibration_page.IMAGES.as_posix() == "images/calibration"
    assert file_name("pairs", "zh") == "pairs-zh.png"
