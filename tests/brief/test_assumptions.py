"""Claims about assumptions: whence a figure is, over what it was varied, and whether its effect is clear."""

from __future__ import annotations

from math import nan

import pytest

from miaopu.model.text import LANGUAGES
from miaopu.outputs.brief.sentences.assumption_figures import ends, with_range
from miaopu.outputs.brief.sentences.assumptions import (
    MOST_ROWS,
    assumptions,
    assumptions_table,
    effect,
    judged,
    moved,
    source,
)
from miaopu.tests.brief.made import made_assumption, made_brands, made_change, made_findings, made_target

UNCLEAR = made_change(0.01, 0.02)


def test_judgement_is_counted_among_what_clearly_moves_a_target() -> None:
    both = made_findings(assumptions=(made_assumption("a"), made_assumption("b", mark="S")))
    assert "明显影响达标概率的假设有2项，其中1项为判断" in judged(both, "zh")
    assert "2 assumptions clearly move" in judged(both, "en") and "1 of them rest" in judged(both, "en")
    one = made_findings(assumptions=(made_assumption("a"), made_assumption("b", difference=UNCLEAR)))
    assert "2项假设中，1项明显影响" in judged(one, "zh") and "均为判断" in judged(one, "zh")
    assert "2 assumptions listed 1 clearly moves" in judged(one, "en")
    none = made_findings(assumptions=(made_assumption(difference=UNCLEAR),))
    assert "与零无法区分" in judged(none, "zh") and "None of the 1" in judged(none, "en")


def test_targets_are_told_apart_where_several_are_moved() -> None:
    rows = (made_assumption("a"), made_assumption("b", target="brands.all"))
    found = made_findings(targets=(made_target(), made_brands()), assumptions=rows)
    assert "街道枢纽覆盖率（名义口径）1项和品牌组织数1项" in moved(found, "zh")
    assert "street hub coverage (nominal) 1 and brand organizations 1" in moved(found, "en")
    assert "不止一项" not in moved(found, "zh") and "more than one" not in moved(found, "en")
    same = (rows[0], made_assumption("a", target="brands.all"))
    again = made_findings(targets=(made_target(), made_brands()), assumptions=same)
    assert "不止一项" in moved(again, "zh") and "more than one" in moved(again, "en")
    assert moved(made_findings(assumptions=rows[:1]), "zh") == ""


def test_without_assumptions_it_is_said_that_none_was_varied() -> None:
    for lang in LANGUAGES:
        (one,) = assumptions(made_findings(), lang)
        assert "miaopu explain" in one.text
        assert assumptions_table(made_findings(), lang) is None
        assert assumptions(made_findings(targets=()), lang) == ()


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "zh", "en"),
    [
        ("0.15", "0.105", "0.195", "per year", "每年0.15（0.105～0.195）", "0.15 (0.105–0.195) per year"),
        ("300000", "150000", "600000", "yuan", "30万元（15万元～60万元）",
         "300 thousand yuan (150 thousand yuan–600 thousand yuan)"),
        ("20000", "10000", "30000", "yuan per year", "每年2万元（1万元～3万元）",
         "20 thousand yuan (10 thousand yuan–30 thousand yuan) per year"),
        ("0.278", "0.063", "0.613", "share", "28%（6.3%～61%）", "28 % (6.3–61 %)"),
        ("12", "6", "18", "months", "12（6～18）个月", "12 (6–18) months"),
        ("1", "0.35", "2.2", "factor", "1（0.35～2.2）", "1 (0.35–2.2)"),
        ("1500000/5000000", "×0.5", "×1.5", "yuan", "150万元和500万元（×0.5～×1.5）",
         "1.50 million yuan and 5 million yuan (×0.5–×1.5)"),
        ("1/…/3", "-0.1", "0.1", "", "各处不一（−0.1～0.1）", "various (−0.1–0.1)"),
        ("whole_place", "", "", "", "全域合计取整", "rounded for the whole place"),
    ],
)  # fmt: skip
def test_a_value_has_its_range_and_its_unit(value: str, low: str, high: str, unit: str, zh: str, en: str) -> None:
    one = made_assumption(value=value, low=low, high=high, unit=unit)
    assert (with_range(one, "zh"), with_range(one, "en")) == (zh, en)


def test_both_ends_have_their_unit_in_a_sentence() -> None:
    rate = made_assumption(value="0.15", low="0.1", high="0.2", unit="per year")
    assert ends(rate, "zh") == ("每年0.1", "每年0.2") and ends(rate, "en") == ("0.1", "0.2 per year")
    long = made_assumption(value="12", low="6", high="18", unit="months")
    assert ends(long, "zh") == ("6个月", "18个月") and ends(long, "en") == ("6", "18 months")


def test_the_source_stands_as_the_tables_have_it_unless_it_is_a_remark_in_the_other_language() -> None:
    chinese = made_assumption(source="无锡新吴40万元/年")
    assert source(chinese, "zh") == source(chinese, "en") == "无锡新吴40万元/年"
    remark = made_assumption(source="HN-13d: K; thin on money")
    assert source(remark, "zh") == "见情景文件（HN-13d）" and source(remark, "en") == "HN-13d: K; thin on money"
    bare = made_assumption(source="K")
    assert source(bare, "zh") == "判断" and source(bare, "en") == "judgement"
    assert source(made_assumption(source="", mark="S"), "zh") == "—"


def test_an_effect_is_given_in_points_where_it_is_clear() -> None:
    assert effect(made_assumption(), "zh") == "79% → 99%（20个百分点，17～23）"
    assert effect(made_assumption(), "en") == "79 % → 99 % (20 points, 17–23)"
    assert effect(made_assumption(difference=UNCLEAR), "zh") == "79% → 99%（不明显）"
    assert effect(made_assumption(difference=UNCLEAR), "en") == "79 % → 99 % (not clear)"
    assert effect(made_assumption(difference=None), "zh") == effect(made_assumption(at_low=nan), "zh") == "—"


def test_the_table_begins_with_the_largest_clear_effect_and_says_what_it_leaves_out() -> None:
    rows = [made_assumption(f"r{n}", source=f"第{n}处", difference=made_change(n / 100, 0.001)) for n in range(1, 14)]
    unclear = made_assumption("hazy", source="第0处", difference=made_change(0.5, 0.6))
    table = assumptions_table(made_findings(assumptions=(unclear, *rows)), "zh")
    assert table is not None and len(table.rows) == MOST_ROWS and table.rows[0][3] == "第13处"
    assert "另有2项" in table.notes[-1] and "K 判断" in table.notes[0]
    short = assumptions_table(made_findings(assumptions=(unclear, *rows[:11])), "zh")
    assert short is not None and short.rows[-1][3] == "第0处" and not any("另有" in note for note in short.notes)
