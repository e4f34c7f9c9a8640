"""From YAML events to nodes: only data, each key once, scalars by the rules of YAML 1.2."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import yaml

from .nodes import Node, Spot, refuse

DEEPEST = 20
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOTHING = {"", "~", "null", "Null", "NULL"}
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class Composer:
    """Builds nodes from YAML events, and refuses whatever is more than data."""

    def __init__(self, text: str, shown: str) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.SafeLoader)
        self.shown = shown

    def document(self) -> Node:
        """The one document of the text."""
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise refuse(Spot(self.shown, 1, 1), "文件是空的", "the file is empty")
        root = self.node(next(self.events), None, 0)
        next(self.events)
        second = next(self.events)
        if not isinstance(second, yaml.StreamEndEvent):
            raise refuse(
                self.spot(second),
                "一个文件只能有一份内容（不要用 --- 分隔）",
                "a file holds one document (nothing after ---)",
            )
        return root

    def spot(self, event: Any) -> Spot:
        """Where an event begins."""
        return Spot(self.shown, event.start_mark.line + 1, event.start_mark.column + 1)

    def node(self, event: Any, key: Spot | None, depth: int) -> Node:
        """The value that begins with `event`."""
        spot = self.spot(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise refuse(
                spot,
                "不支持 YAML 的锚点和别名（& 与 *），请把内容写出来",
                "anchors and aliases (& and *) are not supported; write the value out",
            )
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise refuse(
                spot,
                f"不支持 YAML 标签 {tag}；文件只是数据",
                f"tags such as {tag} are not supported; a file is only data",
            )
        if depth > DEEPEST:
            raise refuse(
                spot, f"嵌套过深（最多 {DEEPEST} 层）", f"nested too deeply (at most {DEEPEST} levels)"
            )
        if isinstance(event, yaml.ScalarEvent):
            quoted = event.style is not None or event.tag == "!"
            return Node(event.value if quoted else scalar(event.value), spot, event.value, key)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self.items(depth), spot, "", key)
        return Node(self.entries(depth), spot, "", key)

    def items(self, depth: int) -> list[Node]:
        """The items of a list, to its end."""
        found = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.node(event, None, depth + 1))
        return found

    def entries(self, depth: int) -> dict[str, Node]:
        """The entries of a mapping, to its end; a key may stand once."""
        found: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            spot, name = self.spot(event), self.name(event)
            if name in found:
                first = found[name].head.line
                raise refuse(
                    spot,
                    f"`{name}` 写了两次（第一次在第 {first} 行）",
                    f"`{name}` is given twice (first at line {first})",
                )
            found[name] = self.node(next(self.events), spot, depth + 1)
        return found

    def name(self, event: Any) -> str:
        """A key, always as text."""
        spot = self.spot(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor or getattr(event, "tag", None):
            return self.node(event, None, 0).text
        if not isinstance(event, yaml.ScalarEvent):
            raise refuse(spot, "键必须是一个词", "a key must be a word")
        if event.value == "<<":
            raise refuse(
                spot,
                "不支持 YAML 的合并键 <<；请用 extends",
                "the merge key << is not supported; use extends",
            )
        return event.value


def scalar(text: str) -> Any:
    """A plain YAML scalar by the rules of YAML 1.2, numbers in decimal only."""
    if text in _NOTHING:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
