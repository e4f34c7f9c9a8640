"""The first paragraph answers whether the targets will be reached, and never more surely than the intervals allow."""

from __future__ import annotations

from typing import Any

import pytest

from miaopu.model.text import Text
from miaopu.outputs.brief.findings import Findings, TargetFinding
from miaopu.outputs.brief.sentences.answer import answer, in_name_only, weakest
from miaopu.outputs.brief.sentences.target_table import target_table
from miaopu.tests.brief.made import (
    made_brands,
    made_chance,
    made_effective,
    made_factor_set,
    made_findings,
    made_spread,
    made_target,
)

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def lead(findings: Findings, lang: str) -> str:
    """The first paragraph."""
    return answer(findings, lang)[0].text


def training(**more: Any) -> TargetFinding:
    """A yearly target."""
    given = {
        "id": "training",
        "label": Text("培训场次", "training sessions"),
        "deadline": "every year",
        "scope": "whole",
    }
    return made_brands(**(given | {"threshold": 2.0, "chance": made_chance(1.0, 0.963, 1.0)} | more))


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (0.991, 1.0, "几乎肯定", "virtually certain"),
        (0.989, 1.0, "很可能", "very likely"),
        (0.90, 0.97, "很可能", "very likely"),
        (0.89, 0.97, "较有可能", "likely"),
        (0.66, 0.97, "较有可能", "likely"),
        (0.65, 0.97, "尚不能判断", "open"),
        (0.33, 0.66, "可能与不可能各半", "about as likely as not"),
        (0.32, 0.66, "尚不能判断", "open"),
        (0.11, 0.33, "不大可能", "unlikely"),
        (0.02, 0.11, "不大可能", "unlikely"),
        (0.02, 0.10, "很不可能", "very unlikely"),
        (0.0, 0.011, "很不可能", "very unlikely"),
        (0.0, 0.010, "几乎不可能", "virtually impossible"),
    ],
)
def test_the_word_is_that_of_the_whole_interval(low: float, high: float, zh: str, en: str) -> None:
    findings = made_findings(targets=(made_target(chance=made_chance((low + high) / 2, low, high)),))
    for lang, word in (("zh", zh), ("en", en)):
        bold = [run.text for run in answer(findings, lang)[0].runs if run.bold]
        assert [text.removesuffix("如期实现") for text in bold] == [word]


def test_what_is_open_is_put_as_a_question() -> None:
    findings = made_findings(targets=(made_target(chance=made_chance(0.5, 0.2, 0.8)),))
    assert "能否如期实现尚不能判断" in lead(findings, "zh")
    assert lead(findings, "en").startswith("Whether the target")


@BOTH
def test_the_answer_begins_with_a_leading_paragraph(lang: str) -> None:
    assert answer(made_findings(), lang)[0].style == "lead"


@BOTH
def test_probability_interval_and_deadline_stand_in_it(lang: str) -> None:
    said = lead(made_findings(targets=(made_target(chance=made_chance(0.946, 0.909, 0.976)),)), lang)
    assert {"zh": "95%，区间91%～98%", "en": "95 %, interval 91–98 %"}[lang] in said
    assert {"zh": "2025年12月底", "en": "by December 2025"}[lang] in said


@BOTH
def test_what_the_plan_does_and_what_carries_it_follow(lang: str) -> None:
    target = made_target(baseline=made_chance(0.02, 0.01, 0.07))
    said = answer(made_findings(targets=(target,), factors=(made_factor_set(),)), lang)
    assert len(said) == 3
    assert {"zh": "如不实施计划", "en": "Without the plan"}[lang] in said[1].text
    assert {"zh": "作用最大的措施", "en": "What carries"}[lang] in said[2].text


@BOTH
def test_a_pass_in_name_with_few_effective_hubs_is_said_at_once(lang: str) -> None:
    said = lead(made_findings(targets=(made_target(), made_effective())), lang)
    assert {"zh": "名义上达标", "en": "in name only"}[lang] in said
    assert {"zh": "只有65%", "en": "only 65 % expected"}[lang] in said


@BOTH
def test_where_effect_is_open_it_is_not_called_in_name_only(lang: str) -> None:
    open_ = made_effective(chance=made_chance(0.5, 0.2, 0.8), outcome=made_spread(0.86, 0.7, 0.95))
    said = lead(made_findings(targets=(made_target(), open_)), lang)
    assert {"zh": "名义上达标", "en": "in name only"}[lang] not in said
    assert {"zh": "但这是名义口径", "en": "by name"}[lang] in said
    assert {"zh": "尚不能判断", "en": "open"}[lang] in said
    assert {"zh": "为86%", "en": "86 % expected"}[lang] in said  # above what is asked: not "only"
    assert {"zh": "只有86%", "en": "only 86 %"}[lang] not in said


@BOTH
def test_a_target_that_is_met_both_ways_needs_no_such_warning(lang: str) -> None:
    said = lead(made_findings(targets=(made_target(), made_effective(chance=made_chance(0.95)))), lang)
    assert {"zh": "名义上", "en": "name"}[lang] not in said


@BOTH
def test_one_that_asks_for_effect_and_would_pass_only_by_name_says_so(lang: str) -> None:
    by_effect, by_name = made_effective(own=True), made_target(own=False)
    said = lead(made_findings(targets=(by_effect, by_name)), lang)
    assert {"zh": "只有按名义口径", "en": "only counted nominally"}[lang] in said


def test_in_name_only_asks_for_a_favourable_name_and_an_effect_that_is_not() -> None:
    loose, strict = made_target(), made_effective()
    assert in_name_only(made_findings(targets=(loose, strict)), loose) is strict
    weak = made_target(chance=made_chance(0.6, 0.5, 0.7))
    assert in_name_only(made_findings(targets=(weak, strict)), weak) is None
    assert in_name_only(made_findings(targets=(loose,)), loose) is None


@BOTH
def test_where_targets_disagree_the_weakest_is_named(lang: str) -> None:
    said = lead(made_findings(targets=(made_target(), made_brands(), training())), lang)
    assert {"zh": "把握最小的是品牌组织数。", "en": "the weakest is brand organizations."}[lang] in said


@BOTH
def test_where_they_agree_none_is_called_the_weakest(lang: str) -> None:
    said = lead(made_findings(targets=(made_target(), training())), lang)
    assert {"zh": "把握最小", "en": "weakest"}[lang] not in said


@BOTH
def test_targets_with_overlapping_intervals_are_not_ranked(lang: str) -> None:
    near = training(chance=made_chance(0.62, 0.55, 0.70))
    apart = training(chance=made_chance(0.70, 0.60, 0.80))
    brands = made_brands(chance=made_chance(0.50, 0.41, 0.58))
    unsure = {"zh": "分不出高低", "en": "not told apart"}[lang]
    assert unsure in lead(made_findings(targets=(made_target(), brands, near)), lang)
    assert unsure not in lead(made_findings(targets=(made_target(), brands, apart)), lang)


def test_the_weakest_are_those_that_reach_the_lowest_interval() -> None:
    low, touching, above = (made_target(chance=made_chance(at, at - 0.1, at + 0.1)) for at in (0.3, 0.49, 0.55))
    assert weakest([low, touching, above]) == [low, touching]


@BOTH
def test_a_deadline_is_told_once(lang: str) -> None:
    date = {"zh": "2025年12月", "en": "December 2025"}[lang]
    assert lead(made_findings(targets=(made_target(), made_brands())), lang).count(date) == 1
    later = made_brands(deadline="2026-06")
    assert {"zh": "2026年6月", "en": "June 2026"}[lang] in lead(made_findings(targets=(made_target(), later)), lang)


@BOTH
def test_more_than_four_other_targets_are_grouped_by_their_word(lang: str) -> None:
    others = [training(id=f"t{n}", label=Text(f"目标{n}", f"goal {n}")) for n in range(5)]
    few = lead(made_findings(targets=(made_target(), *others[:4])), lang)
    many = lead(made_findings(targets=(made_target(), *others)), lang)
    figures = {"zh": "区间96%", "en": "interval 96"}[lang]
    assert few.count(figures) == 4
    assert many.count(figures) == 0
    assert {"zh": "目标4", "en": "goal 4"}[lang] in many


@BOTH
@pytest.mark.parametrize(("draws", "runs", "warned"), [(29, 1000, True), (30, 199, True), (30, 200, False)])
def test_few_runs_are_said_beside_the_answer(lang: str, draws: int, runs: int, warned: bool) -> None:
    chance = made_chance(draws=draws, runs=runs)
    said = lead(made_findings(targets=(made_target(chance=chance),)), lang)
    assert ({"zh": "次数偏少", "en": "few runs"}[lang] in said) == warned


@BOTH
def test_without_a_forecast_it_says_which_command_makes_one(lang: str) -> None:
    said = answer(made_findings(targets=()), lang)
    assert len(said) == 1
    assert "miaopu forecast" in said[0].text


@BOTH
def test_a_share_that_must_not_be_passed_is_called_at_most(lang: str) -> None:
    said = lead(made_findings(targets=(made_target(sense="<=", threshold=0.3),)), lang)
    assert {"zh": "不超过30%", "en": "at most 30 %"}[lang] in said


@BOTH
def test_the_table_has_each_way_of_counting_and_the_baseline_where_there_is_one(lang: str) -> None:
    rows = (made_target(baseline=made_chance(0.02, 0.01, 0.07)), made_effective())
    table = target_table(made_findings(targets=rows), lang)
    assert table and len(table.rows) == 2
    assert all(len(row) == len(table.heads) == len(table.widths) for row in table.rows)
    assert table.rows[0][-1] == {"zh": "2%（1%～7%）", "en": "2 % (1–7 %)"}[lang]
    assert table.rows[1][-1] == "—"
    assert {"zh": "很可能", "en": "very likely"}[lang] in table.rows[0]
    assert any({"zh": "挂牌即计", "en": "Nominal:"}[lang] in note for note in table.notes)


@BOTH
def test_the_table_has_no_empty_columns_and_there_is_none_without_targets(lang: str) -> None:
    with_counts = target_table(made_findings(targets=(made_target(),)), lang)
    without = target_table(made_findings(targets=(made_brands(),)), lang)
    assert with_counts and without
    assert len(without.heads) == len(with_counts.heads) - 1
    assert target_table(made_findings(targets=()), lang) == ()


@BOTH
def test_the_reading_of_an_ambiguous_clause_is_told_below_the_table(lang: str) -> None:
    said = {"zh": "按“合并计数”理解", "en": 'read as "counted together"'}[lang]
    plain = target_table(made_findings(), lang)
    read = target_table(made_findings(targets=(made_target(reading="together"),)), lang)
    assert plain and read
    assert said in " ".join(read.notes)
    assert said not in " ".join(plain.notes)
