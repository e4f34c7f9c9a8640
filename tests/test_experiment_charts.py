"""Charts of experiments: complete in both languages, true to their tables, legible, the same for the same tables."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from miaopu.outputs import charts, experiment_charts, scenario_key, style
from miaopu.outputs.chart_comparison import draw_paths
from miaopu.outputs.chart_convergence import draw_convergence
from miaopu.outputs.chart_differences import draw_differences
from miaopu.outputs.chart_lever_table import draw_levers_by_outcome
from miaopu.outputs.chart_morris import draw_morris
from miaopu.outputs.chart_response import draw_response
from miaopu.outputs.chart_sensitivity import draw_indices
from miaopu.outputs.chart_sweep_map import draw_map
from miaopu.outputs.experiment_facts import Measure, measure
from miaopu.outputs.fan import Drawing
from miaopu.outputs.fonts import FAMILY
from miaopu.outputs.outcome_words import change_words, value_words
from miaopu.tests import synthetic_experiment as made
from miaopu.tests import synthetic_sensitivity as analysed

LANGUAGES = ("zh", "en")
HUBS, MEASURED, MONEY = "hubs.nominal.reached", "hubs.effective.measured", "public_money@2025-12"
STEPS = (128, 256, 512, 1024)
KNOWN, SENSITIVE = made.facts(4), made.facts(2, 14336, None)
DRAW: dict[str, Callable[[str], Drawing | None]] = {
    "paths": lambda lang: draw_paths(made.paths(4), made.differences(4), KNOWN, lang),
    "differences": lambda lang: draw_differences(made.differences(4), KNOWN, lang),
    "sobol": lambda lang: draw_indices(
        analysed.indices(), analysed.chance(), analysed.convergence(), SENSITIVE, lang, HUBS
    ),
    "pawn": lambda lang: draw_indices(analysed.indices("pawn"), None, None, SENSITIVE, lang, HUBS),
    "morris": lambda lang: draw_morris(analysed.indices("morris", (40,)), None, None, SENSITIVE, lang, HUBS),
    "levers": lambda lang: draw_levers_by_outcome(
        analysed.indices(), analysed.convergence(), SENSITIVE, lang, list(analysed.SCREENED)
    ),
    "convergence": lambda lang: draw_convergence(
        analysed.indices(base=STEPS), analysed.convergence(base=STEPS), SENSITIVE, lang, HUBS
    ),
    "response": lambda lang: draw_response(analysed.response(), SENSITIVE, lang, MEASURED),
    "map": lambda lang: draw_map(*analysed.sweep(7, 8), SENSITIVE, lang, MONEY),
    "fine map": lambda lang: draw_map(*analysed.sweep(21, 20), SENSITIVE, lang, HUBS),
}
# a missing glyph, a layout that does not fit: whatever matplotlib warns of is an error here
pytestmark = pytest.mark.filterwarnings("error")


@cache
def drawn(name: str, lang: str = "zh") -> Drawing:
    """A chart, laid out as it is on paper."""
    drawing = charts.finished(lambda: DRAW[name](lang))
    assert drawing is not None
    drawing.figure.set_dpi(style.DPI)
    with matplotlib.rc_context(style.theme()):
        FigureCanvasAgg(drawing.figure).draw()
    return drawing


def texts(drawing: Drawing) -> Iterator[Any]:
    """All texts that are to be seen on a chart, those of plots inside its rows included."""
    hidden = set()
    for axes in drawing.figure.findobj(Axes):
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not axes.axison or not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    hidden |= {tick.label1, tick.label2}
    for text in drawing.figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            yield text


def words(drawing: Drawing) -> str:
    """Everything that is written on a chart, line breaks and spaces left out."""
    return "".join("".join(text.get_text() for text in texts(drawing)).split())


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), list(itertools.product(DRAW, LANGUAGES)))
def test_no_words_are_cut_off_or_overlap_and_all_can_be_read(name: str, lang: str) -> None:
    drawing = drawn(name, lang)
    page = drawing.figure.bbox
    assert drawing.figure.get_figheight() * 25.4 <= style.FULL_PAGE
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(drawing)]
    for said, box in boxes:
        assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1, said
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert width < 1.0 or height < 0.25 * min(a.height, b.height), (one, other)
    for text in texts(drawing):
        assert text.get_fontname() == FAMILY and text.get_fontsize() >= 5.9, text.get_text()
    said = words(drawing)
    known = KNOWN if name in ("paths", "differences") else SENSITIVE
    names = [known.name.of(lang), *(text.of(lang) for text in known.scenarios.values())]
    for sign in (known.run_id, known.date, known.version, f"{known.runs:,}", *names):
        assert "".join(sign.split()) in said, sign


def test_paths_draw_their_data_with_target_deadline_and_probability() -> None:
    drawing, table = drawn("paths"), made.paths(4)
    for axes, name in zip(
        drawing.figure.axes[1:], ("street_hub_coverage", "street_hub_coverage_effective"), strict=True
    ):
        medians = [line for line in axes.lines if len(np.asarray(line.get_xdata())) == 72]
        for line, scenario in zip(medians, made.NAMES, strict=True):
            rows = table[(table["scenario"] == scenario) & (table["indicator"] == name)]
            assert np.array_equal(line.get_ydata(), rows["median"])
        assert medians[0].get_color() == style.BASELINE
        ends = [tuple(np.asarray(data).tolist() for data in line.get_data()) for line in axes.lines]
        assert any(y == [0.85, 0.85] for _, y in ends) and any(x == [48, 48] for x, _ in ends)
    row = made.differences(4).query("outcome == @HUBS and other == @made.DRAFT").iloc[0]
    assert f"{100 * row['other_value']:.0f}%（{100 * row['other_low']:.0f}%～{100 * row['other_high']:.0f}%）" in words(
        drawing
    )


def test_a_scenario_that_starts_later_stands_at_its_own_dates() -> None:
    table = made.paths(2)
    late = (table["scenario"] == made.DRAFT) & (table["month"] < 60)
    table.loc[late, "year"] += 1
    drawing = draw_paths(table[(table["scenario"] == made.BASE) | late], None, made.facts(2), "en")
    assert drawing is not None
    starts = [np.asarray(line.get_xdata())[0] for line in drawing.figure.axes[1].lines[:2]]
    assert starts == [1, 13]


def test_differences_put_targets_first_and_mark_what_excludes_zero() -> None:
    drawing = drawn("differences")
    assert list(drawing.data["kind"])[:6] == ["reached"] * 6
    assert not drawing.data["outcome"].str.contains("2024").any()  # of each indicator only the last month
    dots = [line for axes in drawing.figure.findobj(Axes) for line in axes.lines if line.get_marker() == "o"]
    clear = (drawing.data["difference_low"] > 0) | (drawing.data["difference_high"] < 0)
    assert [line.get_markerfacecolor() != "white" for line in dots] == clear.tolist()
    assert 0 < clear.sum() < len(clear)
    first = [float(np.asarray(line.get_xdata())[0]) for line in dots[:6]]
    assert first == pytest.approx(drawing.data["difference"].iloc[:6].tolist())
    assert "方差比" in words(drawing) and "12.1" in words(drawing)


def test_differences_are_written_no_finer_than_their_error() -> None:
    share, money = Measure(made.HUB, "share", "reached"), Measure(made.HUB, "yuan per year", "indicator")
    assert change_words(0.20213, 0.1321, 0.2722, share, "zh") == ("+20.2个百分点", "13.2～27.2")
    assert change_words(-0.0052, -0.0104, 0.0001, share, "en") == ("−0.52 points", "−1.04 to 0.01")
    assert change_words(-4.41e7, -6.3e7, -2.52e7, money, "zh") == ("−4,410万元", "−6,300～−2,520")
    assert change_words(float("nan"), 0, 0, share, "zh") == ("—", "")
    assert value_words(6.3e8, money, "zh") == "6.30亿元"


def _seen(colour: str, loss: np.ndarray) -> np.ndarray:
    """A colour in CIELAB as someone without one kind of cone sees it."""
    linear = np.array([c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)])
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(loss @ linear, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


LOSSES = {  # Machado, Oliveira and Fernandes 2009, severity 1
    "none": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


@pytest.mark.parametrize("kind", LOSSES)
def test_scenarios_are_told_apart_with_any_colour_vision(kind: str) -> None:
    colours = [scenario_key.colour(place) for place in range(6)]
    for one, other in itertools.combinations(colours, 2):
        assert np.linalg.norm(_seen(one, LOSSES[kind]) - _seen(other, LOSSES[kind])) > 20, (one, other)
    assert len({str(scenario_key.stroke(place)) for place in range(6)}) == 6


def test_levers_and_uncertainties_are_apart_each_with_the_inert_factor() -> None:
    drawing = drawn("sobol", "en")
    said = [text.get_text() for text in texts(drawing)]
    levers, doubts = said.index("levers"), said.index("uncertainties")
    assert levers < said.index("order strength") < doubts < said.index("order felt over order given")
    assert said.count("inert factor (control)") == 2
    everything = words(drawing)
    assert "chance13%" in everything and "notconverged" in everything and "2blocksofpointsdropped" in everything
    areas = [axes for axes in drawing.figure.findobj(Axes) if axes.get_xlabel()]
    totals = [float(np.asarray(line.get_xdata())[0]) for line in areas[0].lines if line.get_marker() == "o"]
    rows = drawing.data[(drawing.data["index"] == "ST") & drawing.data["role"].isin(["lever", "inert"])]
    assert totals == sorted(rows["value"], reverse=True)


def test_indices_of_the_most_points_are_shown_and_missing_intervals_do_no_harm() -> None:
    table = analysed.indices("pawn", (64, 256)).assign(low=np.nan, high=np.nan)
    one = analysed.chance().assign(share_chance=np.nan, share_parameters=np.nan)
    drawing = charts.finished(lambda: draw_indices(table, one, None, SENSITIVE, "zh", HUBS))
    assert drawing is not None and set(drawing.data["base_points"]) == {256}
    assert "随机性未能分出" in words(drawing) and "nan" not in words(drawing)
    both = pd.concat([analysed.indices(), table])
    drawing = draw_indices(both, one, None, SENSITIVE, "zh", HUBS)
    assert drawing is not None and set(drawing.data["index"]) == {"ST", "S1"}


def test_where_nothing_varies_nothing_is_drawn() -> None:
    table = analysed.indices().assign(value=np.nan, low=np.nan, high=np.nan)
    endless = analysed.convergence().assign(widest=np.inf)
    assert draw_indices(table, None, endless, SENSITIVE, "zh", HUBS) is None
    assert draw_convergence(table, endless, SENSITIVE, "zh", HUBS) is None
    assert draw_levers_by_outcome(table, endless, SENSITIVE, "zh", [HUBS]) is None


def test_convergence_shows_the_limit_and_whether_the_ranking_stands() -> None:
    widest = drawn("convergence").figure.axes[-1]
    dots = [line for line in widest.lines if line.get_marker() == "o"]
    assert [line.get_markerfacecolor() for line in dots] == ["white", "white", style.INK, style.INK]
    assert any(np.asarray(line.get_ydata()).tolist() == [0.05, 0.05] for line in widest.lines)
    assert "尚未收敛" in words(drawn("convergence"))


def test_a_map_needs_every_combination_of_exactly_two_factors() -> None:
    summary, points = analysed.sweep(4, 3)
    drawing = draw_map(summary, points, SENSITIVE, "zh", HUBS)
    assert drawing is not None
    picture = np.asarray(drawing.figure.axes[0].images[0].get_array())
    assert picture.T.ravel() == pytest.approx(summary.loc[summary["outcome"] == HUBS, "value"].to_numpy())
    assert draw_map(summary, points.iloc[1:], SENSITIVE, "zh", HUBS) is None
    assert draw_map(summary, points.assign(f_more=range(len(points))), SENSITIVE, "zh", HUBS) is None


@pytest.mark.slow
def test_responses_draw_their_data_and_the_target() -> None:
    drawing = drawn("response")
    shown = [np.asarray(line.get_ydata()).tolist() for axes in drawing.figure.axes for line in axes.lines]
    for _, part in drawing.data.groupby("factor"):
        assert part["mean"].tolist() in shown
    assert drawing.data["factor"].nunique() == 12 and [0.85, 0.85] in shown


def test_outcomes_are_named_without_being_told() -> None:
    assert measure(SENSITIVE, HUBS).label.en.endswith("(nominal): probability")
    assert measure(SENSITIVE, MONEY) == Measure(measure(SENSITIVE, MONEY).label, "yuan per year", "indicator")
    assert measure(SENSITIVE, MONEY).label.zh == "全年公共资金（2025年12月底）"


@pytest.mark.slow
def test_an_experiment_writes_its_charts_and_the_same_again(tmp_path: Path) -> None:
    tables = {"paths": made.paths(2), "differences": made.differences(2), "response": pd.DataFrame()}
    told: list[tuple[int, int]] = []

    def draw() -> list[Path]:
        return experiment_charts.draw_experiment(
            tmp_path, "compare", tables, made.facts(2), "zh", lambda _, done, total: told.append((done, total))
        )

    written = draw()
    names = {path.name for path in (tmp_path / "charts").iterdir()}
    stems = ("targets", "paths", "paths_organizations", "differences")
    assert (
        names == {path.name for path in written} == {f"{stem}.{end}" for stem in stems for end in ("png", "svg", "csv")}
    )
    assert told[-1] == (4, 4)
    first = {path: path.read_bytes() for path in written}
    assert {path: path.read_bytes() for path in draw()} == first


def test_each_kind_of_experiment_has_its_charts() -> None:
    summary, points = analysed.sweep(4, 3)
    sweep = experiment_charts.plan("sweep", {"summary": summary, "points": points}, SENSITIVE, "zh")
    assert list(sweep) == ["map_hubs_nominal_reached", "map_hubs_effective_measured"]
    tables = {"indices": analysed.indices(), "convergence": analysed.convergence(), "response": analysed.response()}
    names = list(experiment_charts.plan("sensitivity", tables, SENSITIVE, "zh"))
    stems = ("hubs_nominal_reached", "hubs_effective_measured")
    assert names == ["levers", *(f"{kind}_{stem}" for kind in ("indices", "convergence", "response") for stem in stems)]
    with pytest.raises(KeyError):
        experiment_charts.plan("forecast", {}, SENSITIVE, "zh")


def test_an_outcome_whose_intervals_are_unknown_has_no_column_among_the_levers() -> None:
    table = analysed.indices()
    outcomes = list(dict.fromkeys(table["outcome"]))[:2]
    table.loc[table["outcome"] == outcomes[1], ["low", "high"]] = np.nan
    drawing = draw_levers_by_outcome(table, None, SENSITIVE, "en", outcomes)
    assert drawing is not None
    assert set(drawing.data["outcome"]) == {outcomes[0]}
