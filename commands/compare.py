"""`miaopu compare`: which of several policies is better, by how much, how sure that is, and what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..model.text import Text
from .declare import Positive, Whole, argument, command, option, parameters_option
from .experimenting import dry_run_option, finish, out_option, resume_options, tell_costs, work_options
from .speech import say


@command(
    "比较两个或更多方案：参数和随机数逐次相同，给出各目标达标概率之差及其区间、费用、每个百分点的花费，"
    "以及各方案逐项的不同。第一个方案为比较的基准。",
    "Compare two or more policies on the same parameters and the same luck: differences in the probability of each "
    "target with intervals, what they cost, the cost of a percentage point, and what the scenarios say differently. "
    "The first is what the others are compared with.",
)
@argument("scenarios", Text("情景", "SCENARIO"), zh="两个或更多情景文件或随附情景的名称",
          en="two or more scenario files or names of shipped ones", nargs=-1, required=True)  # fmt: skip
@option("--runs", type=Whole(2), metavar="N", zh="成对推演的次数（每次另抽一组参数），默认 100",
        en="pairs of runs, each with a parameter draw of its own; else 100")  # fmt: skip
@option("--replicates", type=Whole(1), metavar="R", default=1, zh="每组参数的随机重复次数，默认 1",
        en="replicates per parameter draw; else 1")  # fmt: skip
@option("--seed", type=Whole(0), metavar="S", zh="随机种子，默认 1", en="random seed; else 1")
@parameters_option
@option("--until-sure", is_flag=True, zh="逐次加倍推演，直到达标概率之差可下结论",
        en="double the runs until the differences in probability are sure")  # fmt: skip
@option("--half-width", type=Positive(), metavar="W", zh="与 --until-sure 合用：区间半宽不超过此数即可，默认 0.05",
        en="with --until-sure: an interval this wide to each side is enough; else 0.05")  # fmt: skip
@option("--precision", type=Positive(), metavar="P",
        zh="与 --until-sure 合用：各目标数值的均值，误差也不得超过其自身的这一比例，如 0.05",
        en="with --until-sure: the mean figures too must be known to this share of them, such as 0.05")  # fmt: skip
@option("--most", type=Whole(20), metavar="N", zh="与 --until-sure 合用：最多推演的次数，默认 800",
        en="with --until-sure: at most this many pairs; else 800")  # fmt: skip
@out_option
@work_options
@resume_options
@dry_run_option
def compare(
    scenarios: tuple[str, ...],
    runs: int | None,
    replicates: int,
    seed: int | None,
    chosen: str | None,
    until_sure: bool,
    half_width: float | None,
    precision: float | None,
    most: int | None,
    out: Path | None,
    workers: int | None,
    scheduler: str | None,
    retry: bool,
    anyway: bool,
    dry_run: bool,
) -> int:
    """Run the pairs, print the differences."""
    from ..experiments.campaign.folder import begin
    from ..experiments.comparison import RUNS, comparison_of, default_folder, sure_rule
    from ..experiments.design.reading import inputs_of_experiment

    if len(scenarios) < 2:
        raise click.UsageError(say("至少要有两个情景才能比较。", "A comparison needs at least two scenarios."))
    rule = sure_rule(_rule(until_sure, half_width, precision, most))
    experiment = comparison_of(scenarios, rule["start"] if rule else runs or RUNS, replicates, seed, chosen)
    inputs = inputs_of_experiment(experiment)
    if dry_run:
        return tell_costs(experiment, inputs, workers)
    folder = out or default_folder(experiment)
    return finish(folder, lambda: begin(experiment, inputs, "compare", folder, rule), workers, scheduler, retry, anyway)


def _rule(
    until_sure: bool, half_width: float | None, precision: float | None, most: int | None
) -> dict[str, Any] | bool:
    given = {"half_width": half_width, "precision": precision, "most": most}
    return {name: value for name, value in given.items() if value is not None} if until_sure else False
