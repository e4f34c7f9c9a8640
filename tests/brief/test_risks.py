"""Claims about what would change the conclusion."""

from __future__ import annotations

from math import nan

import pytest

from miaopu.model.text import LANGUAGES
from miaopu.outputs.brief.document import Bullets
from miaopu.outputs.brief.findings import Findings
from miaopu.outputs.brief.sentences.grid_words import grid
from miaopu.outputs.brief.sentences.risks import assumed, effective, few_runs, readings, risks, rivals
from miaopu.tests.brief.made import (
    EFFECTIVE,
    made_assumption,
    made_brands,
    made_calibration,
    made_chance,
    made_change,
    made_effective,
    made_findings,
    made_grid,
    made_target,
)


def on_grid(lang: str, **more: object) -> str:
    return grid(made_findings(grid=made_grid(**more)), lang)


def test_the_grid_tells_lowest_and_highest_and_where() -> None:
    assert "最低10%（起点10%、督办强度0.05），最高100%（起点50%、督办强度0.4），均为点估计" in on_grid("zh")
    assert "from 10 % (start 10 %, order 0.05) to 100 % (start 50 %, order 0.4), on point" in on_grid("en")
    assert "都是94%" in on_grid("zh", worst=0.94, best=0.944) and "都是" not in on_grid("zh", worst=0.94, best=0.95)
    assert "is 94 %" in on_grid("en", worst=0.94, best=0.944)
    for lang in LANGUAGES:
        assert grid(made_findings(), lang) == "" and on_grid(lang, worst=nan) == ""


def test_the_start_that_is_needed_is_told_where_it_matters() -> None:
    assert "起点覆盖率在20%以上，达标概率才不低于66%" in on_grid("zh") and "a start of 20 % or more" in on_grid("en")
    assert "所试最低的起点（10%）也不低于66%" in on_grid("zh", needed=0.1)
    assert "even the lowest start tried (10 %)" in on_grid("en", needed=0.1)
    assert "各起点的达标概率都不到66%" in on_grid("zh", needed=nan)
    assert "no start on the grid" in on_grid("en", needed=nan)


@pytest.mark.parametrize(
    ("worst", "best", "zh", "en"),
    [(0.66, 0.9, "都不低于66%", "nowhere below 66 %"), (0.1, 0.33, "都不高于33%", "nowhere above 33 %"),
     (0.65, 0.9, "才不低于66%", "it takes a start"), (0.1, 0.34, "才不低于66%", "it takes a start")],
)  # fmt: skip
def test_an_answer_that_holds_all_over_the_grid_is_told(worst: float, best: float, zh: str, en: str) -> None:
    assert zh in on_grid("zh", worst=worst, best=best) and en in on_grid("en", worst=worst, best=best)


def test_assumptions_are_told_where_their_effect_is_clear_with_the_word_where_it_changes() -> None:
    moved = made_findings(assumptions=(made_assumption(),))
    assert "由79%变为99%（相差20个百分点，17～23），由“较有可能”变为“几乎肯定”" in assumed(moved, "zh")
    assert "from 79 % to 99 % (by 20 points, 17–23), from \"likely\" to \"virtually certain\"" in assumed(moved, "en")
    assert "点估计" in assumed(moved, "zh") and "point estimates" in assumed(moved, "en")
    same = made_findings(assumptions=(made_assumption(at_low=0.70, at_high=0.89),))
    assert "由70%变为89%" in assumed(same, "zh") and "较有可能" not in assumed(same, "zh")
    assert '"likely"' not in assumed(same, "en")
    for lang in LANGUAGES:
        hazy = made_findings(assumptions=(made_assumption(difference=made_change(0.2, 0.21)),))
        assert assumed(hazy, lang) == ""


def test_of_each_target_the_largest_effect_is_told() -> None:
    rows = (made_assumption("a"), made_assumption("b", difference=made_change(0.3)),
            made_assumption("c", target="brands.all", difference=made_change(0.5)),
            made_assumption("d", target=EFFECTIVE, difference=made_change(0.9)))  # fmt: skip
    targets = (made_target(), made_effective(), made_brands())
    told = assumed(made_findings(targets=targets, assumptions=rows), "zh")
    assert "相差30个" in told and "相差50个" in told and "相差20个" not in told and "相差90个" not in told


def test_counting_by_effect_is_a_risk_where_a_target_is_met_by_name_only() -> None:
    def told(name: float, effect: float, lang: str) -> str:
        by_name, by_effect = made_target(chance=made_chance(name)), made_effective(chance=made_chance(effect))
        return effective(by_name, made_findings(targets=(by_name, by_effect)), lang)

    assert "中位数由90%变为65%" in told(0.7, 0.02, "zh") and "from 90 % to 65 %" in told(0.7, 0.02, "en")
    for lang in LANGUAGES:
        assert told(0.67, 0.02, lang) == ""  # its interval goes below likely
        assert told(0.94, 0.7, lang) == ""
        assert effective(made_target(), made_findings(), lang) == ""


def test_the_reading_of_a_clause_is_told_and_that_another_was_not_run() -> None:
    found = made_findings(targets=(made_target(reading="whole_place"),))
    assert "SZ-01i 街道枢纽覆盖率按“全域合计取整”计" in readings(found, "zh") and "重新推演" in readings(found, "zh")
    assert '"rounded for the whole place"' in readings(found, "en") and "new runs" in readings(found, "en")
    assert readings(made_findings(), "zh") == ""


def test_rival_rules_are_open_or_ruled_out() -> None:
    assert "1种其他规则：“模仿”" in rivals(made_calibration(), "zh")
    assert "有1组确定互换" in rivals(made_calibration(), "zh")
    assert "1 rival rule open" in rivals(made_calibration(), "en")
    assert "1 of 12 pairs of policies surely changes places" in rivals(made_calibration(), "en")
    stands = made_calibration(rankings_changed=0)
    assert "无一确定互换" in rivals(stands, "zh") and "none of 12" in rivals(stands, "en")
    closed = made_calibration(rivals_open=())
    assert "均被数据排除" in rivals(closed, "zh") and "rule out every" in rivals(closed, "en")
    assert rivals(made_calibration(rivals_open=(), rivals_excluded=()), "zh") == ""
    assert "排序" not in rivals(made_calibration(rankings=0), "zh")


def test_few_runs_are_a_risk_with_the_width_that_they_leave() -> None:
    def found(draws: int, runs: int) -> Findings:
        return made_findings(targets=(made_target(chance=made_chance(0.8, 0.6, 0.9, draws, runs)),))

    for draws, runs, few in ((29, 1000, True), (30, 200, False), (100, 199, True)):
        assert ("宽30个百分点" in few_runs(found(draws, runs), "zh")) is few
        assert ("30 points wide" in few_runs(found(draws, runs), "en")) is few


def test_risks_are_items_of_one_list_or_a_sentence_that_none_was_found() -> None:
    (listed,) = risks(made_findings(grid=made_grid(), assumptions=(made_assumption(),)), "zh")
    assert isinstance(listed, Bullets) and len(listed.items) == 2
    (none,) = risks(made_findings(), "en")
    assert not isinstance(none, Bullets) and "Nothing that was examined" in none.text
    assert risks(made_findings(targets=(), grid=made_grid()), "zh") == ()
