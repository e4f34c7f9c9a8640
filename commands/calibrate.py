"""`miaopu calibrate`: fit the model to published figures, and check how far the fit can be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.text import Text
from .declare import Whole, command, option, workers_option
from .failures import DONE
from .progress import Progress
from .speech import current, say
from .width import screen_width, table, wrap

if TYPE_CHECKING:
    from ..calibration.calibrating import Calibration

FOLDER = Path("results/calibration")


@command(
    "用已公布的数据校准模型：按先验推演校准各地、拟合、检验，后验参数写入文件夹中的 posterior.json，"
    "供 forecast --parameters 使用。中断后再次运行即接着做。",
    "Calibrate the model to published figures: simulate the calibration's places from the priors, fit, check; the "
    "posterior is written to posterior.json in the folder, for forecast --parameters. Run it again to go on after an "
    "interruption.",
)
@option(
    "--out", type=click.Path(path_type=Path), metavar="DIR",
    zh=f"结果文件夹，默认 {FOLDER}（试做为 {FOLDER}-small）",
    en=f"folder for the results; else {FOLDER} ({FOLDER}-small on a small scale)",
)  # fmt: skip
@option(
    "--stage", "stages", multiple=True, metavar="STAGE",
    zh="只做这一步，可写多次：bank、fit、checks、recovery、rivals、patterns、forecasts；默认前三步",
    en="do only this stage, may be repeated (bank, fit, checks, recovery, rivals, patterns, forecasts); else three",
)  # fmt: skip
@option(
    "--small", is_flag=True,
    zh="只用两地小规模试做，约一分钟，结果不可使用", en="two places, few simulations: a minute, not to be used",
)  # fmt: skip
@option("--bank", type=Whole(150), metavar="N", zh="按先验推演的次数", en="simulations from the priors")
@option("--particles", type=Whole(20), metavar="N", zh="后验参数组数", en="parameter sets of the posterior")
@option(
    "--install", is_flag=True,
    zh="完成后把后验装入程序，此后推演默认使用",
    en="install the posterior in the program when done: forecasts use it from then on",
)  # fmt: skip
@workers_option
def calibrate(
    out: Path | None,
    stages: tuple[str, ...],
    small: bool,
    bank: int | None,
    particles: int | None,
    install: bool,
    workers: int | None,
) -> int:
    """Do the stages, tell what was found and where it lies."""
    from dataclasses import replace

    from ..calibration import calibrating
    from ..calibration.settings import settings

    if small and install:
        raise click.UsageError(say("小规模试做的结果不能装入。", "Results of a small scale are not to be installed."))
    chosen = settings()
    chosen = replace(chosen, bank=bank or chosen.bank, particles=particles or chosen.particles)
    with Progress() as progress:
        if small:
            work = calibrating.small(out or Path(f"{FOLDER}-small"), workers, progress)
        else:
            work = calibrating.Calibration(out or FOLDER, chosen, workers, progress)
        calibrating.calibrate(work, stages or calibrating.USUAL)
    _report(work)
    if install:
        calibrating.install(work)
        click.echo(say("后验已装入，此后推演默认使用。", "The posterior is installed: forecasts use it from now on."))
    return DONE


def _report(work: Calibration) -> None:
    """What the fit says of each parameter, and where to read on."""
    folder, lang = work.folder, current()
    if (folder / "contraction.csv").is_file():
        rows = _told(folder / "contraction.csv", lang)
        click.echo(f"\n{table(rows[0], rows[1:], width=screen_width())}\n")
        note = say(
            "收缩：数据使参数的方差缩小的比例，0为数据什么也没说；低于“噪声”一列的不能当真。其余参数仍用先验。",
            "Contraction: the share by which the data narrow a parameter's variance, 0 where they say nothing; do not "
            "believe what lies below “noise”. All other parameters stay at their priors.",
        )
        width = screen_width()
        click.echo("\n".join(wrap(note, width)) if width else note)
    click.echo(say(f"\n结果在 {folder}", f"\nThe results are in {folder}"))
    posterior = folder / "posterior.json"
    if posterior.is_file():
        command = f"miaopu forecast shenzhen-2022-2025 --parameters {posterior}"
        click.echo(say(f"使用：{command}", f"To use them: {command}"))


def _told(path: Path, lang: str) -> list[list[str]]:
    """The table of parameters, heads first."""
    import csv

    from ..model.vocabulary import parameters

    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    heads = [say("参数", "parameter"), say("先验（5–50–95 %）", "prior (5–50–95 %)")]
    heads += [say("后验（5–50–95 %）", "posterior (5–50–95 %)"), say("收缩", "contraction"), say("噪声", "noise")]
    rows = [heads]
    for row in found:
        ranges = [
            " – ".join(f"{float(row[f'{which}_{end}']):.3g}" for end in ("p05", "median", "p95"))
            for which in ("prior", "posterior")
        ]
        label = parameters()[row["parameter"]].label
        rows.append([
            f"{row['parameter']}  {Text(label.zh, label.en).of(lang)}", *ranges,
            f"{float(row['contraction']):.2f}", f"{float(row['noise']):.2f}",
        ])  # fmt: skip
    return rows
