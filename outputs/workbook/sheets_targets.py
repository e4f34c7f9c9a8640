"""The targets of a forecast as a sheet: how likely each is reached, with and without the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...experiments.store import Results
from ...model.text import Text
from .. import likelihood, reading, tables
from .cells import Cell, Column, Number, Sheet, quantity, unit_words

if TYPE_CHECKING:
    import pandas as pd

NAME = Text("目标", "Targets")
_WORDS = (
    Text("目标", "target"),
    Text("条款", "clause"),
    Text("口径", "counted"),
    Text("要求", "required"),
    Text("期限", "by"),
    Text("可能性判断", "in words"),
)
_CHANCES = (
    Text("达标概率（%）", "probability (%)"),
    Text("概率下限（%）", "probability, low (%)"),
    Text("概率上限（%）", "probability, high (%)"),
)
_BASELINE = (
    Text("基线达标概率（%）", "baseline: probability (%)"),
    Text("基线概率下限（%）", "baseline: low (%)"),
    Text("基线概率上限（%）", "baseline: high (%)"),
    Text("基线预计值（中位数，单位见“单位”列）", "baseline: outcome, median (see unit)"),
)
_OUTCOME = (
    Text("预计值（中位数，单位见“单位”列）", "outcome, median (see unit)"),
    Text("预计值5%（单位同上）", "outcome, 5 % (same unit)"),
    Text("预计值95%（单位同上）", "outcome, 95 % (same unit)"),
)
_RUNS = (Text("参数抽样（组）", "draws (number)"), Text("每组重复（次）", "replicates (number)"))


def targets_sheet(results: Results, lang: str) -> Sheet | None:
    """A row per target and way of counting, or nothing where the scenario has no targets."""
    if results.targets.empty:
        return None
    beside = baseline_rows(results)
    chances = (*_CHANCES, *_BASELINE) if beside else _CHANCES
    words = [Column(head.of(lang)) for head in _WORDS]
    figures = [Column(head.of(lang), True) for head in (*_OUTCOME, *_RUNS)]
    columns = [*words, *(Column(head.of(lang), True) for head in chances), _unit(lang), *figures]
    rows = [_row(row, beside, lang) for _, row in results.targets.iterrows()]
    title = Text("各项目标能否按期实现", "Will the targets be reached by their dates")
    about = Text(
        "每行一个目标的一种口径；概率为推演得到的按期实现的概率，区间为95%。",
        "A row per target and way of counting; probabilities with their 95 % intervals.",
    )
    return Sheet(NAME.of(lang), title.of(lang), about.of(lang), tuple(columns), rows, _notes(results, beside, lang))


def baseline_rows(results: Results) -> dict[tuple[str, str], pd.Series]:
    """Rows of the targets judged without the plan, by target and way of counting; empty where nobody ran it."""
    frame = getattr(results, "baseline_targets", None)
    if frame is None or frame.empty:
        return {}
    counts = frame["counts"].fillna("")
    return {(str(row["target"]), str(counts[place])): row for place, row in frame.iterrows()}


def _row(row: pd.Series, beside: dict[tuple[str, str], pd.Series], lang: str) -> list[Cell]:
    unit = reading.unit(str(row["indicator"]))
    low, high = float(row["probability_low"]), float(row["probability_high"])
    cells: list[Cell] = [
        str(row[f"label_{lang}"]), str(row["clause"]), tables.counts_of(row, lang), tables.asked(row, lang),
        tables.due(row, lang), likelihood.degree(low, high).word.of(lang),
        *(_share(row[name]) for name in ("probability", "probability_low", "probability_high")),
    ]  # fmt: skip
    if beside:
        cells += _baseline_cells(beside.get((str(row["target"]), str(row["counts"]))), unit)
    cells.append(unit_words(unit, lang))
    cells += [quantity(float(row[name]), unit) for name in ("median", "p05", "p95")]
    return [*cells, Number(int(row["draws"]), "whole"), Number(int(row["replicates"]), "whole")]


def _baseline_cells(row: pd.Series | None, unit: str) -> list[Cell]:
    if row is None:
        return [Number(None, "share")] * len(_BASELINE)
    chances = [_share(row[name]) for name in ("probability", "probability_low", "probability_high")]
    return [*chances, quantity(float(row["median"]), unit)]


def _share(value: float) -> Number:
    return Number(float(value), "share")


def _unit(lang: str) -> Column:
    return Column(Text("单位", "unit").of(lang))


def _notes(results: Results, beside: dict[tuple[str, str], pd.Series], lang: str) -> tuple[str, ...]:
    told = [*tables.notes(results, lang), likelihood.scale_note(lang)]
    if beside:
        told.append(
            Text(
                "基线为不实施本计划的情景，同一参数、同一随机数，目标与本计划相同。",
                "Baseline: the scenario without the plan, on the same parameters and luck, judged alike.",
            ).of(lang)
        )
    return tuple(told)
