"""The layout of help pages."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import click

from ..model.text import Text
from .speech import current, say
from .width import cells, pad, wrap


def write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """The line that shows how the command is called."""
    pieces = [say("[选项]", "[OPTIONS]"), *(_usage_piece(p) for p in command.params if _is_argument(p))]
    if isinstance(command, click.Group):
        pieces.append(say("命令 …", "COMMAND …"))
    heading = say("用法：", "Usage: ")
    formatter.write(f"{heading}{ctx.command_path} {' '.join(pieces)}\n")


def _is_argument(parameter: click.Parameter) -> bool:
    return parameter.param_type_name == "argument"


def _usage_piece(parameter: click.Parameter) -> str:
    shown = _shown(parameter) + ("…" if parameter.nargs == -1 else "")
    return shown if parameter.required else f"[{shown}]"


def _shown(parameter: click.Parameter) -> str:
    shown: Text | None = getattr(parameter, "shown", None)
    return shown.of(current()) if shown else str(parameter.name).upper()


def write_help(
    command: click.Command, about: Text, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Usage, what the command does, its arguments and its options."""
    width = page_width()
    write_usage(command, ctx, formatter)
    formatter.write("\n")
    formatter.write("".join(f"  {line}\n" for line in wrap(about.of(current()), width - 2)))
    arguments = [(_shown(p), _about(p)) for p in command.params if _is_argument(p)]
    write_section(formatter, say("参数", "Arguments"), arguments, width)
    options = [(_option_names(p), _about(p)) for p in command.params if not _is_argument(p)]
    options.append(("--help", say("显示本说明", "show this page")))
    write_section(formatter, say("选项", "Options"), options, width)


def page_width() -> int:
    """Columns of a help page: the terminal's, between 60 and 100."""
    return min(100, max(60, shutil.get_terminal_size((100, 24)).columns))


def _about(parameter: click.Parameter) -> str:
    about: Text | None = getattr(parameter, "about", None)
    return about.of(current()) if about else ""


def _option_names(parameter: click.Parameter) -> str:
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    if getattr(parameter, "is_flag", False):
        return names
    return f"{names} {parameter.metavar or str(parameter.name).upper()}"


def write_section(
    formatter: click.HelpFormatter, heading: str, rows: Sequence[tuple[str, str]], width: int
) -> None:
    """A heading and two columns, the second wrapped; nothing if there are no rows."""
    if not rows:
        return
    first = max(cells(row[0]) for row in rows) + 2
    formatter.write(f"\n{heading}{say('：', ':')}\n")
    for name, text in rows:
        lines = wrap(text, width - first - 2)
        formatter.write(f"  {pad(name, first)}{lines[0]}".rstrip() + "\n")
        formatter.write("".join(f"  {' ' * first}{line}\n" for line in lines[1:]))
