"""A brief is put together in one order: the answer, what to do, charts, annexes without gaps, method in a box."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from miaopu.outputs.brief.charting import Picture, Pictures, file_name
from miaopu.outputs.brief.composing import compose
from miaopu.outputs.brief.document import Box, Document, Figure, Heading, PageBreak, Paragraph, Table, figures, lines
from miaopu.outputs.brief.findings import ChartFinding, Findings
from miaopu.tests.brief.made import (
    EFFECTIVE,
    NOMINAL,
    made_after,
    made_assumption,
    made_calibration,
    made_change,
    made_effective,
    made_factor_set,
    made_findings,
    made_grid,
    made_money,
    made_option,
    made_price,
    made_source,
)

LANGUAGES = ("zh", "en")
FORECAST = ("coverage", "dates", "targets", "money", "grid", "after", "tiles", "streets")
COMPARE, SENSITIVITY = ("paths", "targets", "costs", "differences"), ("indices_hubs_nominal_reached", "levers")
PARTS = {
    "zh": ["一、结论", "二、建议", "三、把握有多大", "四、主要图表", "附一、政策方案比较", "附二、资金",
           "附三、哪些因素决定结果", "附四、什么会改变结论", "附五、期满之后", "附六、各地进度", "附七、主要假设"],
    "en": ["The answer", "What to do", "How sure this is", "Charts", "Annex 1. Policy options side by side",
           "Annex 2. Money", "Annex 3. What carries the targets", "Annex 4. What would change the conclusion",
           "Annex 5. After the deadline", "Annex 6. Place by place", "Annex 7. Main assumptions"],
}  # fmt: skip


def _full(**more: Any) -> Findings:
    """Findings from a folder of each kind, with something in every part."""
    sources = tuple(made_source(kind, run_id=f"{place}{place}aa", date=f"2026-11-2{place}") for place, kind in
                    enumerate(("forecast", "compare", "sensitivity", "calibration")))  # fmt: skip
    charts = [ChartFinding(name, place) for place, names in enumerate((FORECAST, COMPARE, SENSITIVITY))
              for name in names]  # fmt: skip
    given: dict[str, Any] = {
        "sources": sources, "targets": (made_findings().targets[0], made_effective()),
        "options": (made_option("plan", "base"), made_option(chance_changes={NOMINAL: made_change()},
                                                             prices=(made_price(),))),
        "factors": (made_factor_set(), made_factor_set(EFFECTIVE)), "money": made_money(), "after": (made_after(),),
        "grid": made_grid(), "assumptions": (made_assumption(),), "calibration": made_calibration(),
        "charts": tuple(charts),
    }  # fmt: skip
    return made_findings(**(given | more))


def _drawn(charts: Iterable[ChartFinding]) -> Pictures:
    """Pictures of these charts, none of which exists."""
    return {one: Picture(f"{one.name} {one.source}", Path(f"{one.name}.png"), Path(f"{one.name}.svg"))
            for one in charts}  # fmt: skip


def _brief(findings: Findings, lang: str = "en") -> Document:
    return compose(findings, _drawn(findings.charts), lang)


def _headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def _shown(document: Document) -> list[str]:
    """The charts with their folders."""
    return [figure.alt for figure in figures(document)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_comes_first_then_charts_then_annexes_then_method(lang: str) -> None:
    document = _brief(_full(), lang)
    assert _headings(document) == PARTS[lang]
    kinds = [type(block) for block in document.blocks]
    assert kinds.count(PageBreak) == 1
    cut = kinds.index(PageBreak)
    assert isinstance(document.blocks[cut + 1], Heading) and document.blocks[cut + 1] == Heading(PARTS[lang][4])
    lead = document.blocks[1]
    assert isinstance(lead, Paragraph) and lead.style == "lead"
    box, table, last = document.blocks[-3:]
    assert isinstance(box, Box) and isinstance(table, Table) and isinstance(last, Paragraph) and last.style == "meta"
    assert [row[2] for row in table.rows] == ["00aa", "11aa", "22aa", "33aa"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("given", "gone"),
    [
        ({"after": (), "charts": ()}, {"四、主要图表", "附五、期满之后", "附六、各地进度"}),
        ({"options": ()}, set()),
        ({"money": None, "options": ()}, set()),
    ],
)
def test_a_part_with_nothing_to_say_leaves_no_gap(given: dict[str, Any], gone: set[str], lang: str) -> None:
    document = _brief(_full(**given), lang)
    numbers = [match[1] for one in _headings(document) if (match := re.match(r"(?:Annex |附)(\w+)[.、]", one))]
    assert numbers == (list("一二三四五六七")[: len(numbers)] if lang == "zh" else list("1234567")[: len(numbers)])
    for place, block in enumerate(document.blocks):  # a heading has something below it
        if isinstance(block, Heading):
            assert not isinstance(document.blocks[place + 1], Heading | PageBreak | Box)
    if lang == "zh":
        bare = {one.partition("、")[2] for one in _headings(document)}
        assert not bare & {one.partition("、")[2] for one in gone - {"附五、期满之后"}}


def test_of_each_row_the_first_chart_that_was_drawn_is_shown() -> None:
    full = _full()
    assert _shown(_brief(full)) == [
        "coverage 0", "targets 1", "costs 1", "money 0", "indices_hubs_nominal_reached 2", "grid 0", "after 0",
        "tiles 0",
    ]  # fmt: skip
    missing = {("coverage", 0), ("targets", 1), ("costs", 1), ("indices_hubs_nominal_reached", 2), ("tiles", 0)}
    left = [one for one in full.charts if (one.name, one.source) not in missing]
    assert _shown(compose(full, _drawn(left), "en")) == [
        "paths 1", "dates 0", "differences 1", "money 0", "levers 2", "grid 0", "after 0", "streets 0",
    ]  # fmt: skip
    assert _shown(compose(full, {}, "en")) == [] and "Charts" not in _headings(compose(full, {}, "en"))


def test_captions_and_files_are_those_of_the_gallery_and_the_drawing() -> None:
    figure = figures(_brief(_full(), "zh"))[0]
    assert figure.caption == "街道枢纽覆盖率逐月变化" and figure.svg == Path("coverage.svg")
    assert all(isinstance(one, Figure) and 0 < one.scale <= 1 for one in figures(_brief(_full())))
    several = _full(sources=(made_source(), made_source()))
    assert file_name(several, ChartFinding("prefecture_map", 1)) == "forecast-2-prefecture-map"
    assert file_name(_full(), ChartFinding("paths", 1)) == "compare-paths"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_equal_findings_give_equal_words(lang: str) -> None:
    assert lines(_brief(_full(), lang)) == lines(_brief(_full(), lang))
    other = _full(targets=(replace(made_findings().targets[0], threshold=0.5),))
    assert lines(_brief(_full(), lang)) != lines(_brief(other, lang))


def test_ids_of_all_folders_and_their_latest_day_are_those_of_the_document() -> None:
    document = _brief(_full())
    assert (document.run_id, document.date) == ("00aa-11aa-22aa-33aa", "2026-11-23")
    assert document.keywords == ("Model city's plan", "Model city")
    assert document.subtitle == "Model city · run on 2026-11-20 · run id 00aa · Miaopu 0.5"
    assert "00aa, 11aa, 22aa, 33aa" in lines(document)[-1]
    assert _brief(_full(), "zh").subtitle.startswith("示例市　推演日期2026-11-20　编号00aa")


@pytest.mark.parametrize(
    ("kinds", "zh", "en"),
    [
        (("forecast", "calibration"), "示例市计划：目标实现情况推演简报", "Model city's plan. Will the targets"),
        (("compare",), "示例市计划：目标实现情况推演简报", "Model city's plan. Will the targets"),
        (("sensitivity",), "示例市计划：目标影响因素分析简报", "Model city's plan. What carries"),
        (("calibration",), "模型校准简报", "Calibration of the model"),
    ],
)
def test_the_title_says_what_the_folders_can_answer(kinds: tuple[str, ...], zh: str, en: str) -> None:
    given = {} if {"forecast", "compare"} & set(kinds) else {"targets": ()}
    findings = made_findings(sources=tuple(map(made_source, kinds)), **given)
    assert _brief(findings, "zh").title == zh and _brief(findings).title.startswith(en)


# --- folders of one kind


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sensitivity_analysis_alone_answers_what_carries_the_targets(lang: str) -> None:
    charts = tuple(ChartFinding(name, 0) for name in SENSITIVITY)
    found = made_findings(sources=(made_source("sensitivity"),), targets=(), baseline=None, charts=charts,
                          factors=(made_factor_set(),))  # fmt: skip
    document = _brief(found, lang)
    assert _headings(document) == (["一、结论", "二、主要图表"] if lang == "zh" else ["The answer", "Charts"])
    lead, said = document.blocks[1], " ".join(lines(document))
    assert isinstance(lead, Paragraph) and lead.style == "lead"
    assert ("杠杆orders" if lang == "zh" else "lever orders") in lead.text
    assert ("不说明目标能否实现" if lang == "zh" else "do not tell whether they will be met") in said
    assert _shown(document) == ["indices_hubs_nominal_reached 0"]
    assert NOMINAL not in said, "a target goes by its name"
    assert not any(isinstance(block, PageBreak) for block in document.blocks)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_calibration_alone_answers_how_far_data_bear_the_model_out(lang: str) -> None:
    source = made_source("calibration", date="")
    found = made_findings(sources=(source,), targets=(), baseline=None, measures={}, calibration=made_calibration())
    document = _brief(found, lang)
    assert _headings(document) == (["一、结论"] if lang == "zh" else ["The answer"])
    lead = document.blocks[1]
    assert isinstance(lead, Paragraph) and lead.style == "lead" and any(run.bold for run in lead.runs)
    for figure in ("22", "18", "6", "4", "8"):
        assert figure in lead.text
    assert document.date == "1980-01-01" and "1980" not in " ".join(lines(document)), "its tables have no date"
    said = [line for line in lines(document) if ("拟合" if lang == "zh" else "were fitted to") in line]
    assert len(said) == 1 + ("参数" in source.parameters.zh and "拟合" in source.parameters.zh)


@pytest.mark.parametrize(("won", "word"), [(6, False), (4, False), (3, True), (0, True)])
def test_a_model_that_does_no_better_than_naive_forecasts_is_said_so_first(won: int, word: bool) -> None:
    found = made_findings(sources=(made_source("calibration", date=""),), targets=(), measures={},
                          calibration=made_calibration(hindcasts_won=won))  # fmt: skip
    (zh, en) = (_brief(found, lang).blocks[1] for lang in LANGUAGES)
    assert isinstance(zh, Paragraph) and isinstance(en, Paragraph)
    assert ("不宜看重绝对数值" in zh.text, "not by levels" in en.text) == (word, word)
