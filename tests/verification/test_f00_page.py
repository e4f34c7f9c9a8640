"""docs/verification.md against the tests and the rules that it names."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from miaopu import model

TESTS = Path(__file__).resolve().parents[1]
PAGE = (TESTS.parent / "docs" / "verification.md").read_text(encoding="utf-8")
RULES = Path(model.__file__).parent
NAMED = re.compile(r"`((?:model/|experiments/|verification/)?test_\w+\.py)::(test_\w+)`")
CHANCE = {"draw", "happens", "poisson", "uniforms"}
HELPERS = {"start.uniforms"}  # draws for others, which are listed


@cache
def _functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _section(number: int) -> str:
    return PAGE.split(f"\n## F{number} ", 1)[1].split("\n## ", 1)[0]


def _draws(function: ast.FunctionDef) -> bool:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Name) and called.id in CHANCE for called in calls)


def test_every_test_named_here_exists() -> None:
    missing = [f"{file}::{name}" for file, name in NAMED.findall(PAGE)
               if not (TESTS / file).is_file() or name not in _functions(TESTS / file)]  # fmt: skip
    assert not missing


@pytest.mark.parametrize("number", range(1, 13))
def test_every_standard_has_its_tests(number: int) -> None:
    assert NAMED.search(_section(number))
    files = [file for file, _ in NAMED.findall(_section(number)) if file.startswith("verification/")]
    assert all(file.startswith(f"verification/test_f{number:02}_") for file in files)
    assert list((TESTS / "verification").glob(f"test_f{number:02}_*.py"))


def test_every_test_written_for_a_standard_stands_on_the_page() -> None:
    told = {f"{file}::{name}" for file, name in NAMED.findall(PAGE)}
    own = {f"verification/{path.name}::{name}" for path in (TESTS / "verification").glob("test_f*.py")
           for name in _functions(path) if name.startswith("test_") and path.name != "test_f00_page.py"}  # fmt: skip
    assert not own - told


def test_every_rule_with_a_chance_has_a_test_of_it() -> None:
    """Whoever gives a rule a random number says which test holds it to its chance."""
    told = set(re.findall(r"^\| `(\w+\.\w+)` \| `", _section(1), re.MULTILINE))
    paths = [RULES / "start.py", *sorted((RULES / "processes").glob("*.py"))]
    drawing = {f"{path.stem}.{name}" for path in paths for name, node in _functions(path).items() if _draws(node)}
    assert len(drawing) > 30
    assert sorted(drawing - told - HELPERS) == [], "no test is named for these"
    assert sorted({rule for rule in told if not rule.startswith("draws.")} - drawing) == [], "these draw nothing"
