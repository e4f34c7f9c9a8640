"""docs/odd.md against the code: generated parts, elements and their order, a section for every process."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaopu.model import state
from miaopu.model.month import PROCESSES
from miaopu.model.vocabulary import levers, parameters
from miaopu.outputs import odd_tables, rule_sources

TEXT = odd_tables.ODD.read_text(encoding="utf-8")
ELEMENTS = [
    "1. Purpose and patterns",
    "2. Entities, state variables, and scales",
    "3. Process overview and scheduling",
    "4. Design concepts",
    "5. Initialization",
    "6. Input data",
    "7. Submodels",
]
CONCEPTS = [
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing",
    "Interaction", "Stochasticity", "Collectives", "Observation",
]  # fmt: skip


def _sections() -> dict[str, str]:
    """Text of each submodel by the process's name."""
    parts = re.split(r"^### 7\.(\d+) (\w+)\n", TEXT, flags=re.MULTILINE)[1:]
    numbers, names, texts = parts[::3], parts[1::3], parts[2::3]
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    return dict(zip(names, texts, strict=True))


@pytest.mark.parametrize("name", odd_tables.PART.findall(TEXT))
def test_generated_parts_are_up_to_date(name: str) -> None:
    written = re.search(rf"<!-- generated: {re.escape(name)} -->\n(.*?)\n?<!-- end -->", TEXT, re.DOTALL)
    assert written is not None
    told = "run python -m miaopu.outputs.odd_tables"
    assert written[1].splitlines() == odd_tables.part(name).splitlines(), told


def test_rewriting_changes_nothing_else() -> None:
    def without(text: str) -> str:
        return odd_tables.PART.sub("", text)

    again = odd_tables.rewritten(TEXT)
    assert without(again) == without(TEXT) and odd_tables.rewritten(again) == again


def test_every_table_is_there() -> None:
    wanted = {"schedule", "codes", "parameters", "levers", "indicators", "instruments", "scenarios"}
    wanted |= {f"state:{kind}" for kind in (*state.KINDS, "Prefecture", "Clock")}
    wanted |= {f"uses:{process}" for process in (*PROCESSES, "start")}
    found = odd_tables.PART.findall(TEXT)
    assert set(found) == wanted and len(found) == len(wanted)


def test_elements_are_complete_and_in_order() -> None:
    heads = re.findall(r"^## (\d.*)$", TEXT, flags=re.MULTILINE)
    assert heads == ELEMENTS


def test_design_concepts_are_complete_and_in_order() -> None:
    concepts = TEXT.split("## 4. Design concepts")[1].split("## 5. ")[0]
    found = re.findall(r"^\*\*([\w ]+)\.\*\*", concepts, flags=re.MULTILINE)
    assert found == CONCEPTS


def test_every_process_has_a_section_in_the_order_of_the_month() -> None:
    assert tuple(_sections()) == PROCESSES


@pytest.mark.parametrize("process", PROCESSES)
def test_sections_link_to_their_files(process: str) -> None:
    section = _sections()[process]
    for path in rule_sources.paths(process):
        link = f"[model/processes/{path.name}](../model/processes/{path.name})"
        assert link in section and path.is_file()


def test_every_file_of_a_process_is_described() -> None:
    described = {path.stem for process in PROCESSES for path in rule_sources.paths(process)}
    folder = Path(rule_sources.MODEL, "processes")
    assert described == {path.stem for path in folder.glob("*.py")} - {"__init__"}


def test_nothing_is_listed_that_no_rule_reads() -> None:
    read = {name for process in PROCESSES for name in rule_sources.parameters_read(process)}
    assert set(parameters()) == read | set(rule_sources.parameters_of_start())
    assert set(levers()) == {name for process in PROCESSES for name in rule_sources.levers_read(process)}


def test_names_in_equations_exist() -> None:
    """Backquoted names in the submodels are parameters, levers, state variables or codes."""
    known = {*parameters(), *levers(), *(lever.split(".")[1] for lever in levers()), "filing_rate"}
    known |= {field.name for fields in rule_sources.KINDS.values() for field in fields}
    by_hand = odd_tables.PART.sub("", TEXT.split("## 5. ")[1].split("### Parameters")[0])
    quoted = re.findall(r"(?<!`)`([a-z][a-z_]*(?:\.[a-z_]+)?)`(?!`)", by_hand)
    assert {name for name in quoted if name not in known} <= {"drive"}
