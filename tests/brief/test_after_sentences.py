"""After the deadline a figure falls or rises only where the interval of its change leaves out zero."""

from __future__ import annotations

import pytest

from miaopu.model.text import Text
from miaopu.outputs.brief.sentences.after import after
from miaopu.tests.brief.made import made_after, made_change, made_findings, made_spread, made_target

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])
WORDS = {
    "falls": {"zh": "降至", "en": " down from"},
    "rises": {"zh": "升至", "en": " up from"},
    "holds": {"zh": "与零无法区分", "en": "told apart from zero"},
}


@BOTH
@pytest.mark.parametrize(("change", "word"), [(-0.021, "falls"), (-0.019, "holds"), (0.019, "holds"), (0.021, "rises")])
def test_only_a_change_told_from_zero_is_called_one(lang: str, change: float, word: str) -> None:
    row = made_after(change=made_change(change), at_end=made_spread(0.95 + 3 * change))
    said = after(made_findings(after=(row,)), lang)[0].text
    assert [name for name, text in WORDS.items() if text[lang] in said] == [word]


@BOTH
def test_both_dates_and_the_size_of_the_change_are_told(lang: str) -> None:
    said = after(made_findings(after=(made_after(),)), lang)[0].text
    parts = {
        "zh": ("2025年12月", "2027年12月", "95%", "85%", "10个百分点（8～12）"),
        "en": ("December 2025", "December 2027", "95 %", "85 %", "10 points (8–12)"),
    }
    assert all(part in said for part in parts[lang])


@BOTH
def test_a_change_too_small_for_whole_per_cents_is_told_by_its_size(lang: str) -> None:
    row = made_after(at_deadline=made_spread(0.95), at_end=made_spread(0.951), change=made_change(0.002, 0.001))
    said = after(made_findings(after=(row,)), lang)[0].text
    assert {"zh": "略升", "en": "up by 0.2 points"}[lang] in said
    assert {"zh": "由95%", "en": "from 95 %"}[lang] not in said


@BOTH
def test_what_falls_goes_before_what_rises(lang: str) -> None:
    up = made_after(label=Text("能力", "capability"), change=made_change(0.1), at_end=made_spread(0.99))
    said = after(made_findings(after=(up, made_after())), lang)[0].text
    assert said.index({"zh": "降至", "en": "down"}[lang]) < said.index({"zh": "升至", "en": " up "}[lang])


@BOTH
def test_where_the_runs_end_with_the_deadline_that_is_said(lang: str) -> None:
    assert "miaopu forecast" in after(made_findings(), lang)[0].text
    assert after(made_findings(targets=(made_target(deadline="every year"),)), lang) == ()
