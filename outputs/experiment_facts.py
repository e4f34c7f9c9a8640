"""What the charts of an experiment need to know besides its tables: names, size, targets and origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..model import vocabulary
from ..model.text import Text
from .reading import Facts
from .words import counted, month_name

if TYPE_CHECKING:
    import pandas as pd

    from ..experiments.design.factor import Factor

INERT = "inert"
INERT_LABEL = Text("惰性对照因子", "inert factor (control)")
WHOLE = "whole"
WHAT = {
    "reached": Text("达标概率", "probability"),
    "measured": Text("考核时的值", "value when judged"),
    "date": Text("首次达标时间", "first reached after"),
}


@dataclass(frozen=True)
class Aim:
    """A target as charts mark it: one way of counting of it."""

    outcome: str  # the outcome that tells whether it is reached, "hubs.nominal.reached"
    indicator: str
    label: Text
    threshold: float  # in the indicator's own unit
    deadline: tuple[int, int] | None  # year and month; None for "every year"
    scope: str = WHOLE  # as in targets.csv; only a target for the whole place is a line among its paths
    sense: str = ">="  # "<=" where less is asked for

    @property
    def counts(self) -> str:
        """nominal, effective or all."""
        parts = self.outcome.rsplit(".", 2)
        return parts[1] if len(parts) == 3 else "all"


@dataclass(frozen=True)
class Measure:
    """What an outcome is called, its unit and its kind (reached, measured, date, indicator, money)."""

    label: Text
    unit: str
    kind: str


@dataclass(frozen=True)
class ExperimentFacts:
    """Name, scenarios, size, targets and origin of an experiment.

    `scenarios` maps the names that the tables use to names for people, the base first. Labels of outcomes are taken
    from `measures`, those of factors from `factors`, else from the tables and the model's vocabulary.
    """

    name: Text
    scenarios: Mapping[str, Text]
    points: int
    draws: int | None  # None: the parameters that are no factor stay at their medians
    replicates: int
    runs: int  # that succeeded
    failed: int
    run_id: str  # the first digits of the experiment's hash
    date: str  # day on which the runs were made, 2026-11-22
    version: str
    aims: tuple[Aim, ...] = ()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    factors: Mapping[str, Factor] = field(default_factory=dict)
    decide_on: tuple[str, ...] = ()  # outcomes in the order of their importance

    def scenario(self, key: str, lang: str) -> str:
        """A scenario's name for people."""
        return self.scenarios[key].of(lang) if key in self.scenarios else key

    def origin(self, lang: str) -> list[str]:
        """Lines of the footer: experiment and scenarios, then size and where the numbers come from."""
        names = Text("；", "; ").of(lang).join(text.of(lang) for text in self.scenarios.values())
        several = "s" if len(self.scenarios) > 1 else ""
        head = Text(f"实验：{self.name.zh}。情景：{names}", f"Experiment: {self.name.en}. Scenario{several}: {names}")
        return [head.of(lang), _size(self, lang)]

    def covers(self, lang: str) -> str:
        """What the spread between runs of one point covers."""
        drawn, repeated = (self.draws or 1) > 1, self.replicates > 1
        if drawn:
            return Text("参数不确定性与随机性均计入", "over parameters and chance").of(lang)
        if repeated:
            return Text("只含随机性，参数固定", "over chance alone, parameters fixed").of(lang)
        return Text("每点一次推演", "one run per point").of(lang)

    def calendar(self, first: int, months: int, deadline: int | None) -> Facts:
        """The calendar of charts over time, from the month `first` (year × 12 + month − 1)."""
        return Facts(
            self.name, self.draws or 1, self.replicates, self.run_id, self.date, self.version,
            first // 12, first % 12 + 1, months, deadline,
        )  # fmt: skip

    def marks(self, lang: str) -> dict[str, str]:
        """What pictures say of themselves inside their files."""
        return {"title": self.name.of(lang), "run": self.run_id, "version": self.version, "date": self.date}


def _size(known: ExperimentFacts, lang: str) -> str:
    """How many points, draws, replicates and runs; run id, date and version."""
    if lang == "zh":
        points = f"样本点{known.points:,}个，" if known.points > 1 else ""
        draws = "其余参数取先验中位数，" if known.draws is None else f"参数抽样{known.draws}组，"
        failed = f"（另有{known.failed}次失败，未计入）" if known.failed else ""
        return (
            f"{points}{draws}每组重复{known.replicates}次，共推演{known.runs:,}次{failed}；编号{known.run_id}；"
            f"推演日期{known.date}；苗圃{known.version}"
        )
    points = f"{known.points:,} points, " if known.points > 1 else ""
    draws = "other parameters at their medians, " if known.draws is None else f"{known.draws} parameter draws, "
    failed = f" ({known.failed} more failed and are left out)" if known.failed else ""
    return (
        f"{points}{draws}{known.replicates} replicates each, {known.runs:,} runs in all{failed}; "
        f"run id {known.run_id}; run on {known.date}; Miaopu {known.version}"
    )


def factor_label(known: ExperimentFacts, name: str, lang: str) -> str:
    """What a factor is called."""
    if name in known.factors:
        return known.factors[name].label.of(lang)
    if name == INERT:
        return INERT_LABEL.of(lang)
    found = vocabulary.levers().get(name) or vocabulary.parameters().get(name)
    return found.label.of(lang) if found else name


def factor_unit(known: ExperimentFacts, name: str) -> str:
    """The unit of a factor's values; "times" for one that multiplies what the scenario says."""
    if name in known.factors:
        return "times" if known.factors[name].times else known.factors[name].unit
    found = vocabulary.levers().get(name) or vocabulary.parameters().get(name)
    return found.unit if found else ""


def measure(known: ExperimentFacts, outcome: str, table: pd.DataFrame | None = None) -> Measure:
    """Label, unit and kind of an outcome: as the facts say, else as the table does, else by its name."""
    if outcome in known.measures:
        return known.measures[outcome]
    indicator, at, date = outcome.partition("@")
    what = outcome.rsplit(".", 1)[-1]
    kind = "indicator" if at else what if what in ("reached", "measured", "date") else "indicator"
    aim = next((aim for aim in known.aims if aim.outcome.rsplit(".", 1)[0] == outcome.rsplit(".", 1)[0]), None)
    entry = vocabulary.indicators().get(aim.indicator if aim else indicator)
    unit = {"reached": "share", "date": "months"}.get(kind, entry.unit if entry else "")
    label = _label(outcome, aim, entry.label if entry else None, kind, date)
    if table is not None and "label_zh" in table and (table["outcome"] == outcome).any():
        row = table[table["outcome"] == outcome].iloc[0]
        label = Text(str(row["label_zh"]), str(row["label_en"]))
        unit, kind = str(row.get("unit", unit)), str(row.get("kind", kind))
    return Measure(label, unit, kind)


def _label(outcome: str, aim: Aim | None, named: Text | None, kind: str, date: str) -> Text:
    if aim is not None and kind in WHAT:
        how, more = counted(aim.counts), WHAT[kind]
        zh, en = (f"（{how.zh}）", f" ({how.en})") if how.zh else ("", "")
        return Text(f"{aim.label.zh}{zh}：{more.zh}", f"{aim.label.en}{en}: {more.en}")
    if named is None:
        return Text(outcome, outcome)
    year, _, month = date.partition("-")
    if not (year.isdigit() and month.isdigit()):
        return named
    zh, en = (month_name(int(year), int(month), lang) for lang in ("zh", "en"))
    return Text(f"{named.zh}（{zh}底）", f"{named.en} (end of {en})")
