"""The commands, in the order in which a newcomer meets them, with one line about each."""

from __future__ import annotations

from ..model.text import Text

COMMANDS = {
    "forecast": Text(
        "推演一个情景：各项目标能否如期实现，把握多大",
        "forecast a scenario: will its targets be reached, and how sure is that?",
    ),
    "compare": Text(
        "比较两个或更多方案：哪个更好，好多少，花多少",
        "compare policies: which is better, by how much, at what cost",
    ),
    "sweep": Text(
        "按实验文件批量推演，汇总各设计点的结果",
        "run an experiment over its design and sum up each point",
    ),
    "sensitivity": Text(
        "敏感性分析：哪些因素决定结果",
        "sensitivity analysis: which factors carry the outcomes",
    ),
    "status": Text(
        "查看一项实验的进度",
        "tell how far an experiment is",
    ),
    "resume": Text(
        "接着做中断的实验",
        "go on with an interrupted experiment",
    ),
    "extend": Text(
        "扩大实验：增加设计点、参数抽样或重复",
        "extend an experiment without redoing a run",
    ),
    "calibrate": Text(
        "用已公布的数据校准模型参数，并检验可信程度",
        "calibrate the model to published figures, and check how far that can be trusted",
    ),
    "brief": Text(
        "写成简报：Word、PDF、网页和 Excel 表",
        "write a brief of the results: Word, PDF, a page, Excel tables",
    ),
    "check": Text(
        "检查情景文件，一次列出全部问题",
        "check scenario files and list every problem at once",
    ),
    "explain": Text(
        "说明情景中某个值：取值、出处、单位、作用",
        "explain one value of a scenario: where it comes from and what it does",
    ),
    "difference": Text(
        "逐项列出两个情景的不同之处",
        "list what differs between two scenarios",
    ),
    "levers": Text(
        "列出计划可用的政策杠杆",
        "list the levers that a plan can set",
    ),
    "parameters": Text(
        "列出模型参数及其来源",
        "list the parameters of the model and their sources",
    ),
    "indicators": Text(
        "列出可作目标的指标",
        "list the indicators that targets can name",
    ),
    "clauses": Text(
        "列出两份计划的条款及其在模型中的对应",
        "list the clauses of both plans and what stands for them in the model",
    ),
    "schema": Text(
        "输出情景文件的 JSON Schema，供编辑器使用",
        "print the JSON Schema of scenario files, for editors",
    ),
    "roster-template": Text(
        "输出名册的空白模板（CSV）",
        "print an empty roster (CSV) to fill in",
    ),
    "verify": Text(
        "重新计算一份结果并逐表核对",
        "compute a results folder again and compare every table",
    ),
}
