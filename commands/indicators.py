"""`miaopu indicators`: what is measured, and what targets can name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .declare import command
from .listing import Listed, filtered, show
from .speech import current, say
from .terms import GROUPS, UNITS, called

if TYPE_CHECKING:
    from ..model.vocabulary import Indicator


@command(
    "列出全部指标：名称、含义、单位、能否分区县统计；目标只能引用这里的名称。",
    "List every indicator: name, meaning, unit and whether it is kept by district. Targets name these.",
)
@filtered
def indicators(word: str | None, details: bool) -> None:
    """Print the indicators."""
    from ..model import vocabulary

    heads = [
        say("名称", "name"),
        say("含义", "meaning"),
        say("单位", "unit"),
        say("分区县", "by district"),
        say("类别", "group"),
    ]
    show(heads, [_listed(one) for one in vocabulary.indicators().values()], word, details)


def _listed(one: Indicator) -> Listed:
    lang = current()
    row = (
        one.name,
        one.label.of(lang),
        called(UNITS, one.unit, lang),
        say("是", "yes") if one.by_district else say("否", "no"),
        called(GROUPS, one.group, lang),
    )
    more = [(say("定义", "definition"), one.about.of(lang))]
    if one.effective:
        more.append((say("实效口径", "counted strictly"), one.effective))
    return Listed(row, tuple(more))
