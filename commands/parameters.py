"""`miaopu parameters`: what holds in the world and no plan sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..model.text import Text
from .declare import command, parameters_option
from .listing import Listed, filtered, show
from .speech import current, say
from .terms import MARKS, UNITS, called

if TYPE_CHECKING:
    from ..model.posterior import Posterior
    from ..model.vocabulary import Parameter


@command(
    "列出模型的全部参数：名称、含义、单位、先验的中心值、90% 范围和来源标记（S 官方、M 转载、D 推算、K 判断），"
    "有校准后验的另列其中心值和 90% 范围。",
    "List every parameter of the model: name, meaning, unit, the prior's central value and 90 % range and the mark of "
    "its source (S official, M mirror, D derived, K judgement); where it has been calibrated, the posterior's too.",
)
@filtered
@parameters_option
def parameters(word: str | None, details: bool, chosen: str | None) -> None:
    """Print the parameters, and which of prior and posterior is in force."""
    from ..model import vocabulary
    from ..model.posterior_choice import chosen as posterior_of
    from ..model.posterior_choice import shipped

    in_force = posterior_of(chosen)
    posterior = in_force or shipped()
    heads = [
        say("名称", "name"),
        say("含义", "meaning"),
        say("单位", "unit"),
        say("中心值", "central"),
        say("5%–95%", "5–95 %"),
        say("标记", "mark"),
    ]
    if posterior is not None:
        heads.append(say("后验（5%–95%）", "posterior (5–95 %)"))
    listed = [_listed(one, posterior) for one in vocabulary.parameters().values()]
    show(heads, listed, word, details, right=(3,))
    if posterior is not None:
        told = Text("推演所用：先验；后验只供对照。", "In force: the priors; the posterior is for comparison.")
        if in_force is not None:
            told = Text("推演所用：有后验的用后验（联合抽样），其余用先验。",
                        "In force: of those that have one the posterior, drawn jointly; else the prior.")  # fmt: skip
        click.echo("\n" + told.of(current()))


def _listed(one: Parameter, posterior: Posterior | None) -> Listed:
    lang = current()
    spread = say("固定", "fixed") if one.prior.is_fixed else f"{_short(one.low)} – {_short(one.high)}"
    row = (one.name, one.label.of(lang), called(UNITS, one.unit, lang), _short(one.value), spread, one.mark)
    if posterior is not None:
        row = (*row, _posterior(one, posterior))
    return Listed(
        row,
        (
            (say("先验分布", "prior"), _prior(one)),
            (say("作用", "what it does"), one.about.of(lang)),
            (say("来源", "source"), f"{one.source}{say('；', '; ')}{called(MARKS, one.mark, lang)}"),
        ),
    )


def _posterior(one: Parameter, posterior: Posterior) -> str:
    if one.name not in posterior.names:
        return ""
    low, median, high = posterior.quantiles(one.name)
    return f"{_short(median)} ({_short(low)} – {_short(high)})"


def _prior(one: Parameter) -> str:
    from ..model.priors import KINDS

    numbers = zip(KINDS[one.prior.kind], (one.prior.a, one.prior.b, one.prior.c), strict=False)
    return f"{one.prior.kind} ({', '.join(f'{name} {_short(value)}' for name, value in numbers)})"


def _short(value: float) -> str:
    return f"{value:.4g}"
