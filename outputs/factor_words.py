"""Values of factors in words and on axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import style
from .experiment_facts import Measure
from .outcome_words import scale_of, tick, unit_name, value_words
from .tables import reading_label
from .words import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def steps_of(part: pd.DataFrame, unit: str, lang: str) -> list[str] | None:
    """The values of a choice in words; nothing for a factor with a scale."""
    words = [str(word) if word == word and word else "" for word in part["word"]]
    if any(words):
        return [
            reading_label(word).of(lang) if word else number(float(value), lang)
            for word, value in zip(words, part["value"], strict=True)
        ]
    if unit == "flag":
        return [(Text("是", "yes") if value >= 0.5 else Text("否", "no")).of(lang) for value in part["value"]]
    return None


def value_axis(axes: Axes, part: pd.DataFrame, unit: str, lang: str) -> None:
    """Ticks and unit of a factor's values."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    each, name = 1.0, unit_name(unit, lang)
    if unit == "share":
        axes.xaxis.set_major_formatter(lambda value, _: tick(100 * float(value)))
    else:
        if unit.startswith("yuan"):
            scale = scale_of(Measure(Text("", ""), unit, ""), float(part["value"].abs().max()), lang)
            each, per = scale.each, Text("/年", " per year").of(lang) if "per year" in unit else ""
            name = scale.unit.of(lang).strip() + per
        axes.xaxis.set_major_formatter(lambda value, _: tick(float(value) / each))
    axes.tick_params(axis="x", labelsize=style.FOOT + 0.5, length=2)
    if name:
        axes.set_xlabel(name, size=style.FOOT + 0.5, labelpad=1)


def factor_value(value: object, unit: str, lang: str) -> str:
    """A value of a factor in words."""
    if isinstance(value, str):
        return reading_label(value).of(lang)
    known = float(str(value))
    if unit == "flag":
        return (Text("是", "yes") if known >= 0.5 else Text("否", "no")).of(lang)
    if unit == "share":
        return percent(known, lang, 0 if abs(100 * known - round(100 * known)) < 1e-6 else 1)
    if unit.startswith("yuan"):
        return value_words(known, Measure(Text("", ""), unit, ""), lang)
    return tick(known) if abs(known) < 10000 else number(known, lang)
