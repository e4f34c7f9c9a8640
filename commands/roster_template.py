"""`miaopu roster-template`: a roster to fill in."""

from __future__ import annotations

import sys

import click

from .declare import OneOf, command, option
from .speech import current


@command(
    "输出名册的空白模板（CSV，含两行示例），填好后在情景中以 place: {roster: 文件名} 引用；"
    "表头为中文，--lang en 时为英文。",
    "Print a roster to fill in (CSV with two example rows), for `place: {roster: FILE}` in a scenario; "
    "its header is in the language of --lang.",
)
@option(
    "--by",
    type=OneOf("street", "community"),
    default="street",
    metavar="street|community",
    zh="每行一个街道（乡镇），或每行一个社区（村）；默认 street",
    en="one row per street or township, or per community or village; else street",
)
def roster_template(by: str) -> None:
    """Print the template."""
    from ..scenarios.roster_columns import roster_template as template

    mark = "" if sys.stdout.isatty() else "\ufeff"  # in a file, it tells Excel that the text is UTF-8
    click.echo(mark + template(by, current()), nl=False)
