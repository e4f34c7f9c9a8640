"""Constants of the code that are judgement: the mark K in the comment beside them or on the line above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...scenarios.layers import SHIPPED
from .marks import JUDGED

ROOT = SHIPPED.parent
FOLDERS = ("model", "scenarios")
_CONSTANT = re.compile(r"(?P<name>[A-Z][A-Z_]*(?:, [A-Z_]+)*) = (?P<values>.+?)(?:  # (?P<why>.*))?$")


class Constant(NamedTuple):
    """A line that sets constants."""

    name: str
    values: str  # as written, without brackets
    why: str
    where: str  # file:line


def judged_constants() -> Iterator[Constant]:
    """The lines of the model and of the reading of scenarios that set judged constants."""
    for path in sorted(one for folder in FOLDERS for one in (ROOT / folder).rglob("*.py")):
        above = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = _CONSTANT.match(line)
            why = (found["why"] or above) if found else ""
            if found and JUDGED.search(why):
                where = f"{path.relative_to(ROOT).as_posix()}:{number}"
                yield Constant(found["name"], found["values"].strip("() "), why, where)
            above = line[2:] if line.startswith("# ") else ""
