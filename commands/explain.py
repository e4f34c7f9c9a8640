"""`miaopu explain`: one value of a scenario, where it comes from and what it does."""

from __future__ import annotations

import click

from ..model.text import Text
from .declare import argument, command
from .speech import current


@command(
    "说明情景中的某个名称：取值、写在哪个文件的哪一行、单位、来源和作用。",
    "Explain a name in a scenario: its value, the file and line it comes from, its unit, its source and "
    "what it does.",
)
@argument(
    "scenario",
    Text("情景", "SCENARIO"),
    zh="情景文件或随附情景的名称",
    en="a scenario file or a shipped name",
)
@argument(
    "name",
    Text("名称", "NAME"),
    zh="政策杠杆、参数、指标、条款，或情景中的条目（如 hubs.startup_grant、funders.city）",
    en="a lever, parameter, indicator, clause or entry of the scenario (hubs.startup_grant, funders.city)",
)
def explain(scenario: str, name: str) -> None:
    """Print what is known of the name."""
    from ..scenarios.explanation import explain as explanation
    from ..scenarios.layers import resolve

    click.echo("\n".join(explanation(resolve(scenario), name, current())))
