"""When runs are enough: the schedule, the reasons, and the promise that looking often does not deceive."""

from __future__ import annotations

import json

import numpy as np
import pytest

from miaopu.experiments.analysis.estimates import difference_of, strict_probability
from miaopu.experiments.analysis.outcomes import Outcome
from miaopu.experiments.analysis.stopping import Rule, looks, next_number, record, sentence, strict_level, verdict
from miaopu.model.text import Text

# With 1,000 cases an error that is truly .05 is seen above .067 less than once in 100 tests.
CASES, MOST_SEEN = 1000, 0.067


def _outcome(values: np.ndarray, kind: str = "reached") -> Outcome:
    return Outcome("hubs.nominal.reached", Text("枢纽", "hubs"), "share", kind, np.asarray(values, float)[:, None])


def _reached(of_a_hundred: int, draws: int) -> np.ndarray:
    return (np.arange(draws) % 100 < of_a_hundred).astype(float)[None, :, None]


def test_looks_double_from_the_start_and_end_at_the_most() -> None:
    rule = Rule(0.02, None, 500)
    assert looks(rule) == [20, 40, 80, 160, 320, 500]
    assert [next_number(rule, n) for n in (0, 20, 50, 320, 500, 600)] == [20, 40, 80, 500, None, None]
    assert looks(Rule(0.02, None, 15)) == [15]
    assert strict_level(rule) == pytest.approx(1 - 0.05 / 6)


@pytest.mark.parametrize("wrong", [(None, None, 100), (0.0, None, 100), (-0.1, 0.5, 100), (0.1, None, 1)])
def test_a_rule_that_cannot_stop_is_refused(wrong: tuple[float | None, float | None, int]) -> None:
    with pytest.raises(ValueError, match=r"a rule needs|half a width"):
        Rule(*wrong)


def test_a_narrow_interval_is_enough_and_a_wide_one_is_not() -> None:
    rule = Rule(0.05, None, 1000)
    wide, narrow = (verdict(rule, _outcome(_reached(50, n)), 0) for n in (100, 400))
    assert (wide.sure, wide.why, wide.level) == (False, "going_on", 0.95)
    assert (narrow.sure, narrow.why, narrow.n) == (True, "narrow", 400)
    assert narrow.half_width <= 0.05 < wide.half_width


def test_a_threshold_far_away_is_decided_early_and_one_close_by_is_not() -> None:
    rule = Rule(None, 0.5, 640)
    far, close = (verdict(rule, _outcome(_reached(share, 100)), 0) for share in (90, 58))
    assert (far.sure, far.why) == (True, "excluded")
    assert far.low > 0.5
    assert (close.sure, close.why) == (False, "going_on")
    assert far.level == close.level == strict_level(rule)


def test_what_convinces_once_does_not_convince_at_one_of_many_looks() -> None:
    """61 of 100 excludes one half at 95 %, but not if one looks six times."""
    reached = _outcome(_reached(61, 100))
    assert verdict(Rule(None, 0.5, 100, start=100), reached, 0).sure
    assert not verdict(Rule(None, 0.5, 640), reached, 0).sure


def test_when_all_is_spent_it_says_so() -> None:
    found = verdict(Rule(0.01, 0.5, 100), _outcome(_reached(50, 100)), 0)
    assert (found.sure, found.why) == (False, "spent")
    assert "用完" in found.reason.zh


def test_a_difference_is_judged_by_its_pairs() -> None:
    """Each draw's luck is wide, the gain the same for all: alone neither is known well, the difference is."""
    rng = np.random.default_rng(1)
    base = rng.normal(0.5, 0.2, (40, 1))
    both = _outcome(np.stack([base, base + 0.02 + rng.normal(0, 0.01, (40, 1))]), "measured")
    rule = Rule(None, 0.0, 640)
    assert verdict(rule, both, 1, against=0).why == "excluded"
    assert verdict(rule, both, 1, against=0).value == pytest.approx(0.02, abs=0.006)
    assert not verdict(Rule(0.02, None, 640), both, 1).sure
    assert "个百分点" in verdict(rule, both, 1, against=0).reason.zh


def test_replicates_are_the_units_where_no_parameter_varies() -> None:
    reached = _outcome(_reached(50, 400).reshape(1, 1, 400))
    assert verdict(Rule(0.05, None, 400), reached, 0, varies=False).why == "narrow"
    assert verdict(Rule(0.01, None, 400), reached, 0, varies=False).why == "spent"


def test_nothing_is_decided_by_runs_that_failed() -> None:
    found = verdict(Rule(0.5, 0.5, 100), _outcome(np.full((1, 20, 2), np.nan)), 0)
    assert (found.sure, found.why, found.n) == (False, "nothing", 0)
    json.dumps(record(Rule(0.5, 0.5, 100), found), allow_nan=False)


def test_rule_number_and_precision_are_told() -> None:
    rule = Rule(0.05, 0.5, 640)
    found = verdict(rule, _outcome(_reached(90, 160)), 0)
    told = record(rule, found)
    assert (told["units"], told["most"], told["sure"], told["why"]) == (160, 640, True, "excluded")
    assert told["reached"]["half_width"] == found.half_width
    json.dumps(told, allow_nan=False)
    said = sentence(rule, found)
    assert said.zh.startswith("已可下结论：推演 160 组参数（上限 640），99.17% 区间为")
    assert "after 160 parameter draws (at most 640)" in said.en
    assert "50%" in said.zh
    assert "50 %" in said.en


@pytest.mark.parametrize("replicates", [1, 10])
@pytest.mark.parametrize("shape", [(0.3, 0.3), (5.0, 5.0), (9.0, 1.0), (0.9, 0.1)])
def test_looking_often_seldom_excludes_the_true_probability(replicates: int, shape: tuple[float, float]) -> None:
    """Five looks at draws whose chances differ, the threshold at the truth: wrong in at most 5 of 100 studies."""
    truth = shape[0] / sum(shape)
    rng, rule = np.random.default_rng(20250101), Rule(None, truth, 320)
    wrong = 0
    for _ in range(CASES):
        runs = (rng.random((1, 320, replicates)) < rng.beta(*shape, 320)[:, None]) * 1.0
        ends = (strict_probability(runs[:, :n], True, strict_level(rule)) for n in looks(rule))
        wrong += any(not low <= truth <= high for low, high in ends)
    assert wrong / CASES <= MOST_SEEN


@pytest.mark.parametrize(("replicates", "corrected"), [(1, True), (10, True), (10, False)])
def test_looking_often_seldom_finds_a_difference_where_there_is_none(replicates: int, corrected: bool) -> None:
    """Two policies of the same chance and different luck; uncorrected, five looks deceive far more often."""
    rng, rule = np.random.default_rng(20250102), Rule(None, 0.0, 320)
    level, wrong = strict_level(rule) if corrected else 0.95, 0
    for _ in range(CASES):
        chance = rng.beta(5, 5, 320)[:, None]
        base, other = ((rng.random((1, 320, replicates)) < chance) * 1.0 for _ in range(2))
        found = (difference_of(base[:, :n], other[:, :n], "reached", True, level) for n in looks(rule))
        wrong += any(not one.low <= 0 <= one.high for one in found)
    assert (wrong / CASES <= MOST_SEEN) == corrected
