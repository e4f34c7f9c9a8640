"""Scenarios side by side: their colours, and the key that names them in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import style
from .experiment_facts import ExperimentFacts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BASE = style.BASELINE
# after the base, which is always grey: told apart with any colour vision, and by their strokes
OTHERS = ("#332288", "#EE7733", "#33BBEE", "#AA4499", "#661100")
STROKES = ("-", (0, (5, 1.5)), (0, (1.5, 1)), (0, (6, 1.5, 1.5, 1.5)), (0, (3, 3)))
BASE_STROKE = (0, (3, 1))
SAMPLE = 8.0  # mm of line before a name
ROW = 4.2  # mm from line to line


def colour(place: int) -> str:
    """The colour of the scenario at a place; the base is at 0."""
    return BASE if place == 0 else OTHERS[(place - 1) % len(OTHERS)]


def stroke(place: int) -> Any:
    """The stroke of its line."""
    return BASE_STROKE if place == 0 else STROKES[((place - 1) + (place - 1) // len(OTHERS)) % len(STROKES)]


def lines_of(known: ExperimentFacts, keys: Sequence[str], width: float, lang: str) -> list[list[str]]:
    """The names as they are broken in the key."""
    return [style.broken(known.scenario(key, lang), width, style.TEXT) for key in keys]


def height(lines: list[list[str]]) -> float:
    """How high the rows of the key are, in mm."""
    return ROW * sum(map(len, lines))


def draw_key(sheet: Axes, top: float, lines: list[list[str]], said: list[list[str]], at: Sequence[float] = ()) -> float:
    """Sample, name and figures (`said`, from `at` mm) of each scenario, from `top` down; returns where it ends."""
    for place, (broken, figures) in enumerate(zip(lines, said, strict=True)):
        first = top + ROW / 2
        sheet.plot([0, SAMPLE - 2], [first, first], color=colour(place), linestyle=stroke(place), linewidth=2.0)
        for line in broken:
            sheet.text(SAMPLE, top + ROW / 2, line, va="center")
            top += ROW
        for x, figure in zip(at, figures, strict=False):
            sheet.text(x, first, figure, va="center", weight="bold", color=style.INK)
    return top
