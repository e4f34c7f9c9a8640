"""Claims about options side by side: only what an interval allows is called a difference, a gain or a loss."""

from __future__ import annotations

from typing import Any

import pytest

from miaopu.model.text import LANGUAGES, Text
from miaopu.outputs.brief.findings import Change, Findings, OptionFinding
from miaopu.outputs.brief.sentences import options as module
from miaopu.outputs.brief.sentences.option_risk import main_risk
from miaopu.outputs.brief.sentences.option_words import (
    Verdict,
    chances,
    conclusion,
    few,
    figures,
    money_change,
    options,
    unclear,
    verdict,
)
from miaopu.outputs.brief.sentences.options import options_table
from miaopu.tests.brief.made import (
    EFFECTIVE,
    NO_PLAN,
    NOMINAL,
    PLAN,
    made_brands,
    made_chance,
    made_change,
    made_effective,
    made_findings,
    made_option,
    made_price,
    made_spread,
    made_target,
)

BRANDS = "brands.all"


@pytest.fixture(autouse=True)
def options_as_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the cells say does not hang on which way the table stands: told here with the options as rows."""
    monkeypatch.setattr(module, "MOST_TARGETS", 4)


def base(**more: Any) -> OptionFinding:
    given = {"name": PLAN, "chances": {NOMINAL: made_chance(), EFFECTIVE: made_chance(0.02), BRANDS: made_chance(0.5)}}
    return made_option("plan", "base", **(given | more))


def findings(*others: OptionFinding, **more: Any) -> Findings:
    targets = (made_target(), made_effective(), made_brands())
    return made_findings(**({"targets": targets, "options": (base(), *others)} | more))


def test_a_chance_is_told_as_different_only_where_the_interval_excludes_zero() -> None:
    clear = made_option(chance_changes={BRANDS: Change(0.2, 0.03, 0.35)})
    assert "高20个百分点（3～35）" in chances(findings(clear), clear, "zh")
    assert "higher for brand organizations by 20 points (3–35)" in chances(findings(clear), clear, "en")
    lower = made_option(chance_changes={BRANDS: Change(-0.2, -0.35, -0.03)})
    assert "低20个百分点（3～35）" in chances(findings(lower), lower, "zh")
    assert "lower for brand organizations by 20" in chances(findings(lower), lower, "en")
    unsure = made_option(chance_changes={BRANDS: Change(0.2, -0.01, 0.41)})
    found = findings(unsure)
    for lang in LANGUAGES:
        assert chances(found, unsure, lang) == ""
    assert "与零无法区分" in unclear(found, verdict(found, unsure), "zh")
    assert "Not told apart from zero: brand organizations" in unclear(found, verdict(found, unsure), "en")


def test_an_interval_that_excludes_zero_is_never_written_as_one_that_holds_it() -> None:
    close = made_option(chance_changes={BRANDS: Change(0.0122, 0.0004, 0.024)})
    assert "1.22个百分点（0.04～2.40）" in chances(findings(close), close, "zh")
    near = made_option(chance_changes={BRANDS: Change(0.0125, 0.001, 0.024)})
    assert "（0.1～2.4）" in chances(findings(near), near, "zh")


def test_a_figure_counts_where_the_probability_does_not_tell() -> None:
    change = {EFFECTIVE: made_change(0.037, 0.009)}
    quiet = made_option(chance_changes={EFFECTIVE: made_change(0.0, 0.02)}, outcome_changes=change)
    assert "高3.7个百分点（2.8～4.6）" in figures(findings(quiet), quiet, "zh")
    assert "is higher by 3.7 points (2.8–4.6)" in figures(findings(quiet), quiet, "en")
    loud = made_option(chance_changes={EFFECTIVE: made_change(0.2, 0.02)}, outcome_changes=change)
    hazy = made_option(outcome_changes={EFFECTIVE: made_change(0.037, 0.04)})
    for lang in LANGUAGES:
        assert figures(findings(loud), loud, lang) == ""
        assert figures(findings(hazy), hazy, lang) == ""


def test_a_lower_figure_of_a_target_that_is_still_likely_is_no_loss() -> None:
    worse = {NOMINAL: made_change(-0.03, 0.01)}
    likely = made_option(outcome_changes=worse, chances={NOMINAL: made_chance(0.94)})
    assert verdict(findings(likely), likely).worse == ()
    assert "仍可望达标" in figures(findings(likely), likely, "zh")
    assert "still likely" in figures(findings(likely), likely, "en")
    open_ = made_option(outcome_changes=worse, chances={NOMINAL: made_chance(0.6)})
    assert verdict(findings(open_), open_).worse == (NOMINAL,)
    assert "仍可望达标" not in figures(findings(open_), open_, "zh")


def test_less_is_better_where_a_target_is_a_ceiling() -> None:
    low = made_option(outcome_changes={BRANDS: made_change(-3, 1)})
    ceiling = findings(low, targets=(made_brands(sense="<="),))
    assert verdict(ceiling, low).better == (BRANDS,)
    assert verdict(findings(low), low).worse == (BRANDS,)


@pytest.mark.parametrize(
    ("better", "likelier", "worse", "cost", "zh", "en"),
    [
        ("x", True, "", 1, "达标把握更大、花费更多", "Likelier to succeed and dearer"),
        ("x", True, "", 0, "优于基准方案", "to be preferred"),
        ("x", True, "", -1, "更省钱，优于基准方案", "cheaper than the base"),
        ("x", False, "", 1, "未见达标把握增大", "no clear gain in probability"),
        ("x", False, "", 0, "花费看不出差别", "cannot be told"),
        ("x", False, "", -1, "更省钱", "cheaper"),
        ("", False, "x", 1, "可以排除", "ruled out"),
        ("", False, "x", 0, "不宜选用", "not to be chosen"),
        ("", False, "x", -1, "以目标换资金", "trades targets for money"),
        ("", False, "", 1, "看不出改进", "shows no gain"),
        ("", False, "", 0, "看不出差别", "cannot be told apart"),
        ("", False, "", -1, "看不出下降", "shows no loss"),
        ("x", True, "y", 1, "有得有失", "trade-off"),
    ],
)
def test_the_conclusion_follows_effect_and_cost(
    better: str, likelier: bool, worse: str, cost: int, zh: str, en: str
) -> None:
    found = Verdict(tuple(better), likelier, tuple(worse), (), cost)
    assert zh in conclusion(found, "zh")
    assert en in conclusion(found, "en")


@pytest.mark.parametrize(("value", "cost"), [(1e7, 1), (-1e7, -1), (4e5, 0)])
def test_money_is_called_more_or_less_only_where_the_interval_says_so(value: float, cost: int) -> None:
    option = made_option(money_change=made_change(value, 1e6))
    assert verdict(findings(option), option).cost == cost
    zh, en = (money_change(option.money_change, lang) for lang in ("zh", "en"))
    assert {1: "多用1000万元", -1: "少用1000万元", 0: "与零无法区分"}[cost] in zh
    assert {1: "10 million yuan (9–11) more", -1: "less public money", 0: "cannot be told apart"}[cost] in en


def test_few_runs_are_said() -> None:
    for runs, draws, said in ((199, 100, True), (200, 30, False), (200, 29, True)):
        option = base(chances={NOMINAL: made_chance(draws=draws, runs=runs)})
        assert ("偏少" in few(option, "zh")) is said
        assert (f"only {runs} runs" in few(option, "en")) is said


def test_without_two_options_nothing_is_compared() -> None:
    for lang in LANGUAGES:
        for given in ((), (base(),), (made_option(),)):
            found = findings(options=given)
            assert options(found, lang) == ()
            assert options_table(found, lang) is None


def test_every_option_has_its_paragraph_and_no_plan_is_none() -> None:
    without = made_option("none", "baseline", name=NO_PLAN)
    told = options(findings(made_option(), made_option("orders"), without), "zh")
    assert [paragraph.runs[0].text for paragraph in told[1:]] == ["“加强运营方案”："] * 2
    assert "以下方案均与“示例市计划”（下称基准方案）" in told[0].text and "“不实施计划”只作对照" in told[0].text
    assert "彼此之间未直接比较" in told[0].text
    (single, _) = options(findings(made_option()), "en")
    assert "\"Operation first\" is compared" in single.text and "comparison only" not in single.text
    (alone,) = options(findings(without), "zh")
    assert "“不实施计划”与“示例市计划”" in alone.text and "只作对照" not in alone.text


def test_the_main_risk_is_the_target_that_is_not_likely() -> None:
    met = made_option(chances={NOMINAL: made_chance(0.94)})
    assert main_risk(findings(met), met, "zh") == "未见突出的"
    assert main_risk(findings(met), met, "en") == "none stands out"
    hollow = made_option(chances={NOMINAL: made_chance(0.94), EFFECTIVE: made_chance(0.02)})
    assert "实效难达标" in main_risk(findings(hollow), hollow, "zh")
    assert "unlikely in effect" in main_risk(findings(hollow), hollow, "en")
    hazy = made_option(chances={NOMINAL: made_chance(0.94), EFFECTIVE: made_chance(0.5, 0.2, 0.8)})
    assert "实效尚无把握" in main_risk(findings(hazy), hazy, "zh")
    assert "not surely in effect" in main_risk(findings(hazy), hazy, "en")
    one = made_option(chances={NOMINAL: made_chance(0.94), BRANDS: made_chance(0.5)})
    assert main_risk(findings(one), one, "en") == "brand organizations: about as likely as not"
    none = made_option(chances={NOMINAL: made_chance(0.02), BRANDS: made_chance(0.1)})
    assert "没有一项" in main_risk(findings(none), none, "zh") and "no target" in main_risk(findings(none), none, "en")


def test_the_table_shows_chances_money_price_and_risk_of_each_option() -> None:
    other = made_option(
        chances={NOMINAL: made_chance(0.98)}, money=made_spread(4.03e8, 3.98e8, 4.08e8),
        money_change=made_change(1.488e7, 9.5e5), prices=(made_price(NOMINAL, float("nan"), "unsure"), made_price()),
    )  # fmt: skip
    table = options_table(findings(other), "zh")
    assert table is not None
    base_row, row = table.rows
    assert base_row[0] == "基准方案" and base_row[-2] == "—" and any("示例市计划" in note for note in table.notes)
    assert row[1:4] == ("98%（95%～100%）", "—", "—")
    assert row[4] == "4.03亿元" and row[5] == "+1488万元（1393～1583）"
    assert row[6] == "街道枢纽覆盖率（实效口径）每升1个百分点花800万元（640～960）"
    english = options_table(findings(other), "en")
    assert english is not None and english.rows[1][5] == "+14.9 million yuan (13.9–15.8)"


def test_runs_other_than_those_of_the_answer_are_said_below_the_table() -> None:
    for runs, said in ((100, True), (1000, False)):
        found = findings(made_option(), options=(base(chances={NOMINAL: made_chance(runs=runs)}), made_option()))
        for lang, words in (("zh", "以结论为准"), ("en", "and go first")):
            table = options_table(found, lang)
            assert table is not None and any(words in note for note in table.notes) is said


def test_where_no_price_is_clear_the_cell_says_why() -> None:
    other = made_option(prices=(made_price(NOMINAL, float("nan"), "unsure"),))
    table = options_table(findings(other), "zh")
    assert table is not None and "与零无法区分" in table.rows[1][-2]


def test_of_several_clear_prices_the_lowest_stands_in_the_table() -> None:
    both = (made_price(NOMINAL, 3e7), made_price(EFFECTIVE, 8e6))
    for about, price in (("other", "800万元"), ("baseline", "3000万元")):
        table = options_table(findings(made_option(about=about, prices=both)), "zh")
        assert table is not None and price in table.rows[1][-2]


def test_with_more_than_four_targets_the_options_are_columns() -> None:
    for number in (4, 5):
        targets = tuple(made_target(id=f"t{one}", label=Text(f"目标{one}", f"target {one}")) for one in range(number))
        sure = {target.key: made_chance() for target in targets}
        found = findings(targets=targets, options=(base(chances=sure), made_option(chances=sure)))
        table = options_table(found, "zh")
        assert table is not None and all(len(row) == len(table.heads) == len(table.widths) for row in table.rows)
        assert (table.heads[1:] == ("基准方案", "加强运营方案")) is (number == 5)
        assert len(table.rows) == (2 if number == 4 else number + 4)
