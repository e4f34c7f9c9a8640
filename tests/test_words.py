"""Numbers, dates and lines as people read them, and the table of targets."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from miaopu.outputs import tables, words
from miaopu.tests import synthetic


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        (lambda lang: words.percent(0.85, lang), "85%", "85 %"),
        (lambda lang: words.threshold(0.875, lang), "87.5%", "87.5 %"),
        (lambda lang: words.chance(0.0, lang), "0%", "0 %"),
        (lambda lang: words.chance(0.001, lang), "<1%", "<1 %"),
        (lambda lang: words.chance(0.999, lang), ">99%", ">99 %"),
        (lambda lang: words.chance(math.nan, lang), "—", "—"),
        (
            lambda lang: words.chance_with_interval(0.32, 0.24, 0.41, lang),
            "32%（24%～41%）",
            "32 % (24–41 %)",
        ),
        (lambda lang: words.month_name(2025, 12, lang), "2025年12月", "December 2025"),
        (lambda lang: words.quantity(3.5e6, "yuan per year", lang), "350万元", "3.50 million yuan"),
        (lambda lang: words.quantity(2.5e9, "yuan", lang), "25亿元", "2,500 million yuan"),
        (lambda lang: words.quantity(62.6, "count", lang), "63", "63"),
        (lambda lang: words.quantity(0.05, "count", lang), "0.1", "0.1"),
        (lambda lang: words.quantity(1234.4, "count", lang), "1,234", "1,234"),
        (lambda lang: words.quantity(0.0456, "share", lang), "4.6%", "4.6 %"),
        (lambda lang: words.quantity(0.456, "score", lang), "0.46", "0.46"),
        (lambda lang: words.number(-2.0, lang), "−2", "−2"),
        (lambda lang: words.number(97_016.0, lang), "9.70万", "97,016"),
        (lambda lang: words.number(1_243_000.0, lang), "124万", "1,243,000"),
    ],
)
def test_values_in_both_languages(said, zh: str, en: str) -> None:
    assert said("zh") == zh and said("en") == en


def test_lines_break_where_they_may() -> None:
    assert words.wrap("街道（乡镇）枢纽覆盖率，达到85%。", 8, len) == [
        "街道（乡镇）枢纽",
        "覆盖率，达到",
        "85%。",
    ]
    assert words.wrap("by the end of 2025", 10, len) == ["by the end", "of 2025"]
    assert words.wrap("", 10, len) == []
    for width in range(4, 30):
        lines = words.wrap("到2025年12月底，名义口径（挂牌即计）中位数69%。", width, len)
        assert "".join(lines) == "到2025年12月底，名义口径（挂牌即计）中位数69%。"
        assert not any(line[0] in words.NEVER_FIRST or line[-1] in words.NEVER_LAST for line in lines)


def test_the_table_of_targets(tmp_path: Path) -> None:
    results = synthetic.make(tmp_path / "r", draws=5, replicates=2)
    for lang in ("zh", "en"):
        rows = tables.targets_table(results, lang)
        assert len(rows) == 1 + len(results.targets) and {len(row) for row in rows} == {6}
    chinese = tables.targets_table(results, "zh")
    assert chinese[1][:4] == ["85%以上的街道有枢纽型组织", "名义口径", "≥ 85%", "2025年12月"]
    assert chinese[4][3] == "每年" and chinese[3][2] == "≥ 1,800"
    said = "".join(tables.notes(results, "zh"))
    assert "参数不确定性" in said and "次数偏少" in said and "实效口径" in said


def test_no_targets_no_table(tmp_path: Path) -> None:
    results = synthetic.make(tmp_path / "r", draws=2, aims=False)
    assert tables.targets_table(results, "en") == []
    assert tables.notes(results, "zh") == ["本情景未设目标。", "参数全部取自先验（未经校准）。"]
