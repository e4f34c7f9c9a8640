"""What to find out first: what turns the answer, and what surely moves it most."""

from __future__ import annotations

from math import nan

import pytest

from miaopu.model.text import Text
from miaopu.outputs.brief.sentences.find_out import find_out, turns, unknowns
from miaopu.tests.brief.made import made_assumption, made_change, made_findings, made_grid

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.mark.parametrize(("worst", "best", "told"), [(0.65, 0.66, True), (0.66, 0.99, False), (0.1, 0.65, False)])
def test_the_grid_matters_where_the_answer_turns_on_it(worst: float, best: float, told: bool) -> None:
    grid = made_grid(worst=worst, best=best)
    assert turns(grid) == told
    assert (find_out(made_findings(grid=grid), "zh") != "") == told


@BOTH
def test_the_ends_of_the_grid_are_told_with_their_places(lang: str) -> None:
    said = find_out(made_findings(grid=made_grid()), lang)
    parts = {"zh": ("10%（起点10%、力度0.05）", "100%（起点50%、力度0.4）"),
             "en": ("10 % (start 10 %, orders 0.05)", "100 % (start 50 %, orders 0.4)")}[lang]  # fmt: skip
    assert all(part in said for part in parts)


@BOTH
@pytest.mark.parametrize(
    ("needed", "zh", "en"),
    [(0.2, "起点达到20%才", "a start of 20 % is needed"), (0.1, "起点低至10%时仍", "even from a start of 10 %")],
)
def test_the_start_that_the_plan_needs_is_told(lang: str, needed: float, zh: str, en: str) -> None:
    assert {"zh": zh, "en": en}[lang] in find_out(made_findings(grid=made_grid(needed=needed)), lang)
    none = find_out(made_findings(grid=made_grid(needed=nan)), lang)
    assert {"zh": "按计划的考核力度", "en": "own order strength"}[lang] not in none


@BOTH
@pytest.mark.parametrize(("difference", "told"), [(0.021, True), (0.019, False), (-0.019, False), (-0.021, True)])
def test_an_assumption_counts_where_its_effect_is_told_from_zero(lang: str, difference: float, told: bool) -> None:
    row = made_assumption(difference=made_change(difference))
    said = find_out(made_findings(assumptions=(row,)), lang)
    assert (row.label.of(lang) in said) == told


@BOTH
def test_the_probability_at_both_ends_is_told(lang: str) -> None:
    said = find_out(made_findings(assumptions=(made_assumption(),)), lang)
    for part in {"zh": ("0.35", "2.2", "79%和99%", "20个百分点（17～23）"),
                 "en": ("0.35", "2.2", "79 % and 99 %", "20 points (17–23)")}[lang]:  # fmt: skip
        assert part in said


def test_assumptions_are_ranked_only_where_their_intervals_leave_room() -> None:
    first = made_assumption("first", difference=made_change(-0.5, 0.05))
    near = made_assumption("near", difference=made_change(0.41, 0.05))
    far = made_assumption("far", difference=made_change(0.39, 0.05))
    assert [row.name for row in unknowns([near, first])] == ["first", "near"]
    assert [row.name for row in unknowns([far, first])] == ["first"]


def test_what_the_grid_varies_is_not_told_twice() -> None:
    row = made_assumption("start_coverage", label=Text("起点", "the start"))
    assert "起点取" in find_out(made_findings(assumptions=(row,)), "zh")
    assert "起点取" not in find_out(made_findings(assumptions=(row,), grid=made_grid()), "zh")
