"""Advice rests on figures told from zero: what gains nothing surely is never recommended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from miaopu.model.text import Text
from miaopu.outputs.brief.findings import Change, Findings, OptionFinding, TargetFinding
from miaopu.outputs.brief.sentences.advice import MOST, advice
from miaopu.tests.brief.made import (
    EFFECTIVE,
    NOMINAL,
    made_after,
    made_assumption,
    made_brands,
    made_chance,
    made_change,
    made_effective,
    made_factor,
    made_factor_set,
    made_findings,
    made_grid,
    made_option,
    made_spread,
    made_target,
)

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])
BASE = made_option("plan", "base")
BRANDS = "brands.all"
NAME = {"zh": "加强运营方案", "en": "Operation first"}
IN_NAME = (made_target(), made_effective())
WEAK = (made_target(), made_brands())


def told(findings: Findings, lang: str) -> str:
    """All recommendations."""
    return "\n".join(said.text for said in advice(findings, lang))


def raising(target: str, change: float, odds: bool = False, **more: Any) -> OptionFinding:
    """An option that changes a target's figure or probability by `change`, give or take 0.02."""
    changes = {target: made_change(change)}
    return made_option(**({"chance_changes": changes} if odds else {"outcome_changes": changes}), **more)


def with_option(option: OptionFinding, targets: tuple[TargetFinding, ...] = IN_NAME) -> Findings:
    """A comparison of the plan with one option."""
    return made_findings(targets=targets, options=(BASE, option))


@BOTH
@pytest.mark.parametrize(("change", "recommended"), [(0.021, True), (0.019, False), (-0.3, False)])
def test_an_option_is_named_only_if_it_surely_raises_the_effective_figure(
    lang: str, change: float, recommended: bool
) -> None:
    said = told(with_option(raising(EFFECTIVE, change)), lang)
    assert ({"zh": "名义与实效的差距", "en": "gap between name and effect"}[lang] in said) == recommended
    assert (NAME[lang] in said) == recommended
    assert ({"zh": "没有明显提高", "en": "Nothing in"}[lang] in said) != recommended


@BOTH
@pytest.mark.parametrize(("change", "recommended"), [(0.021, True), (0.019, False)])
def test_a_weak_target_is_strengthened_by_what_surely_makes_it_likelier(
    lang: str, change: float, recommended: bool
) -> None:
    said = told(with_option(raising(BRANDS, change, odds=True), WEAK), lang)
    assert ({"zh": "补强品牌组织数", "en": "Strengthen brand"}[lang] in said) == recommended
    assert (NAME[lang] in said) == recommended
    assert ({"zh": "需另想办法", "en": "Find another way"}[lang] in said) != recommended


@BOTH
def test_a_gain_is_told_with_its_interval_and_its_money(lang: str) -> None:
    option = raising(EFFECTIVE, 0.05, money_change=Change(12_782_587, 12_100_694, 13_464_480))
    said = told(with_option(option), lang)
    assert {"zh": "提高5个百分点（3～7）", "en": "by 5 points (3–7)"}[lang] in said
    assert {"zh": "多花1278万元（1210～1346）", "en": "12.8 million yuan (12.1–13.5) more"}[lang] in said


@BOTH
@pytest.mark.parametrize(
    ("money", "zh", "en"),
    [
        (Change(1e7, 1e5, 2e7), "多花", " more"),
        (Change(1e7, -1e5, 2e7), "花费差别与零无法区分", "not told apart from the plan's"),
        (Change(-1e7, -2e7, 1e5), "花费差别与零无法区分", "not told apart from the plan's"),
        (Change(-1e7, -2e7, -1e5), "少花", " less"),
        (None, "花费未估", "no cost estimate"),
    ],
)
def test_money_is_more_or_less_only_where_that_is_sure(lang: str, money: Change | None, zh: str, en: str) -> None:
    assert {"zh": zh, "en": en}[lang] in told(with_option(raising(EFFECTIVE, 0.05, money_change=money)), lang)


@BOTH
@pytest.mark.parametrize(("loss", "said_so"), [(-0.021, True), (-0.019, False), (0.1, False)])
def test_what_an_option_surely_costs_another_target_is_said(lang: str, loss: float, said_so: bool) -> None:
    option = raising(EFFECTIVE, 0.05, chance_changes={BRANDS: made_change(loss)})
    said = told(with_option(option, (*IN_NAME, made_brands())), lang)
    words = {"zh": "但品牌组织数达标概率降低", "en": "but the probability for brand organizations falls"}
    assert (words[lang] in said) == said_so


@BOTH
@pytest.mark.parametrize(("low", "enough"), [(0.65, False), (0.66, True)])
def test_an_option_that_is_not_enough_by_itself_is_said_to_be_so(lang: str, low: float, enough: bool) -> None:
    option = raising(EFFECTIVE, 0.05, chances={EFFECTIVE: made_chance(0.8, low, 0.9)})
    said = told(with_option(option), lang)
    assert ({"zh": "仅靠这一项", "en": "with this alone"}[lang] in said) != enough


@BOTH
@pytest.mark.parametrize(("low", "enough"), [(0.65, False), (0.66, True)])
def test_levers_are_told_where_no_option_does_enough(lang: str, low: float, enough: bool) -> None:
    option = raising(EFFECTIVE, 0.05, chances={EFFECTIVE: made_chance(0.8, low, 0.9)})
    findings = made_findings(targets=IN_NAME, options=(BASE, option), factors=(made_factor_set(EFFECTIVE),))
    assert ("orders" in told(findings, lang)) != enough


@BOTH
@pytest.mark.parametrize(("change", "tied"), [(0.07, True), (0.05, False)])
def test_options_whose_gains_overlap_are_not_ranked(lang: str, change: float, tied: bool) -> None:
    best = raising(EFFECTIVE, 0.1)
    other = raising(EFFECTIVE, change, key="other", name=Text("另一方案", "Another"))
    said = told(made_findings(targets=IN_NAME, options=(BASE, other, best)), lang)
    assert NAME[lang] in said
    assert ({"zh": "“另一方案”", "en": '"Another"'}[lang] in said) == tied
    assert ({"zh": "的效果与之分不出高低", "en": "does as much"}[lang] in said) == tied


@BOTH
@pytest.mark.parametrize(("money", "first"), [(9e6, True), (11e6, False)])
def test_of_options_that_are_as_good_the_cheapest_is_named_first(lang: str, money: float, first: bool) -> None:
    best = raising(EFFECTIVE, 0.1, money_change=made_change(1e7, 1e5))
    other = raising(
        EFFECTIVE, 0.09, key="other", name=Text("另一方案", "Another"), money_change=made_change(money, 1e5)
    )
    said = told(made_findings(targets=IN_NAME, options=(BASE, other, best)), lang)
    assert (said.index({"zh": "另一方案", "en": "Another"}[lang]) < said.index(NAME[lang])) == first


@BOTH
@pytest.mark.parametrize(("low", "closes"), [(0.65, False), (0.66, True)])
def test_the_gap_is_said_to_close_only_where_an_option_makes_the_effective_target_likely(
    lang: str, low: float, closes: bool
) -> None:
    option = raising(EFFECTIVE, 0.05, chances={EFFECTIVE: made_chance(0.8, low, 0.9)})
    said = told(with_option(option), lang)
    assert ({"zh": "都补不上", "en": "No option examined closes"}[lang] in said) != closes


@BOTH
@pytest.mark.parametrize(("draws", "warned"), [(29, True), (30, False)])
def test_a_comparison_of_few_draws_is_said_to_be_one(lang: str, draws: int, warned: bool) -> None:
    option = raising(EFFECTIVE, 0.05, chances={NOMINAL: made_chance(draws=draws)})
    said = told(with_option(option), lang)
    assert ({"zh": f"只用了{draws}组", "en": f"only {draws} parameter draws"}[lang] in said) == warned


@BOTH
def test_a_figure_that_rises_is_no_remedy_for_a_weak_target_unless_it_becomes_likelier(lang: str) -> None:
    for odds in (True, False):
        said = told(with_option(raising(BRANDS, 0.1, odds=odds), WEAK), lang)
        assert (NAME[lang] in said) == odds


@BOTH
def test_less_is_better_where_a_target_must_not_be_passed(lang: str) -> None:
    strict = replace(IN_NAME[1], sense="<=")
    for change, helps in ((-0.1, True), (0.1, False)):
        said = told(with_option(raising(EFFECTIVE, change), (replace(IN_NAME[0], sense="<="), strict)), lang)
        assert ({"zh": "降低10", "en": "lowers"}[lang] in said) == helps
        assert (NAME[lang] in said) == helps


@BOTH
@pytest.mark.parametrize(("low", "told_apart"), [(0.06, True), (0.04, False)])
def test_levers_count_where_they_are_told_from_the_control(lang: str, low: float, told_apart: bool) -> None:
    lever = made_factor("orders", low + 0.1, 0.1)
    found = made_factor_set(EFFECTIVE, levers=(lever,), inert_high=0.05)
    said = told(made_findings(targets=IN_NAME, factors=(found,)), lang)
    assert ({"zh": "杠杆orders", "en": "lever orders"}[lang] in said) == told_apart
    assert ({"zh": "没有明显提高", "en": "Nothing in the levers"}[lang] in said) != told_apart


@BOTH
@pytest.mark.parametrize(("rises", "zh", "en"), [(1, "宜高", "more is better"), (-1, "宜低", "less is better")])
def test_the_direction_of_a_lever_is_told(lang: str, rises: int, zh: str, en: str) -> None:
    found = made_factor_set(EFFECTIVE, levers=(made_factor("orders", 0.5, rises=rises),))
    assert {"zh": zh, "en": en}[lang] in told(made_findings(targets=IN_NAME, factors=(found,)), lang)


@BOTH
def test_a_lever_of_no_clear_direction_is_not_recommended(lang: str) -> None:
    found = made_factor_set(EFFECTIVE, levers=(made_factor("orders", 0.5, rises=0),))
    assert "orders" not in told(made_findings(targets=IN_NAME, factors=(found,)), lang)


@BOTH
def test_what_is_left_of_the_effective_figure_is_told_where_it_surely_falls(lang: str) -> None:
    words = {"zh": "2027年12月底更降至31%", "en": "and 31 % at the end of December 2027"}[lang]
    for change, said_so in ((-0.021, True), (-0.019, False)):
        row = made_after(
            indicator="street_hub_coverage_effective", at_end=made_spread(0.31), change=made_change(change)
        )
        findings = made_findings(targets=IN_NAME, options=(BASE, raising(EFFECTIVE, 0.05)), after=(row,))
        assert (words in told(findings, lang)) == said_so


@BOTH
@pytest.mark.parametrize(("low", "safe"), [(0.66, True), (0.65, False)])
def test_no_more_effort_is_asked_where_the_target_is_met_without_the_plan(lang: str, low: float, safe: bool) -> None:
    said = told(made_findings(targets=(made_target(baseline=made_chance(0.9, low, 0.97)),)), lang)
    assert ({"zh": "不必再加码", "en": "Spend no more effort"}[lang] in said) == safe


@BOTH
def test_a_target_that_only_the_plan_puts_at_risk_is_not_left_alone(lang: str) -> None:
    row = made_target(chance=made_chance(0.3), baseline=made_chance(0.95))
    assert {"zh": "不必再加码", "en": "Spend no more effort"}[lang] not in told(made_findings(targets=(row,)), lang)


@BOTH
def test_without_options_and_levers_nothing_is_recommended_but_to_compare(lang: str) -> None:
    said = advice(made_findings(targets=IN_NAME), lang)
    assert len(said) == 1
    assert "miaopu compare" in said[0].text


@BOTH
def test_where_all_goes_well_nothing_is_to_be_changed(lang: str) -> None:
    said = told(made_findings(), lang)
    assert {"zh": "按现行方案推进", "en": "Go on as planned"}[lang] in said
    assert {"zh": "按现行方案推进", "en": "Go on as planned"}[lang] not in told(made_findings(targets=WEAK), lang)


@BOTH
def test_there_are_at_most_four_recommendations_in_order(lang: str) -> None:
    safe = made_brands(id="safe", chance=made_chance(0.95), baseline=made_chance(0.95))
    rows = (*IN_NAME, made_brands(), made_brands(id="third"), made_brands(id="fourth"), safe)
    findings = made_findings(
        targets=rows, options=(BASE, raising(EFFECTIVE, 0.05)), assumptions=(made_assumption(),), grid=made_grid()
    )
    said = advice(findings, lang)
    assert len(said) == MOST
    starts = {"zh": ["（一）", "（二）", "（三）", "（四）"], "en": ["1. ", "2. ", "3. ", "4. "]}[lang]
    assert [one.text[: len(start)] for one, start in zip(said, starts, strict=True)] == starts


@BOTH
def test_without_targets_there_is_no_advice(lang: str) -> None:
    assert advice(made_findings(targets=()), lang) == ()
