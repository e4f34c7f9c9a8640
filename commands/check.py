"""`miaopu check`: every problem of one or more scenario files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..model.text import Problem, Refusal, Text
from .declare import argument, command, option
from .speech import current, say
from .width import screen_width, table

if TYPE_CHECKING:
    from ..model.inputs import Inputs
    from ..scenarios.layers import Resolved


@command(
    "检查情景文件，一次列出全部问题，每个问题注明文件、行、列、所写的值和应写的内容。",
    "Check scenario files and list every problem at once, each with file, line, column, what is "
    "written there and what is allowed.",
)
@argument(
    "scenarios",
    Text("情景", "SCENARIO"),
    nargs=-1,
    required=True,
    zh="情景文件，或随附情景的名称",
    en="scenario files, or names of shipped scenarios",
)
@option(
    "--all",
    "everything",
    is_flag=True,
    zh="另列出情景没有写明的内容和所用的默认值",
    en="also list what the scenario leaves unsaid and what holds instead",
)
def check(scenarios: tuple[str, ...], everything: bool) -> None:
    """Check each; the problems of all are told together."""
    from ..scenarios.compiling import inputs_of
    from ..scenarios.layers import resolve

    problems: list[Problem] = []
    for scenario in scenarios:
        try:
            resolved = resolve(scenario)
            inputs = inputs_of(resolved)
        except Refusal as refusal:
            problems += refusal.problems
        else:
            click.echo(f"{scenario}: {_summary(inputs)}")
            if everything:
                click.echo(_unsaid(resolved))
    if problems:
        raise Refusal(problems)


def _summary(inputs: Inputs) -> str:
    place = inputs.place
    (y, m), (last_y, last_m) = inputs.year_month(0), inputs.year_month(inputs.months - 1)
    levels = [
        (place.districts, place.level_names.district),
        (place.streets, place.level_names.street),
        (place.communities, place.level_names.community),
    ]
    span, targets = f"{y}-{m:02d} – {last_y}-{last_m:02d}", len(inputs.targets)
    chinese = "、".join(f"{name.zh} {count}" for count, name in levels)
    english = ", ".join(f"{name.en} {count}" for count, name in levels)
    return say(
        f"没有问题（{span}，{chinese}，目标 {targets} 项）",
        f"no problems ({span}; {english}; targets {targets})",
    )


def _unsaid(resolved: Resolved) -> str:
    from ..scenarios.explanation import unsaid

    heads = [say("没有写明", "unsaid"), say("所用的值", "what holds"), say("出处", "from")]
    rows = [(one.name, one.value.of(current()), one.where) for one in unsaid(resolved)]
    return f"\n{table(heads, rows, width=screen_width())}\n"
