"""Broken scenarios: the first lines of each file in cases/scenarios say what it is told, in both languages.

`python tests/test_scenario_cases.py` writes those lines anew; read the difference before keeping it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaopu.model.text import Problem, Refusal
from miaopu.scenarios import load

CASES = Path(__file__).parent / "cases" / "scenarios"
FILES = sorted(CASES.glob("*.yaml"))


def _expected(path: Path) -> list[str]:
    """The `# zh:` and `# en:` lines at the top of a case."""
    lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    return [line for line in lines if re.match(r"# (zh|en): ", line)]


def _told(path: Path) -> list[str]:
    """What the case is told, with the names of its files shortened."""
    with pytest.raises(Refusal) as caught:
        load(path)
    return [line for problem in caught.value.problems for line in _lines(problem, path)]


def _lines(problem: Problem, path: Path) -> list[str]:
    folder = re.escape(str(CASES)) + "/|(?:.*/)?tests/cases/scenarios/"
    where = re.sub(folder, "", problem.where or "").removeprefix(f"{path.name}:")
    return [f"# {lang}: {where}: {re.sub(folder, '', problem.text.of(lang))}" for lang in ("zh", "en")]


def test_there_are_enough_cases() -> None:
    assert len(FILES) >= 45


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_scenario_is_told_everything_that_is_wrong(path: Path) -> None:
    assert _told(path) == _expected(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_problem_names_a_file_a_line_and_a_column(path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        load(path)
    assert all(re.fullmatch(r".+\.yaml:\d+:\d+", problem.where or "") for problem in caught.value.problems)


def _rewrite(path: Path) -> None:
    """Write the expected lines of a case anew; their number decides the line numbers, so twice."""
    for _ in range(2):
        told = "".join(f"{line}\n" for line in _told(path)).encode()
        body = re.sub(rb"\A(# (zh|en): [^\n]*\n)*", b"", path.read_bytes())
        path.write_bytes(told + body)


if __name__ == "__main__":
    for case in FILES:
        _rewrite(case)
