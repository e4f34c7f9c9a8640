"""The keys of a scenario: what each mapping may hold. Checks and the editors' schema both come from here."""

from __future__ import annotations

from typing import NamedTuple

from ..model.text import Text


class Field(NamedTuple):
    """A key: the form of its value (a definition of the schema), what it means, whether it must be there."""

    form: str
    about: Text
    required: bool = False


def _field(form: str, zh: str, en: str, required: bool = False) -> Field:
    return Field(form, Text(zh, en), required)


_FROM = _field("month", "第一个月（含），如 2022-12", "first month, included, such as 2022-12")
_UNTIL = _field("month", "最后一个月（含）", "last month, included")

BASELINE = "baseline"
SCENARIO = {
    "name": _field("pair", "情景名称（中英文）", "name of the scenario in both languages", True),
    "about": _field("pair", "说明", "what the scenario is about"),
    "extends": _field("words", "在哪个情景文件之上叠加", "the scenario file that this one is laid over"),
    BASELINE: _field(
        "words",
        "对照情景（没有本计划）的文件，须为同一地方、起止月份和种子；推演时一并推演",
        "the scenario without the plan, of the same place, calendar and seed; a forecast runs it too",
    ),
    "calendar": _field("calendar", "模拟的起止月份", "first and last month of the simulation", True),
    "place": _field(
        "place", "地方：regions 中的文件，或自备名册", "the place: a file of regions, or a roster", True
    ),
    "start": _field(
        "beliefs", "期初存量（名称同参数表）", "the start stock (names as in the table of parameters)"
    ),
    "existing": _field("standing", "没有本计划时也在做的事", "levers in force with or without the plan"),
    "plan": _field("plan", "计划：在全域执行的政策杠杆", "the plan: levers in force everywhere"),
    "phases": _field("phases", "分阶段、分地区的不同做法", "what differs for a time, in some places"),
    "districts": _field("districts", "个别区（县）的不同做法", "what differs in single districts"),
    "funders": _field("funders", "各资金来源的预算", "budgets of the funders"),
    "targets": _field("targets", "目标", "the targets"),
    "shocks": _field("shocks", "外部冲击", "dated shocks from outside"),
    "readings": _field("readings", "有歧义的条款按哪种读法", "how ambiguous clauses are read"),
    "parameters": _field("beliefs", "改写参数表中的先验", "priors laid over those of the table"),
    "runs": _field("runs", "运行次数与种子", "number of runs and the seed"),
}
CALENDAR = {"from": _FROM._replace(required=True), "until": _UNTIL._replace(required=True)}
ROSTER = {
    "roster": _field(
        "words", "自备的街道或社区名册（CSV）", "a roster of streets or communities (CSV)", True
    ),
    "name": _field("pair", "地方名称", "name of the place"),
}
PERIOD = {
    "from": _field("month", "开始月份（含）", "first month in force"),
    "until": _field("month", "结束月份（含）", "last month in force"),
}
RAMP = {"ramp": _field("months", "用多长时间逐步到位", "how long it takes to build up, such as 12 months")}
GROUP = {**PERIOD, **RAMP}
ASSESSMENT = {
    "checks": _field(
        "month_list",
        "考核检查的月份，默认为计划期内各年年末",
        "months of dated checks; by default the year-ends inside the plan",
    ),
    "deadline": _field(
        "month",
        "考核的最后一个月，默认为考核力度的最后一个月",
        "last month that the assessment looks at; by default the last with order strength",
    ),
}
DATED = {"value": _field("value", "取值", "the value", True), **PERIOD, **RAMP}
PHASE = {
    "name": _field("pair", "阶段名称", "name of the phase", True),
    **CALENDAR,
    "where": _field("where", "在哪些地方", "in which places; everywhere if left out"),
    "plan": _field("levers", "这一阶段的政策杠杆", "the levers of this phase", True),
}
WHERE = {
    "prefecture": _field(
        "words_list", "市州名单（中文或英文名）", "prefectures, by their Chinese or English names"
    ),
    "district": _field(
        "words_list", "区（县）名单（中文或英文名）", "districts, by their Chinese or English names"
    ),
    "except": _field("where", "除外的地方", "places left out"),
}
FUNDER = {
    "budget": _field(
        "budget",
        "预算（每年、每个单位）",
        "budget per year and per unit, such as 800000 yuan per year per district",
    ),
    "fiscal_month": _field(
        "month_number", "资金到位的月份（1-12）", "month (1-12) in which the year's money arrives"
    ),
    "carry_over": _field("flag", "结余能否结转", "whether unspent money survives into the next year"),
    "share_for_organizations": _field(
        "share", "可用于社区社会组织的比例", "share that organizations can win"
    ),
}
TARGET = {
    "id": _field("words", "目标的简短代号", "short name of the target", True),
    "label": _field("pair", "目标名称", "name of the target for people"),
    "clause": _field("clause", "出自哪一条款", "the clause that it comes from"),
    "indicator": _field("indicator", "用哪项指标衡量", "the indicator that measures it", True),
    "at_least": _field("value", "不低于", "threshold from below"),
    "at_most": _field("value", "不高于", "threshold from above"),
    "by": _field("month", "到哪个月底", "month at whose end it is checked"),
    "every": _field("every", "每年都要达到", "reached in every year of the plan"),
    "in": _field("scope", "在哪个范围内达到", "where it must be reached"),
    "counts": _field("counts", "按名义还是按实际运转计", "whether nominal or effective ones count"),
    "reading": _field("reading", "按哪种读法", "which reading of the clause"),
}
SHOCK = {
    "name": _field("pair", "冲击名称", "name of the shock", True),
    **CALENDAR,
    "where": _field("where", "在哪些地方", "in which places; everywhere if left out"),
    "multiply": _field(
        "multiply", "各过程乘以多少（1 为照常）", "what each process is multiplied by (1 = as usual)"
    ),
    "clean_up": _field(
        "share",
        "期内清理“僵尸”组织的比例",
        "share of dormant and paper organizations struck off over the period",
    ),
}
RUNS = {
    "parameter_draws": _field("count", "参数抽取次数", "number of parameter draws"),
    "replicates": _field("count", "每次抽取重复运行的次数", "runs per parameter draw"),
    "seed": _field("seed", "随机种子", "the seed"),
}
PRIORS = {
    "value": ("fixed", ("value",)),
    "median": ("lognormal", ("median", "low", "high")),
    "mean": ("beta", ("mean", "low", "high")),
    "sd": ("normal", ("mean", "sd")),
    "scale": ("halfnormal", ("scale",)),
    "low": ("uniform", ("low", "high")),
}
SCOPES = {
    "whole": "whole",
    "everywhere": "whole",
    "全域": "whole",
    "全市": "whole",
    "全省": "whole",
    "every district": "every district",
    "每个区": "every district",
    "每个区县": "every district",
    "各区": "every district",
    "每个县市区": "every district",
    "every prefecture": "every prefecture",
    "每个市州": "every prefecture",
    "各市州": "every prefecture",
}
COUNTS = {"nominal": "nominal", "effective": "effective", "名义": "nominal", "实际": "effective"}
EVERY = {"year": "year", "年": "year", "每年": "year"}


def required(fields: dict[str, Field]) -> list[str]:
    """The keys of `fields` that must be there."""
    return [key for key, field in fields.items() if field.required]
