"""Targets by scenarios, costs and interactions: true to their tables, and no more certain than their intervals."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from miaopu.experiments.analysis.cost import WHY
from miaopu.outputs import charts, style
from miaopu.outputs.chart_costs import ALIKE, VERDICTS, draw_costs
from miaopu.outputs.chart_interactions import draw_interactions, pairs
from miaopu.outputs.chart_target_table import draw_target_table, table
from miaopu.outputs.experiment_charts import plan
from miaopu.tests import synthetic_experiment as made
from miaopu.tests import synthetic_sensitivity as analysed
from miaopu.tests.outputs import made_tables

pytestmark = pytest.mark.filterwarnings("error")
KNOWN, SENSITIVE = made.facts(4), made.facts(2, 14336, None)
MAIN = analysed.SCREENED[0]


def words(figure: Figure) -> str:
    return "\n".join(text.get_text() for text in figure.findobj(Text) if isinstance(text, Text) and text.get_visible())


def test_the_base_stands_first_and_every_cell_has_its_probability() -> None:
    differences = made.differences(4)
    data = table(differences, KNOWN)
    assert list(dict.fromkeys(data["scenario"])) == list(made.NAMES)
    assert data["outcome"].nunique() == 2 and len(data) == 8
    row = differences[(differences["other"] == made.STRICT) & (differences["kind"] == "reached")].iloc[0]
    cell = data[(data["scenario"] == made.STRICT) & (data["outcome"] == row["outcome"])].iloc[0]
    assert (cell["probability"], cell["low"]) == (row["other_value"], row["other_low"])


@pytest.mark.parametrize(
    ("low", "high", "colour", "word"),
    [(0.90, 1.0, style.REACHED, "very likely"), (0.60, 0.95, style.AT_RISK, "open"),
     (0.34, 0.60, style.AT_RISK, "about as likely as not"), (0.05, 0.32, style.MISSED, "unlikely")],
)  # fmt: skip
def test_a_cell_is_coloured_by_its_whole_interval(low: float, high: float, colour: str, word: str) -> None:
    one = made.differences(2).iloc[:1].copy()
    one[["base_value", "base_low", "base_high"]] = 0.5, 0.2, 0.8
    one[["other_value", "other_low", "other_high"]] = (low + high) / 2, low, high
    drawing = charts.finished(lambda: draw_target_table(one, made.facts(2), "en"))
    assert drawing is not None and word in words(drawing.figure)
    cells = [box for box in drawing.figure.findobj(Rectangle) if isinstance(box, Rectangle) and box.get_alpha() == 0.16]
    assert [style_of(box) for box in cells] == [style_of_name(style.AT_RISK), style_of_name(colour)]


def style_of(box: Rectangle) -> tuple[float, ...]:
    return style_of_name(to_hex(box.get_facecolor()))


def style_of_name(colour: str) -> tuple[float, ...]:
    return tuple(np.round(to_rgb(colour), 2))


def test_only_what_differs_from_the_base_beyond_error_is_marked() -> None:
    one = made.differences(2).iloc[:1].copy()
    for low, high, sign in ((0.1, 0.5, "▲"), (-0.5, -0.1, "▼"), (-0.1, 0.5, "")):
        one[["difference", "difference_low", "difference_high"]] = (low + high) / 2, low, high
        drawing = charts.finished(partial(draw_target_table, one.copy(), made.facts(2), "zh"))
        assert drawing is not None
        cells = [line for line in words(drawing.figure).split("\n") if line.rstrip("▲▼ ").endswith("%")]
        assert [line[-1] for line in cells if line[-1] in "▲▼"] == list(sign)


def test_a_target_counted_both_ways_is_one_target_in_the_title() -> None:
    one = made.differences(2)
    drawing = charts.finished(lambda: draw_target_table(one, made.facts(2), "en"))
    assert drawing is not None and drawing.data["outcome"].nunique() == 2
    assert drawing.figure.texts[0].get_text().startswith("Of 1 target ")


@pytest.mark.parametrize(("draws", "replicates", "few"), [(50, 4, False), (199, 1, True), (29, 100, True)])
def test_few_runs_are_said_below_the_table(draws: int, replicates: int, few: bool) -> None:
    rows = made.differences(2).assign(draws=draws, replicates=replicates)
    for lang, said in (("zh", "次数偏少"), ("en", "a first look")):
        drawing = charts.finished(partial(draw_target_table, rows, made.facts(2), lang))
        assert drawing is not None and (said in words(drawing.figure)) is few


@pytest.mark.parametrize(
    ("scope", "sense", "zh", "en"),
    [("every district", ">=", "每个区县达到85%", "reach 85 % in every district"),
     ("every district: 3", ">=", "至少3个区县达到85%", "reach 85 % in 3 districts"),
     ("whole", "<=", "不高于85%", "at most 85 % by end")],
)  # fmt: skip
def test_a_target_asks_for_as_many_places_as_its_plan_says(scope: str, sense: str, zh: str, en: str) -> None:
    known = made.facts(2)
    aims = tuple(replace(aim, scope=scope, sense=sense) for aim in known.aims)
    for lang, said in (("zh", zh), ("en", en)):
        drawing = charts.finished(partial(draw_target_table, made.differences(2), replace(known, aims=aims), lang))
        assert drawing is not None and said in words(drawing.figure).replace("\n", " ")


def test_without_targets_there_is_no_table() -> None:
    rows = made.differences(2)
    assert draw_target_table(rows[rows["kind"] != "reached"], made.facts(2), "zh") is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_costs_show_money_of_each_scenario_and_a_price_only_where_there_is_one(lang: str) -> None:
    costs = made_tables.costs(4)
    drawing = charts.finished(lambda: draw_costs(made.differences(4), costs, KNOWN, lang))
    assert drawing is not None
    money, prices = (drawing.data[drawing.data["panel"] == panel] for panel in ("money", "price"))
    assert list(money["scenario"]) == list(made.NAMES) and money["verdict"].iloc[0] == "base"
    assert len(prices) == len(costs) and prices["value"].notna().sum() == (costs["verdict"] == "price").sum()
    said = words(drawing.figure).replace("\n", "")
    for verdict in set(costs["verdict"]):
        assert VERDICTS[verdict].of(lang) in said
    dots = [line for axes in drawing.figure.findobj(Axes) for line in axes.lines if line.get_marker() == "o"]
    assert sorted(float(np.asarray(line.get_xdata())[0]) for line in dots) == pytest.approx(
        sorted(costs["price"].dropna())
    )


def changed(
    costs: pd.DataFrame, verdict: str, ends: tuple[float, float, float], money: tuple[float, float]
) -> pd.DataFrame:
    """The table with another verdict, price and interval of the difference in money in its first row."""
    found = costs.copy()
    found.loc[found.index[0], ["verdict", "price", "price_low", "price_high"]] = verdict, *ends
    found.loc[found["other"] == found["other"].iloc[0], ["cost_difference_low", "cost_difference_high"]] = money
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("low", "verdict", "told"), [(1e6, "price", True), (-1e6, "price_cost_unsure", False)])
def test_money_that_is_not_told_apart_has_neither_difference_nor_price(
    low: float, verdict: str, told: bool, lang: str
) -> None:
    costs = changed(made_tables.costs(2), verdict, (4_321e3, 2e6, 9e6), (low, 1.8e8))
    drawing = charts.finished(lambda: draw_costs(made.differences(2), costs, made.facts(2), lang))
    assert drawing is not None
    said = words(drawing.figure)
    assert ((ALIKE.of(lang) in said.split("\n")) is not told) and (("432" in said or "4.3" in said) is told)
    assert drawing.data["value"].notna().sum() == 2 + told


def test_an_interval_without_end_does_not_squeeze_the_others() -> None:
    costs = changed(made_tables.costs(4), "price", (5e6, 2e6, 9e9), (1e6, 1.8e8))
    drawing = charts.finished(lambda: draw_costs(made.differences(4), costs, KNOWN, "en"))
    assert drawing is not None
    plots = [axes for axes in drawing.figure.findobj(Axes) if any(line.get_marker() == ">" for line in axes.lines)]
    assert len(plots) == 1 and plots[0].get_xlim()[1] < 1e8
    assert drawing.data["high"].max() == 9e9  # the figures say it in full


def test_every_verdict_of_the_analysis_has_its_words() -> None:
    assert set(VERDICTS) == set(WHY)


def test_prices_in_other_units_do_not_share_an_axis_with_percentage_points() -> None:
    costs = made_tables.costs(3)
    mixed = pd.concat([costs, costs.iloc[:1].assign(outcome="brands.all.measured", per=1.0)])
    drawing = charts.finished(lambda: draw_costs(made.differences(3), mixed, made.facts(3), "zh"))
    assert drawing is not None
    assert "brands.all.measured" not in set(drawing.data["outcome"]) and "另有1项指标" in words(drawing.figure)


def test_pairs_are_ranked_and_only_clear_ones_are_marked() -> None:
    table = made_tables.second_order(wide=0.03)
    found = pairs(table, made.DRAFT, MAIN)
    assert found["value"].is_monotonic_decreasing and "inert" not in set(found["factor"]) | set(found["other"])
    assert found["control"].iloc[0] == pytest.approx(0.03)  # the upper end of pairs with the inert factor
    assert found["clear"].sum() == 2  # 0.2 and 0.1; the lower end of 0.05 does not clear the control
    drawing = charts.finished(lambda: draw_interactions(table, None, SENSITIVE, "en", MAIN))
    assert drawing is not None
    dots = [line for axes in drawing.figure.findobj(Axes) for line in axes.lines if line.get_marker() == "o"]
    assert [line.get_markerfacecolor() != "white" for line in dots] == drawing.data["clear"].tolist()
    assert "2 of 66 pairs" in words(drawing.figure)


def test_where_no_pair_is_clear_the_title_says_so_and_without_s2_nothing_is_drawn() -> None:
    drawing = charts.finished(lambda: draw_interactions(made_tables.second_order(0.3), None, SENSITIVE, "zh", MAIN))
    assert drawing is not None and not drawing.data["clear"].any()
    assert "没有哪两项因素" in words(drawing.figure)
    assert draw_interactions(analysed.indices(), None, SENSITIVE, "zh", MAIN) is None


def test_the_charts_belong_to_their_experiments() -> None:
    tables = {"differences": made.differences(2), "paths": made.paths(2, 12), "costs": made_tables.costs(2)}
    assert {"targets", "costs", "differences"} <= set(plan("compare", tables, made.facts(2), "zh"))
    assert "costs" not in plan("compare", {"differences": made.differences(2)}, made.facts(2), "zh")
    names = set(plan("sensitivity", {"indices": made_tables.second_order()}, SENSITIVE, "zh"))
    assert {"interactions_hubs_nominal_reached", "interactions_hubs_effective_measured"} <= names
    plain = plan("sensitivity", {"indices": analysed.indices()}, SENSITIVE, "zh")
    assert not any(name.startswith("interactions") for name in plain)
