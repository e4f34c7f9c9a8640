"""`miaopu resume`: go on with an experiment that was interrupted."""

from __future__ import annotations

from pathlib import Path

from .declare import command
from .experimenting import finish, folder_argument, resume_options, work_options


@command(
    "接着做中断的实验：已完成的不重做，结果与不中断时逐字节相同。代码、软件包或数据与开始时不同则停下并说明。",
    "Go on with an interrupted experiment: nothing is done twice, and the results are those of an uninterrupted one, "
    "byte for byte. Stops and tells what differs if code, packages or data are not those of the beginning.",
)
@folder_argument
@work_options
@resume_options
def resume(folder: Path, workers: int | None, scheduler: str | None, retry: bool, anyway: bool) -> int:
    """Do what is left, analyse anew, print the findings."""
    from ..experiments.campaign.folder import reopen

    return finish(folder, lambda: reopen(folder), workers, scheduler, retry, anyway)
