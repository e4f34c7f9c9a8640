"""Parts of sentences: amounts to one digit of their error, medians no finer than theirs."""

from __future__ import annotations

import pytest

from miaopu.outputs.brief.findings import Change
from miaopu.outputs.brief.sentences.parts import amount, figure, goal, listed, paragraph, required, strong, task
from miaopu.tests.brief.made import made_brands, made_spread, made_target


@pytest.mark.parametrize(
    ("change", "unit", "zh", "en"),
    [
        (Change(0.0147, 0.0105, 0.0189), "share", "1.5个百分点（1.1～1.9）", "1.5 points (1.1–1.9)"),
        (Change(-0.96, -1.0, -0.92), "share", "96个百分点（92～100）", "96 points (92–100)"),
        (Change(0.45, 0.25, 0.65), "share", "45个百分点（25～65）", "45 points (25–65)"),
        (Change(-0.55, -0.734, -0.366), "count", "0.55（0.37～0.73）", "0.55 (0.37–0.73)"),
        (Change(1.0, 1.0, 1.0), "share", "100个百分点", "100 points"),
        (
            Change(-2.32e8, -2.36e8, -2.29e8),
            "yuan",
            "2.32亿元（2.29～2.36）",
            "232 million yuan (229–236)",
        ),
    ],
)
def test_a_difference_has_one_digit_of_its_error_and_no_sign(change: Change, unit: str, zh: str, en: str) -> None:
    assert amount(change, unit, "zh") == zh
    assert amount(change, unit, "en") == en


@pytest.mark.parametrize(
    ("value", "error", "unit", "said"),
    [(0.081, 0.012, "share", "8%"), (0.081, 0.001, "share", "8.1%"), (0.657, 0.2, "share", "70%"),
     (286.4, 8.4, "count", "286"), (286.4, 64.0, "count", "290")],
)  # fmt: skip
def test_a_median_is_no_finer_than_its_error(value: float, error: float, unit: str, said: str) -> None:
    assert figure(made_spread(value, error=error), unit, "zh") == said


def test_what_is_asked_for_each_place_and_year() -> None:
    row = made_brands(scope="every prefecture: 3", deadline="every year")
    assert required(row, "zh") == "≥ 1，至少3个市州，每年"
    assert required(row, "en") == "≥ 1, in 3 prefectures, every year"
    assert task(row, "en") == "at least 1 in 3 prefectures every year"
    assert goal(row) == "每年至少3个市州品牌组织数不少于1"


def test_all_of_a_share_is_not_at_least_all() -> None:
    assert task(made_target(threshold=1.0), "en") == "100 % by December 2025"
    assert task(made_target(threshold=0.875), "en") == "at least 87.5 % by December 2025"


def test_a_known_deadline_is_not_told_again() -> None:
    assert task(made_brands(), "zh", known="2025-12") == "每个区县不少于1"
    assert task(made_brands(), "zh", known="2024-12") == "2025年12月底每个区县不少于1"


def test_key_words_are_bold_and_the_rest_is_not() -> None:
    made = paragraph(f"预计{strong('很可能')}实现")
    assert [(run.text, run.bold) for run in made.runs] == [("预计", False), ("很可能", True), ("实现", False)]


def test_names_are_listed_as_each_language_does() -> None:
    assert listed(["a"], "en") == "a"
    assert listed(["a", "b", "c"], "en") == "a, b and c"
    assert listed(["甲", "乙", "丙"], "zh") == "甲、乙和丙"
