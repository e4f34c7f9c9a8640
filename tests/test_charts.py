"""Charts: complete in both languages, true to their data, legible, and the same for the same results."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.container import BarContainer
from matplotlib.text import Text

from miaopu.experiments.store import Results
from miaopu.outputs import charts, style
from miaopu.outputs.fan import Drawing
from miaopu.outputs.fonts import FAMILY
from miaopu.outputs.reading import facts
from miaopu.tests import synthetic
from miaopu.tests.outputs.made_tables import with_network

LANGUAGES = ("zh", "en")
# a missing glyph, a layout that does not fit: whatever matplotlib warns of is an error here
pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A place of 74 streets with everything in it."""
    charts.prepare()
    return with_network(synthetic.make(tmp_path_factory.mktemp("city") / "results"))


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A place of 122 counties and 1,952 townships."""
    charts.prepare()
    folder = tmp_path_factory.mktemp("province") / "results"
    return with_network(synthetic.make(folder, synthetic.province(), draws=10, prefectures=14), hosted=1)


@cache
def drawn(results: Results, name: str, lang: str = "zh") -> Drawing:
    """A chart, laid out as it is on paper."""
    drawing = charts.draw_one(results, name, lang)
    assert drawing is not None
    drawing.figure.set_dpi(style.DPI)
    with matplotlib.rc_context(style.theme()):
        FigureCanvasAgg(drawing.figure).draw()
    return drawing


def test_a_single_chart_makes_its_font_ready_by_itself(city: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    known = font_manager.fontManager
    monkeypatch.setattr(known, "ttflist", [entry for entry in known.ttflist if entry.name != FAMILY])
    assert charts.draw_one(city, "coverage", "zh") is not None
    assert any(entry.name == FAMILY for entry in known.ttflist)


def texts(drawing: Drawing) -> Iterator[Any]:
    """All texts that are to be seen on a chart."""
    hidden = set()
    for axes in drawing.figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not axes.axison or not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    hidden |= {tick.label1, tick.label2}
    for text in drawing.figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            yield text


def words(drawing: Drawing) -> str:
    """Everything that is written on a chart."""
    return "\n".join(text.get_text() for text in texts(drawing))


@pytest.mark.parametrize(("name", "lang"), [(name, lang) for name in charts.CHARTS for lang in LANGUAGES])
def test_nothing_is_cut_off_and_no_words_overlap(city: Results, name: str, lang: str) -> None:
    overlaps(drawn(city, name, lang))


def overlaps(drawing: Drawing) -> None:
    """Fail where words are cut off or run into each other."""
    drawing.figure.set_dpi(style.DPI)
    with matplotlib.rc_context(style.theme()):
        FigureCanvasAgg(drawing.figure).draw()
    page = drawing.figure.bbox
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(drawing)]
    for said, box in boxes:
        assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1, said
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert width < 1.0 or height < 0.25 * min(a.height, b.height), (one, other)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_says_where_it_comes_from(city: Results, lang: str) -> None:
    known = facts(city)
    for name in charts.CHARTS:
        said = words(drawn(city, name, lang)).replace("\n", "")
        for mark in (known.run_id, known.date, "40", "3", known.version):
            assert mark in said, (name, mark)
        assert known.name.of(lang).replace(" ", "") in said.replace(" ", "")


def test_letters_are_the_house_font_and_not_too_small(city: Results, province: Results) -> None:
    for results, name in itertools.product((city, province), charts.CHARTS):
        for text in texts(drawn(results, name)):
            assert text.get_fontname() == FAMILY
            assert text.get_fontsize() >= 5.9


@pytest.mark.parametrize("lang", LANGUAGES)
def test_coverage_shows_target_deadline_and_probability(city: Results, lang: str) -> None:
    drawing, rows = drawn(city, "coverage", lang), city.targets
    said = words(drawing)
    gap = "" if lang == "zh" else " "
    assert f"85{gap}%" in said
    for kind in ("nominal", "effective"):
        row = rows[(rows["target"] == "hubs") & (rows["counts"] == kind)].iloc[0]
        low, high = (f"{100 * row[f'probability_{edge}']:.0f}" for edge in ("low", "high"))
        assert f"{100 * row['probability']:.0f}{gap}%" in said and low in said and high in said
    assert len(drawing.figure.axes) == 2
    for axes in drawing.figure.axes:
        lines = [tuple(np.asarray(data).tolist() for data in line.get_data()) for line in axes.lines]
        assert any(y == [0.85, 0.85] for _, y in lines)
        assert any(x == [synthetic.DEADLINE + 1] * 2 for x, _ in lines)


def test_coverage_draws_its_data(city: Results) -> None:
    drawing = drawn(city, "coverage")
    for axes, (_, part) in zip(
        drawing.figure.axes, drawing.data.groupby("indicator", sort=False), strict=True
    ):
        assert np.array_equal(axes.lines[0].get_ydata(), part["p50"])
        assert np.array_equal(axes.lines[0].get_xdata(), part["month"] + 1)
        band = np.asarray(axes.collections[0].get_paths()[0].vertices)[:, 1]
        assert band.min() == part["p05"].min() and band.max() == part["p95"].max()
    months = city.months[city.months["month"] == 30]["street_hub_coverage"].astype(float)
    row = drawing.data[
        (drawing.data["indicator"] == "street_hub_coverage") & (drawing.data["month"] == 30)
    ].iloc[0]
    assert np.allclose([row["p05"], row["p50"], row["p95"]], months.quantile([0.05, 0.5, 0.95]))


@pytest.mark.parametrize("name", ["organizations", "capability"])
def test_fans_draw_their_data(city: Results, name: str) -> None:
    drawing = drawn(city, name)
    shown = [np.asarray(line.get_ydata()).tolist() for axes in drawing.figure.axes for line in axes.lines]
    for _, part in drawing.data.groupby("indicator"):
        assert part["p50"].tolist() in shown


def test_money_adds_up(city: Results) -> None:
    drawing = drawn(city, "money")
    left = drawing.data[drawing.data["panel"] == "paid by instrument"]
    stacks = [bars for bars in drawing.figure.axes[0].containers if isinstance(bars, BarContainer)]
    heights = sum(bar.get_height() for bars in stacks for bar in bars)
    assert heights * 1e4 == pytest.approx(left["yuan"].sum())
    paid = sum(synthetic.PAID.values())
    by_hand = paid * 4.4 * np.exp(0.15 * (city.runs["p_start_coverage"] - 0.3) / 0.05).mean()
    assert left["yuan"].sum() == pytest.approx(by_hand)  # nothing received, returned or paid twice is in it
    right = drawing.data[drawing.data["panel"] != "paid by instrument"]
    assert set(right["item"]) == {"in", "out", "held"}
    first = city.ledger[city.ledger["year"] == synthetic.FIRST_YEAR].groupby(["payer", "instrument"])["yuan"]
    spent = first.median()["hub", "hub_running"] + first.median()["organization", "running_cost"]
    row = right[(right["item"] == "out") & (right["statistic"] == "p50")].iloc[0]
    assert row["yuan"] == pytest.approx(spent)


def test_streets_draw_their_data(city: Results) -> None:
    drawing = drawn(city, "streets")
    nominal = drawing.data[drawing.data["counts"] == "nominal"]
    picture = np.asarray(drawing.figure.axes[0].images[0].get_array())
    assert np.allclose(picture, nominal["share"].to_numpy().reshape(synthetic.MONTHS, 74).T)
    first = city.streets[city.streets["street"] == 5]["first_nominal"]
    row = nominal[(nominal["name"] == "梅林") & (nominal["month"] == 40)].iloc[0]
    assert row["share"] == pytest.approx(((first >= 0) & (first <= 40)).mean())
    assert row["group"] == "福田区"


def test_grid_writes_each_probability_and_marks_the_assumed_cell(city: Results) -> None:
    drawing = drawn(city, "grid")
    said = [text.get_text() for text in drawing.figure.axes[0].texts]
    assert len(said) == len(city.grid)
    assert f"{100 * city.grid['probability'].iloc[0]:.0f}%" in said
    marked = drawing.data[drawing.data["centre"]].iloc[0]
    assert (marked["start_coverage"], marked["order_strength"]) == (0.30, 0.10)
    assert "均无公开数据" in words(drawing)


def test_targets_have_a_row_each(city: Results) -> None:
    drawing = drawn(city, "targets")
    dots = [line for line in drawing.figure.axes[0].lines if line.get_marker() == "o"]
    assert len(dots) == len(city.targets) == 4
    assert drawing.data.equals(city.targets)


def test_what_remains_is_counted_run_by_run(city: Results) -> None:
    row = drawn(city, "after").data.set_index("indicator").loc["filed"]
    months = city.months.pivot(index="run", columns="month", values="filed").astype(float)
    assert row["p50"] == pytest.approx((months[71] / months[synthetic.DEADLINE]).median())


def test_a_large_place_stays_legible(province: Results) -> None:
    drawing = drawn(province, "streets")
    names = [text for text in texts(drawing) if text.get_text().endswith("县")]
    assert len(names) == 122
    heights = sorted(text.get_window_extent().y0 for text in names[:61])
    pitch = np.diff(heights).min() / drawing.figure.dpi * 25.4
    assert pitch > 2.2  # mm on the page
    assert drawing.figure.get_figheight() * 25.4 <= style.FULL_PAGE
    for name in charts.CHARTS:
        drawn(province, name, "en")


def test_far_too_many_districts_become_prefectures(tmp_path: Path) -> None:
    results = synthetic.make(tmp_path / "r", synthetic.province(200, 1), draws=3, prefectures=20)
    assert set(drawn(results, "streets").data["level"]) == {"prefecture"}


def test_rare_characters_are_drawn(tmp_path: Path) -> None:
    results = synthetic.make(tmp_path / "r", synthetic.RARE, draws=3)
    said = words(drawn(results, "streets"))
    assert all(letter in said for letter in "栟茶埇桥硚口垟圳㙦")
    assert charts.draw_all(results.folder, "zh")


def test_a_scenario_without_targets_and_a_single_run(tmp_path: Path) -> None:
    results = synthetic.make(tmp_path / "r", draws=1, replicates=1, aims=False)
    names = {path.stem for path in charts.draw_all(results.folder, "en")}
    assert names == {"coverage", "streets", "tiles", "organizations", "capability", "town_country", "money"}


def test_files_are_written_with_their_marks_and_are_the_same_again(tmp_path: Path) -> None:
    from PIL import Image

    results = synthetic.make(tmp_path / "r", draws=3)
    told: list[tuple[int, int]] = []
    written = charts.draw_all(results.folder, "zh", lambda _, done, total: told.append((done, total)))
    assert told[-1] == (len(charts.CHARTS), len(charts.CHARTS))
    assert {path.suffix for path in written} == {".png", ".svg", ".csv"}
    assert sorted(path.name for path in written) == sorted(
        path.name for path in (results.folder / "charts").iterdir()
    )
    first = {path: path.read_bytes() for path in written}
    assert {path: path.read_bytes() for path in charts.draw_all(results.folder, "zh")} == first
    for path in written:
        if path.suffix == ".png":
            with Image.open(path) as picture:
                assert "3f9a1c7e" in str(picture.info["Description"])
                assert 1200 < picture.width < 1500
        if path.suffix == ".svg":
            assert "3f9a1c7e" in path.read_text(encoding="utf-8")
    read = pd.read_csv(results.folder / "charts" / "coverage.csv", encoding="utf-8-sig")
    drawing = charts.draw_one(results, "coverage", "zh")
    assert drawing is not None
    pd.testing.assert_frame_equal(read, drawing.data, check_dtype=False)


def test_settings_of_matplotlib_are_left_alone(city: Results) -> None:
    before = dict(matplotlib.rcParams)
    drawn(city, "coverage")
    assert dict(matplotlib.rcParams) == before
