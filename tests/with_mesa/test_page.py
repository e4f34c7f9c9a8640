"""The page on Mesa and its examples run as they are printed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mesa.md"


def test_the_code_of_the_page_runs_in_order() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 3
    told: dict[str, Any] = {"__name__": "page"}
    for block in blocks:
        exec(compile("from __future__ import annotations\n" + block, str(PAGE), "exec"), told)
    rows: Any = told["rows"]
    assert {row["RunId"] for row in rows} == {0}


@pytest.mark.slow
def test_the_prize_as_a_script_tells_a_difference() -> None:
    script = ROOT / "docs" / "examples" / "newspaper_prize.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    found = re.findall(r"members: ([\d.]+) without the prize, ([\d.]+) with it", done.stdout)
    without, with_prize = map(float, found[0])
    assert with_prize > without
