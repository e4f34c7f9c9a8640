"""`miaopu resume`: go on with an experiment that was interrupted."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.text import Text
from .declare import argument, command
from .experimenting import kept_on_the_way, report, resume_options, work_options
from .speech import current


@command(
    "接着做中断的实验：已完成的不重做，结果与不中断时逐字节相同。代码、软件包或数据与开始时不同则停下并说明。",
    "Go on with an interrupted experiment: nothing is done twice, and the results are those of an uninterrupted one, "
    "byte for byte. Stops and tells what differs if code, packages or data are not those of the beginning.",
)
@argument("folder", Text("文件夹", "DIR"), zh="实验结果文件夹", en="the folder of an experiment",
          type=click.Path(path_type=Path))  # fmt: skip
@work_options
@resume_options
def resume(folder: Path, workers: int | None, scheduler: str | None, retry: bool, anyway: bool) -> int:
    """Do what is left, analyse anew, print the findings."""
    from ..experiments.campaign.folder import reopen
    from ..experiments.study import go_on
    from ..outputs.study_charts import drawing

    with kept_on_the_way(folder) as progress:
        study = go_on(reopen(folder), workers, scheduler, progress, retry, anyway, drawing(current()))
    return report(study)
