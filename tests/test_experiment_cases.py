"""Broken experiments: the first lines of each file in cases/experiments say what it is told, in both languages.

`python tests/test_experiment_cases.py` writes those lines anew; read the difference before keeping it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from miaopu.experiments.design.reading import experiment_of, read_experiment
from miaopu.model.text import Problem, Refusal
from miaopu.scenarios.nodes import plain
from miaopu.scenarios.reading import read

CASES = Path(__file__).parent / "cases" / "experiments"
FILES = sorted(CASES.glob("*.yaml"))
NO_DATA = ("anchor", "tab", "not-a-mapping", "factor-twice")  # faults of YAML itself


def _expected(path: Path) -> list[str]:
    """The `# zh:` and `# en:` lines at the top of a case."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"# (zh|en): ", line)]


@cache
def _problems_as_read(path: Path, content: bytes) -> list[Problem]:
    with pytest.raises(Refusal) as caught:
        read_experiment(path)
    return caught.value.problems


def _problems(path: Path) -> list[Problem]:
    return _problems_as_read(path, path.read_bytes())


def _told(path: Path) -> list[str]:
    """What the case is told, with the names of its files shortened."""
    return [line for problem in _problems(path) for line in _lines(problem, path)]


def _lines(problem: Problem, path: Path) -> list[str]:
    folder = re.escape(str(CASES)) + "/|(?:.*/)?tests/cases/experiments/"
    where = re.sub(folder, "", problem.where or "").removeprefix(f"{path.name}:")
    return [f"# {lang}: {where}: {re.sub(folder, '', problem.text.of(lang))}" for lang in ("zh", "en")]


def test_there_are_enough_cases() -> None:
    assert len(FILES) >= 120


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_experiment_is_told_everything_that_is_wrong(path: Path) -> None:
    assert _told(path) == _expected(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_problem_names_a_file_a_line_and_a_column(path: Path) -> None:
    assert all(re.fullmatch(r".+\.(yaml|csv):\d+:\d+", problem.where or "") for problem in _problems(path))


@pytest.mark.parametrize("path", [path for path in FILES if path.stem not in NO_DATA], ids=lambda path: path.stem)
def test_plain_data_is_told_the_same_as_the_file(path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        experiment_of(plain(read(path)), path.parent)
    said = sorted(problem.text for problem in caught.value.problems)
    assert said == sorted(problem.text for problem in _problems(path))


def _rewrite(path: Path) -> None:
    """Write the expected lines of a case anew; their number decides the line numbers, so twice."""
    for _ in range(2):
        told = "".join(f"{line}\n" for line in _told(path)).encode()
        body = re.sub(rb"\A(# (zh|en): [^\n]*\n)*", b"", path.read_bytes())
        path.write_bytes(told + body)


if __name__ == "__main__":
    for case in FILES:
        _rewrite(case)
