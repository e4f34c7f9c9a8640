"""How sure a brief is: numbers no finer than their intervals, and every weakness of the runs is said."""

from __future__ import annotations

from math import nan

import pytest

from miaopu.outputs.brief.findings import Findings
from miaopu.outputs.brief.sentences.certainty import about, certainty, odds, sure
from miaopu.tests.brief.made import made_brands, made_chance, made_findings, made_source, made_target

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def told(findings: Findings, lang: str) -> str:
    """The paragraph on certainty."""
    return "".join(said.text for said in certainty(findings, lang))


@pytest.mark.parametrize(
    ("value", "low", "high", "zh", "en"),
    [
        (0.946, 0.909, 0.976, "95%", "95 %"),
        (0.523, 0.474, 0.572, "52%", "52 %"),
        (0.523, 0.472, 0.574, "约50%", "about 50 %"),
        (0.533, 0.40, 0.66, "约55%", "about 55 %"),
        (0.98, 0.85, 1.0, "约95%", "about 95 %"),
        (0.02, 0.0, 0.12, "约5%", "about 5 %"),
        (1.0, 0.88, 1.0, "100%", "100 %"),
        (0.0, 0.0, 0.12, "0%", "0 %"),
        (nan, nan, nan, "—", "—"),
    ],
)
def test_a_probability_is_no_finer_than_its_interval(value: float, low: float, high: float, zh: str, en: str) -> None:
    chance = made_chance(value, low, high)
    assert about(chance, "zh") == zh
    assert about(chance, "en") == en


def test_intervals_stand_beside_probabilities() -> None:
    chance = made_chance(0.523, 0.40, 0.66)
    assert sure(chance, "zh") == "约50%，区间40%～66%"
    assert sure(chance, "en") == "about 50 %, interval 40–66 %"
    assert odds(chance, "zh") == "约50%（40%～66%）"
    assert odds(made_chance(nan, nan, nan), "en") == "—"


@BOTH
def test_what_the_intervals_cover_and_leave_out_is_said(lang: str) -> None:
    said = told(made_findings(), lang)
    assert {"zh": "涵盖参数不确定性与随机性", "en": "over parameters and chance"}[lang] in said
    assert {"zh": "模型规则", "en": "model's rules may be wrong"}[lang] in said


@BOTH
def test_the_size_of_the_forecast_is_said(lang: str) -> None:
    said = told(made_findings(targets=(made_target(chance=made_chance(draws=50, runs=1000)),)), lang)
    assert {"zh": "50组参数抽样、每组重复20次，共1000次", "en": "50 parameter draws with 20 replicates each, 1,000"}[
        lang
    ] in said


@BOTH
@pytest.mark.parametrize(("draws", "runs", "warned"), [(29, 1000, True), (30, 199, True), (30, 200, False)])
def test_few_runs_are_called_few(lang: str, draws: int, runs: int, warned: bool) -> None:
    said = told(made_findings(targets=(made_target(chance=made_chance(draws=draws, runs=runs)),)), lang)
    assert ({"zh": "次数偏少", "en": "That is few"}[lang] in said) == warned


@BOTH
def test_it_says_how_far_the_intervals_reach(lang: str) -> None:
    row = made_brands(chance=made_chance(0.5, 0.42, 0.58))
    one, both = made_findings(), made_findings(targets=(made_target(chance=made_chance(0.9, 0.875, 0.925)), row))
    assert {"zh": "半宽3个百分点", "en": "reach 3 points"}[lang] in told(one, lang)
    assert {"zh": "半宽3～8个百分点", "en": "reach 3–8 points"}[lang] in told(both, lang)


@BOTH
@pytest.mark.parametrize(("half", "wide"), [(0.10, False), (0.11, True)])
def test_a_wide_interval_is_called_wide(lang: str, half: float, wide: bool) -> None:
    row = made_brands(chance=made_chance(0.5, 0.5 - half, 0.5 + half))
    said = told(made_findings(targets=(made_target(), row)), lang)
    assert ({"zh": "品牌组织数的区间较宽", "en": "brand organizations is wide"}[lang] in said) == wide


@BOTH
@pytest.mark.parametrize("failed", [0, 1, 3])
def test_failed_runs_are_counted(lang: str, failed: int) -> None:
    said = told(made_findings(sources=(made_source(failed=failed),)), lang)
    assert ({"zh": f"另有{failed}次推演失败", "en": f"{failed} more run"}[lang] in said) == (failed > 0)


@BOTH
def test_it_says_where_the_parameters_come_from(lang: str) -> None:
    assert {"zh": "先验", "en": "priors"}[lang] in told(made_findings(), lang)


@BOTH
def test_without_targets_there_is_nothing_to_be_sure_of(lang: str) -> None:
    assert certainty(made_findings(targets=()), lang) == ()
