"""The repository is the package: the list, the tree and what a wheel carries are the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import miaopu

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LISTED = PROJECT["tool"]["setuptools"]["packages"]
NOT_CODE = {"tests", "docs", "benchmarks", "build", "dist", "results"}


def _folders() -> list[Path]:
    """Folders of the package, the root included."""
    found = [path.parent for path in ROOT.glob("**/__init__.py")]
    return [path for path in found if not _ignored(path)]


def _ignored(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return bool(parts) and (parts[0] in NOT_CODE or any(part.startswith(".") for part in parts))


def _carried() -> set[str]:
    """Files that a wheel should carry, by their path in it: code, data, fonts and their licences."""
    files = set()
    for folder in _folders():
        deep = folder != ROOT
        for path in folder.glob("**/*" if deep else "*.py"):
            if path.is_file() and "__pycache__" not in path.parts:
                files.add(f"miaopu/{path.relative_to(ROOT).as_posix()}")
    return files


def test_packages_are_listed() -> None:
    names = {".".join(("miaopu", *folder.relative_to(ROOT).parts)) for folder in _folders()}
    assert names == set(LISTED)
    assert sorted(LISTED) == LISTED


def test_every_folder_with_code_is_a_package() -> None:
    code = {path.parent for path in ROOT.glob("**/*.py") if not _ignored(path)}
    assert code == set(_folders())


def test_only_two_modules_at_the_root() -> None:
    assert {path.name for path in ROOT.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_versions_agree() -> None:
    cited = re.search(r"^version: (.*)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.M)
    assert cited is not None
    assert PROJECT["project"]["version"] == miaopu.__version__ == cited[1]
    assert f"## {miaopu.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_importing_the_package_imports_nothing_else() -> None:
    script = "import sys, miaopu; print([name for name in sys.modules if name.startswith('miaopu.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_wheel_carries_the_package_and_nothing_else(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    unwanted = shutil.ignore_patterns(".*", "build", "dist", "results", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, tree, ignore=unwanted)
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path),
        str(tree),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == _carried()
    (licence,) = (name for name in zipfile.ZipFile(wheel).namelist() if name.endswith("LICENSE"))
    assert ".dist-info/" in licence
