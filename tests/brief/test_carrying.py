"""What carries the first target: levers above the control, ranked only where their intervals allow it."""

from __future__ import annotations

import pytest

from miaopu.outputs.brief.findings import FactorSet
from miaopu.outputs.brief.sentences.carrying import carrying
from miaopu.tests.brief.made import EFFECTIVE, made_factor, made_factor_set, made_findings

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def told(found: FactorSet, lang: str) -> str:
    """The paragraph."""
    return "".join(said.text for said in carrying(made_findings(factors=(found,)), lang))


@BOTH
@pytest.mark.parametrize(("second", "tied"), [(0.41, True), (0.39, False)])
def test_levers_that_overlap_are_named_together(lang: str, second: float, tied: bool) -> None:
    found = made_factor_set(levers=(made_factor("orders", 0.5), made_factor("money", second)))
    said = told(found, lang)
    assert "orders" in said
    assert ("money" in said) == tied
    assert ({"zh": "不分先后", "en": "too close to rank"}[lang] in said) == tied


@BOTH
@pytest.mark.parametrize(("control", "told_apart"), [(0.44, True), (0.46, False)])
def test_a_lever_is_named_where_it_is_told_from_the_control(lang: str, control: float, told_apart: bool) -> None:
    said = told(made_factor_set(levers=(made_factor("orders", 0.5),), inert_high=control), lang)
    assert ("orders" in said) == told_apart
    assert ({"zh": "与对照因子区分", "en": "told from the control"}[lang] in said) != told_apart


@BOTH
@pytest.mark.parametrize(("converged", "warned"), [(False, True), (True, False), (None, False)])
def test_an_analysis_that_has_not_converged_is_called_a_first_look(
    lang: str, converged: bool | None, warned: bool
) -> None:
    said = told(made_factor_set(converged=converged), lang)
    assert ({"zh": "尚未收敛", "en": "not converged"}[lang] in said) == warned


@BOTH
@pytest.mark.parametrize(("second", "tied"), [(0.41, True), (0.39, False)])
def test_a_screening_gives_no_shares_and_names_the_first_only_where_it_stands_out(
    lang: str, second: float, tied: bool
) -> None:
    levers = (made_factor("orders", 0.5), made_factor("money", second), made_factor("training", 0.2))
    said = told(made_factor_set(index="mu_star", levers=levers), lang)
    assert all(name in said for name in ("orders", "money", "training"))  # all are worth a closer look
    assert {"zh": "只作了筛选", "en": "only screened"}[lang] in said
    first, _, rest = said.partition({"zh": "值得细查", "en": "worth a closer look"}[lang])
    assert ("orders" in first) and ("money" in first) == tied and "training" in rest
    assert "%" not in said


@BOTH
def test_a_screening_in_which_nothing_stands_out_has_no_order(lang: str) -> None:
    said = told(made_factor_set(index="mu_star", levers=tuple(made_factor(f"L{n}", 0.5) for n in range(4))), lang)
    assert {"zh": "平均影响最大", "en": "largest mean effect"}[lang] not in said


@BOTH
@pytest.mark.parametrize(("levers", "shares"), [(3, True), (4, False)])
def test_many_levers_are_counted_and_not_all_told(lang: str, levers: int, shares: bool) -> None:
    said = told(made_factor_set(levers=tuple(made_factor(f"L{n}", 0.5) for n in range(levers))), lang)
    assert ("%" in said) == shares
    assert ({"zh": "等4项", "en": "and 1 more"}[lang] in said) != shares


@BOTH
def test_nothing_is_said_where_the_first_target_was_not_analysed(lang: str) -> None:
    assert carrying(made_findings(), lang) == ()
    assert carrying(made_findings(factors=(made_factor_set(EFFECTIVE),)), lang) == ()
