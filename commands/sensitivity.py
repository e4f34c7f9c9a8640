"""`miaopu sensitivity`: which factors carry an outcome, and how much of it is chance."""

from __future__ import annotations

from pathlib import Path

from ..model.text import Text
from .declare import argument, command, parameters_option
from .experimenting import carry_experiment, dry_run_option, out_option, resume_options, work_options


@command(
    "敏感性分析：哪些因素决定结果，各占多大比重，随机性占多少。用 Morris 筛选、Sobol 指数或 PAWN；"
    "实验文件写明 up_to 时逐次加倍设计点，直到指数收敛。",
    "Sensitivity: which factors carry the outcomes, by how much, and what is chance; by Morris screening, Sobol "
    "indices or PAWN. With `up_to` in the file, points are doubled until the indices have converged.",
)
@argument("experiment", Text("实验文件", "EXPERIMENT"), zh="实验文件（YAML）或随附实验的名称",
          en="an experiment file (YAML) or the name of a shipped study")  # fmt: skip
@parameters_option
@out_option
@work_options
@resume_options
@dry_run_option
def sensitivity(
    experiment: str,
    chosen: str | None,
    out: Path | None,
    workers: int | None,
    scheduler: str | None,
    retry: bool,
    anyway: bool,
    dry_run: bool,
) -> int:
    """Run, analyse, print."""
    return carry_experiment("sensitivity", experiment, chosen, out, workers, scheduler, retry, anyway, dry_run)
