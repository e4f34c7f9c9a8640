"""The guides' examples of experiments do what the guides say: files, commands, Python, and the outputs shown."""

from __future__ import annotations

import dataclasses
import re
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from miaopu.experiments.analysis import cost, paired, paths, summary
from miaopu.experiments.analysis.chance import Chance
from miaopu.experiments.analysis.convergence import Convergence
from miaopu.experiments.analysis.indices import Index
from miaopu.experiments.analysis.response import Response
from miaopu.experiments.design.reading import read_experiment

Call = Callable[..., Any]
DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {lang: DOCS / lang / "researcher.md" for lang in ("en", "zh")}
PLANNERS = {lang: DOCS / lang / "planner.md" for lang in ("en", "zh")}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
OF_A_CLUSTER = ("pip ", "dask ", "miaopu sweep my-sweep.yaml --scheduler")  # there is none here; see test_cluster.py
STUDIES = ("compare", "sweep", "sensitivity")


def _blocks(page: Path, kind: str) -> list[str]:
    return [text for found, text in FENCE.findall(page.read_text(encoding="utf-8")) if found == kind]


def _commands(page: Path) -> list[str]:
    lines = [line for block in _blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("miaopu ") and not line.startswith(OF_A_CLUSTER)]


def _words(lines: Iterable[str]) -> set[str]:
    """Lines of an output without figures, rules and the widths of columns: what a change of the model leaves alone.

    The names of scenarios and factors are cells of their own and must stand in the same order.
    """
    return {" ".join(re.sub(r"[\d.,%+\-–—～─∞]|±", "", line).split()) for line in lines}


def _write_files(page: Path, folder: Path) -> list[Path]:
    files = []
    for block in _blocks(page, "yaml"):
        files.append(folder / block.split("\n")[0].removeprefix("# "))
        files[-1].write_text(block, encoding="utf-8")
    return files


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in; two workers, and no charts: they have tests of their own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("miaopu.experiments.pool.cores", lambda: 2)
    monkeypatch.setattr("miaopu.outputs.study_charts.draw", lambda *_: [])
    monkeypatch.setattr("miaopu.outputs.charts.draw_all", lambda *_: [])
    return tmp_path


def test_both_languages_show_the_same_examples(tmp_path: Path) -> None:
    english, chinese = (_blocks(page, "sh") for page in PAGES.values())
    assert english == [block.replace("--lang zh", "--lang en") for block in chinese]
    for kind in ("python", "py", "sql"):
        assert _blocks(PAGES["en"], kind) == _blocks(PAGES["zh"], kind)
    read: dict[str, list[Any]] = {}
    for lang, page in PAGES.items():
        (tmp_path / lang).mkdir()
        read[lang] = [read_experiment(file) for file in _write_files(page, tmp_path / lang)]
    assert len(read["en"]) == 3
    same = [dataclasses.replace(one, scenarios=(), record={}) for one in read["en"]]
    assert same == [dataclasses.replace(one, scenarios=(), record={}) for one in read["zh"]]


@pytest.mark.slow
def test_the_researchers_guide_runs_and_prints_what_it_shows(here: Path, miaopu: Call) -> None:
    _write_files(PAGES["en"], here)
    said: dict[str, list[str]] = {"en": [], "zh": []}
    for line in _commands(PAGES["en"]):
        done = miaopu(*shlex.split(line)[1:])
        assert done.code == 0, f"{line}: {done.err}"
        said["en"] += done.out.splitlines()
    for block in _blocks(PAGES["en"], "python"):
        exec(compile(block, "researcher.md", "exec"), {"__name__": "__main__"})
    assert (here / "results" / "my-sobol" / "stages.csv").is_file()
    _write_files(PAGES["zh"], here)
    for line in _commands(PAGES["zh"]):  # the same folders told in Chinese: nothing is run again
        words = shlex.split(line)[1:]
        if words[0] in STUDIES and "--dry-run" not in words:
            name = words[words.index("--out") + 1] if "--out" in words else f"results/{Path(words[1]).stem}"
            said["zh"] += miaopu("resume", name, "--lang", "zh").out.splitlines()
        elif "--dry-run" in words:
            said["zh"] += miaopu(*words).out.splitlines()
    for lang, page in PAGES.items():
        shown = _words(line for block in _blocks(page, "text") for line in block.splitlines()) - {"…"}
        missing = shown - _words(said[lang])
        assert not missing, lang


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_planners_guide_compares_as_it_says(here: Path, miaopu: Call, lang: str) -> None:
    lines = [line for line in _commands(PLANNERS[lang]) if "miaopu compare town" in line or "--until-sure" in line]
    done = [miaopu(*shlex.split(line)[1:]) for line in lines]
    assert len(done) == 3 and all(one.code == 0 for one in done)
    (shown,) = (block for block in _blocks(PLANNERS[lang], "text") if "town-baseline / town" in block)
    printed = _words(line for one in done for line in one.out.splitlines())
    assert not _words(shown.splitlines()) - printed - {"…"}


def test_architecture_names_every_column_of_the_analyses() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    columns = {*paired.KINDS, *cost.KINDS, *paths.KINDS, *summary.KINDS, *Chance._fields, *Response._fields}
    columns |= {field.name for row in (Index, Convergence) for field in dataclasses.fields(row)}
    assert not {name for name in columns if f"`{name}`" not in text}


def test_the_glossary_has_the_words_of_experiments() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    keys = yaml.safe_load("[experiment, factor, design, point, parameter draw, replicate, block, inert factor]")
    assert not {word for word in keys if f"| {word} |" not in text}
