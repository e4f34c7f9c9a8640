"""Targets by scenarios: how likely each scenario reaches each target, coloured by what the whole interval allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import style
from .comparison_words import interval_note, limit
from .experiment_facts import Aim, ExperimentFacts
from .fan import Drawing
from .likelihood import degree, favourable, scale_note
from .row_chart import END, blank, name_in
from .tables import FEW_DRAWS, FEW_RUNS, SCOPES
from .words import bracketed, chance, counted, month_name, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMES, GAP = 46.0, 1.2  # mm
KEY, HEAD_LINE, ROW = 7.0, 3.6, 13.0
TALLEST = 170.0  # mm between title and footer
MOST = 6  # scenarios beside each other
CLASSES = (
    (style.REACHED, Text("可望达到（较有可能及以上）", "favourable: likely or more")),
    (style.AT_RISK, Text("未定（各半或尚不能判断）", "undecided: even or open")),
    (style.MISSED, Text("难以达到（不大可能及以下）", "unfavourable: unlikely or less")),
)
NOTE = Text(
    "颜色和用语按概率的整个95%区间判定。▲、▼：与对照配对相比，概率的升、降可与零区分（差值的95%区间不含零）；"
    "无此标记的，与对照分不开。",
    "Colours and words go by the whole 95 % interval of the probability. ▲, ▼: above or below the base beyond error, "
    "compared pair by pair (the 95 % interval of the difference excludes zero); without a mark the two are not told "
    "apart.",
)


def draw_target_table(differences: pd.DataFrame, known: ExperimentFacts, lang: str) -> Drawing | None:
    """The chart of all targets and as many scenarios as a page holds, the base first; nothing without targets."""
    data = table(differences, known)
    if data.empty:
        return None
    keys = list(dict.fromkeys(data["scenario"]))
    left = len(keys) - MOST
    keys = keys[:MOST]
    data = data[data["scenario"].isin(keys)].reset_index(drop=True)
    wide = (END - NAMES) / len(keys)
    heads = [style.broken(known.scenario(key, lang), wide - 3, style.FOOT + 0.5, "bold") for key in keys]
    head = HEAD_LINE * (max(map(len, heads)) + 1) + 2
    outcomes = list(dict.fromkeys(data["outcome"]))[: int((TALLEST - KEY - head) // ROW)]
    data = data[data["outcome"].isin(outcomes)].reset_index(drop=True)
    title, subtitle = _headline(data, known, keys, lang)
    notes = [NOTE.of(lang), scale_note(lang), interval_note(differences[differences["kind"] == "reached"], lang)]
    more = Text(f"另有{left}个方案未画出。", f"{left} more policies are not shown.")
    room = KEY + head + ROW * len(outcomes) + 1
    notes += [few(differences, lang), more.of(lang) if left > 0 else ""]
    figure = style.sheet(known, lang, title, subtitle, notes, content=room)
    sheet = blank(figure, room)
    _key(sheet, lang)
    _heads(sheet, heads, wide, head, lang)
    for place, outcome in enumerate(outcomes):
        rows = data[data["outcome"] == outcome]
        _row(sheet, KEY + head + ROW * place, rows, known, wide, lang)
    return Drawing(figure, data)


def table(differences: pd.DataFrame, known: ExperimentFacts) -> pd.DataFrame:
    """A row per target and scenario, the base first: probability, interval, word, difference from the base."""
    asked = differences[differences["kind"] == "reached"]
    if asked.empty:
        return pd.DataFrame()
    base = next((key for key in known.scenarios if key in set(asked["base"])), str(asked["base"].iloc[0]))
    asked = asked[asked["base"] == base]
    rows = []
    for outcome, part in asked.groupby("outcome", sort=False):
        first = part.iloc[0]
        rows.append((outcome, first, base, "base", None))
        rows += [(outcome, row, str(row["other"]), "other", row) for _, row in part.iterrows()]
    found = []
    for outcome, row, scenario, side, change in rows:
        low, high = float(row[f"{side}_low"]), float(row[f"{side}_high"])
        ends = [float("nan")] * 3
        if change is not None:
            ends = [float(change[name]) for name in ("difference", "difference_low", "difference_high")]
        said = (outcome, row["label_zh"], row["label_en"], scenario, float(row[f"{side}_value"]), low, high)
        found.append((*said, degree(low, high).name, *ends))
    columns = ["outcome", "label_zh", "label_en", "scenario", "probability", "low", "high", "word",
               "difference", "difference_low", "difference_high"]  # fmt: skip
    return pd.DataFrame(found, columns=columns)


def few(differences: pd.DataFrame, lang: str) -> str:
    """A warning where each scenario has too few runs to say much."""
    draws, replicates = int(differences["draws"].max()), int(differences["replicates"].max())
    if draws >= FEW_DRAWS and draws * replicates >= FEW_RUNS:
        return ""
    return Text(
        f"每个方案只推演{draws * replicates}次（参数抽样{draws}组），次数偏少，概率只供试算。",
        f"Only {draws * replicates} runs of each scenario ({draws} parameter draws): a first look.",
    ).of(lang)


def _key(sheet: Axes, lang: str) -> None:
    from matplotlib.patches import Rectangle

    x = 0.0
    for colour, said in CLASSES:
        sheet.add_patch(Rectangle((x, 0.8), 4.5, 3.2, color=colour))
        sheet.text(x + 6, 2.4, said.of(lang), va="center", size=style.TEXT - 0.5)
        x += 11 + style.breadth(said.of(lang), style.TEXT - 0.5)


def _heads(sheet: Axes, heads: list[list[str]], wide: float, high: float, lang: str) -> None:
    for place, lines in enumerate(heads):
        x = NAMES + wide * place + 1.2
        role = (Text("对照", "base") if place == 0 else Text("方案", "policy")).of(lang)
        sheet.text(x, KEY + HEAD_LINE / 2, role, va="center", size=style.FOOT, color=style.SOFT)
        for step, line in enumerate(lines, 1):
            y = KEY + HEAD_LINE * (step + 0.5)
            sheet.text(x, y, line, va="center", size=style.FOOT + 0.5, weight="bold")
    y = KEY + high - 0.8
    sheet.plot([0, END], [y, y], color=style.SOFT, linewidth=0.8)


def _row(sheet: Axes, top: float, rows: pd.DataFrame, known: ExperimentFacts, wide: float, lang: str) -> None:
    first = rows.iloc[0]
    aim = next((one for one in known.aims if one.outcome == first["outcome"]), None)
    name, asked = _named(Text(str(first["label_zh"]), str(first["label_en"])), aim, lang)
    name_in(sheet, 0, top + (ROW - GAP) * (0.3 if asked else 0.5), name, NAMES - 3)
    name_in(sheet, 0, top + (ROW - GAP) * 0.84, asked, NAMES - 2, style.FOOT, style.SOFT)
    for place, (_, row) in enumerate(rows.iterrows()):
        _cell(sheet, NAMES + wide * place, top, wide - GAP, row, place == 0, lang)


def _named(label: Text, aim: Aim | None, lang: str) -> tuple[str, str]:
    """What the target is, and what it asks for."""
    if aim is None:
        return label.of(lang), ""
    how = counted(aim.counts).of(lang)
    name = bracketed(aim.label.of(lang), how, lang) if how else aim.label.of(lang)
    due = Text("每年", " every year")
    if aim.deadline is not None:
        due = Text(f"到{month_name(*aim.deadline, 'zh')}底", f" by end of {month_name(*aim.deadline, 'en')}")
    kind, _, some = aim.scope.partition(": ")
    scope, of = SCOPES.get(kind), Text("", "")
    if scope is not None:
        of = Text(f"至少{some}个{scope.zh}", f" in {some} {scope.en}s" if some != "1" else f" in one {scope.en}")
        of = of if some else Text(f"每个{scope.zh}", f" in every {scope.en}")
    verb = Text("不高于", "at most") if aim.sense == "<=" else Text("达到", "reach")
    return name, Text(f"{due.zh}{of.zh}{verb.zh}{limit(aim, 'zh')}", f"{verb.en} {limit(aim, 'en')}{of.en}{due.en}").of(
        lang
    )


def _cell(sheet: Axes, x: float, top: float, wide: float, row: pd.Series, base: bool, lang: str) -> None:
    from matplotlib.patches import Rectangle

    value, low, high = (float(row[name]) for name in ("probability", "low", "high"))
    colour = style.verdict_colour(low, high)
    sheet.add_patch(Rectangle((x, top), wide, ROW - GAP, facecolor=colour, alpha=0.16))
    sheet.add_patch(Rectangle((x, top), 1.1, ROW - GAP, facecolor=colour))
    if base:
        sheet.add_patch(Rectangle((x, top), wide, ROW - GAP, fill=False, edgecolor=style.BASELINE, linewidth=1.0))
    up, down = float(row["difference_low"]) > 0, float(row["difference_high"]) < 0
    sign = " ▲" if up else " ▼" if down else ""
    inner, step = x + 2.6, (ROW - GAP) / 3
    sheet.text(inner, top + step * 0.62, chance(value, lang) + sign, va="center", weight="bold", size=style.TEXT + 1)
    between = span(chance(low, lang), chance(high, lang), lang)
    sheet.text(inner, top + step * 1.6, between, va="center", size=style.FOOT, color=style.INK)
    words = style.broken(degree(low, high).word.of(lang), wide - 3, style.FOOT)
    sheet.text(inner, top + step * 2.42, words[0], va="center", size=style.FOOT, color=style.INK)


def _target(outcome: str) -> str:
    """The target that an outcome is of, without the way of counting."""
    return outcome.rsplit(".", 2)[0]


def _headline(data: pd.DataFrame, known: ExperimentFacts, keys: list[str], lang: str) -> tuple[str, str]:
    """How many of the targets each scenario is likely to reach, counted as each target says; the base by name."""
    base_name, targets = (
        Text(known.scenario(keys[0], "zh"), known.scenario(keys[0], "en")),
        data["outcome"].map(_target),
    )
    several = targets.nunique() < data["outcome"].nunique()
    data = data[data["outcome"].isin(data["outcome"].groupby(targets).first())]
    good = {}
    for key in keys:
        rows = data[data["scenario"] == key]
        good[key] = sum(favourable(degree(low, high)) for low, high in zip(rows["low"], rows["high"], strict=True))
    count, base = data["outcome"].nunique(), good[keys[0]]
    others = [good[key] for key in keys[1:]]
    zh, en = (f"{min(others)}至{max(others)}", f"{min(others)} to {max(others)}") if others else ("", "")
    if others and min(others) == max(others):
        zh, en = f"{others[0]}", f"{others[0]}"
    some, verb = "" if count == 1 else "s", "is" if base == 1 else "are"
    title = Text(
        f"{count}项目标中，对照情景可望达到{base}项，其他方案可望达到{zh}项",
        f"Of {count} target{some} {base} {verb} likely to be reached in the base, {en} under the other policies",
    )
    each = Text("，项数按各目标所定口径计", ", counted as each target says") if several else Text("", "")
    sub = Text(
        f"达标概率及95%区间{each.zh}；对照情景：{base_name.zh}",
        f"Probability of reaching each target, with its 95 % interval{each.en}; base: {base_name.en}",
    )
    return title.of(lang), sub.of(lang)
