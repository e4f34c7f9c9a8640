"""`miaopu` itself; a command's module is imported only when the command is called."""

from __future__ import annotations

import importlib

import click

from .. import __version__
from ..model.text import Text, nearest
from .contents import COMMANDS
from .declare import Option, Placed, language_option
from .help import page_width, write_help, write_section
from .speech import current, say

ABOUT = Text(
    "苗圃：用基于主体的模型推演社区社会组织培育发展计划。",
    "Miaopu: agent-based forecasts of plans for community social organizations.",
)


class LazyGroup(Placed, click.Group):
    """`miaopu` itself: knows every command's name and one line about it, and imports none before its time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and take the command from it."""
        if cmd_name not in COMMANDS:
            return None
        module_name = cmd_name.replace("-", "_")
        module = importlib.import_module(f".{module_name}", __package__)
        return getattr(module, module_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names; name the nearest if there is none."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = nearest(name, COMMANDS)
            hint = say(f"是不是“{near}”？", f" Did you mean '{near}'?") if near else ""
            ctx.fail(say(f"没有“{name}”这个命令。", f"No such command '{name}'.") + hint)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that begins with "Usage"."""
        formatter.write(f"{say('用法：', 'Usage: ')}miaopu {say('[选项] 命令 …', '[OPTIONS] COMMAND …')}\n")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands in the language of this call."""
        write_help(self, ABOUT, ctx, formatter)
        rows = [(name, about.of(current())) for name, about in COMMANDS.items()]
        write_section(formatter, say("命令", "Commands"), rows, page_width())
        more = say("各命令的说明：miaopu 命令 --help", "More about a command: miaopu COMMAND --help")
        formatter.write(f"\n{more}\n")


def root() -> LazyGroup:
    """The group of all commands."""
    version = Option(["--version"], Text("显示版本号", "show the version"), is_flag=True)
    return LazyGroup(
        "miaopu", params=[version, language_option()], callback=_without_command, invoke_without_command=True
    )


def _without_command(version: bool) -> None:
    ctx = click.get_current_context()
    if version:
        click.echo(f"miaopu {__version__}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
