"""How a command is declared: click's commands, options and arguments with their texts in two languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from ..model.text import LANGUAGES, Text, nearest
from .help import write_help, write_usage
from .speech import current, say


class Argument(click.Argument):
    """A positional argument with a name and a description for people."""

    def __init__(self, declared: Sequence[str], shown: Text, about: Text, **settings: Any) -> None:
        super().__init__(declared, **settings)
        self.shown = shown
        self.about = about


class Option(click.Option):
    """An option with a description for people."""

    def __init__(self, declared: Sequence[str], about: Text, **settings: Any) -> None:
        super().__init__(declared, **settings)
        self.about = about


class Placed(click.Command):
    """A command whose every usage error knows it; click's parser leaves that out of some."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Command(Placed):
    """A command with its help in two languages."""

    def __init__(self, *given: Any, about: Text, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.about = about

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page in the language of this call."""
        write_help(self, self.about, ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that begins with "Usage"."""
        write_usage(self, ctx, formatter)


class Whole(click.ParamType):
    """A whole number, not smaller than `low`."""

    name = "whole"

    def __init__(self, low: int) -> None:
        self.low = low

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a usage error in the language of this call."""
        try:
            number = int(value)
        except ValueError:
            self.fail(say(f"“{value}”不是整数。", f"'{value}' is not a whole number."), param, ctx)
        if number < self.low:
            self.fail(
                say(f"{number} 太小，至少为 {self.low}。", f"{number} is too small: at least {self.low}."),
                param,
                ctx,
            )
        return number


class Positive(click.ParamType):
    """A number above 0."""

    name = "positive"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number, or a usage error in the language of this call."""
        try:
            number = float(value)
        except ValueError:
            self.fail(say(f"“{value}”不是数。", f"'{value}' is not a number."), param, ctx)
        if not 0 < number < float("inf"):
            self.fail(say(f"{value} 应大于 0。", f"{value} should be above 0."), param, ctx)
        return number


class OneOf(click.ParamType):
    """One of a few words."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or a usage error that names the nearest allowed one."""
        if value in self.words:
            return str(value)
        allowed = say("、", ", ").join(self.words)
        near = nearest(str(value), self.words)
        hint = say(f"是不是“{near}”？", f" Did you mean '{near}'?") if near else ""
        self.fail(
            say(f"“{value}”不在可选值（{allowed}）之内。", f"'{value}' is not one of {allowed}.") + hint,
            param,
            ctx,
        )


def language_option() -> Option:
    """`--lang`, which every command and `miaopu` itself accept; it has been read before parsing."""
    about = Text("界面和结果所用语言：zh（中文）或 en（英文）", "language of messages and results: zh or en")
    return Option(["--lang"], about, type=OneOf(*LANGUAGES), metavar="|".join(LANGUAGES), expose_value=False)


def command(zh: str, en: str) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command whose name is its function's (`roster_template` becomes `roster-template`)."""

    def declare(function: Callable[..., Any]) -> Command:
        parameters = list(reversed(getattr(function, "__click_params__", [])))
        name = function.__name__.replace("_", "-")
        return Command(
            name,
            about=Text(zh, en),
            callback=function,
            params=[*parameters, language_option()],
            add_help_option=True,
        )

    return declare


def option(
    *declared: str, zh: str, en: str, **settings: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an option; `settings` are click's."""
    return _attach(Option(declared, Text(zh, en), **settings))


def argument(
    name: str, shown: Text, zh: str, en: str, **settings: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a positional argument; `shown` is its name for people, `settings` are click's."""
    return _attach(Argument([name], shown, Text(zh, en), **settings))


def workers_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--workers`."""
    return option(
        "--workers", type=Whole(1), metavar="W", zh="并行进程数，默认用全部核心", en="processes; else one per core"
    )(function)


def parameters_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--parameters`."""
    return option(
        "--parameters",
        "chosen",
        metavar="posterior|prior|FILE",
        zh="参数取自随附的校准后验（posterior）、先验（prior）或某个后验文件；默认有后验就用后验",
        en="where parameters come from: the shipped calibrated posterior, the priors, or the file of a posterior; "
        "else the posterior where one is shipped",
    )(function)


def _attach(parameter: click.Parameter) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def attach(function: Callable[..., Any]) -> Callable[..., Any]:
        declared = getattr(function, "__click_params__", [])
        function.__click_params__ = [*declared, parameter]  # pyright: ignore[reportFunctionMemberAccess]
        return function

    return attach


def name_of(parameter: click.Parameter) -> str:
    """How people call a parameter: `--draws`, or an argument's shown name."""
    if isinstance(parameter, Argument):
        return parameter.shown.of(current())
    return max(parameter.opts, key=len)
