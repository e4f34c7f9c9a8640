"""Claims about the box on method: runs, intervals, calibration in figures, and what the model is not for."""

from __future__ import annotations

from miaopu.model.text import LANGUAGES, Text
from miaopu.outputs.brief.sentences.method import calibration, covered, limits, method, modest, origin_table, runs, size
from miaopu.tests.brief.made import made_calibration, made_findings, made_source, made_target


def test_draws_replicates_runs_and_losses_are_told() -> None:
    assert size(made_source(), "zh") == "预测取参数100组、每组重复10次，共推演1000次，种子1。"
    assert "Forecast: 100 parameter draws" in size(made_source(), "en") and "1,000 runs" in size(made_source(), "en")
    assert "失败" not in size(made_source(), "zh") and "另有3次失败" in size(made_source(failed=3), "zh")
    assert "(3 more failed and are left out)" in size(made_source(failed=3), "en")
    assert "取参数" not in size(made_source(draws=1), "zh") and "draws" not in size(made_source(draws=1), "en")


def test_where_parameters_come_from_is_told_once() -> None:
    found = made_findings(sources=(made_source(), made_source("compare")))
    assert runs(found, "zh").count("先验") == 1 and runs(found, "en").count("priors") == 1
    fitted = made_source("calibration", parameters=Text("参数自行拟合。", "Parameters of its own."))
    found = made_findings(sources=(made_source(), fitted))
    assert "自行拟合" not in runs(found, "zh") and "of its own" not in runs(found, "en")


def test_what_intervals_cover_is_told_once_with_the_ways_in_which_they_were_made() -> None:
    assert covered(["甲（一）", "甲（二）", "甲（一）", "乙"], "zh") == "甲（一；二）；乙"
    assert covered(["a (one)", "a (two)"], "en") == "a (one; two)" and covered([], "zh") == ""
    assert "区间" not in runs(made_findings(targets=()), "zh")


def test_the_calibration_is_told_in_figures_or_said_to_be_missing() -> None:
    told = calibration(made_calibration(), "zh")
    assert "18项观测拟合22个参数" in told and "回测6个序列" in told and "有4个" in told
    assert "重现8条、部分重现2条、未重现1条" in told
    english = calibration(made_calibration(), "en")
    assert "Of 6 past series the model forecasts 4" in english and "reproduces 8, partly 2, and fails on 1" in english
    bare = made_calibration(hindcasts=0, hindcasts_won=0, patterns={})
    assert "回测" not in calibration(bare, "zh") and "规律" not in calibration(bare, "zh")
    assert "未附校准结果" in calibration(None, "zh") and "No calibration" in calibration(None, "en")


def test_a_model_that_loses_to_naive_forecasts_says_so() -> None:
    for won, warned in ((3, True), (4, False)):
        found = made_calibration(hindcasts=6, hindcasts_won=won)
        assert ("不宜看重绝对数值" in modest(found, "zh")) is warned
        assert ("not by levels" in modest(found, "en")) is warned
    assert modest(made_calibration(hindcasts=0, hindcasts_won=0), "zh") == ""


def test_the_box_says_what_the_model_is_not_for_and_the_scale_of_words() -> None:
    for lang in LANGUAGES:
        told = [paragraph.text for paragraph in method(made_findings(), lang)]
        assert any(limits(lang) in text for text in told)
    assert "干部考核" in limits("zh") and "rating officials" in limits("en")
    with_targets, without = (len(method(made_findings(targets=given), "zh")) for given in ((made_target(),), ()))
    assert with_targets == without + 1


def test_every_folder_stands_in_the_table_of_origins() -> None:
    sources = (made_source(), made_source("calibration", date="", run_id="ffff0000", command=""))
    table = origin_table(made_findings(sources=sources), "zh")
    assert table.rows[0] == ("预测", "示例市计划", "0a1b2c3d", "2026-11-22", "0.5", "1000", "miaopu forecast town")
    assert table.rows[1][0] == "校准" and table.rows[1][3] == table.rows[1][6] == "—"
    english = origin_table(made_findings(), "en")
    assert english.rows[0][0] == "forecast" and english.rows[0][5] == "1,000"
