"""`miaopu levers`: what a plan can set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.text import Text
from .declare import command
from .listing import Listed, filtered, show
from .speech import current, say
from .terms import MARKS, called

if TYPE_CHECKING:
    from ..model.vocabulary import Cost, Lever

BASES = {
    "whole": Text("全域", "for the whole place"),
    "prefecture": Text("每个市州", "per prefecture"),
    "district": Text("每个县（市、区）", "per district or county"),
    "street": Text("每个街道（乡镇）", "per street or township"),
    "township": Text("每个乡镇", "per township"),
    "community": Text("每个社区（村）", "per community or village"),
    "village": Text("每个村", "per village"),
}


@command(
    "列出计划可用的全部政策杠杆：名称、含义、不设政策时的取值、允许范围和对应条款。",
    "List every lever that a plan can set: name, meaning, value without any policy, range and clauses.",
)
@filtered
def levers(word: str | None, details: bool) -> None:
    """Print the levers."""
    from ..model import vocabulary

    heads = [
        say("名称", "name"),
        say("含义", "meaning"),
        say("无政策时", "neutral"),
        say("范围", "range"),
        say("条款", "clauses"),
    ]
    show(heads, [_listed(lever) for lever in vocabulary.levers().values()], word, details)


def _listed(lever: Lever) -> Listed:
    from ..scenarios.units import EXAMPLES, NAMES, shown

    lang = current()
    low, high = (shown(value, lever.unit).of(lang) for value in (lever.low, lever.high))
    row = (
        lever.name,
        lever.label.of(lang),
        shown(lever.neutral, lever.unit).of(lang),
        f"{low} – {high}",
        " ".join(lever.clauses),
    )
    unit = NAMES.get(lever.unit, Text(lever.unit, lever.unit)).of(lang)
    example = EXAMPLES.get(lever.unit, Text("", "")).of(lang)
    more = [
        (say("写法", "written as"), say(f"{unit}，如 {example}", f"{unit}, such as {example}")),
        (say("作用", "what it does"), lever.about.of(lang)),
    ]
    if lever.cost is not None:
        more += _cost(lever.cost)
    return Listed(row, tuple(more))


def _cost(cost: Cost) -> list[tuple[str, str]]:
    from ..scenarios.units import shown

    unit = "yuan per year" if cost.yearly else "yuan"
    amount = f"{shown(cost.yuan, unit).of(current())}{say('，', ', ')}{BASES[cost.basis].of(current())}"
    return [
        (say("费用", "cost"), amount),
        (say("来源", "source"), f"{cost.source}{say('；', '; ')}{called(MARKS, cost.mark, current())}"),
    ]
