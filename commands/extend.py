"""`miaopu extend`: more points, draws or replicates for an experiment, without redoing one run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .declare import Whole, command, option
from .experimenting import finish, folder_argument, resume_options, work_options

if TYPE_CHECKING:
    from ..experiments.campaign.folder import Campaign


@command(
    "扩大实验：增加设计点、参数抽样组数或重复次数，已做的推演一次也不重做。各选项给出扩大后的总数。",
    "Extend an experiment: more points of the design, parameter draws or replicates, without redoing a single run. "
    "Options give the new totals.",
)
@folder_argument
@option("--points", type=Whole(1), metavar="N", zh="设计点数（Sobol 为 2 的幂）",
        en="points of the design (a power of two for Sobol)")  # fmt: skip
@option("--draws", type=Whole(1), metavar="D", zh="参数抽样组数", en="parameter draws")
@option("--replicates", type=Whole(1), metavar="R", zh="每组的随机重复次数", en="replicates")
@work_options
@resume_options
def extend(
    folder: Path,
    points: int | None,
    draws: int | None,
    replicates: int | None,
    workers: int | None,
    scheduler: str | None,
    retry: bool,
    anyway: bool,
) -> int:
    """Add a wave of runs, do it, analyse anew."""
    from ..experiments.campaign.extending import extend as wider
    from ..experiments.campaign.folder import reopen
    from ..experiments.campaign.identity import refuse_if_different

    def campaign() -> Campaign:
        found = reopen(folder)
        if not anyway:
            refuse_if_different(found.manifest)
        return wider(found, points, draws, replicates)

    return finish(folder, campaign, workers, scheduler, retry, anyway)
