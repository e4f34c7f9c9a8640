"""Documents against the project: links, commands, the planner's example, and what the two READMEs say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from miaopu.commands.contents import COMMANDS
from miaopu.commands.group import root
from miaopu.experiments.folder import OURS
from miaopu.experiments.grid import KINDS as GRID
from miaopu.experiments.targets import KINDS as TARGETS
from miaopu.model.vocabulary import levers
from miaopu.outputs.charts import CHARTS
from miaopu.outputs.odd_tables import SHIPPED
from miaopu.scenarios.layers import SHIPPED as SCENARIOS

Call = Callable[..., Any]
ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDES = [ROOT / "docs" / lang / "planner.md" for lang in ("zh", "en")]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _blocks(page: Path, kind: str) -> list[str]:
    return [text for found, text in FENCE.findall(page.read_text(encoding="utf-8")) if found == kind]


def _shell_lines(page: Path) -> list[str]:
    return [line for block in _blocks(page, "sh") for line in block.splitlines() if line.strip()]


def _anchor(heading: str) -> str:
    """How GitHub turns a heading into an anchor."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@cache
def _anchors(page: Path) -> set[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {_anchor(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_relative_links_exist(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    missing = []
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            missing.append(link)
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_shown_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = [*re.findall(r"(?<!`)`([^`\n]+)`(?!`)", FENCE.sub("", text)), *_shell_lines(page)]
    for line in code:
        for told in re.findall(r"(?:^|\s|/)miaopu ((?:[^\s|>]+ ?)+)", line):
            _check_command(shlex.split(told), line)


def _check_command(words: list[str], line: str) -> None:
    first = words[0]
    if first in ("--help", "--version", "…"):
        return
    assert first in COMMANDS, line
    group = root()
    with group.make_context("miaopu", ["--version"], resilient_parsing=True) as context:
        command = group.get_command(context, first)
        assert command is not None
        known = {option for parameter in command.get_params(context) for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known, line
    names = [word for word in words[1:] if word in SHIPPED or word.startswith(("shenzhen-", "hunan-"))]
    assert all((SCENARIOS / f"{name}.yaml").is_file() for name in names), line


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_make_targets_shown_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in _shell_lines(page):
        if line.startswith("make "):
            assert re.search(rf"^{line.split()[1]}:", makefile, re.MULTILINE), line


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = _shell_lines(ROOT / "README.md"), _shell_lines(ROOT / "README.zh.md")
    assert english == chinese
    assert english[:2] == ["make forecast", "make test"]
    assert english[2:] == [
        "uv run miaopu forecast shenzhen-2022-2025",
        "uv run --extra dev pytest -n auto",
        "miaopu compare shenzhen-baseline shenzhen-2022-2025",
        "miaopu sensitivity town-sobol",
        "miaopu brief results/shenzhen-2022-2025 results/compare-shenzhen-baseline-shenzhen-2022-2025",
    ]


def test_both_guides_show_the_same_commands() -> None:
    told = [[line.replace("--lang zh", "--lang en") for line in _shell_lines(page)] for page in GUIDES]
    assert told[0] == told[1]


@pytest.mark.parametrize("page", GUIDES, ids=_name)
def test_guides_list_all_groups_charts_and_scenarios(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    wanted = {lever.group for lever in levers().values()} | set(CHARTS) | set(SHIPPED)
    assert not {name for name in wanted if f"| `{name}` |" not in text}


def _write_examples(page: Path, folder: Path) -> None:
    """The guide's files: pieces of one name, one after another, and its roster."""
    for block in _blocks(page, "yaml"):
        name = block.split("\n")[0].removeprefix("# ")
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(block)
    (folder / "my-streets.csv").write_text(_blocks(page, "csv")[0], encoding="utf-8")


@pytest.mark.parametrize("page", GUIDES, ids=_name)
def test_the_guides_examples_are_valid(
    page: Path, tmp_path: Path, miaopu: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_examples(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    lang = page.parent.name
    done = miaopu("check", "my-plan.yaml", "my-district.yaml", "--lang", lang)
    assert done.code == 0, done.err
    text = page.read_text(encoding="utf-8")
    assert done.out.splitlines()[0] in text
    told = miaopu("explain", "my-plan.yaml", "hubs.social_workers", "--lang", lang).out.splitlines()
    assert {told[0], told[1], told[-1]} <= set(text.splitlines())


@pytest.mark.parametrize("page", GUIDES, ids=_name)
def test_the_guides_bad_example_gives_the_messages_shown(
    page: Path, tmp_path: Path, miaopu: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_examples(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    done = miaopu("check", "bad-plan.yaml", "--lang", page.parent.name)
    assert done.code == 2
    assert done.err.strip() in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", GUIDES, ids=_name)
def test_the_guides_roster_is_the_template(page: Path, miaopu: Call) -> None:
    printed = miaopu("roster-template", "--lang", page.parent.name).out
    assert _blocks(page, "csv")[0] == printed.removeprefix("\ufeff")


def test_architecture_names_every_file_and_column_of_the_results() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    files = {name for name in OURS if "." in name}
    assert not {name for name in files | set(TARGETS) | set(GRID) if f"`{name}`" not in text}


def test_documents_speak_of_the_project_alone() -> None:
    private = re.compile(r"/work/|/home/|/root/|/tmp/")
    assert not [page for page in PAGES if private.search(page.read_text(encoding="utf-8"))]
