"""The targets of a forecast as lines of text for a screen, and the notes that belong under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..experiments.beliefs import sentence
from ..experiments.store import Results
from ..model.text import Text
from . import reading
from .words import bracketed, chance, chance_with_interval, counted, month_name, quantity, span, threshold

if TYPE_CHECKING:
    import pandas as pd

HEADS = (
    Text("目标", "target"),
    Text("口径", "counted"),
    Text("要求", "required"),
    Text("期限", "by"),
    Text("达标概率（区间）", "probability (interval)"),
    Text("预计值（5%～95%）", "outcome: median (5–95 %)"),
)
HANGS_ON = Text(
    "逐地区或逐年考核的目标，预计值取决定达标与否的那个地区和年份。",
    "For targets set for each place or year, the outcome is that of the place and year on which they hang.",
)
FEW_RUNS, FEW_DRAWS = 200, 30
SIGNS = {">=": "≥", "<=": "≤"}
SCOPES = {"every district": Text("区县", "district"), "every prefecture": Text("市州", "prefecture")}


def targets_table(results: Results, lang: str) -> list[list[str]]:
    """A row of heads, then a row per target and way of counting; empty where the scenario has no targets."""
    rows = [row for _, row in results.targets.iterrows()]
    if not rows:
        return []
    return [[head.of(lang) for head in HEADS], *(_line(row, lang) for row in rows)]


def notes(results: Results, lang: str) -> list[str]:
    """Whence the parameters, what the intervals cover, how is counted, which readings were taken, what few runs say."""
    rows, parameters = results.targets, sentence(results.manifest).of(lang)
    if rows.empty:
        return [Text("本情景未设目标。", "The scenario sets no targets.").of(lang), parameters]
    covers = dict.fromkeys(str(said) for said in rows[f"covers_{lang}"])
    told = [
        parameters,
        Text(f"达标概率的区间：{'；'.join(covers)}。", f"Intervals of probabilities: {'; '.join(covers)}.").of(lang),
        Text(
            "预计值为全部推演的中位数，括号内为5%～95%范围，参数不确定性与随机性均计入。",
            "Outcome: the median of all runs, in brackets their 5–95 % range, over parameters and chance.",
        ).of(lang),
    ]
    if (rows["scope"] != "whole").any() or (rows["deadline"] == "every year").any():
        told.append(HANGS_ON.of(lang))
    both = dict.fromkeys(rows.loc[rows["counts"] == "effective", "indicator"])
    told += [note for name in both if (note := reading.counting_note(str(name), lang))]
    return [*told, *reading_notes(results, lang), *few_runs(results, lang)]


def reading_notes(results: Results, lang: str) -> list[str]:
    """The readings taken of ambiguous clauses, in one sentence; empty where there are none."""
    rows = results.targets
    taken = {str(row["reading"]): str(row[f"label_{lang}"]) for _, row in rows.iterrows() if row["reading"]}
    if not taken:
        return []
    said = [
        Text(f"“{name}”按“{reading_label(key).zh}”理解", f'"{name}" is read as "{reading_label(key).en}"').of(lang)
        for key, name in taken.items()
    ]
    return [Text("；", "; ").of(lang).join(said) + Text("。", ".").of(lang)]


def few_runs(results: Results, lang: str) -> list[str]:
    """A warning where there are too few runs to say much."""
    draws, runs = int(results.manifest["draws"]), results.runs["run"].nunique()
    if draws >= FEW_DRAWS and runs >= FEW_RUNS:
        return []
    return [
        Text(
            f"本次共推演{runs}次（参数抽样{draws}组），次数偏少，结果只供试算；用于决策前宜增加抽样和重复次数。",
            f"Only {runs} runs ({draws} parameter draws): a first look. Take more draws and replicates "
            "before deciding anything.",
        ).of(lang)
    ]


def _line(row: pd.Series, lang: str) -> list[str]:
    middle, spread = outcome(row, lang)
    told = bracketed(middle, spread, lang)
    return [str(row[f"label_{lang}"]), counts_of(row, lang), asked(row, lang), due(row, lang), sure(row, lang), told]


def counts_of(row: pd.Series, lang: str) -> str:
    """Nominal, effective, or nothing."""
    return counted(str(row["counts"])).of(lang)


def asked(row: pd.Series, lang: str) -> str:
    """What is asked: ≥85%, and where."""
    unit = reading.unit(row["indicator"])
    limit = threshold(row["threshold"], lang) if unit == "share" else quantity(row["threshold"], unit, lang)
    if unit == "score":
        limit = f"{row['threshold']:g}"
    words = f"{SIGNS.get(row['sense'], row['sense'])} {limit}"
    kind, _, count = str(row["scope"]).partition(": ")
    if kind not in SCOPES:
        return words
    zh, en = SCOPES[kind]
    where = Text(f"至少{count}个{zh}", f"in {count} {en}s") if count else Text(f"每个{zh}", f"in every {en}")
    return words + Text("，", ", ").of(lang) + where.of(lang)


def due(row: pd.Series, lang: str) -> str:
    """When: a month's name, or every year."""
    year, _, month = str(row["deadline"]).partition("-")
    if not (year.isdigit() and month.isdigit()):
        return Text("每年", "every year").of(lang)
    return month_name(int(year), int(month), lang)


def outcome(row: pd.Series, lang: str) -> tuple[str, str]:
    """The median of the outcome, and its 5–95 % range."""
    unit = reading.unit(row["indicator"])
    middle, low, high = (quantity(row[name], unit, lang) for name in ("median", "p05", "p95"))
    return middle, span(low, high, lang)


def sure(row: pd.Series, lang: str) -> str:
    """The probability with its interval, in one piece."""
    value, low, high = (float(row[f"probability{end}"]) for end in ("", "_low", "_high"))
    return chance_with_interval(value, low, high, lang)


def sure_lines(row: pd.Series, lang: str) -> tuple[str, str]:
    """The probability, and its interval."""
    low, high = (chance(row[name], lang) for name in ("probability_low", "probability_high"))
    return chance(row["probability"], lang), span(low, high, lang)


READINGS = {
    "federations_and_centres": Text("联合会和服务中心均计为枢纽", "federations and service centres both count as hubs"),
    "federations_only": Text("只有联合会计为枢纽", "only federations count as hubs"),
    "all_tiers_together": Text("各级合计", "all tiers together"),
    "city_level_only": Text("只计市级", "city level only"),
    "each_tier": Text("各级分别达到", "each tier by itself"),
    "together": Text("合并计数", "counted together"),
    "each": Text("分别计数", "each by itself"),
    "whole_place": Text("全域合计取整", "rounded for the whole place"),
    "each_district": Text("各区县分别取整", "rounded up in each district"),
}


def reading_label(key: str) -> Text:
    """What a reading of an ambiguous clause is called."""
    return READINGS.get(key, Text(key, key.replace("_", " ")))
