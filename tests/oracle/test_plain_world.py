"""The plain model is ordinary, and stands on nothing of the engine but tables and draws."""

from __future__ import annotations

import ast
from pathlib import Path

import mesa

from miaopu.tests.oracle.agents import Organization
from miaopu.tests.oracle.cases import world_of
from miaopu.tests.oracle.world import run_plain

HERE = Path(__file__).parent
COMMON = {"codes", "draws", "inputs", "tallies", "uncertainty", "vocabulary"}  # of miaopu.model
COMPARERS = {"cases", "comparing", "slicing"}  # these look at the engine, or build its inputs


def imported(path: Path) -> set[str]:
    """Modules of the model that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("miaopu"):
            names |= {f"{node.module}.{item.name}" for item in node.names} if node.module == "miaopu.model" else set()
            names |= {node.module} if node.module != "miaopu.model" else set()
        if isinstance(node, ast.Import):
            names |= {item.name for item in node.names if item.name.startswith("miaopu")}
    return names


def test_the_plain_model_uses_no_rule_of_the_engine() -> None:
    allowed = {f"miaopu.model.{name}" for name in COMMON}
    rules = [path for path in HERE.glob("*.py") if path.stem not in COMPARERS and not path.stem.startswith("test_")]
    assert len(rules) > 20
    for path in rules:
        assert imported(path) <= allowed, path.name


def test_organizations_are_mesa_agents_that_come_and_go() -> None:
    inputs, parameters = world_of("town", "shock", 3)
    before = run_plain(inputs, parameters, 3, 0)
    after = run_plain(inputs, parameters, 3, 12)
    first, last = ({org.key for org in world.organizations} for world in (before, after))
    assert first - last and last - first
    assert all(isinstance(org, mesa.Agent) and org.alive for org in after.organizations)
    books = sum(district.tally[name] for district in after.districts for name in ("groups", "filed", "registered"))
    assert len(after.agents_by_type[Organization]) == books
