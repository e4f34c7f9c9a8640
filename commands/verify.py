"""`miaopu verify`: compute a results folder again and compare every table."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.text import Text
from .declare import argument, command, workers_option
from .failures import DIFFERS, DONE
from .progress import Progress
from .speech import current


@command(
    "重新计算一份结果并逐表核对：版本和平台相同时应完全一致，否则按所述容差比较，并先指出有何不同。",
    "Compute a results folder again and compare every table: exactly on the same versions and platform, "
    "elsewhere within a stated tolerance, naming first what differs.",
)
@argument(
    "folder",
    Text("文件夹", "DIR"),
    type=click.Path(path_type=Path),
    zh="推演结果文件夹",
    en="a folder of results",
)
@workers_option
def verify(folder: Path, workers: int | None) -> int:
    """Print what differs, versions first, and whether every table agrees."""
    from ..experiments.verify import verify as run_verification

    with Progress() as progress:
        verdict = run_verification(folder, workers, progress)
    click.echo("\n".join(verdict.lines(current())))
    return DONE if verdict.agrees else DIFFERS
