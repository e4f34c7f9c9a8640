"""Two languages: a text is a pair, a problem is a pair with a place in a file."""

from __future__ import annotations

import difflib
import locale
import os
from collections.abc import Iterable
from typing import NamedTuple

LANGUAGES = ("zh", "en")


class Text(NamedTuple):
    """One meaning in Chinese and in English."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """The text in `lang` ("zh" or "en")."""
        return self.zh if lang == "zh" else self.en


class Problem(NamedTuple):
    """Something wrong with what the user gave; `where` is "file:line:column"."""

    text: Text
    where: str | None = None

    def line(self, lang: str) -> str:
        """One line for people, its place first."""
        return f"{self.where}: {self.text.of(lang)}" if self.where else self.text.of(lang)


class Refusal(Exception):
    """The input cannot be used; carries every problem found, not only the first."""

    exit_code = 2  # of a command that ends with it

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(problem.line("en") for problem in self.problems))


def language(asked: str | None = None) -> str:
    """The language to speak: the one asked for, else MIAOPU_LANG, else the locale's."""
    wanted = asked or os.environ.get("MIAOPU_LANG") or _locale_name()
    return "zh" if wanted.lower().startswith("zh") else "en"


def _locale_name() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable]
    return locale.getlocale()[0] or "en"


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word most like `word`, if any is like it at all."""
    choices = list(allowed)
    found = difflib.get_close_matches(word, choices, n=1, cutoff=0.5)
    if found:
        return found[0]
    lower = {choice.lower(): choice for choice in choices}
    found = difflib.get_close_matches(word.lower(), list(lower), n=1, cutoff=0.6)
    return lower[found[0]] if found else None
