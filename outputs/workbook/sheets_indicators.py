"""Indicators by year as sheets: of the whole place, and of every district."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ...experiments.store import Results
from ...model.text import Text
from ...model.vocabulary import indicators
from ..reading import bands, label, present, unit
from .cells import Cell, Column, Number, Sheet, quantity, unit_words

if TYPE_CHECKING:
    import pandas as pd

WHOLE, BY_DISTRICT = Text("全域指标", "Indicators"), Text("分区县指标", "Districts")
LEVELS = (0.5, 0.05, 0.95)
_INDICATOR, _UNIT = Text("指标", "indicator"), Text("单位", "unit")
_YEAR, _MONTH = Text("年份（年）", "year"), Text("时点（年-月）", "at the end of (month)")
_SPREAD = (
    Text("中位数（单位见“单位”列）", "median (see unit)"),
    Text("5%（单位同上）", "5 % (same unit)"),
    Text("95%（单位同上）", "95 % (same unit)"),
)
_BASELINE = (
    Text("基线中位数（单位同上）", "baseline: median (same unit)"),
    Text("基线5%（单位同上）", "baseline: 5 % (same unit)"),
    Text("基线95%（单位同上）", "baseline: 95 % (same unit)"),
)
RANGES = Text(
    "中位数和5%～95%范围按全部推演计算，参数不确定性与随机性均计入；某次推演中该指标无从计算的，不计入当月。",
    "Medians and 5–95 % ranges are over all runs, so over parameters and chance; runs in which an indicator cannot be "
    "computed are left out of that month.",
)
FLOWS = Text(
    "单位为“/年”的指标是截至当月的12个月合计，推演开始不足12个月的为空白。",
    "Indicators per year sum up the twelve months that end then; they are blank in a first year that is not whole.",
)
BLANK = Text("空白表示没有数值（例如没有可作分母的对象）。", "Blank: no value, for instance nothing to divide by.")


def whole_sheet(results: Results, lang: str) -> Sheet:
    """A row per indicator and year: Decembers and the last month, with the baseline beside it where there is one."""
    beside = getattr(results, "baseline_months", None)
    beside = None if beside is None or beside.empty else beside
    heads = [Column(_INDICATOR.of(lang)), Column(_UNIT.of(lang))]
    spread = (*_SPREAD, *_BASELINE) if beside is not None else _SPREAD
    heads += [Column(head.of(lang), True) for head in (_YEAR, _MONTH, *spread)]
    rows: list[list[Cell]] = []
    for name in present(results.months, list(indicators())):
        found = _at_year_ends(bands(results.months, name))
        other = _by_date(beside, name)
        for row in found.itertuples():
            cells = _cells(name, int(row.year), int(row.month_of_year), lang)
            values = [row.p50, row.p05, row.p95]
            if beside is not None:
                values += other.get((int(row.year), int(row.month_of_year)), [np.nan] * 3)
            rows.append([*cells, *(quantity(float(value), unit(name)) for value in values)])
    title = Text("各项指标逐年预计值：全域", "Indicators by year: the whole place")
    about = Text("每年12月底和推演最后一个月底的数值。", "At the end of every December and of the last month.")
    notes = [RANGES.of(lang), FLOWS.of(lang), BLANK.of(lang), *([BASELINE_NOTE.of(lang)] if beside is not None else [])]
    return Sheet(WHOLE.of(lang), title.of(lang), about.of(lang), tuple(heads), rows, tuple(notes))


BASELINE_NOTE = Text(
    "基线为不实施本计划的情景，每组参数推演一次。",
    "Baseline: the scenario without the plan, run once for every parameter draw.",
)


def districts_sheet(results: Results, lang: str) -> Sheet | None:
    """A row per district, indicator and year; nothing where the folder has no districts."""
    if not (results.folder / "districts.parquet").is_file() or results.districts.empty:
        return None
    table, above = results.districts, prefectures(results, lang)
    names = places_of(results, "district", lang)
    columns = [Column(Text("市州", "prefecture").of(lang))] if above else []
    columns += [Column(Text("区县", "district").of(lang)), Column(_INDICATOR.of(lang)), Column(_UNIT.of(lang))]
    fixed = len(columns) - 2
    columns += [Column(head.of(lang), True) for head in (_YEAR, _MONTH, *_SPREAD)]
    rows: list[list[Cell]] = []
    found = _spread_by_district(table, present(table, list(indicators())))
    for district, name, year, month, *values in found:
        place = [above[district]] if above else []
        cells = [*place, names[district], *_cells(name, year, month, lang)]
        rows.append([*cells, *(quantity(value, unit(name)) for value in values)])
    title = Text("各项指标逐年预计值：分区县", "Indicators by year and district")
    about = Text("每年12月底和推演最后一个月底的数值。", "At the end of every December and of the last month.")
    notes = (RANGES.of(lang), FLOWS.of(lang), BLANK.of(lang))
    return Sheet(BY_DISTRICT.of(lang), title.of(lang), about.of(lang), tuple(columns), rows, notes, frozen=fixed)


def places_of(results: Results, level: str, lang: str) -> dict[int, str]:
    """Names of the places of a level by their index."""
    rows = results.places[results.places["level"] == level]
    return dict(zip(map(int, rows["index"]), map(str, rows[f"name_{lang}"]), strict=True))


def parents_of(results: Results, level: str) -> dict[int, int]:
    """Index of the next larger place of each place of a level; -1 where there is none."""
    rows = results.places[results.places["level"] == level]
    return dict(zip(map(int, rows["index"]), map(int, rows["parent"]), strict=True))


def prefectures(results: Results, lang: str) -> dict[int, str]:
    """Name of each district's prefecture; empty where the place has none."""
    names, parents = places_of(results, "prefecture", lang), parents_of(results, "district")
    return {district: names[parent] for district, parent in parents.items() if parent in names} if names else {}


def _cells(name: str, year: int, month: int, lang: str) -> list[Cell]:
    when = Number(date(year, month, 1), "month")
    return [label(name, lang), unit_words(unit(name), lang), Number(year, "year"), when]


def _at_year_ends(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["month_of_year"] == 12) | (table["month"] == table["month"].max())]


def _by_date(months: pd.DataFrame | None, name: str) -> dict[tuple[int, int], list[float]]:
    """Median, 5 % and 95 % by year and month."""
    if months is None or not present(months, [name]):
        return {}
    found = bands(months, name)
    return {(int(row.year), int(row.month_of_year)): [row.p50, row.p05, row.p95] for row in found.itertuples()}


def _spread_by_district(table: pd.DataFrame, names: list[str]) -> list[tuple]:
    """(district, indicator, year, month, median, 5 %, 95 %), by district, then indicator, then time."""
    values = table[names].astype("float64")
    grouped = values.groupby([table["district"], table["year"], table["month_of_year"]], sort=True)
    levels = [grouped.quantile(level) for level in LEVELS]
    stacked = np.stack([level.to_numpy() for level in levels], axis=-1)  # (groups, indicators, levels)
    keys = [(int(a), int(b), int(c)) for a, b, c in levels[0].index]
    found = [
        (district, name, year, month, *map(float, stacked[row, column]))
        for row, (district, year, month) in enumerate(keys)
        for column, name in enumerate(names)
    ]
    order = {name: place for place, name in enumerate(names)}
    return sorted(found, key=lambda one: (one[0], order[one[1]], one[2], one[3]))
