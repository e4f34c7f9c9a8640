"""The first sheet of a workbook: what it is, what it was made from, how it is to be read and checked."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.text import Text
from .. import likelihood, tables
from .cells import Cell, Column, Sheet
from .sources import CalibrationSource, ExperimentSource, ForecastSource, Source, parameters_of

NAME = Text("说明", "Read me")
KINDS = {
    "forecast": Text("情景推演", "forecast"),
    "compare": Text("方案比较", "comparison"),
    "sweep": Text("批量推演", "sweep"),
    "sensitivity": Text("敏感性分析", "sensitivity analysis"),
    "calibration": Text("模型校准", "calibration"),
}
HOW = (
    (
        Text("数字格式", "numbers"),
        Text(
            "单元格中是完整的数值，显示时四舍五入；百分数单元格存的是0～1的比例；空白表示没有数值或无从知道。",
            "Cells hold figures in full and show them rounded; cells in per cent hold shares between 0 and 1; blank "
            "cells are figures that do not exist or are not known.",
        ),
    ),
    (
        Text("范围", "ranges"),
        Text(
            "5%～95%范围指90%的推演落在其中，反映参数不确定性与随机性；95%区间是概率、差或指数估计得有多准。",
            "A 5–95 % range holds 90 % of the runs: ignorance and chance together. A 95 % interval tells how well "
            "a probability, a difference or an index is known.",
        ),
    ),
    (
        Text("口径", "counting"),
        Text(
            "名义口径按计划字面计算，挂牌即计；实效口径只计真正运转、真正活动的。",
            "Nominal counts as the plan is worded; effective counts only what really works.",
        ),
    ),
    (
        Text("用途", "what it is for"),
        Text(
            "推演回答“如果这样做、如果模型的假设成立，会怎样”，不是统计数据，也不是对某一单位的评价。",
            "A forecast tells what would follow if this were done and the model's assumptions held. It is no statistic "
            "and judges no particular office.",
        ),
    ),
)


def readme_sheet(sources: Sequence[Source], sheets: Sequence[tuple[str, str]], lang: str) -> Sheet:
    """What the workbook is. `sheets` are name and title of the sheets that follow."""
    rows: list[list[Cell]] = []
    for place, source in enumerate(sources, 1):
        rows += _source_rows(source, place if len(sources) > 1 else 0, lang)
    rows.extend([Text(f"工作表：{name}", f"sheet: {name}").of(lang), title] for name, title in sheets)
    rows.extend([head.of(lang), said.of(lang)] for head, said in HOW)
    rows.append([Text("可能性用语", "words").of(lang), likelihood.scale_note(lang)])
    title = Text("推演结果数据表", "Results in tables").of(lang)
    about = Text("由苗圃（Miaopu）根据推演结果文件夹生成。", "Made by Miaopu from folders of results.").of(lang)
    columns = (Column(Text("项目", "item").of(lang), widest=30), Column(Text("内容", "content").of(lang), widest=110))
    return Sheet(NAME.of(lang), title, about, columns, rows, (), filtered=False)


def _source_rows(source: Source, number: int, lang: str) -> list[list[Cell]]:
    if isinstance(source, CalibrationSource):
        return _calibration_rows(source, number, lang)
    version = str(source.manifest["made_with"]["miaopu"])
    kind = KINDS[source.kind].of(lang)
    told = [
        (Text("来源", "source"), f"{kind} {number}" if number else kind),
        (Text("情景", "scenario") if source.kind == "forecast" else Text("实验", "experiment"), source.name.of(lang)),
        *_scenarios(source, lang),
        *_baseline(source, lang),
        (Text("编号", "run id"), source.run_id),
        (Text("推演日期", "run on"), f"{source.started:%Y-%m-%d}"),
        (Text("程序版本", "version"), f"Miaopu {version}"),
        (Text("推演次数", "runs"), _runs(source, lang)),
        (Text("参数", "parameters"), parameters_of(source).of(lang)),
        (Text("核对", "to verify"), _verify(source, lang)),
    ]
    rows: list[list[Cell]] = [[head.of(lang), said] for head, said in told]
    if isinstance(source, ForecastSource):
        rows.extend([Text("注意", "mind").of(lang), said] for said in tables.few_runs(source.results, lang))
    return rows


def _calibration_rows(source: CalibrationSource, number: int, lang: str) -> list[list[Cell]]:
    kind = KINDS[source.kind].of(lang)
    tables = Text(
        "校准的各张表是结果文件夹里的 CSV 文件，可直接用表格软件打开，这里不重复。",
        "Its tables lie in the folder as CSV files that a spreadsheet opens; they are not repeated here.",
    )
    told = [
        (Text("来源", "source"), f"{kind} {number}" if number else kind),
        (Text("编号", "run id"), source.run_id),
        (Text("参数", "parameters"), parameters_of(source).of(lang)),
        (Text("表格", "tables"), tables.of(lang)),
    ]
    return [[head.of(lang), said] for head, said in told]


def _scenarios(source: ForecastSource | ExperimentSource, lang: str) -> list[tuple[Text, str]]:
    if isinstance(source, ForecastSource):
        return []
    named = [Text(told["data"]["name"]["zh"], told["data"]["name"]["en"]) for told in source.manifest["scenarios"]]
    return [(Text("情景", "scenarios"), Text("；", "; ").of(lang).join(name.of(lang) for name in named))]


def _baseline(source: Source, lang: str) -> list[tuple[Text, str]]:
    """The scenario without the plan, where one was run beside it."""
    told = source.manifest.get("baseline") if source.kind == "forecast" else None
    if not told:
        return []
    name, runs = Text(told["name"]["zh"], told["name"]["en"]), int(told["runs"])
    said = Text(
        f"{name.zh}（推演{runs:,}次，与计划同一组参数）", f"{name.en} ({runs:,} runs, on the plan's parameters)"
    )
    return [(Text("基线", "baseline"), said.of(lang))]


def _runs(source: ForecastSource | ExperimentSource, lang: str) -> str:
    """How many points, parameter draws, replicates and runs."""
    draws, replicates, runs, failed = source.size
    told = Text(f"参数抽样{draws:,}组", f"{draws:,} parameter draws")
    if isinstance(source, ExperimentSource) and not source.drawn:
        told = Text("不作因素的参数取中位数", "parameters that are no factor at their medians")
    points = source.points if isinstance(source, ExperimentSource) else 1
    more = Text(f"；另有{failed}次失败，未计入", f"; {failed} more failed and are left out") if failed else Text("", "")
    at = Text(f"样本点{points:,}个，", f"{points:,} points, ") if points > 1 else Text("", "")
    return Text(
        f"{at.zh}{told.zh}，每组重复{replicates}次，共{runs:,}次{more.zh}",
        f"{at.en}{told.en}, {replicates} replicates each; {runs:,} runs in all{more.en}",
    ).of(lang)


def _verify(source: Source, lang: str) -> str:
    if source.kind == "forecast":
        return Text(
            "在结果文件夹所在处运行 miaopu verify 文件夹名，程序会重新推演并逐表核对。",
            "Run miaopu verify with the name of the folder of results: it computes everything again and compares.",
        ).of(lang)
    return Text(
        f"用同一实验和版本再运行一次 miaopu {source.kind}，结果应逐字节相同。",
        f"Run miaopu {source.kind} once more with the same experiment and version: the tables come out the same.",
    ).of(lang)
