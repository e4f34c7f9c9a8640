"""What an experiment keeps of every run, and the outcomes by which it judges convergence."""

from __future__ import annotations

import re

from ...model.inputs import Inputs
from ...model.vocabulary import indicators
from ...scenarios.cursor import Cursor
from ..single import target_rows
from .experiment import MONTHS_KEPT, MORE_TABLES, Keep
from .grammar import KEEP
from .notes import named, unique
from .scenario_list import Scenes

MONEY = "public_money"
FIGURES = ("reached", "measured", "date")
_INDICATOR = re.compile(r"(?P<name>[^@]*)@(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")


def keep_of(cursor: Cursor | None) -> Keep:
    """Indicators, months and further tables that are kept."""
    if cursor is None or not cursor.has_only(KEEP):
        return Keep()
    listed, months, tables = (cursor.at(key) for key in KEEP)
    return Keep(
        unique(listed, named(indicators())) if listed else (),
        (months.choice(MONTHS_KEPT) if months else None) or "all",
        unique(tables, lambda item: item.choice(MORE_TABLES)) if tables else (),
    )


def target_outcomes(inputs: Inputs) -> list[str]:
    """Names of the outcomes that the targets of a scenario make."""
    return [
        f"{target.id}.{target.counts or 'all'}.{figure}"
        for target in target_rows(inputs)
        for figure in (FIGURES if target.by is not None else FIGURES[:2])
    ]


def decide_on_of(
    cursor: Cursor | None, scenes: Scenes, keep: Keep, until: tuple[int, int] | None
) -> tuple[str, ...]:
    """The names of outcomes: of targets, of kept indicators at a kept year's end, or public money."""
    if cursor is None:
        return ()

    def read(item: Cursor) -> str | None:
        name = item.words()
        if name is None:
            return None
        sound = _indicator(item, name, scenes, keep, until) if "@" in name else _target(item, name, scenes)
        return name if sound else None

    return unique(cursor, read)


def _target(item: Cursor, name: str, scenes: Scenes) -> bool:
    """Whether a target of some scenario makes the outcome (public money always is one)."""
    known = list(dict.fromkeys(outcome for inputs in scenes.inputs for outcome in target_outcomes(inputs)))
    if name in known or name == MONEY:
        return True
    if scenes.complete:
        item.unknown(name, [*known, MONEY], key=False)
    return False


def _indicator(item: Cursor, name: str, scenes: Scenes, keep: Keep, until: tuple[int, int] | None) -> bool:
    match = _INDICATOR.fullmatch(name)
    if match is None:
        item.wrong(
            f"“{name}”写法不对；应写作“指标@月份”，例如 street_hub_coverage@2025-12",
            f"`{name}` is not an indicator and a month; write it as street_hub_coverage@2025-12",
        )
        return False
    indicator, year, month = match["name"], int(match["year"]), int(match["month"])
    if indicator not in indicators():
        item.unknown(indicator, indicators(), key=False)
        return False
    if indicator not in keep.indicators:
        item.wrong(
            f"指标 {indicator} 没有列入 keep.indicators", f"`{indicator}` is not among `keep.indicators`"
        )
        return False
    return all(_kept(item, inputs, keep, (year, month), until) for inputs in scenes.inputs)


def _kept(
    item: Cursor, inputs: Inputs, keep: Keep, when: tuple[int, int], until: tuple[int, int] | None
) -> bool:
    """Whether the month is run in the scenario and kept; a problem is noted otherwise."""
    last = min(inputs.months - 1, inputs.month_index(*until)) if until else inputs.months - 1
    index = inputs.month_index(*when)
    name = f"{when[0]}-{when[1]:02d}"
    if not 0 <= index <= last:
        item.wrong(
            f"{name} 不在情景 {inputs.scenario} 的推演时段之内", f"{name} is not run in {inputs.scenario}"
        )
        return False
    if when[1] != 12 and index != last:
        item.wrong(
            f"{name} 既不是12月，也不是推演的最后一个月",
            f"{name} is neither a December nor the last month that is run",
        )
        return False
    kept = index == last or keep.months != "last"
    if not kept:
        item.wrong(
            f"{name} 不在保留的月份之内（keep.months 为 {keep.months}）",
            f"{name} is not kept (`keep.months` is {keep.months})",
        )
    return kept
