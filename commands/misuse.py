"""What click says about a wrong call, in both languages and in one shape."""

from __future__ import annotations

import re

import click

from .declare import name_of
from .speech import say

# click's own sentences that can reach a user; every other one is ours and comes in the right language
_CHINESE = (
    (r"Got unexpected extra arguments? \((.*)\)\.?", r"多出了参数：\1。"),
    (r"Option '?(--?[\w-]+)'? requires an argument\.", r"选项 \1 后面缺少取值。"),
    (r"Option '?(--?[\w-]+)'? does not take a value\.", r"选项 \1 不带取值。"),
    (r"Argument '?(\S+?)'? takes (\d+) values\.", r"参数 \1 需要 \2 个取值。"),
    (r"Invalid start character for option \((.*)\)", r"选项的开头有误：\1"),
    (r"Missing command\.", "缺少命令。"),
)


def lines_about(error: click.ClickException) -> list[str]:
    """The lines to print on standard error: usage, what is wrong, where help is."""
    lines = [say("错误：", "Error: ") + _sentence(error)]
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is not None:
        lines.insert(0, ctx.get_usage())
        path = ctx.command_path
        lines.append(say(f"输入“{path} --help”查看说明。", f"Try '{path} --help' for help."))
    return lines


def _sentence(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = (error.possibilities or [None])[0]
        hint = say(f"是不是“{near}”？", f" Did you mean '{near}'?") if near else ""
        return say(f"没有“{error.option_name}”这个选项。", f"No such option '{error.option_name}'.") + hint
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = name_of(error.param)
        return say(f"缺少“{name}”。", f"Missing {name}.")
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = name_of(error.param)
        return say(f"“{name}”的取值有误：{error.message}", f"Invalid value for {name}: {error.message}")
    return say(_in_chinese(error.message), error.message)


def _in_chinese(message: str) -> str:
    for pattern, chinese in _CHINESE:
        match = re.fullmatch(pattern, message)
        if match:
            return match.expand(chinese)
    return message
