"""`miaopu parameters`: what holds in the world and no plan sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .declare import command
from .listing import Listed, filtered, show
from .speech import current, say
from .terms import MARKS, UNITS, called

if TYPE_CHECKING:
    from ..model.vocabulary import Parameter


@command(
    "列出模型的全部参数：名称、含义、单位、中心值、90% 范围和来源标记（S 官方、M 转载、D 推算、K 判断）。",
    "List every parameter of the model: name, meaning, unit, central value, 90 % range and the mark of its "
    "source (S official, M mirror, D derived, K judgement).",
)
@filtered
def parameters(word: str | None, details: bool) -> None:
    """Print the parameters."""
    from ..model import vocabulary

    heads = [
        say("名称", "name"),
        say("含义", "meaning"),
        say("单位", "unit"),
        say("中心值", "central"),
        say("5%–95%", "5–95 %"),
        say("标记", "mark"),
    ]
    show(heads, [_listed(one) for one in vocabulary.parameters().values()], word, details, right=(3,))


def _listed(one: Parameter) -> Listed:
    lang = current()
    spread = say("固定", "fixed") if one.prior.is_fixed else f"{_short(one.low)} – {_short(one.high)}"
    row = (one.name, one.label.of(lang), called(UNITS, one.unit, lang), _short(one.value), spread, one.mark)
    return Listed(
        row,
        (
            (say("先验分布", "prior"), _prior(one)),
            (say("作用", "what it does"), one.about.of(lang)),
            (say("来源", "source"), f"{one.source}{say('；', '; ')}{called(MARKS, one.mark, lang)}"),
        ),
    )


def _prior(one: Parameter) -> str:
    from ..model.priors import KINDS

    numbers = zip(KINDS[one.prior.kind], (one.prior.a, one.prior.b, one.prior.c), strict=False)
    return f"{one.prior.kind} ({', '.join(f'{name} {_short(value)}' for name, value in numbers)})"


def _short(value: float) -> str:
    return f"{value:.4g}"
