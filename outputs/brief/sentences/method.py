"""How the figures came about, what they must not be used for, and from which folders."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.text import Text
from ...likelihood import scale_note
from ...outcome_words import capital
from ..document import Paragraph, Table, plain
from ..findings import CalibrationFinding, Findings, Source
from .phrases import count, headed, said

KINDS = {
    "forecast": Text("预测", "forecast"),
    "compare": Text("方案比较", "comparison"),
    "sensitivity": Text("敏感性分析", "sensitivity analysis"),
    "sweep": Text("扫描", "sweep"),
    "calibration": Text("校准", "calibration"),
}
HEADS = Text("类别/名称/编号/日期/版本/推演次数/命令", "kind/name/run id/date/version/runs/command")


def method(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """Paragraphs for the box: the model, the runs, the calibration, the words, and the limits of use."""
    alone = all(source.kind == "calibration" for source in findings.sources)  # then it is the answer already
    told = [
        (Text("模型", "Model"), model(lang)),
        (Text("推演", "Runs"), runs(findings, lang)),
        (Text("校准", "Calibration"), "" if alone else calibration(findings.calibration, lang)),
        (Text("用途限制", "Limits"), limits(lang)),
    ]
    scale = (plain(scale_note(lang), "note"),) if findings.targets else ()
    return (*(headed(head.of(lang), text, lang) for head, text in told if text), *scale)


def model(lang: str) -> str:
    """The model in three sentences."""
    return Text(
        "苗圃是主体仿真模型：街道（乡镇）、枢纽组织、社区社会组织、骨干、居民需求和出资部门在计算机中逐月按各自规则行事，"
        "枢纽建不建、组织活不活跃、资金花在哪里，都由这些行事累积而成。同一方案用不同的参数和随机数反复推演，达标次数所占的比例"
        "即达标概率。它比较的是条件和后果，不是对某一天、某一地的预报。",
        "Miaopu is an agent-based simulation: month by month streets, hubs, community organizations, their leaders, "
        "residents' needs and funders act by rules of their own, and coverage, activity and spending come out of what "
        "they do. A plan is run many times with other parameters and other luck; the share of runs that reach a target "
        "is its probability. It tells what follows from what, and does not foretell a day or a place.",
    ).of(lang)


def runs(findings: Findings, lang: str) -> str:
    """How many runs, whence their parameters, and what the intervals cover."""
    told = [size(one, lang) for one in findings.sources if one.runs]
    told += parameters([one for one in findings.sources if one.kind != "calibration"], lang)
    listed = covered([one.chance.covers.of(lang) for one in findings.targets], lang)
    if listed:
        ranges = f"Intervals of probabilities: {listed}. Ranges of figures: 5–95 % of all runs."
        told.append(Text(f"概率的区间：{listed}；数值的范围是全部推演的5%～95%。", ranges).of(lang))
    return said(told, lang)


def parameters(sources: Sequence[Source], lang: str) -> list[str]:
    """Whence the parameters; where folders differ, of which kind each sentence speaks."""
    kinds: dict[str, dict[str, None]] = {}
    for one in sources:
        if one.parameters.of(lang):
            kinds.setdefault(one.parameters.of(lang), {})[KINDS[one.kind].of(lang)] = None
    if len(kinds) < 2:
        return list(kinds)
    between, apart = Text("和", " and ").of(lang), Text("：", ": ").of(lang)
    return [capital(between.join(mine)) + apart + told for told, mine in kinds.items()]


def covered(found: list[str], lang: str) -> str:
    """What intervals cover, the ways in which they were made put together in one pair of brackets."""
    left, right = ("（", "）") if lang == "zh" else (" (", ")")
    ways: dict[str, dict[str, None]] = {}
    for one in found:
        head, _, way = one.partition(left)
        ways.setdefault(head, {}).update({way.removesuffix(right): None} if way else {})
    apart = Text("；", "; ").of(lang)
    return apart.join(head + (left + apart.join(mine) + right if mine else "") for head, mine in ways.items())


def size(source: Source, lang: str) -> str:
    """Draws, replicates and runs of a folder, with those that failed."""
    kind = KINDS.get(source.kind, Text(source.kind, source.kind))
    draws, repeats, total = (count(number, lang) for number in (source.draws, source.replicates, source.runs))
    lost = Text(f"（另有{source.failed}次失败，未计入）", f" ({source.failed} more failed and are left out)").of(lang)
    drawn = Text(f"取参数{draws}组、每组重复{repeats}次，", f"{draws} parameter draws, replicates of each: {repeats}, ")
    some = drawn.of(lang) if source.draws > 1 and source.kind != "calibration" else ""
    return Text(
        f"{kind.zh}{some}共推演{total}次{lost if source.failed else ''}，种子{source.seed}。",
        f"{capital(kind.en)}: {some}{total} runs in all{lost if source.failed else ''}, seed {source.seed}.",
    ).of(lang)


def calibration(found: CalibrationFinding | None, lang: str) -> str:
    """How far the model rests on data, in figures; that no calibration was given, where there is none."""
    if found is None:
        return Text("本简报未附校准结果，参数与数据的吻合程度未作说明。",
                    "No calibration was given to this brief: how well the parameters agree with data is not told.",
                    ).of(lang)  # fmt: skip
    fitted = f"In runs of their own {found.parameters_fitted} parameters were fitted to {found.figures_fitted} "
    told = Text(f"校准另行推演，用{found.figures_fitted}项观测拟合{found.parameters_fitted}个参数。",
                fitted + "observed figures.")  # fmt: skip
    return said([told.of(lang), past(found, lang), patterns(found, lang), modest(found, lang)], lang)


def past(found: CalibrationFinding, lang: str) -> str:
    """In how many hindcasts the model beats naive forecasts; empty where there are none."""
    if not found.hindcasts:
        return ""
    return Text(
        f"用过去数据回测{found.hindcasts}个序列，模型胜过全部简单外推的有{found.hindcasts_won}个。",
        f"Of {found.hindcasts} past series the model forecasts {found.hindcasts_won} better than every naive "
        "forecast.",
    ).of(lang)


def patterns(found: CalibrationFinding, lang: str) -> str:
    """How many known patterns come out of the model; empty where none was looked for."""
    total = sum(found.patterns.values())
    if not total:
        return ""
    good, partly = found.patterns.get("reproduced", 0), found.patterns.get("partly", 0)
    return Text(
        f"{total}条已知规律中重现{good}条、部分重现{partly}条、未重现{total - good - partly}条。",
        f"Of {total} known patterns it reproduces {good}, partly {partly}, and fails on {total - good - partly}.",
    ).of(lang)


def modest(found: CalibrationFinding, lang: str) -> str:
    """A warning where the model does no better than naive forecasts in most series."""
    if not found.hindcasts or 2 * found.hindcasts_won > found.hindcasts:
        return ""
    return Text("半数以上回测未胜过简单外推，应看方案之间的差别，不宜看重绝对数值。",
                "It does not beat naive forecasts in most series: go by differences between options, not by levels.",
                ).of(lang)  # fmt: skip


def limits(lang: str) -> str:
    """What the model must not be used for."""
    return Text(
        "不得用于评判或预测单个街道、单个组织或个人，不得用于干部考核和地区排名；图中各街道只作示意。",
        "Not for judging or predicting a single street, organization or person, nor for rating officials or ranking "
        "places; single streets in charts are illustrations.",
    ).of(lang)


def origin_table(findings: Findings, lang: str) -> Table:
    """The folders that the brief was made from."""
    rows = tuple(_row(one, lang) for one in findings.sources)
    caption = Text("数据来源", "Where the figures come from").of(lang)
    return Table(caption, tuple(HEADS.of(lang).split("/")), rows, (1.1, 2.6, 1.1, 1.3, 0.8, 1.1, 3.0), right=(5,))


def _row(source: Source, lang: str) -> tuple[str, ...]:
    kind = KINDS.get(source.kind, Text(source.kind, source.kind)).of(lang)
    counted = count(source.runs, lang) if source.runs else "—"
    dated, command = source.date or "—", source.command or "—"
    return (kind, source.name.of(lang), source.run_id, dated, source.version, counted, command)
