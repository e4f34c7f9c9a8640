"""What units, marks, kinds of clauses and groups of indicators are called in lists."""

from __future__ import annotations

from ..model.text import Text

UNITS = {
    "share": Text("比例", "share"),
    "per year": Text("每年", "per year"),
    "per month": Text("每月", "per month"),
    "years": Text("年", "years"),
    "months": Text("月", "months"),
    "yuan": Text("元", "yuan"),
    "yuan per year": Text("元/年", "yuan per year"),
    "persons": Text("人", "persons"),
    "count": Text("个", "count"),
    "factor": Text("倍数", "factor"),
    "ratio": Text("比值", "ratio"),
    "score": Text("评分（0–1）", "score (0–1)"),
    "weight": Text("权重", "weight"),
    "flag": Text("是/否", "yes/no"),
    "power": Text("指数", "power"),
    "rule": Text("规则编号", "number of a rule"),
    "log sd": Text("对数标准差", "log sd"),
}
MARKS = {
    "S": Text("S 官方来源", "S official source"),
    "M": Text("M 转载", "M mirror"),
    "D": Text("D 推算", "D derived"),
    "K": Text("K 判断，未经核实", "K judgement, unverified"),
}
CLAUSES = {
    "T": Text("T 目标", "T target"),
    "D": Text("D 日期", "D date"),
    "L": Text("L 政策杠杆", "L lever"),
    "P": Text("P 优先规则", "P priority rule"),
    "A": Text("A 主体或职责", "A actor or duty"),
    "O": Text("O 活动或成果", "O activity or outcome"),
    "M": Text("M 监测", "M monitoring"),
}
GROUPS = {
    "hubs": Text("枢纽", "hubs"),
    "organizations": Text("组织", "organizations"),
    "capability": Text("能力", "capability"),
    "training": Text("培训", "training"),
    "service": Text("服务", "service"),
    "money": Text("资金", "money"),
    "party": Text("党建", "party"),
    "equity": Text("均衡", "equity"),
}


def called(terms: dict[str, Text], key: str, lang: str) -> str:
    """What `key` is called; itself where it has no other name."""
    return terms[key].of(lang) if key in terms else key
