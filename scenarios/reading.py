"""Read a scenario file: YAML as plain data, every value with its place in the file.

A file is data. Anchors, aliases, merge keys and tags are refused, a key may stand once, and the
surprises of YAML 1.1 are cured: `no` and `on` stay words, `2022-01` stays text, `010` is ten.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from .composing import Composer
from .nodes import Node, Spot, refuse
from .syntax import in_chinese

LARGEST = 1_000_000


def read(path: Path, shown: str | None = None) -> Node:
    """The content of the YAML file at `path`; `shown` is the name that messages use.

    Raises Refusal with the first error, placed.
    """
    return read_text(_decoded(path, shown or str(path)), shown or str(path))


def read_text(text: str, shown: str) -> Node:
    """The content of a YAML text, named `shown` in messages. Raises Refusal."""
    _refuse_tabs(text, shown)
    try:
        root = Composer(text, shown).document()
    except yaml.reader.ReaderError as error:
        line, column = _line_and_column(text, error.position)
        code = f"U+{int(error.character):04X}"
        raise refuse(
            Spot(shown, line, column),
            f"文件里有不可见的控制字符 {code}，请删除",
            f"the file holds an invisible control character {code}; remove it",
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = Spot(shown, mark.line + 1, mark.column + 1) if mark else Spot(shown, 1, 1)
        english = f"{error.problem}" + (f" ({error.context})" if error.context else "")
        raise refuse(
            spot, f"YAML 语法错误：{in_chinese(error.problem or '')}", f"YAML syntax: {english}"
        ) from None
    if not isinstance(root.value, dict):
        raise refuse(
            root.spot,
            "文件应由“键: 值”组成，现在不是",
            "the file should be made of `key: value` lines; this is not",
        )
    return root


def _decoded(path: Path, shown: str) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise refuse(
                Spot(shown, 1, 1),
                f"文件过大：不应超过 {LARGEST} 字节",
                f"the file is too large: at most {LARGEST} bytes",
            )
        content = path.read_bytes()
    except OSError as error:
        raise refuse(
            None, f"{shown}：无法读取（{error.strerror}）", f"{shown}: cannot be read ({error.strerror})"
        ) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        raise refuse(
            Spot(shown, before.count(b"\n") + 1, column),
            "文件不是 UTF-8 编码，请另存为 UTF-8",
            "the file is not UTF-8; save it as UTF-8",
        ) from None


def _refuse_tabs(text: str, shown: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and line.strip():
            raise refuse(
                Spot(shown, number, indent.index("\t") + 1),
                "缩进里有制表符（Tab），请改用空格",
                "a tab in the indentation; use spaces",
            )


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
