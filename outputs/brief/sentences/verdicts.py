"""The word of the scale inside a sentence."""

from __future__ import annotations

from ...likelihood import ALMOST_IMPOSSIBLE, EVEN, OPEN, Degree, degree
from ..findings import Chance
from .parts import strong


def word(chance: Chance) -> Degree:
    """The word of the scale for a probability."""
    return degree(chance.low, chance.high)


def verdict(chance: Chance, lang: str, what: str) -> str:
    """The bold word with what it is said of.

    In Chinese `what` is a verb, 如期实现, that follows the word; in English it is the subject, "the target for …".
    """
    said = word(chance)
    if lang == "zh":
        if said is OPEN:
            return f"能否{what}{strong(said.word.zh)}"
        return f"能否{what}，{strong(said.word.zh)}" if said is EVEN else strong(said.word.zh + what)
    if said is OPEN:
        return f"whether {what} is met is {strong(said.word.en)}"
    return f"{what} is {strong(said.word.en)} to {'meet' if said is ALMOST_IMPOSSIBLE else 'be met'}"
