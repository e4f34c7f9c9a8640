"""The command line: what is imported when, both languages, misuse, listings, and commands about scenarios."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from miaopu.commands import speech
from miaopu.commands.contents import COMMANDS
from miaopu.commands.width import cells

Call = Callable[..., Any]
HEAVY = {"mesa", "matplotlib", "networkx", "numba", "numpy", "pandas", "pyarrow", "rich", "scipy", "yaml"}
LANGUAGES = ("zh", "en")
LISTINGS = ("levers", "parameters", "indicators", "clauses")
LIST_MODULES = (
    "import sys; from miaopu.commands.run import run; code = run(sys.argv[1:]); "
    "print(*sys.modules, file=sys.stderr); sys.exit(code)"
)


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def script(code: str, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **env}
    )


@pytest.mark.parametrize("args", [["--help"], [], ["--version"], ["--lang", "zh", "--help"]])
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    done = script(LIST_MODULES, *args)
    assert done.returncode == 0
    assert not {name.split(".")[0] for name in done.stderr.split()} & HEAVY


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_imports_nothing_heavy(name: str) -> None:
    test_help_imports_nothing_heavy([name, "--help"])


def test_python_m_and_the_script_say_the_same() -> None:
    module = subprocess.run([sys.executable, "-m", "miaopu", "--help"], capture_output=True)
    installed = subprocess.run([str(Path(sys.executable).with_name("miaopu")), "--help"], capture_output=True)
    assert module.returncode == installed.returncode == 0
    assert module.stdout == installed.stdout


# --- languages


@pytest.mark.parametrize("name", COMMANDS)
def test_help_in_both_languages(name: str, miaopu: Call) -> None:
    chinese, english = miaopu(name, "--help", "--lang", "zh"), miaopu("--lang", "en", name, "--help")
    assert (chinese.code, english.code) == (0, 0)
    assert chinese.out.startswith(f"用法：miaopu {name} [选项]")
    assert english.out.startswith(f"Usage: miaopu {name} [OPTIONS]")
    assert not has_chinese(english.out)
    assert all(cells(line) <= 100 for line in (chinese.out + english.out).splitlines())


def test_list_of_commands_in_both_languages(miaopu: Call) -> None:
    for lang in LANGUAGES:
        done = miaopu("--help", "--lang", lang)
        assert all(
            f"  {name} " in done.out and about.of(lang) in done.out for name, about in COMMANDS.items()
        )


@pytest.mark.parametrize(
    ("args", "env", "lang"),
    [
        (["--lang", "zh", "levers"], {"MIAOPU_LANG": "en"}, "zh"),
        (["levers", "--lang=en"], {"MIAOPU_LANG": "zh"}, "en"),
        (["levers"], {"MIAOPU_LANG": "zh", "LC_ALL": "en_GB.UTF-8"}, "zh"),
        (["levers"], {"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        (["levers"], {"LC_ALL": "C"}, "en"),
        (["levers", "--", "--lang", "zh"], {"LC_ALL": "C"}, "en"),
    ],
)
def test_choice_of_language(
    args: list[str], env: dict[str, str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("MIAOPU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in env.items():
        monkeypatch.setenv(variable, value)
    assert speech.choose(args) == lang


# --- misuse

MISUSE = {
    "nosuchthing": (
        "没有“nosuchthing”这个命令。",
        "No such command 'nosuchthing'.",
    ),
    "forcast": (
        "没有“forcast”这个命令。是不是“forecast”？",
        "No such command 'forcast'. Did you mean 'forecast'?",
    ),
    "levers --detials": (
        "没有“--detials”这个选项。是不是“--details”？",
        "No such option '--detials'. Did you mean '--details'?",
    ),
    "--hlp": (
        "没有“--hlp”这个选项。是不是“--help”？",
        "No such option '--hlp'. Did you mean '--help'?",
    ),
    "forecast": (
        "缺少“情景”。",
        "Missing SCENARIO.",
    ),
    "forecast town --draws many": (
        "“--draws”的取值有误：“many”不是整数。",
        "Invalid value for --draws: 'many' is not a whole number.",
    ),
    "forecast town --draws 0": (
        "“--draws”的取值有误：0 太小，至少为 1。",
        "Invalid value for --draws: 0 is too small: at least 1.",
    ),
    "forecast town --draws": (
        "选项 --draws 后面缺少取值。",
        "Option '--draws' requires an argument.",
    ),
    "levers a b": (
        "多出了参数：b。",
        "Got unexpected extra argument (b)",
    ),
    "levers --details=1": (
        "选项 --details 不带取值。",
        "Option '--details' does not take a value.",
    ),
    "roster-template --by stret": (
        "“--by”的取值有误：“stret”不在可选值（street、community）之内。是不是“street”？",
        "Invalid value for --by: 'stret' is not one of street, community. Did you mean 'street'?",
    ),
}


@pytest.mark.parametrize("typed", MISUSE)
def test_misuse(typed: str, miaopu: Call) -> None:
    zh, en = MISUSE[typed]
    chinese, english = (miaopu("--lang", lang, *typed.split()) for lang in LANGUAGES)
    assert (chinese.code, english.code) == (2, 2)
    assert f"错误：{zh}" in chinese.err.splitlines()
    assert f"Error: {en}" in english.err.splitlines()
    assert chinese.out == english.out == ""
    assert chinese.err.startswith("用法：") and english.err.startswith("Usage: ")


# --- listings


@pytest.mark.parametrize("name", LISTINGS)
def test_listings(name: str, miaopu: Call) -> None:
    from miaopu.model import vocabulary

    names = list(getattr(vocabulary, name)())
    for lang in LANGUAGES:
        done = miaopu(name, "--lang", lang)
        assert done.code == 0, done.err
        assert [line.split()[0] for line in done.out.split("\n\n")[0].splitlines()[2:]] == names
    assert miaopu(name, names[0]).out.splitlines()[0].endswith(names[0])  # a card
    assert miaopu(name, names[0].upper()).out.splitlines()[2].startswith(names[0])  # a row
    assert len(miaopu(name, "--details").out.splitlines()) > 2 * len(names)


@pytest.mark.parametrize("name", LISTINGS)
def test_listing_without_a_match(name: str, miaopu: Call) -> None:
    done = miaopu(name, "zzzzzz")
    assert (done.code, done.out) == (2, "")
    assert done.err == "no entry contains 'zzzzzz'.\n"


def test_levers_show_costs_and_how_they_are_written(miaopu: Call) -> None:
    from miaopu.commands.levers import BASES
    from miaopu.model import vocabulary

    costly = [lever for lever in vocabulary.levers().values() if lever.cost is not None]
    assert set(BASES) == set(vocabulary.BASES)
    for lever in costly:
        card = miaopu("levers", lever.name, "--lang", "zh").out
        assert lever.cost is not None and BASES[lever.cost.basis].zh in card and lever.cost.source in card
        assert "\n写法" in card


# --- commands about scenarios


def test_check_tells_the_problems_of_all_files(miaopu: Call, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / f"{name}.yaml").write_text(
            "extends: shenzhen-2022-2025.yaml\nrnus: {seed: 1}\n", encoding="utf-8"
        )
    done = miaopu("check", "shenzhen-baseline", tmp_path / "one.yaml", tmp_path / "other.yaml")
    assert done.code == 2
    assert done.out.startswith("shenzhen-baseline: no problems (")
    assert [line.rsplit("/", 1)[1].split(": ")[0] for line in done.err.splitlines()] == [
        "one.yaml:2:1",
        "other.yaml:2:1",
    ]
    assert all("`runs`" in line for line in done.err.splitlines())


def test_check_all_lists_what_is_unsaid(miaopu: Call) -> None:
    for lang in LANGUAGES:
        done = miaopu("check", "shenzhen-baseline", "--all", "--lang", lang)
        assert done.code == 0
        assert "hubs.startup_grant" in done.out and "model/tables/levers.yaml:" in done.out


def test_an_unknown_scenario_names_the_nearest(miaopu: Call) -> None:
    done = miaopu("forecast", "shenzen-2022-2025")
    assert done.code == 2
    assert "shenzhen-2022-2025" in done.err and len(done.err.splitlines()) == 1


def test_explain(miaopu: Call) -> None:
    english, chinese = (
        miaopu("explain", "shenzhen-2022-2025", "hubs.startup_grant", "--lang", lang) for lang in ("en", "zh")
    )
    assert "10万元" in english.out and "scenarios/shenzhen-2022-2025.yaml:" in english.out
    assert "枢纽组织建设补助" in chinese.out
    wrong = miaopu("explain", "shenzhen-2022-2025", "hubs.startup_grnat")
    assert wrong.code == 2 and "hubs.startup_grant" in wrong.err


def test_difference(miaopu: Call) -> None:
    done = miaopu("difference", "shenzhen-baseline", "shenzhen-2022-2025")
    assert done.code == 0
    (row,) = (line for line in done.out.splitlines() if line.startswith("plan.hubs.startup_grant "))
    assert "10万元" in row and "scenarios/shenzhen-2022-2025.yaml:" in row
    same = miaopu("difference", "shenzhen-baseline", "shenzhen-baseline", "--lang", "zh")
    assert same.out == "两个情景内容相同。\n"


def test_schema_is_json(miaopu: Call) -> None:
    import jsonschema

    done = miaopu("schema")
    jsonschema.Draft202012Validator.check_schema(json.loads(done.out))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("by", ["street", "community"])
def test_roster_template(by: str, lang: str, miaopu: Call) -> None:
    done = miaopu("roster-template", "--by", by, "--lang", lang)
    assert done.out.startswith("\ufeff")  # for Excel
    rows = list(csv.reader(io.StringIO(done.out.removeprefix("\ufeff"))))
    assert len(rows) == 3 and len({len(row) for row in rows}) == 1
    assert ("区县" if lang == "zh" else "district") in rows[0]


def test_every_unit_kind_and_group_has_a_name() -> None:
    from miaopu.commands import terms
    from miaopu.model import vocabulary

    parameters, indicators = vocabulary.parameters().values(), vocabulary.indicators().values()
    assert {one.unit for one in (*parameters, *indicators)} <= set(terms.UNITS)
    assert {one.mark for one in parameters} <= set(terms.MARKS)
    assert {one.group for one in indicators} <= set(terms.GROUPS)
    assert {one.kind for one in vocabulary.clauses().values()} <= set(terms.CLAUSES)
