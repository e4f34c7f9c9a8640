"""Make an experiment larger along its axes; what has been done stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.text import Problem, Refusal, Text
from ..design.points import SPREAD, rows_per_point
from ..design.size import MOST_RUNS
from .folder import Campaign, extended
from .plan import Extent


def extend(
    campaign: Campaign, points: int | None = None, draws: int | None = None, replicates: int | None = None
) -> Campaign:
    """The campaign with new totals along its axes, told in its manifest; runs are not begun here.

    Raises Refusal, with every reason, where an axis would shrink or cannot grow, nothing would be added, or another
    process works in the folder.
    """
    with campaign.alone():
        campaign = campaign.current()
        now = campaign.waves[-1]
        wanted = Extent(points or now.points, draws or now.draws, replicates or now.replicates)
        problems = [Problem(text) for text in _objections(campaign, now, wanted)]
        if problems:
            raise Refusal(problems)
        return extended(campaign, wanted)


def _objections(campaign: Campaign, now: Extent, wanted: Extent) -> Iterator[Text]:
    design = campaign.experiment.design
    names = (Text("设计点数", "points"), Text("参数抽样组数", "draws"), Text("重复次数", "replicates"))
    for name, old, new in zip(names, now, wanted, strict=True):
        if new < old:
            yield Text(f"{name.zh}已有 {old}，不能减为 {new}", f"{name.en}: {old} already, cannot become {new}")
    if wanted == now:
        yield Text(
            f"没有要增加的：现有设计点 {now.points}、参数抽样 {now.draws}、重复 {now.replicates}",
            f"nothing to add: there are {now.points} points, {now.draws} draws, {now.replicates} replicates",
        )
    if wanted.points > now.points and design.method not in SPREAD:
        yield Text(
            f"{design.method} 设计的点是写定的，不能增加；请改实验文件并另做一个实验",
            f"the points of a {design.method} design are written out and cannot grow: change the file and begin anew",
        )
    if wanted.points > now.points and design.method == "sobol" and wanted.points & (wanted.points - 1):
        number = wanted.points
        yield Text(f"Sobol 设计点数应为 2 的幂，{number} 不是", f"Sobol points: {number} is no power of 2")
    runs = len(campaign.inputs) * wanted.points * rows_per_point(campaign.experiment) * wanted.draws * wanted.replicates
    if runs > MOST_RUNS:
        yield Text(f"共 {runs:,} 次推演，超过上限 {MOST_RUNS:,} 次", f"{runs:,} runs in all; at most {MOST_RUNS:,}")
    if wanted.draws > now.draws and campaign.experiment.draws is None:
        yield Text(
            "本实验的参数取中位数（draws: central），没有参数抽样可增加",
            "this experiment keeps parameters at their medians (draws: central): there are no draws to add to",
        )
