"""`miaopu forecast`: will a plan's targets be reached by their dates, and how sure is that?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.text import Text
from .declare import Positive, Whole, argument, command, option, parameters_option, workers_option
from .failures import DONE, SOME_FAILED, tell
from .progress import Progress
from .speech import current, say
from .width import screen_width, table, wrap

if TYPE_CHECKING:
    from ..experiments.analysis.stopping import Rule
    from ..experiments.store import Results


@command(
    "推演一个情景：按参数抽样和随机重复多次运行模型，给出每个目标按期实现的概率及其区间，"
    "并把图表、数据和清单写入结果文件夹。",
    "Forecast a scenario: run the model over many parameter draws and replicates, print the probability of "
    "reaching each target with its interval, and write charts, tables and a manifest to a folder.",
)
@argument(
    "scenario",
    Text("情景", "SCENARIO"),
    zh="情景文件，或随附情景的名称（如 shenzhen-2022-2025）",
    en="a scenario file, or the name of a shipped one (such as shenzhen-2022-2025)",
)
@option(
    "--draws",
    type=Whole(1),
    metavar="D",
    zh="参数抽样组数，默认按情景",
    en="parameter draws; else the scenario's",
)
@option(
    "--replicates",
    type=Whole(1),
    metavar="R",
    zh="每组参数的随机重复次数，默认按情景",
    en="replicates per parameter draw; else the scenario's",
)
@option(
    "--seed", type=Whole(0), metavar="S", zh="随机种子，默认按情景", en="random seed; else the scenario's"
)
@parameters_option
@workers_option
@option(
    "--until-sure",
    is_flag=True,
    zh="逐次加倍参数抽样，直到各目标的达标概率可下结论；此时不用 --draws",
    en="double the parameter draws until every target's probability is sure; then --draws is not used",
)
@option(
    "--half-width",
    type=Positive(),
    metavar="W",
    zh="与 --until-sure 合用：区间半宽不超过此数即可，默认 0.05",
    en="with --until-sure: an interval this wide to each side is enough; else 0.05",
)
@option(
    "--threshold",
    type=Positive(),
    metavar="P",
    zh="与 --until-sure 合用：区间全在此概率一侧也可停止，如 0.5",
    en="with --until-sure: stop too when the interval lies on one side of this probability, such as 0.5",
)
@option(
    "--most",
    type=Whole(20),
    metavar="D",
    zh="与 --until-sure 合用：最多抽样的组数，默认 800",
    en="with --until-sure: at most this many draws; else 800",
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    zh="结果文件夹，默认 results/情景名",
    en="folder for the results; else results/ and the scenario's name",
)
def forecast(
    scenario: str,
    draws: int | None,
    replicates: int | None,
    seed: int | None,
    chosen: str | None,
    workers: int | None,
    until_sure: bool,
    half_width: float | None,
    threshold: float | None,
    most: int | None,
    out: Path | None,
) -> int:
    """Run, print the targets, and say where the files are."""
    from ..experiments.forecast import forecast as run_forecast
    from ..scenarios.compiling import inputs_of
    from ..scenarios.layers import resolve

    resolved = resolve(scenario)
    inputs = inputs_of(resolved, parameters=chosen)
    folder = out or Path("results") / inputs.scenario
    with Progress() as progress:

        def draw(results: Results) -> None:
            from ..outputs.charts import draw_all

            draw_all(results.folder, current(), progress)

        results = run_forecast(
            inputs, resolved, folder, draws, replicates, seed, workers, progress, finish=draw,
            until_sure=_rule(half_width, threshold, most) if until_sure else None,
        )  # fmt: skip
    _report(results)
    return _tell_failures(results)


def _rule(half_width: float | None, threshold: float | None, most: int | None) -> Rule:
    from ..experiments.analysis.stopping import Rule
    from ..experiments.comparison import SURE_HALF_WIDTH, SURE_MOST

    return Rule(half_width or SURE_HALF_WIDTH, threshold, most or SURE_MOST)


def _tell_failures(results: Results) -> int:
    failed = len(results.failures)
    if not failed:
        return DONE
    table_of_them = results.folder / "failures.csv"
    english = f"{failed} runs failed and are not part of these results; see {table_of_them}"
    tell(say(f"{failed} 次推演失败，未计入以上结果，见 {table_of_them}", english))
    return SOME_FAILED


def _report(results: Results) -> None:
    """The table of targets, what it covers, and the files."""
    from ..outputs.tables import notes, targets_table

    lang = current()
    manifest = results.manifest
    click.echo(manifest["name"][lang])
    draws, replicates, runs = (manifest[name] for name in ("draws", "replicates", "runs"))
    english = f"{draws} parameter draws × {replicates} replicates = {runs} runs"
    click.echo(say(f"参数抽样 {draws} 组，每组重复 {replicates} 次，共推演 {runs} 次", english))
    rows = targets_table(results, lang)
    width = screen_width()
    if rows:
        click.echo(f"\n{table(rows[0], rows[1:], width=width)}\n")
    for note in notes(results, lang):
        click.echo("\n".join(wrap(note, width)) if width else note)
    for row in manifest.get("until_sure") or ():
        click.echo(row["said"][lang])
    click.echo(f"\n{_files(results.folder)}")


def _files(folder: Path) -> str:
    rows = [
        ("targets.csv", say("各目标的实现概率和区间", "targets with probabilities and intervals")),
        ("charts/", say("图（PNG、SVG）及其数据", "charts (PNG, SVG) and their data")),
        ("months.parquet …", say("逐次推演、逐月的整洁数据", "tidy data by run, month, district, street")),
        (
            "manifest.json",
            say("情景全文、种子、版本，可供核对", "scenario, seeds and versions, to verify by"),
        ),
    ]
    lines = [say(f"结果在 {folder}：", f"The results are in {folder}:")]
    lines += [f"  {name:<18}{about}" for name, about in rows]
    lines.append(say(f"核对：miaopu verify {folder}", f"To check them: miaopu verify {folder}"))
    lines.append(say(f"写成简报：miaopu brief {folder}", f"To write a brief: miaopu brief {folder}"))
    return "\n".join(lines)
