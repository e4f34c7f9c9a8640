"""Findings are kept exactly: whatever is saved is read back, and equal findings make equal files."""

from __future__ import annotations

import json
from dataclasses import fields
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaopu.model.text import Refusal, Text
from miaopu.outputs.brief.findings import Chance, ChartFinding, FactorFinding, Findings, Spread
from miaopu.outputs.brief.keeping import load, save

from .made import (
    made_after,
    made_assumption,
    made_calibration,
    made_chance,
    made_effective,
    made_factor,
    made_factor_set,
    made_findings,
    made_grid,
    made_interaction,
    made_money,
    made_option,
    made_price,
    made_spread,
    made_target,
)

WORDS = st.text(st.characters(codec="utf-8"), max_size=6)
NUMBERS = st.floats()
TEXTS = st.builds(Text, WORDS, WORDS)
SPREADS = st.builds(Spread, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
CHANCES = st.builds(Chance, NUMBERS, NUMBERS, NUMBERS, st.integers(), st.integers(), TEXTS)
FACTORS = st.builds(FactorFinding, WORDS, TEXTS, WORDS, NUMBERS, NUMBERS, NUMBERS)


def whole() -> Findings:
    """Findings with something in every field."""
    return made_findings(
        targets=(made_target(baseline=made_chance(0.02), baseline_outcome=made_spread()), made_effective()),
        options=(made_option(differs_in=(("plan.hubs.slots", "8", "16"),), prices=(made_price(),)),),
        factors=(made_factor_set(levers=(made_factor(interactions=(made_interaction(),)),)),),
        money=made_money(baseline=made_spread()),
        after=(made_after(),),
        grid=made_grid(),
        assumptions=(made_assumption(),),
        calibration=made_calibration(),
        charts=(ChartFinding("coverage", 0),),
    )


def there_and_back(findings: Findings, folder: Path) -> Findings:
    save(findings, folder / "findings.json")
    return load(folder / "findings.json")


def test_findings_with_everything_in_them_come_back(tmp_path: Path) -> None:
    findings = whole()
    assert all(getattr(findings, field.name) for field in fields(findings))
    assert repr(there_and_back(findings, tmp_path)) == repr(findings)


@settings(max_examples=40)
@given(CHANCES, SPREADS, FACTORS, TEXTS, st.dictionaries(WORDS, CHANCES, max_size=3), st.none() | st.booleans())
def test_any_words_and_numbers_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    chance: Chance,
    spread: Spread,
    factor: FactorFinding,
    text: Text,
    chances: dict[str, Chance],
    converged: bool | None,
) -> None:
    findings = made_findings(
        plan=text,
        targets=(made_target(chance=chance, outcome=spread, label=text),),
        factors=(made_factor_set(levers=(factor, factor), converged=converged),),
        options=(made_option(chances=chances),),
    )
    back = there_and_back(findings, tmp_path_factory.getbasetemp())
    assert repr(back) == repr(findings), "nan is not equal to itself, but written alike"


@pytest.mark.parametrize("number", [nan, inf, -inf, -0.0, 0.1, 1e-300, 2.0**70])
def test_every_number_comes_back(tmp_path: Path, number: float) -> None:
    back = there_and_back(made_findings(money=made_money(total=Spread(number, number, number))), tmp_path)
    assert back.money is not None and repr(back.money.total) == repr(Spread(number, number, number))


def test_equal_findings_make_equal_files(tmp_path: Path) -> None:
    one, other = (made_findings(money=made_money(total=Spread(*ends, 0.5))) for ends in ((3, 2, 4), (3.0, 2.0, 4.0)))
    assert one == other
    for name, findings in (("one", one), ("other", other), ("again", there_and_back(one, tmp_path))):
        save(findings, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes() == (tmp_path / "again").read_bytes()


def test_the_file_is_plain_json_that_a_person_can_read(tmp_path: Path) -> None:
    save(made_findings(place=Text("示例市", "Model city")), tmp_path / "findings.json")
    text = (tmp_path / "findings.json").read_text(encoding="utf-8")
    assert "示例市" in text and "NaN" not in text and text.endswith("}\n")
    told = json.loads(text)
    assert told["made_by"] == "miaopu" and told["findings"]["place"] == {"zh": "示例市", "en": "Model city"}


def spoiled(told: dict[str, Any], how: str) -> str:
    """The text of a file that is not quite findings."""
    if how == "no json":
        return "{"
    if how == "a list":
        return "[1]"
    if how == "another kind":
        return json.dumps(told | {"kind": "forecast"})
    if how == "of another time":
        return json.dumps(told | {"format": 99})
    if how == "a field too many":
        told["findings"]["weather"] = "fine"
    elif how == "a field too few":
        del told["findings"]["plan"]
    elif how == "a word for a number":
        told["findings"]["targets"][0]["threshold"] = "much"
    elif how == "a number for a list":
        told["findings"]["targets"] = 3
    return json.dumps(told)


@pytest.mark.parametrize(
    "how",
    ["no json", "a list", "another kind", "of another time", "a field too many", "a field too few",
     "a word for a number", "a number for a list"],
)  # fmt: skip
def test_other_files_are_refused(tmp_path: Path, how: str) -> None:
    path = tmp_path / "findings.json"
    save(made_findings(), path)
    path.write_text(spoiled(json.loads(path.read_text(encoding="utf-8")), how), encoding="utf-8")
    with pytest.raises(Refusal, match=r"findings\.json"):
        load(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        load(tmp_path / "nothing.json")
