"""Progress on standard error, and text whose Chinese characters are two columns wide."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from miaopu.commands import progress, speech
from miaopu.commands.width import cells, pad, table, wrap
from miaopu.model.text import Text

STAGE = Text("推演", "simulating")
COMPILING = Text("首次编译模型", "compiling")


def test_lines_of_progress() -> None:
    speech.choose(["--lang", "zh"])
    assert progress.line(STAGE, 120, 1000, 24.5) == "推演 120/1000 · 12 % · 剩约 3 分"
    assert progress.line(STAGE, 1000, 1000, 60) == "推演 1000/1000 · 100 %"
    assert progress.line(COMPILING, 0, 1, 5) == "首次编译模型 · 已 5 秒"
    speech.choose(["--lang", "en"])
    assert progress.line(STAGE, 120, 1000, 24.5) == "simulating 120/1000 · 12 % · about 3 min left"
    assert progress.line(STAGE, 500, 1000, 20) == "simulating 500/1000 · 50 % · about 20 s left"
    assert progress.line(STAGE, 1, 1000, 10) == "simulating 1/1000 · 0 % · about 2 h 46 min left"
    assert progress.line(STAGE, 0, 1000, 10) == "simulating 0/1000 · 0 %"


@pytest.mark.parametrize(("lang", "compiling"), [("zh", "首次编译模型 · 已 "), ("en", "compiling · ")])
def test_progress_off_a_terminal(
    lang: str, compiling: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    speech.choose(["--lang", lang])
    for name, seconds in (("FIRST", 0.05), ("EVERY", 0.1), ("TICK", 0.01)):
        monkeypatch.setattr(progress, name, seconds)
    with progress.Progress() as tell:
        tell(COMPILING, 0, 1)
        time.sleep(0.3)
        for done in range(5):
            tell(STAGE, done, 4)
            time.sleep(0.15)
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0].startswith(compiling)
    assert lines[-1] == f"{STAGE.of(lang)} 4/4 · 100 %"
    assert any(line.endswith("left") or "剩约" in line for line in lines)


def test_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.Progress() as tell:
        tell(STAGE, 2, 2)
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_on_a_terminal() -> None:
    import pty

    code = (
        "import time; from miaopu.commands.progress import Progress; from miaopu.model.text import Text\n"
        "with Progress() as tell:\n"
        "    tell(Text('编译', 'compiling'), 0, 1); time.sleep(0.3)\n"
        "    for k in range(5): tell(Text('推演', 'simulating'), k, 4); time.sleep(0.3)"
    )
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "MIAOPU_LANG": "en", "COLUMNS": "100"}
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=theirs, env=env)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0 and done.stdout == b""
    assert "compiling" in shown and "simulating" in shown and "3/4" in shown and "left" in shown


def test_chinese_is_two_columns_wide() -> None:
    assert cells("枢纽 hub") == 8
    assert pad("枢纽", 6) == "枢纽  " and pad("枢纽", 6, right=True) == "  枢纽"
    assert table(["a", "b"], [["枢纽", "1"], ["x", "22"]], right=[1]).splitlines() == [
        "a      b",
        "────  ──",
        "枢纽   1",
        "x     22",
    ]


@pytest.mark.parametrize("width", range(8, 40))
def test_wrapping_keeps_to_the_width(width: int) -> None:
    text = "区（县）级孵化基地同时在孵组织的上限。Most organizations are incubated, 每年 2 场。"
    lines = wrap(text, max(width, 13))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= max(width, 13) + 2 for line in lines)
    assert not any(line[0] in "，。）" for line in lines)


def test_tables_keep_to_a_terminal() -> None:
    rows = [
        ["hubs.startup_grant", "枢纽组织建设补助由区级财政一次性拨付", "paid once when a hub is founded"]
    ] * 2
    wide = table(["name", "含义", "meaning"], rows)
    assert len(wide.splitlines()) == 4
    narrow = table(["name", "含义", "meaning"], rows, width=50)
    assert all(cells(line) <= 50 for line in narrow.splitlines())
    assert "".join(narrow.split()).count("hubs.startup_grant") == 2
