"""Compiled code on disk is never stale: whatever it was made from or for leads to a folder of its own."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
from llvmlite import binding

import miaopu
from miaopu.model import compiled

MODEL = Path(compiled.__file__).parent
MARKS = {"compiled", "entry", "njit", "lower_getattr_generic"}  # what makes a function part of the compiled model
PLACE = "sum(begin(load('town'), None, 1).organizations['governance'])"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the model's folder that the cache takes for the model, with a cache folder of its own."""
    copy = tmp_path / "model"
    shutil.copytree(MODEL, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(compiled, "HERE", copy)
    monkeypatch.setenv("MIAOPU_CACHE", str(tmp_path / "cache"))
    return copy


def _folder() -> Path:
    found = compiled._cache_folder()
    assert found is not None
    return found


def _marks(path: Path) -> set[str]:
    """Names of the decorators of a module's functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    names = (node.func if isinstance(node, ast.Call) else node for f in found for node in f.decorator_list)
    return {node.id if isinstance(node, ast.Name) else getattr(node, "attr", "") for node in names}


def _imported(path: Path) -> set[Path]:
    """Modules of the model that a module imports, wherever in its text but for types alone."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    only_types = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    tree.body = [node for node in tree.body if node not in only_types]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            found |= {base.with_suffix(".py"), *(base / f"{name.name}.py" for name in node.names)}
    return {module for module in found if module.is_file()}


def _compiled_from(model: Path) -> set[Path]:
    """Modules in which compiled functions live, and all that these take constants and rules from."""
    reached: set[Path] = set()
    ahead = {path for path in model.rglob("*.py") if _marks(path) & MARKS}
    while ahead:
        reached |= ahead
        ahead = set().union(*(_imported(path) for path in ahead)) - reached
    return reached


def test_compiled_code_comes_from_where_one_expects() -> None:
    names = {path.relative_to(MODEL).as_posix() for path in _compiled_from(MODEL)}
    assert {"month.py", "start.py", "draws.py", "codes.py", "tallies.py", "state.py", "world.py"} <= names
    assert {f"processes/{path.name}" for path in MODEL.glob("processes/*.py")} - names <= {"processes/__init__.py"}


def test_editing_any_module_that_is_compiled_or_gives_constants_leads_to_another_folder(model: Path) -> None:
    folders = {_folder()}
    edited = sorted(_compiled_from(model))
    for path in edited:
        path.write_text(path.read_text(encoding="utf-8").replace("\n", "\n\n", 1), encoding="utf-8")
        folders.add(_folder())
    assert len(folders) == 1 + len(edited)


def test_editing_what_only_begins_or_reads_runs_keeps_the_compiled_code(model: Path) -> None:
    before = _folder()
    for name in compiled.NOT_COMPILED:
        path = model / name
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert _folder() == before
    assert compiled.source_hash() != compiled.source_hash(compiled.NOT_COMPILED)  # the manifest's covers them


@pytest.mark.parametrize("table", ["levers.yaml", "parameters.yaml"])
def test_editing_a_table_leads_to_another_folder(model: Path, table: str) -> None:
    before = _folder()
    path = model / "tables" / table
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert _folder() != before


def test_a_new_rule_file_leads_to_another_folder(model: Path) -> None:
    before = _folder()
    (model / "processes" / "lottery.py").write_text("", encoding="utf-8")
    assert _folder() != before


def test_renaming_a_rule_file_leads_to_another_folder(model: Path) -> None:
    before = _folder()
    (model / "processes" / "exits.py").rename(model / "processes" / "leaving.py")
    assert _folder() != before


def test_the_same_sources_lead_to_the_same_folder_wherever_they_lie(model: Path, tmp_path: Path) -> None:
    before = _folder()
    model.rename(tmp_path / "elsewhere")
    compiled.HERE = tmp_path / "elsewhere"  # put back by the fixture
    assert _folder() == before


def test_another_version_or_processor_leads_to_another_folder(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = {_folder()}
    for module, name, value in (
        (numba, "__version__", "99.0"),
        (np, "__version__", "99.0"),
        (binding, "get_host_cpu_name", lambda: "abacus"),
        (compiled.platform, "machine", lambda: "difference-engine"),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(module, name, value)
            folders.add(_folder())
    assert len(folders) == 5


def test_without_a_place_to_write_there_is_no_cache(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIAOPU_CACHE", str(model / "month.py"))  # a file, where no folder can be made
    assert compiled._cache_folder() is None


@pytest.mark.slow
def test_a_coefficient_edited_in_a_rule_changes_the_world_at_once(tmp_path: Path) -> None:
    package = tmp_path / "miaopu"
    unwanted = shutil.ignore_patterns(".*", "__pycache__", "tests", "docs", "benchmarks", "results", "*.egg-info")
    shutil.copytree(Path(miaopu.__file__).parent, package, ignore=unwanted)
    script = f"from miaopu.model.simulation import begin\nfrom miaopu.scenarios import load\nprint({PLACE})"

    def governance() -> float:
        """Summed over the town's first organizations, by a process that sees only the copy."""
        env = {**os.environ, "PYTHONPATH": str(tmp_path), "MIAOPU_CACHE": str(tmp_path / "cache")}
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return float(done.stdout)

    before = governance()
    rule = package / "model" / "processes" / "founding.py"  # linked into an entry of another file, start.py
    told = rule.read_text(encoding="utf-8")
    edited = told.replace("p.start_capability * (0.4 + 1.2 *", "p.start_capability * (0.5 + 1.2 *", 1)
    assert edited != told
    rule.write_text(edited, encoding="utf-8")
    assert governance() > before
    rule.write_text(told, encoding="utf-8")
    assert governance() == before  # compiled code of the first text is still there, and fits
    assert len(list((tmp_path / "cache" / "compiled").iterdir())) == 2
