"""A quantity carries its unit, in Chinese or English, and anything else is told what to write."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaopu.scenarios.quantities import WrongUnit, chinese_number, quantity
from miaopu.scenarios.units import BARE, EXAMPLES, NAMES, UNITS, shown, written


@pytest.mark.parametrize(
    ("said", "unit", "value"),
    [
        ("30万元", "yuan", 300_000),
        ("300000 yuan", "yuan", 300_000),
        ("300,000 yuan", "yuan", 300_000),
        ("1亿元", "yuan", 1e8),
        ("1.5 million yuan", "yuan", 1_500_000),
        ("¥5000元", "yuan", 5000),
        ("20万元每年", "yuan per year", 200_000),
        ("每年20万元", "yuan per year", 200_000),
        ("20万元/年", "yuan per year", 200_000),
        ("200000 yuan per year", "yuan per year", 200_000),
        ("85%", "share", 0.85),
        ("85 %", "share", 0.85),
        ("８５％", "share", 0.85),
        ("百分之八十五", "share", 0.85),
        ("0.5 percent", "share", 0.005),
        ("2 per year", "per year", 2),
        ("每年2场", "per year", 2),
        ("2场/年", "per year", 2),
        ("2 sessions a year", "per year", 2),
        ("每月0.5次", "per month", 0.5),
        ("1 per month", "per month", 1),
        ("12个月", "months", 12),
        ("12 months", "months", 12),
        ("1年", "months", 12),
        ("2 years", "months", 24),
        ("半年", "months", 6),
        (1.5, "posts", 1.5),
        (100, "seats", 100),
        (0.3, "score", 0.3),
        (True, "flag", 1),
        ("是", "flag", 1),
        ("no", "flag", 0),
    ],
)
def test_a_quantity_is_read_with_its_unit(said: Any, unit: str, value: float) -> None:
    assert quantity(said, unit).value == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("said", "basis"),
    [
        ("2000000 yuan per year per community", "community"),
        ("80万元 每年 每区", "district"),
        ("每区每年80万元", "district"),
        ("5万元每年每街道", "street"),
        ("5000 yuan per year per township", "street"),
        ("80万元每年", ""),
    ],
)
def test_the_basis_is_read_wherever_it_stands(said: str, basis: str) -> None:
    assert quantity(said, "yuan per year").basis == basis


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        (300000, "yuan"),
        ("30", "yuan"),
        ("30万", "yuan"),
        ("30万元每年", "yuan"),
        ("30万元", "yuan per year"),
        ("2万元每月", "yuan per year"),
        ("80万元每年每区每街道", "yuan per year"),
        (0.85, "share"),
        ("85", "share"),
        ("百分之五八", "share"),
        (2, "per year"),
        ("每月2场", "per year"),
        ("每年2场每年", "per year"),
        (12, "months"),
        ("12月", "months"),
        ("100人", "persons"),
        ("30 %", "score"),
        (True, "seats"),
        (1, "flag"),
        ("maybe", "flag"),
        ([], "yuan"),
        ({}, "score"),
        (None, "share"),
        ("", "yuan"),
    ],
)
def test_a_missing_or_wrong_unit_names_the_right_one(said: Any, unit: str) -> None:
    with pytest.raises(WrongUnit) as caught:
        quantity(said, unit)
    for lang in ("zh", "en"):
        told = caught.value.text.of(lang)
        assert NAMES[unit].of(lang) in told
        assert EXAMPLES[unit].of(lang) in told


@pytest.mark.parametrize("unit", UNITS)
def test_the_examples_of_a_unit_are_quantities_of_it(unit: str) -> None:
    for text in EXAMPLES[unit]:
        for example in text.replace(" or ", " 或 ").split(" 或 "):
            quantity(float(example) if unit in BARE else example, unit)


@given(st.sampled_from(UNITS), st.integers(0, 10**6), st.sampled_from(["zh", "en"]))
def test_what_is_written_is_read_back(unit: str, thousandths: int, lang: str) -> None:
    value = float(thousandths > 500_000) if unit == "flag" else thousandths / 1000
    said: Any = written(value, unit).of(lang)
    back = quantity(float(said) if unit in BARE else said, unit).value
    assert back == pytest.approx(value, rel=1e-5)


@given(
    st.sampled_from(UNITS),
    st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none()),
)
def test_whatever_is_given_is_a_quantity_or_a_wrong_unit(unit: str, said: Any) -> None:
    try:
        assert isinstance(quantity(said, unit).value, float)
    except WrongUnit as error:
        assert error.text.zh and error.text.en


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("八十五", 85),
        ("十", 10),
        ("十二点五", 12.5),
        ("一百", 100),
        ("百", 100),
        ("二十", 20),
        ("零", 0),
        ("7", 7),
    ],
)
def test_chinese_numbers(words: str, value: float) -> None:
    assert chinese_number(words) == pytest.approx(value)


@pytest.mark.parametrize("words", ["", "点", "十点", "五八", "百十百"])
def test_what_is_no_chinese_number(words: str) -> None:
    assert chinese_number(words) is None


def test_values_are_shown_with_their_unit() -> None:
    assert shown(1_500_000, "yuan per year") == ("150万元每年", "1500000 yuan per year")
    assert shown(3, "posts") == ("3个岗位", "3 posts")
    assert shown(0.853, "share") == ("85.3%", "85.3 %")
    assert shown(2.5, "ratio") == ("2.5 ratio", "2.5 ratio")
