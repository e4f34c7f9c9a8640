"""What the plan does is what differs from the same place without it, and only where that is told from zero."""

from __future__ import annotations

from typing import Any

import pytest

from miaopu.outputs.brief.findings import Chance, Findings
from miaopu.outputs.brief.sentences.baseline import anyway, baseline, gain
from miaopu.tests.brief.made import (
    NOMINAL,
    made_brands,
    made_chance,
    made_change,
    made_effective,
    made_findings,
    made_option,
    made_source,
    made_spread,
    made_target,
)

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def told(findings: Findings, lang: str) -> str:
    """All that is said of the baseline."""
    return "".join(said.text for said in baseline(findings, lang))


def beside(base: Chance | None, **more: Any) -> Findings:
    """A plan's target beside what it is without the plan."""
    return made_findings(targets=(made_target(baseline=base, **more),))


def compared(change: float, half: float = 0.02) -> Findings:
    """A comparison in which the baseline differs from the plan by `change`."""
    options = (
        made_option("plan", "base"),
        made_option("none", "baseline", chances={NOMINAL: made_chance(0.5)},
                    chance_changes={NOMINAL: made_change(change, half)}),
    )  # fmt: skip
    return made_findings(options=options)


def test_the_gain_is_the_plan_less_the_baseline() -> None:
    findings = compared(-0.3, 0.1)
    found = gain(findings, findings.targets[0])
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.3, 0.2, 0.4))


def test_without_pairs_the_gain_is_as_wide_as_both_intervals_allow() -> None:
    findings = beside(made_chance(0.5, 0.4, 0.6), chance=made_chance(0.7, 0.65, 0.75))
    found = gain(findings, findings.targets[0])
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.05, 0.35))


@BOTH
@pytest.mark.parametrize(("change", "word"), [(-0.021, "up"), (-0.019, "same"), (0.019, "same"), (0.021, "down")])
def test_a_difference_counts_where_its_interval_leaves_out_zero(lang: str, change: float, word: str) -> None:
    said = told(compared(change), lang)
    words = {
        "up": {"zh": "计划使达标概率提高", "en": "The plan adds"},
        "same": {"zh": "与零无法区分", "en": "not told apart from zero"},
        "down": {"zh": "反而使达标概率降低", "en": "The plan takes"},
    }
    assert [name for name, text in words.items() if text[lang] in said] == [word]


@BOTH
@pytest.mark.parametrize(("high", "clear"), [(0.90, True), (0.92, False)])
def test_unpaired_intervals_must_not_touch(lang: str, high: float, clear: bool) -> None:
    said = told(beside(made_chance(0.8, 0.7, high), chance=made_chance(0.94, 0.91, 0.97)), lang)
    assert ({"zh": "计划使达标概率提高", "en": "The plan adds"}[lang] in said) == clear


@BOTH
@pytest.mark.parametrize(("low", "already"), [(0.66, True), (0.65, False)])
def test_a_target_that_is_met_anyway_is_said_to_be_so(lang: str, low: float, already: bool) -> None:
    findings = beside(made_chance(0.9, low, 0.97))
    assert anyway(findings, findings.targets[0]) == already
    assert ({"zh": "枢纽覆盖率也", "en": "met anyway"}[lang] in told(findings, lang)) == already


@BOTH
def test_the_figures_stand_in_both_ways_of_counting(lang: str) -> None:
    rows = (
        made_target(baseline=made_chance(0.02), baseline_outcome=made_spread(0.49, error=0.02)),
        made_effective(baseline_outcome=made_spread(0.081, error=0.012)),
    )
    said = told(made_findings(targets=rows), lang)
    assert {
        "zh": "名义口径49%、实效口径8%，实施计划则为90%、65%",
        "en": "nominal 49 % and effective 8 % against 90 % and 65 %",
    }[lang] in said
    assert {"zh": "预计", "en": "expected"}[lang] not in told(beside(made_chance(0.02)), lang)


@BOTH
def test_a_second_target_that_cannot_be_told_apart_is_named(lang: str) -> None:
    rows = (made_target(baseline=made_chance(0.02)), made_brands(baseline=made_chance(0.45, 0.3, 0.6)))
    said = told(made_findings(targets=rows), lang)
    assert {"zh": "品牌组织数有无计划的差别与零无法区分", "en": "For brand organizations the plan's effect"}[
        lang
    ] in said


@BOTH
@pytest.mark.parametrize(("draws", "warned"), [(29, True), (30, False)])
def test_few_draws_of_the_baseline_are_said(lang: str, draws: int, warned: bool) -> None:
    said = told(beside(made_chance(0.02, draws=draws)), lang)
    assert ({"zh": f"只推演了{draws}组", "en": f"only {draws} parameter draws"}[lang] in said) == warned


@BOTH
def test_where_no_baseline_was_run_the_command_is_named(lang: str) -> None:
    assert "miaopu forecast" in told(beside(None), lang)
    assert baseline(made_findings(targets=()), lang) == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_differences_from_other_runs_than_the_tables_are_said_to_be_so(lang: str) -> None:
    without = made_option("none", "baseline", chance_changes={NOMINAL: made_change(-0.5)})
    for kind, said_so in (("forecast", True), ("compare", False)):
        found = made_findings(options=(made_option("plan", "base"), without), sources=(made_source(kind),))
        told = "".join(one.text for one in baseline(found, lang))
        assert ({"zh": "另一批推演", "en": "pairs of other runs"}[lang] in told) == said_so
