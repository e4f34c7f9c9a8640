"""Findings as JSON, so that a brief can be written again without the runs. What is saved is read back exactly."""

from __future__ import annotations

import json
from functools import cache
from math import inf, isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...model.text import Problem, Refusal, Text
from .findings import Findings

if TYPE_CHECKING:
    from cattrs import Converter

FORMAT = 1
_ODD = {"nan": nan, "inf": inf, "-inf": -inf}  # JSON has no such numbers


def save(findings: Findings, path: Path) -> None:
    """Write the findings; equal findings give equal bytes. Raises OSError where the file cannot be written."""
    told = {"made_by": "miaopu", "kind": "findings", "format": FORMAT, "findings": _converter().unstructure(findings)}
    text = json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def load(path: Path) -> Findings:
    """Read what `save` wrote. Raises Refusal where the file is none of ours."""
    from cattrs.errors import BaseValidationError

    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(told, dict) or told.get("kind") != "findings" or told.get("format") != FORMAT:
            raise ValueError("not findings of this format")
        return _converter().structure(told["findings"], Findings)
    except (OSError, ValueError, KeyError, BaseValidationError) as error:
        raise Refusal([Problem(Text(
            f"{path} 不是本程序保存的简报数据", f"{path} does not hold the findings of a brief"
        ))]) from error  # fmt: skip


@cache
def _converter() -> Converter:
    """Text as a pair by language, numbers that JSON does not know as words, tuples as lists."""
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(Text, lambda text: {"zh": text.zh, "en": text.en})
    converter.register_structure_hook(Text, lambda told, _: Text(str(told["zh"]), str(told["en"])))
    converter.register_unstructure_hook(float, _told)
    converter.register_structure_hook(float, lambda told, _: _number(told))
    return converter


def _told(number: float) -> float | str:
    if number == number and abs(number) != inf:
        return float(number)
    return "nan" if isnan(number) else "inf" if number > 0 else "-inf"


def _number(told: Any) -> float:
    return _ODD[told] if isinstance(told, str) else float(told)
