"""The table of clauses: nothing of the two plans is missing, and every name in it stands for something."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from miaopu.model import vocabulary
from miaopu.scenarios.layers import resolve

ROOT = Path(__file__).resolve().parent.parent
SHENZHEN, HUNAN = "Shenzhen 2022-2025 draft", "Hunan 2021-2023"
COUNTS = {
    SHENZHEN: {"T": 4, "L": 53, "P": 13, "M": 13, "D": 3, "A": 12, "O": 25},
    HUNAN: {"T": 9, "L": 66, "P": 8, "M": 4, "D": 6, "A": 6, "O": 17},
}
PREFIXES = {"SZ": SHENZHEN, "HN": HUNAN}
KINDS = ("target", "lever", "rule", "indicator", "parameter", "date", "shock")
CLAUSES = vocabulary.clauses()
LEVERS, PARAMETERS = r"\blevers(\[.+?\])?", r"\b(p|parameters\[0\])"  # what rules call them
PLANS = ("shenzhen-2022-2025", "hunan-2021-2023")


@cache
def scenario(stem: str) -> dict[str, Any]:
    """The plain data of a shipped scenario, everything that it extends included."""
    assert (ROOT / "scenarios" / f"{stem}.yaml").is_file(), stem
    return resolve(stem).data


@cache
def code() -> str:
    """All code of the model."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "model").glob("**/*.py")))


def targets(stem: str) -> dict[str, dict[str, Any]]:
    """A scenario's targets by id."""
    return {target["id"]: target for target in scenario(stem).get("targets") or ()}


def is_read(holder: str, name: str) -> bool:
    """Whether a rule reads this lever or parameter; `holder` is a pattern of what holds it."""
    return re.search(rf"{holder}\.{name}\b", code()) is not None


def is_dated(stem: str) -> bool:
    """Whether a scenario has a calendar, and measures with dates."""
    data = scenario(stem)
    return "calendar" in data and "from" in data["plan"]


def lives(reference: str) -> bool:
    """Whether what a clause refers to exists, and is used."""
    kind, name = reference.split(":")
    match kind:
        case "target":
            stem, identity = name.split("/")
            return identity in targets(stem)
        case "lever":
            return name in vocabulary.levers() and is_read(LEVERS, name.replace(".", "_"))
        case "rule":
            return (ROOT / "model" / "processes" / f"{name}.py").is_file()
        case "indicator":
            return name in vocabulary.indicators()
        case "parameter":
            return name in vocabulary.parameters() and is_read(PARAMETERS, name)
        case "date":
            return is_dated(name)
        case "shock":
            return bool(scenario(name)["shocks"])
    return False


def kinds_of(one: vocabulary.Clause) -> set[str]:
    """Kinds of reference that a clause has."""
    return {reference.split(":")[0] for reference in one.maps}


def test_no_clause_is_missing() -> None:
    found = Counter((one.plan, one.kind) for one in CLAUSES.values())
    wanted = {(plan, kind): count for plan, kinds in COUNTS.items() for kind, count in kinds.items()}
    assert dict(found) == wanted
    with (ROOT / "model" / "tables" / "clauses.csv").open(encoding="utf-8") as file:
        assert sum(1 for _ in file) == len(CLAUSES) + 1  # no id twice, no phrase broken over lines


def test_every_clause_is_complete() -> None:
    for one in CLAUSES.values():
        assert one.plan == PREFIXES[one.id.split("-")[0]], one.id
        assert one.phrase.strip() == one.phrase != "", one.id
        assert one.gloss.strip() == one.gloss != "", one.id
        assert len(set(one.maps)) == len(one.maps), one.id


def test_every_clause_is_mapped_or_explained() -> None:
    for one in CLAUSES.values():
        assert one.maps or one.reason.en, one.id
        assert bool(one.reason.zh) == bool(one.reason.en), one.id


def test_everything_that_clauses_refer_to_lives() -> None:
    references = [(one.id, reference) for one in CLAUSES.values() for reference in one.maps]
    assert {reference.split(":")[0] for _, reference in references} == set(KINDS)
    assert [(clause, reference) for clause, reference in references if not lives(reference)] == []


def test_targets_and_levers_of_the_plans_live_or_say_why_not() -> None:
    for one in CLAUSES.values():
        if one.kind not in "TL" or kinds_of(one) & {"target", "lever", "rule"}:
            continue
        assert one.reason.zh and one.reason.en, one.id
        # an aim without a number is reported, not judged
        assert one.kind == "T" and "indicator" in kinds_of(one), one.id


@pytest.mark.parametrize("name", vocabulary.levers())
def test_levers_and_clauses_name_one_another(name: str) -> None:
    lever = vocabulary.levers()[name]
    assert len(set(lever.clauses)) == len(lever.clauses)
    assert set(lever.clauses) == {one.id for one in CLAUSES.values() if f"lever:{name}" in one.maps}


@pytest.mark.parametrize("stem", PLANS)
def test_targets_and_clauses_name_one_another(stem: str) -> None:
    named = {reference: one.id for one in CLAUSES.values() for reference in one.maps}
    for identity, target in targets(stem).items():
        assert named[f"target:{stem}/{identity}"] == target["clause"]
        assert f"indicator:{target['indicator']}" in CLAUSES[target["clause"]].maps


def test_every_lever_comes_from_a_clause() -> None:
    assert [name for name, lever in vocabulary.levers().items() if not lever.clauses] == []
