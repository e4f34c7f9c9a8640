"""Measure everything again and put the tables into docs/performance.md; the text around them stays.

    python benchmarks/renew.py                    # all, some forty minutes on four idle cores
    python benchmarks/renew.py profile_month      # only tables of one script

Tables stand between `<!-- tables: COMMAND -->` and `<!-- end -->`; COMMAND is run from the repository's root.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
TABLES = re.compile(r"(<!-- tables: python (?P<command>.*?) -->\n).*?(<!-- end -->)", re.DOTALL)


def measured(found: re.Match[str]) -> str:
    """The block with what its command prints now."""
    done = subprocess.run(
        [sys.executable, *shlex.split(found["command"])], cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE
    )
    return f"{found[1]}{done.stdout.strip()}\n{found[3]}"


def main(names: list[str]) -> None:
    """Renews one block after another, and writes the page after each so that an interruption loses little."""
    page = PAGE.read_text(encoding="utf-8")
    for found in TABLES.finditer(page):
        if not names or Path(shlex.split(found["command"])[0]).stem in names:
            print(found["command"], flush=True)
            block = measured(found)
            text = PAGE.read_text(encoding="utf-8").replace(found[0], block)
            PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
