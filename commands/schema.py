"""`miaopu schema`: the JSON Schema of scenario files, or of experiment files."""

from __future__ import annotations

import click

from .declare import command, option


@command(
    "输出情景文件或实验文件的 JSON Schema（2020-12 版），供编辑器补全和提示。",
    "Print the JSON Schema (Draft 2020-12) of scenario or experiment files, for completion and hints in editors.",
)
@option(
    "--experiment",
    is_flag=True,
    zh="输出实验文件的，而不是情景文件的",
    en="that of experiment files instead of scenario files",
)
def schema(experiment: bool) -> None:
    """Print the schema."""
    if experiment:
        from ..experiments.design.editor_schema import schema_text
    else:
        from ..scenarios.editor_schema import schema_text

    click.echo(schema_text(), nl=False)
