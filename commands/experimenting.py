"""What the commands about experiments share: their options, how work is driven and told, and exit codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..model.text import Text
from .declare import argument, option, workers_option
from .failures import DONE, SOME_FAILED, tell
from .progress import Progress
from .speech import current, say
from .width import screen_width, table, wrap

if TYPE_CHECKING:
    from ..experiments.campaign.folder import Campaign
    from ..experiments.design.experiment import Experiment
    from ..experiments.study import Study
    from ..model.inputs import Inputs

Declared = Callable[..., Any]


def folder_argument(function: Declared) -> Declared:
    """The folder of an experiment."""
    return argument(
        "folder",
        Text("文件夹", "DIR"),
        zh="实验结果文件夹",
        en="the folder of an experiment",
        type=click.Path(path_type=Path),
    )(function)


def out_option(function: Declared) -> Declared:
    """`--out DIR`."""
    return option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="DIR",
        zh="结果文件夹，默认 results/名称；同一实验的文件夹会接着做",
        en="folder for the results; else results/ and a name; the folder of the same experiment is taken up",
    )(function)


def work_options(function: Declared) -> Declared:
    """`--workers` and `--scheduler`: where the runs are done."""
    function = option(
        "--scheduler",
        metavar="tcp://HOST:PORT",
        zh="在已有的 Dask 集群上推演（需安装 miaopu[cluster]）",
        en="use an existing Dask cluster (needs miaopu[cluster])",
    )(function)
    return workers_option(function)


def resume_options(function: Declared) -> Declared:
    """`--retry` and `--anyway`."""
    function = option(
        "--anyway",
        is_flag=True,
        zh="代码、软件包或数据已变也接着做（会记入日志）",
        en="go on even though code, packages or data have changed (noted in the log)",
    )(function)
    return option(
        "--retry", is_flag=True, zh="重做失败的推演", en="do runs that failed once more"
    )(function)  # fmt: skip


def dry_run_option(function: Declared) -> Declared:
    """`--dry-run`."""
    return option(
        "--dry-run",
        is_flag=True,
        zh="只说明要推演多少次、多久、占多少磁盘，不写任何结果",
        en="only tell how many runs, how long and how much disk; nothing is written",
    )(function)


@contextmanager
def kept_on_the_way(folder: Path) -> Iterator[Progress]:
    """Progress for long work; interrupted or out of disk, it says that what is done is kept and how to go on."""
    try:
        with Progress() as progress:
            yield progress
    except (KeyboardInterrupt, OSError):
        tell("", say(f"已完成的推演都已保存；接着做：miaopu resume {folder}",
                     f"Runs that are done are kept; to go on: miaopu resume {folder}"))  # fmt: skip
        raise


def report(study: Study) -> int:
    """Print what a study found, where it lies and what failed; the exit code."""
    from ..experiments.beliefs import sentence
    from ..outputs.study_report import sections

    lang, width = current(), screen_width()
    click.echo(study.name.of(lang))
    told = sentence(study.campaign.manifest).of(lang)
    click.echo("\n".join(wrap(told, width)) if width else told)
    for section in sections(study, lang):
        if section.rows:
            click.echo(f"\n{section.title}" if section.title else "")
            click.echo(table(section.rows[0], section.rows[1:], width=width))
        for note in section.notes:
            click.echo("\n".join(wrap(note, width)) if width else note)
    click.echo("\n" + say(f"结果在 {study.folder}（表格 CSV，图在 charts/）",
                          f"The results are in {study.folder} (tables as CSV, charts in charts/)"))  # fmt: skip
    return failures_of(study.folder, study.failed)


def carry_experiment(
    purpose: str,
    file: str,
    chosen: str | None,
    out: Path | None,
    workers: int | None,
    scheduler: str | None,
    retry: bool,
    anyway: bool,
    dry_run: bool,
) -> int:
    """Run the experiment of a file for a purpose and report; or, dry, only tell what it would take.

    `chosen` are the parameters of the command line, which go before the file's.
    """
    from ..experiments.campaign.folder import begin
    from ..experiments.design.reading import inputs_of_experiment, read_experiment
    from ..experiments.study import check_purpose

    experiment = read_experiment(file, chosen)
    check_purpose(experiment, purpose)
    inputs = inputs_of_experiment(experiment)
    if dry_run:
        return tell_costs(experiment, inputs, workers)
    folder = out or Path("results") / Path(file).stem
    return finish(folder, lambda: begin(experiment, inputs, purpose, folder), workers, scheduler, retry, anyway)


def finish(
    folder: Path,
    campaign: Callable[[], Campaign],
    workers: int | None,
    scheduler: str | None,
    retry: bool,
    anyway: bool,
) -> int:
    """Bring a campaign to its end with charts, and report; the exit code."""
    from ..experiments.study import go_on
    from ..outputs.study_charts import drawing

    with kept_on_the_way(folder) as progress:
        study = go_on(campaign(), workers, scheduler, progress, retry, anyway, drawing(current()))
    return report(study)


def tell_costs(experiment: Experiment, inputs: tuple[Inputs, ...], workers: int | None) -> int:
    """Say how many runs, how long, how much disk; measured on a few runs that leave nothing behind."""
    from ..experiments.campaign.costs import costs_of

    with Progress() as progress:
        found = costs_of(experiment, inputs, workers, progress)
    click.echo(experiment.name.of(current()))
    axes = (found.scenarios, found.points, found.draws, found.replicates)
    zh = "情景 {} 个 × 设计点 {} 个 × 参数抽样 {} 组 × 重复 {} 次".format(*axes)
    en = " × ".join(map(_counted, axes, ("scenario", "point", "parameter draw", "replicate")))
    runs, blocks, workers = found.runs, found.blocks, found.workers
    click.echo(say(f"{zh} = {runs} 次推演（{blocks} 个数据块）", f"{en} = {runs} runs ({blocks} blocks)"))
    time = duration(found.seconds)
    zh, en = "个进程，按此处试跑的速度估计", "processes, by the speed of a few runs here"
    click.echo(say(f"用时{time}（{workers} {zh}）", f"{time} on {workers} {en}"))
    click.echo(say(f"占用磁盘约 {size(found.bytes)}", f"about {size(found.bytes)} on the disk"))
    return DONE


def failures_of(folder: Path, failed: int) -> int:
    """Say loudly how many runs failed; the exit code."""
    if not failed:
        return DONE
    tell(say(
        f"{failed} 次推演失败，未计入结果；错误见 {folder}/failures，重做用 miaopu resume {folder} --retry",
        f"{failed} runs failed and are not part of the results; their errors are in {folder}/failures, "
        f"to do them again: miaopu resume {folder} --retry",
    ))  # fmt: skip
    return SOME_FAILED


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def size(count: float) -> str:
    """Bytes for people."""
    for unit in ("B", "KB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def duration(seconds: float) -> str:
    """A time for people, not more exact than it is."""
    if seconds < 90:
        return say(f"约 {max(1, round(seconds))} 秒", f"about {max(1, round(seconds))} s")
    minutes = round(seconds / 60)
    if minutes < 90:
        return say(f"约 {minutes} 分钟", f"about {minutes} min")
    return say(f"约 {minutes / 60:.1f} 小时", f"about {minutes / 60:.1f} h")
