"""Claims about money: totals no finer than their error, prices only where the figure is clear."""

from __future__ import annotations

from math import nan

import pytest

from miaopu.model.text import LANGUAGES, Text
from miaopu.outputs.brief.findings import Findings, OptionFinding, Payment
from miaopu.outputs.brief.sentences.money import baseline, money, of_the_plan, payments, prices, total
from miaopu.tests.brief.made import (
    EFFECTIVE,
    NO_PLAN,
    NOMINAL,
    PLAN,
    made_brands,
    made_change,
    made_effective,
    made_findings,
    made_money,
    made_option,
    made_price,
    made_spread,
    made_target,
)


def compared(*others: OptionFinding) -> Findings:
    targets = (made_target(), made_effective(), made_brands())
    return made_findings(targets=targets, options=(made_option("plan", "base", name=PLAN), *others))


def text(found: Findings, lang: str) -> str:
    return "\n".join(paragraph.text for paragraph in money(found, lang))


def test_the_total_has_its_range_and_its_yearly_mean() -> None:
    assert "2022～2027年" in total(made_money(), "zh") and "3.90亿元（3.51～4.29）" in total(made_money(), "zh")
    assert "年均6500万元" in total(made_money(), "zh")
    assert "390 million yuan (351–429), 65.0 million yuan a year" in total(made_money(), "en")
    rough = made_money(total=made_spread(3.9e8, error=2e7))
    assert "年均6500万元" in total(rough, "zh") and "65 million yuan a year" in total(rough, "en")
    single = made_money(last_year=2022)
    assert "年均" not in total(single, "zh") and "a year" not in total(single, "en")


def test_what_is_paid_for_comes_largest_first_with_its_share() -> None:
    assert payments(made_money(), "zh") == "支出最多的是枢纽补助（64%）和创投（36%）。"
    many = made_money(payments=tuple(Payment(Text(f"项{n}", f"item {n}"), 100.0 - n) for n in range(5)))
    assert "其余2项合计占39%" in payments(many, "zh") and "the other 2 items are 39 %" in payments(many, "en")
    for lang in LANGUAGES:
        assert payments(made_money(payments=()), lang) == ""


def test_the_first_page_says_what_the_plan_costs_and_one_price_where_these_are_clear() -> None:
    def told(lang: str, clear: float, verdict: str) -> str:
        dear = made_change(-2.32e8, clear)
        without = made_option("none", "baseline", name=NO_PLAN, money_change=dear,
                              prices=(made_price(NOMINAL, 4e6, verdict), made_price(EFFECTIVE)))  # fmt: skip
        return "".join(one.text for one in of_the_plan(compared(without), lang))

    assert "多用2.32亿元" in told("zh", 3e6, "saving") and "232 million yuan" in told("en", 3e6, "saving")
    assert "名义口径" in told("zh", 3e6, "saving") and "实效口径" not in told("zh", 3e6, "saving")
    assert "名义口径" not in told("zh", 3e6, "unsure") and "实效口径" in told("zh", 3e6, "unsure")
    assert "无法区分" in told("zh", 3e8, "saving") and "cannot be told apart" in told("en", 3e8, "saving")


def test_without_a_comparison_the_first_page_says_what_is_paid_in_all() -> None:
    (said,) = of_the_plan(made_findings(money=made_money()), "zh")
    assert "3.90亿元" in said.text
    assert of_the_plan(made_findings(), "zh") == ()


def test_what_the_plan_costs_beyond_no_plan_is_said_where_the_interval_excludes_zero() -> None:
    without = made_option("none", "baseline", name=NO_PLAN, money_change=made_change(-2.32e8, 3e6))
    assert "实施计划比不实施多用2.32亿元（2.29～2.35）" in baseline(compared(without), "zh")
    assert "the plan takes 232 million yuan (229–235) more than no plan" in baseline(compared(without), "en")
    dear = made_option("none", "baseline", name=NO_PLAN, money_change=made_change(2.32e8, 3e6))
    assert "少用" in baseline(compared(dear), "zh") and "less than no plan" in baseline(compared(dear), "en")
    unsure = made_option("none", "baseline", name=NO_PLAN, money_change=made_change(-1e6, 3e6))
    assert "与零无法区分" in baseline(compared(unsure), "zh")
    assert "cannot be told apart" in baseline(compared(unsure), "en")


def test_the_ledger_of_no_plan_is_told_where_there_is_one() -> None:
    assert "不实施计划时为1.60亿元" in text(made_findings(money=made_money()), "zh")
    assert "不实施" not in text(made_findings(money=made_money(baseline=None)), "zh")
    for lang in LANGUAGES:
        assert money(made_findings(), lang) == ()


@pytest.mark.parametrize(
    ("verdict", "zh", "en"),
    [
        ("better_and_cheaper", "更省钱", "better and cheaper"),
        ("worse_and_dearer", "更费钱", "worse and dearer"),
        ("price_cost_unsure", "效果更好，花费之差与零无法区分", "cannot be told from none"),
        ("saving_cost_unsure", "效果较差，花费之差与零无法区分", "cannot be told from nothing"),
        ("unsure", "效果之差与零无法区分", "cannot be told from zero"),
        ("nothing", "太少", "too few"),
    ],
)
def test_a_price_that_is_not_clear_is_replaced_by_its_reason(verdict: str, zh: str, en: str) -> None:
    found = compared(made_option(prices=(made_price(verdict=verdict),)))
    assert zh in text(found, "zh") and "800万" not in text(found, "zh")
    assert en in text(found, "en") and "8.0 million" not in text(found, "en")


def test_a_clear_price_is_told_with_its_interval_and_its_target() -> None:
    found = compared(made_option(prices=(made_price(),)))
    assert "每多提高1个百分点所花的钱：街道枢纽覆盖率（实效口径）800万元（640～960）" in text(found, "zh")
    assert "street hub coverage (effective) 8.0 million yuan (6.4–9.6)" in text(found, "en")
    blank = compared(made_option(prices=(made_price(low=nan, high=nan),)))
    assert "800万" not in text(blank, "zh")


def test_what_is_saved_for_no_plan_is_what_the_plan_costs() -> None:
    saving = (made_price(NOMINAL, 5e6, "saving"),)
    found = compared(made_option("none", "baseline", name=NO_PLAN, prices=saving))
    assert "计划每提高1个百分点所花的钱" in text(found, "zh") and "that the plan gains" in text(found, "en")
    cheap = compared(made_option(prices=saving))
    assert "所省的钱" in text(cheap, "zh") and "given up" in text(cheap, "en")


def test_a_count_is_priced_by_the_unit_and_a_share_by_the_point() -> None:
    for key, zh, en in (("brands.all", "1个单位", "Each unit"), (EFFECTIVE, "1个百分点", "Each percentage point")):
        found = compared(made_option(prices=(made_price(key),)))
        assert any(zh in line for line in prices(found, "zh")) and any(en in line for line in prices(found, "en"))
