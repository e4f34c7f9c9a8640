"""A cursor on a value of a scenario: reads it as what it should be and collects every problem, placed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..model.text import Problem, Text, nearest
from .nodes import Node
from .quantities import Quantity, WrongUnit, quantity

_MONTH = re.compile(r"(?P<year>\d{4})\s*(?:-|年)\s*(?P<month>\d{1,2})\s*月?")


class Book:
    """The problems of one scenario, each told once, in the order of the file."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, int, int, Text], Problem] = {}
        self.passed_on: list[Problem] = []

    def add(self, node: Node, text: Text, key: bool = False) -> None:
        """Note a problem at the value of `node`, or at its key."""
        spot = node.head if key else node.spot
        self.found.setdefault((spot.file, spot.line, spot.column, text), Problem(text, str(spot)))

    def pass_on(self, problem: Problem) -> None:
        """Take over a problem of another file, such as a roster."""
        self.passed_on.append(problem)

    @property
    def problems(self) -> list[Problem]:
        """All problems, by file, line and column; those of other files last."""
        return [self.found[place] for place in sorted(self.found)] + self.passed_on


@dataclass(frozen=True)
class Cursor:
    """A value, its dotted path, and the book in which its problems are noted."""

    node: Node
    path: str
    book: Book

    @property
    def value(self) -> Any:
        """The bare value (mappings and lists hold nodes)."""
        return self.node.value

    def wrong(self, zh: str, en: str, key: bool = False) -> None:
        """Note a problem here, its path first."""
        self.book.add(self.node, Text(f"{self.path}：{zh}", f"{self.path}: {en}"), key)

    def at(self, key: str) -> Cursor | None:
        """The entry `key` of a mapping, if it is there and not empty."""
        child = self.node.value.get(key) if isinstance(self.node.value, dict) else None
        if child is None or child.value is None:
            return None
        return Cursor(child, self._below(key), self.book)

    def entries(self) -> Iterator[tuple[str, Cursor]]:
        """All entries of a mapping, empty ones included."""
        for key, child in self.node.value.items():
            yield key, Cursor(child, self._below(key), self.book)

    def items(self) -> Iterator[Cursor]:
        """All items of a list."""
        for index, child in enumerate(self.node.value):
            yield Cursor(child, f"{self.path}.{index}", self.book)

    def _below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def is_mapping(self) -> bool:
        """Whether this is a mapping; a problem is noted otherwise."""
        if isinstance(self.value, dict):
            return True
        self.wrong("应为若干“键: 值”", "should be a mapping (`key: value` lines)")
        return False

    def is_list(self) -> bool:
        """Whether this is a list; a problem is noted otherwise."""
        if isinstance(self.value, list):
            return True
        self.wrong("应为列表（每项以 - 开头）", "should be a list (each item after a dash)")
        return False

    def has_only(self, allowed: Iterable[str], required: Iterable[str] = ()) -> bool:
        """Check a mapping's keys: unknown, empty and missing ones are noted. False if it is no mapping."""
        if not self.is_mapping():
            return False
        known = list(allowed)
        for key, child in self.entries():
            if key not in known:
                child.unknown(key, known)
            elif child.value is None:
                child.wrong(
                    "冒号后没有值；请填写，或删去这一行",
                    "has no value; give one or remove the line",
                    key=True,
                )
        for key in required:
            if key not in self.value:
                where = self.path or "scenario"
                self.book.add(
                    self.node,
                    Text(f"{where}：缺少必填项 {key}", f"{where}: the key `{key}` is missing"),
                    True,
                )
        return True

    def unknown(self, name: str, allowed: Iterable[str], key: bool = True) -> None:
        """Note that `name` is none of `allowed`, with the nearest or all of them."""
        zh, en = offer(name, allowed)
        self.wrong(
            f"没有“{name}”这一项{zh}" if key else f"“{name}”不认识{zh}",
            f"unknown key `{name}`{en}" if key else f"unknown `{name}`{en}",
            key,
        )

    def choice(self, allowed: Mapping[str, str] | Iterable[str]) -> str | None:
        """One of the allowed words (a mapping translates spellings to words)."""
        words = dict(allowed) if isinstance(allowed, Mapping) else {word: word for word in allowed}
        if isinstance(self.value, str) and self.value in words:
            return words[self.value]
        said = self.node.text or "…"
        choices = list(dict.fromkeys(words.values()))
        like = nearest(said, words)
        zh, en = (f"；是否想写 {like}？", f" — did you mean `{like}`?") if like else ("", "")
        self.wrong(
            f"“{said}”不在可选之列：{'、'.join(choices)}{zh}",
            f"`{said}` is not one of {', '.join(choices)}{en}",
        )
        return None

    def month(self) -> int | None:
        """A month such as 2022-12 as year × 12 + month − 1."""
        match = _MONTH.fullmatch(self.value) if isinstance(self.value, str) else None
        if match and 1 <= int(match["month"]) <= 12 and 1949 <= int(match["year"]) <= 2100:
            return int(match["year"]) * 12 + int(match["month"]) - 1
        said = self.node.text or "…"
        self.wrong(
            f"“{said}”不是月份；应写作 2022-12 或 2022年12月", f"`{said}` is not a month; write it as 2022-12"
        )
        return None

    def quantity(self, unit: str) -> Quantity | None:
        """A quantity of `unit`."""
        try:
            return quantity(self.value, unit)
        except WrongUnit as error:
            self.wrong(error.text.zh, error.text.en)
            return None

    def whole(self, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and low <= self.value <= high:
            return self.value
        said = self.node.text or "…"
        self.wrong(
            f"“{said}”应为 {low} 到 {high} 的整数", f"`{said}` should be a whole number from {low} to {high}"
        )
        return None

    def words(self) -> str | None:
        """A piece of text."""
        if (
            isinstance(self.value, str | int | float)
            and not isinstance(self.value, bool)
            and self.node.text.strip()
        ):
            return self.node.text
        self.wrong("应为一段文字", "should be a piece of text")
        return None

    def pair(self) -> Text | None:
        """Text in both languages: {zh: …, en: …}; a bare text stands for both."""
        if not isinstance(self.value, dict):
            both = self.words()
            return Text(both, both) if both is not None else None
        if not self.has_only(("zh", "en"), ("zh", "en")):
            return None
        zh, en = self.at("zh"), self.at("en")
        said = (zh.words() if zh else None), (en.words() if en else None)
        return Text(said[0], said[1]) if said[0] is not None and said[1] is not None else None


def offer(name: str, allowed: Iterable[str]) -> tuple[str, str]:
    """What to suggest instead of `name`: the nearest allowed word, else a short list."""
    words = list(dict.fromkeys(allowed))
    like = nearest(name, words)
    if like:
        return f"；是否想写 {like}？", f" — did you mean `{like}`?"
    if words and len(words) <= 24:
        return f"；可用：{'、'.join(words)}", f"; allowed are {', '.join(words)}"
    return "", ""
