"""`miaopu schema`: the JSON Schema of scenario files."""

from __future__ import annotations

import click

from .declare import command


@command(
    "输出情景文件的 JSON Schema（2020-12 版），供编辑器补全和提示。",
    "Print the JSON Schema (Draft 2020-12) of scenario files, for completion and hints in editors.",
)
def schema() -> None:
    """Print the schema."""
    from ..scenarios.editor_schema import schema_text

    click.echo(schema_text(), nl=False)
