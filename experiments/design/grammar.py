"""The keys of an experiment file: what each mapping may hold. Checks and the editors' schema both come from here."""

from __future__ import annotations

from ...model.text import Text
from ...scenarios.grammar import Field


def _field(form: str, zh: str, en: str, required: bool = False) -> Field:
    return Field(form, Text(zh, en), required)


EXPERIMENT = {
    "name": _field("pair", "实验名称（中英文）", "name of the experiment in both languages", True),
    "about": _field("pair", "说明", "what the experiment is about"),
    "scenarios": _field(
        "scenario_list", "参加实验的情景：文件或随附情景的名称", "the scenarios: files, or names of shipped ones", True
    ),
    "until": _field(
        "month", "推演到哪个月（含），默认到情景结束", "last month that is run; the end of the scenarios if left out"
    ),
    "levers": _field("levers", "要变动的政策杠杆", "policy levers that vary"),
    "uncertainties": _field("uncertainties", "要变动的参数和条款读法", "parameters and readings that vary"),
    "constants": _field("constants", "各次推演中都固定的取值", "values that are the same in every run"),
    "design": _field("design", "设计：在哪些点上推演", "the design: at which points the model is run"),
    "draws": _field(
        "draws",
        "非因子参数：central 取中位数，或写抽样组数",
        "parameters that are no factor: `central` for their medians, or a number of draws",
    ),
    "parameters": _field(
        "parameters",
        "参数取自 posterior（随附的后验）、prior（先验）或某个后验文件；默认有后验就用后验",
        "where parameters come from: `posterior` (the shipped one), `prior`, or the file of a posterior; if left out "
        "the posterior, where one is shipped",
    ),
    "replicates": _field("count", "每个设计点、每组参数重复推演的次数", "runs per point and draw"),
    "seeds": _field(
        "seeds",
        "common：各点用同一组随机数；own：各点各用一组",
        "`common`: every point has the same luck; `own`: each has its own",
    ),
    "seed": _field("seed", "推演的随机种子", "the seed of the runs"),
    "keep": _field("keep", "每次推演保留哪些结果（目标总是保留）", "what is kept of every run (targets always are)"),
    "decide_on": _field(
        "words_list",
        "以哪些结果判断是否收敛，默认为全部目标",
        "outcomes by which convergence is judged; all targets if left out",
    ),
    "block": _field("count", "每一块含多少次推演", "runs in a block, the unit that is stored and done again"),
}
RANGE = {
    "low": _field("value", "下限", "lowest value", True),
    "high": _field("value", "上限", "highest value", True),
    "whole": _field("flag", "是否只取整数", "whether only whole numbers are taken"),
}
VALUES = {"values": _field("value_list", "可取的值，至少两个", "the values it may take, at least two", True)}
TIMES = {
    "low": _field("number", "最小倍数", "smallest multiple", True),
    "high": _field("number", "最大倍数", "largest multiple", True),
}
TIMES_VALUES = {"values": _field("number_list", "可取的倍数，至少两个", "the multiples, at least two", True)}
FACTOR = {
    **RANGE,
    **VALUES,
    "times": _field("times", "情景所写取值的倍数", "multiples of what the scenario says"),
}
DESIGN = {
    "method": _field("method", "设计方法", "how the points are laid out", True),
    "points": _field(
        "count", "点数（sobol 为基点数，morris 为轨迹数）", "how many points (sobol: base points; morris: trajectories)"
    ),
    "up_to": _field(
        "count",
        "未收敛时基点数逐次加倍，至多到此数",
        "double the base points until the indices have converged, at most up to this many",
    ),
    "second_order": _field("flag", "是否另算二阶指数", "whether second-order indices are worked out too"),
    "levels": _field("count", "连续因子取几档", "how many values of each continuous factor"),
    "rows": _field("rows", "逐点写出各因子的取值", "the points, each with a value of every factor"),
    "file": _field("words", "列出各点的 CSV 文件，每个因子一列", "a CSV file of points, a column per factor"),
    "seed": _field("design_seed", "布点的随机种子（不小于1）", "the seed of the design, at least 1"),
}
KEEP = {
    "indicators": _field("indicator_list", "逐月保留的指标", "indicators kept by month"),
    "months": _field(
        "months_kept",
        "all：各月；year_ends：各年12月和最后一个月；last：最后一个月",
        "`all` months, `year_ends` (every December and the last month), or the `last`",
    ),
    "tables": _field("table_list", "另外保留的表", "further tables that are kept"),
}
METHODS = {
    "one": Text("只有一个点，没有因子变动", "a single point; nothing varies"),
    "grid": Text("因子取值的全部组合", "every combination of the factors' values"),
    "list": Text("逐点列出", "the points as listed"),
    "latin": Text("拉丁超立方", "a Latin hypercube"),
    "sobol": Text("Sobol（Saltelli）设计，用于方差分解", "Saltelli's design, for Sobol indices"),
    "morris": Text("Morris 轨迹，用于筛选因子", "Morris trajectories, for screening"),
}
# Which keys go with which method, and which of them must be there.
KEYS_OF = {
    "one": (),
    "grid": ("levels",),
    "list": ("rows", "file"),
    "latin": ("points", "seed"),
    "sobol": ("points", "up_to", "second_order", "seed"),
    "morris": ("points", "levels", "seed"),
}
NEEDS_POINTS = ("latin", "sobol", "morris")
SEEDS = {
    "common": Text("各点用同一组随机数", "every point has the same luck"),
    "own": Text("各点各用一组随机数", "each point has luck of its own"),
}
CENTRAL = "central"
PRIOR = "prior"
