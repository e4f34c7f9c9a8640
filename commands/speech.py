"""Which language the command line speaks, known before anything is parsed."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar

from ..model.text import LANGUAGES, language

_CURRENT: ContextVar[str | None] = ContextVar("miaopu_language", default=None)


def current() -> str:
    """The language of this call, "zh" or "en"."""
    return _CURRENT.get() or language()


def say(zh: str, en: str) -> str:
    """The one of two wordings that the user reads."""
    return zh if current() == "zh" else en


def choose(args: Sequence[str]) -> str:
    """Take the language from `--lang` anywhere in the call, else from MIAOPU_LANG, else from the locale."""
    lang = language(_asked(args))
    _CURRENT.set(lang)
    return lang


def _asked(args: Sequence[str]) -> str | None:
    found = None
    for place, word in enumerate(args):
        if word == "--":
            break
        value = (
            args[place + 1] if word == "--lang" and place + 1 < len(args) else word.removeprefix("--lang=")
        )
        if value in LANGUAGES and value != word:
            found = value
    return found
