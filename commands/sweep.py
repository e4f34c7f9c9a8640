"""`miaopu sweep`: run an experiment over its design and tell what each point gives."""

from __future__ import annotations

from pathlib import Path

from ..model.text import Text
from .declare import argument, command, parameters_option
from .experimenting import carry_experiment, dry_run_option, out_option, resume_options, work_options


@command(
    "按实验文件批量推演：情景 × 设计点 × 参数抽样 × 随机重复，汇总各点的达标概率与指标。中断后可续算。",
    "Sweep: run an experiment's scenarios × points × parameter draws × replicates and sum up each point. "
    "May be interrupted and resumed at any moment.",
)
@argument("experiment", Text("实验文件", "EXPERIMENT"), zh="实验文件（YAML）或随附实验的名称",
          en="an experiment file (YAML) or the name of a shipped study")  # fmt: skip
@parameters_option
@out_option
@work_options
@resume_options
@dry_run_option
def sweep(
    experiment: str,
    chosen: str | None,
    out: Path | None,
    workers: int | None,
    scheduler: str | None,
    retry: bool,
    anyway: bool,
    dry_run: bool,
) -> int:
    """Run, sum up, print."""
    return carry_experiment("sweep", experiment, chosen, out, workers, scheduler, retry, anyway, dry_run)
