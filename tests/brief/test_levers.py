"""Claims about levers: who is told from the control, who from whom, and what a screening may not say."""

from __future__ import annotations

from math import nan

import pytest

from miaopu.model.text import LANGUAGES, Text
from miaopu.outputs.brief.findings import FactorFinding
from miaopu.outputs.brief.sentences.factor_groups import chosen_sets, groups, share, told_apart
from miaopu.outputs.brief.sentences.lever_notes import how_sure
from miaopu.outputs.brief.sentences.lever_words import (
    chance,
    directions,
    first_levers,
    further_levers,
    screened,
    together,
    unknowns,
)
from miaopu.outputs.brief.sentences.levers import levers, levers_table
from miaopu.tests.brief.made import (
    EFFECTIVE,
    NOMINAL,
    made_effective,
    made_factor,
    made_factor_set,
    made_findings,
    made_interaction,
    made_target,
)


def unknown(name: str, value: float, half: float = 0.05) -> FactorFinding:
    return made_factor(name, value, half, role="uncertainty")


def test_what_lies_within_the_control_is_not_told_from_nothing() -> None:
    for low, there in ((0.051, True), (0.05, False)):
        one = made_factor("a", 0.1, low=low, high=0.2)
        assert bool(told_apart(made_factor_set(levers=(one,)), "lever")) is there
    lost = made_factor_set(levers=(made_factor("a", 0.1, low=nan, high=nan),))
    assert "没有一项措施" in first_levers(lost, "zh") and "No lever" in first_levers(lost, "en")


def test_levers_whose_intervals_overlap_are_named_together_and_not_ranked() -> None:
    apart = made_factor_set(levers=(made_factor("a", 0.5), made_factor("b", 0.39)))
    assert "杠杆b" not in first_levers(apart, "zh") and "不分先后" not in first_levers(apart, "zh")
    assert "lever b" not in first_levers(apart, "en") and "not ranked" not in first_levers(apart, "en")
    close = made_factor_set(levers=(made_factor("a", 0.5), made_factor("b", 0.41)))
    assert "杠杆a（50%，45%～55%）和杠杆b（41%，36%～46%），区间重叠，不分先后" in first_levers(close, "zh")
    assert "lever b (41 %, 36–46 %); their intervals overlap" in first_levers(close, "en")
    assert [len(group) for group in groups(close.levers)] == [2]


def test_the_direction_is_said_where_it_is_known() -> None:
    for rises, zh, en in ((1, "越高", "raise the probability"), (-1, "越低", "lower the probability")):
        one = made_factor_set(levers=(made_factor("a", rises=rises),))
        assert f"达标概率{zh}" in directions(one, "zh") and en in directions(one, "en")
    for lang in LANGUAGES:
        assert directions(made_factor_set(levers=(made_factor("a", rises=0),)), lang) == ""
    assert "该数值越高" in directions(made_factor_set(kind="measured"), "zh")


def test_small_levers_are_counted_and_larger_ones_named() -> None:
    for half, named in ((0.005, False), (0.02, True)):
        second = made_factor("b", 0.04, half)
        found = made_factor_set(levers=(made_factor("a"), second), inert_high=0.0)
        assert ("杠杆b" in further_levers(found, "zh")) is named
        assert ("none above 4.5 %" in further_levers(found, "en")) is not named
        assert ("都不超过4.5%" in further_levers(found, "zh")) is not named
    idle = made_factor_set(levers=(made_factor("a"), made_factor("b", 0.0)))
    assert "1项与对照因子分不开" in further_levers(idle, "zh")
    assert "1 cannot be told from the control" in further_levers(idle, "en")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [(0.7, "大于任何一项措施", "more than on any lever"), (0.3, "但小于首要措施", "less than on the first lever"),
     (0.55, "不分大小", "cannot be ranked")],
)  # fmt: skip
def test_unknowns_stand_against_the_first_lever(value: float, zh: str, en: str) -> None:
    found = made_factor_set(levers=(made_factor("a", 0.5),), uncertainties=(unknown("u", value),))
    assert zh in unknowns(found, "zh") and en in unknowns(found, "en")
    for lang in LANGUAGES:
        assert unknowns(made_factor_set(uncertainties=()), lang) == ""


def test_pairs_are_named_only_where_the_interval_of_their_interaction_excludes_zero() -> None:
    for half, there in ((0.09, True), (0.11, False)):
        pair = made_interaction("预算", 0.1, half)
        found = made_factor_set(levers=(made_factor("a", interactions=(pair,)),))
        assert ("杠杆a与预算（10%" in together(found, "zh")) is there
        assert ("lever a with other 预算 (10 %" in together(found, "en")) is there


def test_a_lever_that_does_less_alone_than_together_says_so() -> None:
    for alone, there in ((0.44, True), (0.46, False), (nan, False)):
        found = made_factor_set(levers=(made_factor("a", 0.5, alone=alone),))
        assert ("单独变动只占" in together(found, "zh")) is there
        assert ("accounts for" in together(found, "en")) is there


def test_chance_is_told_where_it_is_known() -> None:
    assert "随机性占20%" in chance(made_factor_set(), "zh") and "20 % is chance" in chance(made_factor_set(), "en")
    assert chance(made_factor_set(share_chance=nan), "zh") == ""


def test_a_screening_neither_ranks_nor_gives_shares() -> None:
    found = made_factor_set(index="mu_star", converged=None)
    assert "只作了筛选，留下措施2项（杠杆orders和杠杆money）；未知因素1项" in screened(found, "zh")
    assert "不作排名" in screened(found, "zh") and "%" not in screened(found, "zh")
    assert "Screened only" in screened(found, "en") and "not ranked" in screened(found, "en")
    many = made_factor_set(index="mu_star", levers=tuple(made_factor(f"l{n}", 0.5) for n in range(5)))
    assert "措施5项（居前的是" in screened(many, "zh") and "5 levers (foremost" in screened(many, "en")
    nothing = made_factor_set(index="mu_star", inert_high=1.0)
    assert "筛选未见" in screened(nothing, "zh") and "tells no factor" in screened(nothing, "en")
    told = levers(made_findings(factors=(found,)), "zh")
    assert any("不给比重" in paragraph.text for paragraph in told)


def test_whether_the_indices_have_converged_is_said() -> None:
    assert how_sure(made_factor_set(converged=True), "zh") == ""
    assert "尚未收敛" in how_sure(made_factor_set(converged=False), "zh")
    assert "not converged at 4,096" in how_sure(made_factor_set(converged=False), "en")
    assert "未检验是否收敛" in how_sure(made_factor_set(converged=None), "zh")
    assert how_sure(made_factor_set(index="mu_star", converged=None), "zh") == ""


def test_without_an_analysis_the_command_that_makes_one_is_named() -> None:
    for lang in LANGUAGES:
        (one,) = levers(made_findings(), lang)
        assert "miaopu sensitivity" in one.text
        assert levers_table(made_findings(), lang) is None
        assert levers(made_findings(targets=()), lang) == ()


def test_the_probability_goes_before_the_figure_unless_nothing_is_told_of_it() -> None:
    figure = made_factor_set(kind="measured")
    for inert, kind in ((0.05, "reached"), (1.0, "measured")):
        (found,) = chosen_sets(made_findings(factors=(figure, made_factor_set(inert_high=inert))))
        assert found.kind == kind
    shares, screening = made_factor_set(kind="measured"), made_factor_set(index="mu_star")
    assert chosen_sets(made_findings(factors=(screening, shares))) == [shares]


def test_the_table_sets_factors_against_targets() -> None:
    second = made_factor_set(EFFECTIVE, levers=(made_factor("money", 0.4),), uncertainties=(unknown("idle", 0.6),))
    found = made_findings(targets=(made_target(), made_effective()), factors=(made_factor_set(), second))
    table = levers_table(found, "zh")
    assert table is not None
    assert table.heads[2:] == ("街道枢纽覆盖率（名义口径）：达标概率", "街道枢纽覆盖率（实效口径）：达标概率")
    assert table.rows[0] == ("杠杆orders", "措施", "50%（45%～55%），正向", "—")
    assert table.rows[1][2:] == ("20%（15%～25%），正向", "40%（35%～45%），正向")
    assert table.rows[2][:2] == ("杠杆idle", "未知因素")
    assert levers_table(made_findings(factors=(made_factor_set(inert_high=1.0),)), "zh") is None


def test_the_table_leaves_out_what_is_surely_small() -> None:
    for half, rows in ((0.005, 1), (0.02, 2)):
        small = made_factor_set(levers=(made_factor("a"), made_factor("b", 0.04, half)), uncertainties=(), inert_high=0)
        table = levers_table(made_findings(factors=(small,)), "zh")
        assert table is not None and len(table.rows) == rows


def test_a_share_below_half_a_per_cent_is_not_written_as_nothing() -> None:
    assert share(made_factor("a", 0.002, 0.001), "ST", "zh") == "<1%"
    assert share(made_factor("a", 0.02, 0.01), "ST", "zh") == "2%（1%～3%）"
    assert share(made_factor("a", 0.5, 0.02), "pawn", "en") == "0.50 (0.48–0.52)"


def test_paragraphs_are_headed_by_the_target() -> None:
    labelled = made_factor_set(label=Text("另一名称", "another name"), target=NOMINAL)
    assert levers(made_findings(factors=(labelled,)), "zh")[0].text.startswith("街道枢纽覆盖率（名义口径）的达标概率：")
    assert levers(made_findings(factors=(labelled,)), "en")[0].text.startswith("Street hub coverage (nominal), prob")
