"""`miaopu status`: how far an experiment is."""

from __future__ import annotations

from pathlib import Path

import click

from .declare import command
from .experimenting import failures_of, folder_argument, size
from .speech import current, say


@command(
    "查看一项实验的进度：计划、完成、失败和剩余的推演次数，占用磁盘，是否正在推演。",
    "Tell how far an experiment is: runs planned, done, failed and left, disk used, and whether it is at work.",
)
@folder_argument
def status(folder: Path) -> int:
    """Print the counts and what to do next."""
    from ..experiments.campaign.folder import reopen
    from ..experiments.campaign.status import status_of

    found = status_of(reopen(folder))
    click.echo(found.name.of(current()))
    done, planned, failed = found.done, found.planned, found.failed
    share = 100 * (done + failed) // max(1, planned)
    click.echo(say(f"计划 {planned} 次推演，完成 {done} 次（{share}%），失败 {failed} 次，剩余 {found.left} 次",
                   f"{planned} runs planned, {done} done ({share} %), {failed} failed, {found.left} left"))  # fmt: skip
    click.echo(say(f"占用磁盘 {size(found.bytes)}", f"{size(found.bytes)} on the disk"))
    if found.at_work:
        click.echo(say("正在推演", "at work"))
    elif found.left:
        click.echo(say(f"接着做：miaopu resume {folder}", f"To go on: miaopu resume {folder}"))
    return failures_of(folder, failed)
