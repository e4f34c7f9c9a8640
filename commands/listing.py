"""What the listing commands share: rows, a filter word, and cards with everything about one entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import click

from ..model.text import Problem, Refusal, Text, nearest
from .declare import argument, option
from .width import cells, pad, screen_width, table, wrap


class Listed(NamedTuple):
    """One entry of a list: its row in the table and, for its card, more about it under headings."""

    row: tuple[str, ...]
    more: tuple[tuple[str, str], ...]

    def speaks_of(self, word: str) -> bool:
        """Whether `word` stands anywhere in the entry, whatever the case of its letters."""
        text = "\n".join([*self.row, *(value for _, value in self.more)])
        return word.casefold() in text.casefold()


def filtered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a listing command its filter word and `--details`."""
    word = argument(
        "word",
        Text("关键词", "WORD"),
        required=False,
        zh="只列出含有该词的条目；给出完整名称时列出其全部内容",
        en="only entries that contain this word; a full name shows everything about its entry",
    )
    details = option("--details", is_flag=True, zh="逐条列出全部内容", en="show everything about each entry")
    return word(details(function))


def show(
    heads: Sequence[str],
    entries: Sequence[Listed],
    word: str | None,
    details: bool,
    right: Sequence[int] = (),
) -> None:
    """Print the entries that contain `word`: a table, or cards when details or a full name are asked for."""
    chosen = [entry for entry in entries if word is None or entry.speaks_of(word)]
    if not chosen:
        raise _nothing(word or "", [entry.row[0] for entry in entries])
    exact = [entry for entry in chosen if entry.row[0] == word]
    if details or exact:
        click.echo("\n\n".join(_card(heads, entry) for entry in exact or chosen))
    else:
        click.echo(table(heads, [entry.row for entry in chosen], right, screen_width()))


def _nothing(word: str, names: Sequence[str]) -> Refusal:
    near = nearest(word, names)
    zh, en = f"没有含“{word}”的条目。", f"no entry contains '{word}'."
    if near:
        zh, en = f"{zh}是不是“{near}”？", f"{en} Did you mean '{near}'?"
    return Refusal([Problem(Text(zh, en))])


def _card(heads: Sequence[str], entry: Listed) -> str:
    pairs = [(head, value) for head, value in [*zip(heads, entry.row, strict=True), *entry.more] if value]
    return card(pairs)


def card(pairs: Sequence[tuple[str, str]]) -> str:
    """Two columns, heading and value; the values are wrapped on a terminal."""
    size = max(cells(head) for head, _ in pairs) + 2
    width = screen_width()
    lines = []
    for head, value in pairs:
        parts = wrap(value, width - size) if width else [value]
        lines.append(pad(head, size) + parts[0])
        lines += [" " * size + part for part in parts[1:]]
    return "\n".join(lines)
