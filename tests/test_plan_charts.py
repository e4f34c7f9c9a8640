"""Charts of a plan against what happens without it: by date, by indicator, in town and country; one scale of words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from miaopu.experiments.chances_over_time import chances
from miaopu.experiments.intervals import probability
from miaopu.experiments.store import Results
from miaopu.outputs import baseline, charts, style
from miaopu.outputs.fan import Drawing
from miaopu.outputs.likelihood import degree
from miaopu.outputs.reading import HUBS, facts
from miaopu.outputs.target_course import checked, course
from miaopu.outputs.target_dates import likely_since
from miaopu.tests import synthetic
from miaopu.tests.test_charts import LANGUAGES, overlaps, words

pytestmark = pytest.mark.filterwarnings("error")
AGAINST_BASELINE = [
    "targets", "dates", "coverage", "indicators", "organizations", "capability", "town_country", "after"
]  # fmt: skip


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A plan of four targets, one of them for each district, and the same place without it."""
    charts.prepare()
    return synthetic.make(tmp_path_factory.mktemp("city") / "results", without=True)


@cache
def drawn(results: Results, name: str, lang: str = "zh") -> Drawing:
    """A chart of a folder."""
    drawing = charts.draw_one(results, name, lang)
    assert drawing is not None
    return drawing


def row_of(results: Results, target: str, counts: str = "") -> pd.Series:
    """A row of targets.csv."""
    rows = results.targets
    return rows[(rows["target"] == target) & (rows["counts"] == counts)].iloc[0]


@pytest.mark.parametrize(
    ("draws", "replicates", "varies"),
    [(40, 3, True), (12, 3, True), (40, 1, True), (1, 60, True), (40, 3, False)],
)
def test_many_probabilities_at_once_are_those_of_each_alone(draws: int, replicates: int, varies: bool) -> None:
    rng, draw = np.random.default_rng(3), np.repeat(np.arange(draws), replicates)
    level = rng.random(draws)[draw]
    reached = np.stack([level > 0.4, rng.random(len(draw)) > 0.3, level > 2, level > -1], axis=1)
    found = chances(reached, draw, varies, seed=7)
    for column, (value, low, high) in enumerate(zip(*found, strict=True)):
        alone = probability(reached[:, column], draw, varies, seed=7)
        assert (value, low, high) == pytest.approx(alone[:3], abs=1e-12)


def test_at_the_deadline_the_curve_says_what_the_targets_say(city: Results) -> None:
    data = drawn(city, "dates").data
    plan = data[data["scenario"] == "plan"]
    dated = city.targets[city.targets["deadline"] != "every year"]
    assert len(dated) == 4
    for _, row in dated.iterrows():
        there = plan[(plan["target"] == row["target"]) & (plan["counts"] == row["counts"]) & plan["checked"]]
        assert len(there) == 1
        for column in ("probability", "probability_low", "probability_high"):
            assert there[column].iloc[0] == pytest.approx(row[column], abs=1e-12)


def test_a_target_for_each_district_is_followed_where_districts_are_kept(city: Results) -> None:
    part = drawn(city, "dates").data.query("target == 'brands'")
    assert part["month"].tolist() == [11, 23, 35, 47, 59, 71]
    assert part["scenario"].unique().tolist() == ["plan"]  # districts are not kept without the plan
    assert part["probability"].to_numpy() == pytest.approx(np.full(6, 26 / 40))  # every third of 40 draws misses
    assert not part["every_month"].any()


def test_a_yearly_target_is_shown_only_when_it_is_checked(city: Results, tmp_path: Path) -> None:
    part = drawn(city, "dates").data.query("target == 'capable'")
    assert set(part["month"]) == {11, 23, 35, 47} and part["checked"].all()
    later = synthetic.make(tmp_path / "r", draws=2, replicates=1)
    later.manifest["scenario"]["data"]["plan"] |= {"from": "2022-12", "until": "2024-12"}
    row = row_of(later, "capable")
    assert checked(later, facts(later), row) == [23, 35]  # December 2022 ends no full year of the plan
    assert checked(later, facts(later), row_of(later, "filed")) == [35]


def test_dates_are_drawn_as_their_data_say(city: Results) -> None:
    drawing = drawn(city, "dates")
    lines = [np.asarray(line.get_ydata()).tolist() for axes in drawing.figure.axes for line in axes.lines]
    for _, part in drawing.data.groupby(["scenario", "target", "counts"]):
        assert part["probability"].tolist() in lines
    places = [np.asarray(line.get_xdata()).tolist() for axes in drawing.figure.axes for line in axes.lines]
    assert places.count([36, 36]) == 1  # the target of 2024 has its own deadline, not the plan's last


@pytest.mark.parametrize(
    ("lows", "since"),
    [([0.1, 0.7, 0.8, 0.9], 1), ([0.7, 0.5, 0.8, 0.9], 2), ([0.7, 0.8, 0.9, 0.6], None), ([0.9, 0.9, 0.66, 0.7], 0)],
)
def test_likely_means_so_until_the_deadline(lows: list[float], since: int | None) -> None:
    frame = pd.DataFrame({"month": range(5), "probability_low": [*lows, 0.0], "checked": [False] * 3 + [True, False]})
    assert likely_since(frame) == since


def test_how_a_figure_is_followed(city: Results) -> None:
    row, months = row_of(city, "filed").copy(), city.months
    found = course(city, row)
    assert found is not None
    filed = months.pivot(index="run", columns="month", values="filed")
    assert np.array_equal(found.met.to_numpy(), (filed >= 1800).to_numpy())
    row["sense"] = "<="
    below = course(city, row)
    assert below is not None and (below.met.to_numpy() != found.met.to_numpy()).all()
    gap = months.copy()
    best = int(filed[60].idxmax())
    gap.loc[(gap["run"] == best) & (gap["month"] == 60), "filed"] = np.nan
    holes = course(city, row_of(city, "filed"), gap)
    assert holes is not None and found.met.loc[best, 60] and not holes.met.loc[best, 60]  # unknown is not reached
    some = row_of(city, "brands").copy()
    some["scope"] = "every district: 9"
    lenient = course(city, some)
    assert lenient is not None and lenient.met.to_numpy().all() and (lenient.places, lenient.needed) == (10, 9)
    apart = row_of(city, "hubs", "nominal").copy()
    apart["reading"] = "each_district"
    assert course(city, apart) is None  # what each district needs is not kept by month


def test_prefectures_are_sums_of_their_districts(tmp_path: Path) -> None:
    results = synthetic.make(tmp_path / "r", synthetic.province(4, 1), draws=3, prefectures=2, without=True)
    row = row_of(results, "brands").copy()
    row["scope"], row["threshold"] = "every prefecture", 8.0
    found = course(results, row)
    assert found is not None and found.places == 2
    # two districts of each prefecture have 4 brands each in the fourth December; the last has none in the first draw
    assert found.figure[47].tolist() == [4.0] * 3 + [8.0] * 6
    assert found.share[47].tolist() == [0.5] * 3 + [1.0] * 6
    row["indicator"] = "capability"
    assert course(results, row) is None  # a mean of a prefecture is not a sum


def test_indicators_show_every_target_but_the_hubs(city: Results) -> None:
    drawing = drawn(city, "indicators")
    data = drawing.data
    assert set(data["target"]) == {"filed", "capable", "brands"}
    filed = city.months[city.months["month"] == 35]["filed"].astype(float)
    row = data.query("target == 'filed' and scenario == 'plan' and month == 35").iloc[0]
    assert np.allclose([row["p05"], row["p50"], row["p95"]], filed.quantile([0.05, 0.5, 0.95]))
    districts = data.query("target == 'brands' and month == 47").iloc[0]
    assert districts["shown"] == "share of places" and districts["threshold"] == 1.0
    assert (districts["p05"], districts["p50"]) == (pytest.approx(0.9), 1.0)
    for axes, limit in zip(drawing.figure.axes, (1800.0, 0.6, 1.0), strict=True):
        assert any(np.asarray(line.get_ydata()).tolist() == [limit, limit] for line in axes.lines)
    assert "达到" in words(drawing) and "≥1的区县占比" in words(drawing).replace("\n", "")


def test_town_and_country_have_one_scale_and_need_both(city: Results, tmp_path: Path) -> None:
    drawing = drawn(city, "town_country")
    above, below = drawing.figure.axes[1:4], drawing.figure.axes[4:7]  # the first is the key
    for one, other in zip(above, below, strict=True):
        assert one.get_ylim() == other.get_ylim()
    shown = [np.asarray(line.get_ydata()).tolist() for axes in drawing.figure.axes for line in axes.lines]
    for _, part in drawing.data.groupby(["scenario", "indicator"]):
        assert part["p50"].tolist() in shown
    town = synthetic.make(tmp_path / "r", draws=2)
    for name in ("organizations_per_rural_community", "rural_capability", "rural_needs_met"):
        town.months[name] = np.nan
    assert charts.draw_one(town, "town_country", "zh") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_the_plan_is_always_shown(city: Results, lang: str) -> None:
    for name in AGAINST_BASELINE:
        drawing = drawn(city, name, lang)
        assert baseline.WITHOUT.of(lang) in words(drawing), name
        if name not in ("targets", "after"):
            grey = [line for axes in drawing.figure.axes for line in axes.lines if line.get_color() == style.BASELINE]
            assert len(grey) > 1, name
        if name != "targets":
            assert set(drawing.data["scenario"]) == {"plan", "baseline"}, name


def test_the_grey_line_is_the_median_without_the_plan(city: Results) -> None:
    axes = drawn(city, "coverage").figure.axes[1]  # the first is the key
    idle = city.baseline_months.pivot(index="run", columns="month", values=HUBS).astype(float).median()
    grey = next(line for line in axes.lines if line.get_color() == style.BASELINE)
    assert np.allclose(np.asarray(grey.get_ydata()), idle)
    row = city.baseline_targets.query("target == 'hubs' and counts == 'nominal'").iloc[0]
    assert f"不实施计划：{100 * row['probability']:.0f}%" in axes.get_title(loc="left")


def test_a_folder_without_a_baseline_speaks_of_none(tmp_path: Path) -> None:
    alone = synthetic.make(tmp_path / "r", draws=3)
    for name in AGAINST_BASELINE:
        drawing = charts.draw_one(alone, name, "zh")
        assert drawing is not None
        assert "不实施计划" not in words(drawing), name
        assert "scenario" not in drawing.data or set(drawing.data["scenario"]) == {"plan"}


@pytest.mark.parametrize(
    ("low", "high", "colour"),
    [
        (0.67, 0.95, style.REACHED), (0.65, 0.95, style.AT_RISK), (0.35, 0.6, style.AT_RISK),
        (0.2, 0.34, style.AT_RISK), (0.2, 0.32, style.MISSED), (0.0, 1.0, style.AT_RISK),
    ],
)  # fmt: skip
def test_a_colour_is_as_sure_as_the_whole_interval(low: float, high: float, colour: str) -> None:
    assert style.verdict_colour(low, high) == colour


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_target_has_its_word_of_the_scale(city: Results, lang: str) -> None:
    said = [text.get_text() for text in drawn(city, "targets", lang).figure.axes[0].texts]
    for _, row in city.targets.iterrows():
        assert degree(row["probability_low"], row["probability_high"]).word.of(lang) in said


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), [(name, lang) for name in AGAINST_BASELINE for lang in LANGUAGES])
def test_with_the_baseline_too_nothing_is_cut_off_and_no_words_overlap(city: Results, name: str, lang: str) -> None:
    overlaps(drawn(city, name, lang))
