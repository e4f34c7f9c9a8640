"""`miaopu clauses`: every clause of both plans and what stands for it in the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .declare import command
from .listing import Listed, filtered, show
from .speech import current, say
from .terms import CLAUSES, called

if TYPE_CHECKING:
    from ..model.vocabulary import Clause


@command(
    "列出两份计划的全部条款，以及各条在模型中对应的目标、政策杠杆、规则或日期；未纳入的说明理由。",
    "List every clause of both plans with the target, lever, rule or date that stands for it; "
    "what is not simulated is given with its reason.",
)
@filtered
def clauses(word: str | None, details: bool) -> None:
    """Print the clauses."""
    from ..model import vocabulary

    heads = [
        say("条款", "clause"),
        say("类别", "kind"),
        say("对应", "stands for it"),
        say("内容", "content"),
    ]
    show(heads, [_listed(one) for one in vocabulary.clauses().values()], word, details)


def _listed(one: Clause) -> Listed:
    reason = one.reason.of(current())
    maps = " ".join(one.maps) or say("未模拟", "not simulated")
    content = say(one.phrase, one.gloss)
    return Listed(
        (one.id, called(CLAUSES, one.kind, current()), maps, content),
        ((say("英文释义", "in Chinese"), say(one.gloss, one.phrase)), (say("说明", "reason"), reason)),
    )
