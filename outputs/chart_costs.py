"""What each policy costs the public, and what one more point of a target's figure costs, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import scenario_key, style
from .comparison_words import interval_note
from .experiment_facts import ExperimentFacts, Measure
from .fan import Drawing
from .outcome_words import change_words, scale_of, tick
from .row_chart import END, blank, mark, name_in, plot_area, ticks, two

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME_WIDTH, LEFT, RIGHT, FIGURE, CHANGE = 52.0, 56.0, 102.0, 106.0, 136.0  # mm
HEAD, SPENT, ROW, SCALE, GAP = 6.0, 7.4, 10.0, 9.0, 3.0
TALLEST = 176.0  # mm between title and footer
MONEY = Text("公共资金支出（至期限）", "public money up to the deadline")
PRICE = Text("每提高一点的花费，或每降低一点的节省", "Cost of one more point of a figure, or saving per point lost")
POINT = {True: Text("元/百分点", "yuan per percentage point"), False: Text("元/单位", "yuan per unit")}
VERDICTS = {  # what the two differences together say, in the fewest words
    "price": Text("更好、更贵：每多一点的花费", "better, dearer: cost per point more"),
    "price_cost_unsure": Text("更好，花费与对照分不开", "better, at a cost not told from the base's"),
    "saving": Text("更差、更省：每少一点的节省", "worse, cheaper: saving per point less"),
    "saving_cost_unsure": Text("更差，花费与对照分不开", "worse, at a cost not told from the base's"),
    "better_and_cheaper": Text("又好又省，没有单价", "better and cheaper: no price"),
    "worse_and_dearer": Text("又差又贵，没有单价", "worse and dearer: no price"),
    "unsure": Text("效果与对照分不开，不算单价", "effect not told from none: no price"),
    "nothing": Text("成功的推演太少", "too few runs succeeded"),
}
KNOWN = ("price", "saving")  # the verdicts under which a price is told: both differences exclude zero
CUT = 3.0  # an interval that reaches further than so many times the greatest price is cut off at the plot's edge
ALIKE = Text("与对照分不开", "not told apart")
NOTE = Text(
    "灰色为对照情景。支出为各次推演的均值。单价为配对差值之比（费勒区间）；花费或效果的差值与零分不开时，不给出单价。"
    "箭头：区间超出图幅。",
    "Grey: the base. Money: mean over runs. Price: ratio of paired differences, with Fieller's interval; none where "
    "the difference in money or in effect is not told from zero. Arrow: the interval reaches further than the plot.",
)


def draw_costs(differences: pd.DataFrame, costs: pd.DataFrame, known: ExperimentFacts, lang: str) -> Drawing | None:
    """The chart of one base against its other policies; nothing where the experiment has no money in it."""
    if costs.empty:
        return None
    base = next((key for key in known.scenarios if key in set(costs["base"])), str(costs["base"].iloc[0]))
    costs, left = _comparable(costs[costs["base"] == base])
    keys = [base, *dict.fromkeys(map(str, costs["other"]))]
    lines = scenario_key.lines_of(known, keys, END - scenario_key.SAMPLE, lang)
    top = scenario_key.height(lines) + 2
    room = top + HEAD + SPENT * len(keys) + SCALE + GAP + HEAD + SCALE
    outcomes = list(dict.fromkeys(map(str, costs["outcome"])))
    outcomes = outcomes[: max(1, int((TALLEST - room) // (ROW * (len(keys) - 1))))]
    shown = costs[costs["outcome"].isin(outcomes)]
    room += ROW * len(shown) + 1
    left += costs["outcome"].nunique() - len(outcomes)
    hidden = Text(f"另有{left}项指标未画出，见costs.csv。", f"{left} more figures stand in costs.csv alone.")
    more = hidden.of(lang) if left else ""
    money, prices = _spent(costs, differences), _prices(shown, keys)
    title, subtitle = _headline(money, costs, known, keys, lang)
    figure = style.sheet(known, lang, title, subtitle, [NOTE.of(lang), more, interval_note(costs, lang)], content=room)
    sheet = blank(figure, room)
    scenario_key.draw_key(sheet, 0.0, lines, [[] for _ in keys])
    top = _money(sheet, top, money, known, lang) + GAP
    _price(sheet, top, prices, keys, lang)
    return Drawing(figure, pd.concat([money, prices], ignore_index=True))


def _comparable(costs: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The rows whose prices share a unit, percentage points where there are any, and how many outcomes are left out."""
    shares = costs["per"] < 1
    kept = costs[shares] if shares.any() else costs[costs["outcome"] == costs["outcome"].iloc[0]]
    return kept, costs["outcome"].nunique() - kept["outcome"].nunique()


def _spent(costs: pd.DataFrame, differences: pd.DataFrame) -> pd.DataFrame:
    """Money of each scenario, and its paired difference from the base."""
    first = costs.iloc[0]
    rows = [("money", str(first["base"]), "", *(float(first[f"base_cost{end}"]) for end in ("", "_low", "_high")))]
    nothing = (float("nan"),) * 3
    rows = [(*rows[0], *nothing, "base")]
    for other, part in costs.groupby("other", sort=False):
        row = part.iloc[0]
        own = (float(row[f"other_cost{end}"]) for end in ("", "_low", "_high"))
        more = (float(row[f"cost_difference{end}"]) for end in ("", "_low", "_high"))
        rows.append(("money", str(other), "", *own, *more, ""))
    said = differences[differences["kind"] == "money"] if "kind" in differences else differences
    label = said.iloc[0] if not said.empty else None
    names = ["panel", "scenario", "outcome", "value", "low", "high", "difference", "difference_low",
             "difference_high", "verdict"]  # fmt: skip
    zh, en = (MONEY.zh, MONEY.en) if label is None else (str(label["label_zh"]), str(label["label_en"]))
    return pd.DataFrame(rows, columns=names).assign(label_zh=zh, label_en=en, per=float("nan"))


def _prices(costs: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """A row per outcome and policy, in the order in which they are drawn."""
    place = costs["outcome"].map({name: k for k, name in enumerate(dict.fromkeys(costs["outcome"]))})
    order = place * len(keys) + costs["other"].map(keys.index)
    rows = costs.loc[order.sort_values(kind="stable").index]
    names = {"price": "value", "price_low": "low", "price_high": "high", "other": "scenario"}
    wanted = ["other", "outcome", "price", "price_low", "price_high", "difference", "difference_low",
              "difference_high", "verdict", "label_zh", "label_en", "per"]  # fmt: skip
    found = rows[wanted].rename(columns=names).assign(panel="price")
    ends = ["value", "low", "high"]
    found[ends] = found[ends].where(found["verdict"].isin(KNOWN))
    return found


def _heading(sheet: Axes, top: float, said: dict[float, str]) -> float:
    for x, words in said.items():
        sheet.text(x, top + HEAD / 2 - 0.6, words, weight="bold", va="center", size=style.TEXT - (0.5 if x else 0))
    sheet.plot([0, END], [top + HEAD] * 2, color=style.SOFT, linewidth=0.8)
    return top + HEAD


def _money(sheet: Axes, top: float, rows: pd.DataFrame, known: ExperimentFacts, lang: str) -> float:
    """A bar for each scenario, the base first; returns where they end."""
    said = Measure(Text("", ""), "yuan", "money")
    scale = scale_of(said, float(rows["high"].max()), lang)
    label = Text(str(rows["label_zh"].iloc[0]), str(rows["label_en"].iloc[0])).of(lang)
    heads = {FIGURE: Text("均值（95%区间）", "mean (95 %)"), CHANGE: Text("与对照之差", "against the base")}
    top = _heading(sheet, top, {0.0: label} | {x: head.of(lang) for x, head in heads.items()})
    bottom = top + SPENT * len(rows)
    area = plot_area(sheet, (LEFT, RIGHT), (top, bottom), (0, float(rows["high"].max()) * 1.05))
    _yuan_axis(area, scale.each, scale.unit.of(lang).strip())
    for place, row in rows.iterrows():
        y, colour = top + SPENT * (float(str(place)) + 0.5), scenario_key.colour(int(str(place)))
        ends = tuple(float(row[name]) for name in ("low", "value", "high"))
        area.barh(y, ends[1], height=3.6, color=colour, alpha=0.55, zorder=1.5)
        area.plot([ends[0], ends[2]], [y, y], color=style.INK, linewidth=1.2, zorder=3)
        name_in(sheet, 0, y, known.scenario(str(row["scenario"]), lang), NAME_WIDTH)
        first, between = change_words(ends[1], ends[0], ends[2], said, lang)
        two(sheet, FIGURE, y, first.lstrip("+"), between, size=style.TEXT - 0.5)
        if row["verdict"] != "base":
            two(sheet, CHANGE, y, *_change(row, said, lang), size=style.TEXT - 0.5)
    return bottom + SCALE


def _change(row: pd.Series, said: Measure, lang: str) -> tuple[str, str]:
    """The difference from the base, and its interval."""
    middle, low, high = (float(row[f"difference{end}"]) for end in ("", "_low", "_high"))
    if low <= 0 <= high:
        scale = scale_of(said, max(-low, high), lang)
        return ALIKE.of(lang), change_words(middle, low, high, said, lang)[1] + scale.unit.of(lang)
    return change_words(middle, low, high, said, lang)


def _yuan_axis(area: Axes, each: float, unit: str) -> None:
    low, high = area.get_xlim()
    area.set_xticks(ticks(low, high, 4))
    area.xaxis.set_major_formatter(lambda value, _: tick(float(value) / each))
    area.set_xlabel(unit, size=style.FOOT + 0.5, labelpad=1.5)


def _price(sheet: Axes, top: float, rows: pd.DataFrame, keys: list[str], lang: str) -> None:
    """A price with its interval for each policy and figure, or why there is none."""
    said = Measure(Text("", ""), "yuan", "money")
    known = rows[rows["value"].notna()]
    largest = 1.0 if known.empty else min(float(known["high"].max()), CUT * float(known["value"].max()))
    scale = scale_of(said, largest, lang)
    heads = {0.0: PRICE.of(lang), FIGURE: Text("单价（95%区间）", "price (95 % interval)").of(lang)}
    top = _heading(sheet, top, heads)
    area = plot_area(sheet, (LEFT, RIGHT), (top, top + ROW * len(rows)), (0, largest * 1.05))
    shares = bool((rows["per"] < 1).all())
    name = scale.unit.of(lang).strip() + POINT[shares].of(lang).replace("元", "", 1).replace("yuan", "", 1)
    _yuan_axis(area, scale.each, name)
    before = ""
    for place, (_, row) in enumerate(rows.iterrows()):
        y = top + ROW * (place + 0.5)
        if row["outcome"] != before:
            label = Text(str(row["label_zh"]), str(row["label_en"])).of(lang)
            name_in(sheet, 0, y, label, NAME_WIDTH)
            if place:
                sheet.plot([0, END], [y - ROW / 2] * 2, color=style.FAINT, linewidth=0.6)
        before = row["outcome"]
        _one_price(sheet, area, y, row, keys.index(str(row["scenario"])), said, lang)


def _one_price(sheet: Axes, area: Axes, y: float, row: pd.Series, place: int, said: Measure, lang: str) -> None:
    colour, verdict = scenario_key.colour(place), VERDICTS[str(row["verdict"])].of(lang)
    low, value, high = (float(row[name]) for name in ("low", "value", "high"))
    if value == value:
        edge = area.get_xlim()[1]
        mark(area, y, (low, value, min(high, edge)), colour)
        if high > edge:
            area.plot([edge], [y], ">", color=colour, markersize=4, clip_on=False)
        first, between = change_words(value, low, high, said, lang)
        sheet.text(FIGURE, y - 2.0, first.lstrip("+"), va="center", weight="bold", size=style.TEXT - 0.5)
        sheet.text(CHANGE, y - 2.0, between, va="center", size=style.FOOT, color=style.SOFT)
        lower = y + 2.0
    else:
        area.plot([0], [y], marker="|", color=colour, markersize=7, markeredgewidth=2.4, clip_on=False)
        lower = y
    lines = style.broken(verdict, END - FIGURE, style.FOOT)
    for step, line in enumerate(lines):
        shift = 2.7 * (step - (len(lines) - 1) / 2)
        sheet.text(FIGURE, lower + shift, line, va="center", size=style.FOOT, color=style.INK)


def _headline(
    money: pd.DataFrame, costs: pd.DataFrame, known: ExperimentFacts, keys: list[str], lang: str
) -> tuple[str, str]:
    """How much the policies cost more or less than the base; how many prices can be told."""
    said = Measure(Text("", ""), "yuan", "money")
    others = money[money["verdict"] != "base"]
    ends = others.sort_values("difference")[["difference", "difference_low", "difference_high"]]
    words = [change_words(float(a), float(b), float(c), said, lang)[0] for a, b, c in ends.to_numpy()]
    title = Text(
        f"与对照情景相比，各方案公共资金支出相差{words[0]}至{words[-1]}",
        f"Public money against the base: {words[0]} to {words[-1]}",
    )
    if len(words) == 1:
        title = Text(f"与对照情景相比，公共资金支出相差{words[0]}", f"Public money against the base: {words[0]}")
    told = int(costs["verdict"].isin(KNOWN).sum())
    sub = Text(
        f"{len(costs)}组比较中，{told}组能算出单价；对照情景：{known.scenario(keys[0], 'zh')}",
        f"{told} of {len(costs)} comparisons allow a price; base: {known.scenario(keys[0], 'en')}",
    )
    alike = bool(((ends["difference_low"] <= 0) & (ends["difference_high"] >= 0)).all())
    if alike:
        title = Text("各方案的公共资金支出与对照情景分不开", "No policy's public money can be told from the base's")
    return title.of(lang), sub.of(lang)
