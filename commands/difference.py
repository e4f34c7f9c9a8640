"""`miaopu difference`: what one scenario says and another does not."""

from __future__ import annotations

import click

from ..model.text import Text
from .declare import argument, command
from .speech import say
from .width import screen_width, table


@command(
    "逐项列出两个情景的不同之处：各自的取值，以及写在哪个文件的哪一行（含 extends 引入的内容和默认值）。",
    "List what differs between two scenarios: both values, and the file and line where each is written "
    "(what `extends` brings in and the defaults included).",
)
@argument(
    "first",
    Text("情景甲", "A"),
    zh="情景文件或随附情景的名称",
    en="a scenario file or a shipped scenario's name",
)
@argument("second", Text("情景乙", "B"), zh="与之比较的情景", en="the scenario to compare it with")
def difference(first: str, second: str) -> None:
    """Print the differing values."""
    from ..scenarios.differences import difference as differing
    from ..scenarios.layers import resolve

    changes = differing(resolve(first), resolve(second))
    if not changes:
        click.echo(say("两个情景内容相同。", "The two scenarios say the same."))
        return
    rows = [
        (one.path, one.before or "—", one.after or "—", one.where_before or "—", one.where_after or "—")
        for one in changes
    ]
    heads = [
        say("项目", "value"),
        first,
        second,
        say("出处（甲）", "from (A)"),
        say("出处（乙）", "from (B)"),
    ]
    click.echo(table(heads, rows, width=screen_width()))
